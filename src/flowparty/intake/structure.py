"""How a workbook's package is put together: its sheets and the formats of its cells."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from flowparty.intake.markup import local_name, parse

if TYPE_CHECKING:
    from flowparty.intake.package import Package

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_MONTH_FORMATS = {"17", "27", "36", "50", "52", "57"}
"""Built-in formats that show year and month only [ECMA-376 part 1, 18.8.30, with zh-cn]."""


def sheet_parts(package: Package) -> dict[str, str]:
    """Sheet name → the part that holds it, found as the reader finds it."""
    targets = _targets(package)
    sheets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "sheet":
            key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets[attributes.get("name", "")] = key

    parse(package, "xl/workbook.xml", sheet)
    return {name: targets[key] for name, key in sheets.items() if key in targets}


def _targets(package: Package) -> dict[str, str]:
    """Relation → part; it may be named from the top, from ``xl``, or from beside the book."""
    found: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship":
            target = attributes.get("Target", "")
            if not target.startswith(("/", "xl/")):
                target = f"xl/{target}"
            found[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    parse(package, "xl/_rels/workbook.xml.rels", relation)
    return found


def month_styles(package: Package) -> frozenset[str]:
    """The cell styles under which a date shows as year and month only, such as 2009年9月."""
    if "xl/styles.xml" not in package:
        return frozenset()
    formats = set(_MONTH_FORMATS)
    found: set[str] = set()
    state = {"inside": False, "count": 0}

    def start(name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
        if local in ("cellXfs", "cellStyles", "dxfs"):
            state["inside"] = local == "cellXfs"
        elif local == "numFmt" and _shows_month(attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif local == "xf" and state["inside"]:
            if attributes.get("numFmtId") in formats:
                found.add(str(state["count"]))
            state["count"] += 1

    parse(package, "xl/styles.xml", start)
    return frozenset(found)


def _shows_month(code: str) -> bool:
    letters = _QUOTED.sub("", code.partition(";")[0]).lower()
    return "y" in letters and "m" in letters and not set(letters) & set("dhs")
