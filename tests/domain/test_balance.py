"""From one month to the next, by name: everybody stands under one way in or out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.balance import INTO, OUT_OF, Facts, Person, balance
from flowparty.domain.ids import MemberId

MEMBERS = st.frozensets(st.integers(1, 12).map(MemberId))


def people(members: frozenset[MemberId]) -> dict[MemberId, Person]:
    return {m: Person(m, f"党员{m}", "金叶社区党支部") for m in sorted(members)}


def facts(
    then: str = "", here: str = "", now: str = "", ended: str = "", struck: str = "",
    here_now: str = "",
) -> Facts:  # fmt: skip
    parts = (then, here, now, ended, struck, here_now)
    return Facts(*(frozenset(MemberId(int(n)) for n in part) for part in parts))


@pytest.mark.parametrize(
    ("opening", "closing", "known", "way"),
    [
        ("", "1", facts(now="1"), "went_away"),
        ("", "1", facts(then="1", now="1"), "transferred_in"),
        ("", "1", facts(then="1", here="1", now="1"), "corrected_in"),
        ("1", "", facts(then="1", here="1"), "came_back"),
        ("1", "", facts(then="1", here="1", now="1"), "transferred_out"),
        ("1", "", facts(then="1", here="1", now="1", here_now="1"), "corrected_out"),
        ("1", "", facts(then="1", here="1", ended="1"), "ended"),
        ("1", "", facts(), "corrected_out"),
        ("1", "", facts(then="1"), "corrected_out"),
        ("1", "1", facts(then="1", here="1", now="1"), None),
        ("1", "1", facts(), None),
        ("1", "", facts(then="1", here="1", now="1", ended="1"), "transferred_out"),
    ],
)
def test_every_way_in_and_out(opening: str, closing: str, known: Facts, way: str | None) -> None:
    before = people(frozenset(MemberId(int(n)) for n in opening))
    after = people(frozenset(MemberId(int(n)) for n in closing))
    found = balance(before, after, known)
    moved = {name for name, them in found.parts() if them and name in (*INTO, *OUT_OF)}
    assert moved == ({way} if way else set())


def test_who_was_struck_from_the_figure_before_has_gone_away_since() -> None:
    both = people(frozenset({MemberId(1)}))
    found = balance(both, both, facts(now="1", struck="1"))
    moved = {name: len(them) for name, them in found.parts() if them}
    assert moved == {"opening": 1, "went_away": 1, "corrected_out": 1, "closing": 1}


@given(MEMBERS, MEMBERS, MEMBERS, MEMBERS, MEMBERS, MEMBERS, MEMBERS)
def test_it_balances_whatever_the_facts_say(
    opening: frozenset[MemberId],
    closing: frozenset[MemberId],
    then: frozenset[MemberId],
    here: frozenset[MemberId],
    now: frozenset[MemberId],
    ended: frozenset[MemberId],
    struck: frozenset[MemberId],
) -> None:
    facts = Facts(then, here & then, now, ended, struck)
    found = balance(people(opening), people(closing), facts)
    parts = {name: [p.member_id for p in them] for name, them in found.parts()}
    came = [m for way in INTO for m in parts[way]]
    left = [m for way in OUT_OF for m in parts[way]]
    assert len(opening) + len(came) == len(closing) + len(left)
    assert (opening - set(left)) | set(came) == closing
