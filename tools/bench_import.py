"""The import's part of ``make bench``: a summary workbook of 100 000 rows, whole.

Read, judged, compared with everybody known, journaled and indexed in a new registry.

The yardstick is ``pandas.read_excel(engine="openpyxl")`` and ``to_sql``, which check nothing; where
pandas is not installed, openpyxl's own read-only mode and plain inserts, which is less than that.
"""

from __future__ import annotations

import importlib.util
import json
import statistics
import subprocess
import sys
import zipfile
from random import Random
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from flowparty.service.demo_people import People

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 100_000
ROUNDS = 3

_HEADINGS = [
    "序号",
    "姓名",
    "所在党支部",
    "公民身份证号",
    "性别",
    "民族",
    "出生日期",
    "学历",
    "人员类别",
    "加入党组织日期",
    "转为正式党员日期",
    "工作岗位",
    "手机号",
    "固定电话",
    "家庭住址",
    "党籍状态",
    "是否为失联党员",
    "失去联系日期",
    "是否为流动党员",
    "外出流向",
]
_VILLAGES = ["金叶社区", "雨柏村", "甘田村", "长田村", "陇塔村", "瓦厂村", "细氽村"]
_LETTERS = "ABCDEFGHIJKLMNOPQRST"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_OURS = """
from pathlib import Path
from flowparty.cli.root import app
registry = Path(path + ".registry")
registry.unlink(missing_ok=True)
for words in (["init", "--division", "522325107"], ["import", "members", path, "--skip-bad"]):
    try:
        app(["--db", str(registry), *words, "--format", "plain"], standalone_mode=False)
    except SystemExit as end:
        assert end.code in (0, 3), end.code
"""
_PANDAS = """
import pandas, sqlite3
frame = pandas.read_excel(path, engine="openpyxl", dtype=str)
frame.to_sql("list", sqlite3.connect(path + ".db"), if_exists="replace")
"""
_OPENPYXL = """
import openpyxl, sqlite3
rows = openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True)
db = sqlite3.connect(":memory:")
db.execute(f"CREATE TABLE list ({', '.join(f'c{n}' for n in range(20))})")
db.executemany(f"INSERT INTO list VALUES ({', '.join('?' * 20)})", rows)
"""
_MEASURED = """
import json, resource, sys, time
path, begin = sys.argv[1], time.perf_counter()
{script}
both = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
most = [resource.getrusage(who).ru_maxrss for who in both]
print(json.dumps([time.perf_counter() - begin, sum(most) / 1024]))
"""


def importing(folder: Path) -> None:
    """Print time and memory of importing the list, and the ratio to the yardstick."""
    path = folder / "summary.xlsx"
    write_list(path, ROWS)
    pandas = importlib.util.find_spec("pandas") is not None
    other = (
        "pandas.read_excel + to_sql" if pandas else "openpyxl + INSERT (pandas is not installed)"
    )
    theirs = _PANDAS if pandas else _OPENPYXL
    pairs = [(_run(_OURS, path), _run(theirs, path)) for _ in range(ROUNDS)]
    ratio = statistics.median(a[0] / b[0] for a, b in pairs)
    ours, its = (_median([pair[side] for pair in pairs]) for side in (0, 1))
    print(f"import of {ROWS} rows: {ours} / {other}: {its} = {ratio:.2f}")


def _median(runs: list[tuple[float, float]]) -> str:
    seconds, megabytes = (statistics.median(run[at] for run in runs) for at in (0, 1))
    return f"{seconds:.1f} s, {megabytes:.0f} MB"


def _run(script: str, path: Path) -> tuple[float, float]:
    """Seconds and megabytes (all its processes together) of one script in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED.format(script=script), str(path)],
        check=True,
        stdout=subprocess.PIPE,
    )
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes


def write_list(path: Path, count: int) -> None:
    """Write a 《党员基本信息汇总表》 as a spreadsheet program would, its texts shared."""
    texts: dict[str, int] = {}
    rows = (_row(number, cells, texts) for number, cells in enumerate(_people(count), start=1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            out.write(f"<worksheet {_MAIN}><sheetData>".encode())
            for row in rows:
                out.write(row.encode())
            out.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f"<sst {_MAIN}>{shared}</sst>")
        for name, content in _rest().items():
            archive.writestr(name, content)


def _people(count: int) -> list[list[str | int]]:
    people = People(Random(1))  # noqa: S311 - made-up people, the same every time
    made: list[list[str | int]] = [["《党员基本信息汇总表》", *[""] * 19], list(_HEADINGS)]
    seen: set[str] = set()
    for number in range(count):
        village = _VILLAGES[number % len(_VILLAGES)]
        one = people.member(village)
        while one.id_number.value in seen:
            one = people.member(village)
        seen.add(one.id_number.value)
        away = number % 4 == 0
        made.append([
            number + 1, one.name, f"{village}党支部", one.id_number.value,
            "男" if one.id_number.sex == "male" else "女", one.ethnicity or "汉族",
            one.id_number.birth_date.isoformat(), "初中", "正式党员", "2001.7.1", "2002.7.1",
            "务农", one.mobile or "", "",
            f"贵州省贞丰县长田镇{village}{number % 99}号", "正常", "否", "",
            "是" if away else "否", "广东省深圳市" if away else "",
        ])  # fmt: skip
    return made


def _row(number: int, cells: list[str | int], texts: dict[str, int]) -> str:
    parts = [f'<row r="{number}" spans="1:20">']
    for letter, cell in zip(_LETTERS, cells, strict=False):
        if cell == "":
            parts.append(f'<c r="{letter}{number}" s="0"/>')
        elif isinstance(cell, int):
            parts.append(f'<c r="{letter}{number}" s="0"><v>{cell}</v></c>')
        else:
            index = texts.setdefault(cell, len(texts))
            parts.append(f'<c r="{letter}{number}" s="0" t="s"><v>{index}</v></c>')
    parts.append("</row>")
    return "".join(parts)


def _rest() -> dict[str, str]:
    def relations(*named: tuple[str, str]) -> str:
        inside = "".join(
            f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(named, start=1)
        )
        return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'

    kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet",
             "sharedStrings": "sharedStrings", "styles": "styles"}  # fmt: skip
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="党员信息" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet {_MAIN}><fonts count="1"><font/></fonts><fills count="1">'
        '<fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/>'
        '</cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>',
    }  # fmt: skip
