"""Files made to do harm, by code: each is refused with exit 5 in bounded memory and time.

A builder takes a folder and returns the file; the code is what must be said about it.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Content = bytes | str | Callable[[], Iterable[bytes]]

DATA = Path(__file__).parents[1] / "data" / "samples"

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)
_OUTSIDE = "<!DOCTYPE x [<!ENTITY out SYSTEM 'file:///etc/passwd'>]>"
_QUADRATIC = f"<!DOCTYPE x [<!ENTITY big '{'x' * 100_000}'>]>"
_CELLS = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


@dataclass(frozen=True)
class Bomb:
    """One harmful file and what is said about it."""

    name: str
    code: str
    build: Callable[[Path], Path]


def sheet(cells: str = _CELLS, *, before: str = "", around: str = "", after: str = "") -> str:
    """The XML of a sheet."""
    return f"{before}<worksheet {_MAIN}>{around}<sheetData>{cells}</sheetData>{after}</worksheet>"


def parts(**changed: Content) -> dict[str, Content]:
    """The parts of a small workbook: ``sheet``, ``strings``, ``book``, ``styles``, ``rels``."""
    pieces: dict[str, Content] = {
        "book": f'<workbook {_MAIN} {_REL}><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>",
        "rels": f'<Relationships xmlns="{_RELS}">'
        f'<Relationship Id="r1" Type="{_KIND}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_KIND}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{_KIND}/styles" Target="styles.xml"/></Relationships>',
        "sheet": sheet(),
        "strings": f"<sst {_MAIN}><si><t>x</t></si></sst>",
        "styles": f"<styleSheet {_MAIN}><cellXfs/></styleSheet>",
        **changed,
    }
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1"'
        f' Type="{_KIND}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": pieces["book"],
        "xl/_rels/workbook.xml.rels": pieces["rels"],
        "xl/worksheets/sheet1.xml": pieces["sheet"],
        "xl/sharedStrings.xml": pieces["strings"],
        "xl/styles.xml": pieces["styles"],
    }


def pack(path: Path, files: Mapping[str, Content], *, stored: Iterable[str] = ()) -> Path:
    """Write a zip; ``stored`` parts are not compressed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            about = zipfile.ZipInfo(name)
            about.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            with archive.open(about, "w", force_zip64=False) as out:
                for piece in _pieces(content):
                    out.write(piece)
    return path


def _pieces(content: Content) -> Iterable[bytes]:
    if isinstance(content, str):
        return [content.encode()]
    return [content] if isinstance(content, bytes) else content()


def _workbook(name: str, code: str, **changed: Content) -> Bomb:
    return Bomb(name, code, lambda folder: pack(folder / "bomb.xlsx", parts(**changed)))


def _cell(reference: str) -> str:
    return sheet(f'<row><c r="{reference}"><v>1</v></c></row>')


def ods_parts(body: str, before: str = "") -> dict[str, str]:
    """The parts of an OpenDocument spreadsheet of one sheet."""
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f"{before}<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": "<manifest/>",
    }


def _ods(name: str, code: str, body: str, before: str = "") -> Bomb:
    return Bomb(name, code, lambda folder: pack(folder / "bomb.ods", ods_parts(body, before)))


def _ods_cell(repeats: str = "") -> str:
    return f'<table:table-cell{repeats} office:value-type="string"><text:p>x</text:p></table:table-cell>'


ODS_BODY = "".join(
    "<table:table-row>"
    + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{word}</text:p></table:table-cell>'
        for word in row
    )
    + "</table:table-row>"
    for row in (
        ("姓名", "公民身份证号", "所在党支部", "出生日期"),
        ("令狐朝昌", "522325198001010011", "雨柏村", "1980.1"),
        ("欧阳贵忠", "522325197203167513", "细氽村党支部", "1972年3月"),
    )
)
"""A small member list."""


def _text(name: str, code: str, pieces: Callable[[], Iterable[bytes]]) -> Bomb:
    def build(folder: Path) -> Path:
        path = folder / "bomb.csv"
        with path.open("wb") as out:
            out.writelines(pieces())
        return path

    return Bomb(name, code, build)


def _zeros(megabytes: int) -> Iterable[bytes]:
    yield b"<worksheet>"
    yield from (bytes(1 << 20) for _ in range(megabytes))


def _hard_to_shrink() -> bytes:
    """Rows that shrink by less than the ratio allows, so that only their number tells."""
    rng = random.Random(1)
    return b"".join(b"%d,%d\n" % (rng.random() * 1e9, n) for n in range(250_000))


def _claiming(folder: Path, length: int) -> Path:
    """A part that inflates to a hundred million bytes and says something else."""
    path = pack(folder / "bomb.xlsx", parts(sheet=lambda: _zeros(100)))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    written = struct.pack("<I", size)
    at = content.rfind(written)
    content[at : at + 4] = struct.pack("<I", length)
    path.write_bytes(content)
    return path


def _overlapping(folder: Path) -> Path:
    """Two names for the same bytes: the directory's second entry points at the first's data."""
    path = pack(folder / "bomb.xlsx", {**parts(), "xl/a.xml": "a", "xl/b.xml": "b"})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        first = archive.getinfo("xl/a.xml").header_offset
    at = content.rfind(b"xl/b.xml") - 46
    content[at + 42 : at + 46] = struct.pack("<I", first)
    path.write_bytes(content)
    return path


def _records(content: bytes) -> Iterable[tuple[int, int, int]]:
    """Offset, kind and length of each record of the old workbook in a small OLE file."""
    at = 512
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == 0 and length == 0:
            return
        yield at, kind, length
        at += 4 + length


def _far_cells(folder: Path) -> Path:
    """An old workbook in which two cells stand at opposite corners."""
    content = bytearray((DATA / "cards.xls").read_bytes())
    cells = [at for at, kind, _ in _records(bytes(content)) if kind in (0x00FD, 0x0203, 0x027E)]
    struct.pack_into("<HH", content, cells[0] + 4, 0, 0)
    struct.pack_into("<HH", content, cells[-1] + 4, 65_535, 255)
    path = folder / "bomb.xls"
    path.write_bytes(content)
    return path


def _torn(folder: Path) -> Path:
    """An old workbook whose records claim more than there is."""
    content = bytearray((DATA / "cards.xls").read_bytes())
    for at, kind, _ in list(_records(bytes(content))):
        if kind == 0x00FC:
            struct.pack_into("<HII", content, at + 2, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    path = folder / "bomb.xls"
    path.write_bytes(content)
    return path


def _circular(folder: Path) -> Path:
    """An old workbook whose allocation table runs in a circle."""
    content = bytearray((DATA / "cards.xls").read_bytes())
    (sector,) = struct.unpack_from("<I", content, 76)
    at = (sector + 1) * 512
    struct.pack_into("<128I", content, at, *(n % 3 for n in range(1, 129)))
    path = folder / "bomb.xls"
    path.write_bytes(content)
    return path


def _zipped(folder: Path) -> Path:
    """A zip inside a zip, under a workbook's name."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.zip", bytes(10_000_000))
    return pack(folder / "bomb.xlsx", {"1.zip": inner.getvalue()})


_TWENTY = '<c t="s"><v>0</v></c>' * 20
_MANY_CELLS = "".join(f'<row r="{n}">{_TWENTY}</row>' for n in range(1, 15_001))
_MERGE = '<mergeCell ref="A1:A9000"/>'
_HIDDEN = '<col min="1" max="16384" hidden="1"/>'
_REPEATED = ' table:number-columns-repeated="16384"'
_LONG = "长" * 9_999
_VARIED = "".join(map(chr, random.Random(1).choices(range(0x4E00, 0x9FA0), k=1_000_000)))
_LEVELS = "".join(f'<row r="{n}">' for n in range(500_000))

BOMBS = [
    _workbook("laughs in a sheet", "file_with_doctype", sheet=sheet(before=_LAUGHS)),
    _workbook("laughs in the styles", "file_with_doctype", styles=f"{_LAUGHS}<styleSheet/>"),
    _workbook("laughs in the book", "file_with_doctype", book=f"{_LAUGHS}<workbook/>"),
    _workbook("laughs in the relations", "file_with_doctype", rels=f"{_LAUGHS}<Relationships/>"),
    _workbook("laughs in the strings", "file_with_doctype",
              strings=f"{_LAUGHS}<sst {_MAIN}><si><t>&a9;</t></si></sst>"),
    _workbook("an entity from outside", "file_with_doctype", sheet=sheet(before=_OUTSIDE)),
    _workbook("an entity from outside in the strings", "file_with_doctype",
              strings=f"{_OUTSIDE}<sst {_MAIN}><si><t>&out;</t></si></sst>"),
    _workbook("a large entity many times", "file_with_doctype",
              strings=f"{_QUADRATIC}<sst {_MAIN}><si><t>{'&big;' * 10_000}</t></si></sst>"),
    _workbook("laughs in UTF-16", "file_with_doctype",
              sheet=f'<?xml version="1.0" encoding="UTF-16"?>{sheet(before=_LAUGHS)}'.encode("utf-16")),
    _workbook("a cell at the far corner", "file_too_large", sheet=_cell("XFD1048576")),
    _workbook("a cell in the last row", "file_too_large", sheet=_cell("A1048576")),
    _workbook("a cell in the last column", "file_too_large", sheet=_cell("XFD1")),
    _workbook("a cell beyond the last", "file_too_large", sheet=_cell("ZZZZZZZZZ99999999999")),
    _workbook("a far cell among formulas", "file_too_large",
              sheet=sheet('<row><c r="A1"><f>1</f></c><c r="GR200000"><v>1</v></c></row>')),
    _workbook("zeros by the hundred megabyte", "file_bomb", sheet=lambda: _zeros(150)),
    Bomb("more than a list can be", "file_too_large", lambda folder: _claiming(folder, 600_000_000)),
    Bomb("a part longer than it says", "file_unreadable", lambda folder: _claiming(folder, 1000)),
    Bomb("two names for the same bytes", "file_unreadable", _overlapping),
    Bomb("a zip in a zip", "file_not_a_workbook", _zipped),
    Bomb("twenty thousand parts", "file_too_large", lambda folder: pack(
        folder / "bomb.xlsx", parts() | {f"xl/{n}.xml": "" for n in range(20_000)})),
    _workbook("one long text in every cell", "file_too_large", sheet=sheet(_MANY_CELLS),
              strings=f"<sst {_MAIN}><si><t>{_LONG}</t></si></sst>"),
    _workbook("a cell of a million characters", "file_cell_too_long",
              strings=f"<sst {_MAIN}><si><t>{_VARIED}</t></si></sst>"),
    _workbook("merges over merges", "file_unreadable", sheet=sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9000"><c r="A9000"><v>1</v></c></row>',
        after=f"<mergeCells>{_MERGE * 20_000}</mergeCells>")),
    _workbook("columns hidden without end", "heading_missing", sheet=sheet(
        around=f"<cols>{_HIDDEN * 20_000}</cols>")),
    _workbook("a tag without end", "file_unreadable",
              styles=f'<styleSheet a="{random.Random(1).randbytes(4_000_000).hex()}"/>'),
    _workbook("half a million levels", "file_unreadable", sheet=sheet(_LEVELS)),
    _ods("laughs in OpenDocument", "file_with_doctype", "", before=_LAUGHS),
    _ods("a row a million times", "file_too_large",
         f'<table:table-row table:number-rows-repeated="1048576">{_ods_cell()}</table:table-row>'),
    _ods("a cell sixteen thousand times", "file_too_large",
         f"<table:table-row>{_ods_cell(_REPEATED)}</table:table-row>"),
    _ods("a row a trillion times", "file_too_large",
         '<table:table-row table:number-rows-repeated="999999999999"><table:table-cell/>'
         f"</table:table-row><table:table-row>{_ods_cell()}</table:table-row>"),
    Bomb("old cells at both corners", "file_too_large", _far_cells),
    Bomb("old records that claim too much", "file_unreadable", _torn),
    Bomb("an old table in a circle", "file_too_large", _circular),
    _text("a quotation mark never closed", "file_quotes_broken", lambda: (
        b"a,b\n", b'1,"', *(b"x,y\n" * 250_000 for _ in range(30)))),
    _text("a line without end", "file_too_large", lambda: (b"a,b" * 350_000 for _ in range(30))),
    _text("too many records", "file_too_large", lambda: [b"a,b\n", _hard_to_shrink()]),
    _text("too many columns", "file_too_large", lambda: [b"a," * 5_000, b"\n"]),
    _text("a cell too long", "file_cell_too_long", lambda: [b"a,b\n1,", b"x" * 20_000, b"\n"]),
    _text("nothing but zeros", "file_empty", lambda: _zeros_only(50)),
    _text("noise", "file_not_a_workbook", lambda: [random.Random(1).randbytes(3_000_000)]),
    _text("a million quotation marks", "file_quotes_broken", lambda: [b"a,b\n", b'"' * 1_000_001]),
]  # fmt: skip


def _zeros_only(megabytes: int) -> Iterable[bytes]:
    return (bytes(1 << 20) for _ in range(megabytes))
