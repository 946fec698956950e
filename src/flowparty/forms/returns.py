"""The returns of the 28th as workbooks: 《流动党员台账》, 《流动党员持〈活动证〉情况统计表》."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain.cells import LEDGER_FORM, STATISTICS_FORM
from flowparty.domain.closing import ERASED
from flowparty.domain.ledger import LACKING
from flowparty.domain.masking import Masked
from flowparty.forms.blank import placeholders
from flowparty.forms.fill import fill
from flowparty.forms.text import personal, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flowparty.domain.blanks import Blank
    from flowparty.domain.closing import ClosedMonth
    from flowparty.domain.codes import CodeTable
    from flowparty.domain.ledger import Away, BranchRow
    from flowparty.domain.period import Period
    from flowparty.domain.places import Gazetteer
    from flowparty.forms.blank import Value
    from flowparty.forms.notes import Notes


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the rows of a return."""

    unit: str
    period: Period
    filled_on: date
    prepared_by: str | None
    secretary: str | None
    provisional: bool
    threshold_months: int
    revision: int = 1
    seal: str = ""
    missing: Sequence[str] = ()

    def values(self, total: int) -> dict[str, Value]:
        """The placeholders that every return has."""
        return {
            "mark": self._mark,
            "unit": self.unit,
            "period": f"{self.period.year}年{self.period.month}月",
            "filled_on": chinese_day(self.filled_on),
            "threshold": str(self.threshold_months),
            "total": total,
            "prepared_by": self.prepared_by or "",
            "reviewed_by": "",
            "secretary": self.secretary or "",
        }

    @property
    def _mark(self) -> str:
        """What follows the title: 预报 before the close, a later revision, who is not in it."""
        if self.provisional:
            return "（预报）"
        revision = f"（第{self.revision}版）" if self.revision > 1 else ""
        return revision + self._lacking

    @property
    def _lacking(self) -> str:
        """The offices whose figures are not in it; of many the first, the further sheet has all."""
        if not self.missing:
            return ""
        named = "、".join(self.missing[:_MOST_NAMED])
        more = f"等{len(self.missing)}个单位" if len(self.missing) > _MOST_NAMED else ""
        return f"（未含{named}{more}）"


_MOST_NAMED = 3
"""So many offices stand beside a title."""


def seal(closed: ClosedMonth | None, missing: Sequence[str] = ()) -> str:
    """Which close the figures are of; the journal's head anchors it [reliability: anchors].

    With them who had not sent the month, so that their figures are not in it.
    """
    lacking = f"；未含（未报）：{'、'.join(missing)}" if missing else ""
    if closed is None:
        return f"未封账：按导出时所知的事实统计{lacking}。"
    return (
        f"封账：第{closed.revision}版，{chinese_day(closed.closed_on)}；"
        f"日志 {closed.journal_seq} {closed.journal_head[:20]}；摘要 {closed.digest[:20]}{lacking}"
    )


def chinese_day(day: date) -> str:
    """A day as forms write it: ``2026年11月28日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def file_name(title: str, period: Period) -> str:
    """The name of a return's file: ``流动党员台账_2026-11.xlsx``."""
    return f"{title}_{period}.xlsx"


LEDGER = LEDGER_FORM
STATISTICS = STATISTICS_FORM


def write_ledger(
    out: BinaryIO,
    blank: Blank,
    head: Head,
    away: Sequence[Away],
    *,
    tables: Mapping[str, CodeTable],
    places: Gazetteer,
    masked: bool,
    notes: Sequence[Notes] = (),
) -> None:
    """Fill the 台账 into ``out``."""
    erased = any(person.erased for person in away)
    asked = placeholders(blank).row if erased else frozenset[str]()
    words = _Words(tables, places, asked, masked=masked)
    rows = (words.row(number, person) for number, person in enumerate(away, start=1))
    fill(blank, out, head.values(len(away)), rows, notes=notes)


def write_statistics(
    out: BinaryIO,
    blank: Blank,
    head: Head,
    rows: Sequence[BranchRow],
    total: BranchRow,
    notes: Sequence[Notes] = (),
) -> None:
    """Fill the 统计表 into ``out``."""
    values = head.values(total.counts["away"])
    values |= {f"total.{key}": value for key, value in _cells(total).items()}
    listed = (_branch_row(number, row) for number, row in enumerate(rows, start=1))
    fill(blank, out, values, listed, notes=notes)


def _branch_row(number: int, row: BranchRow) -> dict[str, Value]:
    cells = {f"row.{key}": value for key, value in _cells(row).items()}
    return {"row.serial": number, "row.branch": row.branch, **cells}


def _cells(row: BranchRow) -> dict[str, Value]:
    reasons = "；".join(f"{LACKING[key]}{count}" for key, count in row.lacking.items())
    return {**row.counts, "rate": row.rate, "reasons": reasons}


class _Words:
    """One person's row of the 台账, in the words of the form."""

    def __init__(
        self,
        tables: Mapping[str, CodeTable],
        places: Gazetteer,
        asked: frozenset[str],
        *,
        masked: bool,
    ) -> None:
        self._tables = tables
        self._places = places
        self._asked = asked
        self._masked = masked

    def row(self, number: int, person: Away) -> dict[str, Value]:
        """The row's placeholders; of an erased person's only number and branch are left."""
        if person.erased:
            kept = {"row.serial": number, "row.branch": person.branch}
            return {**dict.fromkeys(self._asked, ERASED), **kept}
        return {
            "row.serial": number,
            "row.name": person.name,
            "row.sex": self._tables["sex"].zh(person.sex),
            "row.ethnicity": person.ethnicity,
            "row.id_number": personal(person.id_number, masked=self._masked),
            "row.birth": dotted(person.birth_date, months=True),
            "row.education": person.education,
            "row.joined_on": dotted(person.joined_on),
            "row.full_member_on": dotted(person.full_member_on),
            "row.branch": person.branch,
            "row.left_on": "不详" if person.left is None else dotted(str(person.left)),
            "row.over_threshold": self._over(person),
            "row.destination": destination(
                self._places,
                person.destination_code,
                self._typed("destination_text", person.destination_text),
            )
            or "不掌握",
            "row.reason": self._tables["move_reason"].zh(person.reason),
            "row.occupation": self._typed("occupation", person.occupation),
            "row.host_org": self._typed("host_org", person.host_org),
            "row.host_contact": contact(
                person.host_contact, person.host_phone, masked=self._masked
            ),
            "row.phone": personal(person.mobile, masked=self._masked),
            "row.card_number": person.card_number if person.card_state is not None else None,
            "row.verified_on": dotted(person.verified_on),
            "row.contacted_on": dotted(person.contacted_on),
            "row.standing": "应转未转" if person.transfer_due else "在原支部",
            "row.remark": self._typed("remark", person.remark),
        }

    def _typed(self, column: str, text: str | None) -> str | None:
        return typed(column, text, masked=self._masked)

    @staticmethod
    def _over(person: Away) -> str:
        if person.left is None:
            return "是(时间不详)"
        return "是" if person.over else "否"


def dotted(iso: str | None, *, months: bool = False) -> str | None:
    """A date as forms write it: ``2019.03.05``, ``2019.03`` or ``2019``."""
    if iso is None:
        return None
    return iso[:7].replace("-", ".") if months else iso.replace("-", ".")


def destination(places: Gazetteer, code: str | None, text: str | None) -> str | None:
    """A place as forms write it: 省–市–县; the words as written where no code was settled."""
    place = None if code is None else places.get(code)
    return text if place is None else place.county


def contact(name: str | None, phone: Masked | None, *, masked: bool) -> str | None:
    """A person and a telephone in one cell; a number may stand among the words of the name too."""
    who = None if name is None else Masked(name, "contact")
    told = (personal(value, masked=masked) for value in (who, phone))
    return " ".join(part for part in told if part) or None
