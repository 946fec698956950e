"""What a write answers: the record, and whether it stood there already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recorded(Generic[T]):
    """A record as it stands after the write; ``repeated`` means that nothing was written."""

    record: T
    repeated: bool = False
