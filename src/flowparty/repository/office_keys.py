"""Whose keys are trusted: ours and those of the offices above and below, each row journaled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from flowparty.repository.registry import Registry

_COLUMNS = """id, holder, division, name, sign_key, seal_key, key_digest, since, first_seq,
    replaced_on, revoked_on"""


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """One office's public keys as they were trusted on a day; hex.

    ``first_seq`` is the number of the first package under them, where the key before told it.
    """

    id: int
    holder: str
    division: str
    name: str
    sign_key: str
    seal_key: str
    key_digest: str
    since: str
    first_seq: int | None = None
    replaced_on: str | None = None
    revoked_on: str | None = None

    @property
    def live(self) -> bool:
        """Whether something may be sent under it."""
        return self.replaced_on is None and self.revoked_on is None


def list_keys(registry: Registry) -> list[OfficeKey]:
    """All of them: ours first, then by division; of each the newest first."""
    rows = registry.rows(
        f"SELECT {_COLUMNS} FROM office_key ORDER BY holder <> office, division, id DESC"
    )
    return [OfficeKey(**dict(row)) for row in rows]


def of_holder(registry: Registry, holder: str) -> list[OfficeKey]:
    """All keys of an office, the newest first."""
    return [key for key in list_keys(registry) if key.holder == holder]


def live_of(registry: Registry, holder: str) -> OfficeKey | None:
    """The key of an office that is trusted now."""
    return next((key for key in of_holder(registry, holder) if key.live), None)


def by_digest(registry: Registry, key_digest: str) -> OfficeKey | None:
    """The key with this digest, revoked ones too."""
    row = registry.row(
        f"SELECT {_COLUMNS} FROM office_key WHERE key_digest = :digest", digest=key_digest
    )
    return None if row is None else OfficeKey(**dict(row))


def after(registry: Registry, key: OfficeKey) -> list[OfficeKey]:
    """The keys of the same office that came after this one."""
    return [one for one in of_holder(registry, key.holder) if one.id > key.id]


def find(registry: Registry, text: str) -> OfficeKey:
    """The latest key of the office that ``text`` names by division code or name.

    Raises:
        NotFound: none, or several.
    """
    wanted = text.strip()
    latest = {key.holder: key for key in reversed(list_keys(registry)) if wanted}.values()
    for found in (
        [key for key in latest if wanted in (key.division, key.name)],
        [key for key in latest if wanted in key.name],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            names = [f"{key.division} {key.name}" for key in found]
            raise NotFound("key_ambiguous", value=wanted, candidates=names)
    raise NotFound("key_not_found", value=wanted)


def add(registry: Registry, key: OfficeKey) -> None:
    """Trust a key; ``id`` is ignored. The holder's live key, if there is one, is replaced."""
    before = live_of(registry, key.holder)
    if before is not None:
        registry.update("office_key", before.id, {"replaced_on": key.since})
    registry.insert(
        "office_key",
        {
            "holder": key.holder,
            "division": key.division,
            "name": key.name,
            "sign_key": key.sign_key,
            "seal_key": key.seal_key,
            "key_digest": key.key_digest,
            "since": key.since,
            "first_seq": key.first_seq,
        },
    )


def revoke(registry: Registry, keys: Iterable[OfficeKey], on: date) -> bool:
    """Trust these keys no more; False if none of them was trusted."""
    found = [key for key in keys if key.revoked_on is None]
    for key in found:
        registry.update("office_key", key.id, {"revoked_on": on.isoformat()})
    return bool(found)
