"""The blanks in force: the town's own, as far as it has any, else those of the program."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from flowparty.data import data_path
from flowparty.domain.blanks import Blank
from flowparty.domain.errors import BadValue, NotFound
from flowparty.repository.codes import table

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from flowparty.repository.registry import Registry

_BLANK = 'SELECT id, form, file_name, content, "on" FROM form_blank WHERE form = :form'


def built_in(form: str) -> Blank:
    """The blank that comes with the program, by the form's code in table ``form``."""
    path = data_path("forms", f"{form}.xlsx")
    return Blank(form, path.name, path.read_bytes())


def in_force(registry: Registry, form: str) -> Blank:
    """The blank that a form is filled into."""
    row = _own(registry, form)
    if row is None:
        return built_in(form)
    return Blank(form, row["file_name"], base64.b64decode(row["content"]), row["on"])


def all_in_force(registry: Registry) -> list[Blank]:
    """The blank of every form."""
    return [in_force(registry, form) for form in table("form").codes]


def find(text: str) -> str:
    """The code of the form that ``text`` names.

    Raises:
        NotFound: ``form_not_found``: there is no such form.
    """
    known = table("form")
    try:
        return known.parse(text)
    except BadValue:
        raise NotFound("form_not_found", value=text) from None


def use(registry: Registry, blank: Blank, on: date) -> None:
    """Keep the town's own blank of a form, in place of the one before."""
    values = {
        "form": blank.form,
        "file_name": blank.name,
        "content": base64.b64encode(blank.content).decode(),
        "on": on.isoformat(),
    }
    row = _own(registry, blank.form)
    if row is None:
        registry.insert("form_blank", values)
    else:
        registry.update("form_blank", row["id"], values)


def drop(registry: Registry, form: str) -> bool:
    """Go back to the program's blank; False if it was in force already."""
    row = _own(registry, form)
    if row is not None:
        registry.delete("form_blank", row["id"])
    return row is not None


def _own(registry: Registry, form: str) -> sqlite3.Row | None:
    return registry.row(_BLANK, form=form)
