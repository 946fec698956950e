"""The town's own blanks of official forms: checked, tried once, then in force."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flowparty.domain.blanks import Blank
from flowparty.domain.errors import BadValue
from flowparty.forms.blank import check_parts, placeholders
from flowparty.forms.fill import fill
from flowparty.intake.kinds import container
from flowparty.intake.package import open_package
from flowparty.repository import blanks, settings
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from flowparty.forms.blank import Placeholders
    from flowparty.repository.registry import Registry

MOST_BYTES = 2_000_000
"""A blank is a page or two; a larger file is not one, and would lie in every backup."""


_OTHER = {"ole": "xls", "text": "text"}
"""What a file is that is no package, in the words of ``file_not_a_workbook``."""


def use(registry: Registry, form: str, path: Path, *, on: date) -> Recorded[Blank]:
    """Put the town's own blank of a form in force after trying it.

    Raises:
        BadValue: the file is no whole workbook; it holds what the writer cannot keep (pictures,
            macros, merges across the repeated row); it asks for what the form does not have; or
            it has no row to repeat where the form is a list. Denied: it cannot be read.
    """
    kind = container(path)
    if kind != "zip":
        raise BadValue("file_not_a_workbook", path=str(path), kind=_OTHER[kind])
    with open_package(path, settings.load(registry)) as package:
        check_parts(package.names, path.name)
    blank = Blank(form, path.name, _read(path), on.isoformat())
    _try(blank)
    with registry.write():
        now = blanks.in_force(registry, form)
        if now.content == blank.content:
            return Recorded(now, repeated=True)
        blanks.use(registry, blank, on)
        return Recorded(blanks.in_force(registry, form))


def _read(path: Path) -> bytes:
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        raise BadValue("form_too_large", path=path.name, limit=MOST_BYTES)
    return content


def _try(blank: Blank) -> None:
    """Compare what the blank asks for with what its form has, and fill it once.

    Raises:
        BadValue: ``form_placeholder_unknown``, ``form_row_missing``, ``form_not_a_workbook``,
            ``form_unsupported``.
    """
    known, asked = placeholders(blanks.built_in(blank.form)), placeholders(blank)
    unknown = sorted((asked.scalars - known.scalars) | (asked.row - known.row))
    if unknown:
        raise BadValue("form_placeholder_unknown", path=blank.name, name=unknown[0])
    if known.row and not asked.row:
        raise BadValue("form_row_missing", path=blank.name, name=min(known.row))
    out = io.BytesIO()
    fill(blank, out, dict.fromkeys(asked.scalars, "1"), [dict.fromkeys(asked.row, "1")] * 2)
    placeholders(Blank(blank.form, blank.name, out.getvalue()))


def back(registry: Registry, form: str) -> Recorded[Blank]:
    """Put the program's blank of a form in force again."""
    with registry.write():
        dropped = blanks.drop(registry, form)
        return Recorded(blanks.in_force(registry, form), repeated=not dropped)


def asked(form: str) -> Placeholders:
    """What a form has to fill in, by the names that a blank may use."""
    return placeholders(blanks.built_in(form))
