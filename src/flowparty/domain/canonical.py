"""One spelling of a value and one digest of bytes, for the journal, for keys and for packages."""

from __future__ import annotations

import json

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> str:
    """JSON with one spelling only: sorted keys, no blanks, characters as they are."""
    return _ENCODER.encode(value)


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes; hex. Reading never needs it, so hashlib is loaded here."""
    import hashlib

    return hashlib.sha256(content).hexdigest()
