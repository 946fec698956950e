"""What is inside a package: allow-listed columns of allow-listed tables, as canonical JSON.

Only what the forms of the level above need: people who are or were away, guests, their movements,
cards and card events, and the day each was last reached. Never thoughts, needs, aid, rights cases
or addresses. A row travels by UUID with the office that owns it.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from typing import Any

from flowparty.domain.canonical import canonical
from flowparty.domain.errors import BadValue, Conflict, TooNew, Untrusted
from flowparty.domain.text import clean_text

SCHEMA = 1
MOST_PLAIN = 200_000_000
"""Bytes of JSON that a package may unfold to."""
MOST_RATIO = 100
"""And how many times its compressed size: real rows reach about ten."""

UUID_, FLAG = "uuid", "flag"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

TABLES: dict[str, dict[str, str]] = {
    "org": {
        "uuid": UUID_, "office": UUID_, "kind": "code:org_kind", "class": "code:org_class?",
        "name": "line", "division": "division?", "parent": "uuid?", "since": "day?",
        "until": "day?",
    },
    "member": {
        "uuid": UUID_, "office": UUID_, "name": "name", "id_number": "id_number",
        "sex": "code:sex", "birth_date": "date?", "ethnicity": "line?",
        "education": "line?", "joined_on": "date?", "full_member_on": "date?",
        "mobile": "text?", "guest": FLAG, "post": "text?", "remark": "text?",
        "ended_on": "day?", "end_reason": "code:end_reason?",
    },
    "member_state": {
        "uuid": UUID_, "office": UUID_, "member": UUID_, "attribute": "code:attribute",
        "org": "uuid?", "code": "text?", "since": "since",
    },
    "movement": {
        "uuid": UUID_, "office": UUID_, "member": UUID_, "direction": "code:direction",
        "left_on": "date?", "destination_code": "division?", "destination_text": "text?",
        "unit_kind": "code:unit_kind", "reason": "code:move_reason", "occupation": "text?",
        "fixed_place": "code:fixed_place", "host_org": "text?", "host_contact": "text?",
        "host_phone": "text?", "arrived_on": "day?", "ended_on": "day?", "outcome": "outcome?",
    },
    "card": {
        "uuid": UUID_, "office": UUID_, "number": "line", "member": UUID_, "replaces": "uuid?",
        "closed_on": "day?",
    },
    "card_event": {
        "uuid": UUID_, "office": UUID_, "card": UUID_, "kind": "code:card_event", "on": "dated",
    },
    "contact": {
        "uuid": UUID_, "office": UUID_, "member": UUID_, "on": "day",
        "method": "code:contact_method",
    },
}  # fmt: skip
"""Every table and column that may leave, and of what kind its cells are; ``?`` may be empty.

Here only UUIDs and flags are told from text; what the other kinds mean is said by ``content``.
"""

REFERENCES = {"parent": "org", "org": "org", "member": "member", "card": "card", "replaces": "card"}
"""Columns that name a row of another table by its UUID; that row must be in the same package."""

_SHAPE = {
    "schema": int, "header": dict, "offices": list, "rules": dict, "tables": dict, "counts": dict,
    "totals": dict, "chain": list,
}  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Payload:
    """A package's contents.

    ``offices`` are the divisions whose rows these are, ``rules`` the settings the totals were
    counted under, ``chain`` what went before: number, digest, period, and the journal's anchor.
    """

    header: Row
    offices: list[str]
    rules: Row
    tables: dict[str, list[Row]]
    totals: Row
    chain: list[Row]


def encode(payload: Payload) -> bytes:
    """The payload as compressed canonical JSON."""
    content = {
        "schema": SCHEMA,
        "header": payload.header,
        "offices": payload.offices,
        "rules": payload.rules,
        "tables": {
            name: [[row[column] for column in columns] for row in payload.tables[name]]
            for name, columns in TABLES.items()
        },
        "counts": {name: len(payload.tables[name]) for name in TABLES},
        "totals": payload.totals,
        "chain": payload.chain,
    }
    return compress(content)


def compress(content: Row) -> bytes:
    """Canonical JSON, compressed."""
    return zlib.compress(canonical(content).encode(), 6)


def decode(data: bytes) -> Payload:
    """Read a payload back, with every count, column, cell and reference looked at.

    Raises:
        Untrusted: it is not what this program writes. TooNew: a newer program wrote it.
        Conflict: a table has another number of rows than was stated.
    """
    raw = decompress(data)
    if raw.get("schema") != SCHEMA:
        raise TooNew("package_newer", found=raw.get("schema"), known=SCHEMA)
    if (
        set(raw) != set(_SHAPE)
        or not all(isinstance(raw[name], shape) for name, shape in _SHAPE.items())
        or set(raw["tables"]) != set(TABLES)
        or set(raw["counts"]) != set(TABLES)
    ):
        raise Untrusted("package_malformed", detail="fields")
    try:
        tables = {name: _rows(name, raw["tables"][name], raw["counts"][name]) for name in TABLES}
        for name in TABLES:
            _require_references(name, tables)
        return Payload(
            raw["header"], [*raw["offices"]], raw["rules"], tables, raw["totals"], [*raw["chain"]]
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Untrusted("package_malformed", detail="shape") from None


def decompress(data: bytes) -> Row:
    """Unfold and parse within the caps; characters that a terminal would obey are refused.

    Raises:
        Untrusted: it unfolds too far, or is no JSON object written once.
    """
    most = min(MOST_PLAIN, max(len(data), 1) * MOST_RATIO)
    unfolding = zlib.decompressobj()
    try:
        plain = unfolding.decompress(data, most)
        if not unfolding.eof or unfolding.unused_data:
            raise Untrusted("package_unfolds", most=most)
        text = plain.decode()
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_never)
        # What is printable throughout holds nothing unsafe; an escape may hide what is not.
        if not text.isprintable() or "\\" in text:
            for part in _strings(found):
                clean_text(part)
    except (zlib.error, ValueError, RecursionError):
        raise Untrusted("package_malformed", detail="json") from None
    except BadValue:
        raise Untrusted("package_malformed", detail="text") from None
    if not isinstance(found, dict):
        raise Untrusted("package_malformed", detail="json")
    return found


def _once(pairs: list[tuple[str, Any]]) -> Row:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _never(text: str) -> Any:
    raise ValueError(text)


def _strings(value: Any) -> list[str]:
    found, left = [], [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, list):
            left += one
        elif isinstance(one, dict):
            left += [*one, *one.values()]
    return found


def _rows(name: str, rows: list[list[Any]], count: int) -> list[Row]:
    columns = TABLES[name]
    if len(rows) != count:
        raise Conflict("package_totals_differ", cell=name, stated=count, found=len(rows))
    if any(len(row) != len(columns) for row in rows):
        raise Untrusted("package_malformed", detail=name)
    for (column, form), cells in zip(columns.items(), zip(*rows, strict=True), strict=False):
        if not all(_fits(form, cell) for cell in set(cells)):
            raise Untrusted("package_malformed", detail=f"{name}.{column}")
    if len({row[0] for row in rows}) != len(rows):
        raise Untrusted("package_malformed", detail=f"{name}: a row twice")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _fits(form: str, cell: Any) -> bool:
    if cell is None:
        return form.endswith("?")
    kind = form.rstrip("?")
    if kind == FLAG:
        return cell in (0, 1) and not isinstance(cell, bool | float)
    return isinstance(cell, str) and (kind != UUID_ or _UUID.fullmatch(cell) is not None)


def _require_references(name: str, tables: dict[str, list[Row]]) -> None:
    for column in TABLES[name]:
        if column in REFERENCES:
            known = {row["uuid"] for row in tables[REFERENCES[column]]}
            if not {row[column] for row in tables[name]} - {None} <= known:
                raise Untrusted("package_malformed", detail=f"{name}.{column}")
