"""How a problem ends the program: its exit code, and its words in the user's language."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from flowparty.domain import errors as problems
from flowparty.domain.masking import mask_digits
from flowparty.domain.text import visible
from flowparty.language import N_, _

if TYPE_CHECKING:
    from flowparty.domain.errors import Problem


class Terminated(BaseException):
    """SIGTERM arrived: roll back and end, as Ctrl-C does."""


class Exit(IntEnum):
    """Every exit code of the program; an unknown one means failure. The guide has the table."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    PARTIAL = 3
    BAD_INPUT = 5
    NOT_FOUND = 6
    NO_REGISTRY = 10
    BUSY = 11
    BAD_KEY = 12
    DAMAGED = 13
    TOO_NEW = 14
    UNTRUSTED = 15
    CONFLICT = 16
    CLOCK = 17
    STORAGE = 20
    PERMISSION = 21
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


EXIT_OF: dict[type[Problem], Exit] = {
    problems.UsageProblem: Exit.USAGE,
    problems.BadValue: Exit.BAD_INPUT,
    problems.NotFound: Exit.NOT_FOUND,
    problems.Conflict: Exit.CONFLICT,
    problems.NoRegistry: Exit.NO_REGISTRY,
    problems.Busy: Exit.BUSY,
    problems.Damaged: Exit.DAMAGED,
    problems.TooNew: Exit.TOO_NEW,
    problems.Storage: Exit.STORAGE,
    problems.Denied: Exit.PERMISSION,
    problems.WrongClock: Exit.CLOCK,
    problems.BadKey: Exit.BAD_KEY,
    problems.Untrusted: Exit.UNTRUSTED,
}

_SAYS_NOTHING_WRITTEN = {
    Exit.BAD_INPUT, Exit.CONFLICT, Exit.STORAGE, Exit.BUSY, Exit.PERMISSION, Exit.CLOCK,
    Exit.BAD_KEY, Exit.UNTRUSTED,
}  # fmt: skip

_STATES = {
    False: N_("Nothing was written."),
    True: N_("What was recorded or written before stays; running it again does no harm."),
    None: N_("Whether it was recorded is not known; running it again does no harm."),
}

_WORDS = {
    "card_lost": {"kind": "card_event"},
    "card_state_forbids": {"state": "card_state", "kind": "card_event"},
    "card_event_order": {"kind": "card_event"},
    "org_parent_wrong": {"kind": "org_kind", "parent_kind": "org_kind"},
    "member_ended": {"reason": "end_reason"},
    "survey_answers_without_talk": {"outcome": "survey_outcome"},
    "need_state_forbids": {"state": "need_state", "step": "need_step"},
    "meeting_not_office": {"kind": "org_kind"},
    "notice_field_unsaid": {"field": "move_fact"},
    "notice_agreed": {"field": "move_fact"},
    "transfer_ended": {"outcome": "transfer_state"},
    "dues_standard_outside": {"basis": "dues_basis"},
    "holding_field_other": {"kind": "holding_kind"},
    "holding_state_forbids": {"state": "holding_state"},
    "project_backwards": {"state": "project_state", "given": "project_state"},
    "decision_standing": {"standing": "standing", "decision": "member_decision"},
    "survey_drop_known": {"outcome": "survey_outcome"},
    "import_older": {"field": "field"},
    "file_not_a_workbook": {"kind": "file_kind"},
    "file_too_large": {"unit": "size_unit"},
    "package_rules_differ": {"rule": "month_rule"},
    "package_row_foreign": {"entity": "entity"},
    "package_collides": {"entity": "entity"},
    "conflict_unfit": {"entity": "entity"},
    "package_content": {"entity": "entity", "field": "field", "fault": "content_fault"},
    "pack_content": {"entity": "entity", "field": "field", "fault": "content_fault"},
    "conflict_no_room": {"entity": "entity"},
    "conflict_record_used": {"entity": "entity"},
}
"""Parameters that are codes, and the table that has their words."""


_DIVISIONS = {
    "key_above_missing": {"division"},
    "package_not_below": {"unit", "ours"},
    "package_for_other": {"recipient"},
}
"""Parameters that are division codes from our records, never what somebody typed: shown whole."""
_DIVISION = re.compile(r"[1-8][0-9]{8}(?:[0-9]{3})?")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the user is told: what is wrong, what to do next, and how the program ends."""

    code: str
    exit: Exit
    message: str
    hint: str
    details: tuple[str, ...]
    params: dict[str, Any]
    written: bool | None

    def lines(self) -> list[str]:
        """The explanation for a person; each line safe for a terminal."""
        said = [f"{_('Error')} {self.code}: {self.message}"]
        said += [f"  {detail}" for detail in self.details]
        if self.written is not False or self.exit in _SAYS_NOTHING_WRITTEN:
            said.append(f"  {_(_STATES[self.written])}")
        if self.hint:
            said.append(f"  {_('What to do:')} {self.hint}")
        return said

    def as_json(self) -> dict[str, Any]:
        """The same for a program; codes never change."""
        return {
            "error": {
                "code": self.code,
                "exit": int(self.exit),
                **self.params,
                "written": self.written,
                "message": self.message,
                "hint": self.hint,
            }
        }


def explain(problem: Problem) -> Explanation:
    """Attach the words and the exit code to a problem."""
    from flowparty.messages import MESSAGES
    from flowparty.words import term

    message, hint = MESSAGES[problem.code]
    words = _WORDS.get(problem.code, {})
    whole = {
        name: value
        for name, value in problem.params.items()
        if name in _DIVISIONS.get(problem.code, ()) and _DIVISION.fullmatch(str(value))
    }
    shown = {
        name: _shown(term(words[name])(str(value)) if name in words else value)
        for name, value in problem.params.items()
    } | whole
    lists = [value for value in problem.params.values() if isinstance(value, list | tuple)]
    return Explanation(
        problem.code,
        EXIT_OF[type(problem)],
        _(message).format_map(shown),
        _(hint).format_map(shown),
        tuple(_detail(item) for items in lists for item in items),
        {name: _plain(value) for name, value in problem.params.items()} | whole,
        problem.written,
    )


def _detail(item: object) -> str:
    """One line below a problem; a finding in the returns by its words, its cell and its people."""
    from flowparty.domain.findings import Finding

    if not isinstance(item, Finding):
        return _shown(item)
    from flowparty.messages.findings import FINDINGS

    said = _("{finding} ({cell}): {people}")
    return _shown(
        said.format(finding=_(FINDINGS[item.code]), cell=item.where, people="、".join(item.people))
    )


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return str(len(value))
    return "" if value is None else visible(mask_digits(str(value)))


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    return value if isinstance(value, int | None) else _shown(value)


def is_closed_pipe(error: OSError) -> bool:
    """Whether nobody reads our output any more: not a fault, but the end."""
    return error.errno == errno.EPIPE
