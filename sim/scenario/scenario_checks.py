"""Checks of a scenario against the library: what it names, when it starts, which figures it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.core.errors import unknown
from sim.records.statistics import OfCases
from sim.scenario import validity
from sim.scenario.cost_checks import cost_findings
from sim.scenario.demand_checks import demand_findings
from sim.scenario.library import Library
from sim.scenario.place_changes import place_change_findings
from sim.scenario.scenario import Scenario
from sim.scenario.target import Target
from sim.scenario.target_units import unit_findings
from sim.spec.bounds import CREW
from sim.spec.findings import Finding, conditions, departments, is_date, uncited, unmeetable
from sim.spec.kinds import KINDS
from sim.spec.process import Process
from sim.spec.sources import Source
from sim.text.document import KeyPath

TOLERANCE = 1.02
"""How much longer the cases of one process may last than those of another, for cases are whole numbers."""


def scenario_findings(scenario: Scenario, library: Library) -> Iterator[Finding]:
    """Yield everything wrong with a scenario whose every key is right, before its reforms are tried."""
    for check in SCENARIO_CHECKS:
        yield from check(scenario, library)


def processes(scenario: Scenario, library: Library) -> dict[str, Process]:
    """Return the processes of a scenario that the library has, with the steps of those that they call."""
    return {process: library.whole(process) for process in scenario.demand if process in library.processes}


def sources(owner: Scenario | Process, library: Library) -> dict[str, Source]:
    """Return every source that a file may cite: its own and those that all share."""
    return {**library.sources, **owner.sources}


def _names(scenario: Scenario, library: Library) -> Iterator[Finding]:
    if scenario.place not in library.places:
        yield Finding(("place",), unknown("place", scenario.place, library.places))
    for process in scenario.demand:
        if process not in library.processes:
            yield Finding(("demand", process), unknown("process", process, library.processes), key=True)
    yield from uncited(scenario, sources(scenario, library))


def _departments(scenario: Scenario, library: Library) -> Iterator[Finding]:
    """Yield every department that a process needs and the place has not."""
    if scenario.place not in library.places:
        return
    here = library.places[scenario.place].departments
    missing: dict[str, str] = {}
    for process in processes(scenario, library).values():
        for step_id, step in process.steps.items():
            for department in step.departments:
                if department not in here:
                    missing.setdefault(department, f"{process.id}.{step_id}")
    for department, step_id in missing.items():
        wrong = f"{scenario.place} has no department {department!r}, which {step_id} needs"
        yield Finding(("place",), f"{wrong}; add it to the place")
    yield from _crews(scenario, library)


def _crews(scenario: Scenario, library: Library) -> Iterator[Finding]:
    """Yield every work on one case for which the place has too few officers at once."""
    crews = departments(library.places[scenario.place])
    for process in processes(scenario, library).values():
        for step_id, step in process.steps.items():
            if step.work and step.work.staff > crews.get(step.at or "", {}).get(step.work.by, CREW):
                need = f"{process.id}.{step_id} needs {step.work.staff} {step.work.by} at once"
                yield Finding(("place",), f"{scenario.place} has no such group at {step.at}, and {need}; raise a count")


def _variants(scenario: Scenario, library: Library) -> Iterator[Finding]:
    del library
    above: list[str] = []
    for name, variant in scenario.variants.items():
        path: KeyPath = ("variants", name)
        if not above and variant.reforms:
            message = "the first variant is the baseline, without reforms; put one above this"
            yield Finding((*path, "reforms"), message, key=True)
        if variant.start is not None and variant.start not in above:
            yield Finding((*path, "start"), unknown("variant above", variant.start, above))
        if variant.share < 1 and variant.source is None:
            yield Finding((*path, "share"), "nothing says where this share comes from; add source below it")
        for process in variant.demand:
            if process not in scenario.demand:
                yield Finding((*path, "demand", process), unknown("process", process, scenario.demand), key=True)
        if variant.demand and variant.source is None:
            yield Finding((*path, "demand"), "nothing says where this demand comes from; add source below it")
        if not above and variant.demand:
            message = "the first variant is the baseline; its demand stands under demand"
            yield Finding((*path, "demand"), message, key=True)
        if variant.share < 1 and not variant.reforms:
            yield Finding((*path, "share"), "a share of no reforms is nothing; add reforms, or take share out")
        above.append(name)


def _places(scenario: Scenario, library: Library) -> Iterator[Finding]:
    """Yield what is wrong with the change of a place: names that it has not, staff that is not counted."""
    place = library.places.get(scenario.place)
    for name, variant in scenario.variants.items():
        if place is None or variant.place is None:
            continue
        path: KeyPath = ("variants", name, "place")
        if name == next(iter(scenario.variants)):
            yield Finding(path, "the first variant is the baseline; its place is the file's own", key=True)
            continue
        yield from place_change_findings(path, variant.place, place)


def _reforms(scenario: Scenario, library: Library) -> Iterator[Finding]:
    """Yield what reforms name that neither the place nor their process has."""
    known, place = processes(scenario, library), library.places.get(scenario.place)
    for name, variant in scenario.variants.items():
        for i, reform in enumerate(variant.reforms):
            path: KeyPath = ("variants", name, "reforms", i)
            for field in ("at", "window"):
                department = getattr(reform, field, None)
                if place and department and department not in place.departments:
                    yield Finding((*path, field), unknown("department", department, place.departments))
            if reform.process or next(conditions(reform), None):
                yield from _process(path, reform.process, scenario)
            process = known.get(scenario.meant(reform.process))
            if process:
                yield from unmeetable(reform, process.attributes, path)


def _process(path: KeyPath, process: str | None, scenario: Scenario) -> Iterator[Finding]:
    meant = scenario.meant(process)
    if not meant:
        message = f"there are several processes; add process, one of {', '.join(scenario.demand)}"
        yield Finding((*path, "process"), message)
    elif meant not in scenario.demand:
        yield Finding((*path, "process"), unknown("process", meant, scenario.demand))


def _targets(scenario: Scenario, library: Library) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for i, target in enumerate(scenario.targets):
        path: KeyPath = ("targets", i)
        if (other := first.setdefault(target.id, i)) != i:
            yield Finding((*path, "id"), f"targets[{other}] has the id {target.id} already; choose another")
        if target.variant not in scenario.variants:
            yield Finding((*path, "variant"), unknown("variant", target.variant, scenario.variants))
        yield from unit_findings(path, target)
        yield from _scope((*path, "scope"), target, scenario, library)


def _scope(path: KeyPath, target: Target, scenario: Scenario, library: Library) -> Iterator[Finding]:
    scope = target.scope
    for field in ("exclude", "include"):
        for i, kind in enumerate(getattr(scope, field)):
            if kind not in KINDS:
                yield Finding((*path, field, i), unknown("kind", kind, KINDS))
    if scope.process is None and len(scenario.demand) > 1:
        yield from _pooled(path, target, scenario)
        return
    yield from _process(path, scope.process, scenario)
    process = processes(scenario, library).get(scenario.meant(scope.process))
    if process:
        yield from unmeetable(scope, process.attributes, path)


def _pooled(path: KeyPath, target: Target, scenario: Scenario) -> Iterator[Finding]:
    """Yield what a figure over all processes together cannot say."""
    for field in ("steps", "when"):
        if getattr(target.scope, field):
            message = f"{field} speaks of one process; add process, one of {', '.join(scenario.demand)}"
            yield Finding((*path, field), message)
    years = {p: (d.cases - d.warm_up) / d.per_year for p, d in scenario.demand.items() if d.cases and d.per_year}
    pooled = isinstance(target.statistic_record, OfCases)
    if pooled and years and max(years.values()) > min(years.values()) * TOLERANCE:
        longest, shortest = max(years, key=years.__getitem__), min(years, key=years.__getitem__)
        found = f"found {years[longest]:.2f} years of {longest} and {years[shortest]:.2f} of {shortest}"
        yield Finding(path, f"cases of a mix stand in the proportion in which they come, {found}; mend cases")


def _window(scenario: Scenario, library: Library) -> Iterator[Finding]:
    """Yield every process of which nothing, or two things, say how many of its cases are simulated."""
    del library
    for process, demand in scenario.demand.items():
        path: KeyPath = ("demand", process)
        if scenario.window:
            for key in ("cases", "warm_up"):
                if key in demand.model_fields_set:
                    message = (
                        f"the window says which weeks are simulated, and so which cases; take {key} out, or window"
                    )
                    yield Finding((*path, key), message, key=True)
        elif demand.cases is None and demand.arrivals is None:
            message = "nothing says how many cases are simulated; add cases here, or a window of weeks to the scenario"
            yield Finding(path, message, key=True)


def _dates(scenario: Scenario, library: Library) -> Iterator[Finding]:
    """Yield a start on no day there is, and every rule used before it applies, or by a reform after it has ended."""
    if not is_date(scenario.start):
        yield Finding(("start",), f"there is no day {scenario.start}; write a date of the calendar")
        return
    yield from validity.premature_reforms(scenario, sources(scenario, library))
    yield from validity.outlived_reforms(scenario, sources(scenario, library))
    for process in processes(scenario, library).values():
        yield from validity.premature_steps(scenario, process, sources(process, library))


def _runs(scenario: Scenario, library: Library) -> Iterator[Finding]:
    del library
    least, most = scenario.runs.least, scenario.runs.most
    if least > most:
        yield Finding(("runs", "least"), f"at least {least} runs but at most {most}; mend one of the two")


def _costs(scenario: Scenario, library: Library) -> Iterator[Finding]:
    """Yield what is wrong with what things are said to cost."""
    return cost_findings(scenario, library.places.get(scenario.place))


SCENARIO_CHECKS: tuple[Callable[[Scenario, Library], Iterator[Finding]], ...] = (
    _names,
    _departments,
    _variants,
    _places,
    _reforms,
    _targets,
    _window,
    demand_findings,
    _dates,
    _runs,
    _costs,
)
"""Every check of a scenario; a new one is one function above and its name here."""
