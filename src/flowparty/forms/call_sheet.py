"""《流动党员联系表》: the secretary's calls of a month, one A4 page for fifteen people."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, BinaryIO

from flowparty import files
from flowparty.forms.fill import fill
from flowparty.forms.returns import chinese_day, dotted
from flowparty.forms.text import personal, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flowparty.domain.blanks import Blank
    from flowparty.domain.calls import Call
    from flowparty.domain.codes import CodeTable
    from flowparty.domain.movements import Movement
    from flowparty.domain.needs import Need
    from flowparty.domain.places import Gazetteer
    from flowparty.forms.blank import Value

SAID = 30
"""Characters of the last talk that fit into three lines of its cell."""
ASKED = 22
"""Characters of one need: two of them fit into their cell."""
NEEDS = 2


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the rows; ``home`` is the office's division code."""

    unit: str
    home: str
    secretary: str | None
    on: date
    away: int
    owed: int
    prepared_by: str | None


def file_name(unit: str, on: date) -> str:
    """The usual name of the file: ``流动党员联系表_金叶社区党支部_2026-11.xlsx``."""
    return files.file_name("流动党员联系表", unit, f"{on:%Y-%m}", ending=".xlsx")


def write(
    out: BinaryIO,
    blank: Blank,
    head: Head,
    calls: Sequence[Call],
    *,
    tables: Mapping[str, CodeTable],
    places: Gazetteer,
    masked: bool,
) -> None:
    """Fill the call list into ``out``; a ``masked`` copy has neither phones nor what was said."""
    words = _Words(tables, places, head, masked=masked)
    branches = len({call.owed.branch for call in calls}) > 1
    values: dict[str, Value] = {
        "month": f"{head.on.year}年{head.on.month}月",
        "unit": head.unit,
        "secretary": head.secretary or "",
        "filled_on": chinese_day(head.on),
        "prepared_by": head.prepared_by or "",
        "away": head.away,
        "owed": head.owed,
        "done": head.away - head.owed,
    }
    rows = (words.row(number, call, branches=branches) for number, call in enumerate(calls, 1))
    fill(blank, out, values, rows)


class _Words:
    """One person's row, in the words of the form."""

    def __init__(
        self, tables: Mapping[str, CodeTable], places: Gazetteer, head: Head, *, masked: bool
    ) -> None:
        self._tables = tables
        self._places = places
        self._on = head.on
        self._home = head.home
        self._masked = masked

    def row(self, number: int, call: Call, *, branches: bool) -> dict[str, Value]:
        """The row's placeholders; the branch stands under the name where there are several."""
        move = call.movement
        branch = (call.owed.branch or "").removesuffix("党支部") if branches else ""
        return {
            "row.serial": number,
            "row.name": f"{call.owed.member}\nM{call.owed.member_id} {branch}".rstrip(),
            "row.phone": personal(call.phone, masked=self._masked),
            "row.where": "\n".join(filter(None, (self._where(move), self._doing(move)))),
            "row.last": self._last(call),
            "row.needs": self._needs(call.needs),
            "row.questions": "、".join(
                self._tables["call_question"].zh(name) for name in call.questions
            ),
            "row.outcome": self._boxes("contact_outcome"),
            "row.method": self._boxes("contact_method"),
        }

    def _where(self, move: Movement) -> str | None:
        code = move.destination_code
        place = None if code is None else self._places.get(code)
        if place is not None:
            return place.seen_from(self._home)
        return typed("destination_text", move.destination_text, masked=self._masked)

    def _doing(self, move: Movement) -> str | None:
        return typed("occupation", move.occupation, masked=self._masked)

    def _last(self, call: Call) -> str:
        mark = "" if call.owed.owed else "（本月已联系）"
        if call.last is None:
            return "未联系上过"
        said = "" if self._masked or not call.said else f"：{_short(call.said, SAID)}"
        return f"{dotted(call.last.on)}{mark}{said}"

    def _needs(self, needs: Sequence[Need]) -> str:
        more = f"等{len(needs)}件" if len(needs) > NEEDS else ""
        return "\n".join(self._need(need) for need in needs[:NEEDS]) + more

    def _need(self, need: Need) -> str:
        """A need by its kind and what was asked of the office, never in the member's own words."""
        kind = self._tables["need_kind"].zh(need.kind)
        assigned = need.assignment(self._on)
        if assigned is None or not assigned.text:
            return f"{kind}（{dotted(need.on)}提出）"
        state = self._tables["need_state"].zh(need.state_on(self._on) or "")
        return f"{kind}：{_short(assigned.text, ASKED)}（{state}）"

    def _boxes(self, table: str) -> str:
        """Boxes to tick, two a line: a line of the cell never breaks between a box and its word."""
        boxes = [f"□{term.zh}" for term in self._tables[table].terms.values()]
        return "\n".join(
            " ".join(pair) for pair in zip_longest(boxes[::2], boxes[1::2], fillvalue="")
        )


def _short(text: str, most: int) -> str:
    """One line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
