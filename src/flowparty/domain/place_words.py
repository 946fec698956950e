"""The words of place names: what is left off in speech, and what says that nobody knows."""

from __future__ import annotations

import re

NOT_KNOWN = frozenset(
    {
        "不掌握",
        "不详",
        "不清楚",
        "不明",
        "不知道",
        "未知",
        "去向不明",
        "流向不明",
        "无法掌握",
        "不知去向",
    }
)

_PSEUDO = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

_PEOPLES = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|俄罗斯|鄂温克|德昂|"
    "保安|裕固|独龙|鄂伦春"
)
_AUTONOMOUS = re.compile(
    f"(?:(?:{_PEOPLES})族?)*(?:各族)?自治[区州县旗]$|(?:{_PEOPLES})自治[区州县]$"
)
_SUFFIXES = {
    2: ("特别行政区", "自治区", "省", "市"),
    4: ("市", "地区", "盟"),
    6: ("新区", "林区", "特区", "市", "县", "区", "旗"),
    9: (),
    12: (),
}
_LONGER = {"境外": ("国外", "海外"), "内蒙古自治区": ("内蒙",), "新疆维吾尔自治区": ("新疆",)}
_SHORTEST = 2


def is_pseudo_city(name: str) -> bool:
    """Whether a division exists on paper only: nobody writes 北京市市辖区朝阳区."""
    return name in _PSEUDO


def spellings(name: str, level: int) -> set[str]:
    """The full name, and the name as it is said; ``level`` is the length of the code's stem."""
    found = {name, *_LONGER.get(name, ())}
    found.add(_short(name, level))
    if name.endswith("自治州"):
        found.add(f"{_short(name, level)}州")
    return {spelling for spelling in found if len(spelling) >= _SHORTEST}


def _short(name: str, level: int) -> str:
    peoples = _AUTONOMOUS.sub("", name)
    if peoples != name and len(peoples) >= _SHORTEST:
        return peoples
    for suffix in _SUFFIXES[level]:
        if name.endswith(suffix) and len(name) - len(suffix) >= _SHORTEST:
            return name.removesuffix(suffix)
    return name


def renamings(name: str) -> set[str]:
    """What a county may have been called before: 兴仁市 was 兴仁县, 顺德区 was 顺德市."""
    stem = _short(name, 6)
    return (
        {stem + suffix for suffix in ("县", "市", "区")} - {name, stem} if stem != name else set()
    )
