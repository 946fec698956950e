"""The town's other work: text to the letter, every write twice, and its history in words."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from flowparty import language
from flowparty.repository.codes import table
from tests.people import add_words

if TYPE_CHECKING:
    from pathlib import Path

WRITES = [
    add_words(),
    ["move", "out", "M1", "--to", "广东东莞", "--on", "2026-01-01"],
    ["card", "issue", "M1", "--number", "1", "--on", "2026-01-02"],
    ["contact", "add", "M1", "--on", "2026-09-03", "--notes={text}"],
    ["org", "add", "派出所", "--kind", "机关站所"],
    ["org", "add", "小组", "--kind", "党小组", "--parent", "金叶社区", "--class", "按流入地"],
    ["org", "add", "服务点", "--kind", "服务点", "--hours={text}"],
    ["org", "join", "小组", "M1", "--on", "2026-02-01"],
    ["org", "leave", "小组", "M1", "--on", "2026-03-01"],
    ["need", "add", "M1", "--kind", "困难", "--text={text}", "--on", "2026-09-04"],
    ["need", "add", "M1", "--kind", "维权", "--contact", "2026-09-03"],
    ["need", "assign", "N1", "--office", "派出所", "--due", "2026-12-31", "--ask={text}", "--on",
     "2026-09-05"],
    ["meeting", "add", "{text}", "--office", "派出所", "--place={text}", "--on", "2026-09-10"],
    ["meeting", "attend", "G1", "--office", "派出所", "--name={text}"],
    ["meeting", "decide", "G1", "--text={text}", "--owner", "派出所", "--due", "2026-12-31",
     "--need", "N1"],
    ["meeting", "done", "D1", "--note={text}", "--on", "2026-09-11"],
    ["meeting", "learn", "G1", "M1", "--occupation={text}"],
    ["need", "act", "N1", "--text={text}", "--on", "2026-09-12"],
    ["need", "answer", "N1", "--text={text}", "--on", "2026-09-13"],
    ["need", "close", "N1", "--outcome", "部分解决", "--text={text}", "--on", "2026-09-14"],
    ["notice", "send", "M1", "--to={text}", "--text={text}", "--on", "2026-09-15"],
    ["notice", "reply", "{code}", "--host={text}", "--text={text}", "--on", "2026-09-16"],
    ["notice", "agree", "{code}", "--take", "theirs", "--on", "2026-09-17"],
    ["dues", "standard", "M1", "--since", "2026-10"],
    ["dues", "consent", "M1", "--kind", "代交", "--person", "李嫂", "--since", "2026-10",
     "--until", "2026-12", "--on", "2026-10-01"],
    ["dues", "pay", "M1", "--person", "李嫂", "--on", "2026-10-05", "--voucher={text}"],
    ["dues", "pay", "M1", "--host={text}", "--on", "2026-11-05"],
    ["dues", "reverse", "F2", "--reason={text}", "--on", "2026-11-06"],
    ["transfer", "issue", "M1", "--number={text}", "--to={text}", "--on", "2026-11-07"],
    ["transfer", "cancel", "L1", "--note={text}", "--on", "2026-11-08"],
    ["holding", "apply", "M1", "--kind", "岗位", "--name={text}", "--duties={text}", "--on",
     "2026-02-01"],
    ["holding", "recognise", "H1", "--by={text}", "--on", "2026-02-02"],
    ["holding", "review", "H1", "--result", "好", "--findings={text}", "--on", "2026-11-01"],
    ["holding", "end", "H1", "--note={text}", "--on", "2026-11-02"],
    ["project", "add", "{text}", "--member", "M1", "--org", "甘田村", "--kind", "种植",
     "--investor={text}", "--text={text}", "--on", "2026-05-01"],
    ["project", "update", "J1", "--state", "签约", "--text={text}", "--on", "2026-06-01"],
    ["activity", "add", "{text}", "--org", "金叶社区", "--hours", "2", "--place={text}", "--on",
     "2026-10-15", "--expect", "M1"],
    ["activity", "attend", "V1", "M1", "--note={text}"],
    ["member", "hardship", "M1", "--by={text}", "--text={text}", "--on", "2026-01-01", "--until",
     "2026-12-31"],
    ["member", "hardship", "M1", "--end", "--note={text}", "--on", "2026-11-20"],
    ["member", "decide", "M1", "--as", "停止党籍", "--document={text}", "--by={text}",
     "--text={text}", "--on", "2026-11-21"],
]  # fmt: skip
"""Every write of the town's other work, one after the other."""


def say(run: Any, words: list[str], text: str, *, exit: int = 0) -> Any:  # noqa: A002 - as run has it
    code = ""
    if any("{code}" in word for word in words):
        code = run("notice", "list", "--format", "json").json[0]["code"]
    given = [word.replace("{text}", text).replace("{code}", code) for word in words]
    # A text that looks like an option stands after the two dashes that end options.
    flags = [word for word in given[2:] if word.startswith("--")]
    loose = [word for word in given[2:] if word == text]
    if loose and text.startswith("-") and flags:
        rest = [word for word in given[2:] if word != text]
        given = [*given[:2], *rest, "--", *loose]
    return run(*given, exit=exit)


def entries(path: Path) -> int:
    connection = sqlite3.connect(path)
    (found,) = connection.execute("SELECT count(*) FROM journal_entry").fetchone()
    connection.close()
    return int(found)


SHOWN = [
    ("need", "show", "N1"), ("need", "trace", "N1"), ("meeting", "show", "G1"),
    ("transfer", "show", "L1"), ("dues", "show", "M1"), ("holding", "show", "H1"),
    ("project", "show", "J1"), ("activity", "show", "V1"), ("org", "show", "服务点"),
    ("move", "show", "M1"),
]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["[red]x[/red]", "=1+1", "-x", "[/]", "'引", "<b>&amp;", "%s {name}", "\\[bold]"]
)
def test_text_comes_out_as_it_went_in(town: Any, text: str) -> None:
    for words in WRITES:
        say(town, words, text)
    for looked in SHOWN:
        found = town(*looked, "--format", "json").out
        assert text.replace("\\", "\\\\") in found, looked
        assert text in town(*looked).out, looked
    agenda = town("meeting", "decisions", "--all", "--format", "json").json
    assert (agenda[0]["text"], agenda[0]["done_note"]) == (text, text)
    assert town("db", "check").exit == 0


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\u202eb", "a\x00b", "a\x9bb"])
def test_characters_that_a_terminal_would_obey_are_refused(
    town: Any, path: Path, text: str
) -> None:
    good = "好"
    for words in WRITES:
        if any("{text}" in word for word in words):
            before = entries(path)
            refused = say(town, [*words, "--format", "json"], text, exit=5)
            assert refused.error["code"] in ("text_unsafe", "name_unsafe"), words
            assert "\x1b" not in refused.err
            assert entries(path) == before
        say(town, words, good)


def test_every_write_said_twice_is_written_once(town: Any, path: Path) -> None:
    for words in WRITES:
        say(town, words, "好")
        before = entries(path)
        assert "Already recorded" in say(town, words, "好").err, words
        assert entries(path) == before, words


def test_history_has_every_row_in_words(town: Any) -> None:
    for words in WRITES:
        say(town, words, "好好")
    lines = town("history", "M1", "--format", "json").json
    found = {line["entity"] for line in lines}
    assert found >= {
        "need", "need_event", "meeting_decision", "notice", "notice_field", "movement_source",
        "transfer", "dues_standard", "dues_consent", "dues_payment", "activity_person", "holding",
        "holding_review", "project", "project_event", "hardship", "member_decision",
    }  # fmt: skip
    language.use("zh_CN")
    shown = town("history", "M1").out
    for entity in found:
        assert table("entity").zh(entity) != entity
        assert table("entity").zh(entity) in shown, entity
    for code in ("assign;", "种类 assign", "partly", "suspend", "farmer", "by_other", "owner_id"):
        assert code not in shown, code
    fields = {change["field"].partition(".")[2] for line in lines for change in line["changes"]}
    hidden = {"id", "member_id", "round_id"}
    assert fields - hidden <= set(table("field").codes)
