"""Which branch a cell means: its name in the forms that offices write, compared exactly.

A near match is never taken: another town's member does not belong here. Nor is one of several that
are called alike: which one is meant is for whoever typed the list to say. A village's name counts
without its 村 or 社区 too, but only where the rest tells that it is one: 雨柏支部, 长田镇雨柏, or
that a whole sheet is called so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowparty.domain.place_words import spellings
from flowparty.domain.text import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flowparty.domain.places import Gazetteer

_PARTY = re.compile(r"^(?:中国共产党|中共)")
_ORGAN = re.compile(r"(?:党?总?支部委员会|党?总支委员会|党?总?支部|党?总支|党委)$")
_COMMITTEES = (
    (re.compile(r"村?村(?:民委员会|委会|委|两委)$"), "村"),
    (re.compile(r"(?:社区)?居(?:民委员会|委会|委)$"), "社区"),
)
_LEFT_OFF = re.compile(r"(?<=..)(?:村|社区)$")
_VILLAGE = re.compile(r"[0-9]{12}")
_WITHIN = re.compile(r"(.*?(?:村|社区))(?!委).*[组队社寨]")
"""A part of a village."""
_NAMED = re.compile(r"..(?:村|社区|总支|支部|委会)")
_LEVELS = (2, 4, 6, 9)
_TOWN = 9


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch as the records have it; ``key`` is its number, ``code`` its division."""

    key: str
    name: str
    code: str | None = None

    @property
    def label(self) -> str:
        """``O5 东村党支部``, as candidates are listed."""
        return f"O{self.key} {self.name}"


class BranchNames:
    """Finds branches by what a list calls them: whole name, division code, or village."""

    def __init__(self, branches: Iterable[Branch], places: Gazetteer, home: str | None) -> None:
        """A branch's 12-digit code tells what may stand before its name.

        Branches without a code are taken to lie at ``home``, a division.
        """
        self._branches = {branch.key: branch for branch in branches}
        self._whole: dict[str, list[Branch]] = {}
        self._cores: dict[str, list[Branch]] = {}
        for branch in self._branches.values():
            for whole in (branch.name, branch.code):
                if whole:
                    self._whole.setdefault(bare(whole), []).append(branch)
            self._cores.setdefault(_core(branch.name), []).append(branch)
        self._prefixes = {
            branch.key: _prefix(branch.code, places)
            for branch in self._branches.values()
            if branch.code and _VILLAGE.fullmatch(branch.code)
        }
        self._home = _prefix(home, places) if home else None
        self._take_spoken(places, home)
        self._found: dict[str, tuple[Branch, ...]] = {}

    def _take_spoken(self, places: Gazetteer, home: str | None) -> None:
        """Note the villages' names as they are said, and which of them may be the town's own."""
        self._spoken: dict[str, list[Branch]] = {}
        self._not_alone: set[str] = set()
        for core, branches in self._cores.items():
            said = _LEFT_OFF.sub("", core)
            if said == core:
                continue
            self._spoken.setdefault(said, []).extend(branches)
            for branch in branches:
                code = branch.code if branch.key in self._prefixes else home
                above = places.get(code[:_TOWN]) if code else None
                if above and any(name.startswith(said) for name in above.names):
                    self._not_alone.add(said)

    def find(self, text: str) -> tuple[Branch, ...]:
        """All branches that are called so: one decides, of several none.

        A whole name decides over a village's; 总支 and 支部 of one village are told apart where
        there are both.
        """
        if text not in self._found:
            self._found[text] = tuple(self._search(text))
        return self._found[text]

    def spoken(self, name: str) -> tuple[Branch, ...]:
        """The branches of the villages that are called so in speech, if nothing else can be meant.

        For the name of a sheet only: in a cell 雨柏 alone may be anything.
        """
        plain = bare(name)
        return () if plain in self._not_alone else tuple(self._spoken.get(plain, ()))

    def hinted(self, text: str) -> tuple[Branch, ...] | None:
        """The branches of a village under 村组 (雨柏村三组, 雨柏); None if none is named (三组)."""
        plain = bare(text)
        within = _WITHIN.fullmatch(plain)
        village = within[1] if within else plain
        found = self.find(village) or self.spoken(village)
        return found or (() if _NAMED.search(village) else None)

    def keyed(self, key: str | None) -> tuple[Branch, ...]:
        """The branch of a key, as :meth:`find` gives it; none without a key."""
        return () if key is None else (self._branches[key],)

    def _search(self, text: str) -> list[Branch]:
        plain = bare(text)
        if plain in self._whole:
            return self._whole[plain]
        core, organ = _core(plain), _organ(plain)
        found = [branch for _, branch in self._ending(core, self._cores)]
        if not found:
            named = bool(organ) and core not in self._not_alone
            spoken = self._ending(core, self._spoken)
            found = [branch for before, branch in spoken if before or named]
        alike = [branch for branch in found if _organ(branch.name) == organ]
        return alike or found

    def _ending(self, core: str, names: Mapping[str, list[Branch]]) -> Iterator[tuple[str, Branch]]:
        """The branches by whose name a text ends, with the words before it, of their own town."""
        for start in range(len(core)):
            for branch in names.get(core[start:], ()):
                if self._leads_to(core[:start], branch):
                    yield core[:start], branch

    def _leads_to(self, prefix: str, branch: Branch) -> bool:
        """Whether the words before a village's name are those of its own town and county."""
        if not prefix:
            return True
        pattern = self._prefixes.get(branch.key, self._home)
        return pattern is not None and pattern.fullmatch(prefix) is not None


def _core(text: str) -> str:
    """A branch's name down to its village: 雨柏村 of 雨柏村党支部 and of 雨柏村委会."""
    core = _ORGAN.sub("", _PARTY.sub("", bare(text)))
    for committee, village in _COMMITTEES:
        core = committee.sub(village, core)
    return core


def _organ(text: str) -> str:
    """What kind of organization a name says it is: a 总支, a 支部, a committee, or nothing."""
    found = _ORGAN.search(bare(text))
    said = found[0] if found else ""
    return next((kind for kind in ("总支", "支部", "党委") if kind in said), "")


def _prefix(code: str, places: Gazetteer) -> re.Pattern[str]:
    """Province, city, county and town of a code, each in its spellings and each optional."""
    parts = []
    for length in (level for level in _LEVELS if level <= len(code)):
        place = places.get(code[:length])
        if place is not None:
            names = sorted(spellings(place.names[-1], length), key=len, reverse=True)
            parts.append(f"(?:{'|'.join(map(re.escape, names))})?")
    return re.compile("".join(parts))
