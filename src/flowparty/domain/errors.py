"""What can be wrong, as codes with parameters; the words are attached at the edge.

Every class is one exit code of the table in the guide; every ``code`` has its text in
``flowparty.messages``. Nothing here is prose, so a rule can be tested in any language.
"""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - it is what the user sees, "Error" would say less
    """Something the user must know and can mend: a stable ``code`` and its parameters."""

    written: bool | None = False
    """Whether the write that it ended stands all the same; None: nobody can tell."""

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.params))


def _rebuild(kind: type[Problem], code: str, params: dict[str, object]) -> Problem:
    return kind(code, **params)


class UsageProblem(Problem):
    """The command line cannot be understood."""


class BadValue(Problem):
    """A value or a file is wrong in itself."""


class NotFound(Problem):
    """No such record, or more than one answers to the name."""


class Conflict(Problem):
    """The value is right but the records forbid it."""


class NoRegistry(Problem):
    """There is no registry at this place."""


class Busy(Problem):
    """Another process holds the registry."""


class Damaged(Problem):
    """Not our file, or a file whose contents contradict themselves."""


class TooNew(Problem):
    """Written by a newer program."""


class Storage(Problem):
    """No space, or the disk failed."""


class Denied(Problem):
    """The file may not be read or written by this user."""


class BadKey(Problem):
    """The passphrase or the key is wrong or missing."""


class Untrusted(Problem):
    """A package or key that cannot be trusted: its signature, its signer or its form."""


class WrongClock(Problem):
    """The machine's clock cannot be believed."""
