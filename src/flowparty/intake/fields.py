"""The kinds of lists that come in, as data: fields, the headings that mean them, how they are read.

``data/import_fields.csv`` has them: ``*`` for what every kind may say of a person, then each kind's
own. A town's new spelling of a heading is one word there.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from flowparty.data import data_path

KINDS = ("members", "moves", "cards", "survey", "contacts", "aid")

REQUIRED: dict[str, tuple[str, ...]] = {
    "members": ("name", "id_number", "branch"),
    "moves": ("name",),
    "cards": ("name", "card_number"),
    "survey": ("name",),
    "contacts": ("name", "contacted_on"),
    "aid": ("name", "amount"),
    "names": ("name",),
}
"""Without these a list says nothing; the branch may also be the sheet's, or ``--org``."""

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NOISE = re.compile(r"[\s*:;。、,，.·/\\|\-—_\"'“”()\[\]【】《》〈〉「」]+")
_ORDINAL = re.compile(r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[、.．)]\s*")
_LONGEST = 40
# A name under 联系人 or 介绍人 is somebody else's.
_OTHERS = re.compile(
    r"联系人|介绍人|配偶|亲属|家属|家庭成员|父亲|母亲|子女|责任人|结对|书记|负责人|流入地|接收|紧急"
)
_PERSONAL = frozenset({"name", "id_number", "sex", "birth_date", "age", "mobile", "landline"})
_GENERAL = re.compile(r"(?:基本|具体)?(?:情况|信息|状况)$")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the official heading, the reader of its cells, and what else its heading is."""

    name: str
    zh: str
    read: str
    spellings: frozenset[str]
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of list; ``fields`` in order of precedence."""

    name: str
    fields: dict[str, Field]
    required: tuple[str, ...]
    _known: dict[str, str | None] = field(default_factory=dict, repr=False)

    def field_of(self, heading: object, parents: tuple[str, ...] = ()) -> str | None:
        """The field that a heading means below the headings over it; None if nobody knows it."""
        if not isinstance(heading, str) or len(heading) > _LONGEST:
            return None
        over = "".join(_GENERAL.sub("", plain_heading(parent)) for parent in parents)
        if over and (whole := self._meant(over + plain_heading(heading))):
            return whole
        meant = self._meant(heading)
        beside = "".join(_BRACKETED.findall(unicodedata.normalize("NFKC", heading)))
        others = _OTHERS.search(over + beside) and "本人" not in beside
        return None if meant in _PERSONAL and others else meant

    def _meant(self, heading: str) -> str | None:
        if heading not in self._known:
            self._known[heading] = self._search(heading)
        return self._known[heading]

    def _search(self, heading: str) -> str | None:
        forms = (plain_heading(heading), plain_heading(heading, keep_brackets=True))
        for form in dict.fromkeys(forms):
            for one in self.fields.values():
                if form in one.spellings:
                    return one.name
        for form in dict.fromkeys(forms):
            for one in self.fields.values():
                if form and one.pattern is not None and one.pattern.fullmatch(form):
                    return one.name
        return None


def plain_heading(heading: str, *, keep_brackets: bool = False) -> str:
    """A heading without what does not change its meaning: blanks, marks, ordinals, brackets."""
    text = unicodedata.normalize("NFKC", heading).strip()
    text = _ORDINAL.sub("", text)
    return _NOISE.sub("", text if keep_brackets else _BRACKETED.sub("", text))


@cache
def kind_of(name: str) -> Kind:
    """A kind by name; ``names`` is any list of people."""
    with data_path("import_fields.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    own = [row for row in rows if row["kind"] == name]
    shared = [row for row in rows if row["kind"] == "*"]
    fields: dict[str, Field] = {}
    for row in (*own, *shared):
        fields.setdefault(row["field"], _field(row))
    return Kind(name, fields, REQUIRED[name])


def _field(row: dict[str, str]) -> Field:
    spellings = {row["zh"], *row["spellings"].split("|")} - {""}
    pattern = re.compile(row["pattern"]) if row["pattern"] else None
    return Field(row["field"], row["zh"], row["read"], frozenset(spellings), pattern)
