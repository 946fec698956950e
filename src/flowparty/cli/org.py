"""Organizations: the tree of committees, branches, groups and service points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flowparty.cli import org_groups
from flowparty.cli.member_view import member_columns
from flowparty.cli.noun import Noun
from flowparty.cli.options import (
    AsOfOption,
    FormatOption,
    LimitOption,
    OnOption,
    OrgArgument,
    OrgOption,
)
from flowparty.cli.session import Session, answer, optional_text, session
from flowparty.domain.orgs import Org, OrgKind
from flowparty.domain.phones import clean_phone
from flowparty.domain.text import clean_name
from flowparty.language import N_, _
from flowparty.output.columns import Column, attribute, revealed
from flowparty.output.formats import Format, Part, emit, emit_whole
from flowparty.output.terminal import console
from flowparty.repository import groups, members
from flowparty.repository import orgs as repository
from flowparty.service import orgs as service
from flowparty.words import code, term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


app = Noun(N_("Organizations: committees, branches, groups, service points."))
app.add_typer(org_groups.app)

Kind = Annotated[
    str, typer.Option("--kind", metavar="KIND", help=_("What it is: 党支部, branch …"))
]
Class = Annotated[str | None, typer.Option("--class", metavar="CLASS", help=_("Its class: 农村 …"))]
Parent = Annotated[
    str | None, typer.Option("--parent", metavar="ORG", help=_("The organization above it."))
]
Secretary = Annotated[
    str | None,
    typer.Option("--secretary", metavar="NAME", help=_("Its secretary, or whoever leads it.")),
]
Phone = Annotated[str | None, typer.Option("--phone", metavar="PHONE", help=_("Its telephone."))]
Hours = Annotated[str | None, typer.Option("--hours", metavar="TEXT", help=_("When it is open."))]
Division = Annotated[
    str | None, typer.Option("--division", metavar="CODE", help=_("Its division code."))
]


def tree_names(orgs: Sequence[Org]) -> Mapping[int, str]:
    """Names indented by their depth in the tree."""
    parents = {org.id: org.parent_id for org in orgs}

    def depth(number: Any) -> int:
        above = parents.get(number)
        return 0 if above is None or above not in parents else 1 + depth(above)

    return {org.id: "  " * depth(org.id) + org.name for org in orgs}


def in_tree_order(orgs: Sequence[Org]) -> list[Org]:
    """Each organization followed by those below it."""
    known = {org.id for org in orgs}
    below: dict[Any, list[Org]] = {}
    for org in orgs:
        below.setdefault(org.parent_id if org.parent_id in known else None, []).append(org)

    def walk(parent: Any) -> list[Org]:
        return [found for org in below.get(parent, []) for found in (org, *walk(org.id))]

    return walk(None)


def org_columns(
    names: Mapping[int, str] | None = None, *, phone: bool = False
) -> list[Column[Org]]:
    """What is shown of an organization.

    Args:
        names: replaces the name in tables: the name indented by its depth.
        phone: the telephone in full: one organization's, at a terminal.
    """
    return [
        Column("number", _("No."), lambda org: f"O{org.id}"),
        Column("name", _("Its name"), attribute("name"), table=names is None),
        Column(
            "tree", _("Its name"), lambda org: (names or {}).get(org.id), table=names is not None
        ),
        Column("kind", _("Kind"), attribute("kind"), term("org_kind")),
        Column(
            "class", _("Class"), attribute("org_class"), term("org_class"), wide=names is not None
        ),
        Column("division", _("Division"), attribute("division"), wide=names is not None),
        Column("secretary", _("Secretary"), attribute("secretary")),
        Column("phone", _("Phone"), (revealed if phone else attribute)("phone")),
        Column("hours", _("Open"), attribute("hours"), table=names is None, fold=True),
        Column("since", _("Since"), attribute("since"), table=names is None),
        Column("until", _("Until"), attribute("until"), table=names is None),
        Column(
            "parent_number",
            _("Under"),
            lambda org: None if org.parent_id is None else f"O{org.parent_id}",
            table=names is None,
        ),
    ]


def _single(*, phone: bool = False) -> list[Column[Org]]:
    return [column for column in org_columns(phone=phone) if column.key != "tree"]


def _facts(
    org_class: str | None,
    division: str | None,
    secretary: str | None,
    phone: str | None,
    hours: str | None,
) -> dict[str, Any]:
    """The facts given, judged; an option left out is left out."""
    given = {
        "class": None if org_class is None else code("org_class", org_class),
        "division": division,
        "secretary": None if secretary is None else clean_name(secretary),
        "phone": None if phone is None else clean_phone(phone),
        "hours": optional_text(hours),
    }
    return {name: value for name, value in given.items() if value is not None}


@app.command("list")
def list_(
    ctx: typer.Context,
    org: OrgOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the organizations alive on a day, as a tree."""
    with session(ctx) as at:
        alive = in_tree_order(repository.list_orgs(at.registry, on=at.as_of(as_of)))
        top = at.org_id(org)
    if top is not None:
        alive = _below(alive, top)
    emit(alive[:limit], org_columns(tree_names(alive)), fmt)


def _below(orgs: Sequence[Org], top: int) -> list[Org]:
    kept = {top}
    for org in orgs:
        if org.parent_id in kept:
            kept.add(org.id)
    return [org for org in orgs if org.id in kept]


@app.command()
def show(
    ctx: typer.Context,
    org: OrgArgument,
    as_of: AsOfOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show one organization; of a group its members on a day."""
    with session(ctx) as at:
        day = at.as_of(as_of)
        found = repository.find(at.registry, org)
        inside = groups.members_of(at.registry, found.id, on=day)
        people = members.select(at.registry, inside, on=day)
    columns = _single(phone=fmt is Format.TABLE and console().terminal)
    emit_whole(found, columns, [Part("members", people, member_columns())], fmt)


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("As it signs."))],
    kind: Kind,
    parent: Parent = None,
    org_class: Class = None,
    division: Division = None,
    secretary: Secretary = None,
    phone: Phone = None,
    hours: Hours = None,
    on: OnOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Record an organization; without --parent it stands under the office's own."""
    with session(ctx) as at:
        facts = _facts(org_class, division, secretary, phone, hours)
        if on is not None:
            facts["since"] = at.day(on).isoformat()
        recorded = service.add(
            at.registry,
            OrgKind(code("org_kind", kind)),
            name,
            parent=_parent(at, parent),
            today=at.today,
            facts=facts,
        )
    answer(recorded, _single(), fmt)


def _parent(at: Session, parent: str | None) -> Org | None:
    return repository.top(at.registry) if parent is None else repository.find(at.registry, parent)


@app.command()
def edit(
    ctx: typer.Context,
    org: OrgArgument,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help=_("As it signs."))
    ] = None,
    parent: Parent = None,
    org_class: Class = None,
    division: Division = None,
    secretary: Secretary = None,
    phone: Phone = None,
    hours: Hours = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Correct an organization, or name its new secretary."""
    with session(ctx) as at:
        values = _facts(org_class, division, secretary, phone, hours)
        if name is not None:
            values["name"] = name
        if parent is not None:
            values["parent_id"] = repository.find(at.registry, parent).id
        found = repository.find(at.registry, org)
        recorded = service.edit(at.registry, found, values, today=at.today)
    answer(recorded, _single(), fmt)


@app.command()
def end(
    ctx: typer.Context, org: OrgArgument, on: OnOption = None, fmt: FormatOption = Format.TABLE
) -> None:
    """End an organization on a day; its members must be elsewhere by then."""
    with session(ctx) as at:
        found = repository.find(at.registry, org)
        recorded = service.end(at.registry, found, on=at.day(on))
    answer(recorded, _single(), fmt)
