"""What aid a list tells of: its kind must be known, in the words that offices use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.imported import HIM, WHO
from tests.cli.test_import_kinds import rows_of, save

if TYPE_CHECKING:
    from pathlib import Path


def aid_of(run: Any, tmp_path: Path, **cells: str) -> Any:
    """What is said of a row of aid: code and message, by cell."""
    listed = save(
        tmp_path / "a.xlsx", [*WHO, "安排日期", *cells], [*HIM, "2026-11-02", *cells.values()]
    )
    (row,) = rows_of(run, "aid", listed, exit=5)
    return [(reason["code"], reason["cell"]) for reason in row["reasons"]]


@pytest.mark.parametrize("said", ["困难党员", "生活困难", "困难慰问", "大病救助", "创业扶持"])
def test_usual_words_for_aid_are_known(one: Any, tmp_path: Path, said: str) -> None:
    """Money still needs its pot, and nothing else is wrong."""
    told = aid_of(one, tmp_path, 类别=said, 金额="500", 资金来源="")
    assert told == [("aid_pot_missing", "F2")]


def test_a_kind_of_aid_that_is_not_known_is_one_fault(one: Any, tmp_path: Path) -> None:
    assert aid_of(one, tmp_path, 类别="走访", 金额="500") == [("word_unknown", "D2")]


def test_a_day_before_the_pot_is_told_at_the_day(one: Any, tmp_path: Path) -> None:
    one("aid", "pot", "慰问金", "--source", "县", "--amount", "1万", "--since", "2026-11-03")
    told = aid_of(one, tmp_path, 类别="困难慰问", 金额="500", 资金来源="慰问金")
    assert told == [("aid_pot_early", "C2")]


@pytest.mark.parametrize("said", ["物资", "技术", "走访慰问"])
def test_a_form_of_aid_that_is_not_known_is_not_taken_for_money(
    one: Any, tmp_path: Path, said: str
) -> None:
    one("aid", "pot", "慰问金", "--source", "县", "--amount", "1万", "--since", "2026-10-01")
    told = aid_of(one, tmp_path, 类别="困难慰问", 金额="500", 资金来源="慰问金", 帮扶形式=said)
    assert told == [("word_unknown", "G2")]


@pytest.mark.parametrize(
    ("said", "kind"),
    [("", "funds"), ("现金", "funds"), ("项目扶持", "project"), ("政策", "policy")],
)
def test_usual_words_for_a_form_of_aid_are_known(
    one: Any, tmp_path: Path, said: str, kind: str
) -> None:
    one("aid", "pot", "慰问金", "--source", "县", "--amount", "1万", "--since", "2026-10-01")
    cells = {
        "安排日期": "2026-11-02",
        "类别": "创业",
        "金额": "500",
        "资金来源": "慰问金",
        "帮扶形式": said,
    }
    listed = save(tmp_path / "a.xlsx", [*WHO, *cells], [*HIM, *cells.values()])
    (row,) = rows_of(one, "aid", listed)
    assert (row["action"], row["reasons"]) == ("add", [])
    (grant,) = one("aid", "list", "--format", "json").json
    assert grant["kind"] == kind


def test_a_list_of_aid_without_its_kind_is_told_so(one: Any, tmp_path: Path) -> None:
    assert aid_of(one, tmp_path, 金额="500") == [("import_column_missing", None)]
