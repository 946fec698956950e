"""Importing a list of members: judged whole, then written in one transaction or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.ids import OrgId
from flowparty.domain.members import NewMember
from flowparty.domain.movements import Direction, NewMovement
from flowparty.intake.members import read_members
from flowparty.repository import members as repository
from flowparty.repository import movements, orgs, settings
from flowparty.repository.codes import load_tables
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.members import enter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from flowparty.domain.identity import IdNumber
    from flowparty.domain.ids import MemberId
    from flowparty.intake.faults import Fault
    from flowparty.intake.members import MemberList, MemberRow, MemberValues
    from flowparty.repository.registry import Registry


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list: counts of rows, every fault, and whether anything was written."""

    rows: int
    added: int
    same: int
    refused: int
    flagged: int
    faults: list[Fault]
    written: bool

    def counts(self) -> dict[str, int]:
        """The counts by name."""
        return {
            "rows": self.rows,
            "added": self.added,
            "same": self.same,
            "refused": self.refused,
            "flagged": self.flagged,
        }


def import_members(
    registry: Registry, path: Path, *, skip_bad: bool, dry_run: bool, today: date
) -> Imported:
    """Read, judge and write a 《党员基本信息汇总表》.

    Somebody recorded already with the same name and branch is left alone; recorded otherwise, the
    row is refused (``id_exists``). Those marked as mobile get a movement with an unknown date.

    Args:
        registry: where.
        path: the workbook.
        skip_bad: write the good rows although others are refused.
        dry_run: write nothing.
        today: the day against which dates are judged.

    Raises:
        BadValue: the file itself cannot be read.
    """
    listed = _read(registry, path, today)
    with registry.write():
        new, same, faults = _against_registry(registry, listed.rows, today)
        refused = {(f.sheet, f.row) for f in faults if f.level == "reject"}
        flagged = {(f.sheet, f.row) for f in faults if f.level == "warn"} - refused
        writing = not dry_run and (skip_bad or not refused)
        if writing:
            for values in new:
                _write(registry, values)
        return Imported(
            rows=len(listed.rows),
            added=len(new),
            same=same,
            refused=len(refused),
            flagged=len(flagged),
            faults=faults,
            written=writing and bool(new),
        )


def _read(registry: Registry, path: Path, today: date) -> MemberList:
    spellings = orgs.branch_spellings(registry, today)
    return read_members(
        path,
        branches={spelling: str(branch) for spelling, branch in spellings.items()},
        home=settings.identity(registry).division,
        places=load_gazetteer(),
        tables=load_tables(),
        today=today,
    )


def _against_registry(
    registry: Registry, rows: Sequence[MemberRow], today: date
) -> tuple[list[MemberValues], int, list[Fault]]:
    """Part the good rows into new people and those known alike; refuse those known otherwise."""
    new: list[MemberValues] = []
    faults: list[Fault] = []
    same = 0
    for row in rows:
        faults += row.faults
        if row.values is None:
            continue
        number = row.values.id_number
        known = (
            None if number is None else repository.by_id_number(registry, number.value, on=today)
        )
        if known is None:
            new.append(row.values)
        elif (known.name, str(known.branch_id)) == (row.values.name, row.values.branch):
            same += 1
        else:
            faults.append(row.fault("id_exists", "reject", "id_number", known.label))
    return new, same, faults


def _write(registry: Registry, values: MemberValues) -> None:
    person = NewMember(
        name=values.name,
        id_number=_number(values),
        sex=values.sex,
        birth_date=values.birth_date,
        ethnicity=values.ethnicity,
        education=values.education,
        joined_on=values.joined_on,
        full_member_on=values.full_member_on,
        post=values.post,
        mobile=values.mobile,
        landline=values.landline,
        address=values.address,
        lost_reported=values.is_lost,
        lost_since=values.lost_on,
    )
    member = enter(
        registry,
        person,
        branch=OrgId(int(values.branch)),
        category=values.category,
        standing=values.standing,
        since=None,
    )
    if values.is_mobile:
        _move(registry, member, values)


def _move(registry: Registry, member: MemberId, values: MemberValues) -> None:
    movements.add(
        registry,
        member,
        NewMovement(
            direction=Direction.OUT,
            left_on=None,
            destination_code=values.destination_code,
            destination_text=values.destination_text,
        ),
    )


def _number(values: MemberValues) -> IdNumber:
    if values.id_number is None:
        raise AssertionError("a row without an identity number is refused")
    return values.id_number
