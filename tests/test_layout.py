"""The house: data flows one way, and each outside library has one room."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p
           for p in sorted((ROOT / "sim").rglob("*.py"))}  # fmt: skip
ONLY = {
    "simpy": "sim.engine",
    "yaml": "sim.text.yamlio",
    "borax": "sim.core.projection",
    "chinese_calendar": "sim.core.holidays",
    "click": "sim.cli",
    "matplotlib": "sim.report.charts",
    "pygraphviz": "sim.report.charts",
    "jinja2": "sim.report.page",
    "junitparser": "sim.report",
    "babel": "sim.report",
    "multiprocessing": "sim.core.workers",
    "distributed": "sim.core.cluster",
    "python_calamine": "sim.learn.reading.sheets",
    "sqlalchemy": "sim.learn.reading.databases",
    "bpmn_io": "sim.bpmn",
    "docx": "sim.export.word",
    "pptx": "sim.export.slides",
    "xlsxwriter": "sim.export.workbook",
    "flask": "sim.whatif.server",
    "werkzeug": "sim.whatif.server",
    "numba": "sim.engine.fast",
    "llvmlite": "sim.engine.fast",
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


def lint_imports(folder: Path) -> tuple[int, str]:
    """The exit code of import-linter over a copy of the house, and what it says of each contract."""
    config = ROOT / "pyproject.toml"
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*command, "--config", str(config), "--no-cache"], cwd=folder, text=True,
                          capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(folder)})  # fmt: skip
    return done.returncode, done.stdout


def test_every_import_points_to_a_room_named_before() -> None:
    """The contracts in pyproject.toml list the rooms in the order of data's way, and hold."""
    assert lint_imports(ROOT)[0] == 0


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("core/errors.py", "from sim.spec import base", "Every import points to a room named before BROKEN"),
        ("reforms/guard.py", "from sim.scenario import prepare", "Every import points to a room named before BROKEN"),
        ("spec/sources.py", "from sim.spec import findings", "No module imports itself round a corner BROKEN"),
        ("loose.py", "", "loose"),
        ("report/charts/view.py", "from sim.analysis import playing", "plays nothing again BROKEN"),
        ("report/results.py", "from sim.engine import play", "plays nothing again BROKEN"),
        ("report/results.py", "from sim.decide import remedies", "plays nothing again BROKEN"),
        ("report/numbers.py", "from sim.report.charts import style", "no engine, not even by way of others BROKEN"),
    ],
)
def test_an_arrow_upwards_is_refused(module: str, line: str, broken: str, tmp_path: Path) -> None:
    """An import of a later room, a circle, a module in no room, or a report that plays breaks a contract."""
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    changed = tmp_path / "sim" / module
    text = changed.read_text(encoding="utf-8") if changed.exists() else ""
    changed.write_text(f"{text}\n{line}\n", encoding="utf-8")
    code, said = lint_imports(tmp_path)
    assert (code, broken in said) == (1, True), said


def test_the_page_is_written_without_a_drawing_library_or_a_player() -> None:
    """Whoever only writes pages waits for neither of them to be read, nor for the plural rules."""
    command = "import sys; import sim.report.page.page; print({'matplotlib', 'simpy', 'babel'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, text=True, capture_output=True, check=True)
    assert done.stdout == "set()\n"


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
