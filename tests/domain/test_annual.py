"""The annual forms: classes of posts, what adds up, and that nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.annual import (
    COLUMNS,
    FIRST,
    PARTS,
    SECOND,
    Line,
    disagreements,
    post_class,
    tabulate,
)
from flowparty.domain.cards import State
from tests.domain.test_ledger import person

if TYPE_CHECKING:
    from flowparty.domain.ledger import Away

KINDS = ("government", "institution", "state_enterprise", "private_enterprise", "self_employed",
         "urban_community", "town_community", "village", "other", "unknown")  # fmt: skip


@pytest.mark.parametrize(
    ("post", "column"),
    [
        ("农牧渔业生产人员", "farmer"), ("其他农牧渔民", "farmer"), ("农民", "farmer"),
        ("在家务农", "farmer"),
        ("非公有制经济控制企业工勤岗位", "worker"), ("公有制经济控制企业专业技术岗位", "professional"),
        ("事业单位管理岗位", "manager"), ("党政机关工作人员", "government"), ("学生", "student"),
        ("退休人员", "retired"), ("事业单位管理岗位退休", "retired"), ("机关工勤岗位", "worker"),
        ("外出务工经商人员", "other"), ("乡村医生", "other"), ("自由职业人员", "other"),
        ("", "unknown"), ("  ", "unknown"), (None, "unknown"),
    ],
)  # fmt: skip
def test_the_column_of_a_post(post: str | None, column: str) -> None:
    assert post_class(post) == column


def counted(lines: list[Line]) -> dict[tuple[str, str], int]:
    return {(line.row.key, column): n for line in lines for column, n in line.counts.items()}


def test_only_those_over_the_threshold_count() -> None:
    away = [person(1), person(2, over=False), person(3, card_state=State.IN_USE, post="农民")]
    first = counted(tabulate(FIRST, away))
    assert first["total", "all"] == 2
    assert first["cross_province", "all"] == 2
    assert first["card", "farmer"] == first["card", "all"] == 1
    assert first["total", "unknown"] == 1


def test_an_unknown_unit_is_a_part_of_other() -> None:
    away = [person(1, unit_kind="unknown"), person(2, unit_kind="other"),
            person(3, unit_kind="village")]  # fmt: skip
    second = counted(tabulate(SECOND, away))
    assert (second["other", "all"], second["unknown", "all"], second["village", "all"]) == (2, 1, 1)
    assert second["whole", "all"] == 3


SOMEBODY = st.builds(
    lambda number, over, kind, post, code, state: person(
        number, over=over, unit_kind=kind, post=post, destination_code=code, card_state=state
    ),
    st.integers(1, 999),
    st.booleans(),
    st.sampled_from(KINDS),
    st.sampled_from([None, "农民", "学生", "退休", "工人", "管理人员", "自由职业"]),
    st.sampled_from([None, "440300", "520100", "522325", "520000"]),
    st.sampled_from([None, State.IN_USE, State.LOST]),
)


@given(st.lists(SOMEBODY, max_size=30))
def test_both_forms_always_add_up(away: list[Away]) -> None:
    first, second = tabulate(FIRST, away), tabulate(SECOND, away)
    assert disagreements(first, second) == []
    counts = counted(second)
    for column in COLUMNS:
        assert sum(counts[key, column] for key in PARTS) == counts["whole", column]


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [("total", "all", "annual.total.all"), ("village", "farmer", "annual.whole.farmer"),
     ("unknown", "student", "annual.unknown.student")],
)  # fmt: skip
def test_a_figure_that_was_changed_is_named(row: str, column: str, found: str) -> None:
    first, second = tabulate(FIRST, [person(1)]), tabulate(SECOND, [person(1)])
    for line in (*first, *second):
        if line.row.key == row:
            line.counts[column] += 1
    assert found in disagreements(first, second)
