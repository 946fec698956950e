"""Every duty by a table: not yet, on the day, overdue, settled, settled and due again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flowparty.domain.duties.duty import Ask, Duty, Kind, Urgency
from flowparty.service.duty_table import TABLE
from flowparty.settings import Settings
from tests.domain.duties.cases import CASES

LINES = {line.kind: line for line in TABLE}
ALL = [
    pytest.param(kind, facts, on, expected, id=f"{kind}-{number}-{on}")
    for kind, cases in CASES.items()
    for number, (facts, on, expected) in enumerate(cases)
]


def judged(kind: Kind, facts: Any, on: str) -> list[Duty]:
    """What the rule of a kind makes of facts, with the default settings."""
    line, force = LINES[kind], Settings()
    several = facts if len(line.queries) > 1 else (facts,)
    values = (getattr(force, name) for name in line.settings)
    return list(line.rule(*several, date.fromisoformat(on), *values))


@pytest.mark.parametrize(("kind", "facts", "on", "expected"), ALL)
def test_a_duty_on_a_day(kind: Kind, facts: Any, on: str, expected: str) -> None:
    day, near = date.fromisoformat(on), Settings().today_near_days
    found = [f"{duty.since} {duty.urgency(day, near)}" for duty in judged(kind, facts, on)]
    assert found == ([] if expected == "-" else [expected])


def test_every_kind_has_its_line_and_its_cases() -> None:
    assert [line.kind for line in TABLE].count(Kind.CONTACT_OWED) == 1
    assert set(LINES) == set(Kind) == set(CASES)
    assert len(TABLE) == len(LINES)
    for kind, cases in CASES.items():
        results = {expected == "-" for _, _, expected in cases}
        assert results == {True, False}, f"{kind}: owed and not owed are both to be shown"


@pytest.mark.parametrize("kind", list(Kind))
def test_the_identity_stays_and_the_next_time_has_another(kind: Kind) -> None:
    seen: dict[str, set[str]] = {}
    for facts, on, expected in CASES[kind]:
        for duty in judged(kind, facts, on):
            assert duty.kind is kind
            assert duty.identity.startswith(f"{kind}/{duty.subject}/")
            seen.setdefault(f"{duty.command} {expected.split()[0]}", set()).add(duty.identity)
    assert seen
    for identities in seen.values():
        assert len(identities) == 1, identities


def test_several_settings_move_the_day() -> None:
    from flowparty.domain.duties.letter import notice_unanswered
    from tests.domain.duties.facts import notice

    sent = [notice("2026-02-01")]
    assert list(notice_unanswered(sent, date(2026, 2, 10), 30)) == []
    (duty,) = notice_unanswered(sent, date(2026, 2, 10), 5)
    assert duty.since == date(2026, 2, 7)


def test_what_only_the_clerk_knows_stands_in_capitals() -> None:
    for kind, cases in CASES.items():
        for facts, on, _ in cases:
            for duty in judged(kind, facts, on):
                for word in duty.command:
                    assert word.isupper() == isinstance(word, Ask) or word[0] in "MLCNDATHROK", word


def test_the_most_pressing_comes_first() -> None:
    assert list(Urgency) == [Urgency.OVERDUE, Urgency.NEAR, Urgency.OPEN]
