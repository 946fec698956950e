"""Who had not sent a month when it was closed is known from the close on, whatever comes later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from flowparty.forms.returns import Head
from flowparty.repository import orgs
from flowparty.service import balance, closing, ledger, report_status
from tests.exchange.test_conflicts import send
from tests.exchange_cases import MONTH, TODAY, Case

if TYPE_CHECKING:
    from pathlib import Path

    from flowparty.domain.orgs import Org
    from flowparty.service.ledger import Ledger


def of_town(case: Case, org: Org | None = None) -> Ledger:
    return closing.month(case.town.registry, MONTH, org, today=TODAY)


def branch(case: Case, name: str) -> Org:
    return orgs.find(case.town.registry, name)


def exported(case: Case, folder: Path) -> list[Path]:
    return ledger.export(
        case.town.registry, of_town(case), folder, today=TODAY, prepared_by=None, masked=False
    )


def test_the_close_keeps_who_was_missing(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    assert of_town(case).missing == ("雨柏村",)
    case.town.close_month(MONTH, TODAY)
    send(case, case.other)
    closed = of_town(case)
    assert (closed.missing, closed.total.counts["away"]) == (("雨柏村",), 2)
    assert balance.check(case.town.registry, closed) == []
    units = report_status.status(case.town.registry, MONTH)
    assert [(unit.name, unit.state, unit.closed_without) for unit in units] == [
        ("金叶社区", "sent", False), ("雨柏村", "sent", True),
    ]  # fmt: skip


def test_a_new_close_takes_in_who_came_since(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    case.town.close_month(MONTH, TODAY)
    send(case, case.other)
    closing.reopen(case.town.registry, MONTH, reason="补收", today=TODAY)
    assert of_town(case).missing == ()
    case.town.close_month(MONTH, TODAY)
    assert (of_town(case).missing, of_town(case).total.counts["away"]) == ((), 4)
    assert not any(u.closed_without for u in report_status.status(case.town.registry, MONTH))


def test_a_branch_s_own_return_says_it_of_itself_only(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    for _ in ("open", "closed"):
        assert of_town(case, branch(case, "雨柏村")).missing == ("雨柏村",)
        assert of_town(case, branch(case, "金叶社区")).missing == ()
        case.town.close_month(MONTH, TODAY)


def test_the_printed_forms_say_it(case: Case, tmp_path: Path) -> None:
    case.town.receive(case.data, TODAY)
    case.town.close_month(MONTH, TODAY)
    send(case, case.other)
    for path in exported(case, tmp_path / "out"):
        book = openpyxl.load_workbook(path)
        first = "".join(str(cell.value or "") for row in book.worksheets[0] for cell in row)
        assert "（未含雨柏村）" in first
        assert str(book["指标说明"]["A1"].value).endswith("；未含（未报）：雨柏村")


def test_forms_that_nobody_misses_in_say_nothing(case: Case, tmp_path: Path) -> None:
    case.town.receive(case.data, TODAY)
    send(case, case.other)
    case.town.close_month(MONTH, TODAY)
    for path in exported(case, tmp_path / "out"):
        cells = (
            cell.value for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row
        )
        assert not any("未含" in str(value) for value in cells)


@pytest.mark.parametrize(
    ("names", "mark"),
    [
        ((), ""),
        (("甲村", "乙村", "丙村"), "（未含甲村、乙村、丙村）"),
        (("甲村", "乙村", "丙村", "丁村"), "（未含甲村、乙村、丙村等4个单位）"),
    ],
)
def test_of_many_a_title_names_the_first(names: tuple[str, ...], mark: str) -> None:
    head = Head("长田镇", MONTH, TODAY, None, None, provisional=False, threshold_months=6,
                missing=names)  # fmt: skip
    assert head.values(0)["mark"] == mark
