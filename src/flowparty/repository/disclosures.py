"""Which files the program has given out, by the digest of their bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flowparty.domain.row_spans import read_rows, spell_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowparty.repository.registry import Registry

_OF, _ROWS = "of=", "handed_back="


def is_known(registry: Registry, digest: str) -> bool:
    """Whether a file with this SHA-256 (hex) was disclosed, and so not changed since."""
    found = registry.row(
        "SELECT 1 FROM journal_change WHERE entity = 'disclosure' AND after = :digest",
        digest=digest,
    )
    return found is not None


def of_list(kind: str, digest: str, rows: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """What the disclosure of an annotated copy says of its list.

    Args:
        kind: what it was imported as.
        digest: its SHA-256 (hex).
        rows: those that came back, by number of the sheet and of the row.
    """
    return f"{_OF}{kind} {digest}", f"{_ROWS}{spell_rows(rows)}"


def handed_back(registry: Registry, kind: str, digest: str) -> set[tuple[int, int]] | None:
    """The rows of a list that stand in its latest annotated copy; None if it has none."""
    row = registry.row(
        """SELECT fields FROM journal_change WHERE entity = 'disclosure'
        AND EXISTS (SELECT 1 FROM json_each(fields) WHERE value = :of) ORDER BY id DESC LIMIT 1""",
        of=f"{_OF}{kind} {digest}",
    )
    if row is None:
        return None
    said: list[str] = json.loads(row["fields"])
    return read_rows(next(one.removeprefix(_ROWS) for one in said if one.startswith(_ROWS)))
