"""How packages, their differences and conflicts show on the screen."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from flowparty.cli.field_words import coded, coded_word
from flowparty.cli.session import say, wrote
from flowparty.domain.masking import mask_column
from flowparty.domain.text import visible
from flowparty.errors import explain
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format
from flowparty.words import place_word, term

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.domain.errors import Problem
    from flowparty.repository.conflicts import MergeConflict
    from flowparty.repository.reconcile import TwoSides
    from flowparty.service.merging import Difference
    from flowparty.service.receiving import Arrived
    from flowparty.service.report_status import UnitStatus


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: it arrived, or a problem; and of its receipt."""

    path: Path
    arrived: Arrived | None
    problem: Problem | None = None
    receipt: Path | None = None
    unwritten: Problem | None = None

    def fact(self, name: str) -> Any:
        """One fact of what arrived; nothing of what was refused."""
        return None if self.arrived is None else getattr(self.arrived, name)


def tell(problem: Problem, path: Path, fmt: Format = Format.TABLE) -> int:
    """Say on standard error what is wrong with one of several files; returns its exit code.

    What the others brought was written all the same, and it says so.
    """
    recorded = wrote.get()
    problem.written = problem.written if recorded is False else recorded
    problem.params.setdefault("file", path.name)
    explanation = explain(problem)
    if fmt is Format.JSON:
        say(json.dumps(explanation.as_json(), ensure_ascii=False))
    else:
        say("\n".join([f"{visible(path.name)}:", *explanation.lines()]))
    return explanation.exit


def say_given_up(result: Result) -> None:
    """Say what is given up for a file that a registry set back has made."""
    fork = result.fact("fork")
    if fork is not None:
        line = _(
            "{sender}: what came from number {seq} on is given up"
            " (its journal's entry {entry}, {head})."
        )
        sender, head = result.fact("sender"), fork.journal_head
        say(line.format(sender=sender, seq=fork.seq, entry=fork.journal_seq, head=head))


def arrival_columns() -> list[Column[Result]]:
    """What is shown of a file that came."""
    return [
        Column("file", _("File"), lambda r: r.path.name, fold=True),
        Column("outcome", _("Outcome"), _outcome, term("arrival")),
        Column("problem", _("Problem"), lambda r: r.problem and r.problem.code, table=False),
        Column("message", _("Problem"), lambda r: r.problem and explain(r.problem).message,
               fold=True),
        Column("sender", _("Sent by"), lambda r: r.fact("sender"), fold=True),
        Column("period", _("Month"), lambda r: r.fact("period")),
        Column("revision", _("Revision"), lambda r: r.fact("revision"), right=True, wide=True),
        Column("seq", _("Number"), lambda r: r.fact("seq"), right=True),
        Column("members", _("People"), lambda r: r.fact("members"), right=True),
        Column("missing", _("Missing"), lambda r: r.fact("missing"), " ".join, wide=True),
        Column("given_up", _("Given up"), _given_up, table=False),
        Column("conflicts", _("Conflicts"), lambda r: r.fact("conflicts"), right=True),
        Column("differences", _("Changes"), _differences, table=False),
        Column("receipt", _("Receipt"), lambda r: r.receipt and str(r.receipt), table=False),
    ]  # fmt: skip


def _outcome(result: Result) -> str:
    return "refused" if result.arrived is None else result.arrived.outcome


def _given_up(result: Result) -> dict[str, Any] | None:
    fork = result.fact("fork")
    return None if fork is None else asdict(fork)


def _differences(result: Result) -> list[dict[str, Any]]:
    found = () if result.arrived is None else result.arrived.differences
    return [{"member": d.member, "change": d.change, "fields": [*d.fields]} for d in found]


def difference_columns() -> list[Column[tuple[Result, Difference]]]:
    """What is shown of one person whom a package changes."""
    return [
        Column("sender", _("Sent by"), lambda pair: pair[0].fact("sender"), fold=True),
        Column("member", _("Name"), lambda pair: pair[1].member),
        Column("change", _("Change"), lambda pair: pair[1].change, term("merge_change")),
        Column("fields", _("Fields"), lambda pair: pair[1].fields, _fields, fold=True),
    ]


def _fields(names: tuple[str, ...]) -> str:
    return "、".join(term("entity")(term("field")(name)) for name in names)


def status_columns() -> list[Column[UnitStatus]]:
    """What is shown of an office below in one month."""
    return [
        Column("division", _("Code"), attribute("division"), wide=True),
        Column("name", _("Office"), attribute("name"), fold=True),
        Column("state", _("State"), attribute("state"), term("report_state")),
        Column("due", _("Due"), lambda unit: unit.due.isoformat(), wide=True),
        Column("on", _("Received"), attribute("on")),
        Column("again_on", _("Sent again"), attribute("again_on")),
        Column("seq", _("Number"), attribute("seq"), right=True, wide=True),
        Column("revision", _("Revision"), attribute("revision"), right=True, wide=True),
        Column("packages", _("Packages"), attribute("packages"), right=True, table=False),
        Column("members", _("People"), attribute("members"), right=True),
        *_counted(0, "away", _("Away")),
        *_counted(1, "due_card", _("Card due")),
        *_counted(2, "held", _("Held")),
        Column("gap", _("Gap"), attribute("gap"), fold=True),
        Column("fork", _("Set back"), attribute("fork"),
               lambda seq: _("from number {seq} on").format(seq=seq), wide=True, fold=True),
        Column("closed_without", _("Our close"), attribute("closed_without"),
               lambda without: _("without it") if without else ""),
        Column("key_revoked", _("Key"), attribute("key_revoked"),
               lambda on: _("revoked on {on}").format(on=on), fold=True),
    ]  # fmt: skip


def _counted(at: int, key: str, heading: str) -> list[Column[UnitStatus]]:
    return [
        Column(key, heading, lambda unit: unit.counts[at], right=True),
        Column(f"{key}_change", "±", lambda unit: unit.changes[at],
               lambda n: f"{n:+d}" if n else "", right=True),
    ]  # fmt: skip


def side_columns() -> list[Column[TwoSides]]:
    """What is shown of a movement that has its home and its host here."""
    return [
        Column("member", _("Name"), attribute("member")),
        Column("known_by", _("Known by"), attribute("known_by"), term("known_by")),
        Column("home_id", _("Member"), attribute("home_id"), lambda n: f"M{n}"),
        Column("home", _("Home"), lambda s: s.home or place_word(s.home_code, None), fold=True),
        Column("left_on", _("Left"), attribute("left_on")),
        Column("guest_id", _("Guest"), attribute("guest_id"), lambda n: f"M{n}"),
        Column("host", _("Host"), attribute("host"), fold=True),
        Column("came_on", _("Came"), attribute("came_on")),
        Column("host_named", _("Host as named"), attribute("host_named"), fold=True, wide=True),
        Column("home_named", _("Home as named"), attribute("home_named"), fold=True, wide=True),
    ]


def conflict_columns(*, settled: bool = False) -> list[Column[MergeConflict]]:
    """What is shown of a conflict; identity numbers and phones stay masked.

    Beside ``settled`` ones what was kept stands on a narrow terminal too.
    """
    return [
        Column("label", _("Record"), attribute("label")),
        Column("kind", _("Conflict"), attribute("kind"), term("conflict_kind")),
        Column("member", _("Name"), attribute("member")),
        Column("entity", _("Table"), attribute("entity"), term("entity")),
        Column("field", _("Field"), attribute("field"), term("field")),
        Column("ours", _("Ours"), lambda c: _side(c, c.ours, c.row_id), coded_word, fold=True),
        Column(
            "theirs", _("Theirs"), lambda c: _side(c, c.theirs, c.other_id), coded_word, fold=True
        ),
        Column("on", _("Since"), attribute("on")),
        Column("settled_on", _("Settled"), attribute("settled_on"), wide=not settled),
        Column("kept", _("Kept"), attribute("kept"), term("conflict_kept"), wide=not settled),
        Column("by", _("By"), attribute("by"), wide=True),
    ]


_LETTER = {"person": "M", "card": "C"}


def _side(conflict: MergeConflict, value: Any, row: int | None) -> str | None:
    if conflict.kind == "record":
        return None if value is None else _record(conflict.entity, value)
    if conflict.kind != "field":
        branch = conflict.branch if row == conflict.row_id else conflict.other_branch
        name = value["name"] if value else ""
        return " ".join(filter(None, [f"{_LETTER[conflict.kind]}{row}", name, branch]))
    if value is None:
        return None
    field = str(conflict.field)
    return coded(field, str(mask_column(field, value, conflict.entity)), conflict.entity)


_TOLD = {
    "member_state": (("attribute", "attribute"), ("since", None)),
    "movement": (("left_on", None), ("destination_text", None)),
    "card": (("number", None),),
    "card_event": (("kind", "card_event"), ("on", None)),
}
"""What tells a record among its like, and the table of the words for it; nothing personal."""


def _record(entity: str, values: dict[str, Any]) -> str:
    said = [
        term(table)(values[name]) if table else values[name]
        for name, table in _TOLD[entity]
        if values[name]
    ]
    return " ".join(said)
