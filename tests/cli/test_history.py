"""Who changed what: every record of a person, in the user's words, personal values masked."""

from __future__ import annotations

from typing import Any

from flowparty import language
from flowparty.data import data_path
from flowparty.repository.codes import table
from tests.people import add_words


def test_every_kind_of_record_of_a_person_is_in_the_history(town: Any) -> None:
    town(*add_words(), "--mobile", "13800138000")
    town("move", "out", "M1", "--to", "广东东莞", "--on", "2026-01-01")
    town("card", "issue", "M1", "--number", "1", "--on", "2026-01-01")
    town("contact", "add", "M1", "--notes", "想回乡")
    town("contact", "pair", "M1", "--by", "王明")
    town("survey", "open", "--name", "一轮", "--since", "2026-09-01")
    town("survey", "add", "M1", "--on", "2026-09-02", "--answer", "困难问题=缺水")
    town("aid", "pot", "资金", "--source", "县里", "--amount", "1万", "--since", "2026-01-01")
    town("aid", "allocate", "M1", "--pot", "资金", "--amount", "500", "--on", "2026-05-01")
    town("aid", "pay", "A1", "--amount", "500")
    town("aid", "follow-up", "A1", "--months", "6", "--trading", "是", "--result", "好")
    town("member", "edit", "M1", "--mobile", "13900139000", "--post", "村医")
    lines = town("history", "M1", "--format", "json").json
    assert {line["entity"] for line in lines} == {
        "member", "member_state", "movement", "card", "card_event", "contact", "contact_pair",
        "survey_person", "survey_sheet", "survey_answer", "aid_grant", "aid_payment",
        "aid_follow_up",
    }  # fmt: skip
    last = {change["field"]: change for change in lines[-1]["changes"]}
    assert last["member.mobile"] == {
        "field": "member.mobile", "old": "138****8000", "new": "139****9000",
    }  # fmt: skip
    assert last["member.post"]["new"] == "村医"
    assert "缺水" not in town("history", "M1", "--format", "json").out


def test_in_chinese_words(town: Any) -> None:
    town(*add_words())
    town("move", "out", "M1", "--to", "广东东莞", "--on", "2026-01-01")
    town("member", "edit", "M1", "--post", "村医")
    language.use("zh_CN")
    shown = town("history", "M1").out
    for words in ("党员", "流动", "原因 务工", "工作岗位 – → 村医", "性别 男", "自 一直"):
        assert words in shown or words.replace("– → ", "") in shown


def test_every_column_has_a_word() -> None:
    import re

    schema = data_path("schema.sql").read_text(encoding="utf-8")
    for entity in table("entity").codes:
        for body in re.findall(rf"CREATE TABLE {entity} \((.*?)\n\) STRICT", schema, re.DOTALL):
            columns = set(re.findall(r'^    "?([a-z_]+)"?\s+(?:TEXT|INTEGER)', body, re.MULTILINE))
            if "member_id" in columns or entity == "member":
                hidden = {"id", "uuid", "office", "name_key", "initials", "member_id", "round_id"}
                assert columns - hidden <= set(table("field").codes), entity
