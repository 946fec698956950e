"""ptrace by ctypes: the little of it that stops a process at its system calls and changes them.

What differs between processors is one ``Machine`` each: where a call's number, its arguments and
its answer lie among the registers, and the numbers of the calls that change files.
"""

from __future__ import annotations

import ctypes
import os
import platform
from dataclasses import dataclass
from enum import Enum, auto

_TRACE_ME, _SYSCALL, _SET_OPTIONS, _GET_REGISTERS, _SET_REGISTERS = 0, 24, 0x4200, 0x4204, 0x4205
_SYSCALLS_MARKED, _DIES_WITH_TRACER = 1, 0x100000
_GENERAL_REGISTERS = 1

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


class File(Enum):
    """How a call names the file it works on."""

    DESCRIPTOR = auto()
    PATH = auto()
    AT = auto()
    """A folder's descriptor, then a path."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call that changes files: its name, how and in which argument it names the file.

    ``flags`` is the argument with an opening's flags: one that only reads changes nothing.
    """

    name: str
    file: File
    at: int = 0
    flags: int | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """Where things lie among the registers, all of 64 bits, and what the calls are called."""

    registers: int
    number: int
    answer: int
    arguments: tuple[int, ...]
    calls: dict[int, Call]


X86_64 = Machine(
    registers=27,
    number=15,
    answer=10,
    arguments=(14, 13, 12, 7, 9, 8),
    calls={
        1: Call("write", File.DESCRIPTOR),
        2: Call("open", File.PATH, flags=1),
        18: Call("pwrite64", File.DESCRIPTOR),
        20: Call("writev", File.DESCRIPTOR),
        40: Call("sendfile", File.DESCRIPTOR),
        74: Call("fsync", File.DESCRIPTOR),
        75: Call("fdatasync", File.DESCRIPTOR),
        76: Call("truncate", File.PATH),
        77: Call("ftruncate", File.DESCRIPTOR),
        82: Call("rename", File.PATH),
        83: Call("mkdir", File.PATH),
        85: Call("creat", File.PATH),
        86: Call("link", File.PATH),
        87: Call("unlink", File.PATH),
        90: Call("chmod", File.PATH),
        91: Call("fchmod", File.DESCRIPTOR),
        257: Call("openat", File.AT, flags=2),
        258: Call("mkdirat", File.AT),
        263: Call("unlinkat", File.AT),
        264: Call("renameat", File.AT),
        265: Call("linkat", File.AT),
        268: Call("fchmodat", File.AT),
        285: Call("fallocate", File.DESCRIPTOR),
        296: Call("pwritev", File.DESCRIPTOR),
        316: Call("renameat2", File.AT),
        326: Call("copy_file_range", File.DESCRIPTOR, at=2),
    },
)

MACHINES = {"x86_64": X86_64}


def machine() -> Machine:
    """This machine.

    Raises:
        RuntimeError: its processor has no table here yet: the promise is not tested on it.
    """
    found = MACHINES.get(platform.machine())
    if found is None or platform.system() != "Linux":
        raise RuntimeError(f"no table of system calls for {platform.platform()}")
    return found


class _Span(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


def trace_me() -> None:
    """Let the parent stop this process at its system calls."""
    _ptrace(_TRACE_ME, 0, 0, 0)


def mark_syscalls(pid: int) -> None:
    """Let stops at system calls be told from signals, and the process die with its tracer."""
    _ptrace(_SET_OPTIONS, pid, 0, _SYSCALLS_MARKED | _DIES_WITH_TRACER)


def resume(pid: int, signal: int = 0) -> None:
    """Run to the beginning or the end of the next system call, delivering ``signal``."""
    _ptrace(_SYSCALL, pid, 0, signal)


class Registers:
    """The registers of a stopped process."""

    def __init__(self, pid: int, machine: Machine) -> None:
        self.pid = pid
        self.machine = machine
        self._values = (ctypes.c_uint64 * machine.registers)()
        self._span = _Span(ctypes.addressof(self._values), ctypes.sizeof(self._values))

    def read(self) -> None:
        self._transfer(_GET_REGISTERS)

    @property
    def number(self) -> int:
        return int(self._values[self.machine.number])

    def argument(self, at: int) -> int:
        return int(self._values[self.machine.arguments[at]])

    def skip_call(self) -> None:
        """At a call's beginning: the kernel is not asked."""
        self._values[self.machine.number] = 2**64 - 1
        self._transfer(_SET_REGISTERS)

    def answer(self, error: int) -> None:
        """At a call's end: it failed with ``error``."""
        self.read()
        self._values[self.machine.answer] = 2**64 - error
        self._transfer(_SET_REGISTERS)

    def _transfer(self, request: int) -> None:
        _ptrace(request, self.pid, _GENERAL_REGISTERS, ctypes.addressof(self._span))


def _ptrace(request: int, pid: int, address: int, data: int) -> None:
    if _libc.ptrace(request, pid, address, data) == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), "ptrace")
