"""Whether what a package says can be: each cell by its field's kind, each row with the others.

``payload`` looks at the form of a package, this at its sense, by the kinds that ``payload.TABLES``
names. The sender asks before it packs and the receiver before it counts, so that nothing reaches a
registry of which only the file itself would say that it does not fit.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from flowparty.domain.dates import is_iso
from flowparty.domain.errors import BadValue
from flowparty.domain.identity import parse_id
from flowparty.domain.members import MEMBERSHIPS, Attribute
from flowparty.domain.movements import NEVER_ARRIVED, OUTCOMES
from flowparty.domain.text import clean_name, clean_text
from flowparty.exchange.payload import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence
    from datetime import date

    from flowparty.domain.codes import CodeTable

    Row = dict[str, Any]
    Tables = Mapping[str, Sequence[Row]]
    Judge = Callable[[str], bool]

MOST_LINE, MOST_TEXT = 200, 32_767
"""Characters of a name or number, and of a text: a cell of a workbook takes no more."""
_DIVISION = re.compile(r"[1-9][0-9]{5}(?:[0-9]{3}){0,2}")
_IN_ORGS = (Attribute.BRANCH, Attribute.GROUP)


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be: table, number of the row from 1, field, and whose it is by name.

    ``fault`` is a code of table ``content_fault``.
    """

    entity: str
    row: int
    field: str
    who: str
    fault: str


def first_fault(tables: Tables, codes: Mapping[str, CodeTable], today: date) -> Fault | None:
    """The first cell of a package that does not hold; None when all do.

    Args:
        tables: its rows, of the right form.
        codes: the code tables.
        today: nobody is born after it.
    """
    for entity, field, fault, at in _found(tables, codes, today):
        return Fault(entity, at + 1, field, _who(tables, entity, tables[entity][at]), fault)
    return None


def _found(
    tables: Tables, codes: Mapping[str, CodeTable], today: date
) -> Iterator[tuple[str, str, str, int]]:
    """Every fault as table, field, kind of fault, and the place of its row."""
    for entity, field, kind, judge in _cells(codes, today):
        wrong = _wrong(tables[entity], itemgetter(field), judge)
        yield from ((entity, field, kind, at) for at in wrong)
    for entity, field, beside, fits in _pairs(codes):
        wrong = _wrong(tables[entity], itemgetter(field, beside), _of_both(fits))
        yield from ((entity, field, "row", at) for at in wrong)
    for entity, field, shared, lacking in _UNIQUE:
        yield from ((entity, field, "twice", at) for at in _twice(tables[entity], shared, lacking))
    for entity, field in (("org", "parent"), ("card", "replaces")):
        yield from ((entity, field, "circle", at) for at in _circles(tables[entity], field))


def _wrong(
    rows: Sequence[Row], of: Callable[[Row], Any], fits: Callable[[Any], bool]
) -> Iterator[int]:
    """Each different cell or pair is judged once; only where one is wrong its row is looked for."""
    wrong = {said for said in set(map(of, rows)) if said is not None and not fits(said)}
    if wrong:
        yield from (at for at, row in enumerate(rows) if of(row) in wrong)


def _of_both(fits: Callable[[Any, Any], bool]) -> Callable[[tuple[Any, Any]], bool]:
    return lambda both: fits(*both)


def _cells(codes: Mapping[str, CodeTable], today: date) -> Iterator[tuple[str, str, str, Judge]]:
    """Every field that holds more than its form says, its kind, and the rule of its cells."""
    judges = _judges(today)
    for entity, columns in TABLES.items():
        for field, form in columns.items():
            kind, _, table = form.rstrip("?").partition(":")
            judge = codes[table].terms.__contains__ if table else judges.get(kind)
            if judge is not None:
                yield entity, field, kind, judge


def _judges(today: date) -> dict[str, Judge]:
    """By kind whether a cell can be; the form of a UUID and a flag is looked at before."""
    return {
        "name": lambda cell: len(cell) <= MOST_LINE and _kept(clean_name, cell),
        "line": _is_line,
        "text": lambda cell: len(cell) <= MOST_TEXT and _is_safe(cell),
        "id_number": lambda cell: _kept(lambda text: parse_id(text, today=today).value, cell),
        "day": lambda cell: is_iso(cell, whole=True),
        "date": is_iso,
        "since": lambda cell: not cell or is_iso(cell, whole=True),
        "dated": lambda cell: not cell or is_iso(cell),
        "division": lambda cell: _DIVISION.fullmatch(cell) is not None,
        "outcome": OUTCOMES.__contains__,
    }


def _is_line(cell: str) -> bool:
    """Some text, safe, and without a line break or a tab."""
    return bool(cell.strip()) and len(cell) <= MOST_LINE and _is_safe(cell) and not (
        set("\n\t") & set(cell)
    )  # fmt: skip


def _is_safe(cell: str) -> bool:
    return cell.isprintable() or _kept(clean_text, cell)


def _kept(clean: Callable[[str], str], cell: str) -> bool:
    """Whether the registry's own rule lets it in and would keep it to the letter."""
    try:
        return clean(cell) == cell
    except BadValue:
        return False


def _pairs(
    codes: Mapping[str, CodeTable],
) -> list[tuple[str, str, str, Callable[[Any, Any], bool]]]:
    """Fields that must fit one beside them, as the schema's checks have it: table, both, rule."""
    known: dict[str, Container[str | None]] = {
        name: codes[name].terms for name in (Attribute.CATEGORY, Attribute.STANDING)
    }
    known[Attribute.MEMBERSHIP] = MEMBERSHIPS
    return [
        ("org", "until", "since", lambda until, since: not (until and since) or until >= since),
        ("member", "end_reason", "ended_on", lambda why, on: (why is None) == (on is None)),
        ("member_state", "code", "attribute", lambda code, of: code in known.get(of, (None,))),
        ("member_state", "org", "attribute", _org_fits),
        ("movement", "outcome", "ended_on", lambda what, on: (what is None) == (on is None)),
        ("movement", "arrived_on", "outcome",
         lambda on, outcome: on is None or outcome not in NEVER_ARRIVED),
    ]  # fmt: skip


def _org_fits(org: str | None, attribute: str) -> bool:
    if attribute in _IN_ORGS:
        return org is not None or attribute == Attribute.GROUP
    return org is None


_UNIQUE: tuple[tuple[str, str, tuple[str, ...], str | None], ...] = (
    ("member", "id_number", ("office", "id_number"), None),
    ("member_state", "since", ("member", "attribute", "since"), None),
    ("movement", "ended_on", ("member",), "ended_on"),
    ("card", "number", ("office", "number"), None),
    ("card", "replaces", ("replaces",), None),
    ("card", "closed_on", ("member",), "closed_on"),
)
"""Of which rows there is one only: table, field, what they share; those alone that lack a field."""


def _twice(rows: Sequence[Row], shared: tuple[str, ...], lacking: str | None) -> Iterator[int]:
    of = itemgetter(*shared)
    keys = [of(row) if lacking is None or row[lacking] is None else None for row in rows]
    counted = Counter(keys)
    del counted[None]
    if len(counted) < sum(counted.values()):
        yield from (at for at, key in enumerate(keys) if counted[key] > 1)


def _circles(rows: Sequence[Row], field: str) -> Iterator[int]:
    """Rows from which references to their own table never end."""
    above = {row["uuid"]: row[field] for row in rows if row[field] is not None}
    sound: set[str] = set()
    for at, row in enumerate(rows):
        path: list[str] = []
        one = row["uuid"]
        while one in above and one not in sound and one not in path:
            path.append(one)
            one = above[one]
        if one in path:
            yield at
        sound.update(path)


def _who(tables: Tables, entity: str, row: Row) -> str:
    """The name of the organization or the person a row is about."""
    if entity == "card_event":
        row = next(card for card in tables["card"] if card["uuid"] == row["card"])
    if "member" in row:
        row = next(member for member in tables["member"] if member["uuid"] == row["member"])
    return str(row["name"])[:MOST_LINE]
