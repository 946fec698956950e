"""What a remark in a register of cards says of the card's life: 2026.9交回; 遗失，已补发005号."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flowparty.domain.cards import Kind

_EVENTS = (
    (Kind.REISSUE, "补(?:发|办|证)"),
    (Kind.VOID, "注销|作废"),
    (Kind.HAND_IN, "交回|收回|上交|缴回|归还"),
    (Kind.LOST, "遗失|丢失|挂失|损毁"),
)
"""The last stage first: it is where the card stands."""
_ANY = "|".join(words for _, words in _EVENTS)
_NOT = re.compile(
    r"(?:未|没有?|无|待|需要?|拟)"
    rf"(?:有|曾|被|办理?|能|及时|按[时期]|发现|出现|予以|进行)*(?:{_ANY})"
)
"""It did not happen, or not yet."""
_UNDER_WAY = re.compile(
    r"正在?(?:申请|办理|进行)*补(?:发|办|证)|补(?:发|办|证)(?:手续|程序)?正?在?(?:进行|办理)?中(?!心)"
)
"""No new card yet; why one is needed nobody can say where nothing else stands there."""
_PERHAPS_NOT = re.compile(rf"[未没无][^已后]*?(?:{_ANY})|(?:将|申请|要求|准备|应|请)(?:{_ANY})")
_CLAUSES = re.compile(r"[，,。；;\n]+")
_DATE = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}(?:年(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号])?)?"
    r"|[-./][0-9]{1,2}(?:[-./][0-9]{1,2}[日号]?)?|[0-9]{2}(?:[0-9]{2})?)?(?![0-9号])"
)
_NEW_NUMBER = re.compile(
    r"补(?:发|办|证)(?:新?证|证?编?号|的|为|是|[:：(（])*([^\s原:：(（)）]*[0-9])号?"
)


@dataclass(frozen=True, slots=True)
class CardRemark:
    """The last thing that happened to a card, its date as written, and what took its place.

    ``unclear``: another word stands there, and nobody can say whether that happened.
    """

    event: Kind | None = None
    on: str | None = None
    replaced_by: str | None = None
    unclear: bool = False


def read_card_remark(remark: str, number: str | None) -> CardRemark:
    """Read a remark about the card of this number; another number behind 补发 took its place.

    So 遗失，已补发 is a remark on the card in force, and 遗失，已补发005号 the loss of the old one.
    """
    settled = _UNDER_WAY.sub("", remark)
    said = [_NOT.sub("", clause) for clause in _CLAUSES.split(settled)]
    clauses = [clause for clause in said if not _PERHAPS_NOT.search(clause)]
    unclear = len(clauses) < len(said)
    new = _NEW_NUMBER.search(_DATE.sub("", "，".join(clauses)))
    replaced_by = new[1] if new and not names_number(new[1], number) else None
    for event, words in _EVENTS[1:] if replaced_by else _EVENTS:
        named = [clause for clause in clauses if re.search(words, clause)]
        if named:
            return CardRemark(event, _day_of(named, clauses), replaced_by, unclear)
    return CardRemark(replaced_by=replaced_by, unclear=unclear or settled != remark)


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
