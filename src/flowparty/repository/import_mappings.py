"""What clerks said that an office's headings mean, kept by the headings of its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import NotFound
from flowparty.domain.ids import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class HeadingMapping:
    """One heading of one form of one kind; an empty ``field`` leaves the column alone."""

    id: int
    kind: str
    signature: str
    heading: str
    field: str


_ALL = "SELECT id, kind, signature, heading, field FROM import_mapping"


def list_mappings(registry: Registry) -> list[HeadingMapping]:
    """All that is remembered, by kind and form."""
    rows = registry.rows(f"{_ALL} ORDER BY kind, signature, id")
    return [HeadingMapping(**dict(row)) for row in rows]


def of_kind(registry: Registry, kind: str) -> dict[str, dict[str, str]]:
    """Signature of a form → heading → field, for one kind of list."""
    found: dict[str, dict[str, str]] = {}
    for row in registry.rows(f"{_ALL} WHERE kind = :kind ORDER BY id", kind=kind):
        found.setdefault(row["signature"], {})[row["heading"]] = row["field"]
    return found


def remember(registry: Registry, kind: str, signature: str, decided: Mapping[str, str]) -> None:
    """Keep what was decided for a form; a later decision replaces an earlier.

    A field has one column: where another one is chosen for it, what was said of the former goes.
    """
    rows = registry.rows(
        f"{_ALL} WHERE kind = :kind AND signature = :signature", kind=kind, signature=signature
    )
    chosen = set(decided.values()) - {""}
    for row in rows:
        if row["heading"] not in decided and row["field"] in chosen:
            registry.delete("import_mapping", row["id"])
    known = {row["heading"]: row["id"] for row in rows}
    for heading, field in decided.items():
        if heading in known:
            registry.update("import_mapping", known[heading], {"field": field})
        else:
            registry.insert(
                "import_mapping",
                {"kind": kind, "signature": signature, "heading": heading, "field": field},
            )


def forget(registry: Registry, text: str) -> HeadingMapping:
    """Forget one, by its number (``H3`` or ``3``); returns what it was.

    Raises:
        NotFound: there is none with this number.
    """
    number = numbered(text, "H") or (int(text) if text.isdecimal() else None)
    row = None if number is None else registry.row(f"{_ALL} WHERE id = :id", id=number)
    if row is None:
        raise NotFound("import_mapping_not_found", value=text)
    registry.delete("import_mapping", row["id"])
    return HeadingMapping(**dict(row))
