"""Measurements put in the place of assumptions: in the practice rule, in steps, in staff and in the demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.core.errors import unknown
from sim.scenario.file_checks import sound
from sim.scenario.library import Library
from sim.scenario.scenario import Demand, Scenario
from sim.spec.findings import Finding, is_assumption, uncited
from sim.spec.measured import Measured, MeasuredProcess, MeasuredStep
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import Source
from sim.spec.step import Step


def measured_file(measured: Measured, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with the measurements of a place."""
    yield from uncited(measured, {**library.sources, **measured.sources})
    if measured.id not in library.places:
        yield Finding(("id",), unknown("place", measured.id, library.places))
        return
    departments = library.places[measured.id].departments
    for department in measured.staff:
        if department not in departments:
            yield Finding(("staff", department), unknown("department", department, departments), key=True)
    for process, found in measured.processes.items():
        if process not in library.processes:
            yield Finding(("processes", process), unknown("process", process, library.processes), key=True)
            continue
        whole = sound(process, library)
        steps = whole.steps if whole else found.steps
        for step in found.steps:
            if step not in steps:
                yield Finding(("processes", process, "steps", step), unknown("step", step, steps), key=True)


def practised(practice: Practice, measured: Measured | None) -> Practice:
    """Return the practice rule with what was measured of the place."""
    if measured is None:
        return practice
    own = {name: value for name in type(measured.practice).model_fields if (value := getattr(measured.practice, name))}
    paces = {
        process: {step: found.pace for step, found in part.steps.items() if found.pace is not None}
        for process, part in measured.processes.items()
    }
    return practice.model_copy(update={**own, "paces": {process: steps for process, steps in paces.items() if steps}})


def gone_through(process: Process, measured: Measured | None, sources: Mapping[str, Source]) -> Process:
    """Return a process with what was measured of its steps where they rest on assumptions."""
    found = measured.processes.get(process.id, MeasuredProcess()) if measured else MeasuredProcess()
    steps = {
        name: _step(step, found.steps[name], sources) for name, step in process.steps.items() if name in found.steps
    }
    steps = {name: step for name, step in steps.items() if step is not process.steps[name]}
    return process.model_copy(update={"steps": {**process.steps, **steps}}) if steps else process


def _step(step: Step, found: MeasuredStep, sources: Mapping[str, Source]) -> Step:
    changed: dict[str, Any] = {}
    if found.refused and step.refused and is_assumption(step.refused.source, sources):
        changed["refused"] = found.refused
    if step.fails and is_assumption(step.fails.source, sources):
        again = {"correction": found.correction} if found.correction and step.fails.correction else {}
        rate = {"rate": found.fails.rate, "source": found.fails.source} if found.fails else {}
        if rate or again:
            changed["fails"] = step.fails.model_copy(update={**rate, **again})
    if found.special and len(step.special) == 1 and is_assumption(step.special[0].source, sources):
        length = {unit: getattr(found.special, unit) for unit in ("minutes", "hours", "days", "calendar_days")}
        changed["special"] = (step.special[0].model_copy(update={**length, "source": found.special.source}),)
    return step.model_copy(update=changed) if changed else step


def staffed(place: Place, measured: Measured | None, sources: Mapping[str, Source]) -> Place:
    """Return a place with the officers that were counted where their number is assumed."""
    departments = dict(place.departments)
    for name, roles in (measured.staff if measured else {}).items():
        staff = dict(departments[name].staff)
        for role, counted in roles.items():
            groups = staff.get(role, ())
            if len(groups) == 1 and is_assumption(groups[0].source, sources):
                known = {"count": counted.count, "utilisation": None, "source": counted.source}
                staff[role] = (groups[0].model_copy(update=known),)
        departments[name] = departments[name].model_copy(update={"staff": staff})
    return place.model_copy(update={"departments": departments}) if measured and measured.staff else place


def demanded(scenario: Scenario, measured: Measured | None, sources: Mapping[str, Source]) -> Scenario:
    """Return a scenario with the demand that was counted where it is assumed."""
    changed: dict[str, Demand] = {}
    for process, found in (measured.processes if measured else {}).items():
        demand = scenario.demand.get(process)
        if demand and demand.per_year and found.demand and is_assumption(demand.source, sources):
            known = {"per_year": found.demand.per_year, "source": found.demand.source}
            changed[process] = demand.model_copy(update=known)
    return scenario.model_copy(update={"demand": {**scenario.demand, **changed}}) if changed else scenario
