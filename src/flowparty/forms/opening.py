"""Opening somebody's workbook with openpyxl: weighed first, for it lays out whatever is claimed.

A merge or a link over a whole sheet is a few bytes in the file and an object for every cell.
"""

from __future__ import annotations

import contextlib
import warnings
import zipfile
from typing import IO, Any, BinaryIO
from xml.parsers import expat

_CHUNK = 1 << 18
_LONGEST_TAG = 4_000_000
_ROWS, _COLUMNS = 1_048_576, 16_384
_ONE = frozenset({"c", "row"})
_LAID_OUT = frozenset({"mergeCell", "hyperlink", "comment"})
"""Elements of which openpyxl makes every cell of their range."""


class CannotOpen(Exception):  # noqa: N818 - what that means is for the caller to say
    """openpyxl does not understand the workbook."""


class TooHeavy(CannotOpen):
    """It has more cells than it may, empty ones and those of merges counted."""


def open_workbook(content: BinaryIO, most: int, *, rich_text: bool = False) -> Any:
    """Open a workbook whose sheets have at most ``most`` cells.

    Args:
        content: the ``.xlsx``, found free of document types before.
        most: both of the cells in the file together, and of rows times columns of one sheet:
            whoever walks a sheet makes every cell up to its farthest one, however empty.
        rich_text: keep fonts inside of texts.

    Raises:
        TooHeavy, CannotOpen.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it will not carry over
        try:
            _weigh(content, most)
            book = load_workbook(content, rich_text=rich_text)
        except TooHeavy:
            raise
        except Exception as error:  # openpyxl is choosier than the reader, and fails in any way
            raise CannotOpen from error
    if any(sheet.max_row * sheet.max_column > most for sheet in book.worksheets):
        raise TooHeavy
    return book


def _weigh(content: BinaryIO, most: int) -> None:
    """Count the cells that openpyxl would make, whichever part of the workbook claims them."""
    cells = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cells
        if name in _ONE:
            cells += 1
        elif name in _LAID_OUT:
            cells += _area(attributes.get("ref", ""))
        elif ":" in name:
            start(name.rpartition(":")[2], attributes)
        if cells > most:
            raise TooHeavy

    with zipfile.ZipFile(content) as archive:
        for part in archive.infolist():
            parser = expat.ParserCreate()
            parser.StartElementHandler = start
            with archive.open(part) as opened, contextlib.suppress(expat.ExpatError):
                _feed(parser, opened)  # a part that is no XML has no cells


def _feed(parser: expat.XMLParserType, opened: IO[bytes]) -> None:
    """Parse chunk by chunk; an endless tag would be read anew with each [CVE-2023-52425]."""
    fed = 0
    while chunk := opened.read(_CHUNK):
        fed += len(chunk)
        parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
        if fed - parser.CurrentByteIndex > _LONGEST_TAG:
            raise TooHeavy


def _area(reference: str) -> int:
    """The cells of a range; one of whole columns or rows goes to the end of the sheet."""
    from openpyxl.utils import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(reference)
    except ValueError:
        return 0  # openpyxl refuses it too
    wide = (right or _COLUMNS) - (left or 1) + 1
    return max(wide * ((bottom or _ROWS) - (top or 1) + 1), 0)
