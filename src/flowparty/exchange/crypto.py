"""Signing and sealing: Ed25519, and HPKE (RFC 9180) in its base mode, where the sender is unknown.

Therefore the signature covers header and ciphertext, and the seal is bound to the header.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowparty.domain.errors import Untrusted

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

_SIGNING = b"flowparty/package/1\n"
KEY_BYTES = 32
SEAL_BYTES = 48
"""What a seal adds: the ephemeral key (32) and the tag (16)."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """An office's two public keys, raw, 32 bytes each."""

    sign: bytes
    seal: bytes


@dataclass(frozen=True, slots=True)
class SecretKeys:
    """An office's two private keys, raw; they never show themselves."""

    sign: bytes = field(repr=False)
    seal: bytes = field(repr=False)

    def public(self) -> PublicKeys:
        """The public keys that belong to them."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return PublicKeys(
            Ed25519PrivateKey.from_private_bytes(self.sign).public_key().public_bytes_raw(),
            X25519PrivateKey.from_private_bytes(self.seal).public_key().public_bytes_raw(),
        )


def generate() -> SecretKeys:
    """New keys from the system's randomness."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return SecretKeys(
        Ed25519PrivateKey.generate().private_bytes_raw(),
        X25519PrivateKey.generate().private_bytes_raw(),
    )


def sign(keys: SecretKeys, content: bytes) -> bytes:
    """The signature over some bytes; 64 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(keys.sign).sign(_SIGNING + content)


def verified(public: bytes, content: bytes, signature: bytes) -> bool:
    """Whether the holder of the key signed exactly these bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _SIGNING + content)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal(plain: bytes, public: bytes, info: bytes) -> bytes:
    """Encrypt to the holder of an X25519 key, bound to ``info``."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return _suite().encrypt(plain, X25519PublicKey.from_public_bytes(public), info=info)


def unseal(ciphertext: bytes, keys: SecretKeys, info: bytes) -> bytes:
    """Decrypt what was sealed to these keys under ``info``.

    Raises:
        Untrusted: it was not, or was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    try:
        private = X25519PrivateKey.from_private_bytes(keys.seal)
        return _suite().decrypt(ciphertext, private, info=info)
    except (InvalidTag, ValueError):
        raise Untrusted("package_unreadable") from None


def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
