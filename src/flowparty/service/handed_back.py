"""The rest of a list: what did not come back in 回填, to be taken once that was mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.canonical import sha256
from flowparty.domain.errors import Conflict
from flowparty.files import as_problem
from flowparty.repository import disclosures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flowparty.intake.lists import Listed
    from flowparty.repository.registry import Registry

_LEFT_OUT = "handed_back"


def leave_out(registry: Registry, listed: Listed) -> None:
    """Take the rows out of a list that stand in its 回填, whatever became of them there.

    Which those are the journal knows: the records may have changed since, and with them what would
    be said of a row; a row that was deleted in the copy stays away.

    Raises:
        Conflict: ``import_rest_unknown``: these bytes were never handed back.
        BadValue, Denied, Storage: the file cannot be read again.
    """
    path = listed.source.path
    gone = disclosures.handed_back(registry, listed.kind.name, _digest(path))
    if gone is None:
        raise Conflict("import_rest_unknown", path=str(path))
    numbers = _numbers(listed)
    listed.rows = [row for row in listed.rows if (numbers[row.sheet], row.row) not in gone]
    names = [sheet.name for sheet in listed.source.sheets]
    listed.skipped += [(names[sheet - 1], row, _LEFT_OUT) for sheet, row in sorted(gone)]


def has_left_out(listed: Listed) -> bool:
    """Whether rows of the list were left out because they came back."""
    return any(why == _LEFT_OUT for _sheet, _row, why in listed.skipped)


def about(listed: Listed, rows: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """What the disclosure of a list's annotated copy says of it, for :func:`leave_out`.

    Args:
        listed: the list.
        rows: the sheet and number of each that comes back now; those left out came back before.
    """
    numbers = _numbers(listed)
    before = ((sheet, row) for sheet, row, why in listed.skipped if why == _LEFT_OUT)
    found = [(numbers[sheet], row) for sheet, row in (*before, *rows)]
    return disclosures.of_list(listed.kind.name, _digest(listed.source.path), found)


def _numbers(listed: Listed) -> dict[str, int]:
    """Sheets by their number: the journal keeps no names, which may be people's."""
    return {sheet.name: number for number, sheet in enumerate(listed.source.sheets, start=1)}


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError as error:
        raise as_problem(error, path) from error
