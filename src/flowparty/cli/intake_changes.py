"""What an import changes of the records, in words: whose, which field, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.masking import mask_column
from flowparty.language import _
from flowparty.output.columns import Column
from flowparty.words import place_word, term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.service.import_rows import Changed, RowResult

_TABLES = {
    "sex": "sex",
    "ethnicity": "ethnicity",
    "education": "education",
    "category": "category",
    "standing": "standing",
    "reason": "move_reason",
    "is_mobile": "yes_no",
}
_YES_NO = {1: "yes", 0: "no"}


def change_columns(branches: Mapping[int, str]) -> list[Column[tuple[RowResult, Changed]]]:
    """What is shown of a change; ``branches``: their names by number."""

    def shown(change: Changed, value: Any) -> str | None:
        return None if value is None else _words(change.field, value, branches)

    return [
        Column("row", _("Row"), lambda pair: pair[0].row.row, right=True),
        Column("member", _("No."), lambda pair: pair[0].member and f"M{pair[0].member}"),
        Column("name", _("Name"), lambda pair: pair[0].row.values["name"]),
        Column("field", _("Field"), lambda pair: _field(pair[1].field)),
        Column("old", _("Old"), lambda pair: shown(pair[1], pair[1].old), fold=True),
        Column("new", _("→ New"), lambda pair: shown(pair[1], pair[1].new), fold=True),
    ]


def _field(name: str) -> str:
    return term("field")("branch" if name == "branch_id" else name)


def _words(field: str, value: Any, branches: Mapping[int, str]) -> str:
    """A recorded value as people read it, masked as its column is."""
    if field == "branch_id":
        return branches.get(int(value), f"O{value}")
    if field == "destination_code":
        return place_word(value, value) or ""
    if field == "lost_reported":
        return term("yes_no")(_YES_NO[value])
    codes = _TABLES.get(field)
    return str(mask_column(field, value)) if codes is None else term(codes)(str(value))
