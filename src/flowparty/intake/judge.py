"""One row judged: every cell read, and what several cells say together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue
from flowparty.domain.members import check_dates
from flowparty.domain.outcomes import not_reached
from flowparty.intake.card_events import read_card_remark
from flowparty.intake.cells import as_text, is_blank
from flowparty.intake.readers import RowReader
from flowparty.intake.sections import NOTHING_SAID
from flowparty.intake.sheets import Marker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flowparty.domain.dates import PartialDate
    from flowparty.domain.identity import IdNumber
    from flowparty.intake.branches import Branch
    from flowparty.intake.categories import Said
    from flowparty.intake.category_words import Category
    from flowparty.intake.faults import Fault
    from flowparty.intake.fields import Field, Kind
    from flowparty.intake.layout import Layout
    from flowparty.intake.rules import Rules
    from flowparty.intake.sheets import Cell, Sheet

_NOT_FOUND = "#N/A"
_NO_VALUES = frozenset({
    Marker.NO_VALUE, _NOT_FOUND, "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!",
    "#SPILL!", "#CALC!",
})  # fmt: skip
"""What stands where the file does not hold the value; text files have the errors as words."""

_WORDS = {"outcome": ("employment", "notes", "remark"), "card_state": ("card_state", "remark")}
"""Where a row may say itself, more closely, what a title says of it."""
_ALIKE = (
    "word", "word_text", "yes_no", "ethnicity", "date", "text", "answer", "count", "mode",
    "survey_outcome",
)  # fmt: skip
_MOST_KNOWN = 10_000


def _known(field: Field) -> dict[str, Any] | None:
    """Where it is kept what the words of a column say, if they say the same in every row.

    A birth date is read beside the identity number.
    """
    alike = field.read.partition(":")[0] in _ALIKE and field.name != "birth_date"
    return {} if alike else None


class Judge(RowReader):
    """Judges the rows of one layout.

    ``section``: whose the rows are that name no branch. ``said``: what a title says they are.
    """

    def __init__(
        self,
        kind: Kind,
        layout: Layout,
        rules: Rules,
        *,
        sheet: Sheet,
        is_text: bool,
        unit: int,
    ) -> None:
        super().__init__(kind, layout, rules, is_text=is_text, unit=unit)
        self.section = NOTHING_SAID
        self.said: Said | None = None
        self._formulas = sheet.formulas
        branch = layout.columns.get("branch")
        self._hint = branch is not None and branch.is_hint
        self._columns = [(*reader, _known(kind.fields[reader[0]])) for reader in self.readers]

    def row(self, number: int, cells: list[Cell]) -> tuple[dict[str, Any], list[Fault]]:
        """Read all cells of a row: the values as far as they could be read, and every fault."""
        self.begin(number, cells)
        for name, index, reader, known in self._columns:
            cell = cells[index]
            if cell in _NO_VALUES:
                self._no_value(name, cell)
            elif cell not in (None, ""):
                if known is None or not isinstance(cell, str):
                    reader(name, cell)
                elif cell in known:
                    self.values[name] = known[cell]
                else:
                    self._learn(name, cell, reader, known)
                if self._formulas and (number, index) in self._formulas:
                    self.flag("formula_cell", name, "note")
        if self.values["name"] is None and not self._faulty("name"):
            self.flag("name_missing", "name")
        self._branch()
        self._identity()
        if self.said is not None:
            self._category(self.said)
        for check in _CHECKS.get(self._kind.name, ()):
            check(self)
        return self.values, sorted(self.faults, key=lambda fault: (len(fault.column), fault.column))

    def _learn(
        self, name: str, cell: str, reader: Callable[[str, Any], None], known: dict[str, Any]
    ) -> None:
        """Read words, and remember what they say unless there is something to be said of them."""
        before = len(self.faults)
        reader(name, cell)
        if len(self.faults) == before and len(known) < _MOST_KNOWN:
            known[cell] = self.values[name]

    def _no_value(self, name: str, cell: Cell) -> None:
        """A formula without its value; one that looked something up and found none is empty."""
        if cell == _NOT_FOUND:
            self.flag("formula_cell", name, "note", why="nothing_found")
        else:
            self.flag("formula_no_value", name)

    def _branch(self) -> None:
        """The branch of a row; where several are called so, none: the row names them."""
        cell = self._cell("branch")
        if cell in _NO_VALUES:
            self.flag("formula_no_value", "branch")
            return
        found = self._branches_said(cell)
        if found is None:
            return
        if len(found) == 1:
            self.values["branch"] = found[0].key
            return
        unsaid = is_blank(cell) and not self.section.words
        code, why = ("branch_ambiguous", "") if found else ("branch_unknown", "branch_unsaid")
        title = self.section.words if is_blank(cell) else ""
        labels = [branch.label for branch in found]
        self.flag(code, "branch", why=why if unsaid else "", title=title, candidates=labels)

    def _branches_said(self, cell: Cell) -> tuple[Branch, ...] | None:
        """Those that the row's cell may mean, else its title; None if no list needs to say it."""
        names, text = self._rules.branches, as_text(cell)
        said = None if is_blank(cell) else names.hinted(text) if self._hint else names.find(text)
        if said is None:
            said = self.section.branches
        column = "branch" in self._layout.columns and not self._hint
        return () if said is None and (column or "branch" in self._kind.required) else said

    def _identity(self) -> None:
        """The identity number beside sex and birth date; how much it matters that it is missing."""
        number: IdNumber | None = self.values.get("id_number")
        if number is None:
            needed = "id_number" in self._kind.required
            if "id_number" in self._layout.columns and not self._faulty("id_number"):
                self.flag("id_missing", "id_number", "reject" if needed else "warn")
            return
        sex: str | None = self.values.get("sex")
        if sex is not None and sex != number.sex:
            self.flag("id_sex_mismatch", "sex")
        born: PartialDate | None = self.values.get("birth_date")
        if born is not None and not born.first <= number.birth_date <= born.last:
            self.flag("id_birth_mismatch", "birth_date")

    def _category(self, said: Said) -> None:
        """What a title says of the people below it, where the row's own cells say nothing else."""
        category = said.category
        field = category.field
        if field and (self.values[field] == category.value or self._says_closer(category)):
            return
        if field and self._is_silent(field):
            self.values[field] = category.value
            return
        if category.refuses:
            self.flag("title_conflict", "name", "reject", title=said.words)
        else:
            cell = field if field in self._layout.columns else "name"
            self.flag("title_conflict", cell, why="title_doubt", title=said.words)

    def _says_closer(self, category: Category) -> bool:
        """Whether a row says itself what a title does: how a card ended, why nobody answered."""
        said = [as_text(self._cell(name)) for name in _WORDS.get(category.field, ())]
        if category.field == "card_state":
            state = read_card_remark(str(category.value), None).event
            return read_card_remark("；".join(filter(None, said)), None).event == state
        return any(not_reached(words) is not None for words in said)

    def _is_silent(self, field: str) -> bool:
        """Whether no cell of a row says what a title does, or that it is otherwise."""
        cells = [field]
        if field == "outcome":  # whoever answered was reached, whatever the title says
            cells += [name for name, one in self._kind.fields.items() if one.read == "answer"]
            cells.append("notes")
        if field == "card_state":
            cells.append("remark")
        return all(is_blank(self._cell(name)) for name in cells)

    def check_membership(self) -> None:
        """Becoming a full member comes after joining."""
        try:
            check_dates(self.values["joined_on"], self.values["full_member_on"])
        except BadValue as problem:
            self.flag(problem.code, "full_member_on")

    def check_mobile(self) -> None:
        """Somebody has a destination who is not said to be away."""
        if not self.values["is_mobile"] and self.values["destination_text"] is not None:
            self.flag("mobile_conflict", "destination")


_CHECKS: Mapping[str, tuple[Callable[[Judge], None], ...]] = {
    "members": (Judge.check_membership, Judge.check_mobile),
    "moves": (Judge.check_return,),
    "cards": (Judge.check_card,),
    "aid": (Judge.check_aid,),
}
