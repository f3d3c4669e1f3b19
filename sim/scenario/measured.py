"""Measurements put in the place of assumptions: in the practice rule, in steps, in staff and in the demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from sim.core.errors import unknown
from sim.reforms.decisions import DecideOnPromise
from sim.reforms.papers import DeferMaterials
from sim.scenario.file_checks import sound
from sim.scenario.library import Library
from sim.scenario.scenario import SHAPES, Demand, Scenario, Variant
from sim.spec.attributes import Attribute
from sim.spec.durations import UNITS, Share
from sim.spec.findings import Finding, is_assumption, uncited
from sim.spec.keys import source_of
from sim.spec.measured import Measured, MeasuredCount, MeasuredProcess, MeasuredStep
from sim.spec.place import OtherWork, Place, StaffGroup
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import Source
from sim.spec.step import Deferral, Promise, Step

_Way = TypeVar("_Way", Promise, Deferral, DecideOnPromise, DeferMaterials)
_Promised = TypeVar("_Promised", Promise, DecideOnPromise)
_BESIDE = {"breach": 0, "false": 0, "rectified": 1}
"""Shares of a promise that rest on the same source as its uptake, where they are not what they are when left out."""


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
        if whole is None:
            continue
        for part, own, known in (("step", found.steps, whole.steps), ("attribute", found.attributes, whole.attributes)):
            for name in own:
                if name not in known:
                    yield Finding(("processes", process, f"{part}s", name), unknown(part, name, known), key=True)


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
    """Return a process with what was measured of its cases and steps where they rest on assumptions."""
    found = measured.processes.get(process.id, MeasuredProcess()) if measured else MeasuredProcess()
    changed: dict[str, Any] = {}
    if found.online and process.online and is_assumption(process.online.source, sources):
        changed["online"] = found.online
    shared = dict(_needed(process, found, sources))
    if attributes := {**shared, **dict(_mixed(process, found, sources))}:
        changed["attributes"] = {**process.attributes, **attributes}
    steps = {
        name: _step(name, step, found.steps[name], shared, sources)
        for name, step in process.steps.items()
        if name in found.steps
    }
    if steps := {name: step for name, step in steps.items() if step is not process.steps[name]}:
        changed["steps"] = {**process.steps, **steps}
    return process.model_copy(update=changed) if changed else process


def _mixed(process: Process, found: MeasuredProcess, sources: Mapping[str, Source]) -> Iterator[tuple[str, Attribute]]:
    """The attributes of which the records know the same values."""
    for name, known in process.attributes.items():
        new = found.attributes.get(name)
        if new and is_assumption(known.source, sources) and (known.values or {}).keys() == (new.values or {}).keys():
            yield name, known.model_copy(update={"share": new.share, "values": new.values, "source": new.source})


def _needed(process: Process, found: MeasuredProcess, sources: Mapping[str, Source]) -> Iterator[tuple[str, Attribute]]:
    """The attributes that tell which cases need the one special procedure of a step, with the share that did.

    Where every case is assumed to need it, a new attribute tells; where a yes or no that nothing else asks of the step
    does, that one.
    """
    for name, step in process.steps.items():
        share = found.steps.get(name, MeasuredStep()).special_share
        if share is None or len(step.special) != 1:
            continue
        [special] = step.special
        if not special.when and is_assumption(special.source, sources):
            yield _own(name), Attribute(name=step.name, share=share.share, source=share.source)
        for attribute, wanted in special.when.items():
            known = process.attributes.get(attribute)
            alone = len(special.when) == 1 and wanted is True and attribute not in step.when
            if alone and known and known.share is not None and is_assumption(known.source, sources):
                yield attribute, known.model_copy(update={"share": share.share, "source": share.source})


def _own(step: str) -> str:
    """The attribute that tells which cases need the special procedure of a step."""
    return f"special_{step}"


def _step(name: str, step: Step, found: MeasuredStep, shared: Mapping[str, Attribute],
          sources: Mapping[str, Source]) -> Step:  # fmt: skip
    changed: dict[str, Any] = {}
    if found.refused and step.refused and is_assumption(step.refused.source, sources):
        changed["refused"] = found.refused
    if step.fails and is_assumption(step.fails.source, sources):
        again = {"correction": found.correction} if found.correction and step.fails.correction else {}
        rate = {"rate": found.fails.rate, "source": found.fails.source} if found.fails else {}
        if rate or again:
            changed["fails"] = step.fails.model_copy(update={**rate, **again})
    extended = step.limit.extended
    if found.extension and extended and is_assumption(extended.share.source, sources):
        limit = {"extended": extended.model_copy(update={"share": found.extension})}
        changed["limit"] = step.limit.model_copy(update=limit)
    if len(step.special) == 1 and is_assumption(step.special[0].source, sources):
        [special] = step.special
        length = {unit: getattr(found.special, unit) for unit in UNITS} if found.special else {}
        source = {"source": found.special.source} if found.special else {}
        when = {"when": {_own(name): True}} if _own(name) in shared else {}
        if length or when:
            changed["special"] = (special.model_copy(update={**length, **source, **when}),)
    for way, share in (("promise", found.promise), ("deferral", found.deferral)):
        if (new := _taken_up(getattr(step, way), share, sources)) is not None:
            changed[way] = new
    if (promise := _decided(changed.get("promise", step.promise), found, sources)) is not None:
        changed["promise"] = promise
    return step.model_copy(update=changed) if changed else step


def _taken_up(way: _Way | None, share: Share | None, sources: Mapping[str, Source]) -> _Way | None:
    """A way to apply with the uptake that was measured; what else its source stands for stays with it."""
    if way is None or share is None or not is_assumption(source_of(way, "uptake") or "", sources):
        return None
    alone = all(getattr(way, name, least) == least for name, least in _BESIDE.items())
    cites = "source" if alone and way.uptake_source is None else "uptake_source"
    return way.model_copy(update={"uptake": share.share, cites: share.source})


def _decided(way: _Promised | None, found: MeasuredStep, sources: Mapping[str, Source]) -> _Promised | None:
    """A promise with the time in which it was decided; None where that is nothing new."""
    if way is None or found.promise_time is None or not is_assumption(way.decide.source, sources):
        return None
    return way.model_copy(update={"decide": found.promise_time})


def staffed(place: Place, measured: Measured | None, sources: Mapping[str, Source]) -> Place:
    """Return a place with the officers that were counted where their number is assumed."""
    departments = dict(place.departments)
    for name, roles in (measured.staff if measured else {}).items():
        staff = dict(departments[name].staff)
        for role, counted in roles.items():
            groups = staff.get(role, ())
            if len(groups) == 1 and is_assumption(groups[0].source, sources):
                known = {"count": counted.count, "utilisation": None, "source": counted.source}
                staff[role] = (groups[0].model_copy(update={**known, "other": _besides(groups[0], counted)}),)
        departments[name] = departments[name].model_copy(update={"staff": staff})
    return place.model_copy(update={"departments": departments}) if measured and measured.staff else place


def _besides(group: StaffGroup, counted: MeasuredCount) -> OtherWork | None:
    """What else counted officers do: as measured, else as much as they were assumed to be busy in all."""
    if counted.other is not None and (group.utilisation is not None or group.other is not None):
        return OtherWork(share=counted.other.share, source=counted.other.source)
    if group.utilisation is not None:
        return OtherWork(utilisation=group.utilisation, source=group.source)
    return group.other


def demanded(scenario: Scenario, measured: Measured | None, sources: Mapping[str, Source]) -> Scenario:
    """Return a scenario with the demand that was counted, and its months, where it is assumed."""
    changed: dict[str, Demand] = {}
    for process, found in (measured.processes if measured else {}).items():
        demand = scenario.demand.get(process)
        if demand and demand.per_year and is_assumption(demand.source, sources) and (known := _came(demand, found)):
            changed[process] = demand.model_copy(update=known)
    return scenario.model_copy(update={"demand": {**scenario.demand, **changed}}) if changed else scenario


def _came(demand: Demand, found: MeasuredProcess) -> dict[str, Any]:
    """What was counted of a demand; months and weekdays only where the scenario says nothing of when cases come."""
    known: dict[str, Any] = {}
    if found.demand:
        known |= {"per_year": found.demand.per_year, "source": found.demand.source}
    if found.season and all(getattr(demand, shape) is None for shape in SHAPES):
        season = found.season
        known |= {"by_month": season.by_month, "by_weekday": season.by_weekday, "shape_source": season.source}
    return known


def taken_up(scenario: Scenario, measured: Measured | None, sources: Mapping[str, Source]) -> Scenario:
    """Return a scenario whose reforms of one step are taken up as they are there already, where that is assumed."""
    changed: dict[str, Variant] = {}
    for name, variant in scenario.variants.items():
        reforms = tuple(_reformed(reform, scenario, measured, sources) for reform in variant.reforms)
        if any(new is not old for new, old in zip(reforms, variant.reforms, strict=True)):
            changed[name] = variant.model_copy(update={"reforms": reforms})
    return scenario.model_copy(update={"variants": {**scenario.variants, **changed}}) if changed else scenario


def _reformed(reform: Any, scenario: Scenario, measured: Measured | None, sources: Mapping[str, Source]) -> Any:
    if measured is None or not isinstance(reform, DecideOnPromise | DeferMaterials) or len(reform.steps) != 1:
        return reform
    process = measured.processes.get(scenario.meant(reform.process), MeasuredProcess())
    found = process.steps.get(reform.steps[0], MeasuredStep())
    share = found.promise if isinstance(reform, DecideOnPromise) else found.deferral
    reform = _taken_up(reform, share, sources) or reform
    timed = _decided(reform, found, sources) if isinstance(reform, DecideOnPromise) else None
    return timed or reform
