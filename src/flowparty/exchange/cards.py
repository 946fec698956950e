"""The public half of an office's keys: what is handed over, and the number read over the telephone.

The fingerprint covers both keys and the office's UUID, and the UUID follows from the division code.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256 as digest_of
from typing import TYPE_CHECKING, Any

from flowparty.domain.canonical import canonical
from flowparty.domain.errors import TooNew, Untrusted
from flowparty.domain.orgs import LEVEL_BY_LENGTH, OrgKind, division_uuid
from flowparty.exchange.crypto import KEY_BYTES, PublicKeys, sign, verified

if TYPE_CHECKING:
    from flowparty.exchange.crypto import SecretKeys

FORMAT = 1
_DIGITS, _GROUP = 30, 5
_TAG = "flowparty/office-key/1\n"
CARD_BYTES = 10_000
"""More than any card has."""
_FIELDS = {"flowparty_card", "office", "division", "name", "sign", "seal", "signature", "former"}


@dataclass(frozen=True, slots=True)
class KeyCard:
    """An office and its public keys; ``former_key`` vouches for a rotation, if there was one."""

    office: str
    division: str
    name: str
    keys: PublicKeys
    former_key: bytes | None = None
    former_signature: bytes | None = None

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


def spoken(key_digest: str) -> str:
    """The fingerprint of a key digest: ``12345 67890 …``."""
    digits = f"{int(key_digest, 16) % 10**_DIGITS:0{_DIGITS}d}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def same_fingerprint(typed: str, fingerprint: str) -> bool:
    """Whether somebody typed this fingerprint, with or without blanks and hyphens."""
    return [c for c in typed if c in "0123456789"] == [c for c in fingerprint if c != " "]


def write_card(card: KeyCard, keys: SecretKeys) -> str:
    """The card as the text of a file, signed by its own key; ``former_*`` as they stand."""
    content: dict[str, Any] = {
        "flowparty_card": FORMAT,
        "office": card.office,
        "division": card.division,
        "name": card.name,
        "sign": card.keys.sign.hex(),
        "seal": card.keys.seal.hex(),
        "signature": sign(keys, card.statement()).hex(),
    }
    if card.former_key is not None and card.former_signature is not None:
        content["former"] = [card.former_key.hex(), card.former_signature.hex()]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_card(content: bytes) -> KeyCard:
    """Read a card that another office handed over; whether to trust it is another question.

    Raises:
        Untrusted: not a card, or not signed by the keys on it. TooNew: a newer program made it.
    """
    try:
        raw = json.loads(content[: CARD_BYTES + 1])
        if not isinstance(raw, dict) or "flowparty_card" not in raw:
            raise Untrusted("card_not_one")
        if raw["flowparty_card"] != FORMAT:
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
    keys = PublicKeys(bytes.fromhex(raw["sign"]), bytes.fromhex(raw["seal"]))
    former = raw.get("former")
    if len(keys.sign) != KEY_BYTES or len(keys.seal) != KEY_BYTES:
        raise ValueError(len(keys.sign))
    return KeyCard(
        str(raw["office"]),
        str(raw["division"]),
        str(raw["name"]),
        keys,
        None if former is None else bytes.fromhex(former[0]),
        None if former is None else bytes.fromhex(former[1]),
    )


def vouch(card: KeyCard, former: SecretKeys) -> KeyCard:
    """The card of new keys, signed by the former ones: a rotation."""
    return KeyCard(
        card.office,
        card.division,
        card.name,
        card.keys,
        former.public().sign,
        sign(former, _rotation(card)),
    )


def vouched(card: KeyCard, trusted: bytes) -> bool:
    """Whether the card is a rotation signed by this key, which we trust already."""
    if card.former_key != trusted or card.former_signature is None:
        return False
    return verified(trusted, _rotation(card), card.former_signature)


def _rotation(card: KeyCard) -> bytes:
    return b"rotation\n" + card.statement()
