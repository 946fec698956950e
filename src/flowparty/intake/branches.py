"""Which branch a cell means: its name in the forms that offices write, compared exactly.

A near match is never taken: another town's member does not belong here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.domain.place_words import spellings
from flowparty.domain.text import bare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.domain.places import Gazetteer

_PARTY = re.compile(r"^(?:中国共产党|中共)")
_ORGAN = re.compile(r"(?:党?总?支部委员会|党总支委员会|党?总?支部|党?总支|党委)$")
_VILLAGE = re.compile(r"[0-9]{12}")
_LEVELS = (2, 4, 6, 9)


class BranchNames:
    """Finds branches by what a list calls them."""

    def __init__(self, branches: Mapping[str, str], places: Gazetteer, home: str | None) -> None:
        """Take accepted spelling → key; a branch's 12-digit code tells what may stand before it.

        Branches without a code are taken to lie at ``home``, a division.
        """
        self._exact = {bare(spelling): key for spelling, key in branches.items()}
        self._cores: dict[str, set[str]] = {}
        for spelling, key in branches.items():
            self._cores.setdefault(_core(spelling), set()).add(key)
        self._prefixes = {
            key: _prefix(code, places) for code, key in branches.items() if _VILLAGE.fullmatch(code)
        }
        self._home = _prefix(home, places) if home else None
        self._found: dict[str, str | None] = {}

    def find(self, text: str) -> str | None:
        """The key of the branch; None if no branch, or more than one, is called so."""
        if text not in self._found:
            self._found[text] = self._search(text)
        return self._found[text]

    def _search(self, text: str) -> str | None:
        plain = bare(text)
        if plain in self._exact:
            return self._exact[plain]
        core = _core(plain)
        keys = {
            key
            for start in range(len(core))
            for key in self._cores.get(core[start:], ())
            if self._leads_to(core[:start], key)
        }
        return keys.pop() if len(keys) == 1 else None

    def _leads_to(self, prefix: str, key: str) -> bool:
        """Whether the words before a village's name are those of its own town and county."""
        if not prefix:
            return True
        pattern = self._prefixes.get(key, self._home)
        return pattern is not None and pattern.fullmatch(prefix) is not None


def _core(text: str) -> str:
    return _ORGAN.sub("", _PARTY.sub("", bare(text)))


def _prefix(code: str, places: Gazetteer) -> re.Pattern[str]:
    """Province, city, county and town of a code, each in its spellings and each optional."""
    parts = []
    for length in (level for level in _LEVELS if level <= len(code)):
        place = places.get(code[:length])
        if place is not None:
            names = sorted(spellings(place.names[-1], length), key=len, reverse=True)
            parts.append(f"(?:{'|'.join(map(re.escape, names))})?")
    return re.compile("".join(parts))
