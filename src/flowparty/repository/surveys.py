"""Survey rounds: what is asked, and the sheets that answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.errors import NotFound
from flowparty.domain.ids import ChoiceId, RoundId, SectionId, SheetId
from flowparty.domain.surveys import Answer, Round, Section, Sheet

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import date

    from flowparty.domain.ids import MemberId, PersonId
    from flowparty.repository.registry import Registry

_ROUND = "SELECT id, name, since, closed_on FROM survey_round"


def add(registry: Registry, name: str, since: date) -> RoundId:
    """Record a new round.

    Raises:
        Conflict: another round has the name.
    """
    values = {"name": name, "since": since.isoformat()}
    return RoundId(registry.insert("survey_round", values))


def add_section(
    registry: Registry, the_round: RoundId, position: int, name: str, choices: Sequence[str]
) -> None:
    """Record a section of a round with its usual answers."""
    section = SectionId(
        registry.insert(
            "survey_section", {"round_id": the_round, "position": position, "name": name}
        )
    )
    for text in choices:
        add_choice(registry, section, text)


def add_choice(registry: Registry, section: SectionId, text: str) -> None:
    """Add a usual answer to a section."""
    registry.insert("survey_choice", {"section_id": section, "text": text})


def drop_choice(registry: Registry, choice: ChoiceId) -> None:
    """Take back a usual answer that nobody has given."""
    registry.delete("survey_choice", choice)


def choice_used(registry: Registry, choice: ChoiceId) -> bool:
    """Whether a sheet gave this answer."""
    found = registry.row("SELECT 1 FROM survey_answer WHERE choice_id = :id LIMIT 1", id=choice)
    return found is not None


def close(registry: Registry, the_round: RoundId, on: date) -> None:
    """Close a round on a day."""
    registry.update("survey_round", the_round, {"closed_on": on.isoformat()})


def get(registry: Registry, the_round: RoundId) -> Round:
    """One round by number."""
    row = registry.row(f"{_ROUND} WHERE id = :id", id=the_round)
    if row is None:
        raise NotFound("survey_not_found", value=f"R{the_round}")
    return Round(**dict(row))


def list_rounds(registry: Registry) -> list[Round]:
    """All rounds, newest first."""
    return [Round(**dict(row)) for row in registry.rows(f"{_ROUND} ORDER BY since DESC, id DESC")]


def find(registry: Registry, text: str | None) -> Round:
    """The round that ``text`` names: its name, part of it, or ``R2``; None: the latest one.

    Raises:
        NotFound: no such round, or several.
    """
    rounds = list_rounds(registry)
    if text is None:
        if not rounds:
            raise NotFound("survey_none")
        return rounds[0]
    wanted = text.strip()
    whole = [r for r in rounds if wanted in (r.name, f"R{r.id}", f"r{r.id}")]
    for found in (whole, [r for r in rounds if wanted in r.name]):
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound("survey_ambiguous", value=wanted, candidates=[r.name for r in found])
    raise NotFound("survey_not_found", value=wanted)


def sections(registry: Registry, the_round: RoundId) -> list[Section]:
    """The sections of a round in order, as they were asked."""
    rows = registry.rows(
        "SELECT s.id, s.position, s.name, c.id AS choice_id, c.text FROM survey_section s"
        " LEFT JOIN survey_choice c ON c.section_id = s.id"
        " WHERE s.round_id = :round ORDER BY s.position, c.id",
        round=the_round,
    )
    found: dict[int, list[sqlite3.Row]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row)
    return [
        Section(
            SectionId(number),
            listed[0]["position"],
            listed[0]["name"],
            tuple((ChoiceId(r["choice_id"]), r["text"]) for r in listed if r["choice_id"]),
        )
        for number, listed in found.items()
    ]


def usual_answers(registry: Registry, section: str) -> list[str] | None:
    """The usual answers of the latest round that had a section of this name; None if none had."""
    row = registry.row(
        "SELECT s.id FROM survey_section s JOIN survey_round r ON r.id = s.round_id"
        " WHERE s.name = :name ORDER BY r.since DESC, r.id DESC LIMIT 1",
        name=section,
    )
    if row is None:
        return None
    rows = registry.rows(
        "SELECT text FROM survey_choice WHERE section_id = :id ORDER BY id", id=row["id"]
    )
    return [choice["text"] for choice in rows]


def add_sheet(
    registry: Registry,
    person: PersonId,
    *,
    on: date,
    mode: str | None,
    outcome: str,
    attempts: int,
    interviewer: str | None,
    answers: Sequence[tuple[SectionId, ChoiceId | None, str | None]],
) -> SheetId:
    """Record a sheet with its answers; a person's latest sheet is the one that counts."""
    sheet = SheetId(
        registry.insert(
            "survey_sheet",
            {
                "person_id": person,
                "on": on.isoformat(),
                "mode": mode,
                "outcome": outcome,
                "attempts": attempts,
                "interviewer": interviewer,
            },
        )
    )
    for section, choice, text in answers:
        registry.insert(
            "survey_answer",
            {"sheet_id": sheet, "section_id": section, "choice_id": choice, "text": text},
        )
    return sheet


def sheets_of(registry: Registry, the_round: RoundId, member: MemberId) -> list[Sheet]:
    """Every sheet of one person in a round, oldest first."""
    rows = registry.rows(
        'SELECT s.id, p.member_id, m.name AS member, s."on", s.mode, s.outcome, s.attempts,'
        " s.interviewer FROM survey_sheet s JOIN survey_person p ON p.id = s.person_id"
        " JOIN member m ON m.id = p.member_id"
        " WHERE p.round_id = :round AND p.member_id = :member ORDER BY s.id",
        round=the_round,
        member=member,
    )
    return [Sheet(**dict(row), answers=_answers(registry, row["id"])) for row in rows]


def _answers(registry: Registry, sheet: SheetId) -> tuple[Answer, ...]:
    rows = registry.rows(
        "SELECT s.name AS section, c.text AS choice, a.text FROM survey_answer a"
        " JOIN survey_section s ON s.id = a.section_id"
        " LEFT JOIN survey_choice c ON c.id = a.choice_id"
        " WHERE a.sheet_id = :sheet ORDER BY s.position, a.id",
        sheet=sheet,
    )
    return tuple(Answer(**dict(row)) for row in rows)


_LATEST = """SELECT max(s.id) FROM survey_sheet s JOIN survey_person p ON p.id = s.person_id
    WHERE p.round_id = :round AND p.dropped_on IS NULL GROUP BY s.person_id"""


def answer_counts(registry: Registry, the_round: RoundId) -> dict[tuple[str, str | None], int]:
    """How many latest sheets gave each usual answer: (section, answer) → people.

    Free text is counted under (section, None).
    """
    rows = registry.rows(
        "SELECT s.name AS section, c.text AS choice, count(DISTINCT a.sheet_id) AS people"
        " FROM survey_answer a JOIN survey_section s ON s.id = a.section_id"
        " LEFT JOIN survey_choice c ON c.id = a.choice_id"
        f" WHERE a.sheet_id IN ({_LATEST}) GROUP BY s.position, s.name, c.id"
        " ORDER BY s.position, c.id",
        round=the_round,
    )
    return {(row["section"], row["choice"]): row["people"] for row in rows}
