"""Whatever is recorded of people goes out and comes back unchanged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowparty.domain.dates import PartialDate
from flowparty.domain.identity import parse_id
from flowparty.domain.members import NewMember
from flowparty.domain.text import clean_text
from flowparty.repository import orgs
from flowparty.repository.registry import Registry
from flowparty.service import exports, imports, members
from tests.conftest import ACTOR, TODAY, now, write_private
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

BORN = date(1971, 2, 3)
# A lone " in a list means "as above", so it is nobody's address.
TEXT = (
    st.text("=+-@'\"，。；ab 0０①_x001B_甲乙丙\n", max_size=12)
    .map(clean_text)
    .map(str.strip)
    .filter(lambda text: text.replace("'", '"') not in ('"', '""'))
)
DAY = st.dates(date(1990, 1, 1), date(2020, 12, 31))
PARTIAL = st.none() | DAY.map(PartialDate.of) | DAY.map(lambda d: PartialDate(d.year, d.month))


@st.composite
def people(draw: Any) -> list[NewMember]:
    def optional(values: Any) -> Any:
        return draw(st.none() | values)

    return [
        NewMember(
            name=draw(st.sampled_from(NAMES)),
            id_number=parse_id(id_number(number, BORN.strftime("%Y%m%d")), today=TODAY),
            sex="male" if number % 2 else "female",
            birth_date=draw(st.sampled_from([None, PartialDate.of(BORN), PartialDate(1971, 2)])),
            ethnicity=optional(st.sampled_from(["汉族", "苗族", "穿青人", "布衣族"])),
            education=optional(st.sampled_from(["初中", "大学本科", "私塾"])),
            joined_on=draw(PARTIAL),
            full_member_on=None,
            post=optional(TEXT) or None,
            mobile=optional(st.sampled_from(["13800138000", "18885912345"])),
            landline=optional(st.sampled_from(["0859-6651637"])),
            address=optional(TEXT) or None,
            remark=optional(TEXT) or None,
        )
        for number in range(1, draw(st.integers(1, 5)) + 1)
    ]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people(), st.sampled_from(exports.SUFFIXES[:2]))
def test_import_of_an_unmasked_export_changes_nothing(
    empty_town: Path,
    tmp_path_factory: pytest.TempPathFactory,
    registered: list[NewMember],
    suffix: str,
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    write_private(folder / "registry.db", empty_town.read_bytes())
    with Registry.open(
        folder / "registry.db", actor=ACTOR, command="test", now=now, wait_seconds=5
    ) as registry:
        branch = orgs.find(registry, "金叶社区")
        for person in registered:
            members.register(
                registry, person, branch=branch, category="full", standing="normal", since=None,
                today=TODAY,
            )  # fmt: skip
        out = folder / f"out{suffix}"
        listing = exports.gather(registry, "members", on=TODAY, org=None)
        exports.write(registry, listing, out, unmask=True, reason="往返", encoding="utf-8")
        before = (folder / "registry.db").read_bytes()
        request = imports.Request("members", [out])
        lists = list(imports.read_lists(registry, request, today=TODAY))
        done = imports.import_lists(registry, request, lists, today=TODAY)
        assert [row.action for row in done.rows] == ["same"] * len(registered)
    assert (folder / "registry.db").read_bytes() == before
