"""The house: data flows one way, and each outside library has one room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1]
MODULES = {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p
           for p in sorted((ROOT / "sim").rglob("*.py"))}  # fmt: skip
ONLY = {
    "simpy": "sim.engine",
    "yaml": "sim.text.yamlio",
    "chinese_calendar": "sim.core.workdays",
    "click": "sim.cli",
    "matplotlib": "sim.report.charts",
    "pygraphviz": "sim.report.charts",
    "jinja2": "sim.report.page",
    "junitparser": "sim.report",
    "multiprocessing": "sim.core.workers",
}
"""Library → the one module, or package, that may import it."""


def imports(module: str) -> Iterator[str]:
    """Every module a file imports, wherever in it, relative names resolved."""
    path = MODULES[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            base = ".".join(filter(None, [above if node.level else "", node.module]))
            yield from (f"{base}.{a.name}" if f"{base}.{a.name}" in MODULES else base for a in node.names)


def test_no_module_imports_itself_round_a_corner() -> None:
    """YAML text, spec, reforms, tables, engine, records, measures, comparison, report: one way only."""
    graph = nx.DiGraph((m, used) for m in MODULES for used in imports(m) if used in MODULES and used != m)
    assert list(nx.simple_cycles(graph)) == []


@pytest.mark.parametrize("module", MODULES)
def test_each_library_has_one_room(module: str) -> None:
    """Whoever changes a library looks in one place."""
    for used in imports(module):
        room = ONLY.get(used.split(".")[0])
        at_home = room is None or module == room or module.startswith(room + ".")
        assert at_home, f"{module} imports {used}, as only {room} may"


@pytest.mark.parametrize("module", MODULES)
def test_modules_stay_one_idea(module: str) -> None:
    """No module grows beyond 350 lines, and nothing but the commands prints or ends the process."""
    text = MODULES[module].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 350
    calls = {n.func.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert not calls & {"print", "exit", "quit"}, module
