"""Who is still missing in an open survey round, and rounds that are complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.duties.duty import Ask, Duty, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flowparty.domain.surveys import Person, Round


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round open on a day, those whose outcome nobody knows, and the day of its last sheet."""

    round: Round
    missing: Sequence[Person]
    last_sheet_on: str | None


def survey_missing(facts: Iterable[OpenRound], on: date) -> Iterator[Duty]:
    """Everybody of the frame without an outcome: coverage is to be 100 per cent."""
    del on
    for one in facts:
        for person in one.missing:
            label = f"M{person.member_id}"
            yield Duty(
                Kind.SURVEY_MISSING,
                label,
                f"R{one.round.id}",
                person.member,
                person.branch,
                date.fromisoformat(one.round.since),
                None,
                ("survey", "add", label, "--round", f"R{one.round.id}", "--outcome", Ask.RESULT),
                {"round": one.round.name, "team": person.team},
            )


def survey_complete(facts: Iterable[OpenRound], on: date) -> Iterator[Duty]:
    """A round in which everybody's outcome is known: to be closed since its last sheet."""
    del on
    for one in facts:
        if not one.missing and one.last_sheet_on is not None:
            since = date.fromisoformat(one.last_sheet_on)
            label = f"R{one.round.id}"
            yield Duty(
                Kind.SURVEY_COMPLETE,
                label,
                label,
                one.round.name,
                None,
                since,
                None,
                ("survey", "close", "--round", label),
            )
