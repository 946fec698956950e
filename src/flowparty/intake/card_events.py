"""What the words in a register of cards say of a card's life: 2026.9交回; 遗失，已补发005号."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flowparty.domain.cards import Kind
from flowparty.domain.remarks import says_ended

_AGAIN = "(?:补(?:发|办|证)|换(?:发|证|领))"
VOID, HANDED_IN, LOST = "注销|作废", "交回|收回|上交|缴回|归还", "遗失|丢失|挂失"
"""These words are the same in a remark and in a title."""
_EVENTS = (
    (Kind.REISSUE, _AGAIN),
    (Kind.VOID, VOID),
    (Kind.HAND_IN, HANDED_IN),
    (Kind.LOST, f"{LOST}|损毁"),
)
"""The last stage first: it is where the card stands."""
_CHECKS = ((Kind.REVIEW, "年审|年检"), (Kind.VERIFY, "查验|查证|验证|核验"))
_CHECKED = "|".join(words for _, words in _CHECKS)
_ANY = "|".join([*(words for _, words in _EVENTS), _CHECKED])
_NOT = re.compile(
    r"(?:未|没有?|无|待|需要?|拟)"
    rf"(?:有|曾|被|办理?|能|及时|按[时期]|发现|出现|予以|进行)*(?:{_ANY})"
)
"""It did not happen, or not yet."""
_UNDER_WAY = re.compile(
    rf"正在?(?:申请|办理|进行)*{_AGAIN}|{_AGAIN}(?:手续|程序)?正?在?(?:进行|办理)?中(?!心)"
)
"""No new card yet; why one is needed nobody can say where nothing else stands there."""
_PERHAPS_NOT = re.compile(rf"[未没无][^已后]*?(?:{_ANY})|(?:将|申请|要求|准备|应|请)(?:{_ANY})")
_LOSS_BESIDE = re.compile(
    rf"^(?!.*[原旧])(?:.*[0-9][年月日.]?[^0-9]*(?:{LOST})|.*(?:{LOST})(?:后?补办|[^0-9]*[0-9]{{4}}))"
)
"""Beside 补发 a loss of its own day, or perhaps one after which no new card is there yet."""
_MAY_MATTER = re.compile(r"[损破]坏|破损|污损|[未没待](?:领|发(?![现生]))")
"""What makes a card of little use, and is none of its events."""
_OLD_CARD = re.compile(r"^[^0-9]*[原旧](?:活动|党员)?证[^0-9]*$")
_CLAUSES = re.compile(r"[，,。；;\n]+")
_DATE = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}(?:年(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号])?)?"
    r"|[-./][0-9]{1,2}(?:[-./][0-9]{1,2}[日号]?)?|[0-9]{2}(?:[0-9]{2})?)?(?![0-9号])"
)
_DONE = re.compile(
    rf"(?:已经?|于|在)*({_DATE.pattern}(?:[、及和与]{_DATE.pattern})*)度?"
    rf"(?:已经?|进行|参加|办理|通过|完成)*({_CHECKED})(?:了|过|已|合格|通过|完成|正常|无误)*"
)
_MOST_KNOWN = 10_000
_NEW_NUMBER = re.compile(
    rf"{_AGAIN}(?:新?证|证?编?号|的|为|是|[:：(（])*([^\s原:：(（)）]*[0-9])号?"
)


@dataclass(frozen=True, slots=True)
class CardRemark:
    """The last thing that happened to a card, its date as written, and what took its place.

    ``unclear``: another word stands there, and nobody can say whether, or when, that happened.
    ``checks``: the verifications and reviews whose day is given, as written.
    """

    event: Kind | None = None
    on: str | None = None
    replaced_by: str | None = None
    unclear: bool = False
    checks: tuple[tuple[Kind, str], ...] = ()


def read_card_remark(remark: str, number: str | None) -> CardRemark:
    """Read a remark about the card of this number; another number behind 补发 took its place.

    So 遗失，已补发 is a remark on the card in force, and 遗失，已补发005号 the loss of the old one.
    """
    new = _new_number(remark)
    return _read(remark, None if new is None or names_number(new, number) else new)


@lru_cache(_MOST_KNOWN)
def _new_number(remark: str) -> str | None:
    """The number behind 补发, be it another card's or this one's."""
    clauses = [clause for clause in _clauses(remark) if not _PERHAPS_NOT.search(clause)]
    new = _NEW_NUMBER.search(_DATE.sub("", "，".join(clauses)))
    return new[1] if new else None


@lru_cache(_MOST_KNOWN)
def _read(remark: str, replaced_by: str | None) -> CardRemark:
    """What a remark says of a card whose place another has taken, or none: of many cards alike."""
    said = _clauses(remark)
    clauses = [clause for clause in said if not _PERHAPS_NOT.search(clause)]
    checks, rest = _checks(clauses)
    unclear = len(clauses) < len(said) or _leaves_open("，".join(rest))
    for event, words in _EVENTS[1:] if replaced_by else _EVENTS:
        named = [clause for clause in rest if re.search(words, clause)]
        if named:
            more = event is Kind.REISSUE and any(map(_LOSS_BESIDE.search, rest))
            return CardRemark(event, _day_of(named, rest), replaced_by, unclear or more, checks)
    unclear = unclear or _UNDER_WAY.search(remark) is not None
    return CardRemark(replaced_by=replaced_by, unclear=unclear, checks=checks)


def _clauses(remark: str) -> list[str]:
    """The clauses of a remark without what did not happen, or is under way."""
    return [_NOT.sub("", clause) for clause in _CLAUSES.split(_UNDER_WAY.sub("", remark))]


def _checks(clauses: list[str]) -> tuple[tuple[tuple[Kind, str], ...], list[str]]:
    """The checks that clauses tell with their days, and the clauses that tell something else."""
    found = {clause: done for clause in clauses if (done := _DONE.fullmatch(clause.strip()))}
    checks = [
        (kind, day)
        for done in found.values()
        for kind, words in _CHECKS
        if re.fullmatch(words, done[2])
        for day in _DATE.findall(done[1])
    ]
    return tuple(checks), [clause for clause in clauses if clause not in found]


def _leaves_open(said: str) -> bool:
    """Whether a check has no day, a card was both replaced and made void, or more may be told."""
    both = all(re.search(dict(_EVENTS)[kind], said) for kind in (Kind.REISSUE, Kind.VOID))
    more = re.search(_CHECKED, said) or _MAY_MATTER.search(said)
    return both or more is not None or says_ended(said)


def read_loss(remark: str, number: str) -> CardRemark | None:
    """What a remark on another card says of the loss of this one: 原证001遗失, 旧证遗失."""
    figures = re.search(r"[0-9]+$", number)
    names = {number, figures[0] if figures else number}
    ours = re.compile("|".join(rf"(?<![0-9]){re.escape(name)}(?![0-9])" for name in names))
    told = [
        ours.sub("", clause)
        for clause in (_NOT.sub("", clause) for clause in _CLAUSES.split(remark))
        if re.search(dict(_EVENTS)[Kind.LOST], clause)
        and not _PERHAPS_NOT.search(clause)
        and (ours.search(clause) or _OLD_CARD.search(_DATE.sub("", clause)))
    ]
    return CardRemark(Kind.LOST, _day_of(told, [])) if told else None


def names_number(said: str, number: str | None) -> bool:
    """Whether words name this number: whole, or its figures alone (0000005 of 黔西南0000005)."""
    figures = re.search(r"[0-9]+$", number or "")
    return said == number or (figures is not None and figures[0] == said)


def _day_of(named: list[str], clauses: list[str]) -> str | None:
    """The one date in the clauses that name the event, else the one that is a clause by itself."""
    alone = [clause for clause in clauses if _DATE.fullmatch(clause.strip())]
    for where in (named, alone):
        found = [date for clause in where for date in _DATE.findall(clause)]
        if found:
            return str(found[0]) if len(found) == 1 else None
    return None
