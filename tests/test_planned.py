"""How long a process is planned to take, the same wherever it is shown."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from sim.core.doors import Door
from sim.report.charts import drawing
from sim.report.screen import shown
from sim.report.screen.console import console
from sim.scenario.library import Library
from sim.scenario.load import load_library
from sim.spec.forms import form_of, is_submission, submissions
from sim.spec.planned import planned_days, planned_paths, planned_slack
from sim.spec.process import Process

from .services import service, written

STEPS = """
  draw: {kind: agency, duration: ~3}
  apply: {needs: [form], form: joint, limit: {statutory: ~20, committed: ~5}, work: ~16h,
          special: [{procedure: 检测, days: 2, source: guess}]}
  side: {after: {apply: order}, needs: [map], form: joint, work: ~8h, circulation: {calendar_days: 7, source: guess}}
  seal: {kind: internal, after: {apply: order}, work: ~4h, form: joint}
  gone: {after: {draw: order}, needs: [plan], form: joint, limit: {statutory: ~90}, done_before: 管委会}
  build: {kind: construction, after: {draw: nature}, duration: ~2, work: ~8h}
"""
DAYS = {"draw": 3, "apply": 5 + 2, "side": 1 + 5, "seal": 0.5, "gone": 0, "build": 2 + 1}
"""The committed limit and the test; 8 h of work and 7 calendar days; what is done before takes none."""


def test_the_planned_length_of_a_step() -> None:
    """A limit is used up, committed before statutory; without one the parts add up; procedures come on top."""
    process = written(service(STEPS))
    assert {s: planned_days(step) for s, step in process.steps.items()} == DAYS
    assert list(planned_paths(process)) == [("apply", "side")]
    assert planned_slack(process) == {"draw": 7, "apply": 0, "side": 0, "seal": 5.5, "gone": 10, "build": 7}


def test_a_common_submission_is_of_the_steps_that_take_an_application() -> None:
    """Neither the seal, which needs nothing, nor what is done before belongs to it."""
    process = written(service(STEPS))
    assert submissions(process.steps) == {"form:joint": ["apply", "side"]}
    assert [is_submission(node) for node in ("form:joint", "joint", "apply")] == [True, False, False]
    assert form_of("form:joint") == "joint"


def on_screen_and_map(library: Library, name: str, folder: Path) -> tuple[list[str], dict[str, str], list[str]]:
    """The steps marked on the screen, the days of every step there, and the steps of the edges marked on the map."""
    drawn: list[Figure] = []
    screen = StringIO()

    def keep(figures: dict[str, Figure], _: Path) -> list[Path]:
        drawn.extend(figures.values())
        return []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "save", keep)
        patch.setattr(shown, "console", lambda: console(screen, 500))
        shown.show_process(library, name, None, Door("--out", folder, shown.MAP_FILES), "en")
    rows = [line.split("│")[1:-1] for line in screen.getvalue().splitlines() if line.startswith("│")]
    steps = {row[1].split()[-1]: row for row in rows}
    labels = [str(patch.get_label()) for patch in drawn[0].findobj(PathPatch)]
    edges = [re.split(" > ", label.removeprefix("critical ")) for label in labels if label.startswith("critical ")]
    return (
        [step for step, row in steps.items() if "●" in row[0]],
        {step: row[5].strip() for step, row in steps.items()},
        sorted({step for edge in edges for step in edge}),
    )


@pytest.mark.parametrize("name", ["ordinary_private_building", "joint_connection", "sme_loan"])
def test_screen_and_map_mark_the_same_path(name: str, whole: Library, tmp_path: Path) -> None:
    """The steps marked in the table are those along the edges marked on the map; called processes are shown whole."""
    marked, _, edges = on_screen_and_map(whole, name, tmp_path)
    assert len(marked) > 1
    assert sorted(marked) == edges


def test_a_process_that_calls_others_is_shown_with_their_steps(library: Library, tmp_path: Path) -> None:
    """Opening a bar: its own grant of 5 days, then every step of opening the shop, none of 0 days."""
    _, days, _ = on_screen_and_map(library, "bar", tmp_path)
    cafe: Process = library.processes["cafe"]
    assert list(days) == ["grant", *(f"shop__{step}" for step in cafe.steps)]
    assert days == {s: f"{planned_days(x):g}" for s, x in library.whole("bar").steps.items()}
    assert "0" not in days.values()


@pytest.fixture(scope="module")
def whole() -> Library:
    """The library of the project."""
    return load_library(Path(__file__).parents[1])
