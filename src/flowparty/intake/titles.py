"""What stands above the headings of a list: whose it is, its day, and the unit of its amounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowparty.intake import money_units
from flowparty.intake.cell_dates import read_date
from flowparty.intake.layout import merged_texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from flowparty.domain.dates import PartialDate
    from flowparty.intake.branches import Branch, BranchNames
    from flowparty.intake.fields import Kind
    from flowparty.intake.layout import Layout
    from flowparty.intake.sheets import Sheet

_UNIT = re.compile(r"(?:填报|报送|填表)?(?:单位|党组织|支部)(?:名称)?\s*[:：]\s*([^\s:：（(]+)")
_LIST_OF = re.compile(
    r"(?:流[出动入]|外出|全体)?"
    r"(?:党员(?!党?总?支部)|《|摸底|活动证|情况|联系|帮扶|花?名册|名单|台账).*$"
)
"""The words of lists behind a branch; 流动党员党支部 is one itself."""
_BEGINS = re.compile(r"([^:：]*?(?:总支部?|支部)(?:委员会)?)[^村区支:：]+$")
_DIGITS = "[0-9一二三四五六七八九十]{1,3}"
_ORDINAL = re.compile(
    rf"(?:附[件表录]?\s*(?:{_DIGITS})?[\s:：.、．]+|附[件表录]\s*{_DIGITS})?"
    rf"(?:[（(]?{_DIGITS}[)）.、．\s]+|[①-⑳⑴-⒇]\s*)?《?"
)
_COUNT = re.compile(
    r"(?:[（(]?(?:共|计|党员|流动党员)*[0-9]+\s*[人名][)）]?|[（(][^（）()]*[)）]|[:：])+$"
)
_NUMBERING = re.compile(
    r"[（(][^（(]*[)）]|^[0-9一二三四五六七八九十]{1,2}[.、．\s]+|[0-9]+人?$"
    r"|(?:流[出动入]|外出)(?=[（(0-9]|$)"
)
"""What stands in the name of a sheet beside its branch: 1.瓦厂村流动（2）."""
_YEAR = re.compile(r"[0-9〇零一二三四五六七八九]{4}年度?(?:[0-9]{1,2}月份?)?")
_FILLED_IN = re.compile(
    r"(?:填报|填表|制表|报送|统计|截[至止])(?:日期|时间)?\s*[:：]?\s*([0-9]{4}[^\s（(]*)"
)
_DAY_ALONE = re.compile(r"[（(]?([0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?)[)）]?")
_ROWS = 8


def whose(title: str) -> str:
    """What a title calls its branch: what follows 填报单位：, else all but the words of lists."""
    unit = _UNIT.search(title)
    return unit[1] if unit else _YEAR.sub("", _LIST_OF.sub("", title))


def branches_called(title: str, names: BranchNames) -> tuple[Branch, ...]:
    """The branches that a title names, also before a kind of people: 雨柏村党支部在外务工党员."""
    called = whose(title).strip()
    begun = _BEGINS.match(called) if called != title else None
    return names.find(called) or (names.find(begun[1]) if begun else ())


def bare_title(text: str) -> str:
    """A title without its number and how many people follow: 附件1：二、雨柏村党支部（12人）."""
    plain = text.strip()
    numbered = _ORDINAL.match(plain)
    return _COUNT.sub("", plain[numbered.end() :] if numbered else plain).strip()


def says_day(text: str) -> bool:
    """Whether a text beside a title only says when the list was filled in."""
    plain = "".join(text.split())
    return _FILLED_IN.match(plain) is not None or _DAY_ALONE.fullmatch(plain) is not None


def day_said(texts: Iterable[str], today: date) -> PartialDate | None:
    """The first day on which a list was filled in, as a text says or is."""
    for text in texts:
        found = _FILLED_IN.search(text) or _DAY_ALONE.fullmatch("".join(text.split()))
        if found and (day := read_date(found[1], today).value) is not None:
            return day
    return None


class Titles:
    """The rows above the first headings of a sheet, merged cells filled in.

    ``rows``: the same as they stand.
    """

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        """Take the nearest rows; what is farther away says nothing of the list."""
        top = max(1, layout.top - _ROWS)
        self._sheet = sheet.name
        self.rows = sheet.rows[top - 1 : layout.top - 1]
        self._rows = merged_texts(sheet, top, layout.top - top)
        self._texts = [text for row in self._rows for text in dict.fromkeys(row) if text]

    @property
    def nearest(self) -> str:
        """The words that stand nearest above the headings; empty if none do."""
        return self._texts[-1] if self._texts else ""

    def branches(self, names: BranchNames) -> tuple[Branch, ...]:
        """The branch a whole sheet is of: by its name, 填报单位, its title, its spoken name.

        Where none of them names one branch alone: the several that the first of them may mean.
        """
        units = [found[1] for title in self._texts for found in _UNIT.finditer(title)]
        sheet = _NUMBERING.sub("", self._sheet)
        spoken = _YEAR.sub("", _LIST_OF.sub("", sheet))
        called = (branches_called(text, names) for text in (sheet, *map(bare_title, self._texts)))
        meant = (*map(names.find, (self._sheet, *units)), *called, names.spoken(spoken))
        found = [branches for branches in meant if branches]
        return next((branches for branches in found if len(branches) == 1), next(iter(found), ()))

    def filled_in(self, today: date) -> PartialDate | None:
        """The day on which the list was filled in, as a title says or a day alone in a row."""
        return day_said(self._texts, today)

    def unit(self, kind: Kind, layout: Layout, restated: int | None) -> int | None:
        """The unit of the amounts of a list; None where neither title nor headings say it.

        ``restated``: what a title further down said, which comes before those above.
        """
        column = layout.money(kind)
        if column is None:
            return None
        said = money_units.of_headings(column.path)
        said = restated if said is None else said
        return money_units.of_titles(self._rows, column.index) if said is None else said
