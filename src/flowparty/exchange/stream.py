"""The bytes of a package: a header of fixed shape, the ciphertext, the signature.

One stream and no archive, so there is nothing to unpack, no path and no name in it. The header says
who must have signed; nothing else is looked at before the signature was found good.
"""

from __future__ import annotations

import struct
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any
from uuid import UUID

from flowparty.domain.canonical import sha256
from flowparty.domain.errors import TooNew, Untrusted

MAGIC = b"flowpkg\n"
VERSION = 1
ALGORITHM = 1
"""Ed25519; HPKE of X25519, HKDF-SHA256 and ChaCha20-Poly1305; zlib. SM2 and SM4 get a number."""

MOST_BYTES = 20_000_000
SIGNATURE_BYTES = 64
HEAD_DIGITS = 20
"""Hex digits of a journal's head that an anchor carries."""

_FORM = struct.Struct(">8sHHB16s32s16s32s12sHBIQ32sQ10sQQ")
HEADER_BYTES = _FORM.size


class Kind(IntEnum):
    """What a stream carries."""

    PACKAGE = 1
    RECEIPT = 2


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in clear before the ciphertext, under the signature.

    Offices are UUIDs, keys are the digests of their fingerprints, ``unit`` is the division whose
    returns these are, ``prev`` the SHA-256 of the package before (64 zeros for the first), the
    journal's head that of the sender as it stood at the close, ``at`` seconds since 1970 UTC.
    """

    kind: int
    sender: str
    sender_key: str
    recipient: str
    recipient_key: str
    unit: str
    year: int
    month: int
    revision: int
    seq: int
    prev: str
    journal_seq: int
    journal_head: str
    at: int

    @property
    def period(self) -> str:
        """``2026-11``."""
        return f"{self.year:04d}-{self.month:02d}"

    def as_dict(self) -> dict[str, Any]:
        """As it is repeated inside the payload."""
        return asdict(self)

    def pack(self, length: int) -> bytes:
        """The header's bytes before a ciphertext of ``length`` bytes."""
        return _FORM.pack(
            MAGIC,
            VERSION,
            ALGORITHM,
            self.kind,
            UUID(self.sender).bytes,
            bytes.fromhex(self.sender_key),
            UUID(self.recipient).bytes,
            bytes.fromhex(self.recipient_key),
            self.unit.encode("ascii"),
            self.year,
            self.month,
            self.revision,
            self.seq,
            bytes.fromhex(self.prev),
            self.journal_seq,
            bytes.fromhex(self.journal_head),
            self.at,
            length,
        )


@dataclass(frozen=True, slots=True)
class Stream:
    """A file taken apart but not yet believed."""

    header: Header
    ciphertext: bytes
    signature: bytes
    signed: bytes
    digest: str

    @property
    def info(self) -> bytes:
        """What the encryption is bound to: the header as it stands in the file."""
        return self.signed[:HEADER_BYTES]


def split(data: bytes) -> Stream:
    """Take a file apart.

    Raises:
        Untrusted: too large, not a package, or cut off.
        TooNew: a newer program made it.
    """
    if len(data) > MOST_BYTES:
        raise Untrusted("package_too_large", size=len(data), most=MOST_BYTES)
    if len(data) < HEADER_BYTES + SIGNATURE_BYTES or not data.startswith(MAGIC):
        raise Untrusted("package_not_one")
    _, version, algorithm, kind, *rest, length = _FORM.unpack_from(data)
    if version > VERSION or algorithm > ALGORITHM:
        raise TooNew("package_newer", found=max(version, algorithm), known=VERSION)
    if version != VERSION or algorithm != ALGORITHM or kind not in (Kind.PACKAGE, Kind.RECEIPT):
        raise Untrusted("package_not_one")
    if len(data) != HEADER_BYTES + length + SIGNATURE_BYTES:
        raise Untrusted("package_cut")
    signed = data[:-SIGNATURE_BYTES]
    return Stream(
        _header(kind, *rest),
        signed[HEADER_BYTES:],
        data[-SIGNATURE_BYTES:],
        signed,
        sha256(data),
    )


def _header(kind: int, *fields: Any) -> Header:
    sender, sender_key, recipient, recipient_key, unit, *numbers = fields
    year, month, revision, seq, prev, journal_seq, journal_head, at = numbers
    return Header(
        kind=kind,
        sender=str(UUID(bytes=sender)),
        sender_key=sender_key.hex(),
        recipient=str(UUID(bytes=recipient)),
        recipient_key=recipient_key.hex(),
        unit=unit.rstrip(b"\0").decode("ascii", "replace"),
        year=year,
        month=month,
        revision=revision,
        seq=seq,
        prev=prev.hex(),
        journal_seq=journal_seq,
        journal_head=journal_head.hex(),
        at=at,
    )
