"""Where commands run under fault: three offices as folders, copied anew for every point."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

import flowparty
from flowparty import language
from flowparty.intake.confined import reading
from flowparty.repository.pinyin import initials
from flowparty.settings import Settings
from tests.exchange_cases import MONTH, TODAY, fill
from tests.injection.tracer import BROKEN, run
from tests.offices import PASSPHRASE, VILLAGES, Office, make_town
from tests.people import NAMES, id_number

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from flowparty.intake.sheets import Sheet
    from tests.injection.tracer import Ended, Fault

BRANCH = "雨柏村"
EXPORTED = ("流动党员台账_2026-11.xlsx", "流动党员持活动证情况统计表_2026-11.xlsx")
OLD = "what stood there before\n"


@dataclass(frozen=True, slots=True)
class World:
    """Folders of a village with an open month, of one with a closed month, and of a town."""

    base: Path

    @property
    def words(self) -> str:
        return str(self.base / "words")

    def line(self, words: str) -> list[str]:
        """A command line's words; ``WORDS`` stands for the passphrase's file."""
        filled = words.replace("WORDS", f"--passphrase-file {self.words}")
        return ["--db", "registry.db", *filled.split()]

    def copy(self, office: str, folder: Path) -> Path:
        shutil.copytree(self.base / office, folder)
        return folder


_sheets: list[Sheet] = []


def warm() -> None:
    """Load here what every command would load anew in its own process."""
    for package in walk_packages(flowparty.__path__, "flowparty."):
        if not package.name.endswith(("__main__", ".child")):
            import_module(package.name)
    for name in ("sqlite_utils", "openpyxl", "rich.table", "cryptography.hazmat.primitives.hpke"):
        import_module(name)
    initials("预热")


def make_world(base: Path, begun: date) -> World:
    """Build it: made-up people, a closed month, a package on its way to the town."""
    base.mkdir(mode=0o700, exist_ok=True)
    (base / "words").write_text(PASSPHRASE, encoding="utf-8")
    town, (village,) = make_town(base / "offices", VILLAGES[1:2], begun)
    fill(village, 1)
    _copy(village, base / "open")
    _prepare(World(base), base / "open")
    village.close_month(MONTH, TODAY)
    _copy(village, base / "closed")
    _, data = village.pack(MONTH, TODAY)
    _copy(town, base / "town")
    (base / "town" / "in.flowpkg").write_bytes(data)
    for office in (town, village):
        office.registry.close()
    return World(base)


def _copy(office: Office, folder: Path) -> None:
    shutil.copytree(office.folder, folder)


def _prepare(world: World, folder: Path) -> None:
    """A list to import with one bad row, older workbooks under the names to come, and records."""
    global _sheets  # noqa: PLW0603 - see _main
    rows = [["姓名", "公民身份证号码", "所在党支部"]]
    rows += [[NAMES[at], id_number(80 + at), BRANCH] for at in range(3)]
    rows.append([NAMES[3], id_number(90)[:-1] + "?", BRANCH])
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(folder / "list.xlsx")
    with reading(folder / "list.xlsx", Settings()) as sheets:
        _sheets = sheets()
    calls = ["姓名,支部,联系时间,联系方式,联系结果"]
    calls += [f"{NAMES[at]},{BRANCH},2026.11.{5 + at},打电话,接通" for at in range(3)]
    (folder / "calls.csv").write_text("\n".join(calls), encoding="utf-8")
    for name in EXPORTED:
        (folder / name).write_text(OLD, encoding="utf-8")
    for words in _RECORDS:
        ended = perform(world, folder, words)
        said = folder.with_name("said.err").read_text(encoding="utf-8")
        assert ended.exit == 0, f"{words}\n{said}"


_RECORDS = ("survey open --name 一轮 --since 2026-11-01",)


def perform(world: World, folder: Path, words: str, fault: Fault | None = None) -> Ended:
    """Run a command line in an office's folder; what it says goes beside the folder."""
    line = world.line(words)
    return run(lambda: _main(folder, line), folder.with_name("said"), folder, fault)


def said(folder: Path) -> str:
    """What the last command told on standard error."""
    return folder.with_name("said.err").read_text(encoding="utf-8")


def _main(folder: Path, words: list[str]) -> int:
    from flowparty.cli.root import app

    os.chdir(folder)
    os.environ.update(FLOWPARTY_TODAY=TODAY.isoformat(), NO_COLOR="1", COLUMNS="100")
    os.umask(0o077)
    # Another process reads the workbook and changes no file: that it is started again for every
    # point is only slow.
    reader: Any = import_module("flowparty.intake.reader")
    reader.reading = lambda _path, _limits: nullcontext(lambda: deepcopy(_sheets))
    language.use("en")
    try:
        app(args=words, prog_name="flowparty")
    except SystemExit as end:
        return int(end.code or 0)
    return BROKEN
