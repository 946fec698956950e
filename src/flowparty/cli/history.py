"""``flowparty history MEMBER``: who changed what, and when."""

from __future__ import annotations

from typing import Any

import typer

from flowparty.cli.noun import Noun
from flowparty.cli.options import FormatOption, LimitOption, MemberArgument
from flowparty.cli.session import session
from flowparty.clock import CHINA
from flowparty.domain.masking import mask
from flowparty.language import _
from flowparty.output.columns import Column, attribute
from flowparty.output.formats import Format, emit
from flowparty.repository.find import one_member
from flowparty.repository.history import FieldChange, HistoryLine, is_personal, of_member

app = Noun()


def history_columns() -> list[Column[HistoryLine]]:
    """What is shown of a journaled change; personal values stay masked."""
    return [
        Column("seq", _("Entry"), attribute("seq"), right=True),
        Column("at", _("When"), attribute("at"), _local),
        Column("who", _("Who"), lambda line: line.clerk or line.os_user),
        Column("command", _("Command"), attribute("command")),
        Column("entity", _("Record"), lambda line: f"{line.entity} {line.row_id}", wide=True),
        Column("changes", _("Changes"), _changes, "; ".join, fold=True),
        Column("reason", _("Reason"), attribute("reason"), fold=True),
    ]


def _local(at: str) -> str:
    from datetime import datetime

    return (datetime.fromisoformat(at) + CHINA).strftime("%Y-%m-%d %H:%M")


def _changes(line: HistoryLine) -> tuple[str, ...]:
    return tuple(_change(change, line.operation) for change in line.fields if _told(change))


def _told(change: FieldChange) -> bool:
    return change.name not in ("id", "member_id", "card_id") and (change.old, change.new) != (
        None,
        None,
    )


def _change(change: FieldChange, operation: str) -> str:
    new = _value(change.name, change.new)
    if operation == "insert":
        return f"{change.name}={new}"
    return f"{change.name}: {_value(change.name, change.old)} → {new}"


def _value(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if not is_personal(name):
        return str(value)
    kind = "id" if name.startswith("id_") else "phone" if name in _PHONES else "text"
    return mask(str(value), kind)  # type: ignore[arg-type]


_PHONES = ("mobile", "landline", "host_phone", "phone")


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
