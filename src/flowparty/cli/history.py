"""``flowparty history MEMBER``: who changed what, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import typer

from flowparty.cli.field_words import word
from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption, LimitOption, MemberArgument
from flowparty.cli.session import session
from flowparty.clock import CHINA
from flowparty.domain.masking import mask_column
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit
from flowparty.repository.find import one_member
from flowparty.repository.history import HistoryLine, of_member
from flowparty.words import term

app = Noun()


def history_columns() -> list[Column[HistoryLine]]:
    """What is shown of a journaled change; personal values stay masked."""
    return [
        Column("seq", _("Entry"), attribute("seq"), right=True),
        Column("at", _("When"), attribute("at"), _local),
        Column("who", _("Who"), lambda line: line.sender or line.clerk or line.os_user),
        Column("command", _("Command"), attribute("command")),
        Column("entity", _("Record"), attribute("entity"), term("entity"), wide=True),
        Column("row", _("No."), attribute("row_id"), table=False),
        Column("changes", _("Changes"), _changes, _in_words, fold=True),
        Column("reason", _("Reason"), attribute("reason"), fold=True, wide=True),
    ]


def _local(at: str) -> str:
    return (datetime.fromisoformat(at) + CHINA).strftime("%Y-%m-%d %H:%M")


def _changes(line: HistoryLine) -> tuple[dict[str, Any], ...]:
    """For programs: ``member.mobile`` with its old and new value, personal ones masked."""
    return tuple(
        {
            "field": f"{line.entity}.{change.name}",
            "old": mask_column(change.name, change.old, line.entity),
            "new": mask_column(change.name, change.new, line.entity),
        }
        for change in line.fields
        if change.name not in _NUMBERS and (change.old, change.new) != (None, None)
    )


_NUMBERS = (
    "id", "member_id", "card_id", "round_id", "person_id", "sheet_id", "grant_id", "need_id",
    "notice_id", "holding_id", "project_id",
)  # fmt: skip


def _in_words(changes: tuple[dict[str, Any], ...]) -> str:
    return "; ".join(map(_change, changes))


def _change(change: dict[str, Any]) -> str:
    entity, _dot, field = change["field"].partition(".")
    name = term("field")(field)
    new = word(entity, field, change["new"])
    if change["old"] is None:
        return f"{name} {new}"
    return f"{name} {word(entity, field, change['old'])} → {new}"


@app.command()
def history(
    ctx: typer.Context,
    member: MemberArgument,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show who changed what about a member, and when; the latest last."""
    with session(ctx) as at:
        found = one_member(at.registry, member, on=at.today)
        lines = of_member(at.registry, found.id)
    emit(lines[-limit:] if limit else lines, history_columns(), fmt)
