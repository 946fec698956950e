"""Places as people write them, and how far they are."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.data import data_path
from flowparty.domain.places import scope
from flowparty.repository.divisions import load_gazetteer

PLACES = load_gazetteer()
HOME = "522325107"
with data_path("divisions", "areas.csv").open(encoding="utf-8", newline="") as lines:
    COUNTIES = [row["code"] for row in csv.DictReader(lines)]


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("50", "unresolved", None), ("12", "unresolved", None), ("440300", "partial", "440300"), ("广东深圳", "partial", "440300"), ("深圳龙岗", "exact", "440307"),
        ("浙江省宁波市北仑区", "exact", "330206"), ("浙江 宁波 北仑", "exact", "330206"),
        ("温州 瓯海", "exact", "330304"), ("广东省-深圳市-龙岗区", "exact", "440307"),
        ("东莞市长安镇", "exact", "441900"), ("广东东莞", "exact", "441900"),
        ("深圳市龙岗区坂田街道五和社区", "exact", "440307"), ("上海浦东", "exact", "310115"),
        ("北京市朝阳区", "exact", "110105"), ("贵阳", "partial", "520100"),
        ("兴义", "exact", "522301"), ("兴义市", "exact", "522301"),
        ("兴仁县", "renamed", "522302"), ("西安", "partial", "610100"), ("吉林", "partial", "220000"),
        ("佛山顺德", "exact", "440606"), ("浙江义乌佛堂镇", "exact", "330782"),
        ("黔西南州兴义", "exact", "522301"), ("香港", "exact", "810000"), ("境外越南", "exact", "990000"),
        ("仙桃", "exact", "429004"), ("重庆渝北", "exact", "500112"), ("中山", "exact", "442000"),
        ("330206", "exact", "330206"), ("4403", "unresolved", None), ("44", "unresolved", None),
        ("广东东菀", "unresolved", "440000"), ("江浙一带", "unresolved", None),
        ("跑货车，不固定", "unresolved", None), ("省外", "unresolved", None), ("", "not_known", None),
        ("不掌握", "not_known", None), ("不清楚", "not_known", None), ("999999", "unresolved", None),
        ("白云区", "ambiguous", None), ("朝阳区", "ambiguous", None), ("长安", "ambiguous", None),
        ("朝阳", "ambiguous", None), ("贞丰县长田镇", "exact", "522325107"),
    ],
)  # fmt: skip
def test_what_people_write(text: str, status: str, code: str | None) -> None:
    match = PLACES.resolve(text)
    assert (match.status, match.place and match.place.code) == (status, code)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("深圳、东莞等地", ["440300", "441900"]), ("深圳东莞", ["440300", "441900"]),
        ("浙江/江苏", ["330000", "320000"]), ("浙江和江苏", ["330000", "320000"]),
        ("广东深圳、广东东莞", ["440300", "441900"]), ("广东深圳，东莞打工", ["440300", "441900"]),
        ("江苏、安徽、浙江", ["320000", "340000"]), ("四川成都至重庆跑货车", ["510100", "500000"]),
        ("深圳市龙岗区、宝安区", ["440307", "440306"]), ("昆山，义乌", ["320583", "330782"]),
        ("深圳龙岗、东莞长安", ["440307", "441900"]), ("广州番禺 佛山南海", ["440113", "440605"]),
        ("浙江（江苏）", ["330000", "320000"]), ("长田镇、龙场镇", ["522325107", "522325101"]),
        ("深圳等地", []), ("昆山等地", []),
    ],
)  # fmt: skip
def test_words_that_name_several_places_settle_none(text: str, codes: list[str]) -> None:
    match = PLACES.resolve(text, home=HOME)
    assert (match.status, match.place) == ("ambiguous", None)
    assert [place.code for place in match.candidates] == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("广东/深圳/龙岗", "440307"), ("浙江省、宁波市、北仑区", "330206"), ("东莞 长安", "441900"),
        ("东莞长安", "441900"), ("宁波、浙江", "330200"), ("广东佛山南海", "440605"),
        ("深圳市龙岗区坂田街道、布吉街道", "440307"), ("深圳市龙岗区，上海花园3栋", "440307"),
        ("深圳龙岗南山路", "440307"), ("贵阳市云岩区、中山东路", "520103"), ("广州市 北京路", "440100"),
        ("浙江宁波（原在广东深圳）", "330200"), ("广东和平", "441624"),
    ],
)  # fmt: skip
def test_levels_and_addresses_are_one_place(text: str, code: str) -> None:
    match = PLACES.resolve(text, home=HOME)
    assert match.place is not None
    assert match.place.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("长田镇甘田村", "522325107205"), ("金叶社区", "522325107001"), ("龙场镇", "522325101")],
)
def test_our_own_towns_and_villages_may_be_named_alone(text: str, code: str) -> None:
    match = PLACES.resolve(text, home=HOME)
    assert match.place is not None
    assert match.place.code == code
    assert PLACES.resolve(text).status == "unresolved"


def test_ambiguous_places_list_their_candidates() -> None:
    texts = [place.text for place in PLACES.resolve("朝阳区").candidates]
    assert texts == ["北京市–朝阳区", "吉林省–长春市–朝阳区"]


@given(st.sampled_from(COUNTIES))
def test_every_county_written_in_full_is_itself(code: str) -> None:
    place = PLACES.get(code)
    assert place is not None
    for text in (place.text, place.text.replace("–", ""), place.text.replace("–", " ")):
        match = PLACES.resolve(text)
        assert match.place is not None, text
        # 嘉峪关市 is a city with one county of the very same name.
        assert code == match.place.code or match.place.text == place.text, text


@pytest.mark.parametrize(
    ("home", "code", "far"),
    [
        (HOME, "522325107209", "in_town"), (HOME, "522325107", "in_town"),
        (HOME, "522325101", "in_county"), (HOME, "522325", "in_county"),
        (HOME, "522301", "in_city"), (HOME, "520115", "in_province"),
        (HOME, "440307", "cross_province"), (HOME, "440000", "cross_province"),
        (HOME, "710000", "cross_province"), (HOME, "990000", "cross_province"),
        (HOME, "520000", "unknown"), (HOME, "522300", "unknown"), (HOME, None, "unknown"),
        ("110105001", "110101", "in_city"), ("429004001", "429005", "in_province"),
        ("441900001", "441900", "in_county"),
    ],
)  # fmt: skip
def test_how_far(home: str, code: str | None, far: str) -> None:
    assert scope(home, code) == far


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("广东深圳龙岗", "广东省–深圳市–龙岗区"),
        ("广东", "广东省"),
        ("贵州贵阳观山湖区", "贵阳市–观山湖区"),
        ("贵州贵阳", "贵阳市"),
        ("贵州", "贵州省"),
        ("贵州省黔西南布依族苗族自治州兴义市", "兴义市"),
        ("黔西南布依族苗族自治州", "黔西南布依族苗族自治州"),
        ("长田镇甘田村", "贞丰县–长田镇–甘田村"),
    ],
)
def test_a_place_as_people_at_home_say_it(written: str, said: str) -> None:
    place = PLACES.resolve(written, home=HOME).place
    assert place is not None
    assert place.seen_from(HOME) == said
