"""The passphrase at a terminal: asked for unseen, twice where a key is made, and never elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from tests.cli.test_contact_paste import terminal

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "三人行必有我师焉 2026"


def ended(child: Any) -> tuple[int, str]:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, str(child.before)


def test_asked_twice_unseen_when_a_key_is_made_and_once_to_use_it(
    town: Any, tmp_path: Path
) -> None:
    child = terminal(tmp_path, "key", "init")
    child.expect("口令")
    child.send(f"{WORDS}\n")
    child.expect("再")
    child.send(f"{WORDS}\n")
    status, said = ended(child)
    assert status == 0
    assert WORDS not in said
    assert (tmp_path / "registry.key").stat().st_mode & 0o777 == 0o600

    child = terminal(tmp_path, "key", "show", "--output", "card")
    child.expect("口令")
    child.send(f"{WORDS}\n")
    status, said = ended(child)
    assert (status, WORDS in said) == (0, False)
    assert (tmp_path / "card").is_file()


@pytest.mark.parametrize(("second", "code"), [("另一句\n", 12), ("\x03", 130)])
def test_two_answers_that_differ_make_no_key(
    town: Any, tmp_path: Path, second: str, code: int
) -> None:
    child = terminal(tmp_path, "key", "init")
    child.expect("口令")
    child.send(f"{WORDS}\n")
    child.expect("再")
    child.send(second)
    status, said = ended(child)
    assert status == code
    assert "Traceback" not in said
    assert not (tmp_path / "registry.key").exists()
    assert town("key", "show", "--format", "json").json == []


def test_a_wrong_one_is_refused_and_nobody_is_asked_with_no_input(
    town: Any, tmp_path: Path
) -> None:
    (tmp_path / "pass").write_text(WORDS, encoding="utf-8")
    town("key", "init", "--passphrase-file", str(tmp_path / "pass"))
    child = terminal(tmp_path, "key", "show", "--output", "card")
    child.expect("口令")
    child.send("不是这句\n")
    status, said = ended(child)
    assert (status, "passphrase_wrong" in said) == (12, True)
    status, said = ended(terminal(tmp_path, "--no-input", "key", "show", "--output", "card"))
    assert (status, "--passphrase-file" in said) == (12, True)
    assert not (tmp_path / "card").exists()
