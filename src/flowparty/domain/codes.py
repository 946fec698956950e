"""Code tables: what a word on paper means, and which word a code has."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowparty.domain.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Term:
    """One code with its official Chinese word, its English one, and other spellings."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One table; spellings are compared without regard to width, case and blanks."""

    name: str
    terms: Mapping[str, Term]
    _spellings: Mapping[str, str] = field(repr=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in the table's order."""
        return tuple(self.terms)

    def find(self, text: str | None) -> str | None:
        """The code that a word means; None if there is no word, or none of the table."""
        return None if text is None else self._spellings.get(_key(text))

    def parse(self, text: str) -> str:
        """The code that a word means: the code itself, its words, or a known other spelling.

        Raises:
            BadValue: ``value_unrecognised``; ``known`` lists the Chinese words.
        """
        code = self.find(text)
        if code is None:
            known = [term.zh for term in self.terms.values()]
            raise BadValue("value_unrecognised", table=self.name, value=text, known=known)
        return code

    def zh(self, code: str) -> str:
        """The official Chinese word; an unknown code stands for itself."""
        return self.terms[code].zh if code in self.terms else code

    def en(self, code: str) -> str:
        """The English word; an unknown code stands for itself."""
        return self.terms[code].en if code in self.terms else code


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def read_tables(lines: Iterable[str]) -> Mapping[str, CodeTable]:
    """Read every table from the lines of ``codes.csv``: table, code, zh, en, aliases (``|``)."""
    terms: dict[str, dict[str, Term]] = {}
    for row in csv.DictReader(lines):
        aliases = tuple(alias for alias in row["aliases"].split("|") if alias)
        term = Term(row["code"], row["zh"], row["en"], aliases)
        terms.setdefault(row["table"], {})[term.code] = term
    return {name: CodeTable(name, of, _spellings(of.values())) for name, of in terms.items()}


def _spellings(terms: Iterable[Term]) -> dict[str, str]:
    return {
        _key(spelling): term.code
        for term in terms
        for spelling in (*term.aliases, term.en, term.zh, term.code)
        if spelling
    }
