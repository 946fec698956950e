"""The key file of an office: its private keys, wrapped by a passphrase with scrypt.

A rotation keeps the former keys behind the current ones, so that a package still under way can be
read.
"""

from __future__ import annotations

import json
import os
from typing import Any

from flowparty.domain.canonical import canonical
from flowparty.domain.errors import BadKey, TooNew
from flowparty.exchange.crypto import KEY_BYTES, SecretKeys

FORMAT = 1
COST = 16
"""Scrypt's n is 2 to this power, with r = 8: 64 MiB and about a third of a second."""
_COSTS = range(10, 21)
_PAIR = 2 * KEY_BYTES
_SHORTEST = 8


def wrap(pairs: list[SecretKeys], office: str, passphrase: str, *, cost: int = COST) -> str:
    """The text of a key file; the first pair is the current one.

    Raises:
        BadKey: the passphrase has fewer than eight characters.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if len(passphrase) < _SHORTEST:
        raise BadKey("passphrase_short", least=_SHORTEST)
    salt, nonce = os.urandom(16), os.urandom(12)
    head = {"flowparty_key": FORMAT, "office": office, "cost": cost, "salt": salt.hex()}
    key = _derive(passphrase, salt, cost)
    plain = b"".join(pair.sign + pair.seal for pair in pairs)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, plain, canonical(head).encode())
    return json.dumps({**head, "nonce": nonce.hex(), "sealed": sealed.hex()}, indent=1) + "\n"


def unwrap(content: str, office: str, passphrase: str) -> list[SecretKeys]:
    """The keys in a key file.

    Raises:
        BadKey: not a key file, another office's, or another passphrase.
        TooNew: a newer program made it.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        raw: dict[str, Any] = json.loads(content)
        if raw["flowparty_key"] != FORMAT:
            raise TooNew("key_newer", found=raw["flowparty_key"], known=FORMAT)
        head = {name: raw[name] for name in ("flowparty_key", "office", "cost", "salt")}
        if type(raw["cost"]) is not int or raw["cost"] not in _COSTS:
            raise BadKey("key_not_one")
        salt, nonce, sealed = (bytes.fromhex(raw[name]) for name in ("salt", "nonce", "sealed"))
    except (ValueError, LookupError, TypeError, AttributeError):
        raise BadKey("key_not_one") from None
    if raw["office"] != office:
        raise BadKey("key_of_other_office")
    try:
        key = _derive(passphrase, salt, raw["cost"])
        plain = ChaCha20Poly1305(key).decrypt(nonce, sealed, canonical(head).encode())
    except (InvalidTag, ValueError):
        raise BadKey("passphrase_wrong") from None
    return [
        SecretKeys(plain[at : at + KEY_BYTES], plain[at + KEY_BYTES : at + _PAIR])
        for at in range(0, len(plain), _PAIR)
    ]


def _derive(passphrase: str, salt: bytes, cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=2**cost, r=8, p=1).derive(passphrase.encode())
