"""The readers of a register of cards: their numbers, and what its words and days say of them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from flowparty.domain.cards import Kind
from flowparty.intake.card_events import read_card_remark
from flowparty.intake.cell_dates import read_date
from flowparty.intake.cells import as_text, read_free
from flowparty.intake.row_cells import RowCells

if TYPE_CHECKING:
    from flowparty.domain.dates import PartialDate
    from flowparty.intake.sheets import Cell

DATED_ENDS = {
    "card_lost_on": Kind.LOST,
    "handed_in_on": Kind.HAND_IN,
    "voided_on": Kind.VOID,
}
"""The columns that give the day of what ended a card."""
_BETWEEN = re.compile(r"[、,;\n~至和及与]")
_SLASHED = re.compile(r"(?!(?:19|20)[0-9]{2}/)([0-9]+)/([0-9]+)")


class CardReader(RowCells):
    """Reads cells of cards; :meth:`check_card` takes together what a row says of one."""

    def _read_card_number(self, name: str, cell: Cell) -> None:
        text = re.sub(r'^="(.*)"$', r"\1", as_text(cell).strip())
        if _are_several(text):
            self.flag("value_unrecognised", name, "reject", why="card_numbers_several")
            return
        written = read_free("".join(text.split()).lstrip("'‘’`")).value or ""
        # 无, 未办理, 待补: no number has no figure at all.
        self.values[name] = written if any(map(str.isdigit, written)) else None
        number = isinstance(cell, int | float) and not isinstance(cell, bool)
        self.flag("card_number_numeric" if number else None, name)

    def _read_card_remark(self, name: str, cell: Cell) -> None:
        self._keep_free(name, cell)

    def check_card(self) -> None:
        """What state and remark say together, since each may have a part: 遗失 and 2025年5月."""
        values = self.values
        words = "；".join(filter(None, (values["card_state"], values["remark"])))
        said = read_card_remark(words, values["card_number"])
        where = "remark" if values["remark"] else "card_state"
        values["card_event"] = said.event
        values["replaced_by"] = said.replaced_by
        values["card_event_on"] = None if said.on is None else self._day(said.on, where)
        values["card_checks"] = tuple((kind, self._day(on, where)) for kind, on in said.checks)
        self.flag("value_unrecognised" if said.unclear else None, where, why="remark_unclear")
        values["card_words"] = "；".join(filter(None, (words, *self._of_the_old_card()))) or None

    def _day(self, written: str, where: str) -> PartialDate | None:
        """A day among the words of a cell."""
        day = read_date(written, self._rules.today)
        self.flag(day.code, where, why=day.why)
        return day.value

    def _of_the_old_card(self) -> list[str]:
        """Days of an end beside 补发: the card before ended so; kept in words, flagged."""
        if self.values["card_event"] is not Kind.REISSUE:
            return []
        given = [name for name in DATED_ENDS if self.values[name] is not None]
        for name in given:
            self.flag("value_unrecognised", name, why="remark_unclear")
        return [f"{self._layout.columns[name].heading}：{self.values[name]}" for name in given]


def _are_several(text: str) -> bool:
    """Whether a cell has more than one number: 009、010; 009/010, but not 2024/0009."""
    plain = unicodedata.normalize("NFKC", text)
    numbered = [part for part in _BETWEEN.split(plain) if any(map(str.isdigit, part))]
    slashed = _SLASHED.fullmatch(plain)
    return len(numbered) > 1 or (slashed is not None and len(slashed[1]) == len(slashed[2]))
