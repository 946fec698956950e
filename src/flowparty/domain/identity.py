"""公民身份号码: GB 11643, with the check character of ISO 7064 MOD 11-2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from operator import mul

from flowparty.domain.errors import BadValue
from flowparty.domain.masking import mask
from flowparty.domain.text import bare

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_OF_ZEROS = ord("0") * sum(_WEIGHTS)
_CHECKS = "10X98765432"
_NEW = re.compile(r"[0-9]{17}[0-9X]")
_OLD = re.compile(r"[0-9]{15}")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A valid identity number: ``value`` has 18 characters, ``given`` the 15 or 18 on the paper."""

    value: str
    given: str

    @property
    def birth_date(self) -> date:
        """The birthday inside the number."""
        return date(int(self.value[6:10]), int(self.value[10:12]), int(self.value[12:14]))

    @property
    def sex(self) -> str:
        """``male`` for an odd sequence number, ``female`` for an even one."""
        return "male" if int(self.value[16]) % 2 else "female"

    @property
    def area(self) -> str:
        """The six digits of the place of first registration."""
        return self.value[:6]

    def __repr__(self) -> str:
        return f"IdNumber({mask(self.value, 'id')!r})"


def check_character(first17: str) -> str:
    """The 18th character for the first 17 digits [ISO 7064 MOD 11-2]."""
    if len(first17) != len(_WEIGHTS):
        raise ValueError(len(first17))
    codes = first17.encode("ascii")
    return _CHECKS[(sum(map(mul, _WEIGHTS, codes)) - _OF_ZEROS) % 11]


def from_15(old: str) -> str:
    """The 18-character form of an old number of 15 digits; its century is taken as 19."""
    first17 = f"{old[:6]}19{old[6:]}"
    return first17 + check_character(first17)


def parse_id(text: str, *, today: date) -> IdNumber:
    """Read an identity number of 18 characters, or an old one of 15 (century taken as 19).

    Raises:
        BadValue: ``id_missing``, ``id_format``, ``id_date_invalid`` (no such birthday, or after
            ``today``), ``id_checksum``.
    """
    given = bare(text).upper()
    if not given:
        raise BadValue("id_missing")
    if _OLD.fullmatch(given):
        value = from_15(given)
    elif _NEW.fullmatch(given):
        value = given
    else:
        raise BadValue("id_format", value=mask(given, "id"), length=len(given))
    _check_birthday(value, today)
    if value[17] != check_character(value[:17]):
        raise BadValue("id_checksum", value=mask(value, "id"))
    return IdNumber(value, given)


def _check_birthday(value: str, today: date) -> None:
    birthday = value[6:14]
    try:
        born = date(int(birthday[:4]), int(birthday[4:6]), int(birthday[6:]))
    except ValueError:
        raise BadValue("id_date_invalid", value=mask(value, "id")) from None
    if born > today:
        raise BadValue("id_date_invalid", value=mask(value, "id"))


def age_on(number: str, day: date) -> int:
    """Full years of age on a day, by an 18-character identity number."""
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
