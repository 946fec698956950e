"""What the rows of lists say against each other: what only one of them may say, and namesakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flowparty.domain.text import name_key
from flowparty.intake.lists import Doubling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flowparty.intake.lists import Listed, ListRow


def judge_together(lists: Iterable[Listed]) -> None:
    """Refuse what only one row may say: a number's later rows; note namesakes.

    Which of two rows is right the file does not say. Several files are judged as one.
    """
    seen: dict[str, dict[str, ListRow]] = {}
    named: dict[tuple[str, str], list[ListRow]] = {}
    for listed in lists:
        unique = _UNIQUE.get(listed.kind.name, ())
        for row in listed.rows:
            for name, code in unique:
                _refuse_later(seen.setdefault(name, {}), row, name, code)
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


def _refuse_later(seen: dict[str, ListRow], row: ListRow, name: str, code: str) -> None:
    value = row.values.get(name)
    if value is None:
        return
    key = value if isinstance(value, str) else value.value
    first = seen.setdefault(key, row)
    if first is not row:
        row.faults[:] = [fault for fault in row.faults if fault.field != name]
        row.doubles = Doubling(first, row.add_fault(code, "reject", name, key))
