"""An office's keys: made once, handed over as a card, trusted by fingerprint, rotated, revoked."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadKey, Conflict, Problem, Untrusted
from flowparty.exchange import keyfile
from flowparty.exchange.cards import (
    CARD_BYTES,
    KeyCard,
    Successor,
    read_card,
    same_fingerprint,
    spoken,
    successors,
    vouch,
    write_card,
)
from flowparty.exchange.crypto import PublicKeys, SecretKeys, generate
from flowparty.files import as_problem, replace_file
from flowparty.repository import office_keys, packages, settings
from flowparty.repository.office_keys import OfficeKey
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from flowparty.repository.registry import Registry


__all__ = ["CARD_BYTES", "Unlocked", "export_card", "init", "revoke", "rotate", "spoken", "trust",
           "unlock"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Our keys in the open: the current pair first, former ones behind, and our card."""

    pairs: tuple[SecretKeys, ...]
    card: KeyCard

    @property
    def current(self) -> SecretKeys:
        """The pair that signs."""
        return self.pairs[0]

    def for_digest(self, key_digest: str) -> SecretKeys:
        """The pair that something was sealed to.

        Raises:
            BadKey: we have it no more.
        """
        for pair in self.pairs:
            if _card(self.card, pair).key_digest == key_digest:
                return pair
        raise BadKey("package_key_gone")


def _card(like: KeyCard, pair: SecretKeys) -> KeyCard:
    return KeyCard(like.office, like.division, like.name, pair.public())


def _own_card(registry: Registry, pair: SecretKeys) -> KeyCard:
    identity = settings.identity(registry)
    return KeyCard(registry.office, identity.division, identity.name, pair.public())


def init(
    registry: Registry,
    path: Path,
    passphrase: str,
    *,
    today: date,
    lost: bool = False,
    cost: int = keyfile.COST,
) -> Recorded[OfficeKey]:
    """Make the key file of this office; the public half stands in the registry, journaled.

    The file comes first: a crash between the two leaves a file that a second try takes up.

    Args:
        registry: whose keys.
        path: where the key file goes.
        passphrase: what opens it.
        today: the day of making.
        lost: the file that the registry knows is gone: make other keys, which nobody vouches for.
        cost: of wrapping.

    Raises:
        Conflict: the registry has a key, and its file is not here.
        BadKey: the passphrase is too short, or the file there opens otherwise.
    """
    known = office_keys.live_of(registry, registry.office)
    if known is not None and not path.exists() and not lost:
        raise Conflict("key_exists", path=str(path))
    if known is not None and path.exists() and not (lost and _unknown(registry, path, passphrase)):
        unlock(registry, path, passphrase)
        return Recorded(known, repeated=True)
    if path.exists():
        pair = keyfile.unwrap(_read(path), registry.office, passphrase)[0]
    else:
        pair = generate()
        _write(path, keyfile.wrap([pair], registry.office, passphrase, cost=cost), key=True)
    with _file_written(), registry.write():
        _trust(registry, _own_card(registry, pair), today)
    return Recorded(_ours(registry))


@contextmanager
def _file_written() -> Iterator[None]:
    """Let a problem say that the key file stays which was written before it."""
    try:
        yield
    except Problem as problem:
        problem.written = True if problem.written is False else problem.written
        raise


def _unknown(registry: Registry, path: Path, passphrase: str) -> bool:
    """Whether a key file was left by a run that did not come to record its keys."""
    pair = keyfile.unwrap(_read(path), registry.office, passphrase)[0]
    return office_keys.by_digest(registry, _own_card(registry, pair).key_digest) is None


def _write(path: Path, text: str, *, key: bool = False) -> None:
    with replace_file(path, key=key) as out:
        out.write(text.encode())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadKey("key_file_missing", path=str(path)) from None
    except UnicodeDecodeError:
        raise BadKey("key_not_one") from None
    except OSError as error:
        raise as_problem(error, path) from error


def _trust(registry: Registry, card: KeyCard, today: date, first: int | None = None) -> None:
    office_keys.add(
        registry,
        OfficeKey(
            0,
            card.office,
            card.division,
            card.name,
            card.keys.sign.hex(),
            card.keys.seal.hex(),
            card.key_digest,
            today.isoformat(),
            first,
        ),
    )


def _ours(registry: Registry) -> OfficeKey:
    known = office_keys.live_of(registry, registry.office)
    if known is None:
        raise BadKey("key_missing")
    return known


def unlock(registry: Registry, path: Path, passphrase: str) -> Unlocked:
    """Open the key file; the pair that the registry knows as ours comes first.

    Raises:
        BadKey: no file, another office's, a wrong passphrase, or without the key in force.
    """
    known = _ours(registry)
    pairs = keyfile.unwrap(_read(path), registry.office, passphrase)
    for number, pair in enumerate(pairs):
        if _own_card(registry, pair).key_digest == known.key_digest:
            return Unlocked(tuple(pairs[number:]), _own_card(registry, pair))
    raise BadKey("key_not_in_force", path=str(path))


def rotate(
    registry: Registry,
    path: Path,
    passphrase: str,
    output: Path,
    *,
    today: date,
    again: bool = False,
    cost: int = keyfile.COST,
) -> Recorded[OfficeKey]:
    """Replace our keys and write the new card; where it cannot be written, nothing is replaced.

    The old keys stay in the file, to read what was sealed to them. Keys that were replaced today
    are not replaced once more unless ``again``: who repeats an interrupted command wants the card.

    Raises:
        BadKey: the key file does not open. BadValue, Denied, Storage: the card cannot be written.
    """
    done = not again and any(
        key.replaced_on == today.isoformat()
        for key in office_keys.of_holder(registry, registry.office)
    )
    with replace_file(output) as out:
        unlocked = unlock(registry, path, passphrase)
        if not done:
            unlocked = _replace(registry, path, unlocked, passphrase, today=today, cost=cost)
        out.write(_card_text(registry, unlocked).encode())
    return Recorded(_ours(registry), repeated=done)


def _replace(
    registry: Registry, path: Path, old: Unlocked, passphrase: str, *, today: date, cost: int
) -> Unlocked:
    """New keys before the old ones: in the file first, then in the registry."""
    pairs = (generate(), *old.pairs)
    text = keyfile.wrap([*pairs], registry.office, passphrase, cost=cost)
    _write(path, text, key=True)
    card = _own_card(registry, pairs[0])
    with _file_written(), registry.write():
        _trust(registry, card, today, packages.last_sent(registry) + 1)
    return Unlocked(pairs, card)


def export_card(registry: Registry, unlocked: Unlocked, output: Path) -> None:
    """Write our card, to hand over to another office; the keys before vouch for them."""
    _write(output, _card_text(registry, unlocked))


def _card_text(registry: Registry, unlocked: Unlocked) -> str:
    firsts = {key.key_digest: key.first_seq for key in office_keys.list_keys(registry)}
    after = [firsts.get(_card(unlocked.card, pair).key_digest) for pair in unlocked.pairs]
    card = vouch(unlocked.card, list(zip(unlocked.pairs[1:], after, strict=False)))
    return write_card(card, unlocked.current)


def trust(
    registry: Registry, content: bytes, fingerprint: str | None, *, today: date
) -> Recorded[OfficeKey]:
    """Trust another office's card: by the fingerprint somebody read out, or by its rotations.

    They lead from the key that is in force here to the card's; those between are known from now on
    as replaced, for what they signed and is still on its way. A key to which nothing leads was made
    because the one before was lost or stolen: from then on nothing signed by that is taken.

    Raises:
        Untrusted: not a card, another fingerprint, or none and no rotation of a key we trust.
        Conflict: the key was revoked, or is our own.
    """
    card = read_card(content)
    if card.office == registry.office:
        raise Conflict("key_own")
    with registry.write():
        known = office_keys.by_digest(registry, card.key_digest)
        if known is not None and not known.live:
            raise Conflict("key_revoked", name=known.name, on=known.revoked_on or known.replaced_on)
        live = office_keys.live_of(registry, card.office)
        rotated = [] if live is None else successors(card, _public(live))
        if fingerprint is None and not rotated and known is None:
            raise Untrusted("key_fingerprint_missing", name=card.name)
        if fingerprint is not None and not same_fingerprint(fingerprint, card.fingerprint):
            raise Untrusted("key_fingerprint_differs", name=card.name)
        if known is not None:
            return Recorded(known, repeated=True)
        if live is not None and not rotated:
            office_keys.revoke(registry, office_keys.of_holder(registry, card.office), today)
        for one in rotated or [Successor(card, None)]:
            _trust(registry, one.card, today, one.first)
        return Recorded(office_keys.by_digest(registry, card.key_digest) or _ours(registry))


def _public(key: OfficeKey) -> PublicKeys:
    return PublicKeys(bytes.fromhex(key.sign_key), bytes.fromhex(key.seal_key))


def revoke(registry: Registry, text: str, *, today: date, reason: str) -> Recorded[OfficeKey]:
    """Trust a key no more, or every key of an office; what came under them stays.

    Args:
        registry: where they are trusted.
        text: the fingerprint of one key, or the office by division code or name.
        today: the day from which on.
        reason: why; the journal keeps it.

    Raises:
        Conflict: they are our own. NotFound: no such key or office, or several.
    """
    known = office_keys.list_keys(registry)
    one = next((k for k in known if same_fingerprint(text, spoken(k.key_digest))), None)
    key = one or office_keys.find(registry, text)
    if key.holder == registry.office:
        raise Conflict("key_own_kept")
    with registry.write(reason):
        which = [key] if one else office_keys.of_holder(registry, key.holder)
        done = office_keys.revoke(registry, which, today)
        found = office_keys.by_digest(registry, key.key_digest)
        return Recorded(found or key, repeated=not done)
