"""One row judged cell by cell: what to store, and every fault, not only the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue
from flowparty.domain.members import check_dates
from flowparty.intake.cell_dates import read_date
from flowparty.intake.cell_phones import read_phone
from flowparty.intake.cells import as_text, read_free, read_id, read_name
from flowparty.intake.faults import Fault, Level, shown
from flowparty.intake.reader import Marker
from flowparty.intake.values import MemberValues

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.domain.dates import PartialDate
    from flowparty.domain.identity import IdNumber
    from flowparty.intake.headings import Layout
    from flowparty.intake.reader import Cell
    from flowparty.intake.rules import Rules

_REJECTED = frozenset({"name_missing", "name_unsafe", "date_invalid"})
_NOTED = frozenset({"name_cleaned", "text_cleaned", "date_serial", "date_unknown"})
_DESTINATION: Mapping[str, tuple[str, Level]] = {
    "partial": ("destination_partial", "warn"),
    "ambiguous": ("destination_ambiguous", "warn"),
    "unresolved": ("destination_unresolved", "warn"),
    "unknown": ("destination_unresolved", "warn"),
    "not_known": ("destination_unknown", "warn"),
    "renamed": ("destination_renamed", "note"),
}


class Judge:
    """Judges one row; ``faults`` fills up while :meth:`values` reads the cells."""

    def __init__(self, layout: Layout, row: int, cells: list[Cell], rules: Rules) -> None:
        self.faults: list[Fault] = []
        self.identity: IdNumber | None = None
        self._layout = layout
        self._row = row
        self._cells = cells
        self._valueless: set[str] = set()
        self._rules = rules

    def values(self) -> MemberValues | None:
        """Read all cells; None if any fault rejects the row."""
        self._refuse_valueless()
        name = self._name()
        self.identity = self._id_number()
        joined_on, full_member_on = self._membership()
        mobile, landline = self._phones()
        is_mobile = self._yes_no("is_mobile")
        text, code = self._destination(is_mobile=is_mobile)
        read = MemberValues(
            name=name,
            id_number=self.identity,
            sex=self._sex(),
            birth_date=self._birth_date(),
            ethnicity=self._coded("ethnicity", "ethnicity_unknown"),
            education=self._coded("education"),
            category=self._strictly("category"),
            joined_on=joined_on,
            full_member_on=full_member_on,
            post=self._free("post"),
            mobile=mobile,
            landline=landline,
            address=self._free("address"),
            standing=self._strictly("standing"),
            is_lost=self._yes_no("is_lost"),
            lost_on=self._date("lost_on"),
            is_mobile=is_mobile,
            destination_text=text,
            destination_code=code,
            branch=self._branch(),
        )
        return None if any(fault.level == "reject" for fault in self.faults) else read

    def _cell(self, field: str) -> Cell:
        column = self._layout.columns.get(field)
        return None if column is None or field in self._valueless else self._cells[column.index]

    def _flag(self, code: str | None, field: str, level: Level | None = None) -> None:
        if code is None or field in self._valueless:
            return
        if level is None:
            level = "reject" if code in _REJECTED else "note" if code in _NOTED else "warn"
        column = self._layout.columns.get(field)
        letter, heading = (column.letter, column.heading) if column else ("", "")
        stood = shown(self._cell(field), field)
        self.faults.append(
            Fault(code, level, self._layout.sheet, self._row, letter, field, heading, stood)
        )

    def _refuse_valueless(self) -> None:
        """Reject a formula that nobody computed: it is not an empty cell, and is flagged once."""
        for field, column in self._layout.columns.items():
            if self._cells[column.index] is Marker.NO_VALUE and field != "serial":
                self._flag("formula_no_value", field, "reject")
                self._valueless.add(field)

    def _name(self) -> str:
        reading = read_name(self._cell("name"))
        self._flag(reading.code, "name")
        return reading.value or ""

    def _id_number(self) -> IdNumber | None:
        try:
            identity = read_id(self._cell("id_number"), today=self._rules.today)
        except BadValue as problem:
            self._flag(problem.code, "id_number", "reject")
            return None
        if identity is None:
            self._flag("id_missing", "id_number", "reject")
            return None
        if len(identity.given) < len(identity.value):
            self._flag("id_15_digits", "id_number")
        if not self._rules.is_area(identity.area):
            self._flag("id_area_unlisted", "id_number", "note")
        return identity

    def _branch(self) -> str:
        key = self._rules.branches.find(as_text(self._cell("branch")))
        if key is None:
            self._flag("branch_unknown", "branch", "reject")
        return key or ""

    def _sex(self) -> str:
        """The sex as written; where nothing readable stands, the one in the identity number."""
        sex = self._strictly("sex")
        if self.identity is None:
            return sex or ""
        if sex is not None and sex != self.identity.sex:
            self._flag("id_sex_mismatch", "sex")
        return sex or self.identity.sex

    def _birth_date(self) -> PartialDate | None:
        """The birth date as written; the identity number settles one that could be several."""
        reading = read_date(self._cell("birth_date"), self._rules.today)
        if self.identity is None:
            self._flag(reading.code, "birth_date")
            return reading.value
        born = self.identity.birth_date
        for candidate in reading.candidates:
            if candidate.first <= born <= candidate.last:
                return candidate
        self._flag(reading.code, "birth_date")
        value = reading.value
        if value is not None and not value.first <= born <= value.last:
            self._flag("id_birth_mismatch", "birth_date")
        return value

    def _date(self, field: str) -> PartialDate | None:
        reading = read_date(self._cell(field), self._rules.today)
        self._flag(reading.code, field)
        return reading.value

    def _membership(self) -> tuple[PartialDate | None, PartialDate | None]:
        joined_on, full_member_on = self._date("joined_on"), self._date("full_member_on")
        try:
            check_dates(joined_on, full_member_on)
        except BadValue as problem:
            self._flag(problem.code, "full_member_on")
        return joined_on, full_member_on

    def _phones(self) -> tuple[str | None, str | None]:
        """Mobile and landline; a landline in the column for mobiles goes where it belongs."""
        mobile = read_phone(as_text(self._cell("mobile")))
        landline = read_phone(as_text(self._cell("landline")))
        self._flag(landline.code, "landline")
        if not mobile.is_landline:
            self._flag(mobile.code, "mobile")
            return mobile.value, landline.value
        other = landline.value is not None and landline.value != mobile.value
        self._flag("phone_multiple" if other else mobile.code, "mobile")
        return None, landline.value or mobile.value

    def _yes_no(self, field: str) -> bool | None:
        code = self._strictly(field, "yes_no")
        return None if code is None else code == "yes"

    def _coded(self, field: str, unknown: str = "value_unrecognised") -> str | None:
        """A word of the table named like the field; a word unknown to it stays as written."""
        reading = self._rules.word(field, self._cell(field))
        self._flag(unknown if reading.code else None, field)
        return reading.value

    def _strictly(self, field: str, table: str | None = None) -> str | None:
        """A code on which rules depend: None where the word is unknown."""
        reading = self._rules.word(table or field, self._cell(field))
        self._flag(reading.code, field)
        return None if reading.code else reading.value

    def _free(self, field: str) -> str | None:
        reading = read_free(self._cell(field))
        self._flag(reading.code, field)
        return reading.value

    def _destination(self, *, is_mobile: bool | None) -> tuple[str | None, str | None]:
        """What 外出流向 says, and the code of the place if it names one."""
        text = self._free("destination")
        if text is None:
            return None, None
        match = self._rules.place(text)
        code, level = _DESTINATION.get(match.status, (None, None))
        self._flag(code, "destination", level)
        if is_mobile is False:
            self._flag("mobile_conflict", "destination")
        return text, match.place.code if match.place else None
