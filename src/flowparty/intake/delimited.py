"""Text files of rows: comma, tab or semicolon between cells, every cell text."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from typing import TYPE_CHECKING, Literal

from flowparty.domain.delimited import as_typed
from flowparty.domain.errors import BadValue
from flowparty.intake.encoding import detect
from flowparty.intake.markup import check_extent
from flowparty.intake.sheets import Sheet, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from flowparty.intake.sheets import Cell
    from flowparty.settings import Settings

_SEPARATORS = ",\t;"
_LOOKED_AT = 50
_FEWEST_WIDE = 2
_LONGEST_WORD = 30
_NO_TABLE = (0, 0)


def read_delimited(path: Path, encoding: str | None, limits: Settings) -> Source:
    """Read a text file; row numbers count records, so a cell may hold line ends.

    Args:
        path: a file that is no workbook.
        encoding: how it is written, if the reader should not find out.
        limits: how many rows and columns and how long a cell may be.

    Raises:
        BadValue: as :func:`flowparty.intake.encoding.detect`; ``file_quotes_broken``,
            ``file_too_large``; ``file_not_a_workbook``: text without columns.
        UsageProblem: ``encoding_unknown``.
    """
    if path.stat().st_size > limits.import_bytes:
        most = limits.import_bytes // 1_000_000
        raise BadValue("file_too_large", path=str(path), limit=most, unit="megabytes")
    found = detect(path, encoding)
    separator = _separator(path, found, limits)
    rows: list[list[Cell]] = []
    for record in _records(path, found, separator, limits):
        check_extent(path, len(rows) + 1, len(record), limits)
        if any(len(cell) > limits.import_cell for cell in record):
            long = {"row": len(rows) + 1, "limit": limits.import_cell}
            raise BadValue("file_cell_too_long", path=str(path), **long)
        rows.append([as_typed(cell) for cell in record])
    _pad(path, rows, limits)
    kind: Literal["csv", "tsv"] = "tsv" if separator == "\t" else "csv"
    return Source(path, kind, found, [Sheet(kind, rows)])


def _pad(path: Path, rows: list[list[Cell]], limits: Settings) -> None:
    """Make all records as wide as the widest."""
    width = max(map(len, rows), default=0)
    check_extent(path, len(rows), width, limits)
    for row in rows:
        row.extend([""] * (width - len(row)))


def _records(
    path: Path, encoding: str, separator: str, limits: Settings, *, strict: bool = True
) -> Iterator[list[str]]:
    """Every record; broken quotes are refused, because they swallow the rows that follow."""
    longest = limits.import_columns * limits.import_cell
    with path.open(encoding=encoding, newline="") as opened:
        lines = iter(lambda: opened.readline(longest), "")
        reader = csv.reader(_whole(lines, longest, path), delimiter=separator, strict=strict)
        try:
            yield from reader
        except csv.Error as error:
            raise BadValue("file_quotes_broken", path=str(path), row=reader.line_num) from error


def _whole(lines: Iterator[str], longest: int, path: Path) -> Iterator[str]:
    for line in lines:
        if len(line) >= longest:
            raise BadValue("file_too_large", path=str(path), limit=longest, unit="characters")
        yield line


def _separator(path: Path, encoding: str, limits: Settings) -> str:
    """The separator under which most of the first records are equally wide."""
    scores: dict[str, tuple[int, int]] = {}
    for separator in _SEPARATORS:
        records = _records(path, encoding, separator, limits, strict=False)
        first = [record for record in itertools.islice(records, _LOOKED_AT) if any(record)]
        if separator == _SEPARATORS[0] and _is_one_column(first):
            return separator
        scores[separator] = _score(first)
    best = max(_SEPARATORS, key=lambda separator: scores[separator])
    if scores[best] == _NO_TABLE:
        for separator in _SEPARATORS:  # a quotation mark never closed makes one cell of all
            for _ in _records(path, encoding, separator, limits):
                pass
        raise BadValue("file_not_a_workbook", path=str(path), kind="text")
    return best


def _is_one_column(records: Sequence[Sequence[str]]) -> bool:
    """Whether it is a list of names: a word a line, with nothing that could part it."""
    return len(records) >= _FEWEST_WIDE and all(
        len(record) == 1
        and len(record[0]) <= _LONGEST_WORD
        and not any(separator in record[0] for separator in _SEPARATORS)
        for record in records
    )


def _score(records: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many records are equally wide, and how wide; none if most below the first are narrow."""
    widths = [len(record) for record in records]
    wide = [width for width in widths if width >= _FEWEST_WIDE]
    if not wide:
        return _NO_TABLE
    below = widths[widths.index(wide[0]) + 1 :]
    if sum(width >= _FEWEST_WIDE for width in below) * 2 < len(below):
        return _NO_TABLE
    return max((count, width) for width, count in Counter(wide).items())
