"""The way of one need from end to end: survey → meeting → decision → aid → outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.money import yuan
from flowparty.domain.needs import NeedEvent, Step
from flowparty.repository import aid, contacts, meetings, needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowparty.domain.ids import DecisionId, GrantId
    from flowparty.domain.needs import Need
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One station: its day, what it was (a code of ``trace_stage``), its record, who, words.

    ``result`` is the outcome (a code of ``need_result``) where the need was closed.
    """

    on: str
    stage: str
    record: str | None
    by: str | None
    text: str | None
    result: str | None = None


def trace(registry: Registry, need: Need) -> list[TraceLine]:
    """Everything that belongs to a need, in the order of its days."""
    lines = [_origin(registry, need)]
    for event in need.events:
        lines += _station(registry, need, event)
    return sorted(lines, key=lambda line: line.on)


def _origin(registry: Registry, need: Need) -> TraceLine:
    if need.answer_id is not None:
        answer = needs.answer(registry, need.answer_id)
        words = f"{answer['section']}={answer['said']}"
        return TraceLine(answer["on"], "survey", answer["round"], need.member, words)
    if need.contact_id is not None:
        made = contacts.get(registry, need.contact_id, on=date.fromisoformat(need.on))
        return TraceLine(need.on, "contact", None, made.by, need.text)
    return TraceLine(need.on, "raised", need.label, need.member, need.text)


_STAGES = {
    Step.ASSIGN: "assigned",
    Step.ACT: "acted",
    Step.ANSWER: "answered",
    Step.CLOSE: "closed",
}


def _station(registry: Registry, need: Need, event: NeedEvent) -> Iterator[TraceLine]:
    if event.kind is Step.ASSIGN and event.decision_id is not None:
        done = {one.decision_id for one in need.events if one.kind is Step.ACT}
        yield from _decided(registry, event.decision_id, acted=event.decision_id in done)
        return
    if event.grant_id is not None:
        yield from _aid(registry, event.grant_id)
        return
    record = None if event.decision_id is None else f"D{event.decision_id}"
    words = event.text if event.due is None else f"{event.text}（{event.due}）"
    yield TraceLine(
        event.on, _STAGES[event.kind], record, event.org or event.by, words, event.result
    )


def _decided(registry: Registry, number: DecisionId, *, acted: bool) -> Iterator[TraceLine]:
    """A meeting and its decision; carried out, unless a step of the need says so already."""
    made = meetings.decision(registry, number)
    yield TraceLine(made.on, "meeting", f"G{made.meeting_id}", None, made.topic)
    yield TraceLine(made.on, "decision", made.label, made.owner, f"{made.text}（{made.due}）")
    if made.done_on is not None and not acted:
        yield TraceLine(made.done_on, "acted", made.label, made.owner, made.done_note)


def _aid(registry: Registry, number: GrantId) -> Iterator[TraceLine]:
    grant = aid.get_grant(registry, number, on=date.max)
    words = "　".join(filter(None, (grant.project, yuan(grant.amount_fen))))
    yield TraceLine(grant.on, "aid", grant.label, grant.provider or grant.pot, words)
    if grant.reversed_on is not None:
        yield TraceLine(grant.reversed_on, "reversed", grant.label, None, None)
    for paid in aid.payments_of(registry, number):
        if paid.reversed_on is None:
            stage = "paid" if paid.kind == "pay" else "returned"
            words = "　".join(filter(None, (yuan(paid.amount_fen), paid.voucher)))
            yield TraceLine(paid.on, stage, f"Y{paid.id}", None, words)
    for look in aid.follow_ups_of(registry, number):
        yield TraceLine(look.on, "follow_up", grant.label, look.by, look.result)
