"""The demo is honest: its figures are counted from its records, and move with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.dues_standing import standing
from flowparty.domain.needs import State as NeedState
from flowparty.domain.projects import State as ProjectState
from flowparty.repository import (
    activities,
    dues,
    holdings,
    meetings,
    needs,
    notices,
    projects,
    transfers,
)
from flowparty.repository.registry import Registry
from flowparty.service import groups, ledger, lost
from flowparty.service.demo_story import TODAY
from tests.conftest import ACTOR, now, write_private

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Registry:
    copy = tmp_path / "copy.db"
    copy.write_bytes(made.read_bytes())
    return Registry.open(copy, actor=ACTOR, command="test", now=now)


def test_seven_branches_with_a_service_point_each(demo: Registry) -> None:
    kinds = [row["kind"] for row in demo.rows("SELECT kind FROM org")]
    assert kinds.count("branch") == 7
    assert kinds.count("service_point") == 7
    assert kinds.count("service_centre") == 1


def test_seven_contact_pairs(demo: Registry) -> None:
    assert len(demo.rows("SELECT id FROM contact_pair")) == 7


def test_more_than_ten_projects_brought_home(demo: Registry) -> None:
    found = projects.list_projects(demo, on=TODAY)
    states = {event.state for event in (one.on(TODAY) for one in found) if event is not None}
    assert len(found) > 10
    assert states == set(ProjectState)


def test_every_noun_has_a_life_in_the_demo(demo: Registry) -> None:
    """Each kind of thing stands in more than one state, so that its screens show something."""
    states: dict[str, set[object]] = {
        "need": {need.state_on(TODAY) for need in needs.list_needs(demo, on=TODAY)},
        "notice": {one.state_on(TODAY, 30) for one in notices.list_notices(demo, on=TODAY)},
        "transfer": {letter.state_on(TODAY) for letter in transfers.list_transfers(demo, on=TODAY)},
        "dues": {standing(one, TODAY, 6).state for one in dues.accounts(demo, on=TODAY)},
        "holding": {one.kind for one in holdings.list_holdings(demo, on=TODAY)},
        "activity": {one.kind for one in activities.list_activities(demo, on=TODAY)},
    }
    assert {noun for noun, seen in states.items() if len(seen) < 2} == set()
    assert lost.candidates(demo, on=TODAY)
    assert len(groups.missing(demo, on=TODAY)) == 1


def test_a_closed_need_leaves_no_decision_open(demo: Registry) -> None:
    closed = {
        need.id
        for need in needs.list_needs(demo, on=TODAY)
        if need.state_on(TODAY) is NeedState.CLOSED
    }
    waiting = {one.need_id for one in meetings.decisions(demo) if one.done_on is None}
    assert closed
    assert closed.isdisjoint(waiting)


def test_the_returns_add_up(demo: Registry) -> None:
    returns = ledger.build(demo, None, None, today=TODAY)
    ledger.require_agreement(returns)
    assert str(returns.period) == "2026-11"
    assert not returns.provisional
    assert returns.total.counts["away"] == len(returns.away)
    for key, total in returns.total.counts.items():
        assert sum(row.counts[key] for row in returns.rows) == total
        assert total > 0, f"the demo shows nothing of {key}"


def test_a_record_less_is_a_figure_less(demo: Registry) -> None:
    before = ledger.build(demo, None, None, today=TODAY).total.counts["away"]
    with demo.write():
        (first,) = demo.rows(
            "SELECT id FROM movement WHERE direction = 'out' AND ended_on IS NULL LIMIT 1"
        )
        demo.delete("movement", first["id"])
    after = ledger.build(demo, None, None, today=TODAY).total.counts["away"]
    assert after == before - 1


def test_a_guest_never_counts(demo: Registry) -> None:
    guests = demo.rows("SELECT m.name FROM movement v JOIN member m ON m.id = v.member_id"
                       " WHERE v.direction = 'in'")  # fmt: skip
    assert guests
    away = {person.name for person in ledger.build(demo, None, None, today=TODAY).away}
    assert away.isdisjoint(row["name"] for row in guests)


def test_every_identity_number_is_valid(demo: Registry) -> None:
    from flowparty.domain.identity import parse_id

    for row in demo.rows("SELECT id_number FROM member"):
        assert parse_id(row["id_number"], today=TODAY).value == row["id_number"]


def test_a_second_run_starts_over(run: Any, made: Path, tmp_path: Path) -> None:
    again = tmp_path / "made" / "registry.db"
    again.parent.mkdir(mode=0o700)
    write_private(again, made.read_bytes())
    figures = ("--db", str(again), "ledger", "show", "--period", "2026-11", "--format", "json")
    first = run(*figures).json
    run("--db", str(again), "member", "end", "M1", "--as", "退党", "--on", "2026-09-01")
    assert run(*figures).json != first
    run("demo", "made")
    assert run(*figures).json == first
    assert {path.suffix for path in again.parent.iterdir()} == {".db", ".xlsx"}
    run("--db", str(again), "db", "check")


def test_a_clerks_own_registry_is_never_replaced(town: Any, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "registry.db").rename(tmp_path / "made" / "registry.db")
    ran = town("demo", "made", "--format", "json", exit=16)
    assert ran.error["code"] == "registry_exists"
