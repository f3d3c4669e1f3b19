"""What README says is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.analysis.compare import compare
from sim.cli import commands
from sim.core.holidays import day_table
from sim.scenario.load import load_library, load_scenario
from sim.scenario.prepare import prepare

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)


def test_the_process_and_the_scenario_of_readme_run(bare_desk: Path) -> None:
    """One file adds a process the plans do not name, another asks a question of it."""
    process, scenario = EXAMPLES
    (bare_desk / "processes/urban").mkdir()
    (bare_desk / "processes/urban/street_stall_permit.yaml").write_text(process, encoding="utf-8")
    question = bare_desk / "scenarios/street_stall_permit_2026.yaml"
    question.write_text(scenario, encoding="utf-8")
    library = load_library(bare_desk)
    comparison = compare(prepare(load_scenario(question, library), library), runs=2)
    assert [r.target.id for r in comparison.targets] == ["S1"]
    before, after = (comparison.of(v, "street_stall_permit", "promised_days").mean.mean for v in ("before", "after"))
    assert (before, after) == (25.0, 5.0)


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_is_in_readme_and_has_help(name: str) -> None:
    """A command that is added is told of."""
    assert f"`run.py {name}" in README
    assert commands.commands[name].help


def test_readme_tells_which_years_the_calendar_has() -> None:
    """The years of the notices, and the last one that is projected."""
    table = day_table()
    notices = f"{table.first.year}–{min(table.projected) - 1}"
    assert f"State Council's notices for {notices}. Later years, up to {max(table.projected)}, are projected" in README


def test_readme_gives_the_two_commands_that_are_all_it_takes() -> None:
    """Environment and run, environment and tests, in a line each."""
    start = "python3 -m venv .venv && .venv/bin/pip install -q --require-hashes -r requirements.txt && "
    assert f"\n{start}.venv/bin/python run.py\n" in README
    assert f"\n{start}.venv/bin/python -m pytest -q\n" in README


def test_the_lock_has_hashes_and_names_no_address() -> None:
    """Every package is pinned with hashes, and nothing says where it comes from."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z][\w.-]*==", lock, re.MULTILINE)
    assert len(packages) > 30
    assert len(re.findall(r"--hash=sha256:", lock)) >= len(packages)
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", lock)
