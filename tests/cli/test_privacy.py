"""No identity number, phone, address or word of a talk gets out unmasked by a side door."""

from __future__ import annotations

import json
import sqlite3
import stat
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command

from flowparty.domain.errors import Storage
from tests.people import add_words, id_number

if TYPE_CHECKING:
    from pathlib import Path

CANARIES = (
    id_number(1),
    "13912345678",
    "0859-6651637",
    "金丝雀巷7号",
    "金丝雀的心事",
    "13700009999",
    "13766668888",
)
REASON = ("--unmask", "--reason", "核对身份证")


@pytest.fixture
def canary(town: Any) -> Any:
    town(*add_words(), "--mobile", CANARIES[1], "--landline", CANARIES[2], "--address", CANARIES[3],
         "--remark", CANARIES[4])  # fmt: skip
    town("move", "out", "M1", "--to", "广东东莞", "--on", "2025-01-01")
    town("move", "return", "M1", "--on", "2025-06-01", "--note", CANARIES[4])
    town("move", "out", "M1", "--to", "广东东莞", "--on", "2026-01-01", "--host-phone", CANARIES[5],
         "--host-contact", f"李明{CANARIES[6]}", "--occupation", f"电工{CANARIES[5]}")  # fmt: skip
    town("card", "issue", "M1", "--number", "1", "--on", "2026-01-01")
    town("contact", "add", "M1", "--notes", CANARIES[4])
    town("contact", "pair", "M1", "--by", "王明", "--phone", CANARIES[5])
    return town


LISTS = [
    ("member", "list"), ("member", "find", "王"), ("move", "list"), ("move", "list", "--all"), ("card", "list"),
    ("contact", "list"), ("contact", "status", "--all"), ("contact", "pair"), ("history", "M1"),
    ("ledger", "show"), ("ledger", "show", "--people"), ("org", "list"), ("status",),
    ("card", "show", "M1"), ("db", "check"), ("aid", "list"), ("survey", "list"),
]  # fmt: skip


@pytest.mark.parametrize("fmt", ["table", "json", "csv", "plain"])
@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_lists_show_nothing_in_full(canary: Any, words: tuple[str, ...], fmt: str) -> None:
    ran = canary(*words, "--format", fmt)
    for secret in CANARIES:
        assert secret not in ran.out + ran.err


def test_one_member_off_a_terminal_is_masked_too(canary: Any) -> None:
    ran = canary("member", "show", "M1", "--format", "json")
    for secret in CANARIES[:4]:
        assert secret not in ran.out
    assert ran.json["id_number"] == "522325************"
    assert ran.json["mobile"] == "139****5678"


def test_unmasking_shows_all_and_is_journaled_with_its_reason(canary: Any, path: Path) -> None:
    ran = canary("member", "list", *REASON, "--format", "json")
    assert ran.json[0]["id_number"] == CANARIES[0]
    assert ran.json[0]["mobile"] == CANARIES[1]
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT c.entity, c.operation, r.text FROM journal_change c"
        " JOIN journal_reason r ON r.seq = c.seq ORDER BY c.id DESC LIMIT 1"
    ).fetchone()
    connection.close()
    assert found == ("disclosure", "disclose", "核对身份证")


def test_errors_quote_no_number(canary: Any) -> None:
    for words in (
        ("member", "add", "--name", "王安", "--id", CANARIES[0] + "9", "--branch", "金叶社区"),
        ("member", "show", CANARIES[0][:17] + ("1" if CANARIES[0][17] != "1" else "2")),
        ("move", "out", "M1", "--to", "广东", "--host-phone", CANARIES[1] + "11"),
    ):
        for fmt in ("table", "json"):
            exit_code = 6 if words[1] == "show" else 5
            ran = canary(*words, "--format", fmt, exit=exit_code)
            assert CANARIES[0][:17] not in ran.out + ran.err
            assert CANARIES[1] not in ran.out + ran.err


def test_exports_are_journaled_private_and_can_be_masked(canary: Any, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    def texts(name: str) -> str:
        sheet: Any = load_workbook(tmp_path / name).active
        return "\n".join(str(cell.value) for row in sheet.rows for cell in row)

    canary("ledger", "export", "--output", "full")
    canary("ledger", "export", "--output", "copy", "--masked")
    canary("member", "card", "M1", "--output", "card.xlsx", "--masked")
    name = "流动党员台账_2026-11.xlsx"
    assert CANARIES[0] in texts(f"full/{name}")
    for copy in (f"copy/{name}", "card.xlsx"):
        for secret in (*CANARIES[:2], *CANARIES[4:]):
            assert secret not in texts(copy)
    for made in tmp_path.rglob("*"):
        mode = stat.S_IMODE(made.stat().st_mode)
        assert mode & 0o077 == 0, made


def test_a_masked_copy_is_journaled_as_one(canary: Any, path: Path) -> None:
    code = canary("notice", "send", "M1", "--to", "东莞", "--format", "json").json["code"]
    issue = ("transfer", "issue", "M1", "--number", "1", "--to", "深圳市某支部")
    canary(*issue, "--dues-to", "2026-10")
    canary("survey", "open", "--name", "摸底", "--since", "2026-09-01")
    for line in (
        "ledger export --period 2026-11 --output out --masked",
        "ledger export --period 2026-12 --output out --masked",
        "member card M1 --output f.xlsx --masked",
        "contact sheet --org 金叶社区 --output f.xlsx --masked",
        f"notice print {code} --output f.xlsx --masked",
        "transfer print L1 --output f.xlsx --masked",
        "survey sheet --output out --masked",
        "export members --output f.csv",
        "export members --output f.csv --unmask --reason 核对",
    ):
        canary(*line.split())
    connection = sqlite3.connect(path)
    said = connection.execute("SELECT fields FROM journal_change WHERE operation = 'disclose'")
    assert [json.loads(fields)[0].removeprefix("form=") for (fields,) in said] == [
        "card_statistics 2026-11 masked", "ledger 2026-11 masked",
        "card_statistics 2026-12 provisional masked", "ledger 2026-12 provisional masked",
        "member_card masked", "call_sheet 2026-11 masked", "notice masked",
        "transfer_letter masked", "survey_sheet R1 masked", "export members masked",
        "export members",
    ]  # fmt: skip
    connection.close()


def test_no_file_without_its_entry(
    canary: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flowparty.repository.registry import Registry

    def fail(*_: object, **__: object) -> None:
        raise Storage("disk_full", path="x")

    monkeypatch.setattr(Registry, "disclose", fail)
    canary("ledger", "export", "--output", "out", exit=20)
    canary("member", "card", "M1", "--output", "card.xlsx", exit=20)
    assert list((tmp_path / "out").iterdir()) == []
    assert not (tmp_path / "card.xlsx").exists()


def test_every_command_answers_help(run: Any) -> None:
    from flowparty.cli.root import NOUNS, app

    root = get_command(app)
    with root.make_context("flowparty", ["demo"], resilient_parsing=True) as ctx:
        for noun in NOUNS:
            verbs = getattr(root.get_command(ctx, noun), "commands", {})  # type: ignore[attr-defined]
            for words in [(noun,), *((noun, verb) for verb in verbs)]:
                assert "Usage:" in run(*words, "--help").out
