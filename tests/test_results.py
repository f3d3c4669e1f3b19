"""results.json: its published form, and the hash of what it rests on."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from sim.analysis.answers import Remedy
from sim.analysis.compare import compare
from sim.report.results import results, results_json
from sim.report.results_model import Results, results_schema
from sim.scenario.desk import load, prepare
from sim.scenario.library import Library

from .reported import exact, noisy

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "tests/library"
REMEDY = Remedy(together=0.5, alone={"review": (10.0, 4.0)}, officers=("bureau",), more=2, futures=16)


@pytest.fixture(scope="module")
def real() -> Library:
    """The library of the project."""
    return load(ROOT)


@pytest.mark.parametrize(
    "name", ["high_voltage_power", "simple_deregistration_yanhu", "sunday_opening", "training_school", "hotline_yanhu"]
)
def test_results_of_the_library_are_of_the_published_form(real: Library, name: str) -> None:
    """The model reads them strictly, an unknown key being a fault, and writes the same bytes."""
    text = results_json(compare(prepare(name, real), runs=2), {})
    again = Results.model_validate_json(text, strict=True)
    assert json.dumps(again.model_dump(exclude_unset=True), ensure_ascii=False, indent=2) + "\n" == text


def test_results_say_what_made_them() -> None:
    """Version of the form and of the program, the hash of the inputs, and whether it was stopped."""
    found = json.loads(results_json(replace(exact(), interrupted=True), {}))
    assert list(found) == [
        "schema_version", "scenario", "name", "place", "start", "window", "warming", "own_shares", "projected_years",
        "outlived_rules", "seed", "runs", "interrupted", "version", "inputs", "variants", "targets", "staff",
        "evidence",
    ]  # fmt: skip
    assert (found["schema_version"], found["interrupted"], found["version"]) == (1, True, "0.1.0")
    assert found["inputs"] == exact().prepared.inputs
    assert re.fullmatch("[0-9a-f]{64}", found["inputs"])


def test_a_target_is_told_as_it_is_written_and_as_it_is_found() -> None:
    """Keys that the scenario leaves out are left out; what would meet a missed target is told with it."""
    first, second = json.loads(results_json(exact(), {"T2": REMEDY}))["targets"]
    assert first["remedy"] is None
    assert "known_miss" not in first
    assert second == {
        "source": "guess", "id": "T2", "name": {"zh": "更短", "en": "Shorter"}, "measure": "counted_days",
        "statistic": "mean", "at_most": 5.0, "unit": "天",
        "scope": {"exclude": [], "include": [], "when": {}}, "variant": "after", "known_miss": "too far",
        "processes": ["service"], "estimate": {"value": 10.0, "interval95": [10.0, 10.0], "runs": 3},
        "baseline": {"value": 14.0, "interval95": [14.0, 14.0], "runs": 3}, "verdict": "missed", "as_wanted": True,
        "verdict_interval": [10.0, 10.0], "verdict_confidence": 0.95,
        "residual": 5.0, "met_before_the_reforms": False, "quiet": None, "residual_before": None,
        "published_before_inside": None, "steps_without_limit": [], "worlds": None,
        "reading": {
            "measure": "counted_path_days", "estimate": {"value": 10.0, "interval95": [10.0, 10.0], "runs": 3},
            "baseline": {"value": 14.0, "interval95": [14.0, 14.0], "runs": 3}, "verdict": "missed",
        },
        "remedy": {
            "enough": [], "share_of_every_limit": 0.5, "alone": {"review": {"now": 10.0, "needed": 4.0}},
            "reforms_tried": 0, "departments_tried": ["bureau"], "replications": 16,
        },
    }  # fmt: skip


def test_staff_and_utilisation_are_told_by_department_and_role() -> None:
    """A place that states how busy its officers are gets their number told."""
    found = results(noisy(), {})
    (staff,) = found.staff
    assert (staff.department, staff.role) == ("bureau", "officers")
    assert list(found.variants["before"].utilisation) == ["bureau/officers"]


def _without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda plain: plain.pop(key)


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (_without("inputs"), ("inputs",)),
        (lambda plain: plain.update(tempo=1), ("tempo",)),
        (lambda plain: plain.update(schema_version=2), ("schema_version",)),
        (lambda plain: plain.update(seed="1"), ("seed",)),
        (lambda plain: plain["targets"][0].update(verdict="perhaps"), ("targets", 0, "verdict")),
        (lambda plain: plain["variants"]["before"].pop("changes"), ("variants", "before", "changes")),
    ],
)
def test_another_form_is_refused(spoil: Callable[[dict[str, Any]], object], place: tuple[str | int, ...]) -> None:
    """A key that lacks, one that is unknown, and a value of another kind are faults, each at its place."""
    plain = json.loads(results_json(exact(), {}))
    spoil(plain)
    with pytest.raises(ValidationError) as error:
        Results.model_validate_json(json.dumps(plain), strict=True)
    assert [fault["loc"] for fault in error.value.errors()] == [place]


def test_the_schema_tells_every_key_in_a_sentence() -> None:
    """Every key of every part has its meaning, and a part has no other keys."""
    schema = results_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    parts = {"Results": schema, **schema["$defs"]}
    untold = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, value in part["properties"].items()
        if not value.get("description")
    ]
    assert untold == []
    assert {name for name, part in parts.items() if part["additionalProperties"] is not False} == set()


# -- the hash of the inputs ----------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the small library whose scenario has a calendar and whose amendments stand beside the processes."""
    root = Path(shutil.copytree(LIBRARY, tmp_path / "copy"))
    (root / "processes/amendments.yaml").write_text("amendments: []\n", encoding="utf-8")
    scenario = root / "scenarios/faster.yaml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace("demand:", "calendar: calendars/2027.yaml\ndemand:"), encoding="utf-8")
    return root


def inputs(root: Path, scenario: str = "faster") -> str:
    """The hash of what a scenario of a library rests on."""
    return prepare(scenario, load(root)).inputs


def touch(path: Path) -> None:
    """Change the bytes of a spec, and nothing that it says."""
    path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "rests_on"),
    [
        ("scenarios/faster.yaml", True), ("scenarios/calendars/2027.yaml", True), ("processes/places/town.yaml", True),
        ("processes/licences/shop.yaml", True), ("processes/practice.yaml", True), ("processes/sources.yaml", True),
        ("processes/materials.yaml", True), ("processes/amendments.yaml", True),
        ("processes/places/village.yaml", False), ("processes/licences/cafe.yaml", False),
        ("processes/licences/bar.yaml", False), ("processes/licences/terrace.yaml", False),
        ("processes/licences/well.yaml", False), ("processes/places/baicheng.yaml", False),
        ("scenarios/pavement.yaml", False),
    ],
)  # fmt: skip
def test_the_hash_moves_with_every_file_that_a_scenario_rests_on(copy: Path, file: str, rests_on: bool) -> None:
    """With its own, its calendar, its place, its process and what all share; with no other."""
    before = inputs(copy)
    touch(copy / file)
    assert (inputs(copy) != before) is rests_on


def test_every_file_of_the_library_was_tried(copy: Path) -> None:
    """A new kind of file has to be said to count or not."""
    files = {str(p.relative_to(copy)) for p in copy.rglob("*.yaml")}
    marks = test_the_hash_moves_with_every_file_that_a_scenario_rests_on.pytestmark  # type: ignore[attr-defined]
    assert {file for file, _ in marks[0].args[1]} == files


def test_the_hash_does_not_know_where_files_stand(copy: Path, tmp_path: Path) -> None:
    """Another folder, another group of the process, a scenario beside the library: the same inputs."""
    before = inputs(copy)
    moved = copy.rename(tmp_path / "elsewhere")
    (moved / "processes/licences").rename(moved / "processes/permits")
    (moved / "scenarios").rename(tmp_path / "questions")
    assert prepare(tmp_path / "questions/faster.yaml", load(moved)).inputs == before


def test_a_process_that_is_called_counts(real: Library, tmp_path: Path) -> None:
    """A scenario rests on the processes that its processes call, however deep."""
    caller, inner = next(
        (p, s.call) for p in sorted(real.processes) for s in real.processes[p].steps.values() if s.call is not None
    )
    scenario = next(
        p for p in sorted((ROOT / "scenarios").glob("*.yaml")) if f"\n  {caller}: {{" in p.read_text("utf-8")
    )
    shutil.copytree(ROOT / "processes", tmp_path / "processes")
    before = prepare(scenario, load(tmp_path)).inputs
    assert before == prepare(scenario, real).inputs
    touch(next((tmp_path / "processes").rglob(f"{inner}.yaml")))
    assert prepare(scenario, load(tmp_path)).inputs != before
