"""Settings: listed with default, unit and source; checked; journaled; safe to repeat."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.settings import Settings, Unit, as_text, from_stored, parse
from tests.people import add_words

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [field.name for field in fields(Settings)]


def in_force(run: Any, name: str) -> Any:
    listed = run("settings", "list", "--format", "json").json
    (found,) = [one for one in listed if one["name"] == name]
    return found


def test_the_list_has_every_setting_with_default_unit_and_source(town: Any) -> None:
    listed = town("settings", "list", "--format", "json").json
    assert [one["name"] for one in listed] == NAMES
    for one in listed:
        assert one["value"] == one["default"]
        assert one["unit"] in list(Unit)
        assert one["meaning"], one["name"]
        assert one["source"], one["name"]
        assert one["changed"] is False
    assert {field.name for field in fields(Settings) if not field.metadata} == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_default_is_itself_a_value_that_may_be_set(name: str) -> None:
    default = as_text(getattr(Settings(), name))
    assert parse(name, default) == default
    assert from_stored({name: default}) == Settings()


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("notice_days", "20", "20"),
        ("notice_days", " 020 ", "20"),
        ("follow_up_months", "12,3,6,3", "3,6,12"),
        ("follow_up_months", "6，18", "6,18"),
        ("dues_ahead", "是", "yes"),
        ("dues_ahead", "否", "no"),
        ("card_number_pattern", "贞流证[0-9]{7}", "贞流证[0-9]{7}"),
        ("card_number_pattern", "", ""),
    ],
)
def test_a_value_is_kept_and_in_force(town: Any, name: str, given: str, kept: str) -> None:
    set_ = town("settings", "set", name, given, "--format", "json")
    assert set_.json["value"] == kept
    assert in_force(town, name)["value"] == kept
    again = town("settings", "set", name, given)
    assert "Already recorded" in again.err
    assert town("settings", "unset", name, "--format", "json").json["changed"] is False
    assert "Already recorded" in town("settings", "unset", name).err
    town("settings", "set", name, given)
    town("db", "check")


@pytest.mark.parametrize(
    ("name", "given", "exit_", "code"),
    [
        ("notice_days", "0", 5, "setting_value"),
        ("notice_days", "-3", 5, "setting_value"),
        ("notice_days", "20.5", 5, "setting_value"),
        ("notice_days", "二十", 5, "setting_value"),
        ("notice_days", "366", 5, "setting_value"),
        ("notice_days", "", 5, "setting_value"),
        ("cutoff_day", "29", 5, "setting_value"),
        ("follow_up_months", "6,", 5, "setting_value"),
        ("follow_up_months", "6;12", 5, "setting_value"),
        ("dues_ahead", "也许", 5, "value_unrecognised"),
        ("card_number_pattern", "[0-9", 5, "setting_pattern"),
        ("transfer_valid_days", "91", 5, "setting_order"),
        ("transfer_valid_most", "9", 5, "setting_order"),
        ("notice_day", "20", 6, "setting_unknown"),
    ],
)
def test_a_bad_value_or_name_writes_nothing(
    town: Any, path: Path, name: str, given: str, exit_: int, code: str
) -> None:
    before = path.read_bytes()
    ran = town("settings", "set", "--format", "json", "--", name, given, exit=exit_)
    assert ran.error["code"] == code
    assert path.read_bytes() == before


def test_an_unknown_name_lists_those_known(town: Any) -> None:
    ran = town("settings", "unset", "notice", exit=6)
    assert "notice_days" in ran.err


def test_a_default_is_refused_while_another_value_contradicts_it(town: Any) -> None:
    town("settings", "set", "transfer_valid_days", "5")
    town("settings", "set", "transfer_valid_most", "7")
    ran = town("settings", "unset", "transfer_valid_days", "--format", "json", exit=5)
    assert ran.error["code"] == "setting_order"


def test_a_setting_moves_what_is_owed(town: Any) -> None:
    town(*add_words())
    town("move", "out", "M1", "--to", "广东深圳龙岗", "--on", "2026-09-01")
    town("contact", "add", "M1", "--outcome", "未接通")
    watched = ("today", "--kind", "contact_watch", "--format", "json")
    assert town(*watched).json == []
    town("settings", "set", "watch_failures", "1")
    assert [duty["who"] for duty in town(*watched).json] == ["王小明"]
    town("settings", "unset", "watch_failures")
    assert town(*watched).json == []
