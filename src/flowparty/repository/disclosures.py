"""Which files the program has given out, by the digest of their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry


def is_known(registry: Registry, digest: str) -> bool:
    """Whether a file with this SHA-256 (hex) was disclosed, and so not changed since."""
    found = registry.row(
        "SELECT 1 FROM journal_change WHERE entity = 'disclosure' AND after = :digest",
        digest=digest,
    )
    return found is not None
