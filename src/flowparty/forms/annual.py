"""The annual 流动党员情况(一)(二) as workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from flowparty.data import data_path
from flowparty.forms.fill import fill
from flowparty.forms.returns import chinese_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flowparty.domain.annual import Line
    from flowparty.forms.blank import Value
    from flowparty.forms.notes import Notes


def head(
    *,
    unit: str,
    year: int,
    on: date,
    filled_on: date,
    prepared_by: str | None,
    secretary: str | None,
    provisional: bool,
    threshold_months: int,
) -> dict[str, Value]:
    """What stands above and below the rows of both forms."""
    return {
        "mark": "（预报）" if provisional else "",
        "unit": unit,
        "period": f"{year}年",
        "on": chinese_day(on),
        "filled_on": chinese_day(filled_on),
        "threshold": str(threshold_months),
        "prepared_by": prepared_by or "",
        "reviewed_by": "",
        "secretary": secretary or "",
    }


def write(
    out: BinaryIO, blank: str, values: Mapping[str, Value], lines: Sequence[Line], meanings: Notes
) -> None:
    """Fill one of the forms into ``out``.

    Args:
        out: where the workbook goes.
        blank: the blank's name in ``data/forms``.
        values: see ``head``.
        lines: the rows counted.
        meanings: the sheet of names and definitions.
    """
    rows = (_row(number, line) for number, line in enumerate(lines, start=1))
    fill(data_path("forms", blank), out, values, rows, notes=[meanings])


def _row(number: int, line: Line) -> dict[str, Value]:
    counts = {f"row.{key}": count for key, count in line.counts.items()}
    return {"row.serial": number, "row.label": line.row.title, **counts}
