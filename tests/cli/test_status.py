"""The whole on one screen: figures from records, that move when a record goes."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.repository.registry import Registry
from flowparty.service.demo_story import TODAY
from flowparty.service.status import figures
from tests.conftest import ACTOR, now

if TYPE_CHECKING:
    from pathlib import Path


UNCHECKED = "PRAGMA foreign_keys = OFF;"


@pytest.fixture
def demo(made: Path, path: Path) -> Path:
    path.write_bytes(made.read_bytes())
    return path


def test_the_towns_own_figures_come_out_of_the_records(run: Any, demo: Path) -> None:
    found = run("status", "--format", "json").json
    stated = {
        "survey_teams": 7,
        "survey_coverage": 1.0,
        "contact_pairs": 7,
        "aid_recipients": 21,
        "aid_allocated_fen": 160_000_000,
        "service_points": 7,
        "service_centres": 1,
    }
    assert {key: found[key] for key in stated} == stated
    assert found["projects"] > 10


def test_aid_comes_from_several_pots_kinds_and_branches(run: Any, demo: Path) -> None:
    for by, least in (("pot", 3), ("kind", 3), ("purpose", 2), ("branch", 7)):
        lines = run("aid", "status", "--by", by, "--format", "json").json
        assert len([line for line in lines if line["name"] not in ("", "-")]) >= least


@pytest.mark.parametrize(
    ("delete", "key"),
    [
        ("DELETE FROM aid_grant WHERE id = 20", "aid_recipients"),
        ("DELETE FROM survey_answer; DELETE FROM survey_sheet WHERE id = 1", "survey_coverage"),
        ("DELETE FROM contact_pair WHERE id = 1", "contact_pairs"),
        (
            f"{UNCHECKED} DELETE FROM need_event WHERE need_id = 1; DELETE FROM need WHERE id = 1",
            "needs",
        ),
        (f"{UNCHECKED} DELETE FROM need WHERE id = 1", "needs_open"),
        (f"{UNCHECKED} DELETE FROM notice WHERE replied_on IS NULL", "notices_unanswered"),
        ("DELETE FROM transfer WHERE outcome IS NULL", "transfers_unfinished"),
        ("DELETE FROM dues_standard", "dues_overdue"),
        (f"{UNCHECKED} DELETE FROM holding WHERE id = 1", "posts_held"),
        ("DELETE FROM holding WHERE kind = 'model_shop'", "model_shops"),
        (f"{UNCHECKED} DELETE FROM project WHERE id = 1", "projects"),
        ("DELETE FROM project_event WHERE state <> 'planned'", "projects_invested_fen"),
        ("DELETE FROM project_event WHERE state <> 'planned'", "projects_jobs"),
        ("DELETE FROM hardship WHERE id = 1", "hardship"),
        (f"{UNCHECKED} DELETE FROM org WHERE kind = 'group'", "groups"),
        (f"{UNCHECKED} DELETE FROM org WHERE name LIKE '金叶%服务点'", "service_points"),
    ],
)
def test_a_record_less_and_the_figure_moves(demo: Path, delete: str, key: str) -> None:
    def figure() -> float:
        with Registry.open(demo, actor=ACTOR, command="test", now=now) as registry:
            value = figures(registry, org=None, on=TODAY)[key]
            assert isinstance(value, int | float)
            return value

    before = figure()
    outside = sqlite3.connect(demo)
    outside.executescript(delete)
    outside.close()
    assert figure() < before


def test_parts_add_up_to_the_whole(run: Any, demo: Path) -> None:
    whole = run("status", "--format", "json").json
    scopes = [key for key in whole if key.startswith("away_") and key != "away_over_threshold"]
    assert sum(whole[key] for key in scopes) == whole["away"]
    branches = [
        run("status", "--org", name, "--format", "json").json
        for name in ("金叶社区", "雨柏村", "甘田村", "长田村", "陇塔村", "瓦厂村", "细氽村")
    ]
    for key in (
        "members", "away", "guests", "cards_held", "aid_allocated_fen", "contact_pairs", "needs",
        "needs_open", "notices_unanswered", "transfers_unfinished", "dues_overdue", "posts_held",
        "model_shops", "projects", "projects_invested_fen", "projects_jobs", "hardship",
    ):  # fmt: skip
        assert sum(part[key] for part in branches) == whole[key], key


def test_an_empty_registry_has_no_shares(town: Any) -> None:
    found = town("status", "--format", "json").json
    assert found["members"] == 0
    assert found["card_rate"] is None
    assert found["survey_coverage"] is None
    assert "–" in town("status").out
