"""A year of the members themselves, by the command line alone: dues, groups, posts, loss."""

from __future__ import annotations

from typing import Any

import pytest

from tests.people import NAMES, id_number

PAYER, GROUP, LOST = NAMES[0], NAMES[1:5], NAMES[7]
DECIDED = "member decide {name} --as {what} --document {paper} --by 镇党委"


@pytest.fixture
def year(on_day: Any) -> Any:
    """The people of the story, in January; returns ``on_day``."""
    for number, name in enumerate(NAMES[:8], start=1):
        on_day(
            "2026-01-05",
            f"member add --name {name} --id {id_number(number)} --branch 金叶社区"
            " --joined 2005-07-01 --full-on 2006-07-01",
        )
    return on_day


@pytest.fixture
def paying(year: Any) -> Any:
    """One who owes 0.5 yuan a month from January on and may pay by the quarter."""
    year("2026-01-10", f"dues standard {PAYER} --basis 农民 --amount 0.5 --since 2026-01")
    year(
        "2026-01-10", f"dues consent {PAYER} --kind 按季 --since 2026-01 --until 2026-03 --by 支部"
    )
    return year


def standing(year: Any, day: str) -> tuple[Any, ...]:
    """State, paid to and what is owed of the one who pays, on a day."""
    found = year(day, f"dues show {PAYER} --format json").json
    return found["state"], found["paid_to"], found["owed_fen"]


def test_dues_are_paid_by_the_quarter(paying: Any) -> None:
    assert standing(paying, "2026-01-31") == ("paid", None, 0)
    assert standing(paying, "2026-02-01") == ("deferred", None, 50)
    assert standing(paying, "2026-03-31") == ("deferred", None, 100)
    assert standing(paying, "2026-04-01") == ("overdue", None, 150)
    assert paying("2026-04-01", "status --format json").json["dues_overdue"] == 1
    paying("2026-04-01", f"dues pay {PAYER} --months 3")
    assert "Already recorded" in paying("2026-04-01", f"dues pay {PAYER} --months 3").err
    assert standing(paying, "2026-04-01") == ("paid", "2026-03", 0)
    assert paying("2026-04-01", "status --format json").json["dues_overdue"] == 0
    (branch, total) = [
        line
        for line in paying("2026-04-01", "dues status --format json").json
        if line["name"] in ("金叶社区党支部", "")
    ]
    assert (branch["people"], branch["paid"], branch["no_standard"]) == (8, 1, 7)
    assert (total["people"], total["paid"]) == (8, 1)
    assert "金叶社区党支部" in paying("2026-04-01", "dues status", lang="zh_CN").out


def test_a_relative_pays_with_consent_and_a_mistake_is_reversed(paying: Any) -> None:
    paying("2026-04-01", f"dues pay {PAYER} --months 3")
    by_wife = f"dues pay {PAYER} --months 3 --person 李秀英"
    refused = paying("2026-06-20", f"{by_wife} --format json", exit=16)
    assert refused.error["code"] == "dues_no_consent"
    paying(
        "2026-06-21",
        f"dues consent {PAYER} --kind 代交 --person 李秀英 --since 2026-04 --until 2026-12",
    )
    paying("2026-06-21", by_wife)
    paying("2026-07-30", f"dues pay {PAYER} --voucher 凭77")
    assert standing(paying, "2026-07-30") == ("paid", "2026-07", 0)

    first = paying("2026-08-02", "dues reverse F2 --reason 记错人 --format json", exit=16)
    assert first.error["code"] == "dues_reverse_later"
    paying("2026-08-02", "dues reverse F3 --reason 记错人")
    assert "Already recorded" in paying("2026-08-02", "dues reverse F3 --reason 记错人").err
    paying("2026-08-03", "dues reverse F2 --reason 记错月份")
    assert standing(paying, "2026-08-03") == ("overdue", "2026-03", 200)
    assert standing(paying, "2026-08-01") == ("paid", "2026-07", 0)
    paid = paying("2026-08-03", f"dues list --member {PAYER} --format json").json
    assert [(p["number"], p["until"], p["person"], p["reversal"]) for p in paid] == [
        ("F3", "2026-07", None, "记错人"),
        ("F2", "2026-06", "李秀英", "记错月份"),
        ("F1", "2026-03", None, None),
    ]
    assert "李秀英" in paying("2026-08-03", f"dues show {PAYER}", lang="zh_CN").out


def candidates(year: Any, day: str) -> list[tuple[Any, ...]]:
    """Who is a candidate for what, since when, on a day."""
    found = year(day, "member lost --format json").json
    return [(one["member"], one["stage"], one["since"]) for one in found]


@pytest.fixture
def lost(year: Any) -> Any:
    """Two last seen in organization life on 31 August 2025; one has paid dues since."""
    year(
        "2026-01-06",
        f"activity add 八月主题党日 --org 金叶社区 --hours 2 --on 2025-08-31"
        f" --expect {PAYER} --expect {LOST}",
    )
    year("2026-01-06", f"activity attend V1 {PAYER} {LOST}")
    year("2026-01-07", f"dues standard {PAYER} --amount 0.2 --since 2025-10")
    year("2026-01-07", f"dues pay {PAYER} --months 2 --on 2025-11-05")
    return year


def test_a_member_is_lost_by_dates_and_found_again(lost: Any) -> None:
    assert candidates(lost, "2026-02-27") == []
    assert candidates(lost, "2026-02-28") == [(LOST, "suspend", "2026-02-28")]
    assert candidates(lost, "2026-05-05") == [
        (LOST, "suspend", "2026-02-28"),
        (PAYER, "suspend", "2026-05-05"),
    ]
    (line, _) = lost("2026-05-05", "member lost --format json").json
    assert (line["last_activity_on"], line["last_dues_on"]) == ("2025-08-31", None)
    table = lost("2026-05-05", "member lost", lang="zh_CN")
    assert "停止党籍" in table.out
    assert "2025-08-31" in table.out
    assert "6" in table.err  # of six others there is no date at all
    assert len(candidates(lost, "2026-05-05")) == 2
    assert len(lost("2026-05-05", "member lost --all --format json").json) == 8

    lost("2026-05-06", f"contact add {LOST} --method 电话")
    assert (LOST, "suspend", "2026-02-28") in candidates(lost, "2026-05-06")
    lost("2026-05-07", "activity add 线上学习 --org 金叶社区 --kind 教育培训 --side 线上 --hours 1")
    lost("2026-05-07", f"activity attend 线上学习 {LOST}")
    lost("2026-05-08", f"dues pay {PAYER} --months 6 --on 2026-05-08")
    assert candidates(lost, "2026-05-08") == []
    assert lost("2026-05-08", f"member show {LOST} --format json").json["standing"] == "normal"


def test_a_membership_is_ended_by_people_with_their_documents(lost: Any) -> None:
    suspend = DECIDED.format(name=LOST, what="停止党籍", paper="长党〔2026〕9号")
    remove = DECIDED.format(name=LOST, what="除名", paper="长党〔2028〕4号")
    early = lost("2026-03-19", f"{remove} --format json", exit=16)
    assert early.error["code"] == "decision_standing"
    lost("2026-03-20", suspend)
    assert "Already recorded" in lost("2026-03-20", suspend).err
    assert candidates(lost, "2026-03-20") == []
    assert lost("2026-03-20", f"member show {LOST} --format json").json["standing"] == "suspended"
    restore = DECIDED.format(name=LOST, what="恢复党籍", paper="长党〔2026〕12号")
    lost("2026-04-02", restore)
    assert (LOST, "suspend", "2026-02-28") in candidates(lost, "2026-04-02")
    again = DECIDED.format(name=LOST, what="停止党籍", paper="长党〔2026〕15号")
    lost("2026-04-10", again)
    assert (LOST, "remove", "2028-04-10") not in candidates(lost, "2028-04-09")
    assert (LOST, "remove", "2028-04-10") in candidates(lost, "2028-04-10")

    lost("2028-05-15", remove)
    assert LOST not in [name for name, *_ in candidates(lost, "2028-05-15")]
    (person,) = lost("2028-05-15", "member list --ended --format json").json
    assert (person["name"], person["ended_on"], person["end_reason"]) == (
        LOST,
        "2028-05-15",
        "removed",
    )
    decided = lost("2028-05-15", "member decisions --format json").json
    assert sorted((d["on"], d["kind"], d["document"], d["by"]) for d in decided) == [
        ("2026-03-20", "suspend", "长党〔2026〕9号", "镇党委"),
        ("2026-04-02", "restore", "长党〔2026〕12号", "镇党委"),
        ("2026-04-10", "suspend", "长党〔2026〕15号", "镇党委"),
        ("2028-05-15", "remove", "长党〔2028〕4号", "镇党委"),
    ]
    assert "长党〔2028〕4号" in lost("2028-05-15", "member decisions", lang="zh_CN").out
    refused = lost("2028-05-16", f"contact add {LOST} --format json", exit=16)
    assert refused.error["exit"] == 16


def test_three_away_together_get_a_group(year: Any) -> None:
    for name in GROUP[:2]:
        year("2026-02-01", f"move out {name} --to 浙江义乌 --on 2025-02-01 --fixed-place 否")
    assert year("2026-02-02", "org ungrouped --format json").json == []
    year("2026-02-03", f"move out {GROUP[2]} --to 浙江义乌 --on 2025-02-02 --fixed-place 否")
    (found,) = year("2026-02-03", "org ungrouped --format json").json
    assert (found["branch"], found["county"]) == ("金叶社区党支部", "330782")
    assert sorted(found["people"]) == sorted(GROUP[:3])
    offered = year("2026-02-03", "org ungrouped").err.split("flowparty ")[1].split("\n")[0]
    assert year("2026-02-03", "status --format json").json["cards_due"] == 3

    year("2026-02-04", offered.strip())
    group = year("2026-02-04", "org show 义乌市流动党小组 --format json").json
    assert (group["kind"], group["class"]) == ("group", "place")
    join = "org join 义乌市流动党小组 " + " ".join(GROUP[:3])
    year("2026-02-05", join)
    assert "Already recorded" in year("2026-02-05", join).err
    assert year("2026-02-05", "org ungrouped --format json").json == []
    assert year("2026-02-05", "status --format json").json["cards_due"] == 0
    year("2026-03-05", f"org leave 义乌市流动党小组 {GROUP[0]}")
    for day, group_of in (("2026-03-04", "义乌市流动党小组"), ("2026-03-05", None)):
        member = year("2026-03-06", f"member show {GROUP[0]} --as-of {day} --format json").json
        assert (day, member["group"]) == (day, group_of)
    assert year("2026-03-05", "status --format json").json["groups"] == 1


def test_hardship_is_recognized_and_ends(year: Any) -> None:
    recognize = f"member hardship {PAYER} --by 金叶社区党支部 --until 2026-12-31 --text 重病"
    year("2026-02-01", recognize)
    assert "Already recorded" in year("2026-02-01", recognize).err
    for day, count in (("2026-01-31", 0), ("2026-02-01", 1), ("2026-12-31", 1), ("2027-01-01", 0)):
        found = year("2027-01-02", f"member hardship --as-of {day} --format json").json
        assert (day, len(found)) == (day, count)
    assert "重病" not in year("2026-02-02", "member hardship --format csv").out
    year("2026-09-01", f"member hardship {PAYER} --end --note 已脱贫")
    for day, count in (("2026-08-31", 1), ("2026-09-01", 0)):
        counted = year("2027-01-02", f"status --as-of {day} --format json").json["hardship"]
        assert (day, counted) == (day, count)
    (one,) = year("2026-09-02", "member hardship --all --format json").json
    assert (one["since"], one["until"], one["ended_on"]) == (
        "2026-02-01",
        "2026-12-31",
        "2026-09-01",
    )
    assert PAYER in year("2026-09-02", "member hardship --all", lang="zh_CN").out


POST = f"holding apply {PAYER} --kind 岗位 --name 护林防火岗 --duties 巡查山林"
SHOP = f"holding apply {GROUP[0]} --kind 示范户 --name 韦家花椒 --trade 花椒种植 --households 12"


def test_a_post_and_a_model_shop_from_application_to_end(year: Any) -> None:
    year("2026-01-10", POST)
    year("2026-01-10", SHOP)
    for line in (POST, SHOP):
        assert "Already recorded" in year("2026-01-10", line).err
    early = year("2026-01-12", "holding review H1 --result 好 --format json", exit=16)
    assert early.error["code"] == "holding_state_forbids"
    year("2026-01-20", "holding recognise H1 --by 金叶社区党支部")
    year("2026-02-20", "holding recognise H2 --by 长田镇党委")
    year("2026-12-10", "holding review H1 --result 好 --findings 巡山四十次")
    year("2026-12-11", "holding review H2 --result 一般")
    again = year("2026-12-12", "holding review H2 --result 好 --format json", exit=16)
    assert again.error["code"] == "holding_reviewed"
    year("2027-03-01", "holding end H2 --note 停业")

    post = year("2027-03-02", "holding show H1 --format json").json
    assert (post["state"], post["since"], post["review_due"]) == (
        "held",
        "2026-01-20",
        "2027-12-10",
    )
    assert [(r["year"], r["result"], r["findings"]) for r in post["reviews"]] == [
        (2026, "good", "巡山四十次"),
    ]
    shop = year("2027-03-02", "holding show H2 --format json").json
    assert (shop["state"], shop["ended_on"], shop["households"]) == ("ended", "2027-03-01", 12)
    for day, posts, shops in (
        ("2026-01-19", 0, 0), ("2026-01-20", 1, 0), ("2026-02-20", 1, 1),
        ("2027-02-28", 1, 1), ("2027-03-01", 1, 0),
    ):  # fmt: skip
        found = year("2027-03-02", f"status --as-of {day} --format json").json
        assert (day, found["posts_held"], found["model_shops"]) == (day, posts, shops)
    assert "护林防火岗" in year("2027-03-02", "holding list", lang="zh_CN").out
    assert "韦家花椒" not in year("2027-03-02", "holding list").out
    assert "韦家花椒" in year("2027-03-02", "holding list --all").out


def test_a_project_comes_along(year: Any) -> None:
    add = (
        f"project add 李子加工厂 --member {PAYER} --org 金叶社区 --kind 加工 --investor 蒙杰忠"
        " --state 意向"
    )
    year("2026-01-10", add)
    assert "Already recorded" in year("2026-01-10", add).err
    year("2026-04-01", "project update J1 --state 在建 --amount 80万 --jobs 5")
    year("2026-09-01", "project update 李子加工厂 --state 投产 --amount 320万 --jobs 26")
    back = year("2026-09-02", "project update J1 --state 签约 --format json", exit=16)
    assert back.error["code"] == "project_backwards"
    for day, count, fen, jobs in (
        ("2026-01-09", 0, 0, 0), ("2026-01-10", 1, 0, 0),
        ("2026-04-01", 1, 80_000_000, 5), ("2026-09-01", 1, 320_000_000, 26),
    ):  # fmt: skip
        found = year("2026-09-02", f"status --as-of {day} --format json").json
        shown = (found["projects"], found["projects_invested_fen"], found["projects_jobs"])
        assert (day, *shown) == (day, count, fen, jobs)
    project = year("2026-09-02", "project show J1 --format json").json
    assert [event["state"] for event in project["events"]] == ["planned", "building", "running"]
    table = year("2026-09-02", "project list", lang="zh_CN").out
    assert "3,200,000.00" in table
    year("2026-12-01", "project update J1 --state 停止")
    assert year("2026-12-01", "status --format json").json["projects"] == 0


def test_hours_of_the_year_and_the_appraisal(year: Any) -> None:
    year("2026-02-01", f"move out {GROUP[0]} --to 浙江义乌 --on 2026-02-01")
    life = "activity add 七一主题党日 --org 金叶社区 --hours 2.5 --on 2026-07-01 --expect 全体"
    year("2026-06-20", life)
    assert "Already recorded" in year("2026-06-20", life).err
    ahead = year("2026-06-30", f"activity attend V1 {PAYER} --format json", exit=16)
    assert ahead.error["code"] == "activity_ahead"
    year("2026-07-01", f"activity attend V1 {PAYER}")
    year("2026-07-01", f"activity attend V1 {LOST} --absent --note 请假")
    year(
        "2026-09-01",
        "activity add 安全生产课 --org 金叶社区 --kind 教育培训 --side 线上 --hours 1.5"
        " --expect 外出 --expect 全体",
    )
    year("2026-09-02", f"activity attend 安全生产课 {PAYER} {GROUP[0]}")
    year(
        "2026-12-10", "activity add 民主评议 --org 金叶社区 --kind 民主评议 --hours 3 --expect 全体"
    )
    bare = year("2026-12-11", f"activity attend V3 {PAYER} --format json", exit=5)
    assert bare.error["code"] == "appraisal_missing"
    year("2026-12-11", f"activity attend V3 {PAYER} --result 优秀")

    held = year("2026-12-31", "activity show V1 --format json").json
    assert (held["expected"], held["came"], held["hours"]) == (8, 1, 150)
    assert {p["member"]: p["came"] for p in held["people"] if p["came"] is not None} == {
        PAYER: True,
        LOST: False,
    }
    listed = year("2026-12-31", "activity hours --year 2026 --format json").json
    by_name = {line["member"]: line for line in listed}
    assert len(by_name) == 8
    first = by_name[PAYER]
    assert (first["times"], first["minutes"], first["appraisal"]) == (3, 420, "excellent")
    assert (by_name[GROUP[0]]["times"], by_name[GROUP[0]]["training_minutes"]) == (1, 90)
    assert (by_name[LOST]["times"], by_name[LOST]["minutes"]) == (0, 0)
    table = year("2026-12-31", "activity hours", lang="zh_CN").out
    assert "优秀" in table
    (next_year,) = [
        line for line in year("2027-02-01", "activity hours --format json").json
        if line["member"] == PAYER
    ]  # fmt: skip
    assert (next_year["times"], next_year["appraisal"]) == (0, None)
