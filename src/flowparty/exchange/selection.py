"""Which rows and columns of a registry go into a package: those the forms above need, no others."""

from __future__ import annotations

from typing import Any

from flowparty.exchange.payload import REFERENCES, TABLES

Row = dict[str, Any]

_ORGS = {"committee", "general_branch", "branch", "group"}
COLUMNS = {"parent": "parent_id", "org": "org_id", "member": "member_id", "card": "card_id",
           "replaces": "replaces_id"}  # fmt: skip
"""The local column behind each reference."""


def select(raw: dict[str, list[Row]], cutoff: str) -> dict[str, list[Row]]:
    """The tables of a payload from the rows of a registry.

    Args:
        raw: whole rows by table, in the order of their numbers.
        cutoff: the last day of the month; of the contacts only the last one by then travels.
    """
    people = {row["member_id"] for name in ("movement", "card") for row in raw[name]}
    cards = {row["id"] for row in raw["card"]}
    kept = {
        "org": [row for row in raw["org"] if row["kind"] in _ORGS],
        "member": [row for row in raw["member"] if row["id"] in people],
        "member_state": [row for row in raw["member_state"] if row["member_id"] in people],
        "movement": raw["movement"],
        "card": raw["card"],
        "card_event": [row for row in raw["card_event"] if row["card_id"] in cards],
        "contact": _last_reached(raw["contact"], people, cutoff),
    }
    names = {
        name: {row["id"]: row["uuid"] for row in kept[name]} for name in ("org", "member", "card")
    }
    return {
        name: [{column: _cell(row, column, names) for column in columns} for row in kept[name]]
        for name, columns in TABLES.items()
    }


def _cell(row: Row, column: str, names: dict[str, dict[int, str]]) -> Any:
    table = REFERENCES.get(column)
    if table is None:
        return row[column]
    number = row[COLUMNS[column]]
    return None if number is None else names[table].get(number)


def _last_reached(contacts: list[Row], people: set[int], cutoff: str) -> list[Row]:
    latest: dict[int, Row] = {}
    for row in contacts:
        reached = row["outcome"] == "reached" and row["on"] <= cutoff
        known = latest.get(row["member_id"])
        if reached and row["member_id"] in people and (known is None or row["on"] >= known["on"]):
            latest[row["member_id"]] = row
    return list(latest.values())
