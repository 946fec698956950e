"""One list of columns feeds every format: what a value is called, and how it is taken and shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from flowparty.domain.masking import Masked, mask_column
from flowparty.domain.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: a stable key for programs, a heading for people.

    ``value`` gives what programs get (codes, ISO days, numbers); ``show`` turns it into what people
    read (words). A column with ``table=False`` stands only in json and csv, one with ``wide`` is
    only named below the table on a narrow terminal, one with ``fold`` may take several lines.
    """

    key: str
    heading: str
    value: Callable[[T], Any]
    show: Callable[[Any], str] | None = None
    table: bool = True
    right: bool = False
    wide: bool = False
    fold: bool = False

    def cell(self, row: T) -> str:
        """What a person reads in this column; one line, safe for a terminal."""
        value = self.value(row)
        if value is None:
            return ""
        text = self.show(value) if self.show is not None else str(value)
        return visible(text, single_line=True)

    def plain(self, row: T) -> Any:
        """What a program reads: masked values masked, numbers as numbers."""
        value = self.value(row)
        if isinstance(value, Masked):
            return str(value)
        if isinstance(value, tuple):
            return list(value)
        return value


def attribute(name: str) -> Callable[[Any], Any]:
    """Take an attribute of the row."""
    return lambda row: getattr(row, name)


def masked(name: str) -> Callable[[Any], Any]:
    """Take an attribute as a list may show it."""
    return lambda row: mask_column(name, getattr(row, name))


def revealed(name: str) -> Callable[[Any], Any]:
    """Take a masked attribute in full."""

    def value(row: Any) -> Any:
        found = getattr(row, name)
        return found.reveal() if isinstance(found, Masked) else found

    return value
