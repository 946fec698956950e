"""Places as people write them, and how far they are from home.

Codes are those of GB/T 2260 and the statistical divisions: 6 digits to the county, 9 to the town,
12 to the village. ``990000`` (境外) is this project's own.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flowparty.domain.place_lists import MARKS, behind, is_no_address, is_street, names_others
from flowparty.domain.place_words import NOT_KNOWN, is_pseudo_city, renamings, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
SETTLED_WHOLE = frozenset({"71", "81", "82", "99"})
"""Hong Kong, Macau, Taiwan and abroad: nothing below them is asked for."""

_PROVINCE, _CITY, _COUNTY, _TOWN = 2, 4, 6, 9


CITY = 2
"""How many names lead down to the city."""


@dataclass(frozen=True, slots=True)
class Place:
    """One division: its code in 6, 9 or 12 digits and its names from the province down."""

    code: str
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        """``广东省–深圳市–龙岗区``; divisions that exist on paper only are left out."""
        return _joined(self.names)

    @property
    def county(self) -> str:
        """The same down to the county at most: 省–市–县, as the forms ask for it."""
        return _joined(self.names[:3])

    def seen_from(self, home: str) -> str:
        """The same as people at ``home`` (a code) say it: what both share is left out.

        ``贵阳市–观山湖区`` inside the province, the county and what lies below inside the city.
        """
        if self.code[:4] == home[:4] and len(self.names) > CITY:
            return _joined(self.names[CITY:])
        if self.code[:2] == home[:2] and len(self.names) > 1:
            return _joined(self.names[1:3])
        return self.county


def _joined(names: tuple[str, ...]) -> str:
    return "–".join(dict.fromkeys(name for name in names if not is_pseudo_city(name)))


@dataclass(frozen=True, slots=True)
class Match:
    """What a text names.

    ``status``: exact (settled to a county, or as far as a place goes), renamed (exact, by an older
    name), partial (stops at a province or city), unresolved (the rest names nothing known),
    ambiguous (``candidates``, or places that are not named), not_known (the text says that nobody
    knows). ``rest``: what follows the place in the text, without the marks between.
    """

    status: str
    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    stem: str
    rest: str
    renamed: bool


class Gazetteer:
    """All divisions known, by code and by name."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        """Take (code, name) of 2, 4, 6, 9 or 12 digits; a province may come as ``810000``."""
        self._names: dict[str, str] = {}
        for code, name in rows:
            self._names[code.removesuffix("0000") if len(code) == _COUNTY else code] = name

    def get(self, code: str) -> Place | None:
        """The place with this code of 2 to 12 digits; None if unknown."""
        stem = self._stem(code)
        return self._place(stem) if stem in self._names else None

    def children(self, code: str) -> tuple[Place, ...]:
        """The divisions right below this one, by code."""
        stem = self._stem(code)
        length = {2: 4, 4: 6, 6: 9, 9: 12}.get(len(stem))
        below = [s for s in self._names if len(s) == length and s.startswith(stem)]
        return tuple(self._place(s) for s in sorted(below))

    def resolve(self, text: str, *, home: str | None = None) -> Match:
        """Find the place that a text names.

        Args:
            text: as people write it: 广东深圳, 浙江省宁波市北仑区, 温州 瓯海, a code of at
                least six digits.
            home: a division; towns and villages of its county may then be named alone.
        """
        written = unicodedata.normalize("NFKC", text)
        plain = MARKS.sub("", written)
        if not plain or plain in NOT_KNOWN:
            return Match("not_known")
        if plain.isdecimal():
            place = self.get(plain) if len(plain) >= _COUNTY else None  # 50 may be anything
            known = place is not None
            return Match(self._depth(self._stem(plain)), place) if known else Match("unresolved")
        match = self._judge(list(self._readings(plain, "", renamed=False, home=home)))
        return self._unless_several(match, written, home)

    def _judge(self, readings: list[_Reading]) -> Match:
        if not readings:
            return Match("unresolved")
        complete = [r for r in readings if not r.rest or self._takes_rest(r.stem)]
        best = _deepest(complete) if complete else _shortest_rest(readings)
        stems = self._preferred(sorted({reading.stem for reading in best}))
        places = tuple(self._place(stem) for stem in stems)
        if len(places) > 1:
            return Match("ambiguous", None, places)
        status = self._depth(stems[0])
        if not complete:
            status = "unresolved"
        elif all(reading.renamed for reading in best):
            status = "renamed"
        return Match(status, places[0], rest=best[0].rest)

    def _unless_several(self, match: Match, written: str, home: str | None) -> Match:
        """The same unless the text names more places: which of them is meant nobody can say."""
        if match.place is None or not match.rest:
            return match
        if names_others(match.rest):
            return Match("ambiguous")
        more = behind(written, match.rest)
        readings = list(self._readings(more.text, "", renamed=False, home=home))
        found = _shortest_rest(readings) if readings else []
        stems = self._preferred(sorted({reading.stem for reading in found}))
        likely = more.listed or all(self._is_beside(stem, match.place, readings) for stem in stems)
        if not (likely and self._are_apart(stems, match.place)):
            return match
        if not self._ends_place(found[0], listed=more.listed):
            return match
        return Match("ambiguous", None, (match.place, *map(self._place, stems)))

    def _are_apart(self, stems: list[str], first: Place) -> bool:
        own = self._stem(first.code)
        return bool(stems) and not any(s.startswith(own) or own.startswith(s) for s in stems)

    def _is_beside(self, stem: str, first: Place, readings: list[_Reading]) -> bool:
        """Whether it stands beside another place though no mark of lists is between them.

        A city does, a sibling, and what its own city leads to; 长安 of 东莞 长安 is a town there.
        """
        own = self._stem(first.code)
        above = own[: {6: 4, 9: 6, 12: 9}.get(len(own), 0)]
        led = any(stem.startswith(one.stem) and stem != one.stem for one in readings)
        return led or self._is_city(stem) or (above != "" and stem.startswith(above))

    def _ends_place(self, reading: _Reading, *, listed: bool) -> bool:
        """Whether the words behind a name do not make it a street's or an estate's: 上海花园."""
        rest = reading.rest
        if is_no_address(rest) or any(self._readings(rest, "", renamed=False, home=None)):
            return True
        return listed and self._takes_rest(reading.stem) and not is_street(rest)

    def _preferred(self, stems: list[str]) -> list[str]:
        """A province before all; a place before those inside it; a city before districts elsewhere.

        A district of a municipality is often named alone (朝阳), so it keeps its claim.
        """
        provinces = [stem for stem in stems if len(stem) == _PROVINCE]
        if provinces:
            return provinces
        cities = [stem for stem in stems if self._is_city(stem)]
        if len(cities) == 1 and not any(stem[:_PROVINCE] in MUNICIPALITIES for stem in stems):
            return cities
        return stems

    def _readings(
        self, text: str, within: str, *, renamed: bool, home: str | None
    ) -> Iterator[_Reading]:
        """Every way to read the beginning of a text as a place in ``within``, and so on down."""
        for length in range(len(text), 1, -1):
            for stem, by_older in self._index.get(text[:length], ()):
                if not self._reachable(stem, within, home):
                    continue
                older = renamed or by_older
                rest = text[length:]
                yield _Reading(stem, rest, older)
                if rest:
                    yield from self._readings(rest, stem, renamed=older, home=home)

    def _reachable(self, stem: str, within: str, home: str | None) -> bool:
        if within:
            return stem.startswith(within) and len(stem) > len(within)
        return len(stem) <= _COUNTY or (home is not None and stem.startswith(home[:_COUNTY]))

    def _takes_rest(self, stem: str) -> bool:
        """Whether more words may follow: a county's streets, a whole Hong Kong."""
        return len(stem) >= _COUNTY or stem in SETTLED_WHOLE or self._is_countyless(stem)

    def _is_city(self, stem: str) -> bool:
        """Whether it is a city, or a province, named by its own name: 东莞 has a county's code."""
        return len(stem) <= _CITY or self._is_countyless(stem[:_CITY])

    def _is_countyless(self, stem: str) -> bool:
        return len(stem) == _CITY and f"{stem}00" in self._names

    def _depth(self, stem: str) -> str:
        return "exact" if self._takes_rest(stem) else "partial"

    def _stem(self, code: str) -> str:
        """A code without the zeros that only fill it up: 440000 → 44, 440300 → 4403."""
        if len(code) != _COUNTY or code in self._names:
            return code
        return code[:_PROVINCE] if code.endswith("0000") else code.removesuffix("00")

    def _place(self, stem: str) -> Place:
        steps = [stem[:n] for n in (2, 4, 6, 9, 12) if n <= len(stem)]
        names = tuple(self._names[step] for step in steps if step in self._names)
        return Place(stem.ljust(_COUNTY, "0"), names)

    @cached_property
    def _index(self) -> dict[str, list[tuple[str, bool]]]:
        """Spelling → (stem, whether by an older name), built at the first question."""
        index: dict[str, list[tuple[str, bool]]] = {}
        for stem, name in self._names.items():
            if is_pseudo_city(name) or (self._is_countyless(stem[:_CITY]) and len(stem) == _CITY):
                continue
            for spelling in spellings(name, len(stem)):
                index.setdefault(spelling, []).append((stem, False))
            if len(stem) == _COUNTY:
                for spelling in renamings(name):
                    index.setdefault(spelling, []).append((stem, True))
        return index


def _deepest(readings: list[_Reading]) -> list[_Reading]:
    """Prefer the readings that explain most, then those by today's name."""
    least = min(len(reading.rest) for reading in readings)
    found = [reading for reading in readings if len(reading.rest) == least]
    return [reading for reading in found if not reading.renamed] or found


def _shortest_rest(readings: list[_Reading]) -> list[_Reading]:
    least = min(len(reading.rest) for reading in readings)
    return [reading for reading in readings if len(reading.rest) == least]


def scope(home: str, code: str | None) -> str:
    """How far a place is, seen from a home division: a code of table ``move_scope``.

    A county right under its province (省直辖县级) is its own city: from there, every other county
    of the province is in another city. Where the code stops too early to tell, ``unknown``.

    Args:
        home: the division at home, 6, 9 or 12 digits.
        code: the place, 6, 9 or 12 digits; None when nobody knows.
    """
    if code is None:
        return "unknown"
    if code[:_PROVINCE] != home[:_PROVINCE]:
        return "cross_province"
    if code[:_COUNTY] == home[:_COUNTY]:
        same_town = len(code) >= _TOWN and code[:_TOWN] == home[:_TOWN]
        return "in_town" if same_town else "in_county"
    if code.endswith("0000") and len(code) == _COUNTY:
        return "unknown"
    if code[:_CITY] != home[:_CITY] or code[2:4] == "90":
        return "in_province"
    return "unknown" if code.endswith("00") and len(code) == _COUNTY else "in_city"
