"""Gather every message of the program into the Chinese catalogue, and compile it.

Messages are the constants in ``_("…")`` and ``N_("…")``, and the first paragraph of the docstring
of every command, which is its help. Run it after changing a message; translations are kept.
"""

from __future__ import annotations

import ast
import inspect
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[1] / "src" / "flowparty"
PO = SOURCE / "locale" / "zh_CN" / "LC_MESSAGES" / "flowparty.po"


def messages() -> dict[str, list[str]]:
    """Every message with the modules it stands in."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text in (*_marked(tree), *_helps(tree)):
            found.setdefault(text, []).append(str(path.relative_to(SOURCE)))
    return found


def _marked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("_", "N_")
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            yield node.args[0].value


def _helps(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
            text = inspect.cleandoc(ast.get_docstring(node) or "")
            yield text.split("\n\n")[0].replace("\n", " ")


def _is_command(decorator: ast.expr) -> bool:
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr == "command"
    )


def catalogue() -> Catalog:
    """Today's messages with the translations there are."""
    known = Catalog()
    if PO.exists():
        with PO.open("rb") as stream:
            known = read_po(stream, locale="zh_CN")
    fresh = Catalog(
        locale="zh_CN", project="flowparty", fuzzy=False, creation_date=_FIXED, revision_date=_FIXED
    )
    for text, places in sorted(messages().items()):
        if text:
            old = known.get(text)
            fresh.add(text, old.string if old else "", auto_comments=sorted(set(places)))
    return fresh


_FIXED = datetime(2026, 11, 28, tzinfo=UTC)  # the same messages give the same files


def main() -> None:
    """Write the catalogue and its compiled form; say what lacks a translation."""
    made = catalogue()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as stream:
        write_po(stream, made, width=100)
    with PO.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, made)
    for message in made:
        if message.id and not message.string:
            print(f"no translation: {message.id}")


if __name__ == "__main__":
    main()
