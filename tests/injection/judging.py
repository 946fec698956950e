"""What must hold after a fault, whatever it was and wherever it struck."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from flowparty.domain.canonical import canonical, sha256
from flowparty.errors import Exit
from flowparty.exchange import keyfile
from flowparty.exchange.cards import read_card
from flowparty.exchange.stream import split
from flowparty.repository.check import check
from flowparty.repository.entities import ENTITIES
from flowparty.repository.registry import Registry
from tests.conftest import ACTOR, now
from tests.injection.world import perform, said
from tests.offices import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.injection.tracer import Ended, Fault
    from tests.injection.world import World

_DRAWN = re.compile(
    r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b|\b1[0-9]{9}\b"
)
"""UUIDs, digests, salts, and moments as seconds since 1970."""
_REGISTRY = re.compile(r"registry\.db(-journal)?$")
_TEMPORARY = re.compile(r"^\.(?P<name>.+)\.[0-9a-f]{8}\.part$")
NOTHING = "Nothing was written."


@dataclass(frozen=True, slots=True)
class Line:
    """A command under test: where it runs, its words, and how it ends when all is well."""

    office: str
    words: str
    exit: int = 0


@dataclass
class State:
    """A registry's rows and journal, and the files beside it."""

    rows: dict[str, list[list[Any]]]
    entries: list[list[Any]]
    disclosed: set[str]
    files: dict[str, bytes]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Reopen the registry, which recovers it, and look at everything; it must be sound."""
        with Registry.open(folder / "registry.db", actor=ACTOR, command="test", now=now) as at:
            assert list(check(at)) == []
            rows = {
                name: [
                    _elsewhere(row, folder) for row in at.rows(f"SELECT * FROM {name} ORDER BY id")
                ]
                for name in ENTITIES
            }
            entries = [list(row) for row in at.rows(_ENTRIES)]
            disclosed = {row["after"] for row in at.rows(_DISCLOSED)}
        return cls(rows, entries, disclosed, others(folder))

    def text(self, known: set[str]) -> str:
        """The rows, with what this run drew by chance made alike."""
        return _DRAWN.sub(lambda m: m[0] if m[0] in known else "drawn", canonical(self.rows))

    def changed(self) -> list[list[Any]]:
        """The entries that changed rows: disclosures may be repeated, those not."""
        return [entry for entry in self.entries if entry[2]]

    @cached_property
    def known(self) -> set[str]:
        """Every UUID and digest that stands here."""
        return {match[0] for match in _DRAWN.finditer(canonical(self.rows))}


def _elsewhere(row: Iterable[Any], folder: Path) -> list[Any]:
    """A row with the paths in it as if every run had the same folder."""
    mine = str(folder.resolve())
    return [cell.replace(mine, "") if isinstance(cell, str) else cell for cell in row]


_ENTRIES = """
    SELECT e.command, group_concat(c.entity || ' ' || c.row_id || ' ' || c.operation || c.fields),
        sum(c.operation <> 'disclose')
    FROM journal_entry e LEFT JOIN journal_change c ON c.seq = e.seq GROUP BY e.seq ORDER BY e.seq
"""
_DISCLOSED = "SELECT after FROM journal_change WHERE operation = 'disclose'"


def others(folder: Path) -> dict[str, bytes]:
    """The files beside the registry."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if not _REGISTRY.match(path.name)
    }


def _require_whole(content: bytes) -> None:
    """What is never twice the same, a receipt or keys, is refused by its reader if it is not whole."""
    if not content.startswith(b"{"):
        split(content)
    elif b'"flowparty_key"' in content:
        wrap = json.loads(content)
        assert keyfile.unwrap(content.decode(), wrap["office"], PASSPHRASE)
    else:
        read_card(content)


@dataclass
class Trial:
    """One command line and its faults."""

    world: World
    line: Line
    folder: Path
    before: State = field(init=False)
    after: State = field(init=False)
    calls: list[str] = field(init=False)
    _mended: set[str] = field(default_factory=set)
    _seen: dict[str, State] = field(default_factory=dict)
    _runs: int = 0

    def __post_init__(self) -> None:
        """Run it once without a fault: that is what every other run must come to."""
        folder = self.fresh()
        self.before = State.read(folder)
        ended = self.perform(folder)
        assert ended.exit == self.line.exit, said(folder)
        self.calls = ended.calls
        self.after = State.read(folder)
        new = self.after.changed()[len(self.before.changed()) :]
        assert len(new) <= 1, "the judgement knows of one write that changes rows"

    def fresh(self) -> Path:
        self._runs += 1
        return self.world.copy(self.line.office, self.folder / str(self._runs) / "office")

    @property
    def last(self) -> Path:
        """The folder of the last copy, with what was said beside it."""
        return self.folder / str(self._runs)

    def again(self, folder: Path, first: Fault, second: Fault) -> bool:
        """The line again with a second fault; whether that struck. All must hold after both."""
        ended = self.perform(folder, second)
        told = said(folder)
        try:
            state = self.read(folder)
            if ended.hit:
                self.require_end(ended, second, told, state)
            self.require_repeatable(folder)
        except BaseException as error:
            error.add_note(f"{self.line.words}: {first}, then {second}; exit {ended.exit}\n{told}")
            raise
        return ended.hit

    def perform(self, folder: Path, fault: Fault | None = None) -> Ended:
        return perform(self.world, folder, self.line.words, fault)

    def point(self, fault: Fault) -> bool:
        """One fault; whether it struck at all.

        Raises:
            AssertionError: something promised does not hold.
        """
        folder = self.fresh()
        ended = self.perform(folder, fault)
        if not ended.hit:
            assert ended.exit == self.line.exit
            return False
        told = said(folder)
        try:
            state = self.read(folder)
            self.require_end(ended, fault, told, state)
            self.require_files(state)
            self.require_repeatable(folder)
        except BaseException as error:
            call = self.calls[min(fault.at, len(self.calls)) - 1]
            error.add_note(f"{self.line.words}: {fault}, {call}; exit {ended.exit}\n{told}")
            raise
        return True

    def read(self, folder: Path) -> State:
        """The state after recovery; the same bytes are not looked through twice."""
        with Registry.open(folder / "registry.db", actor=ACTOR, command="test", now=now) as at:
            at.last_entry()
        key = sha256((folder / "registry.db").read_bytes())
        if key not in self._seen:
            self._seen[key] = State.read(folder)
            self.require_step(self._seen[key])
        known = self._seen[key]
        return State(known.rows, known.entries, known.disclosed, others(folder))

    def require_step(self, state: State) -> None:
        """Exactly before, exactly after, or between two of the command's transactions."""
        begun, new = len(self.before.entries), len(state.entries)
        assert state.entries == self.after.entries[:new]
        assert new >= begun
        whole = self.after if state.changed() == self.after.changed() else self.before
        assert state.text(self.before.known) == whole.text(self.before.known)

    def require_end(self, ended: Ended, fault: Fault, told: str, state: State) -> None:
        """A kill is a kill; else a code of the table, and words that are true."""
        if fault.error is None:
            assert ended.exit == -9
            return
        assert "Traceback" not in told
        assert ended.exit in {self.line.exit, Exit.STORAGE}
        if NOTHING in told:
            assert state.entries == self.before.entries
            assert not self.new_files(state)
        elif ended.exit == Exit.STORAGE:
            assert "recorded" in told
        if ended.exit == self.line.exit:
            assert state.changed() == self.after.changed()
            assert state.entries == self.after.entries or "not written" in told

    def new_files(self, state: State) -> list[str]:
        """Files that are not as they were before."""
        return [
            name
            for name, content in state.files.items()
            if not _TEMPORARY.match(name) and self.before.files.get(name) != content
        ]

    def require_files(self, state: State) -> None:
        """Every file old or new, whole; personal data in full only if the journal says so."""
        assert self.before.files.keys() <= state.files.keys()
        for name in self.new_files(state):
            assert name in self.after.files
            content = state.files[name]
            if sha256(self.after.files[name]) in self.after.disclosed:
                assert sha256(content) in state.disclosed
            elif content != self.after.files[name]:
                _require_whole(content)

    def require_repeatable(self, folder: Path) -> None:
        """The same line again brings the books, and the files, where they belong."""
        key = self.situation(folder)
        if key in self._mended:
            return
        ended = self.perform(folder)
        assert ended.exit == self.line.exit, f"repeated: exit {ended.exit}\n{said(folder)}"
        state = State.read(folder)
        assert state.changed() == self.after.changed()
        assert state.text(self.before.known) == self.after.text(self.before.known)
        assert state.files.keys() == self.after.files.keys()
        self.require_files(state)
        assert self.new_files(state) == self.new_files(self.after)
        self._mended.add(key)

    def situation(self, folder: Path) -> str:
        """What a repetition finds: every byte, but for the chance in the names of leftovers."""
        files = {
            (_TEMPORARY.sub(r".\g<name>.part", path.name)): sha256(path.read_bytes())
            for path in folder.iterdir()
        }
        return canonical(files)
