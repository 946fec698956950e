"""Notices (双向管理): sent, answered, agreed on field by field, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.canonical import sha256
from flowparty.domain.dates import PartialDate
from flowparty.domain.errors import BadValue, Conflict
from flowparty.domain.notices import (
    CODES,
    Kind,
    Notice,
    NoticeField,
    Take,
    open_field,
    receipt_code,
    require_answered,
    require_unanswered,
)
from flowparty.domain.text import clean_text
from flowparty.repository import members, movements, notices, settings
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.living import living
from flowparty.service.places import settle
from flowparty.service.recorded import Recorded
from flowparty.service.sourced import PLACE, fact, learn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flowparty.domain.members import Member
    from flowparty.domain.movements import Movement
    from flowparty.repository.registry import Registry


def send(
    registry: Registry,
    member: Member,
    kind: Kind,
    *,
    to: str | None,
    on: date,
    text: str | None,
    today: date,
    again: bool = False,
) -> Recorded[Notice]:
    """Record a letter about a member's open movement; without ``to`` it goes to its host.

    Raises:
        Conflict: the member has no open movement.
        BadValue: nobody knows the other organization, or the movement began later.
    """
    with registry.write():
        member = living(registry, member, on=today)
        movement = _open(registry, member, today)
        addressee = clean_text(to or movement.host_org or "").strip()
        if not addressee:
            raise BadValue("notice_addressee_missing", member=member.name)
        if movement.left is not None and on < movement.left.first:
            raise BadValue("move_before_leaving", on=on, left_on=movement.left_on)
        content = (kind, addressee, on.isoformat(), text)
        for known in notices.list_notices(registry, on=on, member=member.id):
            same = (known.kind, known.addressee, known.on, known.text) == content
            if same and known.withdrawn_on is None and not again:
                return Recorded(known, repeated=True)
        number = notices.add(
            registry,
            {
                "code": _code(registry, member),
                "member_id": member.id,
                "movement_id": movement.id,
                "kind": kind,
                "addressee": addressee,
                "on": on.isoformat(),
                "text": text,
            },
        )
        return Recorded(notices.get(registry, number, on=today))


def _open(registry: Registry, member: Member, today: date) -> Movement:
    movement = movements.open_of(registry, member.id, on=today)
    if movement is None:
        raise Conflict("move_none_open", member=member.name, label=member.label)
    return movement


def _code(registry: Registry, member: Member) -> str:
    """A code no letter has yet; it follows from the member, so that it tells nothing else."""
    attempt = 0
    while True:
        seed = sha256(f"{member.uuid} {attempt}".encode())
        code = receipt_code(int(seed, 16) % CODES)
        if not notices.code_used(registry, code):
            return code
        attempt += 1


def reply(
    registry: Registry,
    notice: Notice,
    theirs: Mapping[str, Any],
    *,
    on: date,
    by: str | None,
    text: str | None,
    today: date,
) -> Recorded[Notice]:
    """Record what came back. What both sides say alike is agreed; the rest waits for ``agree``.

    A fact we do not have is not a contradiction, but it is agreed on like one: nothing of the
    other side's enters the movement unseen.

    Args:
        registry: where.
        notice: the letter.
        theirs: the facts of the answer by the names of ``notices.FIELDS``; a place as typed.
        on: the day the answer came.
        by: who gave it.
        text: anything it says besides.
        today: the day of recording.

    Raises:
        Conflict: the letter was answered already or withdrawn. BadValue: before it was sent.
    """
    with registry.write():
        notice = notices.get(registry, notice.id, on=today)
        member = members.get(registry, notice.member_id, on=today)
        movement = movements.get(registry, notice.movement_id, on=today)
        said = {name: _said(registry, name, value) for name, value in theirs.items()}
        if notice.replied_on == on.isoformat():
            known = {field.field: field.theirs for field in notice.fields}
            if known == said and (notice.replied_by, notice.reply) == (by, text):
                return Recorded(notice, repeated=True)
        require_unanswered(notice, on)
        living(registry, member, on=today)
        answer = {"replied_on": on.isoformat(), "replied_by": by, "reply": text}
        notices.edit(registry, notice.id, answer)
        for name, value in said.items():
            ours = fact(movement, name)
            values: dict[str, Any] = {"field": name, "ours": ours, "theirs": value}
            if ours == value:
                values |= {"agreed": value, "agreed_on": on.isoformat()}
            notices.add_field(registry, notice.id, values)
        return Recorded(notices.get(registry, notice.id, on=today))


def _said(registry: Registry, field: str, value: Any) -> str:
    """A fact as it is kept: a place by its code, or in words where it has none."""
    if field != PLACE:
        return str(value)
    settled = settle(load_gazetteer(), value, home=settings.identity(registry).division)
    return settled.code or settled.text


def agree(
    registry: Registry,
    notice: Notice,
    fields: list[str],
    take: Take,
    *,
    on: date,
    today: date,
) -> Recorded[Notice]:
    """Agree on facts of an answer; what is taken from the other side is written to the movement.

    Args:
        registry: where.
        notice: the letter.
        fields: the facts; none named means every one still open.
        take: whose word.
        on: the day of agreeing.
        today: the day of recording.

    Raises:
        BadValue: the answer has no such fact, it came later, or the movement cannot be so.
        Conflict: nobody answered, it was agreed otherwise, or the movement has ended.
    """
    with registry.write():
        notice = notices.get(registry, notice.id, on=today)
        require_answered(notice, on)
        wanted = fields or [one.field for one in notice.fields if one.open]
        settling = [one for one in (_to_settle(notice, name, take) for name in wanted) if one]
        if take is Take.THEIRS and settling:
            _write(registry, notice, settling, on=on, today=today)
        for field in settling:
            value = field.theirs if take is Take.THEIRS else field.ours
            notices.agree(registry, field.id, value, on)
        return Recorded(notices.get(registry, notice.id, on=today), repeated=not settling)


def _to_settle(notice: Notice, name: str, take: Take) -> NoticeField | None:
    """The fact if it is still open; None if exactly this was agreed on before."""
    field = open_field(notice, name)
    value = field.theirs if take is Take.THEIRS else field.ours
    if not field.open and field.agreed != value:
        raise Conflict("notice_agreed", letter=notice.code, field=name, on=str(field.agreed_on))
    return field if field.open else None


def _write(
    registry: Registry, notice: Notice, fields: list[NoticeField], *, on: date, today: date
) -> None:
    """Put the other side's facts into the movement at once, with the letter as their source."""
    member = members.get(registry, notice.member_id, on=today)
    movement = _open(registry, member, today)
    if movement.id != notice.movement_id:
        raise Conflict("notice_movement_over", letter=notice.code, member=member.name)
    values: dict[str, Any] = {}
    for field in fields:
        values |= _values(registry, field.field, field.theirs)
    learn(registry, member, values, on=on, notice=notice.id, today=today)


def _values(registry: Registry, field: str, value: str) -> dict[str, Any]:
    if field == PLACE:
        home = settings.identity(registry).division
        settled = settle(load_gazetteer(), value, home=home)
        return {"destination_code": settled.code, "destination_text": settled.text}
    return {field: PartialDate.from_iso(value) if field == "left_on" else value}


def withdraw(registry: Registry, notice: Notice, *, on: date) -> Recorded[Notice]:
    """Take a letter back that needs no answer any more.

    Raises:
        Conflict: it was answered. BadValue: before it was sent.
    """
    with registry.write():
        notice = notices.get(registry, notice.id, on=on)
        if notice.withdrawn_on == on.isoformat():
            return Recorded(notice, repeated=True)
        require_unanswered(notice, on)
        notices.edit(registry, notice.id, {"withdrawn_on": on.isoformat()})
        return Recorded(notices.get(registry, notice.id, on=on))
