"""The facts of a person as options, and how they become values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flowparty.cli.session import optional_text
from flowparty.domain.dates import PartialDate, parse_partial, refuse_future
from flowparty.domain.identity import parse_id
from flowparty.domain.members import Attribute, NewMember
from flowparty.domain.phones import clean_phone
from flowparty.domain.text import clean_name
from flowparty.language import _
from flowparty.repository import orgs
from flowparty.words import code

if TYPE_CHECKING:
    from datetime import date

    from flowparty.domain.ids import OrgId
    from flowparty.repository.registry import Registry

NameOption = Annotated[str | None, typer.Option("--name", metavar="NAME", help=_("The full name."))]
IdOption = Annotated[
    str | None,
    typer.Option("--id", metavar="NUMBER", help=_("The identity number, 18 or 15 characters.")),
]
Sex = Annotated[
    str | None, typer.Option("--sex", metavar="男|女", help=_("Left out: as the ID number says."))
]
Birth = Annotated[
    str | None,
    typer.Option("--birth", metavar="DAY", help=_("Birth date; left out: as the ID number says.")),
]
Ethnicity = Annotated[
    str | None, typer.Option("--ethnicity", metavar="汉族…", help=_("Ethnicity."))
]
Education = Annotated[
    str | None, typer.Option("--education", metavar="初中…", help=_("Education."))
]
Category = Annotated[
    str | None, typer.Option("--category", metavar="正式|预备", help=_("Full or probationary."))
]
Standing = Annotated[
    str | None, typer.Option("--standing", metavar="正常…", help=_("Standing of the membership."))
]
Joined = Annotated[
    str | None, typer.Option("--joined", metavar="DAY", help=_("When the member joined."))
]
FullOn = Annotated[
    str | None, typer.Option("--full-on", metavar="DAY", help=_("When the member became full."))
]
Post = Annotated[str | None, typer.Option("--post", metavar="TEXT", help=_("Occupation at home."))]
Mobile = Annotated[
    str | None, typer.Option("--mobile", metavar="PHONE", help=_("The member's own phone."))
]
Landline = Annotated[
    str | None, typer.Option("--landline", metavar="PHONE", help=_("The phone at home."))
]
Address = Annotated[str | None, typer.Option("--address", metavar="TEXT", help=_("Home address."))]
Remark = Annotated[str | None, typer.Option("--remark", metavar="TEXT", help=_("Anything to add."))]
Branch = Annotated[str | None, typer.Option("--branch", metavar="ORG", help=_("The branch."))]
Group = Annotated[
    str | None, typer.Option("--group", metavar="ORG", help=_("The group; an empty one leaves it."))
]


@dataclass(frozen=True, slots=True)
class Facts:
    """What was typed; None where the option was left out, empty where a fact is taken back."""

    name: str | None
    id_number: str | None
    sex: str | None
    birth: str | None
    ethnicity: str | None
    education: str | None
    joined_on: str | None
    full_member_on: str | None
    post: str | None
    mobile: str | None
    landline: str | None
    address: str | None
    remark: str | None

    def values(self, today: date) -> dict[str, Any]:
        """The facts given, judged, by the name of their column.

        Raises:
            BadValue: a value is wrong in itself.
        """
        return {
            column: judge(typed, today)
            for column, (typed, judge) in self._judges().items()
            if typed is not None
        }

    def _judges(self) -> dict[str, tuple[str | None, Any]]:
        return {
            "name": (self.name, lambda text, _: clean_name(text)),
            "id_number": (self.id_number, lambda text, today: parse_id(text, today=today)),
            "sex": (self.sex, lambda text, _: code("sex", text)),
            "birth_date": (self.birth, _past),
            "ethnicity": (self.ethnicity, _code("ethnicity")),
            "education": (self.education, _code("education")),
            "joined_on": (self.joined_on, _past),
            "full_member_on": (self.full_member_on, _past),
            "post": (self.post, _text),
            "mobile": (self.mobile, _phone),
            "landline": (self.landline, _phone),
            "address": (self.address, _text),
            "remark": (self.remark, _text),
        }


def _past(text: str, today: date) -> PartialDate | None:
    if not text:
        return None
    found = parse_partial(text, today)
    refuse_future(found, today)
    return found


def _code(name: str) -> Any:
    return lambda text, _: code(name, text) if text else None


def _text(text: str, _today: date) -> str | None:
    return optional_text(text)


def _phone(text: str, _today: date) -> str | None:
    return clean_phone(text) if text else None


def new_member(facts: Facts, *, guest: bool, today: date) -> NewMember:
    """A person about to be registered; sex and birth date come from the number if not given."""
    values = facts.values(today)
    number = values["id_number"]
    values.setdefault("sex", number.sex)
    values.setdefault("birth_date", PartialDate.of(number.birth_date))
    return NewMember(**values, guest=guest)


def dated_values(
    registry: Registry,
    branch: str | None,
    group: str | None,
    category: str | None,
    standing: str | None,
) -> dict[Attribute, OrgId | str | None]:
    """The dated attributes given; an empty group means that the member leaves it."""
    values: dict[Attribute, OrgId | str | None] = {}
    if branch is not None:
        values[Attribute.BRANCH] = orgs.find(registry, branch).id
    if group is not None:
        values[Attribute.GROUP] = orgs.find(registry, group).id if group else None
    if category is not None:
        values[Attribute.CATEGORY] = code("category", category)
    if standing is not None:
        values[Attribute.STANDING] = code("standing", standing)
    return values
