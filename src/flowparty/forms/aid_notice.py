"""《帮扶救助公示》: who was helped with how much; no identity number, phone, illness, reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain.money import yuan
from flowparty.forms.fill import fill
from flowparty.forms.returns import chinese_day, dotted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flowparty.domain.aid import Grant
    from flowparty.domain.blanks import Blank
    from flowparty.domain.codes import CodeTable
    from flowparty.domain.period import Period
    from flowparty.forms.blank import Value


def write(
    out: BinaryIO,
    blank: Blank,
    grants: Sequence[Grant],
    *,
    unit: str,
    period: Period,
    on: date,
    tables: Mapping[str, CodeTable],
) -> None:
    """Fill the notice into ``out``; only these fields of an allocation are ever on it."""
    values: dict[str, Value] = {
        "unit": unit,
        "period": f"{period.year}年{period.month}月",
        "filled_on": chinese_day(on),
        "total_people": len({grant.member_id for grant in grants}),
        "total_amount": yuan(sum(grant.amount_fen for grant in grants)),
    }
    rows = (_row(number, grant, tables) for number, grant in enumerate(grants, start=1))
    fill(blank, out, values, rows, grow=True)


def _row(number: int, grant: Grant, tables: Mapping[str, CodeTable]) -> dict[str, Value]:
    return {
        "row.serial": number,
        "row.name": grant.member,
        "row.branch": grant.branch,
        "row.purpose": tables["aid_purpose"].zh(grant.purpose),
        "row.kind": tables["aid_kind"].zh(grant.kind),
        "row.provider": grant.provider,
        "row.on": dotted(grant.on),
        "row.amount": yuan(grant.amount_fen) if grant.amount_fen else None,
    }
