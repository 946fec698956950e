"""Who is away together without a group: from three on, of one branch, in one county."""

from __future__ import annotations

import pytest

from flowparty.domain.groups import AwayTogether, ungrouped
from flowparty.domain.ids import MemberId, OrgId


def away(
    count: int, *, branch: int | None = 3, county: str | None = "440306", group: int | None = None
) -> list[AwayTogether]:
    where = None if branch is None else OrgId(branch)
    return [
        AwayTogether(
            MemberId(n),
            f"某{n}",
            "2026-01-05",
            where,
            "支部",
            county,
            None if group is None else OrgId(group),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize(("count", "found"), [(2, []), (3, [3]), (4, [4])])
def test_from_three_on(count: int, found: list[int]) -> None:
    assert [len(one.people) for one in ungrouped(away(count), 3)] == found


@pytest.mark.parametrize(("size", "found"), [(2, 1), (3, 0)])
def test_the_size_is_the_towns(size: int, found: int) -> None:
    assert len(ungrouped(away(2), size)) == found


@pytest.mark.parametrize(
    "people",
    [
        away(2) + away(2, county="440307"),
        away(2) + away(2, branch=4),
        away(2) + away(3, group=9),
        away(5, county=None),
        away(5, branch=None),
        [],
    ],
    ids=["two counties", "two branches", "in a group", "nobody knows where", "no branch", "none"],
)
def test_who_is_not_together(people: list[AwayTogether]) -> None:
    assert ungrouped(people, 3) == []


def test_most_first_then_by_branch_and_county() -> None:
    found = ungrouped(
        away(3, branch=4) + away(3, branch=3, county="440307") + away(3) + away(5, branch=5), 3
    )
    assert [(one.branch_id, one.county, len(one.people)) for one in found] == [
        (5, "440306", 5), (3, "440306", 3), (3, "440307", 3), (4, "440306", 3),
    ]  # fmt: skip
