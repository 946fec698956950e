"""Files made safely: whole or not at all, private, and no leftovers."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from flowparty import files
from flowparty.domain.canonical import sha256
from flowparty.domain.errors import BadValue, Denied, Storage

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, content: bytes) -> None:
    with files.replace_file(path) as out:
        out.write(content)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_files_are_private_whatever_the_mask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write(tmp_path / "a.xlsx", b"x")
        files.make_folder(tmp_path / "deep" / "er")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.xlsx").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "deep" / "er").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["registry.db", "registry.db-journal"])
def test_a_registry_and_its_journal_are_never_written_over(tmp_path: Path, name: str) -> None:
    registry = tmp_path / "registry.db"
    registry.write_bytes(b"SQLite format 3\0...")
    with pytest.raises(BadValue, match="output_is_registry"):
        write(tmp_path / name, b"x")
    assert registry.read_bytes() == b"SQLite format 3\0..."
    assert [path.name for path in tmp_path.iterdir()] == ["registry.db"]


def test_a_name_that_is_only_the_ending_of_a_journal_is_a_name(tmp_path: Path) -> None:
    write(tmp_path / "-journal", b"x")
    assert (tmp_path / "-journal").read_bytes() == b"x"


def test_a_key_file_is_only_written_over_by_its_own_rotation(tmp_path: Path) -> None:
    key = tmp_path / "registry.key"
    key.write_text('{\n "flowparty_key": 1,\n "office": "x"}', encoding="utf-8")
    with pytest.raises(BadValue, match="output_is_key_file"):
        write(key, b"x")
    with files.replace_file(key, key=True) as out:
        out.write(b"new")
    assert key.read_bytes() == b"new"


def test_a_failure_leaves_the_old_file_and_no_leftover(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, b"old")

    def half() -> None:
        with files.replace_file(path) as out:
            out.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_what_failed_first_is_told_where_the_leftover_cannot_be_removed_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "gone")

    def half() -> None:
        with files.replace_file(tmp_path / "a.xlsx"):
            monkeypatch.setattr("pathlib.Path.unlink", fails)
            raise BadValue("first")

    with pytest.raises(BadValue, match="first"):
        half()
    monkeypatch.undo()
    write(tmp_path / "a.xlsx", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_dead_writers_leftover_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".a.xlsx.deadbeef.part").write_bytes(b"half")
    (tmp_path / ".b.xlsx.deadbeef.part").write_bytes(b"another target's")
    write(tmp_path / "a.xlsx", b"new")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".b.xlsx.deadbeef.part", "a.xlsx"]


def test_a_living_writers_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with files.replace_file(path) as slow:
        slow.write(b"slow")
        write(path, b"quick")
        assert path.read_bytes() == b"quick"
    assert path.read_bytes() == b"slow"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_target_held_open_keeps_the_new_content_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path as AnyPath

    def refuse(self: AnyPath, target: AnyPath) -> AnyPath:
        raise PermissionError(errno.EACCES, "held", str(target))

    monkeypatch.setattr(AnyPath, "replace", refuse)
    with pytest.raises(Denied) as caught:
        write(tmp_path / "a.xlsx", b"new")
    assert AnyPath(str(caught.value.params["kept"])).read_bytes() == b"new"


def test_what_is_recorded_keeps_its_content_until_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.flowpkg"
    write(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "failed")

    with monkeypatch.context() as patched:
        patched.setattr(files, "_put_in_place", fail)
        with pytest.raises(Storage), files.replace_file(path, keep=True) as out:
            out.write(b"recorded")
    assert path.read_bytes() == b"old"
    assert not files.finish_left(path, sha256(b"another's"))
    assert files.finish_left(path, sha256(b"recorded"))
    assert path.read_bytes() == b"recorded"
    assert [p.name for p in tmp_path.iterdir()] == ["a.flowpkg"]
    assert not files.finish_left(path, sha256(b"recorded"))


@pytest.mark.parametrize(("written", "left"), [(False, 0), (True, 1), (None, 1)])
def test_content_is_kept_only_where_its_record_may_stand(
    tmp_path: Path, written: bool | None, left: int
) -> None:
    problem = Storage("disk_error", path="registry.db")
    problem.written = written
    with pytest.raises(Storage), files.replace_file(tmp_path / "a", keep=True):
        raise problem
    assert len(list(tmp_path.iterdir())) == left


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BadValue) as caught:
        write(tmp_path / "nowhere" / "a.xlsx", b"x")
    assert caught.value.code == "output_folder_missing"


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (errno.ENOSPC, Storage, "disk_full"), (errno.EDQUOT, Storage, "disk_full"),
        (errno.EFBIG, Storage, "disk_full"), (errno.EIO, Storage, "disk_error"),
        (errno.EXDEV, Storage, "disk_error"), (errno.EACCES, Denied, "not_writable"),
        (errno.EISDIR, BadValue, "output_name_unusable"),
        (errno.ENAMETOOLONG, BadValue, "output_name_unusable"),
        (errno.EROFS, Denied, "not_writable"), (errno.ENOTDIR, BadValue, "output_folder_missing"),
    ],
)  # fmt: skip
def test_faults_of_the_system_are_problems(number: int, kind: type, code: str) -> None:
    problem = files.as_problem(OSError(number, "x"), "/somewhere")
    assert (type(problem), problem.code) == (kind, code)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("金叶社区党支部", "金叶社区党支部"),
        ("党支部/第一小组", "党支部_第一小组"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "_"),
        (".隐藏", "隐藏"),
        ("支部. ", "支部"),
        ('a\\b:c*d?e"f<g>h|i', "a_b_c_d_e_f_g_h_i"),
        ("甲\x00\x1b乙\u202e丙\ud800", "甲__乙_丙_"),
        ("甲\n 乙\u3000丙", "甲 乙 丙"),
        ("CON", "_CON"),
        ("lpt1.表", "_lpt1.表"),
        ("console", "console"),
        ("", "_"),
    ],
)
def test_a_name_from_words_lies_in_no_other_folder(tmp_path: Path, said: str, named: str) -> None:
    name = files.file_name(said, ending=".xlsx")
    assert name == f"{named}.xlsx"
    write(tmp_path / name, b"x")
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_the_longest_part_of_a_name_is_cut_and_the_others_stay(tmp_path: Path) -> None:
    name = files.file_name("联系表", "𬭎" * 300, "", "2026-11", ending=".xlsx")
    assert name.startswith("联系表_𬭎𬭎")
    assert name.endswith("𬭎_2026-11.xlsx")
    write(tmp_path / name, b"x")
    write(tmp_path / files.file_name("a" * 300, "b" * 300, ending=".xlsx"), b"x")
