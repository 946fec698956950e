"""Run a piece of work in a process of its own and let one of its calls to the system fail.

Only calls that change a file below the folder watched are counted; the first is number 1.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import signal
import sys
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from tests.injection.machine import File, Registers, machine, mark_syscalls, resume, trace_me

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.injection.machine import Call

_AT_CWD = -100
_SYSCALL_STOP = signal.SIGTRAP | 0x80
_LONGEST_PATH = 4096
BROKEN = 99
"""How the process ends when the work raised: a fault of the test's own."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at which call: the process is killed, or told an error and nothing is done."""

    at: int
    error: int | None
    lasting: bool = False
    """Whether all later calls fail too."""

    def hits(self, count: int) -> bool:
        return count == self.at or (self.lasting and count > self.at)

    def __str__(self) -> str:
        what = "KILL" if self.error is None else errno.errorcode[self.error]
        return f"{what} at {self.at}{'+' if self.lasting else ''}"


@dataclass
class Ended:
    """How the process ended: an exit code, or minus the signal; and the calls it made."""

    exit: int = 0
    hit: bool = False
    calls: list[str] = field(default_factory=list)


def run(work: Callable[[], int], said: Path, folder: Path, fault: Fault | None = None) -> Ended:
    """Do the work under a fault.

    Args:
        work: returns the exit code.
        said: a path; what it writes to standard output and error goes to ``.out`` and ``.err``.
        folder: what is watched, without symbolic links.
        fault: None to only count.
    """
    pid = os.fork()
    if pid == 0:
        _work(work, said)
    try:
        return _Tracer(pid, f"{folder}/", fault).follow()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        raise


def _work(work: Callable[[], int], said: Path) -> NoReturn:
    code = BROKEN
    try:
        gc.freeze()  # or the first collection would copy every page of the parent's
        files = (os.devnull, f"{said}.out", f"{said}.err")
        for number, name in enumerate(files):
            flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC if number else os.O_RDONLY
            os.dup2(os.open(name, flags, 0o600), number)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - to the end
            for number, mode in enumerate("rww")
        )
        trace_me()
        os.kill(os.getpid(), signal.SIGSTOP)
        code = work()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - it goes nowhere else
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


class _Tracer:
    """Follows one process from call to call."""

    def __init__(self, pid: int, below: str, fault: Fault | None) -> None:
        self.pid = pid
        self.below = below
        self.fault = fault
        self.machine = machine()
        self.registers = Registers(pid, self.machine)
        self.ended = Ended()
        self.entering = True
        self.failing = False

    def follow(self) -> Ended:
        os.waitpid(self.pid, 0)
        mark_syscalls(self.pid)
        signalled = 0
        while True:
            with contextlib.suppress(ProcessLookupError):  # it was killed just now
                resume(self.pid, signalled)
            _, status = os.waitpid(self.pid, 0)
            if not os.WIFSTOPPED(status):
                self.ended.exit = os.waitstatus_to_exitcode(status)
                return self.ended
            signalled = os.WSTOPSIG(status)
            if signalled == _SYSCALL_STOP:
                signalled = 0
                self._stopped()

    def _stopped(self) -> None:
        if self.entering:
            self._begun()
        elif self.failing:
            self.failing = False
            assert self.fault is not None
            assert self.fault.error is not None
            self.registers.answer(self.fault.error)
        self.entering = not self.entering

    def _begun(self) -> None:
        self.registers.read()
        call = self.machine.calls.get(self.registers.number)
        if call is None or not self._only_watched(call):
            return
        calls = self.ended.calls
        calls.append(f"{call.name} {self._path(call).removeprefix(self.below)}")
        if self.fault is None or not self.fault.hits(len(calls)):
            return
        self.ended.hit = True
        self.registers.skip_call()
        if self.fault.error is None:
            os.kill(self.pid, signal.SIGKILL)
        else:
            self.failing = True

    def _only_watched(self, call: Call) -> bool:
        if call.flags is not None:
            flags = self.registers.argument(call.flags)
            writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
            # A folder opened by its own name is opened to be synced; SQLite names no O_DIRECTORY.
            if not writes and not os.path.isdir(self._path(call)):  # noqa: PTH112
                return False
        return f"{self._path(call)}/".startswith(self.below)

    def _path(self, call: Call) -> str:
        argument = self.registers.argument(call.at)
        if call.file is File.DESCRIPTOR:
            return self._link(f"fd/{_signed(argument)}")
        if call.file is File.PATH:
            return self._joined("cwd", argument)
        number = _signed(argument)
        folder = "cwd" if number == _AT_CWD else f"fd/{number}"
        return self._joined(folder, self.registers.argument(call.at + 1))

    def _joined(self, folder: str, address: int) -> str:
        name = self._text(address)
        whole = name if name.startswith("/") else f"{self._link(folder)}/{name}"
        return os.path.normpath(whole)

    def _link(self, name: str) -> str:
        try:
            return os.readlink(f"/proc/{self.pid}/{name}")  # noqa: PTH115
        except OSError:
            return ""

    def _text(self, address: int) -> str:
        """The text at an address, up to its NUL: a page may end before the longest path."""
        with open(f"/proc/{self.pid}/mem", "rb", buffering=0) as memory:  # noqa: PTH123
            memory.seek(address)
            found = memory.read(_LONGEST_PATH - address % _LONGEST_PATH) or b""
            if b"\0" not in found:
                found += memory.read(_LONGEST_PATH) or b""
        return found.partition(b"\0")[0].decode(errors="surrogateescape")


def _signed(value: int) -> int:
    """A register's low half as the C ``int`` that it is."""
    low = value & 0xFFFFFFFF
    return low - 2**32 if low >= 2**31 else low
