"""The readers of cells, one for each word in ``import_fields.csv``, filling a row's values.

What a field's cells are read by stands there with its headings; the values get the names that
``--format json`` shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue
from flowparty.intake.call_reader import CallReader
from flowparty.intake.card_reader import CardReader
from flowparty.intake.cell_dates import read_date
from flowparty.intake.cell_phones import is_masked, read_contact, read_phone
from flowparty.intake.cells import (
    TextReading,
    as_text,
    read_count,
    read_free,
    read_id,
    read_name,
)
from flowparty.intake.money_reader import MoneyReader
from flowparty.intake.return_reader import ReturnReader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flowparty.intake.fields import Kind
    from flowparty.intake.layout import Layout
    from flowparty.intake.rules import Rules
    from flowparty.intake.sheets import Cell

_PLACES: Mapping[str, str] = {
    "partial": "destination_partial",
    "ambiguous": "destination_ambiguous",
    "unresolved": "destination_unresolved",
    "unknown": "destination_unresolved",
    "not_known": "destination_unknown",
    "renamed": "destination_renamed",
}
_DASH = re.compile(r"[\s\-—–_/\\]+")
_COUNTY = 6
_STRICT = frozenset({"sex", "category", "standing", "aid_purpose", "aid_kind"})
"""Tables on which rules depend: an unknown word leaves the field open."""
_DECIDING = frozenset({"aid_purpose", "aid_kind"})
"""Of these, the ones whose unknown word refuses the row: left open, it would be another kind."""


class RowReader(MoneyReader, CallReader, CardReader, ReturnReader):
    """Reads the cells of one row after the other by what ``import_fields.csv`` calls them."""

    def __init__(
        self, kind: Kind, layout: Layout, rules: Rules, *, is_text: bool, unit: int
    ) -> None:
        super().__init__(layout, rules, dict.fromkeys(_outputs(kind)))
        self._kind = kind
        self._is_text = is_text
        self.unit = unit
        self.readers = [
            (name, column.index, self._reader(kind.fields[name].read))
            for name, column in layout.columns.items()
            if kind.fields[name].read not in ("none", "branch")
        ]
        # The identity number first: it settles a birthday that can be read in two ways.
        self.readers.sort(key=lambda reader: reader[0] != "id_number")

    def _reader(self, read: str) -> Callable[[str, Any], None]:
        how, _, table = read.partition(":")
        reader: Callable[..., None] = getattr(self, f"_read_{how}")
        if not table:
            return reader

        def of_table(name: str, cell: Any) -> None:
            reader(name, cell, table)

        return of_table

    def _read_name(self, name: str, cell: Cell) -> None:
        reading = read_name(cell)
        self.values[name] = reading.value
        self.flag(reading.code, name, why=reading.why)

    def _read_id(self, name: str, cell: Cell) -> None:
        try:
            number = read_id(cell, today=self._rules.today)
        except BadValue as problem:
            self.flag(problem.code, name, "reject")
            return
        if number is None:
            return
        self.values[name] = number
        if len(number.given) < len(number.value):
            self.flag("id_15_digits", name)
        if not self._rules.is_area(number.area):
            self.flag("id_area_unlisted", name, "note")

    def _read_date(self, name: str, cell: Cell) -> None:
        reading = read_date(cell, self._rules.today, is_text=self._is_text)
        self.values[name] = reading.value
        if name == "birth_date" and reading.candidates and self.values.get("id_number"):
            born = self.values["id_number"].birth_date
            for candidate in reading.candidates:
                if candidate.first <= born <= candidate.last:
                    self.values[name] = candidate
                    return
        self.flag(reading.code, name, why=reading.why)

    def _read_word(self, name: str, cell: Cell, table: str) -> None:
        reading = self._rules.word(table, cell)
        self.values[name] = None if reading.code and table in _STRICT else reading.value
        if reading.code and self._kind.name == "members" and table not in _STRICT:
            self.flag("word_new_only", name)
        else:
            code = "word_unknown" if reading.code and table in _DECIDING else reading.code
            self.flag(code, name, table=table if table in _STRICT else "")

    def _read_word_text(self, name: str, cell: Cell, table: str) -> None:
        """A word that should be one of a table; whatever it is, it is kept as written."""
        self._read_text(name, cell)
        self.flag("word_in_remark" if self._rules.word(table, cell).code else None, name)

    def _read_ethnicity(self, name: str, cell: Cell) -> None:
        reading = self._rules.word("ethnicity", cell)
        self.values[name] = reading.value
        self.flag("ethnicity_unknown" if reading.code else None, name)

    def _read_yes_no(self, name: str, cell: Cell) -> None:
        reading = self._rules.word("yes_no", cell)
        if not reading.code and reading.value is not None:
            self.values[name] = reading.value == "yes"
        self.flag(reading.code, name, table="yes_no")

    def _read_phone(self, name: str, cell: Cell) -> None:
        self._phone(name, cell, read_phone)

    def _read_contact(self, name: str, cell: Cell) -> None:
        """A number among words; words without any (微信群) are kept as they are."""
        self._phone(name, cell, read_contact)
        text = as_text(cell)
        if read_phone(text).code and read_contact(text).code is None:
            self.values["contact_words"] = read_free(cell).value

    def _phone(self, name: str, cell: Cell, read: Callable[[str], Any]) -> None:
        text = as_text(cell)
        if "*" in text and is_masked(text):
            self.flag("cell_masked", name)
            return
        reading = read(text)
        to = "mobile" if name == "contact" else name
        if to != "mobile" or not reading.is_landline or "landline" not in self._blank:
            self.values[to] = reading.value or self.values.get(to)
            self.flag(reading.code, name)
            return
        # A landline in the column for mobiles goes where it belongs.
        beside = read_phone(as_text(self._cell("landline"))).value
        other = beside is not None and beside != reading.value
        self.values["landline"] = beside or reading.value
        self.flag("phone_multiple" if other else reading.code, name)

    def _read_text(self, name: str, cell: Cell) -> None:
        if name == "address" and is_masked(as_text(cell)):
            self.flag("cell_masked", name)
            return
        self._keep_free(name, cell)

    def _read_answer(self, name: str, cell: Cell) -> None:
        self._keep_free(name, cell)

    def _read_contact_change(self, name: str, cell: Cell) -> None:
        """A number learned; of two nobody knows which is the new one, and a landline is none."""
        self._keep_free(name, cell)
        reading = read_contact(as_text(cell))
        sure = reading.code not in ("phone_invalid", "phone_multiple") and not reading.is_landline
        self.values["new_mobile"] = reading.value if sure else None
        self.flag(reading.code if reading.code != "phone_annotated" else None, name)

    def _read_count(self, name: str, cell: Cell) -> None:
        reading = read_count(cell)
        if isinstance(reading, TextReading):
            self.flag(reading.code, name)
        else:
            self.values[name] = reading

    def _read_mode(self, name: str, cell: Cell) -> None:
        reading = self._rules.word("survey_mode", cell)
        self.values[name] = None if reading.code else reading.value
        self.flag("mode_unknown" if reading.code else None, name)

    def _read_place(self, name: str, cell: Cell) -> None:
        """What a destination says, and the code of the place if it names one."""
        text = as_text(cell).strip()
        reading = read_free(cell)
        self.values["destination_text"] = reading.value
        self.flag(reading.code, name)
        if reading.value is None:
            moves = self._kind.name != "members" and _DASH.fullmatch(text)
            self.flag("destination_unknown" if moves else None, name)
            return
        match = self._rules.place(reading.value)
        self.flag(_PLACES.get(match.status), name)
        if match.place is not None:
            self.values["destination_code"] = match.place.code[:_COUNTY]
            self.values["destination_place"] = match.place.code


_DERIVED = {
    "place": ("destination_text", "destination_code", "destination_place"),
    "contact_change": ("contact_change", "new_mobile"),
    "job_income": ("occupation", "annual_income_yuan", "income_words"),
    "income": ("annual_income_yuan", "income_words"),
    "contact": ("mobile", "contact_words"),
    "money": ("amount_fen",),
    "call_outcome": ("outcome", "outcome_words"),
    "card_remark": (
        "remark",
        "card_words",
        "card_event",
        "card_event_on",
        "card_checks",
        "replaced_by",
    ),
    "none": (),
}


def _outputs(kind: Kind) -> tuple[str, ...]:
    """The names of all values that a kind's rows have."""
    names = [n for f in kind.fields.values() for n in _DERIVED.get(f.read, (f.name,))]
    return tuple(dict.fromkeys(names))
