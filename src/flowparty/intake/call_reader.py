"""The readers of what came of reaching somebody: in a log of contacts, and on a survey's sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.contacts import REACHED
from flowparty.domain.outcomes import (
    NO_ANSWER,
    OTHER,
    another_answered,
    not_reached,
    perhaps_reached,
    reached,
)
from flowparty.domain.surveys import Outcome, outcome_of
from flowparty.intake.cell_phones import read_phone
from flowparty.intake.cells import as_text, read_free
from flowparty.intake.row_cells import RowCells

if TYPE_CHECKING:
    from flowparty.intake.sheets import Cell

_TICKED = {"yes": REACHED, "no": NO_ANSWER}


class CallReader(RowCells):
    """Reads cells about contacts; words that are no code of a table are kept beside it."""

    def _read_call_method(self, name: str, cell: Cell) -> None:
        """How it was made; 联系方式 may as well hold the number of who was rung up."""
        reading = read_free(cell)
        self.values[name] = reading.value
        number = read_phone(as_text(cell))
        if number.value and number.code is None:
            self.values["mobile"] = self.values["mobile"] or number.value
            return
        self.flag(reading.code, name)
        known = self._rules.word("contact_method", cell).code is None
        self.flag(None if known else "word_in_remark", name)

    def _read_call_outcome(self, name: str, cell: Cell) -> None:
        """What came of it: a word of the table, a tick under 是否…, or words that say it surely."""
        reading = self._rules.word("contact_outcome", cell)
        if reading.code is None:
            self.values[name] = reading.value
            return
        ticked = self._rules.word("yes_no", cell)
        if ticked.code is None and self._layout.columns[name].heading.startswith("是否"):
            self.values[name] = _TICKED[str(ticked.value)]
            return
        text = read_free(cell).value or ""
        said = not_reached(text)
        if reached(text) or (said is not None and said.surely):
            self.values[name] = said.outcome if said is not None else REACHED
            self.values["outcome_words"] = text
        elif perhaps_reached(text):
            self._take_for_reached(name, REACHED)
            self.values["outcome_words"] = text
        elif another_answered(text):
            self.values[name] = OTHER
            self.values["outcome_words"] = text
            self.flag("value_unrecognised", name, why="remark_unclear")
        else:
            self.flag("word_unknown", name, table="contact_outcome")

    def _take_for_reached(self, name: str, outcome: str) -> None:
        self.values[name] = outcome
        self.flag("value_unrecognised", name, why="perhaps_reached")

    def _read_survey_outcome(self, name: str, cell: Cell) -> None:
        """What came of a visit; a word that says nothing known refuses the row: it is no 已完成."""
        reading = self._rules.word("survey_outcome", cell)
        text = read_free(cell).value or ""
        said = not_reached(text) if reading.code else None
        if reading.code is None:
            self.values[name] = reading.value
        elif said is not None and said.surely:
            self.values[name] = outcome_of(said)
        elif perhaps_reached(text):
            self._take_for_reached(name, Outcome.DONE)
        else:
            self.flag("word_unknown", name, table="survey_outcome")
