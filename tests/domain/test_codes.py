"""The code tables, and that rules, schema and tables know the same codes."""

from __future__ import annotations

import re

import pytest

from flowparty.data import data_path
from flowparty.domain import aid, cards, contacts, movements, orgs, surveys
from flowparty.domain.errors import BadValue
from flowparty.domain.members import EndReason
from flowparty.repository.codes import load_tables, table


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("card_state", cards.State),
        ("card_event", cards.Kind),
        ("move_state", movements.State),
        ("direction", movements.Direction),
        ("org_kind", orgs.OrgKind),
        ("level", orgs.Level),
        ("end_reason", EndReason),
        ("survey_outcome", surveys.Outcome),
        ("aid_purpose", aid.Purpose),
        ("aid_kind", aid.Kind),
        ("aid_movement", aid.Paid),
    ],
)
def test_rules_and_tables_have_the_same_codes(name: str, known: type) -> None:
    assert set(table(name).codes) == {str(code) for code in known}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("kind", "org_kind"), ("end_reason", "end_reason"), ("direction", "direction"),
        ("outcome", "survey_outcome"), ("mode", "survey_mode"), ("purpose", "aid_purpose"),
        ("kind", "aid_kind"), ("kind", "aid_movement"), ("trading", "trading"),
        ("fixed_place", "fixed_place"), ("sex", "sex"), ("level", "level"), ("kind", "card_event"),
    ],
)  # fmt: skip
def test_the_schema_allows_exactly_the_codes(column: str, name: str) -> None:
    schema = data_path("schema.sql").read_text(encoding="utf-8")
    allowed = [
        set(re.findall(r"'([a-z_]+)'", found))
        for found in re.findall(rf"CHECK \({column} IN\s*\(([^)]*)\)", schema)
    ]
    assert set(table(name).codes) in allowed


def test_endings_of_movements_are_states() -> None:
    schema = data_path("schema.sql").read_text(encoding="utf-8")
    found = re.findall(r"CHECK \(outcome IN \(([^)]*)\)", schema)[0]
    endings = set(re.findall(r"'([a-z]+)'", found))
    assert endings == set(table("move_state").codes) - {"waiting", "arrived"}


def test_every_code_has_both_words() -> None:
    for name, codes in load_tables().items():
        for code in codes.codes:
            assert codes.zh(code), (name, code)
            assert codes.en(code), (name, code)


def test_every_word_of_a_table_means_its_own_code() -> None:
    for codes in load_tables().values():
        for code in codes.codes:
            assert codes.parse(code) == code
            assert codes.parse(codes.zh(code)) == code


@pytest.mark.parametrize(
    ("name", "word", "code"),
    [
        ("ethnicity", "布依", "布依族"), ("ethnicity", " 穿青人 ", "穿青人"), ("sex", "Ｍ", "male"),
        ("education", "高中", "普通高中"), ("education", "本科", "大学本科"),
        ("category", "正式", "full"),
        ("move_reason", "打工", "work"), ("org_kind", "支部", "branch"), ("yes_no", "√", "yes"),
        ("contact_method", "ＷｅＣｈａｔ", "wechat"), ("unit_kind", "私企", "private_enterprise"),
    ],
)  # fmt: skip
def test_words_as_people_write_them(name: str, word: str, code: str) -> None:
    assert table(name).parse(word) == code


def test_an_unknown_word_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadValue) as caught:
        table("standing").parse("大概正常")
    assert caught.value.code == "value_unrecognised"
    assert caught.value.params["known"] == ["正常", "停止党籍"]


def test_the_56_ethnic_groups() -> None:
    assert len(table("ethnicity").codes) == 56 + 2


def test_reached_is_an_outcome() -> None:
    assert contacts.REACHED in table("contact_outcome").codes
