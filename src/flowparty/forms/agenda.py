"""The agenda of a joint meeting (联席会议议题表) for one office: its people and facts only."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from flowparty.forms.fill import fill
from flowparty.forms.returns import chinese_day, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from flowparty.domain.blanks import Blank
    from flowparty.domain.meetings import Agenda, AgendaItem, Meeting
    from flowparty.forms.blank import Value


def write(
    out: BinaryIO,
    blank: Blank,
    agenda: Agenda,
    *,
    office: str,
    unit: str,
    meeting: Meeting | None,
    on: date,
) -> None:
    """Fill the agenda into ``out``."""
    values: dict[str, Value] = {
        "office": office,
        "unit": unit,
        "filled_on": chinese_day(on),
        "meeting_on": "　　年　月　日" if meeting is None else dotted(meeting.on),
        "place": "" if meeting is None else meeting.place,
        "topic": "流动党员工作联席会议" if meeting is None else meeting.topic,
        "needs": len(agenda.needs),
        "movements": len(agenda.movements),
        "withheld": _withheld(agenda),
    }
    fill(blank, out, values, _rows(agenda), grow=True)


def _withheld(agenda: Agenda) -> str:
    """What is not on paper; a count under three would name somebody."""
    if not agenda.withheld:
        return ""
    shown = agenda.withheld_shown
    return f"另有当面商议事项{'若干' if shown is None else shown}件，不列入本表。"


def _rows(agenda: Agenda) -> Iterator[dict[str, Value]]:
    listed = [("请办事项", f"编号{item.known}", item) for item in agenda.needs]
    listed += [("核实去向", item.known, item) for item in agenda.movements]
    for number, (kind, known, item) in enumerate(listed, start=1):
        yield _row(number, kind, known, item)


def _row(number: int, kind: str, known: str, item: AgendaItem) -> dict[str, Value]:
    return {
        "row.serial": number,
        "row.kind": kind,
        "row.member": item.member,
        "row.branch": item.branch,
        "row.known": known,
        "row.asked": item.asked,
        "row.due": dotted(item.due),
    }
