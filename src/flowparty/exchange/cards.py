"""The public half of an office's keys: what is handed over, and the number read over the telephone.

The fingerprint covers both keys and the office's UUID, and the UUID follows from the division code.
A card of rotated keys carries every rotation, each signed by the key before, so that whoever trusts
one of them is led to the present one. Format 1 knows one rotation at most.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256 as digest_of
from typing import TYPE_CHECKING, Any

from flowparty.domain.canonical import canonical
from flowparty.domain.errors import TooNew, Untrusted
from flowparty.domain.orgs import LEVEL_BY_LENGTH, OrgKind, division_uuid
from flowparty.exchange.crypto import KEY_BYTES, PublicKeys, sign, verified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flowparty.exchange.crypto import SecretKeys

FORMAT = 2
_ONE_ROTATION = 1
"""The format of cards without a rotation, and of older ones with a single one."""
_DIGITS, _GROUP = 30, 5
_TAG = "flowparty/office-key/1\n"
CARD_BYTES = 10_000
"""More than any card has."""
_MOST_ROTATIONS = 20
_FIELDS = {"flowparty_card", "office", "division", "name", "sign", "seal", "signature", "former"}


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a former key signed of the one after it; on a card of format 1 the seal is empty.

    ``first`` is the number of the first package under the key after it, if that is known.
    """

    former: PublicKeys
    first: int | None
    signature: bytes


@dataclass(frozen=True, slots=True)
class KeyCard:
    """An office and its public keys; ``rotations`` lead to them from former ones, newest first."""

    office: str
    division: str
    name: str
    keys: PublicKeys
    rotations: tuple[Rotation, ...] = ()

    @property
    def key_digest(self) -> str:
        """SHA-256 over both keys and the office: the name of these keys; hex."""
        content = f"{_TAG}{self.office}\n".encode() + self.keys.sign + self.keys.seal
        return digest_of(content).hexdigest()

    @property
    def fingerprint(self) -> str:
        """Thirty digits in six groups (99 bits): short enough to read over the telephone."""
        return spoken(self.key_digest)

    def statement(self) -> bytes:
        """What the card says, as it is signed."""
        return canonical(
            {
                "office": self.office,
                "division": self.division,
                "name": self.name,
                "sign": self.keys.sign.hex(),
                "seal": self.keys.seal.hex(),
            }
        ).encode()


@dataclass(frozen=True, slots=True)
class Successor:
    """A key that took the place of another, and the number of its first package."""

    card: KeyCard
    first: int | None


def spoken(key_digest: str) -> str:
    """The fingerprint of a key digest: ``12345 67890 …``."""
    digits = f"{int(key_digest, 16) % 10**_DIGITS:0{_DIGITS}d}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def same_fingerprint(typed: str, fingerprint: str) -> bool:
    """Whether somebody typed this fingerprint, with or without blanks and hyphens."""
    return [c for c in typed if c in "0123456789"] == [c for c in fingerprint if c != " "]


def write_card(card: KeyCard, keys: SecretKeys) -> str:
    """The card as the text of a file, signed by its own key; the rotations as they stand."""
    content: dict[str, Any] = {
        "flowparty_card": FORMAT if card.rotations else _ONE_ROTATION,
        "office": card.office,
        "division": card.division,
        "name": card.name,
        "sign": card.keys.sign.hex(),
        "seal": card.keys.seal.hex(),
        "signature": sign(keys, card.statement()).hex(),
    }
    if card.rotations:
        content["former"] = [
            [one.former.sign.hex(), one.former.seal.hex(), one.first, one.signature.hex()]
            for one in card.rotations
        ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def is_card(content: bytes) -> bool:
    """Whether a file is the card of an office's keys, of whatever format, good or not."""
    try:
        return "flowparty_card" in _object(content)
    except (ValueError, RecursionError):
        return False


def _object(content: bytes) -> dict[str, Any]:
    raw = json.loads(content[: CARD_BYTES + 1])
    return raw if isinstance(raw, dict) else {}


def read_card(content: bytes) -> KeyCard:
    """Read a card that another office handed over; whether to trust it is another question.

    Raises:
        Untrusted: not a card, or not signed by the keys on it. TooNew: a newer program made it.
    """
    try:
        raw = _object(content)
        if "flowparty_card" not in raw:
            raise Untrusted("card_not_one")
        if raw["flowparty_card"] not in (_ONE_ROTATION, FORMAT):
            raise TooNew("card_newer", found=raw["flowparty_card"], known=FORMAT)
        if not set(raw) <= _FIELDS:
            raise Untrusted("card_not_one")
        card = _card(raw)
        signature = bytes.fromhex(raw["signature"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Untrusted("card_not_one") from None
    fixed = len(card.division) in LEVEL_BY_LENGTH and card.division.isdecimal()
    own = card.office == division_uuid(card.division, OrgKind.COMMITTEE)
    if not (fixed and own and card.division.isascii() and card.name.isprintable()):
        raise Untrusted("card_not_one")
    if not verified(card.keys.sign, card.statement(), signature):
        raise Untrusted("card_unsigned")
    return card


def _card(raw: dict[str, Any]) -> KeyCard:
    keys = _keys(raw["sign"], raw["seal"])
    former = raw.get("former", [])
    rotations: tuple[Rotation, ...] = ()
    if raw["flowparty_card"] == FORMAT:
        rotations = tuple(
            Rotation(_keys(key, lock), _first(first), bytes.fromhex(signature))
            for key, lock, first, signature in former
        )
    elif former:
        key, signature = former
        rotations = (Rotation(PublicKeys(bytes.fromhex(key), b""), None, bytes.fromhex(signature)),)
    if len(rotations) > _MOST_ROTATIONS:
        raise ValueError(len(rotations))
    return KeyCard(str(raw["office"]), str(raw["division"]), str(raw["name"]), keys, rotations)


def _keys(key: str, lock: str) -> PublicKeys:
    keys = PublicKeys(bytes.fromhex(key), bytes.fromhex(lock))
    if len(keys.sign) != KEY_BYTES or len(keys.seal) != KEY_BYTES:
        raise ValueError(len(keys.sign))
    return keys


def _first(value: Any) -> int | None:
    if value is not None and (type(value) is not int or value < 1):
        raise ValueError(value)
    return value


def vouch(card: KeyCard, former: Sequence[tuple[SecretKeys, int | None]]) -> KeyCard:
    """The card with its rotations, each signed by the keys that were replaced.

    Args:
        card: the office's present keys.
        former: the keys before, newest first, with the number of the first package after each.
    """
    rotations, after = [], card.keys
    for pair, first in former[:_MOST_ROTATIONS]:
        statement = _rotation(card.office, after, first)
        rotations.append(Rotation(pair.public(), first, sign(pair, statement)))
        after = pair.public()
    return replace(card, rotations=tuple(rotations))


def successors(card: KeyCard, trusted: PublicKeys) -> list[Successor]:
    """The keys after a trusted one that lead to the card's, oldest first; none if it leads nowhere.

    Each is vouched for by the one before it, the first of them by the trusted one.
    """
    found: list[Successor] = []
    after = card.keys
    for one in card.rotations:
        statement = _rotation(card.office, after, one.first)
        if not one.former.seal:
            statement = b"rotation\n" + card.statement()
        if not verified(one.former.sign, statement, one.signature):
            return []
        found.insert(0, Successor(replace(card, keys=after, rotations=()), one.first))
        if one.former.sign == trusted.sign and one.former.seal in (trusted.seal, b""):
            return found
        after = one.former
    return []


def _rotation(office: str, after: PublicKeys, first: int | None) -> bytes:
    said = {"office": office, "sign": after.sign.hex(), "seal": after.seal.hex(), "first": first}
    return b"rotation/2\n" + canonical(said).encode()
