"""Handing a list back: FILE.回填.xlsx, where every fault stands beside its cell."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowparty.files import file_name
from flowparty.forms.annotated import MOST_ROWS, write_annotated
from flowparty.forms.faulty_rows import Table, write_list, write_rows
from flowparty.forms.opening import CannotOpen
from flowparty.forms.remarks import Remark
from flowparty.repository.settings import identity
from flowparty.service.disclosure import disclosing, may_replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any, BinaryIO

    from flowparty.intake.faults import Fault
    from flowparty.intake.sheets import Sheet, Source
    from flowparty.repository.registry import Registry

FORM = "import_annotated"
_MARK = ".回填"


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the rows of a sheet, without which they would mean something else.

    ``headings``: its last row of headings at the top, 1-based. ``kept``: rows of titles and of
    headings that return. ``dittos``: (row, column counted from 0) → what 同上 means there.
    """

    headings: int = 0
    kept: frozenset[int] = frozenset()
    dittos: Mapping[tuple[int, int], Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A list handed back: where it lies, how many rows have a remark, and whether all are in it."""

    path: Path
    rows: int
    is_whole: bool


def annotate(
    registry: Registry,
    source: Source,
    faults: Iterable[Fault],
    words: Callable[[str], str],
    *,
    around: Mapping[str, Around],
    masked: bool = False,
    about: tuple[str, ...] = (),
) -> Annotated | None:
    """Write the annotated copy of a list :func:`beside` it and journal it as a disclosure.

    An ``.xlsx`` of at most 20 000 rows comes back as it was, bad cells coloured, the reason in a
    comment and in a last column; of anything else the faulty rows in a new workbook. A copy that
    somebody has worked in is never overwritten: the next name is taken.

    Args:
        registry: where the disclosure is journaled.
        source: the list as it was read.
        faults: what was found; notes are left out.
        words: the words for a fault's code.
        around: sheet → what stands around its rows.
        masked: only where the faults are and what they are, nobody's data.
        about: what else its disclosure says.

    Returns:
        What was written; None if there is nothing to remark.

    Raises:
        BadValue, Denied, Storage: the file cannot be written there. Busy: the journal cannot.
    """
    remarks = [
        Remark(f.sheet, f.row, f.column, f.level, f.heading, words(f.code))
        for f in faults
        if f.level != "note"
    ]
    if not remarks:
        return None
    target = beside(registry, source.path, masked=masked)
    count = len({(remark.sheet, remark.row) for remark in remarks})
    org = identity(registry).name
    with disclosing(registry, target, FORM, org=org, rows=count, masked=masked, about=about) as out:
        is_whole = _write(source, out, remarks, around, masked=masked)
    return Annotated(target, count, is_whole)


def beside(registry: Registry, source: Path, *, masked: bool = False) -> Path:
    """The first name beside a list that is free, or holds a copy nobody has changed since.

    A masked copy cannot be mended and takes no other's place: ``FILE.回填脱敏.xlsx``.

    Raises:
        Denied: a copy that lies there may not be read.
    """
    stem = source.name.removesuffix(source.suffix).partition(_MARK)[0]
    mark = f"{_MARK}脱敏" if masked else _MARK
    for number in itertools.count(1):
        again = str(number) if number > 1 else ""
        path = source.with_name(file_name(stem, ending=f"{mark}{again}.xlsx"))
        if path != source and may_replace(registry, path):
            return path
    raise AssertionError("numbers do not end")


def _write(
    source: Source,
    out: BinaryIO,
    remarks: Sequence[Remark],
    around: Mapping[str, Around],
    *,
    masked: bool,
) -> bool:
    """Write the copy; whether every row of the list is in it."""
    if masked:
        write_list(out, remarks)
        return False
    if source.format == "xlsx" and sum(len(sheet.rows) for sheet in source.sheets) <= MOST_ROWS:
        headings = {name: one.headings for name, one in around.items()}
        try:
            write_annotated(source.path, out, remarks, headings)
        except CannotOpen:
            pass
        else:
            return True
    tables = (_table(sheet, around.get(sheet.name, Around())) for sheet in source.sheets)
    write_rows(out, tables, remarks)
    return False


def _table(sheet: Sheet, around: Around) -> Table:
    """A sheet whose merges below the headings, and 同上, speak for each of their rows."""
    spread: dict[tuple[int, int], Any] = {}
    for merge in sheet.merges:
        row = sheet.rows[merge.top - 1]
        if merge.top > around.headings and merge.bottom > merge.top and merge.left < len(row):
            for number in range(merge.top + 1, merge.bottom + 1):
                if sheet.rows[number - 1][merge.left] == "":
                    spread[number - 1, merge.left] = row[merge.left]
    for (number, column), meant in around.dittos.items():
        spread[number - 1, column] = meant
    return Table(sheet.name, sheet.rows, around.headings, around.kept, spread)
