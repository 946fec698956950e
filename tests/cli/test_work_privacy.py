"""The town's other work gives nothing away: not what was said, not why, not a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.people import add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

ID, PHONE, HOST_PHONE, ADDRESS = id_number(1), "13912345678", "13700009999", "金丝雀巷7号"
SAID = "金丝雀的心事"
"""What the member said: survey, contact, need."""
WHY = "金丝雀的缘由"
"""Why something was done: hardship, decisions, cancellations, reversals, endings."""
RIGHTS = "金丝雀被欠薪"
"""What an office is asked about a rights case: told in person, never on paper."""
REPLY = "金丝雀的回话"
"""What the other side wrote besides its facts, and what we wrote to it."""

WORK = [
    [*add_words(), "--mobile", PHONE, "--address", ADDRESS, "--remark", SAID],
    ["move", "out", "M1", "--to", "广东东莞", "--on", "2026-01-01", "--host-phone", HOST_PHONE],
    ["org", "add", "派出所", "--kind", "机关站所"],
    ["org", "add", "服务点", "--kind", "服务点", "--phone", PHONE, "--hours", "周一至周五"],
    ["org", "add", "小组", "--kind", "党小组", "--parent", "金叶社区"],
    ["org", "join", "小组", "M1"],
    ["survey", "open", "--name", "一轮", "--since", "2026-09-01"],
    ["survey", "add", "M1", "--on", "2026-09-02", "--answer", f"困难问题={SAID}"],
    ["contact", "add", "M1", "--on", "2026-09-03", "--notes", SAID],
    ["need", "gather", "--section", "困难问题"],
    ["need", "assign", "N1", "--office", "派出所", "--due", "2026-12-31", "--ask", "协助办理"],
    ["need", "act", "N1", "--text", SAID],
    ["need", "add", "M1", "--kind", "维权", "--text", SAID],
    ["need", "assign", "N2", "--office", "派出所", "--due", "2026-12-31", "--ask", RIGHTS],
    ["need", "add", "M1", "--kind", "纠纷", "--contact", "2026-09-03"],
    ["need", "assign", "N3", "--office", "派出所", "--due", "2026-12-31", "--ask", RIGHTS],
    ["meeting", "add", "联席会议", "--office", "派出所"],
    ["meeting", "decide", "G1", "--text", "核实去向", "--owner", "派出所", "--due", "2026-12-31"],
    ["meeting", "learn", "G1", "M1", "--occupation", "焊工"],
    ["notice", "send", "M1", "--to", "东莞支部", "--text", REPLY],
    ["transfer", "issue", "M1", "--number", "贞1", "--to", "东莞党委", "--dues-to", "2026-10"],
    ["transfer", "cancel", "L1", "--note", WHY],
    ["dues", "standard", "M1", "--since", "2026-10"],
    ["dues", "pay", "M1"],
    ["dues", "reverse", "F1", "--reason", WHY],
    ["holding", "apply", "M1", "--kind", "岗位", "--name", "护林岗", "--duties", "巡山"],
    ["holding", "recognise", "H1", "--by", "支部"],
    ["holding", "review", "H1", "--result", "差", "--findings", WHY],
    ["holding", "end", "H1", "--note", WHY],
    ["project", "add", "蜂糖李", "--member", "M1", "--org", "甘田村", "--kind", "种植", "--text", WHY],
    ["activity", "add", "党日", "--org", "金叶社区", "--hours", "2"],
    ["activity", "attend", "V1", "M1", "--absent", "--note", WHY],
    ["member", "hardship", "M1", "--by", "民政办", "--until", "2026-12-31", "--text", WHY],
    ["member", "hardship", "M1", "--end", "--note", WHY],
    ["member", "decide", "M1", "--as", "停止党籍", "--document", "1号", "--by", "镇党委", "--text",
     WHY],
]  # fmt: skip


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    return {}


@pytest.fixture
def work(town: Any, path: Path, built: dict[str, bytes]) -> Any:
    if not built:
        for words in WORK:
            town(*words)
        code = town("notice", "list", "--format", "json").json[0]["code"]
        town("notice", "reply", code, "--host-phone", "13700008888", "--text", REPLY)
        built |= {"file": path.read_bytes(), "code": code.encode()}
    path.write_bytes(built["file"])
    return town


LISTS = [
    ("need", "list", "--all"), ("meeting", "list"), ("meeting", "decisions", "--all"),
    ("meeting", "agenda", "--office", "派出所"), ("notice", "list"), ("transfer", "list"),
    ("dues", "list"), ("dues", "status", "--people"), ("holding", "list", "--all"),
    ("project", "list"), ("activity", "list"), ("activity", "hours"),
    ("member", "hardship", "--all"), ("member", "decisions"), ("member", "lost", "--all"),
    ("org", "list"), ("org", "show", "小组"), ("org", "show", "服务点"), ("org", "ungrouped"),
    ("move", "show", "M1"), ("history", "M1"), ("status",), ("meeting", "show", "G1"),
]  # fmt: skip


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_no_list_says_what_was_said_or_why(work: Any, words: tuple[str, ...]) -> None:
    for fmt in ("table", "json", "csv", "plain"):
        ran = work(*words, "--format", fmt)
        shown = ran.out + ran.err
        for secret in (ID, PHONE, HOST_PHONE, "13700008888", ADDRESS, SAID, RIGHTS, REPLY):
            assert secret not in shown, (words, fmt)
        # A reason given with --reason is what the history is for.
        assert words[0] == "history" or WHY not in shown, (words, fmt)


def test_what_is_looked_at_one_by_one_is_there(work: Any, built: dict[str, bytes]) -> None:
    assert SAID in work("need", "show", "N1").out
    assert SAID in work("need", "trace", "N1").out
    assert WHY in work("transfer", "show", "L1").out
    assert WHY in work("holding", "show", "H1").out
    assert WHY in work("dues", "show", "M1").out
    assert WHY in work("activity", "show", "V1").out
    assert WHY in work("project", "show", "J1").out
    shown = work("notice", "show", built["code"].decode(), "--format", "json").json
    assert (shown["text"], shown["reply"]) == (REPLY, REPLY)


def texts(path: Path) -> str:
    book: Any = load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for row in sheet.rows for cell in row)


def test_an_agenda_has_no_rights_case_and_no_word_of_the_member(work: Any, tmp_path: Path) -> None:
    asked = work("meeting", "agenda", "--office", "派出所", "--format", "json")
    assert [item["asked"] for item in asked.json if item["known"] == "N1"] == ["协助办理"]
    assert {item["known"] for item in asked.json} & {"N2", "N3"} == set()
    assert "2 matters are told in person" in asked.err
    work("meeting", "agenda", "--office", "派出所", "--meeting", "G1", "--output", "agenda.xlsx")
    printed = texts(tmp_path / "agenda.xlsx")
    assert "协助办理" in printed
    for secret in (ID, PHONE, HOST_PHONE, ADDRESS, SAID, WHY, RIGHTS, REPLY):
        assert secret not in printed


def test_a_notice_has_the_allowed_facts_only(
    work: Any, built: dict[str, bytes], tmp_path: Path
) -> None:
    work("notice", "print", built["code"].decode(), "--output", "notice.xlsx")
    printed = texts(tmp_path / "notice.xlsx")
    assert "王小明" in printed
    assert REPLY in printed  # what we write is meant for the other side
    for secret in (ID, PHONE, ADDRESS, SAID, WHY, RIGHTS):
        assert secret not in printed
    assert HOST_PHONE in printed
    work("notice", "print", built["code"].decode(), "--output", "copy.xlsx", "--masked")
    assert HOST_PHONE not in texts(tmp_path / "copy.xlsx")


def test_a_masked_letter_has_no_number(work: Any, tmp_path: Path) -> None:
    work("transfer", "print", "L1", "--output", "full.xlsx")
    work("transfer", "print", "L1", "--output", "copy.xlsx", "--masked")
    assert ID in texts(tmp_path / "full.xlsx")
    for secret in (ID, PHONE, ADDRESS, WHY, SAID):
        assert secret not in texts(tmp_path / "copy.xlsx")
    for made in tmp_path.glob("*.xlsx"):
        assert made.stat().st_mode & 0o077 == 0
