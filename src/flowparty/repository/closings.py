"""Closed months and their frozen rows."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING

from flowparty.domain.canonical import canonical, sha256
from flowparty.domain.closing import ClosedMonth, Form, FrozenRow
from flowparty.domain.ids import ClosedId, MemberId
from flowparty.domain.period import parse_period
from flowparty.repository import journal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence

    from flowparty.domain.period import Period
    from flowparty.repository.registry import Registry
    from flowparty.settings import Settings

_COLUMNS = """id, uuid, period, revision, unit, secretary, since, cutoff, threshold_months,
    group_size, closed_on, by, journal_seq, journal_head, digest, reopened_on, reopen_note"""


def _month(row: sqlite3.Row) -> ClosedMonth:
    values = dict(row)
    values["period"] = parse_period(values["period"])
    for name in ("since", "cutoff", "closed_on", "reopened_on"):
        values[name] = None if values[name] is None else date.fromisoformat(values[name])
    return ClosedMonth(**values)


def closed(registry: Registry, period: Period) -> ClosedMonth | None:
    """The close of a month that is in force here; None if it was never closed or is reopened."""
    row = registry.row(
        f"SELECT {_COLUMNS} FROM closed_month WHERE period = :period AND office = :office"
        " AND reopened_on IS NULL",
        period=str(period),
        office=registry.office,
    )
    return None if row is None else _month(row)


def get(registry: Registry, closed_id: ClosedId) -> ClosedMonth:
    """One close by number; it must exist."""
    (row,) = registry.rows(f"SELECT {_COLUMNS} FROM closed_month WHERE id = :id", id=closed_id)
    return _month(row)


def list_closed(registry: Registry, period: Period | None = None) -> list[ClosedMonth]:
    """Every close of this office, the reopened ones too, in order; of one month if it is given."""
    rows = registry.rows(
        f"SELECT {_COLUMNS} FROM closed_month WHERE office = :office"
        " AND (:period IS NULL OR period = :period) ORDER BY period, revision",
        period=None if period is None else str(period),
        office=registry.office,
    )
    return [_month(row) for row in rows]


def in_force(registry: Registry) -> list[ClosedMonth]:
    """The close of each month of this office that holds, in the order of the months."""
    return [month for month in list_closed(registry) if month.reopened_on is None]


def close(
    registry: Registry,
    period: Period,
    rows: Sequence[FrozenRow],
    *,
    since: date,
    cutoff: date,
    settings: Settings,
    unit: str,
    secretary: str | None,
    on: date,
    by: str | None,
) -> ClosedId:
    """Freeze rows under the next revision of a month; personal rows get a salted digest.

    Raises:
        Conflict: the month is closed already.
    """
    last = registry.last_entry()
    number = len(list_closed(registry, period)) + 1
    frozen = [_frozen(row) for row in rows]
    values = {
        "period": str(period),
        "revision": number,
        "unit": unit,
        "secretary": secretary,
        "since": since.isoformat(),
        "cutoff": cutoff.isoformat(),
        "threshold_months": settings.threshold_months,
        "group_size": settings.group_size,
        "closed_on": on.isoformat(),
        "by": by,
        "journal_seq": last.seq,
        "journal_head": last.hash,
        "digest": _digest([(r["form"], r["position"], r["digest"]) for r in frozen]),
    }
    closed_id = ClosedId(registry.insert("closed_month", values))
    registry.insert_many("closed_row", [{"closed_id": closed_id, **row} for row in frozen])
    return closed_id


def _frozen(row: FrozenRow) -> dict[str, object]:
    cells, salt = canonical(row.cells), os.urandom(16).hex()
    return {
        "form": row.form,
        "position": row.position,
        "org": row.org,
        "member_id": row.member_id,
        "cells": cells,
        "salt": salt,
        "digest": journal.salted_digest(salt, cells),
    }


def _digest(rows: list[tuple[object, object, object]]) -> str:
    """The digest over the digests of all rows: it outlives the erasure of what they hold."""
    listed = sorted([str(form), position, digest] for form, position, digest in rows)
    return sha256(canonical(listed).encode())


def reopen(registry: Registry, closed_id: ClosedId, *, on: date, note: str) -> None:
    """Let a close hold no longer; its rows stay."""
    registry.update("closed_month", closed_id, {"reopened_on": on.isoformat(), "reopen_note": note})


_OF_PEOPLE = " AND member_id IN (SELECT value FROM json_each(:people))"


def rows(
    registry: Registry,
    closed_id: ClosedId,
    form: Form | None = None,
    people: Collection[MemberId] | None = None,
) -> list[FrozenRow]:
    """The frozen rows of a close by form and position; of one form, of some people if given."""
    found = registry.rows(
        "SELECT form, position, org, member_id, cells, digest FROM closed_row"
        " WHERE closed_id = :id AND (:form IS NULL OR form = :form)"
        + ("" if people is None else _OF_PEOPLE)
        + " ORDER BY form, position",
        id=closed_id,
        form=form,
        people=json.dumps(list(people or ())),
    )
    return [
        FrozenRow(
            Form(row["form"]),
            row["position"],
            row["org"],
            None if row["member_id"] is None else MemberId(row["member_id"]),
            None if row["cells"] is None else json.loads(row["cells"]),
            row["digest"],
        )
        for row in found
    ]


def altered(
    registry: Registry, month: ClosedMonth, people: Collection[MemberId] | None = None
) -> list[tuple[Form, int]]:
    """Frozen rows that are not as they were frozen, by form and position; of some people if given.

    A row that is missing shows as ``total`` 0, if all are looked at. Erased rows keep their digests
    and are sound.
    """
    found = registry.rows(
        "SELECT form, position, cells, salt, digest FROM closed_row WHERE closed_id = :id"
        + ("" if people is None else _OF_PEOPLE),
        id=month.id,
        people=json.dumps(list(people or ())),
    )
    wrong = [
        (Form(row["form"]), int(row["position"]))
        for row in found
        if row["cells"] is not None
        and row["digest"] != journal.salted_digest(row["salt"], row["cells"])
    ]
    if people is not None:
        return wrong
    listed = [(row["form"], row["position"], row["digest"]) for row in found]
    return wrong or ([] if _digest(listed) == month.digest else [(Form.TOTAL, 0)])
