"""How the monthly report shows on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.cli.field_words import Coded, coded
from flowparty.domain.corrections import span
from flowparty.domain.dates import china_day
from flowparty.domain.findings import Finding
from flowparty.domain.ledger import Away, EventFact
from flowparty.domain.masking import mask_column
from flowparty.language import N_, _
from flowparty.messages.findings import FINDINGS
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import plain
from flowparty.words import place_word, term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowparty.domain.balance import Person
    from flowparty.domain.cells import NamedCell
    from flowparty.domain.closing import ClosedMonth
    from flowparty.domain.corrections import Correction, Value
    from flowparty.domain.ids import OrgId
    from flowparty.service.balance import Difference

PARTS = {
    "opening": N_("away at the month before"),
    "went_away": N_("+ went away"),
    "transferred_in": N_("+ from another branch"),
    "corrected_in": N_("+ corrected: was away already"),
    "came_back": N_("− came back, or withdrawn"),
    "transferred_out": N_("− to another branch"),
    "ended": N_("− membership ended"),
    "corrected_out": N_("− corrected: was not away"),
    "closing": N_("= away at this month"),
}


def closed_columns() -> list[Column[ClosedMonth]]:
    """What is shown of a close."""
    return [
        Column("period", _("Month"), lambda m: str(m.period)),
        Column("revision", _("Revision"), attribute("revision"), right=True),
        Column("since", _("Facts from"), lambda m: m.since.isoformat()),
        Column("cutoff", _("Cut-off"), lambda m: m.cutoff.isoformat()),
        Column("closed_on", _("Closed on"), lambda m: m.closed_on.isoformat()),
        Column("by", _("By"), attribute("by")),
        Column("journal_seq", _("Journal"), attribute("journal_seq"), right=True, wide=True),
        Column("journal_head", _("Head"), attribute("journal_head"), lambda h: h[:20], table=False),
        Column("digest", _("Digest"), attribute("digest"), lambda d: d[:20], wide=True),
        Column("reopened_on", _("Reopened"),
               lambda m: None if m.reopened_on is None else m.reopened_on.isoformat()),
        Column("reopen_note", _("Why"), attribute("reopen_note"), fold=True),
    ]  # fmt: skip


def finding_columns() -> list[Column[Finding]]:
    """What is shown of something that does not add up."""
    return [
        Column("code", _("Finding"), attribute("code"), table=False),
        Column("cell", _("Cell"), attribute("where")),
        Column("meaning", _("Finding"), attribute("code"), lambda code: _(FINDINGS[code]),
               fold=True),
        Column("people", _("Names"), attribute("people"), "、".join, fold=True),
    ]  # fmt: skip


def cell_columns() -> list[Column[NamedCell]]:
    """What is shown of a named figure."""
    return [
        Column("name", _("Cell"), attribute("name")),
        Column("form", _("Form"), attribute("form"), wide=True),
        Column("title", _("Title"), attribute("title"), fold=True),
        Column("definition", _("Meaning"), attribute("definition"), fold=True),
    ]


def behind_columns(
    cell: NamedCell, branches: Mapping[OrgId | None, str]
) -> list[Column[Away | EventFact]]:
    """What is shown of somebody behind a figure: of one away how, of a card event when."""
    who: list[Column[Any]] = [
        Column("member_number", _("No."), lambda p: f"M{p.member_id}"),
        Column("name", _("Name"), attribute("name")),
    ]
    if cell.kind is not None:
        return [
            *who,
            Column("branch", _("Branch"), lambda event: branches.get(event.branch_id)),
            Column("kind", _("Kind"), attribute("kind"), term("card_event")),
            Column("on", _("Day"), attribute("on")),
        ]
    return [
        *who,
        Column("branch", _("Branch"), attribute("branch")),
        Column("left_on", _("Left"), lambda p: None if p.left is None else str(p.left)),
        Column("destination", _("Place"),
               lambda p: place_word(p.destination_code, p.destination_text), fold=True),
        Column("card_number", _("Card"), attribute("card_number"), wide=True),
        Column("card_state", _("Card state"), attribute("card_state"), term("card_state")),
    ]  # fmt: skip


def part_columns() -> list[Column[tuple[str, tuple[Person, ...]]]]:
    """What is shown of one way between two months; the people of both ends by number only."""
    return [
        Column("part", _("Part"), lambda part: part[0], lambda part: _(PARTS[part])),
        Column("count", _("Count"), lambda part: len(part[1]), right=True),
        Column("people", _("Names"), _names, fold=True),
    ]


def _names(part: tuple[str, tuple[Person, ...]]) -> str:
    """Names of those who changed; both ends are lists of their own (``ledger show --people``)."""
    if part[0] in ("opening", "closing"):
        return ""
    return "、".join(f"M{person.member_id} {person.name}" for person in part[1])


def difference_json(found: Difference) -> dict[str, Any]:
    """A comparison as one object: both months, everybody of every part, the corrections."""
    parts = {
        name: [{"member_number": f"M{p.member_id}", "name": p.name, "branch": p.branch}
               for p in people]
        for name, people in found.balance.parts()
    }  # fmt: skip
    corrections = [plain(one, correction_columns()) for one in found.corrections]
    return {
        "period": str(found.after.period),
        "against": str(found.before.period),
        **parts,
        "corrections": corrections,
    }


VALUES = {"sex": "sex", "reason": "move_reason", "card_state": "card_state"}


def correction_columns() -> list[Column[Correction]]:
    """What is shown of a correction: the fact, what was reported, what it is now, who and why."""
    return [
        Column("member_number", _("No."), lambda c: f"M{c.member_id}"),
        Column("name", _("Name"), attribute("name")),
        Column("branch", _("Branch"), attribute("branch"), table=False),
        Column("field", _("Fact"), attribute("field"), _field),
        Column("months", _("Month"), attribute("months"), span),
        Column("reported", _("Reported"), lambda c: _shown(c.field, c.reported), _value, fold=True),
        Column("now", _("Now"), lambda c: _shown(c.field, c.now), _value, fold=True),
        Column("at", _("When"), attribute("at"), china_day),
        Column("by", _("By"), attribute("by")),
        Column("command", _("Command"), attribute("command"), wide=True),
        Column("why", _("Why"), attribute("why"), fold=True),
    ]


def _shown(field: str, value: Value) -> Coded | None:
    """A value as a list shows it: a code as it is, words without numbers."""
    text = None if value is None else str(value)
    if text is not None and not text.isdigit():
        text = mask_column("destination_text" if field == "destination_code" else field, text)
    return coded(field, text)


def _field(field: str) -> str:
    event = term("card_event")(field)
    return event if event != field else term("correction")(field)


def _value(value: Coded) -> str:
    field = value.field
    if field == "destination_code":
        return place_word(value, value) or ""
    if field in VALUES:
        return term(VALUES[field])(value)
    return term("fixed_place")(value) if value in ("yes", "no", "unknown") else value
