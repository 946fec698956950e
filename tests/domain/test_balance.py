"""From one month to the next, by name: every way in and out, and that it always balances."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.balance import INTO, OUT_OF, Facts, Person, balance, unbalanced
from flowparty.domain.ids import MemberId

MEMBERS = st.frozensets(st.integers(1, 12).map(MemberId))


def people(members: frozenset[MemberId]) -> dict[MemberId, Person]:
    return {m: Person(m, f"党员{m}", "金叶社区党支部") for m in sorted(members)}


def facts(then: str = "", here: str = "", now: str = "", ended: str = "") -> Facts:
    return Facts(*(frozenset(MemberId(int(n)) for n in part) for part in (then, here, now, ended)))


@pytest.mark.parametrize(
    ("opening", "closing", "known", "way"),
    [
        ("", "1", facts(now="1"), "went_away"),
        ("", "1", facts(then="1", now="1"), "transferred_in"),
        ("", "1", facts(then="1", here="1", now="1"), "corrected_in"),
        ("1", "", facts(then="1", here="1"), "came_back"),
        ("1", "", facts(then="1", here="1", now="1"), "transferred_out"),
        ("1", "", facts(then="1", here="1", ended="1"), "ended"),
        ("1", "", facts(), "corrected_out"),
        ("1", "", facts(then="1"), "corrected_out"),
        ("1", "1", facts(then="1", here="1", now="1"), None),
        ("1", "1", facts(), None),
    ],
)
def test_every_way_in_and_out(opening: str, closing: str, known: Facts, way: str | None) -> None:
    before = people(frozenset(MemberId(int(n)) for n in opening))
    after = people(frozenset(MemberId(int(n)) for n in closing))
    found = balance(before, after, known)
    moved = {name for name, them in found.parts() if them and name in (*INTO, *OUT_OF)}
    assert moved == ({way} if way else set())
    assert unbalanced(found) == []


@given(MEMBERS, MEMBERS, MEMBERS, MEMBERS, MEMBERS, MEMBERS)
def test_it_balances_whatever_the_facts_say(
    opening: frozenset[MemberId],
    closing: frozenset[MemberId],
    then: frozenset[MemberId],
    here: frozenset[MemberId],
    now: frozenset[MemberId],
    ended: frozenset[MemberId],
) -> None:
    found = balance(people(opening), people(closing), Facts(then, here & then, now, ended))
    parts = {name: [p.member_id for p in them] for name, them in found.parts()}
    came = [m for way in INTO for m in parts[way]]
    left = [m for way in OUT_OF for m in parts[way]]
    assert len(opening) + len(came) == len(closing) + len(left)
    assert (opening | set(came)) - set(left) == closing
    assert unbalanced(found) == []


@given(MEMBERS, MEMBERS, st.sampled_from([*INTO, *OUT_OF, "opening", "closing"]))
def test_a_name_too_many_or_too_few_is_found(
    opening: frozenset[MemberId], closing: frozenset[MemberId], part: str
) -> None:
    found = balance(people(opening), people(closing), facts())
    stranger = Person(MemberId(99), "多余的人", None)
    more = replace(found, **{part: (*getattr(found, part), stranger)})
    assert stranger in unbalanced(more)
    for person in getattr(found, part):
        fewer = tuple(p for p in getattr(found, part) if p != person)
        assert person in unbalanced(replace(found, **{part: fewer}))
        twice = (*getattr(found, part), person)
        assert person in unbalanced(replace(found, **{part: twice}))
