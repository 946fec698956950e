"""The facts of a movement as options, and how they become values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flowparty.cli.session import optional_text
from flowparty.domain.dates import PartialDate, parse_partial, refuse_future
from flowparty.domain.phones import clean_phone
from flowparty.domain.text import clean_name
from flowparty.language import _
from flowparty.repository import settings
from flowparty.repository.divisions import load_gazetteer
from flowparty.service.places import settle
from flowparty.words import code

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flowparty.cli.session import Session

To = Annotated[
    str,
    typer.Option(
        "--to", metavar="PLACE", help=_("Where to: 广东深圳, 330206, 长田镇甘田村, 不掌握.")
    ),
]
From = Annotated[str, typer.Option("--from", metavar="PLACE", help=_("Where the guest came from."))]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DAY",
        help=_("When: a day, a month or a year; left out: today; 不详: unknown."),
    ),
]
UnitKind = Annotated[
    str | None,
    typer.Option("--unit", metavar="KIND", help=_("Kind of unit there: 企业, 个体工商户 …")),
]
Reason = Annotated[
    str, typer.Option("--why", metavar="REASON", help=_("Why: 务工, 经商, 随迁投靠 …"))
]
Occupation = Annotated[
    str | None, typer.Option("--occupation", metavar="TEXT", help=_("The work there."))
]
Fixed = Annotated[
    str | None,
    typer.Option("--fixed-place", metavar="是|否|不详", help=_("Whether in one fixed place.")),
]
HostOrg = Annotated[
    str | None, typer.Option("--host", metavar="NAME", help=_("The organization there."))
]
HostContact = Annotated[
    str | None, typer.Option("--host-contact", metavar="NAME", help=_("Who to talk to there."))
]
HostPhone = Annotated[
    str | None, typer.Option("--host-phone", metavar="PHONE", help=_("The phone there."))
]

Ended = Annotated[
    str | None,
    typer.Option(
        "--ended",
        metavar="DAY",
        help=_("When it ended, as it should be; 未返回: it has not, the end was a mistake."),
    ),
]
Began = Annotated[
    str | None,
    typer.Option("--began", metavar="DAY", help=_("Which movement: when it began, as recorded.")),
]

NOT_ENDED = {"未返回", "未结束", "no"}
UNKNOWN_DAY = {"不详", "不掌握", "unknown"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What was typed; None where the option was left out."""

    unit: str | None = None
    why: str | None = None
    occupation: str | None = None
    fixed: str | None = None
    host: str | None = None
    contact: str | None = None
    phone: str | None = None

    def values(self) -> dict[str, Any]:
        """The facts given, judged, by the name of their column.

        Raises:
            BadValue: a value is wrong in itself.
        """
        judges: dict[str, tuple[str | None, Callable[[str], Any]]] = {
            "unit_kind": (self.unit, lambda text: code("unit_kind", text)),
            "reason": (self.why, lambda text: code("move_reason", text)),
            "occupation": (self.occupation, optional_text),
            "fixed_place": (self.fixed, lambda text: code("fixed_place", text)),
            "host_org": (self.host, optional_text),
            "host_contact": (self.contact, lambda text: clean_name(text) if text else None),
            "host_phone": (self.phone, lambda text: clean_phone(text) if text else None),
        }
        return {name: judge(text) for name, (text, judge) in judges.items() if text is not None}


def left_on(text: str, today: date) -> PartialDate | None:
    """When a movement began; None for an unknown day.

    Raises:
        BadValue: no date, or in the future.
    """
    if text in UNKNOWN_DAY:
        return None
    found = parse_partial(text, today)
    refuse_future(found, today)
    return found


def ended_on(at: Session, text: str) -> date | None:
    """When a movement ended; None if it has not.

    Raises:
        BadValue: no day, or in the future.
    """
    return None if text in NOT_ENDED else at.day(text)


def place_values(at: Session, text: str) -> dict[str, str | None]:
    """A place settled from the home of the registry: its code and the words as written.

    Raises:
        BadValue: nobody knows it, or it could be several.
    """
    home = settings.identity(at.registry).division
    settled = settle(load_gazetteer(), text, home=home)
    return {"destination_code": settled.code, "destination_text": settled.text}
