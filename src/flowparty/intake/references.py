"""Columns by letter and by number."""

from __future__ import annotations


def column_index(letters: str) -> int:
    """``A`` → 0, ``T`` → 19, ``AA`` → 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def column_letter(index: int) -> str:
    """0 → ``A``, 19 → ``T``, 26 → ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
