"""Importing lists of any kind: judged whole, then written in one transaction or not at all."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue, Busy, Damaged, Denied, Problem, Storage
from flowparty.domain.orgs import MEMBER_HOMES, check_home
from flowparty.intake.branches import Branch, BranchNames
from flowparty.intake.fields import Field, kind_of, plain_heading
from flowparty.intake.lists import read_list
from flowparty.intake.mapping import fields_called, key_of, named
from flowparty.intake.reader import read_source
from flowparty.intake.rules import Rules
from flowparty.intake.together import judge_together
from flowparty.repository import import_mappings, orgs, people, settings
from flowparty.repository.codes import load_tables
from flowparty.repository.divisions import load_gazetteer
from flowparty.repository.said import take_in
from flowparty.service import handed_back, import_survey, list_days
from flowparty.service.import_cards import CardWriter
from flowparty.service.import_contacts import AidWriter, ContactWriter
from flowparty.service.import_members import MemberWriter
from flowparty.service.import_moves import MoveWriter
from flowparty.service.import_rows import RowResult, attempted_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from flowparty.domain.ids import OrgId
    from flowparty.intake.fields import Kind
    from flowparty.intake.lists import Listed
    from flowparty.repository.registry import Registry
    from flowparty.service.import_rows import Writer

_WRITERS: dict[str, Callable[..., Writer]] = {
    "members": MemberWriter,
    "moves": MoveWriter,
    "cards": CardWriter,
    "contacts": ContactWriter,
    "aid": AidWriter,
}


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported, and how.

    ``mapped`` is heading → field as the clerk says, ``org`` the branch of rows that name none,
    ``prefer`` whose word counts where a fact is newer than the list: ``file``, ``registry``;
    ``rest`` leaves out the rows that came back in 回填.
    """

    kind: str
    paths: Sequence[Path]
    sheets: Sequence[str] = ()
    mapped: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    org: OrgId | None = None
    prefer: str | None = None
    skip_bad: bool = False
    rest: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the lists: each with its rows, and whether anything was written."""

    files: list[tuple[Listed, list[RowResult]]]
    written: bool

    @property
    def rows(self) -> list[RowResult]:
        """The rows of all files in order."""
        return [result for _, results in self.files for result in results]

    def counts(self) -> dict[str, int]:
        """The counts by name, over all files."""
        return counts_of(self.rows)


def counts_of(rows: Sequence[RowResult]) -> dict[str, int]:
    """How many rows there are, and what becomes of them."""
    taken = [result for result in rows if not result.refused]
    waiting = sum(result.is_blank for result in taken)
    actions = [result.action for result in taken]
    return {
        "rows": len(rows),
        "added": actions.count("add"),
        "updated": actions.count("update"),
        "same": actions.count("same") - waiting,
        "not_filled_in": waiting,
        "refused": len(rows) - len(taken),
        "flagged": sum(result.flagged for result in taken),
    }


def read_lists(registry: Registry, request: Request, *, today: date) -> Iterator[Listed]:
    """Read, lay out and judge each file by itself, one after the other.

    Raises:
        Conflict: the branch of the request is none, or has ended.
        BadValue, Denied: a file cannot be read; ``import_field_unknown``, ``heading_missing``,
            ``heading_duplicate``, ``sheet_not_found``.
    """
    kind = _kind(registry, request.kind)
    mapped = fields_called(kind, request.mapped)
    if request.org is not None:
        check_home(orgs.get(registry, request.org), today)
    rules = _rules(registry, today)
    remembered = import_mappings.of_kind(registry, request.kind)
    limits = settings.load(registry)
    for path in request.paths:
        yield read_list(
            read_source(path, encoding=request.encoding, limits=limits),
            kind,
            rules,
            only=request.sheets,
            mapped=mapped,
            remembered=remembered,
            branch=None if request.org is None else str(request.org),
        )


def _kind(registry: Registry, name: str) -> Kind:
    """The kind; a survey's list may also have the columns of the open round's own sections."""
    kind = kind_of(name)
    if name != "survey":
        return kind
    own = [
        section
        for section in import_survey.sections_of(registry, import_survey.round_meant(registry))
        if kind.field_of(section) is None
    ]
    fields = {s: Field(s, s, "answer", frozenset({plain_heading(s)}), None) for s in own}
    return replace(kind, fields={**fields, **kind.fields}, _known={})


def _rules(registry: Registry, today: date) -> Rules:
    branches = [
        Branch(str(org.id), org.name, org.division)
        for org in orgs.list_orgs(registry, on=today)
        if org.kind in MEMBER_HOMES
    ]
    home = settings.identity(registry).division
    places = load_gazetteer()
    named = people.name_keys(registry)
    return Rules(BranchNames(branches, places, home), places, load_tables(), today, home, named)


class _UndoneError(Exception):
    """Takes a trial back."""


def import_lists(
    registry: Registry, request: Request, lists: Sequence[Listed], *, today: date
) -> Imported:
    """Write judged lists: all rows of all files or none, unless ``skip_bad``.

    A dry run does the same work and takes it back, so that it says exactly what would be written.

    Raises:
        BadValue: ``import_map_nowhere``, ``import_map_letter``.
        Conflict: ``import_rest_unknown``.
        Problem: the registry cannot be written, or no survey round is open.
    """
    _require_meant(request.mapped, lists)
    if request.rest:
        for listed in lists:
            handed_back.leave_out(registry, listed)
    judge_together(lists)
    files = [
        (listed, [RowResult(row, str(listed.source.path)) for row in listed.rows])
        for listed in lists
    ]
    try:
        with registry.bulk(), _transaction(registry, request):
            writer = _writer(registry, request, lists, today)
            for listed, results in files:
                listed.unkept = _unkept(listed, writer)
                _take_all(registry, writer, listed, results)
            refused = any(result.refused for _, results in files for result in results)
            _require_real(request, refused=refused)
            writer.finish()
            _remember(registry, request, lists)
            taken = [one for one in files if any(map(_writes, one[1]))]
            for listed, results in taken:
                take_in(registry, request.kind, min(_latest(listed, results), today).isoformat())
    except _UndoneError:
        return Imported(files, written=False)
    return Imported(files, written=bool(taken))


def _writes(result: RowResult) -> bool:
    return result.action in ("add", "update") and not result.refused


def _require_meant(mapped: Mapping[str, str], lists: Sequence[Listed]) -> None:
    """Each heading that the clerk names is one of the lists', and a letter the same one in all.

    Raises:
        BadValue: ``import_map_nowhere``, ``import_map_letter``.
    """
    forms = [layout.all_columns for listed in lists for layout in listed.layouts]
    for heading in mapped:
        found = [column for columns in forms for column in named(heading, columns)]
        if not found:
            raise BadValue("import_map_nowhere", value=heading)
        headings = {column.heading for column in found if column.letter == heading}
        if len(headings) > 1:
            names = "、".join(sorted(headings))
            raise BadValue("import_map_letter", value=heading, names=names)


def _require_real(request: Request, *, refused: bool) -> None:
    """Take everything back that was only tried."""
    if request.dry_run or (refused and not request.skip_bad):
        raise _UndoneError


def _transaction(registry: Registry, request: Request) -> AbstractContextManager[None]:
    """A dry run of a kind whose rows are only decided needs none, nor the right to write."""
    if request.dry_run and getattr(_WRITERS.get(request.kind), "reads_only", False):
        return nullcontext()
    return registry.write()


def _writer(registry: Registry, request: Request, lists: Sequence[Listed], today: date) -> Writer:
    if request.kind in _WRITERS:
        return _WRITERS[request.kind](registry, today=today, prefer=request.prefer)
    kind = lists[0].kind
    sections = import_survey.sections_of(registry, import_survey.round_meant(registry))
    fields = {name: kind.field_of(name) or name for name in sections}
    answers = {name for name, field in kind.fields.items() if field.read == "answer"}
    return import_survey.SurveyWriter(
        registry,
        fields,
        unasked=frozenset(answers - set(fields.values())),
        today=today,
        prefer=request.prefer,
        dry_run=request.dry_run,
    )


def _unkept(listed: Listed, writer: Writer) -> list[str]:
    """The headings whose words are stored nowhere, although they were understood."""
    headings = (column.heading for _, column, to in listed.mapping if to in writer.unkept)
    return list(dict.fromkeys(headings))


def _take_all(
    registry: Registry, writer: Writer, listed: Listed, results: Sequence[RowResult]
) -> None:
    saved = list_days.saved(listed)
    for result in sorted(results, key=attempted_on):
        if result.row.rejected:
            continue
        heard = list_days.heard(saved, result.row.filled_in)
        try:
            with nullcontext() if writer.reads_only else registry.attempt():
                writer.take(result, heard)
        except (Storage, Denied, Busy, Damaged):  # no fault of the row
            raise
        except Problem as problem:
            result.problems.append(problem)
            result.action = None
            result.changes = []


def _latest(listed: Listed, results: Sequence[RowResult]) -> date:
    """The latest day of what a list wrote."""
    saved = list_days.saved(listed)
    return max(list_days.heard(saved, one.row.filled_in) for one in results if _writes(one)).date()


def _remember(registry: Registry, request: Request, lists: Sequence[Listed]) -> None:
    """Keep what the clerk said of these headings for the next list with the same ones."""
    mapped = fields_called(lists[0].kind, request.mapped)
    for layout in (layout for listed in lists for layout in listed.layouts):
        columns = layout.all_columns
        decided = {
            key_of(column, columns): to
            for heading, to in mapped.items()
            for column in named(heading, columns)
        }
        import_mappings.remember(registry, request.kind, layout.signature, decided)
