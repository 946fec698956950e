"""CSV that Excel and WPS read as text: every field quoted, nothing a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "\0", "＝", "＋", "－", "＠")


def csv_text(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The lines of a CSV without a byte order mark; ``None`` is an empty field.

    Text that a spreadsheet would run gets an apostrophe in front [OWASP CSV injection]; an import
    takes exactly one away.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_harmless(heading) for heading in headings])
    writer.writerows([[_harmless(value) for value in row] for row in rows])
    return out.getvalue()


def as_typed(field: str) -> str:
    """A field as it was before :func:`csv_text` put an apostrophe in front; others as they are."""
    return field[1:] if field.startswith("'") and field[1:].startswith(_RISKY) else field


def _harmless(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    return "'" + text if isinstance(value, str) and text.startswith(_RISKY) else text
