"""The arrows of docs/design.md: who may import whom, without circles."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "flowparty"

ALLOWED = {
    "domain": set(),
    "data": set(),
    "clock": set(),
    "settings": set(),
    "language": set(),
    "files": {"domain"},
    "messages": {"language"},
    "repository": {"domain", "data", "files", "settings"},
    "intake": {"domain", "data", "files", "settings"},
    "forms": {"domain", "data", "files"},
    "output": {"domain"},
    "words": {"language", "repository"},
    "errors": {"domain", "language", "messages", "words"},
    "service": {"domain", "repository", "intake", "forms", "settings", "files"},
    "cli": {
        "domain", "repository", "intake", "service", "output", "errors", "messages", "language",
        "words", "files", "clock",
    },
    "__main__": {"cli", "errors", "language"},
    "__init__": set(),
}  # fmt: skip


def _layer(path: Path) -> str:
    inside = path.relative_to(SOURCE)
    return inside.parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("flowparty")}


MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_follow_the_arrows(path: Path) -> None:
    layer = _layer(path)
    used = {name.split(".")[1] for name in _imports(path) if "." in name}
    assert used - {layer} <= ALLOWED[layer], f"{layer} may not import {used - ALLOWED[layer]}"


def test_every_layer_is_known() -> None:
    assert {_layer(path) for path in MODULES} <= set(ALLOWED)


def test_no_circles() -> None:
    modules = {_name(path): path for path in MODULES}
    edges = {name: _imports(path) & set(modules) for name, path in modules.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for other in edges[name] - {name}:
                visit(other, (*trail, name))
            done.add(name)

    for name in edges:
        visit(name, ())


def _name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_domain_imports_only_the_standard_library_and_relativedelta() -> None:
    import sys

    for path in (SOURCE / "domain").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                top = module.split(".")[0]
                known = top in sys.stdlib_module_names or top == "flowparty"
                assert known or module == "dateutil.relativedelta", f"{path.name}: {module}"


def test_no_sql_outside_the_repository() -> None:
    words = ("SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ")
    for path in MODULES:
        if _layer(path) == "repository":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.startswith(words), f"{path.name}:{node.lineno}"


def test_no_clock_in_rules_and_rows() -> None:
    for path in MODULES:
        if _layer(path) in ("domain", "repository", "service", "forms", "intake"):
            text = path.read_text(encoding="utf-8")
            assert "date.today(" not in text, path
            assert "datetime.now(" not in text, path
