"""The commands between offices, as a clerk types them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from flowparty import language
from flowparty.domain.errors import Denied, Problem, Storage
from flowparty.output.terminal import Screen
from tests.people import add_words, id_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PACK = ("report", "pack", "--period", "2026-11", "--passphrase-file", "pass")
PASS = ("--passphrase-file", "pass")
RECEIPT = "甘田村_522325107205_2026-11_0001.receipt"


@pytest.fixture
def offices(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``at("v", …)`` and ``at("t", …)``: a village and its town, which trust each other."""
    monkeypatch.setattr("flowparty.exchange.keyfile.COST", 10)
    monkeypatch.setattr("flowparty.service.keys.init.__kwdefaults__", {"cost": 10})
    monkeypatch.setattr("flowparty.service.keys.rotate.__kwdefaults__", {"cost": 10})
    (tmp_path / "pass").write_text("八个字以上的口令\n", encoding="utf-8")

    def at(office: str, *words: str, exit: int = 0) -> Any:  # noqa: A002 - as run has it
        return run("--db", f"{office}.db", *words, exit=exit)

    at("v", "init", "--division", "522325107205")
    at("t", "init", "--division", "522325107")
    for office in "vt":
        at(office, "key", "init", *PASS)
        at(office, "key", "show", "--output", f"{office}.card", *PASS)
    at("t", "key", "trust", "v.card", "--fingerprint", fingerprint(at, "v"))
    at("v", "key", "trust", "t.card", "--fingerprint", fingerprint(at, "t").replace(" ", ""))
    at("v", *add_words(branch="甘田村"))
    at("v", "move", "out", "M1", "--to", "广东深圳", "--on", "2026-03-05")
    return at


def fingerprint(at: Callable[..., Any], office: str) -> str:
    return str(at(office, "key", "show", "--format", "json").json[0]["fingerprint"])


@pytest.fixture
def packed(offices: Any, tmp_path: Path) -> Path:
    offices("v", "report", "close", "--period", "2026-11")
    offices("v", *PACK)
    (path,) = tmp_path.glob("*.flowpkg")
    return path


def test_keys_are_private_and_made_once(offices: Any, tmp_path: Path) -> None:
    assert (tmp_path / "v.key").stat().st_mode & 0o777 == 0o600
    before = (tmp_path / "v.key").read_bytes()
    assert "Already recorded" in offices("v", "key", "init", *PASS).err
    assert (tmp_path / "v.key").read_bytes() == before
    assert len(fingerprint(offices, "v").split()) == 6


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("key", "show", "--output", "x"), 12, "passphrase_missing"),
        (
            ("key", "show", "--output", "x", "--passphrase-file", "none"),
            12,
            "passphrase_unreadable",
        ),
        (("key", "show", "--output", "x", "--passphrase-file", "wrong"), 12, "passphrase_wrong"),
        (("key", "show", "--output", "x", *PASS, "--key", "none"), 12, "key_file_missing"),
        (("key", "show", "--output", "x", *PASS, "--key", "v.key"), 12, "key_of_other_office"),
        (("key", "show", "--output", "x", *PASS, "--key", "t.card"), 12, "key_not_one"),
        (("key", "trust", "v.card", "--fingerprint", "1"), 15, "key_fingerprint_differs"),
        (("key", "trust", "pass"), 15, "card_not_one"),
        (("key", "trust", "t.card"), 16, "key_own"),
        (("key", "trust", "none"), 5, "file_missing"),
        (("key", "revoke", "甘田村"), 2, "key_reason_missing"),
        (("key", "revoke", "无此村", "--reason", "丢"), 6, "key_not_found"),
        (("report", "receive", "none", *PASS), 5, "file_missing"),
        (("report", "receive", "none", "--receipts", "none"), 5, "receipts_folder_missing"),
        (("report", "receive", "v.card", *PASS), 15, "package_is_card"),
        (("report", "receive", "pass", *PASS), 15, "package_not_one"),
        (("report", "receive", "v.card", *PASS, "--allow-gap"), 2, "gap_reason_missing"),
        (("report", "receive", "v.card", *PASS, "--restored"), 2, "restored_alone"),
        (
            ("report", "receive", "a", "b", *PASS, "--restored", "--reason", "恢复"),
            2,
            "restored_alone",
        ),
        ((*PACK,), 12, "key_above_missing"),
        (("conflict", "settle", "3", "--keep", "ours"), 2, "conflict_reason_missing"),
        (("conflict", "settle", "3", "--keep", "ours", "--reason", "核"), 6, "conflict_not_found"),
    ],
)
def test_what_is_refused(
    offices: Any, tmp_path: Path, words: tuple[str, ...], code: int, error: str
) -> None:
    (tmp_path / "wrong").write_text("另一个八个字的口令", encoding="utf-8")
    before = (tmp_path / "t.db").read_bytes()
    assert offices("t", *words, "--format", "json", exit=code).error["code"] == error
    assert (tmp_path / "t.db").read_bytes() == before
    assert not (tmp_path / "x").exists()


def test_an_open_month_is_not_packed(offices: Any, tmp_path: Path) -> None:
    told = offices("v", *PACK, "--format", "json", exit=16).error
    assert (told["code"], told["hint"].split("  ")[1]) == (
        "pack_not_closed", "flowparty report close --period 2026-11",
    )  # fmt: skip
    assert list(tmp_path.glob("*.flowpkg")) == []


def test_there_and_back(offices: Any, packed: Path, tmp_path: Path) -> None:
    assert packed.stat().st_mode & 0o777 == 0o600
    assert offices("t", "report", "status", exit=3).out.count("missing") == 1
    remind = offices("t", "report", "status", "--remind", exit=3).out.splitlines()
    assert remind == ["甘田村: the report of 2026-11 has not come; it was due by 2026-11-30."]
    looked = offices("t", "report", "receive", packed.name, "--dry-run", *PASS, "--format", "json")
    assert looked.json[0]["differences"] == [{"member": "王小明", "change": "new", "fields": []}]
    assert offices("t", "member", "list", "--format", "json").json == []
    took = offices("t", "report", "receive", packed.name, *PASS, "--format", "json").json
    assert (took[0]["outcome"], took[0]["members"]) == ("merged", 1)
    assert id_number(1) not in str(took)
    assert "already" in offices("t", "report", "receive", packed.name, *PASS).out
    receipt = RECEIPT
    assert "receipt" in offices("v", "report", "receive", receipt, *PASS).out
    assert offices("v", *PACK, "--format", "json").json["receipt_on"] == "2026-11-28"
    (unit,) = offices("t", "report", "status", "--format", "json").json
    assert (unit["state"], unit["away"], unit["due_card"], unit["held"]) == ("sent", 1, 1, 0)
    assert offices("t", "ledger", "show", "--format", "json").json[-1]["away"] == 1
    assert offices("t", "member", "find", "wxm", "--format", "json").json[0]["name"] == "王小明"
    for office in "vt":
        offices(office, "db", "check")
    offices("v", "db", "check", "--receipt", receipt)
    foreign = offices("t", "db", "check", "--receipt", receipt, "--format", "json", exit=16)
    assert foreign.error["code"] == "package_for_other"


def owed(at: Any, office: str) -> set[str]:
    return {one["kind"] for one in at(office, "today", "--format", "json").json}


def test_a_month_that_was_packed_was_sent(offices: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-12-28")
    month = ("--period", "2026-12")
    offices("v", "report", "close", *month)
    assert "return_unsent" in owed(offices, "v")
    offices("v", "report", "pack", *month, *PASS)
    assert "return_unsent" not in owed(offices, "v")


def test_check_and_close_say_who_is_missing(offices: Any, packed: Path) -> None:
    month = ("--period", "2026-11")
    said = "they have not sent the month: 甘田村."
    assert said in offices("t", "report", "check", *month).err
    closed = offices("t", "report", "close", *month).err
    assert "Closed without those who had not sent the month by then: 甘田村." in closed
    assert said not in offices("t", "report", "check", *month, "--org", "雨柏村").err
    offices("t", "report", "receive", packed.name, *PASS)
    told = offices("t", "report", "check", *month).err
    assert "Closed without those who had not sent the month by then: 甘田村." in told
    assert "Everything adds up" not in told
    offices("t", "report", "reopen", *month, "--reason", "补收")
    told = offices("t", "report", "check", *month).err
    assert said not in told
    assert "Everything adds up" in told


def test_nobody_is_missing_in_a_month_that_has_not_begun(offices: Any) -> None:
    refused = offices("t", "report", "status", "--period", "2027-05", "--format", "json", exit=5)
    assert refused.error["code"] == "period_future"
    refused = offices("t", "report", "annual", "--year", "2027", "--format", "json", exit=5)
    assert refused.error["code"] == "year_future"


def test_a_file_that_is_lost(offices: Any, packed: Path) -> None:
    kept = packed.read_bytes()
    assert "Already recorded" in offices("v", *PACK).err
    assert packed.read_bytes() == kept
    other = offices("v", *PACK, "--output", "x.flowpkg", "--format", "json", exit=16).error
    assert (other["code"], other["written_to"]) == ("pack_done", str(packed))
    packed.unlink()
    assert offices("v", *PACK, "--format", "json", exit=16).error["code"] == "pack_done"
    assert offices("v", *PACK, "--again", "--format", "json").json["seq"] == 2


def test_a_package_made_under_other_keys_is_packed_anew(offices: Any, packed: Path) -> None:
    """Also where the file lies there still: the office above would refuse it."""
    offices("t", "key", "revoke", "甘田村", "--reason", "钥匙盘丢了")
    offices("v", "key", "rotate", "--output", "new.card", *PASS)
    offices("t", "key", "trust", "new.card", "--fingerprint", fingerprint(offices, "v"))
    refused = offices("t", "report", "receive", packed.name, *PASS, exit=15)
    assert "pack --again" in refused.err
    told = offices("v", *PACK, "--format", "json", exit=16).error
    assert (told["code"], told["written_to"]) == ("pack_keys_changed", str(packed))
    assert "--again" in told["hint"]
    made = offices("v", *PACK, "--again", "--format", "json").json
    assert offices("v", *PACK, "--format", "json").json["seq"] == made["seq"] == 2
    offices("t", "report", "receive", made["file"], *PASS)


def test_a_package_that_was_taken_is_named_after_a_change_of_keys(
    offices: Any, packed: Path
) -> None:
    offices("t", "report", "receive", packed.name, *PASS)
    offices("v", "report", "receive", RECEIPT, *PASS)
    offices("v", "key", "rotate", "--output", "new.card", *PASS)
    assert offices("v", *PACK, "--format", "json").json["seq"] == 1


def test_a_package_sealed_to_a_key_the_town_lost_is_packed_anew(
    offices: Any, packed: Path, tmp_path: Path
) -> None:
    (tmp_path / "t.key").unlink()
    offices("t", "key", "init", "--lost", *PASS)
    offices("t", "key", "show", "--output", "new.card", *PASS)
    offices("v", "key", "trust", "new.card", "--fingerprint", fingerprint(offices, "t"))
    assert "pack --again" in offices("t", "report", "receive", packed.name, *PASS, exit=12).err
    assert offices("v", *PACK, "--format", "json", exit=16).error["code"] == "pack_keys_changed"


def test_a_registry_restored_from_a_backup_reports_again(offices: Any, tmp_path: Path) -> None:
    offices("v", "report", "close", "--period", "2026-11")
    backup = (tmp_path / "v.db").read_bytes()
    offices("v", *PACK, "--output", "lost.flowpkg")
    offices("t", "report", "receive", "lost.flowpkg", *PASS)
    (tmp_path / "v.db").write_bytes(backup)
    offices("v", *PACK, "--output", "new.flowpkg")
    receive = ("report", "receive", "new.flowpkg", *PASS)
    assert "--restored --reason" in offices("t", *receive, exit=16).err
    older = offices("v", "db", "check", "--receipt", RECEIPT, exit=13)
    assert "goes on with its next package" in older.err
    took = offices("t", *receive, "--restored", "--reason", "硬盘坏了", "--format", "json")
    assert (took.json[0]["outcome"], took.json[0]["given_up"]["seq"]) == ("merged", 1)
    assert "what came from number 1 on is given up" in took.err
    (unit,) = offices("t", "report", "status", "--format", "json").json
    assert (unit["state"], unit["fork"]) == ("sent", 1)
    assert "receipt" in offices("v", "report", "receive", RECEIPT, *PASS).out


def two_months_the_wrong_way_round(offices: Any) -> None:
    """December is packed as number 2, November as number 3, both closed in time."""
    for month in ("2026-10", "2026-11", "2026-12"):
        offices("v", "report", "close", "--period", month)
    for name, month in (("10", "2026-10"), ("12", "2026-12"), ("11", "2026-11")):
        offices("v", "report", "pack", "--period", month, "--output", f"{name}.flowpkg", *PASS)
    offices("t", "report", "receive", "10.flowpkg", *PASS)


def test_two_months_packed_in_the_wrong_order_come_together(
    offices: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-12-28")
    two_months_the_wrong_way_round(offices)
    for alone in ("11.flowpkg", "12.flowpkg"):
        ran = offices("t", "report", "receive", alone, *PASS, "--format", "json", exit=16)
        told = ran.error
        assert (told["code"], "both at once" in told["hint"]) == ("package_gap", True)
    receive = ("report", "receive", "11.flowpkg", "12.flowpkg", *PASS, "--format", "json")
    for words, outcomes in (
        ((*receive, "--dry-run"), ["looked", "looked"]),
        (receive, ["merged", "recorded"]),
    ):
        took = offices("t", *words).json
        assert [one["outcome"] for one in took] == outcomes
        assert [(one["period"], one["missing"]) for one in took] == [
            ("2026-12", []), ("2026-11", []),
        ]  # fmt: skip
    for month in ("2026-11", "2026-12"):
        (unit,) = offices("t", "report", "status", "--period", month, "--format", "json").json
        assert (unit["away"], unit["gap"]) == (1, None)


def test_what_nobody_we_trust_has_signed_does_not_come_along(
    offices: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWPARTY_TODAY", "2026-12-28")
    two_months_the_wrong_way_round(offices)
    november = tmp_path / "11.flowpkg"
    november.write_bytes(november.read_bytes()[:-1] + b"x")
    ran = offices("t", "report", "receive", "11.flowpkg", "12.flowpkg", *PASS, "--format", "json",
                  exit=16)  # fmt: skip
    assert [one["problem"] for one in ran.json] == ["package_gap", "package_signature_wrong"]


def test_several_files_go_on_when_one_is_refused(
    offices: Any, packed: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.flowpkg"
    bad.write_bytes(packed.read_bytes()[:-1])
    ran = offices(
        "t", "report", "receive", bad.name, packed.name, *PASS, "--format", "json", exit=15
    )
    assert {one["file"]: one["outcome"] for one in ran.json} == {
        bad.name: "refused", packed.name: "merged",
    }  # fmt: skip
    told = ran.error
    assert (told["code"], told["file"], told["written"]) == ("package_cut", bad.name, True)
    ran = offices("t", "report", "receive", bad.name, packed.name, *PASS, exit=15)
    assert "bad.flowpkg:\nError package_cut" in ran.err
    assert "Nothing was written" in ran.err, "the good one had been received before"


def again_under(offices: Any, name: str) -> None:
    """The village packs its month once more, under this name."""
    offices("v", *PACK, "--again", "--output", name)


def test_packages_of_one_file_name_have_a_receipt_each(
    offices: Any, packed: Path, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    same = f"a/{packed.name}"
    again_under(offices, same)
    took = offices("t", "report", "receive", packed.name, same, "--receipts", "a", *PASS,
                   "--format", "json").json  # fmt: skip
    found = sorted(path.name for path in tmp_path.glob("a/*.receipt"))
    assert found == [RECEIPT, RECEIPT.replace("_0001", "_0002")]
    assert [one["receipt"] for one in took] == [f"a/{name}" for name in found]


def test_a_receipt_is_not_named_by_what_the_file_is_called(
    offices: Any, packed: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "\u202e甘田\x1b[2J.flowpkg"
    packed.rename(odd)
    offices("t", "report", "receive", odd.name, *PASS)
    assert [path.name for path in tmp_path.glob("*.receipt")] == [RECEIPT]


def test_a_receipt_that_cannot_be_written_is_had_again(
    offices: Any, packed: Path, tmp_path: Path
) -> None:
    receive = ("report", "receive", packed.name, *PASS)
    offices("t", *receive, "--receipts", "none", exit=5)
    assert offices("t", "member", "list", "--format", "json").json == [], "nothing was merged"
    (tmp_path / RECEIPT).mkdir()
    ended = offices("t", *receive, "--format", "json", exit=5)
    assert [one["outcome"] for one in ended.json] == ["merged"]
    assert "its receipt is not written" in ended.err
    said = ended.err[ended.err.index('{"error"') :]
    assert '"written": true' in said
    assert len(offices("t", "member", "list", "--format", "json").json) == 1
    (tmp_path / RECEIPT).rmdir()
    assert "already" in offices("t", *receive).out
    assert "receipt" in offices("v", "report", "receive", RECEIPT, *PASS).out


@pytest.mark.parametrize(
    ("problem", "code"),
    [(Storage("disk_full", path="x"), 20), (Denied("not_writable", path="x"), 21)],
)
def test_a_receipt_without_room_ends_as_the_table_has_it(
    offices: Any, packed: Path, monkeypatch: pytest.MonkeyPatch, problem: Problem, code: int
) -> None:
    def full(_: Path) -> Any:
        raise problem

    monkeypatch.setattr("flowparty.cli.report_exchange.replace_file", full)
    again_under(offices, "again.flowpkg")
    files = (packed.name, "again.flowpkg")
    ended = offices("t", "report", "receive", *files, *PASS, "--format", "json", exit=code)
    assert [one["outcome"] for one in ended.json] == ["merged", "merged"]


def test_a_rotation_needs_no_call_and_a_revoked_key_none_trusts(offices: Any, packed: Path) -> None:
    before = fingerprint(offices, "v")
    offices("v", "key", "rotate", "--output", "new.card", *PASS)
    assert fingerprint(offices, "v") != before
    offices("t", "key", "trust", "new.card")
    assert "Already recorded" in offices("t", "key", "trust", "new.card").err
    assert "merged" in offices("t", "report", "receive", packed.name, *PASS).out
    offices("t", "key", "revoke", "甘田村", "--reason", "密钥文件丢了")
    assert "Already recorded" in offices("t", "key", "revoke", "甘田村", "--reason", "丢").err
    refused = offices("t", "report", "receive", packed.name, *PASS, "--format", "json", exit=15)
    assert refused.error["code"] == "package_key_revoked"
    refused = offices("t", "key", "trust", "new.card", "--format", "json", exit=16)
    assert refused.error["code"] == "key_revoked"
    status = ("report", "status", "--period", "2026-12")
    assert "revoked on 2026-11-28" in offices("t", *status, exit=3).out
    assert "it needs a new one" in offices("t", *status, "--remind", exit=3).out


def test_a_key_trusted_anew_over_the_telephone_shuts_the_one_before_out(
    offices: Any, packed: Path, tmp_path: Path
) -> None:
    (tmp_path / "v.key").unlink()
    said = offices("v", "key", "init", *PASS, "--format", "json", exit=16).error
    assert (said["code"], "key init --lost" in said["hint"]) == ("key_exists", True)
    offices("v", "key", "init", "--lost", *PASS)
    assert "Already recorded" in offices("v", "key", "init", "--lost", *PASS).err
    offices("v", "key", "show", "--output", "two.card", *PASS)
    said = fingerprint(offices, "v")
    refused = offices("t", "key", "trust", "two.card", "--format", "json", exit=15)
    assert refused.error["code"] == "key_fingerprint_missing"
    offices("t", "key", "trust", "two.card", "--fingerprint", said)
    refused = offices("t", "report", "receive", packed.name, *PASS, "--format", "json", exit=15)
    assert refused.error["code"] == "package_key_revoked"
    key = tmp_path / "v.key"
    before = {path: path.read_bytes() for path in tmp_path.glob("**/*.key")}
    assert before, key
    for path in before:
        offices("v", "key", "show", "--output", str(path), *PASS, exit=5)
    assert {path: path.read_bytes() for path in before} == before


def test_a_card_that_cannot_be_written_rotates_nothing(offices: Any, packed: Path) -> None:
    del packed
    before = fingerprint(offices, "v")
    for output in ("none/new.card", "v.key"):
        offices("v", "key", "rotate", "--output", output, *PASS, exit=5)
    assert fingerprint(offices, "v") == before
    ours = offices("v", "key", "show", "--format", "json").json[0]["name"]
    refused = offices("v", "key", "revoke", ours, "--reason", "丢", "--format", "json", exit=16)
    assert refused.error["code"] == "key_own_kept"


def test_what_was_sealed_to_our_former_key_is_read(offices: Any, packed: Path) -> None:
    offices("t", "key", "rotate", "--output", "new.card", *PASS)
    assert "merged" in offices("t", "report", "receive", packed.name, *PASS).out


@pytest.fixture
def movements(offices: Any, packed: Path) -> Any:
    """In the town: one movement both sides know, one the home only, one the host only."""
    for number, name in ((3, "韦安"), (5, "尉迟文"), (7, "岑志建")):
        offices("t", *add_words(name, number, "金叶社区"))
    for number in (3, 5):
        offices("t", "move", "out", id_number(number), "--to", "长田镇甘田村", "--on", "2026-05-01")
    return offices


def test_both_sides_of_a_movement(movements: Any) -> None:
    for number, name, home in (
        (3, "韦安", "金叶社区"), (7, "岑志建", "金叶社区"), (9, "覃勇东", "长田镇雨柏村"),
        (11, "王小明", "广东深圳"),
    ):  # fmt: skip
        movements("v", *add_words(name, number, "甘田村"), "--guest")
        movements("v", "move", "in", id_number(number), "--on", "2026-05-03", "--from", home)
    movements("v", "report", "reopen", "--period", "2026-11", "--reason", "补报流入")
    movements("v", "report", "close", "--period", "2026-11")
    movements("v", *PACK)
    movements("t", "report", "receive", "甘田村_2026-11_0002.flowpkg", *PASS)
    found = movements("t", "report", "reconcile", "--format", "json", exit=3).json
    assert {(one["member"], one["known_by"]) for one in found} == {
        ("韦安", "both"), ("尉迟文", "home"), ("岑志建", "host"), ("覃勇东", "host"),
    }  # fmt: skip
    (unsent,) = [one for one in found if one["member"] == "覃勇东"]
    assert (unsent["home_id"], unsent["home"][-3:]) == (None, "雨柏村"), "its home never sent him"
    assert movements("t", "conflict", "list", "--format", "json").json == []
    alone = movements("t", "report", "reconcile", "--open", "--format", "json", exit=3).json
    assert len(alone) == 3


def test_a_village_takes_over_and_all_is_settled_with_one_line(
    offices: Any, packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices("t", *add_words(branch="甘田村"))
    offices("t", "member", "edit", "M1", "--name", "王晓明")
    offices("t", "move", "out", "M1", "--to", "广东深圳", "--on", "2026-02-01")
    looked = offices("t", "report", "receive", packed.name, *PASS, "--dry-run").out
    assert "taken over" in looked
    offices("t", "report", "receive", packed.name, *PASS)
    found = offices("t", "conflict", "list", "--format", "json").json
    assert [(c["label"], c["field"], c["ours"]) for c in found] == [
        ("K1", "name", "王晓明"),
        ("K2", "left_on", "2026-02-01"),
    ]
    said = ("--keep", "ours", "--reason", "村里写错了")
    refused = offices("t", "conflict", "settle", "K1", "K9", *said, exit=6)
    assert "conflict_not_found" in refused.err
    assert len(offices("t", "conflict", "list", "--format", "json").json) == 2, "all or none"
    settled = offices("t", "conflict", "settle", "K1-K9", *said, "--format", "json").json
    assert [c["kept"] for c in settled] == ["ours", "ours"]
    offices("t", "conflict", "settle", "K1-K9", *said, exit=6)
    narrow = Screen(80, terminal=True, ascii_only=False)
    monkeypatch.setattr("flowparty.output.formats.console", lambda: narrow)
    assert "Kept" in offices("t", "conflict", "list", "--all").out
    (person,) = offices("t", "member", "list", "--format", "json").json
    assert person["name"] == "王晓明"


def test_a_conflict_is_shown_in_words_and_told_in_codes(offices: Any, packed: Path) -> None:
    """The same words as in ``history``; the file that was refused says why."""
    offices("t", "report", "receive", packed.name, *PASS)
    offices("t", "move", "edit", "M1", "--to", "福建厦门", "--why", "business")
    offices("v", "move", "edit", "M1", "--to", "福建福州", "--why", "official")
    offices("v", "report", "reopen", "--period", "2026-11", "--reason", "更正")
    offices("v", "report", "close", "--period", "2026-11")
    again_under(offices, "again.flowpkg")
    language.use("zh_CN")
    offices("t", "report", "receive", "again.flowpkg", *PASS)
    shown = offices("t", "conflict", "list").out
    assert "福建省–厦门市" in shown
    assert "经商" in shown
    assert not {"350200", "350100", "business", "official"} & set(shown.split())
    listed = offices("t", "conflict", "list", "--format", "json").json
    assert {"business", "350200"} <= {one["ours"] for one in listed}
    (refused,) = offices(
        "t", "report", "receive", "t.card", *PASS, "--format", "json", exit=15
    ).json
    assert (refused["problem"], refused["message"][-1]) == ("package_is_card", "。")


def test_a_record_only_we_have_shows_by_what_tells_it(offices: Any, packed: Path) -> None:
    offices("v", "report", "reopen", "--period", "2026-11", "--reason", "更正")
    offices("v", "card", "issue", "M1", "--number", "贞1", "--on", "2026-03-06")
    offices("v", "move", "return", "M1", "--on", "2026-04-01")
    offices("v", "report", "close", "--period", "2026-11")
    offices("v", *PACK, "--output", "again.flowpkg")
    offices("t", *add_words(branch="甘田村"))
    offices("t", "move", "out", "M1", "--to", "广东深圳", "--on", "2026-05")
    offices("t", "report", "receive", "again.flowpkg", *PASS, "--allow-gap", "--reason", "只此一包")
    (found,) = offices("t", "conflict", "list", "--format", "json").json
    assert (found["kind"], found["entity"], found["theirs"]) == ("record", "movement", None)
    assert found["ours"].startswith("2026-05")
