"""A package is judged by the rules of its month, not by the settings of the day it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from flowparty.domain.errors import Conflict
from flowparty.domain.period import Period
from flowparty.repository.registry import Registry
from flowparty.service import closing, report_status, settings
from tests.conftest import ACTOR
from tests.exchange_cases import MONTH, TODAY, Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.offices import Office

DECEMBER = Period(2026, 12)
CHANGES = [("threshold_months", "3"), ("group_size", "5"), ("cutoff_day", "20")]


@pytest.fixture
def january(case: Case) -> Iterator[Office]:
    """The town with its journal's clock on 2027-01-05."""
    case.town.registry.close()
    with Registry.open(
        case.town.path,
        actor=ACTOR,
        command="test",
        now=lambda: datetime(2027, 1, 5, tzinfo=UTC),
        wait_seconds=5,
    ) as registry:
        yield replace(case.town, registry=registry)


@pytest.mark.parametrize(("name", "value"), CHANGES)
def test_a_closed_month_is_judged_by_its_close(case: Case, name: str, value: str) -> None:
    case.town.close_month(MONTH, TODAY)
    settings.change(case.town.registry, name, value)
    assert case.town.receive(case.data, TODAY).outcome == "merged"


@pytest.mark.parametrize(("name", "value"), CHANGES)
def test_an_open_month_also_by_the_settings_of_its_last_day(
    case: Case, january: Office, name: str, value: str
) -> None:
    late = date(2027, 1, 6)
    case.village.close_month(DECEMBER, late)
    _, data = case.village.pack(DECEMBER, late)
    settings.change(january.registry, name, value)
    assert january.receive(data, late, gap="十一月未报").outcome == "merged"


def test_by_neither_it_is_refused_with_both_values(case: Case, january: Office) -> None:
    late = date(2027, 1, 6)
    settings.change(case.village.registry, "threshold_months", "9")
    case.village.close_month(DECEMBER, late)
    _, data = case.village.pack(DECEMBER, late)
    settings.change(january.registry, "threshold_months", "3")
    with pytest.raises(Conflict) as refused:
        january.receive(data, late)
    assert refused.value.params == {
        "period": "2026-12", "rule": "threshold_months", "ours": 3, "theirs": 9,
    }  # fmt: skip


def test_a_reopened_month_is_open(case: Case) -> None:
    case.town.close_month(MONTH, TODAY)
    settings.change(case.town.registry, "threshold_months", "3")
    closing.reopen(case.town.registry, MONTH, reason="口径有误", today=TODAY)
    with pytest.raises(Conflict) as refused:
        case.town.receive(case.data, TODAY)
    assert refused.value.code == "package_rules_differ"


def test_a_closed_month_stays_due_when_it_was(case: Case) -> None:
    case.town.close_month(MONTH, TODAY)
    settings.change(case.town.registry, "cutoff_day", "20")
    (unit, _) = report_status.status(case.town.registry, MONTH)
    assert unit.due == date(2026, 11, 30)
