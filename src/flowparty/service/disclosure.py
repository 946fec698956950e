"""A file about people: it appears only after its disclosure stands in the journal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from flowparty.domain.canonical import sha256
from flowparty.domain.errors import Denied
from flowparty.files import replace_file, settle
from flowparty.repository.disclosures import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flowparty.repository.registry import Registry


def may_replace(registry: Registry, path: Path) -> bool:
    """Whether nobody's work is lost: no file lies there, or one of ours that nobody changed since.

    Raises:
        Denied: what lies there may not be read.
    """
    try:
        return is_known(registry, sha256(path.read_bytes()))
    except FileNotFoundError:
        return True
    except OSError as error:
        raise Denied("not_writable", path=str(path)) from error


@contextmanager
def disclosing(
    registry: Registry,
    path: Path,
    form: str,
    *,
    org: str,
    rows: int,
    masked: bool,
    reason: str = "",
    about: tuple[str, ...] = (),
) -> Iterator[BinaryIO]:
    """Yield a file to write; it gets its name when the entry is committed, never before.

    Args:
        registry: where the disclosure is journaled.
        path: the file's name.
        form: which form it is.
        org: whose people.
        rows: how many of them.
        masked: a copy without identity numbers and phones, which is journaled as one.
        reason: why, where the user gave one.
        about: what else its entry says.

    Raises:
        BadValue, Denied, Storage: the file cannot be written there. Busy: the journal cannot.
    """
    with replace_file(path) as out:
        yield out
        settle(out)
        out.seek(0)
        with registry.write(reason):
            what = f"{form} masked" if masked else form
            registry.disclose(what, org=org, rows=rows, digest=sha256(out.read()), about=about)
