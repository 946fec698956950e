"""What the rows of lists say against each other: what only one of them may say, and namesakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.movements import at_once
from flowparty.domain.rosters import day_back
from flowparty.domain.text import name_key
from flowparty.intake.lists import Doubling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flowparty.domain.movements import Life
    from flowparty.intake.lists import Listed, ListRow


def judge_together(lists: Iterable[Listed]) -> None:
    """Refuse what only one row may say: a number's later rows; note namesakes.

    Which of two rows is right the file does not say, unless they tell of two times away or of two
    attempts. Several files are judged as one.
    """
    seen: dict[str, dict[str, list[ListRow]]] = {}
    named: dict[tuple[str, str], list[ListRow]] = {}
    for listed in lists:
        unique = _UNIQUE.get(listed.kind.name, ())
        for row in listed.rows:
            for name, code in unique:
                _refuse_later(seen.setdefault(name, {}), row, name, code, listed.kind.name)
            if listed.kind.name == "members" and not row.rejected:
                person = (name_key(row.values["name"]), row.values["branch"] or "")
                _note_namesakes(named.setdefault(person, []), row)


def _note_namesakes(before: list[ListRow], row: ListRow) -> None:
    """Note a later row of the same name and branch; of the same phone or birthday, flag it."""
    if before:
        alike = any(_may_be_one(row.values, one.values) for one in before)
        row.add_fault("name_same", "warn" if alike else "note", "name", row.values["name"])
    before.append(row)


def _may_be_one(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two of one name may be one person, although their numbers differ."""
    phone = one["mobile"]
    same_day: bool = one["id_number"].birth_date == other["id_number"].birth_date
    return same_day or (phone is not None and phone == other["mobile"])


_UNIQUE = {
    "members": (("id_number", "id_duplicate_in_file"),),
    "moves": (("id_number", "id_duplicate_in_file"),),
    "survey": (("id_number", "id_duplicate_in_file"),),
    "cards": (("card_number", "card_duplicate_in_file"),),
}


def _refuse_later(
    seen: dict[str, list[ListRow]], row: ListRow, name: str, code: str, kind: str
) -> None:
    value = row.values.get(name)
    if value is None:
        return
    key = value if isinstance(value, str) else value.value
    before = seen.setdefault(key, [])
    first = next((one for one in before if not are_apart(kind, one.values, row.values)), None)
    before.append(row)
    if first is not None:
        row.faults[:] = [fault for fault in row.faults if fault.field != name]
        row.doubles = Doubling(first, row.add_fault(code, "reject", name, key))


def are_apart(kind: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows about one person surely tell of two things: two trips, two attempts."""
    apart = _APART.get(kind)
    return apart is not None and apart(one, other)


def _other_trip(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Two times away with their days, one over before the other began."""
    known = one["left_on"] is not None and other["left_on"] is not None
    return known and not at_once(_life(one), _life(other))


def _life(values: Mapping[str, Any]) -> Life:
    back = day_back(values)
    return str(values["left_on"]), None if back is None else back.isoformat()


def _other_attempt(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Two days on which somebody tried to reach the person."""
    days = [values["surveyed_on"] for values in (one, other)]
    return all(day is not None and day.is_day for day in days) and days[0] != days[1]


_APART = {"moves": _other_trip, "survey": _other_attempt}
