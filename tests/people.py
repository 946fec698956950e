"""Made-up people with valid identity numbers."""

from __future__ import annotations

from flowparty.domain.identity import check_character

NAMES = (
    "王小明",
    "欧阳贵忠",
    "古丽娜尔·吐尔逊",
    "梁𫖯",
    "韦安",
    "尉迟文",
    "𬭎光",
    "岑志建",
    "覃勇东",
)


def id_number(number: int = 1, birth: str = "19700101", *, area: str = "522325") -> str:
    """A valid identity number; odd numbers are men's, even ones women's."""
    first17 = f"{area}{birth}{number:03d}"
    return first17 + check_character(first17)


def add_words(name: str = NAMES[0], number: int = 1, branch: str = "金叶社区") -> list[str]:
    """The words of ``member add`` for a person."""
    return ["member", "add", "--name", name, "--id", id_number(number), "--branch", branch]
