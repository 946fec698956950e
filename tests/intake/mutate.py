"""Lists gone wrong by chance: real files changed in bytes, in their XML, in their cells."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.intake.bombs import ODS_BODY, ods_parts

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[1] / "data" / "samples"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5", "latin-1")

SEEDS = (
    "members_summary.xlsx", "outflow_roster.xlsx", "survey_results.xlsx", "corrupted_ids.xlsx",
    "two_sheets.xlsx", "mac1904.xlsx", "cards.xls",
    "members_gb18030.csv", "members_utf8bom.csv", "export_html.xls", "locked.xlsx",
)  # fmt: skip

NASTY = (
    "", " ", "0", "-1", "1e308", "-1e-308", "NaN", "inf", "9" * 400, "5.22325E+17", "2958466",
    "-693594", "60", "1900-02-29", "9999-12-31", "去年", "1980.1", "true", "#N/A", "=1+1",
    "+cmd|' /C calc'!A0", "@x", "-2+3", "_x001B_", "_x0000_", "\u202e", "\u200b", "\ufeff",
    "\ud7ff", "\U0010fffd", "👨‍👩‍👧", "[red]", "[/]", "{0}", "{path}", "%s", "' OR 1=1 --", "序号",
    "姓名", "合计", "填表人：", "长" * 9_999, "长" * 40_000, "a\nb", "a\tb", '"', '""', "回填说明",
)  # fmt: skip
_REFERENCES = ("A1", "XFD1048576", "A0", "1A", "", "ZZZZ1", "B999999999999", "$A$1", "R1C1")


class Mutator:
    """Makes one changed file after the other; the same seed makes the same files."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        self._files = {name: (DATA / name).read_bytes() for name in SEEDS}
        self._files["made.ods"] = _ods()

    def make(self, folder: Path) -> Path:
        """Write one changed file into a folder; its name may not be that of its kind."""
        rng = self._rng
        name = rng.choice(sorted(self._files))
        content = self._files[name]
        ways: list[Callable[[bytes], bytes]] = [self._bytes]
        if content.startswith(b"PK"):
            ways += [self._parts] * 4
        if name.endswith(".csv"):
            ways += [self._lines] * 3
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            content = rng.choice(ways)(content)
        ending = rng.choice((Path(name).suffix,) * 4 + (".xlsx", ".csv", ".ods", ".xls", ""))
        path = folder / f"列表{ending}"
        path.write_bytes(content)
        return path

    def _bytes(self, content: bytes) -> bytes:
        """Flip, cut, drop, double or insert some bytes."""
        rng = self._rng
        changed = bytearray(content)
        for _ in range(rng.choice((1, 1, 2, 5, 40))):
            at = rng.randrange(len(changed) + 1)
            length = rng.choice((1, 1, 2, 4, 16, 512))
            match rng.randrange(5):
                case 0 if at < len(changed):
                    changed[at] ^= 1 << rng.randrange(8)
                case 1:
                    del changed[at : at + length]
                case 2:
                    changed[at:at] = rng.randbytes(length)
                case 3:
                    changed[at:at] = changed[at : at + length]
                case 4:
                    changed[at : at + length] = rng.choice((b"\0", b"\xff")) * length
        return bytes(changed[: rng.randrange(len(changed) + 1)] if rng.random() < 0.1 else changed)

    def _parts(self, content: bytes) -> bytes:
        """Change one part of a workbook, and pack it again as if nothing were."""
        rng = self._rng
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = {part.filename: archive.read(part) for part in archive.infolist()}
        except Exception:  # noqa: BLE001 - an earlier change broke it
            return self._bytes(content)
        name = rng.choice(sorted(parts))
        if rng.random() < 0.7:
            name = next((n for n in sorted(parts) if "sheet1" in n or n == "content.xml"), name)
        match rng.randrange(10):
            case 0:
                del parts[name]
            case 1:
                parts[rng.choice(("xl/vbaProject.bin", "content.xml", name.upper()))] = parts[name]
            case 2:
                parts[name] = self._bytes(parts[name]) if parts[name] else b""
            case _:
                parts[name] = self._xml(parts[name].decode("utf-8", "replace")).encode()
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for part, stood in parts.items():
                archive.writestr(part, stood)
        return made.getvalue()

    def _xml(self, text: str) -> str:
        """Change texts, attributes, references or tags."""
        rng = self._rng
        for _ in range(rng.choice((1, 3, 10))):
            pieces = text.split("<")
            at = rng.randrange(len(pieces))
            piece = pieces[at]
            match rng.randrange(6):
                case 0:
                    tag, _, _ = piece.partition(">")
                    pieces[at] = f"{tag}>{_escaped(rng.choice(NASTY))}"
                case 1:
                    pieces[at] = self._attribute(piece)
                case 2:
                    del pieces[at]
                case 3:
                    pieces[at:at] = pieces[at : at + rng.choice((1, 2, 60))]
                case 4:
                    pieces.insert(at, rng.choice(("f>1+1</f>", "!--", "![CDATA[x]]>", "v>")))
                case 5:
                    pieces[at] = piece.replace('t="s"', rng.choice(('t="n"', 't="e"', 't="d"')), 1)
            text = "<".join(pieces)
        return text

    def _attribute(self, piece: str) -> str:
        rng = self._rng
        quoted = piece.split('"')
        if len(quoted) > 2:
            at = rng.randrange(1, len(quoted), 2)
            quoted[at] = _escaped(rng.choice((*NASTY, *_REFERENCES)))
        return '"'.join(quoted)

    def _lines(self, content: bytes) -> bytes:
        """Change the cells, the quotes, the separators or the encoding of a text file."""
        rng = self._rng
        encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030"
        lines = content.decode(encoding, "replace").split("\n")
        for _ in range(rng.choice((1, 3, 10))):
            at = rng.randrange(len(lines))
            cells = lines[at].split(",")
            match rng.randrange(6):
                case 0:
                    cells[rng.randrange(len(cells))] = rng.choice(NASTY)
                case 1:
                    cells[rng.randrange(len(cells))] += '"'
                case 2:
                    cells *= rng.choice((1, 2, 30))
                case 3:
                    lines[at:at] = lines[at : at + 1] * rng.choice((1, 2, 500))
                case 4:
                    rng.shuffle(cells)
                case 5:
                    lines = [line.replace(",", rng.choice(";\t|，")) for line in lines]
            lines[at] = ",".join(cells)
        written = "\n".join(lines).encode(rng.choice((encoding, *ENCODINGS)), "replace")
        return written if rng.random() < 0.8 else self._bytes(written)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _ods() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ods_parts(ODS_BODY).items():
            archive.writestr(name, content)
    return made.getvalue()
