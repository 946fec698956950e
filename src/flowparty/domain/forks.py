"""An office whose registry was set back: where its packages part from those that came before.

A registry restored from a backup does not know what it sent after that backup. Its next package
has a number, or names a package or a journal, that is not ours: a fork. Which of two registries
goes on is for people to say; what they need to know is told here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadKey, Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.domain.packages import Link


@dataclass(frozen=True, slots=True)
class Fork:
    """From which number on what came before is given up, and the newest anchor given up."""

    seq: int
    journal_seq: int
    journal_head: str


def parting(chain: Sequence[Link], received: Sequence[Link]) -> Fork | None:
    """Where a package's account parts from what was received; None if it goes on from all of it.

    Args:
        chain: what the package names before itself, whole.
        received: what was received from its sender, in order.
    """
    told = {link.seq: link for link in chain}
    gone = [link.seq for link in received if told.get(link.seq) != link]
    if not gone:
        return None
    last = received[-1]
    return Fork(gone[0], last.journal_seq, last.journal_head)


def check_given_up(arriving: Link, fork: Fork | None, kept: Sequence[Link]) -> Fork:
    """Refuse to give up anything for what parts from nothing, or is older than what stays.

    Raises:
        Conflict: ``package_no_fork``, or ``package_fork_older``.
    """
    if fork is None:
        raise Conflict("package_no_fork", seq=arriving.seq)
    if any(arriving.journal_seq < link.journal_seq for link in kept):
        raise Conflict("package_fork_older", seq=arriving.seq, last=kept[-1].seq)
    return fork


def check_made_since(seq: int, at: int, last: int, last_at: int) -> None:
    """Refuse a package made before the newest one received: it shows no registry set back.

    What was signed before, by the registry that is given up or by the one that goes on, is so never
    laid over what stands.

    Args:
        seq: the package's number.
        at: when it was made, in seconds since 1970 UTC.
        last: the number of the newest package received.
        last_at: when that one was made.

    Raises:
        Conflict: ``package_fork_stale``.
    """
    if at < last_at:
        raise Conflict("package_fork_stale", seq=seq, last=last)


def check_in_force(seq: int, name: str, *, live: bool) -> None:
    """Refuse to give up anything on the word of a key that the office has replaced.

    Raises:
        BadKey: ``package_fork_key``.
    """
    if not live:
        raise BadKey("package_fork_key", seq=seq, name=name)
