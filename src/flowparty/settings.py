"""What a town may change: one table of every threshold with default, unit, meaning and source."""

from __future__ import annotations

import re
from dataclasses import Field, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from flowparty.domain.errors import BadValue, NotFound
from flowparty.language import N_


class Unit(StrEnum):
    """What a value counts."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    DAY_OF_MONTH = "day_of_month"
    PEOPLE = "people"
    TIMES = "times"
    MONTH_LIST = "month_list"
    YES_NO = "yes_no"
    PATTERN = "pattern"
    ROWS = "rows"
    COLUMNS = "columns"
    CHARACTERS = "characters"
    BYTES = "bytes"


USUAL = N_("usual practice")
OURS = N_("choice of this project")
NOTICE_2006 = N_("notice of 2006-12-08 on activity cards")
RULES_2008 = N_("2008 rules on dues, art. 12")
RULES_2019 = N_("2019 rules on members, art. 24")


def _row(
    default: object, unit: Unit, meaning: str, source: str, *, least: int = 1, most: int = 120
) -> Any:
    """One line of the table: a field whose default and description stand together."""
    about = {"unit": unit, "meaning": meaning, "source": source, "least": least, "most": most}
    return field(default=default, metadata=about)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; a registry keeps only those that differ from these defaults."""

    threshold_months: int = _row(
        6,
        Unit.MONTHS,
        N_("away so long before a member counts as mobile"),
        N_("2019 rules on members, art. 32; 2024 opinions"),
    )
    cutoff_day: int = _row(
        27,
        Unit.DAY_OF_MONTH,
        N_("last day of a reporting month: before the 28th"),
        N_("news article of 2014-11-13"),
        most=28,
    )
    cutoff_near_days: int = _row(
        5, Unit.DAYS, N_("so long before the cut-off what the return lacks is named"), OURS, most=27
    )
    group_size: int = _row(
        3, Unit.PEOPLE, N_("away together they call for a group, and need no card"), NOTICE_2006
    )
    card_number_pattern: str = _row(
        "", Unit.PATTERN, N_("regular expression for card numbers"), N_("the county's own")
    )
    card_verify_months: int = _row(
        3, Unit.MONTHS, N_("after its issue a card is to be verified for the first time"), OURS
    )
    card_review_months: int = _row(
        12, Unit.MONTHS, N_("from one yearly review of a card to the next"), NOTICE_2006
    )
    arrival_days: int = _row(
        30, Unit.DAYS, N_("within which the host should take a movement up"), OURS, most=365
    )
    watch_failures: int = _row(
        3, Unit.TIMES, N_("attempts failed running that put a member on the watch list"), OURS
    )
    report_days: int = _row(
        3, Unit.DAYS, N_("after the cut-off a package from below is expected"), OURS, most=27
    )
    notice_days: int = _row(
        30, Unit.DAYS, N_("within which the other side should answer a notice"), OURS, most=365
    )
    transfer_valid_days: int = _row(
        10, Unit.DAYS, N_("a transfer letter is valid unless the clerk says otherwise"), USUAL,
        most=365,
    )  # fmt: skip
    transfer_valid_most: int = _row(
        90, Unit.DAYS, N_("the most a transfer letter may be valid: three months"), USUAL, most=365
    )
    transfer_near_days: int = _row(
        3, Unit.DAYS, N_("before its last day a transfer letter is named"), OURS, most=90
    )
    transfer_receipt_months: int = _row(
        1, Unit.MONTHS, N_("within which the receiver returns the receipt"), USUAL
    )
    dues_deferral_months: int = _row(
        6, Unit.MONTHS, N_("by which dues may be paid afterwards with consent"), RULES_2008
    )
    dues_ahead: bool = _row(
        default=False,
        unit=Unit.YES_NO,
        meaning=N_("whether members may pay dues in advance"),
        source=N_("local rules only"),
    )
    lost_months: int = _row(
        6, Unit.MONTHS, N_("without activity and dues, after which contact is lost"), RULES_2019
    )
    removal_years: int = _row(
        2, Unit.YEARS, N_("after 停止党籍 before 除名 may be decided"), RULES_2019
    )
    follow_up_months: tuple[int, ...] = _row(
        (6, 12), Unit.MONTH_LIST, N_("after which start-up aid is looked at again"), OURS
    )
    pot_lapse_days: int = _row(
        60, Unit.DAYS, N_("before its last day a pot with money left is named"), OURS, most=365
    )
    hardship_near_days: int = _row(
        30, Unit.DAYS, N_("before its last day a recognition of hardship is named"), OURS, most=365
    )
    today_near_days: int = _row(
        7, Unit.DAYS, N_("to its last day a duty counts as pressing"), OURS, most=60
    )
    import_rows: int = _row(
        200_000, Unit.ROWS, N_("the most that a sheet of an imported file may have"), OURS,
        most=1_048_576,
    )  # fmt: skip
    import_columns: int = _row(
        200, Unit.COLUMNS, N_("the most that a sheet of an imported file may have"), OURS,
        most=16_384,
    )  # fmt: skip
    import_cell: int = _row(
        10_000, Unit.CHARACTERS, N_("the most that a cell of an imported file may hold"), OURS,
        most=32_767,
    )  # fmt: skip
    import_bytes: int = _row(
        500_000_000, Unit.BYTES, N_("the most that an imported file may hold unpacked"), OURS,
        least=1_000_000, most=2_000_000_000,
    )  # fmt: skip
    import_ratio: int = _row(
        100, Unit.TIMES, N_("the most a part of an imported file may grow when unpacked"),
        N_("Apache POI"), most=1_000,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class InForce:
    """One setting as it stands: its value as text, its default, and whether the town changed it."""

    name: str
    value: str
    default: str
    unit: Unit
    meaning: str
    source: str
    changed: bool


def _fields() -> dict[str, Field[Any]]:
    return {one.name: one for one in fields(Settings)}


def table(stored: dict[str, str]) -> list[InForce]:
    """Every setting in order, with the values of the ``setting`` table where it has them."""
    return [
        InForce(
            name,
            stored.get(name, as_text(one.default)),
            as_text(one.default),
            one.metadata["unit"],
            one.metadata["meaning"],
            one.metadata["source"],
            name in stored,
        )
        for name, one in _fields().items()
    ]


def from_stored(stored: dict[str, str]) -> Settings:
    """Build the settings in force from the rows of the ``setting`` table."""
    known = _fields()
    values = {name: _read(text, known[name].default) for name, text in stored.items()}
    return Settings(**values)


def as_text(value: Any) -> str:
    """A value as the table keeps it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _read(text: str, default: Any) -> Any:
    if isinstance(default, bool):
        return text == "yes"
    if isinstance(default, tuple):
        return tuple(int(part) for part in text.split(","))
    return int(text) if isinstance(default, int) else text


def unit_of(name: str) -> Unit:
    """The unit of a setting.

    Raises:
        NotFound: ``setting_unknown``; ``known`` lists the names.
    """
    known = _fields()
    if name not in known:
        raise NotFound("setting_unknown", value=name, known=list(known))
    unit: Unit = known[name].metadata["unit"]
    return unit


def parse(name: str, text: str) -> str:
    """A value as a person gives it, checked, as the table keeps it; ``yes`` or ``no`` for a switch.

    Raises:
        NotFound: ``setting_unknown``.
        BadValue: ``setting_value``, ``setting_pattern``.
    """
    unit = unit_of(name)
    about = _fields()[name].metadata
    if unit is Unit.YES_NO:
        return text
    if unit is Unit.PATTERN:
        return _pattern(name, text)
    parts = text.replace("，", ",").split(",") if unit is Unit.MONTH_LIST else [text]
    numbers = [int(part) for part in parts if re.fullmatch("[0-9]{1,12}", part.strip())]
    within = all(about["least"] <= number <= about["most"] for number in numbers)
    if len(numbers) != len(parts) or not within:
        raise BadValue(
            "setting_value", name=name, value=text, least=about["least"], most=about["most"]
        )
    return as_text(tuple(sorted(set(numbers))))


def _pattern(name: str, text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise BadValue("setting_pattern", name=name, value=text, at=error.pos) from None
    return text


def check_together(force: Settings, name: str, value: str) -> None:
    """Refuse a value that contradicts another setting in force.

    Raises:
        BadValue: ``setting_order``.
    """
    after = replace(force, **{name: _read(value, _fields()[name].default)})
    if after.transfer_valid_days > after.transfer_valid_most:
        raise BadValue(
            "setting_order",
            name="transfer_valid_days",
            value=after.transfer_valid_days,
            other="transfer_valid_most",
            most=after.transfer_valid_most,
        )
