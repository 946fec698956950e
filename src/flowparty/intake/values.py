"""A member as one row of a list gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowparty.domain.dates import PartialDate
    from flowparty.domain.identity import IdNumber


@dataclass(frozen=True, slots=True)
class MemberValues:
    """What a row says about a person, as it will be stored; None is not known.

    ``branch`` is the key of the branch; table words are codes, or what was written if no code fits.
    """

    name: str
    id_number: IdNumber | None
    sex: str
    birth_date: PartialDate | None
    ethnicity: str | None
    education: str | None
    category: str | None
    joined_on: PartialDate | None
    full_member_on: PartialDate | None
    post: str | None
    mobile: str | None
    landline: str | None
    address: str | None
    standing: str | None
    is_lost: bool | None
    lost_on: PartialDate | None
    is_mobile: bool | None
    destination_text: str | None
    destination_code: str | None
    branch: str
