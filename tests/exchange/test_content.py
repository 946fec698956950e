"""What cannot be is refused before the merge, with its row, its field and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.cards import Kind
from flowparty.domain.errors import Conflict, Untrusted
from flowparty.domain.ids import MemberId
from flowparty.exchange.content import first_fault
from flowparty.exchange.payload import TABLES
from flowparty.repository import cards as card_rows
from flowparty.repository.check import check
from flowparty.repository.codes import load_tables
from tests.exchange_cases import MONTH, TODAY, Case, add_person
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from flowparty.exchange.content import Tables

WRONG_SUM = id_number(1)[:17] + ("0" if id_number(1)[17] != "0" else "1")


def tables_of(case: Case) -> dict[str, list[dict[str, Any]]]:
    return {name: [dict(row) for row in rows] for name, rows in case.parts()[1].tables.items()}


def fault_of(tables: Tables) -> tuple[str, str, str] | None:
    found = first_fault(tables, load_tables(), TODAY)
    return None if found is None else (found.entity, found.field, found.fault)


@pytest.mark.parametrize(
    ("entity", "field", "value"),
    [
        ("member", "name", ""), ("member", "name", "王\n小明"), ("member", "name", "王\t小明"),
        ("member", "name", "=王小明"), ("member", "name", "王" * 201),
        ("member", "name", "\u3000王小明"), ("org", "name", "某村\n党支部"), ("org", "name", " "),
        ("org", "name", "村" * 201), ("org", "kind", "club"), ("org", "class", "village"),
        ("org", "division", "52232510720"), ("org", "since", "2026-02-30"),
        ("member", "id_number", WRONG_SUM), ("member", "id_number", id_number(1)[:15]),
        ("member", "id_number", id_number(1, "20990101")), ("member", "id_number", "张三"),
        ("member", "sex", "男"), ("member", "birth_date", "1970-02-30"),
        ("member", "birth_date", "不详"), ("member", "birth_date", "19700101"),
        ("member", "joined_on", "9999-99-99"), ("member", "full_member_on", "1070-01-01"),

        ("member", "post", "岗" * 32_768), ("member", "remark", "注" * 32_768),
        ("member", "end_reason", "went"),
        ("member_state", "attribute", "rank"), ("member_state", "since", "2026"),
        ("movement", "direction", "up"), ("movement", "left_on", "2026-13"),
        ("movement", "left_on", "去年"), ("movement", "destination_code", "广东"),
        ("movement", "destination_code", "4403060"), ("movement", "unit_kind", "企业"),
        ("movement", "reason", "fun"), ("movement", "fixed_place", "maybe"),
        ("movement", "arrived_on", "2026-10"), ("movement", "outcome", "waiting"),
        ("card", "number", "贞\n1"), ("card", "number", ""), ("card", "number", "1" * 201),
        ("card", "closed_on", "2026-11-31"), ("card_event", "kind", "eaten"),
        ("card_event", "on", "2026-11-31"), ("contact", "on", "2026-11"),
        ("contact", "method", "pigeon"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be(case: Case, entity: str, field: str, value: str) -> None:
    tables = tables_of(case)
    tables[entity][-1][field] = value
    found = first_fault(tables, load_tables(), TODAY)
    assert found is not None
    assert (found.entity, found.field, found.row) == (entity, field, len(tables[entity]))


def test_a_column_of_every_kind_is_judged() -> None:
    """A kind that ``content`` does not know would let everything pass."""
    from flowparty.exchange import content

    forms = {form.rstrip("?") for columns in TABLES.values() for form in columns.values()}
    tables = {form.partition(":")[2] for form in forms if ":" in form}
    judged = set(content._judges(TODAY))  # noqa: SLF001 - the table itself
    assert forms - judged == {"uuid", "flag", *(f"code:{table}" for table in tables)}
    assert tables <= set(load_tables())


def test_what_is_refused_names_row_field_and_person(case: Case) -> None:
    tables = tables_of(case)
    tables["card_event"][0]["on"] = "9999-99-99"
    before = case.town.head()
    with pytest.raises(Untrusted) as refused:
        case.town.receive(case.forge(tables=tables), TODAY)
    assert refused.value.code == "package_content"
    assert refused.value.params == {
        "entity": "card_event", "row": 1, "field": "on", "who": NAMES[0], "fault": "dated",
    }  # fmt: skip
    assert case.town.head() == before


def changed(tables: dict[str, list[dict[str, Any]]], entity: str, **facts: Any) -> None:
    tables[entity][0].update(facts)


def doubled(
    tables: dict[str, list[dict[str, Any]]], entity: str, at: int = 0, **facts: Any
) -> None:
    """One more row that differs by its UUID."""
    row = tables[entity][at]
    tables[entity].append({**row, "uuid": "0" * 8 + row["uuid"][8:], **facts})


@pytest.mark.parametrize(
    ("wrong", "entity", "facts", "field", "fault"),
    [
        (changed, "org", {"since": "2026-02-01", "until": "2026-01-01"}, "until", "row"),
        (changed, "member", {"ended_on": "2026-11-01"}, "end_reason", "row"),
        (changed, "member", {"end_reason": "died"}, "end_reason", "row"),
        (changed, "movement", {"ended_on": "2026-11-01"}, "outcome", "row"),
        (changed, "movement", {"ended_on": "2026-11-01", "outcome": "refused",
                               "arrived_on": "2026-10-20"}, "arrived_on", "row"),
        (changed, "member_state", {"attribute": "category", "org": None, "code": "normal"},
         "code", "row"),
        (changed, "member_state", {"attribute": "category", "org": None, "code": None},
         "code", "row"),
        (changed, "member_state", {"attribute": "branch", "org": None, "code": None},
         "org", "row"),
        (changed, "member_state", {"attribute": "group", "code": "full"}, "code", "row"),
        (doubled, "member", {}, "id_number", "twice"),
        (doubled, "member_state", {}, "since", "twice"),
        (doubled, "movement", {}, "ended_on", "twice"),
        (doubled, "card", {}, "number", "twice"),
        (doubled, "card", {"number": "贞9"}, "closed_on", "twice"),
    ],
)  # fmt: skip
def test_rows_that_contradict_each_other(
    case: Case, wrong: Any, entity: str, facts: dict[str, Any], field: str, fault: str
) -> None:
    tables = tables_of(case)
    wrong(tables, entity, **facts)
    assert fault_of(tables) == (entity, field, fault)


def test_a_card_that_two_others_replace(case: Case) -> None:
    tables = tables_of(case)
    old = {**tables["card"][0], "closed_on": "2026-10-20"}
    tables["card"] = [old]
    doubled(tables, "card", number="贞8", replaces=old["uuid"])
    assert fault_of(tables) is None
    tables["card"].append({**tables["card"][1], "uuid": "1" * 8 + old["uuid"][8:], "number": "贞9"})
    assert fault_of(tables) == ("card", "replaces", "twice")


def test_an_organization_that_lies_below_itself(case: Case) -> None:
    tables = tables_of(case)
    doubled(tables, "org", name="另一个党支部")
    first, second = tables["org"][0], tables["org"][-1]
    first["parent"], second["parent"] = second["uuid"], first["uuid"]
    assert fault_of(tables) == ("org", "parent", "circle")
    first["parent"] = first["uuid"]
    assert fault_of(tables) == ("org", "parent", "circle")
    first["parent"] = None
    assert fault_of(tables) is None


@pytest.mark.parametrize(
    ("entity", "field", "value"),
    [
        ("member", "name", "古丽娜尔·吐尔逊"), ("member", "name", "𬭎光"),
        ("member", "birth_date", "1970"), ("member", "birth_date", "1970-02"),
        ("member", "joined_on", "2000-02-29"), ("member", "remark", "一行\n两行\t三"),
        ("member", "mobile", "+85251234567"), ("member", "ethnicity", "穿青人"), ("member", "education", "私塾"), ("movement", "left_on", None),
        ("movement", "destination_code", "990000"),
        ("movement", "destination_code", "522325107205"), ("card_event", "on", ""),
        ("card_event", "on", "2019-03"), ("member_state", "since", ""), ("card", "number", "贞 1"),
        ("org", "class", None),
    ],
)  # fmt: skip
def test_what_a_registry_may_hold_is_let_pass(
    case: Case, entity: str, field: str, value: str | None
) -> None:
    tables = tables_of(case)
    tables[entity][0][field] = value
    assert fault_of(tables) is None


def test_a_card_of_an_old_register_without_its_day_reaches_the_town(case: Case) -> None:
    with case.village.registry.write():
        person = add_person(case.village, "老党员", 7)
        card = card_rows.add(case.village.registry, person.id, "贞旧1")
        card_rows.add_event(case.village.registry, card, Kind.ISSUE, on="")
        card_rows.add_event(case.village.registry, card, Kind.VERIFY, on="2019-03")
    _reopened(case)
    arrived = case.town.receive(case.village.pack(MONTH, TODAY)[1], TODAY)
    assert arrived.members == 3
    assert list(check(case.town.registry)) == []


def _reopened(case: Case) -> None:
    from flowparty.service import closing

    closing.reopen(case.village.registry, MONTH, reason="更正", today=TODAY)
    case.village.close_month(MONTH, TODAY)


def test_what_the_level_above_would_refuse_is_not_packed(case: Case) -> None:
    with case.village.registry.write():
        case.village.registry.update("member", MemberId(1), {"birth_date": "1970-02-30"})
    _reopened(case)
    before = case.village.head()
    with pytest.raises(Conflict) as refused:
        case.village.pack(MONTH, TODAY)
    assert (refused.value.code, refused.value.params["who"]) == ("pack_content", NAMES[0])
    assert case.village.head() == before
