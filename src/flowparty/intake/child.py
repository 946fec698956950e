"""The fast reader's own process: ``python -m flowparty.intake.child FILE BYTES SECONDS``.

It has little memory and time, may write no file, and says what it read as lines of JSON: one object
a sheet, then one array a row. Whatever a hostile file does to it, it does to nobody else.
"""

from __future__ import annotations

import json
import sys
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

UNREADABLE, ENCRYPTED, NO_MEMORY = 65, 66, 67
"""How the child ends when it cannot read: damaged, under a password, too large."""


def main(path: str, most_bytes: int, most_seconds: int) -> int:
    """Read a workbook and write its sheets to standard output; the exit status says why not."""
    from python_calamine import PasswordError

    _confine(most_bytes, most_seconds)
    try:
        for line in _lines(path):
            sys.stdout.write(line)
        sys.stdout.write("null\n")
        sys.stdout.flush()
    except PasswordError:
        return ENCRYPTED
    except MemoryError:
        return NO_MEMORY
    except BaseException:  # noqa: BLE001 - a panic of the reader is no ordinary exception
        return UNREADABLE
    return 0


def _confine(most_bytes: int, most_seconds: int) -> None:
    import resource

    limits = {
        resource.RLIMIT_AS: most_bytes,
        resource.RLIMIT_CPU: most_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def _lines(path: str) -> Iterator[str]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    encode = json.JSONEncoder(
        ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_tagged
    ).encode
    with CalamineWorkbook.from_path(path) as book:
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            hidden = about.visible != SheetVisibleEnum.Visible
            merges = sheet.merged_cell_ranges or []
            yield encode({"name": about.name, "hidden": hidden, "merges": merges}) + "\n"
            if sheet.start is not None:
                left = [""] * sheet.start[1]
                for row in sheet.iter_rows():
                    yield encode([*left, *row]) + "\n"


def _tagged(value: Any) -> object:
    """A day as an object of one key; a time of day or a span as text."""
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    raise TypeError(type(value))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
