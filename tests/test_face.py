"""The Python face: five functions for a notebook, and nothing loaded before it is asked for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.core.errors import PlannerError
from sim.core.version import VERSION
from sim.report.files import WATERFALL_FILES
from sim.report.tables import TABLES

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "tests/notebooks/five_lines.ipynb"
README = (ROOT / "README.md").read_text(encoding="utf-8")
LIBRARY = ROOT / "tests/library"


def cells() -> list[str]:
    """The code of the notebook, cell by cell."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def small() -> Any:
    """The small scenario of the tests in two replications."""
    return sim.compare(sim.prepare("faster", sim.load(LIBRARY)), runs=2)


def test_the_notebook_is_the_block_of_readme() -> None:
    """Who reads README and who opens the notebook see the same lines, five after the import."""
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert "\n\n".join(cells()) + "\n" == block
    assert len(block.splitlines()) == len(["import", ""]) + 5


def test_the_five_lines_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They compare the scenario, draw its charts and write its report into the current folder."""
    monkeypatch.chdir(tmp_path)
    found: dict[str, Any] = {}
    for cell in cells():
        exec(cell, found)
    assert found["page"] == Path("high_voltage_power/index.html")
    assert sorted(found["charts"]) == ["distribution", "gantt", "process_map", "time_split"]
    comparison = found["comparison"]
    assert (comparison.seed, comparison.most_runs, comparison.interrupted) == (1, 10, False)
    assert {r.target.id: r.verdict for r in comparison.targets} == {
        "T047": "met", "T047-share": "missed", "T047-limit": "missed", "T046": "met",
    }  # fmt: skip
    written = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    charts = {f"high_voltage_power/{name}.{kind}" for name in found["charts"] for kind in ("png", "svg")}
    own = {f"high_voltage_power/{name}" for name in ("results.json", *TABLES, "index.html", *WATERFALL_FILES)}
    assert written == own | {f"high_voltage_power/{c}" for c in charts}


def test_a_notebook_writes_what_the_command_writes(tmp_path: Path) -> None:
    """The command is a thin skin: the same bytes in the same files."""
    sim.report(small(), tmp_path / "notebook")
    words = ["--root", str(LIBRARY), "compare", "faster", "--runs", "2", "--workers", "1", "--out", "command"]
    subprocess.run([sys.executable, ROOT / "run.py", *words], cwd=tmp_path, check=True, capture_output=True)
    files = [
        {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        for folder in (tmp_path / "notebook", tmp_path / "command")
    ]
    assert files[0] == files[1]


def test_importing_it_loads_nothing_heavy_and_names_are_known() -> None:
    """`import sim` is instant, and completion offers the five functions."""
    script = (
        "import sys, sim\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'scipy', 'networkx', 'simpy', 'pydantic', 'yaml', 'rich', 'click'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert set(sim.__all__) <= set(dir(sim))\n"
        "assert callable(sim.report)\n"
        "import sim.report.screen\n"
        "assert callable(sim.report) and sim.report.screen.__name__ == 'sim.report.screen'\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert sim.__all__ == ["compare", "draw", "load", "prepare", "report"]
    with pytest.raises(AttributeError, match=r"^module 'sim' has no attribute 'lode'$"):
        sim.lode  # noqa: B018


def test_the_room_and_the_function_take_the_same() -> None:
    """`sim.report` is told to type checkers as the function and is the room when it runs."""
    from sim.report.output import report

    room, function = signature(sim.report).parameters, signature(report).parameters
    assert {name: str(p) for name, p in room.items()} == {
        n: str(p) for n, p in function.items() if n not in ("remedies", "bought", "tell")
    }


def test_a_scenario_is_given_by_its_id_or_its_file() -> None:
    """Both lead to the same; a name that is none is told with the nearest."""
    library = sim.load(str(LIBRARY))
    by_id, by_path, by_text = (
        sim.prepare(s, library)
        for s in ("faster", LIBRARY / "scenarios/faster.yaml", str(LIBRARY / "scenarios/faster.yaml"))
    )
    assert by_id.scenario == by_path.scenario == by_text.scenario
    with pytest.raises(PlannerError) as error:
        sim.prepare("fastr", library)
    assert str(error.value) == "unknown scenario 'fastr', did you mean 'faster'?"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"seed": -1}, "seed is at least 0, found -1"),
        ({"runs": 1}, "runs is at least 2, found 1"),
        ({"runs": 0}, "runs is at least 2, found 0"),
        ({"workers": 0}, "workers is at least 1, found 0"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_refused(given: dict[str, int], said: str) -> None:
    """What the command line refuses, a notebook is refused too."""
    with pytest.raises(PlannerError) as error:
        sim.compare(sim.prepare("faster", sim.load(LIBRARY)), **given)  # type: ignore[arg-type]
    assert str(error.value) == said


def test_a_chart_is_of_one_process() -> None:
    """The only one of the scenario need not be named; another one is told with the nearest."""
    comparison = small()
    assert list(sim.draw(comparison)) == list(sim.draw(comparison, "shop"))
    with pytest.raises(PlannerError) as error:
        sim.draw(comparison, "shp")
    assert str(error.value) == "unknown process 'shp', did you mean 'shop'?"


def test_a_report_in_no_language_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """The page is written in Chinese or English."""
    with pytest.raises(PlannerError) as error:
        sim.report(small(), tmp_path / "out", lang="fr")  # type: ignore[arg-type]
    assert str(error.value) == "unknown language 'fr'; choose one of zh, en"
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_that_of_the_package() -> None:
    """What results.json names is what pyproject.toml says."""
    import tomllib

    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"] == VERSION
