"""What is shown of a member, and the price of seeing it unmasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.canonical import sha256
from flowparty.domain.errors import UsageProblem
from flowparty.language import _
from flowparty.output.columns import Column, attribute, revealed
from flowparty.repository import settings
from flowparty.words import term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flowparty.domain.members import Member
    from flowparty.repository.registry import Registry


def member_columns(
    *, unmask: bool = False, one: bool = False, phone: bool = False
) -> list[Column[Member]]:
    """The columns of members.

    Args:
        unmask: show personal values in full; the caller has journaled why.
        one: a single person: every fact there is.
        phone: the phone in full: one person's, at a terminal.
    """
    full = revealed if unmask else attribute
    call = revealed if phone else full
    return [
        Column("number", _("No."), lambda member: member.label),
        Column("name", _("Name"), attribute("name")),
        Column("sex", _("Sex"), attribute("sex"), term("sex")),
        Column("id_number", _("ID number"), full("id_number"), wide=not one and not unmask),
        Column("birth_date", _("Born"), attribute("birth_date"), table=one),
        Column("ethnicity", _("Ethnicity"), attribute("ethnicity"), table=one),
        Column("education", _("Education"), attribute("education"), table=one),
        Column("branch", _("Branch"), attribute("branch")),
        Column("group", _("Group"), attribute("group"), table=one),
        Column("category", _("Category"), attribute("category"), term("category")),
        Column("standing", _("Standing"), attribute("standing"), term("standing"), table=one),
        Column("joined_on", _("Joined"), attribute("joined_on"), table=one),
        Column("full_member_on", _("Full since"), attribute("full_member_on"), table=one),
        Column("post", _("Post"), attribute("post"), table=one),
        Column("mobile", _("Phone"), call("mobile")),
        Column("landline", _("Landline"), call("landline"), table=one),
        Column("address", _("Address"), full("address"), table=unmask, fold=True),
        Column("guest", _("Guest"), attribute("guest"), _yes, table=one),
        Column("lost_reported", _("Reported lost"), attribute("lost_reported"), _yes, table=one),
        Column("lost_since", _("Lost since"), attribute("lost_since"), table=one),
        Column("remark", _("Remark"), full_text(unmask=unmask or one), table=one, fold=True),
        Column("again_on", _("Ours since"), attribute("again_on"), table=one),
        Column("ended_on", _("Ended"), attribute("ended_on"), table=one),
        Column("end_reason", _("Ended as"), attribute("end_reason"), term("end_reason"), table=one),
    ]


def full_text(*, unmask: bool) -> Callable[[Any], Any]:
    """A remark is free text: it may hold anything, so lists do not show it."""
    return lambda member: member.remark if unmask or not member.remark else "***"


def _yes(value: object) -> str:
    return _("yes") if value else _("no")


def shown_unmasked(registry: Registry, members: Sequence[Member], reason: str) -> None:
    """Journal that these people's data is about to be shown in full, and why.

    Raises:
        UsageProblem: no reason was given.
    """
    if not reason.strip():
        raise UsageProblem("unmask_needs_reason")
    people = ",".join(member.label for member in members)
    digest = sha256(people.encode())
    with registry.write(reason):
        office = settings.identity(registry).name
        registry.disclose("screen", org=office, rows=len(members), digest=digest)
