"""The parts of a workbook's package: private and without a time."""

from __future__ import annotations

import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def entry(name: str) -> zipfile.ZipInfo:
    """A compressed part of this name."""
    found = zipfile.ZipInfo(name, _EPOCH)
    found.compress_type = zipfile.ZIP_DEFLATED
    found.external_attr = 0o600 << 16
    return found
