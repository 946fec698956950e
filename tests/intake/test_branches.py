from __future__ import annotations

import pytest

from flowparty.intake.branches import Branch, BranchNames
from flowparty.repository.divisions import load_gazetteer
from tests.intake.lists import BRANCHES, TOWN

NAMES = BranchNames(BRANCHES, load_gazetteer(), TOWN)


def keys(names: BranchNames, text: str) -> list[str]:
    return [branch.key for branch in names.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "金叶社区",
        "金叶社区党支部",
        "金叶社区 党支部",
        " 金叶社区支部",
        "金叶社区支部委员会",
        "金叶社区党总支",
        "长田镇金叶社区党支部",
        "中共长田镇金叶社区支部委员会",
        "中共贞丰县长田镇金叶社区支部委员会",
        "中国共产党贵州省黔西南布依族苗族自治州贞丰县长田镇金叶社区支部委员会",
        "贵州省黔西南州贞丰县长田镇金叶社区党支部",
        "522325107001",
    ],
)
def test_the_forms_in_which_offices_write_a_branch(text: str) -> None:
    assert keys(NAMES, text) == ["522325107001"]


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("雨柏支部", "203"),
        ("雨柏党支部", "203"),
        ("中共雨柏支部委员会", "203"),
        ("雨柏村委会", "203"),
        ("雨柏村村民委员会", "203"),
        ("长田镇雨柏村委会党支部", "203"),
        ("长田镇雨柏", "203"),
        ("贞丰县长田镇雨柏支部", "203"),
        ("金叶居委会", "001"),
        ("金叶社区居民委员会", "001"),
        ("长田镇长田支部", "209"),
    ],
)
def test_a_village_by_its_spoken_name_where_the_rest_says_it_is_one(
    text: str, village: str
) -> None:
    assert keys(NAMES, text) == [f"{TOWN}{village}"]


def test_the_name_of_a_sheet_may_be_a_spoken_name_alone() -> None:
    assert [branch.key for branch in NAMES.spoken("雨柏")] == [f"{TOWN}203"]
    assert NAMES.spoken("长田") == NAMES.spoken("细汆") == NAMES.spoken("雨柏村") == ()


def test_a_spoken_name_of_two_villages_is_neither() -> None:
    branches = [Branch("1", "坪上村党支部"), Branch("2", "坪上社区党支部")]
    names = BranchNames(branches, load_gazetteer(), TOWN)
    assert keys(names, "坪上支部") == ["1", "2"]
    assert [branch.key for branch in names.spoken("坪上")] == ["1", "2"]
    assert keys(names, "坪上村支部") == keys(names, "坪上村委会") == ["1"]
    assert keys(names, "坪上居委会") == ["2"]


def test_a_village_named_like_its_town_is_itself() -> None:
    assert keys(NAMES, "中共长田镇长田村支部委员会") == ["522325107209"]
    assert keys(NAMES, "长田村") == ["522325107209"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "细汆村",
        "细氽",
        "龙场镇金叶社区党支部",
        "兴仁市长田镇金叶社区党支部",
        "长田镇党支部",
        "新金叶社区",
        "雨柏",
        "新雨柏支部",
        "龙场镇雨柏",
        "雨柏居委会",
        "长田支部",
        "长田党支部",
        "细汆支部",
        "金叶社区第二党支部",
        "522325107999",
    ],
)
def test_a_near_match_is_no_match(text: str) -> None:
    assert NAMES.find(text) == ()


def test_a_name_of_two_branches_is_neither_unless_the_town_tells() -> None:
    ours = Branch("1", "雨柏村党支部", "522325107203")
    theirs = Branch("2", "雨柏村支部委员会", "522325106203")
    names = BranchNames([ours, theirs], load_gazetteer(), None)
    assert names.find("雨柏村") == names.find("雨柏村支部") == (ours, theirs)
    assert names.find("长田镇雨柏村支部") == names.find("雨柏村党支部") == (ours,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("东村", ["1", "2"]),
        ("长田镇东村", ["1", "2"]),
        ("东村党委", ["1", "2"]),
        ("522325107205", ["1", "2"]),
        ("东村党总支", ["1"]),
        ("中共长田镇东村总支委员会", ["1"]),
        ("东村支部委员会", ["2"]),
        ("长田镇东村党支部", ["2"]),
        ("西村党支部", ["3"]),
    ],
)
def test_a_village_with_two_branches_names_neither(text: str, found: list[str]) -> None:
    branches = [
        Branch("1", "东村党总支", "522325107205"),
        Branch("2", "东村党支部", "522325107205"),
        Branch("3", "西村党总支"),
    ]
    assert keys(BranchNames(branches, load_gazetteer(), TOWN), text) == found


def test_a_branch_without_a_code_lies_at_home() -> None:
    branches = [Branch("7", "个体商户党支部")]
    at_home = BranchNames(branches, load_gazetteer(), TOWN)
    assert keys(at_home, "长田镇个体商户支部") == ["7"]
    assert at_home.find("龙场镇个体商户支部") == ()
    assert BranchNames(branches, load_gazetteer(), None).find("长田镇个体商户支部") == ()
