"""A year with other offices and the other side, by the command line alone, and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from pathlib import Path

FATHER, LOST_SIGHT_OF, WELDER, SETTLED = NAMES[0], NAMES[1], NAMES[7], NAMES[8]
SAID = "孩子无法就近入学"
ASKED = "协调一名学生就近入学"


@pytest.fixture
def year(on_day: Any) -> Any:
    """The people of the story, in January; returns ``on_day``."""
    for number, name in enumerate((FATHER, LOST_SIGHT_OF, WELDER, SETTLED), start=1):
        on_day(
            "2026-01-05",
            f"member add --name {name} --id {id_number(number)} --branch 金叶社区"
            f" --joined 2005-07-01 --full-on 2006-07-01 --mobile 1380013800{number}",
        )
    on_day("2026-01-06", "org add 长田镇教办 --kind 机关站所")
    on_day("2026-01-06", "org add 长田派出所 --kind 机关站所")
    return on_day


NEED = (
    ("2026-02-20", f"move out {FATHER} --to 广东东莞 --on 2026-02-20 --host 虎门服务站"),
    ("2026-03-01", "survey open --name 春季摸底排查 --since 2026-03-01"),
    ("2026-03-03", f"survey add {FATHER} --mode 电话 --answer 困难问题={SAID}"),
    ("2026-03-04", "need gather --section 困难问题"),
    ("2026-03-05", f"need assign N1 --office 教办 --due 2026-03-20 --ask {ASKED}"),
    ("2026-03-22", "meeting add 一季度联席会议 --office 教办 --office 派出所 --on 2026-03-25"),
    ("2026-03-23", "meeting agenda --office 教办 --meeting G1 --output 议题.xlsx"),
    ("2026-03-25", "meeting attend G1 --office 教办 --name 周老师"),
    ("2026-03-25", "meeting attend G1 --office 派出所 --absent"),
    (
        "2026-03-25",
        "meeting decide G1 --text 安排到中心小学并救助一次 --owner 教办 --due 2026-04-30 --need N1",
    ),
    ("2026-04-02", "aid pot 党员关爱资金 --source 县委组织部 --amount 2万"),
    ("2026-04-09", f"aid allocate {FATHER} --pot 关爱 --purpose 困难 --project 助学 --amount 2000"),
    ("2026-04-10", "aid pay A1 --amount 2000 --voucher 凭006"),
    ("2026-04-11", "need act N1 --aid A1 --on 2026-04-09"),
    ("2026-04-16", "meeting done D1 --note 已入学"),
    ("2026-04-17", "need answer N1 --text 学校和救助都已办好"),
    ("2026-04-20", "need close N1 --outcome 已解决"),
    ("2026-10-12", "aid follow-up A1 --months 6 --trading 不详 --result 孩子在读"),
)

WAY = [
    ("2026-03-03", "survey", "春季摸底排查", f"困难问题={SAID}"),
    ("2026-03-05", "assigned", None, f"{ASKED}（2026-03-20）"),
    ("2026-03-25", "meeting", "G1", "一季度联席会议"),
    ("2026-03-25", "decision", "D1", "安排到中心小学并救助一次（2026-04-30）"),
    ("2026-04-09", "aid", "A1", "助学　2,000.00"),
    ("2026-04-10", "paid", "Y1", "2,000.00　凭006"),
    ("2026-04-16", "acted", "D1", "已入学"),
    ("2026-04-17", "answered", None, "学校和救助都已办好"),
    ("2026-04-20", "closed", None, None),
    ("2026-10-12", "follow_up", "A1", "孩子在读"),
]


@pytest.fixture
def helped(year: Any) -> Any:
    for day, line in NEED:
        year(day, line)
    return year


def test_a_need_is_traced_from_the_survey_to_the_follow_up(helped: Any) -> None:
    traced = helped("2026-10-13", "need trace N1 --format json").json
    assert [(s["on"], s["stage"], s["record"], s["text"]) for s in traced] == WAY
    assert [s["result"] for s in traced if s["result"]] == ["solved"]
    table = helped("2026-10-13", "need trace N1", lang="zh_CN").out
    days = [line.split()[0] for line in table.splitlines()[2:] if line[:2] == "20"]
    assert days == [day for day, *_ in WAY]
    for word in ("摸底排查", "议定", "拨付", "回访", "已解决", SAID):
        assert word in table


def test_where_the_need_stood_on_each_day(helped: Any) -> None:
    for day, state, overdue in (
        ("2026-03-03", "open", False), ("2026-03-05", "assigned", False),
        ("2026-03-20", "assigned", False), ("2026-03-21", "assigned", True),
        ("2026-03-25", "assigned", False), ("2026-04-16", "acted", False),
        ("2026-04-17", "answered", False),
    ):  # fmt: skip
        (line,) = helped("2026-10-13", f"need list --as-of {day} --format json").json
        assert (day, line["state"], line["overdue"]) == (day, state, overdue)
    assert helped("2026-10-13", "need list --format json").json == []
    (line,) = helped("2026-10-13", "need list --all --format json").json
    assert line["state"] == "closed"
    assert SAID not in helped("2026-10-13", "need list --all").out


def test_every_step_said_again_is_recorded_once(helped: Any) -> None:
    repeatable = [(day, line) for day, line in NEED if not line.startswith(("need gather", "org"))]
    for day, line in repeatable:
        if "agenda" not in line:
            assert "Already recorded" in helped(day, line).err, line
    assert len(helped("2026-10-13", "need trace N1 --format json").json) == len(WAY)


def test_the_decision_and_the_minutes_read_back(helped: Any) -> None:
    minutes = helped("2026-10-13", "meeting show G1 --format json").json
    assert [(o["office"], o["came"], o["person"]) for o in minutes["offices"]] == [
        ("长田镇教办", True, "周老师"),
        ("长田派出所", False, None),
    ]
    (decision,) = minutes["decisions"]
    assert (decision["need"], decision["owner"], decision["done_on"]) == (
        "N1",
        "长田镇教办",
        "2026-04-16",
    )
    assert "中心小学" in helped("2026-10-13", "meeting show 一季度联席会议").out
    assert helped("2026-10-13", "meeting decisions --format json").json == []


def test_the_agenda_asks_and_does_not_tell(helped: Any, tmp_path: Path) -> None:
    sheet: Any = load_workbook(tmp_path / "议题.xlsx").active
    text = str([cell.value for row in sheet.rows for cell in row])
    assert ASKED in text
    assert SAID not in text


def test_what_the_police_know_keeps_the_meeting_as_its_source(year: Any) -> None:
    year("2026-02-02", f"move out {LOST_SIGHT_OF} --to 不掌握 --on 不详")
    year("2026-03-25", "meeting add 一季度联席会议 --office 派出所")
    (item,) = year("2026-03-25", "meeting agenda --office 派出所 --format json").json
    assert (item["member"], item["asked"]) == (
        LOST_SIGHT_OF,
        "外出时间、外出地点、当地接收单位",
    )
    year("2026-03-26", f"meeting learn G1 {LOST_SIGHT_OF} --left 2025-03 --to 浙江宁波北仑")
    move = year("2026-03-26", f"move show {LOST_SIGHT_OF} --format json").json
    assert (move["left_on"], move["destination_code"]) == ("2025-03", "330206")
    assert {s["field"]: (s["on"], s["meeting"]) for s in move["sources"]} == {
        "left_on": ("2026-03-25", "一季度联席会议"),
        "destination": ("2026-03-25", "一季度联席会议"),
    }
    (item,) = year("2026-03-26", "meeting agenda --office 派出所 --format json").json
    assert item["asked"] == "当地接收单位"


@pytest.fixture
def written_to(year: Any) -> tuple[Any, str]:
    """A letter to the host of somebody away; the story and the receipt code."""
    year("2026-03-01", f"move out {WELDER} --to 广东东莞 --on 2026-03-01 --occupation 普工")
    year("2026-03-09", f"move arrive {WELDER} --on 2026-03-09 --host 东莞虎门流动党员服务站")
    sent = year("2026-05-10", f"notice send {WELDER} --kind 查询 --format json").json
    return year, sent["code"]


def test_a_notice_waits_thirty_days(written_to: tuple[Any, str]) -> None:
    year, code = written_to
    assert "Already recorded" in year("2026-05-10", f"notice send {WELDER} --kind 查询").err
    for day, state in (("2026-06-09", "waiting"), ("2026-06-10", "overdue")):
        (letter,) = year(day, "notice list --open --format json").json
        assert (letter["code"], letter["state"], letter["due"]) == (code, state, "2026-06-09")
        assert year(day, "status --format json").json["notices_unanswered"] == 1
    assert year("2026-05-09", "notice list --format json").json == []
    table = year("2026-06-10", "notice list", lang="zh_CN").out
    assert code in table
    assert "东莞虎门流动党员服务站" in table


def test_a_reply_that_contradicts_us_changes_nothing_until_it_is_agreed(
    written_to: tuple[Any, str],
) -> None:
    year, code = written_to
    before = year("2026-06-11", f"move show {WELDER} --format json").json
    reply = f"notice reply {code} --to 广东惠州惠阳 --occupation 焊工 --host 惠阳区服务站 --by 陈光"
    told = year("2026-06-12", f"{reply} --format json").json
    assert told["state"] == "differing"
    assert {f["field"]: (f["ours"], f["theirs"], f["agreed"]) for f in told["fields"]} == {
        "destination": ("广东省–东莞市", "广东省–惠州市–惠阳区", None),
        "occupation": ("普工", "焊工", None),
        "host_org": ("东莞虎门流动党员服务站", "惠阳区服务站", None),
    }
    assert "Already recorded" in year("2026-06-12", reply).err
    assert year("2026-06-12", f"move show {WELDER} --format json").json == before

    theirs = f"notice agree {code} --take theirs --field 去向 --field 流入地党组织"
    year("2026-06-15", theirs)
    assert "Already recorded" in year("2026-06-15", theirs).err
    year("2026-06-16", f"notice agree {code} --take ours")
    after = year("2026-06-16", f"move show {WELDER} --format json").json
    assert (after["destination_code"], after["occupation"]) == ("441303", "普工")
    assert after["host_org"] == "惠阳区服务站"
    assert [(s["field"], s["value"], s["on"], s["notice"]) for s in after["sources"]] == [
        ("destination", "广东省–惠州市–惠阳区", "2026-06-15", code),
        ("host_org", "惠阳区服务站", "2026-06-15", code),
    ]
    settled = year("2026-06-16", f"notice show {code} --format json").json
    assert settled["state"] == "settled"
    assert {f["field"]: (f["agreed"], f["agreed_on"]) for f in settled["fields"]} == {
        "destination": ("广东省–惠州市–惠阳区", "2026-06-15"),
        "occupation": ("普工", "2026-06-16"),
        "host_org": ("惠阳区服务站", "2026-06-15"),
    }
    assert year("2026-06-16", "notice list --open --format json").json == []
    assert year("2026-06-16", "status --format json").json["notices_unanswered"] == 0


@pytest.fixture
def leaving(year: Any) -> Any:
    """Somebody in a fixed place whose dues are paid to May and who gets a letter."""
    year("2026-02-01", f"move out {SETTLED} --to 广东深圳龙岗 --on 2025-02-01 --fixed-place 是")
    year("2026-05-03", f"dues standard {SETTLED} --amount 0.5 --since 2026-01")
    year("2026-05-03", f"dues pay {SETTLED} --months 5")
    letter = f"transfer issue {SETTLED} --number 长组介〔2026〕1号 --to 龙岗街道党工委"
    year("2026-05-06", letter)
    assert "Already recorded" in year("2026-05-06", letter).err
    return year


def test_a_letter_expires_and_the_next_ones_receipt_comes_late(leaving: Any) -> None:
    first, second = "长组介〔2026〕1号", "长组介〔2026〕2号"
    again = f"transfer issue {SETTLED} --number {second} --to 龙岗街道党工委"
    refused = leaving("2026-05-15", f"{again} --format json", exit=16)
    assert refused.error["code"] == "transfer_open"
    for day, state in (("2026-05-15", "issued"), ("2026-05-16", "expired")):
        letter = leaving(day, f"transfer show {first} --format json").json
        assert (letter["state"], letter["valid_until"]) == (state, "2026-05-15")
        assert letter["dues_paid_to"] == "2026-05"
    late = leaving(
        "2026-06-01", f"transfer receive {first} --received 2026-05-16 --format json", exit=16
    )
    assert late.error["code"] == "transfer_expired"

    leaving("2026-06-02", again)
    assert leaving("2026-06-02", f"member show {SETTLED} --format json").json["ended_on"] is None
    for day, late_now in (("2026-07-11", False), ("2026-07-12", True)):
        found = leaving(day, f"transfer show {second} --format json").json
        assert (day, found["receipt_overdue"]) == (day, late_now)
    back = f"transfer receive {second} --received 2026-06-08 --on 2026-08-03"
    leaving("2026-08-03", back)
    assert "Already recorded" in leaving("2026-08-03", back).err
    leaving("2026-08-04", f"transfer file {second}")

    person = leaving("2026-08-04", "member list --ended --format json").json
    assert [(p["name"], p["ended_on"], p["end_reason"]) for p in person] == [
        (SETTLED, "2026-06-08", "transferred"),
    ]
    move = leaving("2026-08-04", f"move show {SETTLED} --format json").json
    assert (move["state"], move["ended_on"]) == ("transferred", "2026-06-08")
    listed = leaving("2026-08-04", "transfer list --format json").json
    assert sorted((one["number"], one["state"], one["receipt_overdue"]) for one in listed) == [
        (first, "expired", False),
        (second, "filed", True),
    ]
    assert leaving("2026-08-04", "transfer list --open --format json").json == []
    table = leaving("2026-08-04", "transfer list", lang="zh_CN").out
    assert "已归档" in table
    assert second in table


def test_the_sender_stays_responsible_until_the_letter_was_taken(leaving: Any) -> None:
    leaving("2026-05-20", "transfer receive L1 --received 2026-05-12")
    for day, members in (("2026-05-11", 4), ("2026-05-12", 3)):
        found = leaving("2026-05-20", f"status --as-of {day} --format json").json
        assert (day, found["members"]) == (day, members)


def test_the_registry_is_sound_after_it_all(helped: Any) -> None:
    helped("2026-10-13", "db check")
    commands = {line["command"] for line in helped(
        "2026-10-13", f"history {FATHER} --format json").json}  # fmt: skip
    assert {"need gather", "need assign", "meeting decide", "need act", "need close"} <= commands


def test_a_letter_says_how_far_the_dues_were_paid_on_its_day(leaving: Any) -> None:
    leaving("2026-07-01", f"dues pay {SETTLED} --months 2")
    leaving(
        "2026-07-02",
        f"transfer issue {SETTLED} --number 长组介〔2026〕3号 --to 龙岗街道 --on 2026-06-30",
    )
    found = leaving("2026-07-02", "transfer show 长组介〔2026〕3号 --format json").json
    assert found["dues_paid_to"] == "2026-05"
