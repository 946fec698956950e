"""The demo's cards and contacts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.cards import Kind
from flowparty.repository import cards as card_rows
from flowparty.service import cards, contacts
from flowparty.service.demo_story import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowparty.domain.members import Member
    from flowparty.service.demo_story import Story

NOTES = (
    "工作稳定，身体都好",
    "想回乡开店，问有无创业贷款",
    "孩子上学有困难",
    "换了工地，电话未变",
    "明年春节回来",
)


def card(story: Story, member: Member, number: int) -> None:
    """Three in four have a card; a few of those are lost, reissued or unverified."""
    if number % 4 == 3:  # noqa: PLR2004
        return
    issued = story.day(date(2025, 1, 6), date(2026, 11, 20))
    by = story.people.somebody()
    cards.issue(story.registry, member, story.card_number(), on=issued, by=by, place="长田镇")
    story.step()
    if number % 3 == 0:
        event(story, member, Kind.VERIFY, max(issued, story.day(date(2026, 10, 29), TODAY)))
    if number % 5 == 1:
        event(story, member, Kind.REVIEW, max(issued, date(2026, 11, 12)))
    if number % 11 == 2:  # noqa: PLR2004
        lost = max(issued, date(2026, 11, 18))
        event(story, member, Kind.LOST, lost)
        if story.next_card % 2:
            old = card_rows.find(story.registry, member.label, on=TODAY)
            cards.reissue(
                story.registry, old, story.card_number(), on=max(lost, date(2026, 11, 24)),
                by=by, place="长田镇",
            )  # fmt: skip
            story.step()


def event(story: Story, member: Member, kind: Kind, on: date) -> None:
    """Something happens to the card a member holds, not before the last thing that did."""
    held = card_rows.find(story.registry, member.label, on=TODAY)
    on = max(on, date.fromisoformat(held.events[-1].on))
    cards.record(story.registry, held, kind, on=on, by=story.people.somebody())
    story.step()


def keep_in_touch(story: Story, member: Member, secretary: str | None, number: int) -> None:
    """A contact each month from September; some attempts fail, some are still owed in November."""
    for first, last in _months(number):
        outcome = "no_answer" if (number + first.month) % 6 == 0 else "reached"
        contacts.add(
            story.registry,
            member,
            on=story.day(first, last),
            method=story.random.choice(("phone", "phone", "wechat")),
            outcome=outcome,
            by=secretary,
            notes=story.random.choice(NOTES) if outcome == "reached" else None,
        )
        story.step()


def _months(number: int) -> Iterator[tuple[date, date]]:
    yield date(2026, 9, 1), date(2026, 9, 27)
    yield date(2026, 10, 1), date(2026, 10, 27)
    if number % 5:
        yield date(2026, 11, 1), date(2026, 11, 26)
