"""Survey rounds: open, change the usual answers, record a sheet, close, compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.masking import Masked
from flowparty.domain.orgs import MEMBER_HOMES
from flowparty.domain.surveys import (
    Outcome,
    Sheet,
    check_sheet,
    require_open,
    section_names,
)
from flowparty.domain.text import clean_text
from flowparty.repository import members, movements, orgs, survey_frames, surveys
from flowparty.repository.codes import built_in_answers
from flowparty.service.living import living
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from flowparty.domain.ids import ChoiceId, SectionId
    from flowparty.domain.members import Member
    from flowparty.domain.orgs import Org
    from flowparty.domain.surveys import Round, Section
    from flowparty.repository.registry import Registry


def open_round(
    registry: Registry, name: str, own: Sequence[str], *, since: date, org: Org | None
) -> Recorded[Round]:
    """Open a round: six sections with their usual answers, and its frame.

    The frame is everybody who is a member of the branches (of ``org``, or of all) on ``since``.

    Raises:
        BadValue: no name, or not six sections. Conflict: a round with this name, opened otherwise.
    """
    title = clean_text(name).strip()
    if not title:
        raise BadValue("survey_name_missing")
    names = section_names([clean_text(section).strip() for section in own])
    with registry.write():
        for known in surveys.list_rounds(registry):
            if known.name == title:
                return _already(registry, known, names, since)
        the_round = surveys.add(registry, title, since)
        for position, section in enumerate(names, start=1):
            usual = surveys.usual_answers(registry, section)
            surveys.add_section(
                registry,
                the_round,
                position,
                section,
                built_in_answers(section) if usual is None else usual,
            )
        for member in _frame(registry, since, org):
            if member.branch_id is not None:
                survey_frames.add_person(
                    registry, the_round, member.id, member.branch_id, "members"
                )
        return Recorded(surveys.get(registry, the_round))


def _already(
    registry: Registry, known: Round, names: Sequence[str], since: date
) -> Recorded[Round]:
    asked = tuple(section.name for section in surveys.sections(registry, known.id))
    if (known.since, asked) == (since.isoformat(), tuple(names)):
        return Recorded(known, repeated=True)
    raise Conflict("survey_exists", round=known.name, since=known.since)


def _frame(registry: Registry, since: date, org: Org | None) -> list[Member]:
    homes = {o.id for o in orgs.list_orgs(registry, on=since) if o.kind in MEMBER_HOMES}
    whose = None if org is None else org.id
    everybody = members.list_members(registry, on=since, org=whose)
    return [member for member in everybody if member.branch_id in homes]


def _said(text: str) -> str:
    kept = clean_text(text).strip()
    if not kept:
        raise BadValue("survey_answer_empty")
    return kept


def find_section(registry: Registry, the_round: Round, name: str) -> Section:
    """A section of a round by name.

    Raises:
        BadValue: ``survey_section_unknown``; ``known`` lists those it has.
    """
    listed = surveys.sections(registry, the_round.id)
    for section in listed:
        if section.name == name.strip():
            return section
    raise BadValue("survey_section_unknown", value=name, known=[s.name for s in listed])


def edit_answers(
    registry: Registry, the_round: Round, name: str, *, add: Sequence[str], drop: Sequence[str]
) -> Recorded[Section]:
    """Change the usual answers of a section of an open round.

    Raises:
        Conflict: the round is closed, or an answer to be dropped was given by somebody.
        BadValue: no such section or answer.
    """
    with registry.write():
        the_round = surveys.get(registry, the_round.id)
        require_open(the_round)
        section = find_section(registry, the_round, name)
        known = {text: number for number, text in section.choices}
        fresh = [text for text in map(_said, add) if text not in known]
        for text in drop:
            if text not in known:
                raise BadValue("survey_answer_unknown", value=text, known=list(known))
            if surveys.choice_used(registry, known[text]):
                raise Conflict("survey_answer_used", value=text)
            surveys.drop_choice(registry, known[text])
        for text in fresh:
            surveys.add_choice(registry, section.id, text)
        after = find_section(registry, the_round, name)
        return Recorded(after, repeated=not fresh and not drop)


@dataclass(frozen=True, slots=True)
class NewSheet:
    """What one sheet says; ``answers`` are (section, words), ``learned`` facts of the person."""

    on: date
    mode: str | None
    outcome: Outcome
    attempts: int
    interviewer: str | None
    answers: tuple[tuple[str, str], ...] = ()
    learned: Mapping[str, Any] = field(default_factory=dict)
    moved: Mapping[str, Any] = field(default_factory=dict)


def record(
    registry: Registry, the_round: Round, member: Member, new: NewSheet, *, today: date
) -> Recorded[Sheet]:
    """Record one sheet, and the facts learned, in one write; a later sheet corrects an earlier.

    Raises:
        Conflict: the round is closed, the person is outside its frame, or facts were learned of a
            movement that is not open.
        BadValue: an unknown section, answers of somebody not talked to, or before the round.
    """
    with registry.write():
        the_round = surveys.get(registry, the_round.id)
        same = same_sheet(surveys.sheets_of(registry, the_round.id, member.id)[-1:], new)
        if same is None or new.learned or new.moved:
            require_open(the_round)
        check_sheet(the_round, new.outcome, len(new.answers), new.on)
        person = survey_frames.person(registry, the_round.id, member.id)
        if person is None:
            raise Conflict("survey_outside_frame", member=member.name, round=the_round.name)
        answers = _chosen(registry, the_round, new.answers)
        learned = _learn(registry, member, new, today)
        if same is not None:
            return Recorded(same, repeated=not learned)
        surveys.add_sheet(
            registry,
            person.id,
            on=new.on,
            mode=new.mode,
            outcome=new.outcome,
            attempts=new.attempts,
            interviewer=new.interviewer,
            answers=answers,
        )
        return Recorded(surveys.sheets_of(registry, the_round.id, member.id)[-1])


def _chosen(
    registry: Registry, the_round: Round, answers: Sequence[tuple[str, str]]
) -> list[tuple[SectionId, ChoiceId | None, str | None]]:
    """Each answer as a usual one where the words are those, else as free text."""
    chosen: list[tuple[SectionId, ChoiceId | None, str | None]] = []
    for name, words in dict.fromkeys(answers):
        section = find_section(registry, the_round, name)
        known = {text: number for number, text in section.choices}
        said = _said(words)
        number = known.get(said)
        chosen.append((section.id, number, None if number is not None else said))
    return chosen


def same_sheet(sheets: Iterable[Sheet], new: NewSheet) -> Sheet | None:
    """The first of a person's sheets that says the same as a new one; None: none."""
    facts = (new.on.isoformat(), new.mode, new.outcome, new.attempts, new.interviewer)
    given = sorted({(name.strip(), words.strip()) for name, words in new.answers})
    for sheet in sheets:
        known = (sheet.on, sheet.mode, sheet.outcome, sheet.attempts, sheet.interviewer)
        said = sorted((answer.section, answer.said) for answer in sheet.answers)
        if (known, said) == (facts, given):
            return sheet
    return None


def _learn(registry: Registry, member: Member, new: NewSheet, today: date) -> bool:
    touched = False
    if new.learned:
        member = living(registry, member, on=today)
        touched = members.edit(registry, member.id, new.learned)
    if new.moved:
        movement = movements.open_of(registry, member.id, on=today)
        if movement is None:
            raise Conflict("move_none_open", member=member.name, label=member.label)
        touched |= movements.edit(registry, movement.id, new.moved)
    return touched


def learned_changes(
    registry: Registry, member: Member, new: NewSheet, *, today: date
) -> list[tuple[str, str | None, str | None]]:
    """What the facts learned would change, field by field: (field, old, new). Reads only."""
    movement = movements.open_of(registry, member.id, on=today)
    before = [(name, getattr(member, name), value) for name, value in new.learned.items()]
    before += [(name, getattr(movement, name, None), value) for name, value in new.moved.items()]
    return [
        (name, None if old is None else str(old), value)
        for name, old, value in before
        if _plain(old) != value
    ]


def _plain(value: Any) -> Any:
    return value.reveal() if isinstance(value, Masked) else value
