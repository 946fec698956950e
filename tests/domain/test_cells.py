"""Every figure of every form has a name and opens to exactly the people it counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain import annual, cells
from flowparty.domain.cards import Kind
from flowparty.domain.errors import NotFound
from flowparty.domain.ids import OrgId
from flowparty.domain.ledger import CELLS, EVENT_CELLS, LACKING, Away, EventFact, totals
from tests.domain.test_annual import SOMEBODY
from tests.domain.test_ledger import event, person

EVENTS = st.builds(
    lambda kind, new: event(kind, replacement=new, branch_id=OrgId(2)),
    st.sampled_from(list(Kind)),
    st.booleans(),
)


def test_names_are_unique_and_every_column_of_every_form_has_one() -> None:
    names = [cell.name for cell in cells.all_cells()]
    assert len(names) == len(set(names))
    for key in (*(cell.key for cell in CELLS), *EVENT_CELLS, "rate"):
        assert f"card.{key}" in names
    assert all(cell.title and cell.definition for cell in cells.all_cells())


def test_every_column_of_the_blank_of_the_ledger_has_a_name() -> None:
    from flowparty.data import data_path
    from flowparty.forms.blank import placeholders

    asked = placeholders(data_path("forms", "ledger.xlsx")).row
    known = {cell.name.replace("ledger.", "row.") for cell in cells.of_form(cells.LEDGER_FORM)}
    assert asked - known == {"row.serial"}


@given(st.lists(SOMEBODY, max_size=20), st.lists(EVENTS, max_size=20))
def test_a_figure_is_the_number_of_people_behind_it(
    away: list[Away], events: list[EventFact]
) -> None:
    total = totals(away, events)
    for key, figure in total.counts.items():
        assert len(cells.people(cells.find(f"card.{key}"), away, events)) == figure
    for key in LACKING:
        cell = cells.find(f"card.lacking.{key}")
        assert len(cells.people(cell, away, events)) == total.lacking.get(key, 0)
        assert cells.figure(cell, total) == total.lacking.get(key, 0)
    for line in (*annual.tabulate(annual.FIRST, away), *annual.tabulate(annual.SECOND, away)):
        for column, figure in line.counts.items():
            cell = cells.find(f"annual.{line.row.key}.{column}")
            assert len(cells.people(cell, away, events)) == figure


def test_an_unknown_name_says_what_is_near() -> None:
    with pytest.raises(NotFound) as refused:
        cells.find("card.hold")
    assert "card.held" in refused.value.params["candidates"]  # type: ignore[operator]


def test_an_erased_row_stands_behind_no_figure() -> None:
    assert cells.people(cells.find("card.away"), [person(1, erased=True), person(2)], []) == [
        person(2)
    ]
