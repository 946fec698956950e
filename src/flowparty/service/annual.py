"""The annual 流动党员情况(一)(二): counted from the same facts as the monthly returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain import annual as rules
from flowparty.domain import cells
from flowparty.domain.errors import BadValue, Conflict
from flowparty.files import make_folder
from flowparty.forms import annual as forms
from flowparty.forms import notes, returns
from flowparty.repository import blanks, orgs, settings
from flowparty.repository import ledger as repository
from flowparty.service.disclosure import disclosing

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.domain.annual import Line
    from flowparty.domain.ledger import Away
    from flowparty.domain.orgs import Org
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class Annual:
    """A year's forms for one organization; ``on`` is the day of the states."""

    year: int
    unit: str
    secretary: str | None
    on: date
    provisional: bool
    threshold_months: int
    away: list[Away]
    first: list[Line]
    second: list[Line]


def build(registry: Registry, year: int, org: Org | None, *, today: date) -> Annual:
    """Count a year's forms as of its last day; before that as of today, marked 预报.

    Raises:
        BadValue: the year has not begun.
    """
    if date(year, 1, 1) > today:
        raise BadValue("year_future", year=year)
    in_force = settings.load(registry)
    last = date(year, 12, 31)
    on = min(last, today)
    whose = None if org is None else org.id
    away = repository.away(registry, on=on, settings=in_force, org=whose)
    top = orgs.top(registry) if org is None else org
    return Annual(
        year=year,
        unit=top.name,
        secretary=top.secretary,
        on=on,
        provisional=today <= last,
        threshold_months=in_force.threshold_months,
        away=away,
        first=rules.tabulate(rules.FIRST, away),
        second=rules.tabulate(rules.SECOND, away),
    )


def export(
    registry: Registry, annual: Annual, folder: Path, *, today: date, prepared_by: str | None
) -> list[Path]:
    """Write both forms; they hold figures and no names, and are journaled all the same.

    Raises:
        Conflict: the figures do not add up. Denied, Storage: the files cannot be written.
    """
    wrong = rules.disagreements(annual.first, annual.second)
    if wrong:
        raise Conflict("ledger_disagrees", period=str(annual.year), findings=wrong)
    make_folder(folder)
    head = forms.head(
        unit=annual.unit,
        year=annual.year,
        on=annual.on,
        filled_on=today,
        prepared_by=prepared_by,
        secretary=annual.secretary,
        provisional=annual.provisional,
        threshold_months=annual.threshold_months,
    )
    paths = []
    for title, form, lines in (
        (f"{cells.ANNUAL_FORM}(一)", "annual_1", annual.first),
        (f"{cells.ANNUAL_FORM}(二)", "annual_2", annual.second),
    ):
        path = folder / f"{title}_{annual.year}.xlsx"
        meanings = notes.meanings(cells.of_form(title), returns.seal(None))
        blank, what = blanks.in_force(registry, form), f"{form} {annual.year}"
        with disclosing(
            registry, path, what, org=annual.unit, rows=len(lines), masked=False
        ) as out:
            forms.write(out, blank, head, lines, meanings)
        paths.append(path)
    return paths
