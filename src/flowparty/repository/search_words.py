"""The words by which people are found: columns of a member, and the characters of their name.

The search table is kept in step here: a trigger on it is refused under ``trusted_schema=OFF``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.text import name_key
from flowparty.repository.pinyin import initials

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.repository.registry import Registry


def words_of(name: str) -> dict[str, str]:
    """The columns by which a name is found."""
    return {"name_key": name_key(name), "initials": initials(name)}


def index(registry: Registry, names: Mapping[int, str]) -> None:
    """Let new members be found: their names by number."""
    rows = [(number, " ".join(name_key(name))) for number, name in names.items()]
    registry.index_many("member_search", ("rowid", "characters"), rows)


def index_again(registry: Registry, member: int, name: str) -> None:
    """Let a member be found by another name than before."""
    registry.execute("DELETE FROM member_search WHERE rowid = :id", id=member)
    index(registry, {member: name})
