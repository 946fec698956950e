"""What the titles of one sheet say of its rows: whose they are, what people, unit and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowparty.intake.categories import Categories
    from flowparty.intake.days import Days
    from flowparty.intake.sections import Sections
    from flowparty.intake.units import Units


@dataclass(frozen=True, slots=True)
class SheetTitles:
    """Its titles by branch, those by kind of people, units of amounts, when it was filled in."""

    sections: Sections
    categories: Categories
    units: Units
    days: Days

    def around(self, row: int) -> set[int]:
        """The titles without which a row would mean something else; 0 is the sheet itself."""
        units = (number for number in self.units.rows if number < row)
        kinds, days = self.categories.around(row), self.days.around(row)
        return {self.sections.above(row).row, *units, *kinds, *days}
