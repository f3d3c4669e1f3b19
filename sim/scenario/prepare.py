"""A scenario made ready to run: its variants' processes and places, after their reforms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sim.core.errors import CalendarError, Fault, ReformError, SpecError, unknown
from sim.core.holidays import Overlay, day_table
from sim.core.workdays import DayTable
from sim.reforms.apply import World, apply, untouched
from sim.reforms.base import Context
from sim.reforms.diff import Change
from sim.scenario import validity
from sim.scenario.inputs import inputs_hash
from sim.scenario.library import Library, Spec
from sim.scenario.load import load
from sim.scenario.prepared import Flow, Prepared, PreparedVariant
from sim.scenario.scenario import YEAR, Scenario, Variant
from sim.scenario.scenario_checks import processes, sources
from sim.spec.findings import Known, departments
from sim.spec.overlay import CalendarOverlay, Year
from sim.spec.process import Process
from sim.spec.process_checks import process_findings
from sim.spec.sources import Source
from sim.text.document import dotted


def prepare(spec: Spec[Scenario], library: Library) -> Prepared:
    """Return the scenario with its reforms applied; raise SpecError with every reform that is refused."""
    calendar = _calendar(spec, library)
    table = _table(calendar)
    workshop = _Workshop(spec, library)
    variants = tuple(workshop.variants())
    faults = [*workshop.faults, *_outside(spec, table), *_unknown_steps(spec, variants), *workshop.outlived(variants)]
    if faults:
        raise SpecError(faults)
    return Prepared(
        scenario=spec.model,
        variants=variants,
        sources=workshop.sources,
        catalogue=library.catalogue,
        practice=library.practice,
        table=table,
        start=date.fromisoformat(spec.model.start),
        inputs=inputs_hash(spec, calendar, library),
        outlived=tuple(validity.outlived(spec.model, main_flows(variants[0]), workshop.sources)),
    )


class _Workshop:
    """Builds the variants of a scenario in order, and collects the reforms that are refused."""

    def __init__(self, spec: Spec[Scenario], library: Library) -> None:
        self.spec = spec
        self.faults: list[Fault] = []
        self.sources = sources(spec.model, library)
        self.context = Context(materials=library.catalogue.materials, sources=self.sources)
        self.processes = processes(spec.model, library)
        self.amendments = library.amendments
        self.place = library.places[spec.model.place]

    def variants(self) -> Iterator[PreparedVariant]:
        """Yield the variants, each built on the one above it or on the one it names."""
        built: dict[str, PreparedVariant] = {}
        for name, variant in self.spec.model.variants.items():
            start = variant.start or next(reversed(built), None)
            built[name] = self._variant(name, variant, built[start]) if start else self._baseline(name, variant)
            yield built[name]

    def _baseline(self, name: str, variant: Variant) -> PreparedVariant:
        """The processes as their files state them, under the national rules in force when the run starts."""
        world = untouched(self.processes, self.place)
        changes: list[Change] = []
        for reform in (r for book in self.amendments for r in book.amendments if r.process in self.processes):
            if self._applies(self.sources[reform.source]):
                world, changed = apply(world, reform, self.context)
                changes += changed
        flows = {p: (Flow(1.0, process, world.efforts[p]),) for p, process in world.processes.items()}
        return PreparedVariant(name, variant.name, world.place, flows, tuple(changes), start=None)

    def _variant(self, name: str, variant: Variant, start: PreparedVariant) -> PreparedVariant:
        main = {process: flows[0] for process, flows in start.flows.items()}
        processes, efforts = ({p: getattr(f, part) for p, f in main.items()} for part in ("process", "efforts"))
        world = World(processes, start.place, efforts)
        changes: list[Change] = []
        for i, reform in enumerate(variant.reforms):
            try:
                reformed, changed = apply(world, reform, self.context)
                self._refuse_broken(world, reformed)
            except ReformError as error:
                self.faults.append(self.spec.fault(("variants", name, "reforms", i), str(error)))
            else:
                world = reformed
                changes += changed
        flows = {p: _flows(start.flows[p], world, p, variant.share) for p in world.processes}
        demand = {**start.demand, **variant.demand}
        return PreparedVariant(name, variant.name, world.place, flows, tuple(changes), start.id, demand)

    def _applies(self, rule: Source) -> bool:
        """Whether a national rule is in force when the run starts."""
        first, last = (getattr(rule, field, None) for field in ("valid_from", "valid_to"))
        start = self.spec.model.start
        return (first is None or first <= start) and (last is None or start <= last)

    def outlived(self, variants: Sequence[PreparedVariant]) -> Iterator[Fault]:
        """Yield every rule that the baseline follows after it has ended."""
        for wrong in validity.outlived_steps(self.spec.model, main_flows(variants[0]), self.sources):
            yield self.spec.fault(("start",), wrong)

    def _refuse_broken(self, before: World, after: World) -> None:
        """Refuse a reform that leaves a process in a state that its own file could not have."""
        known = Known(self.sources, self.context.materials, departments(after.place))
        for process_id, process in after.processes.items():
            if process is before.processes[process_id] and after.place is before.place:
                continue
            old = set(process_findings(before.processes[process_id], known))
            for finding in process_findings(process, known):
                if finding not in old:
                    raise ReformError(f"the reform would leave {dotted(finding.path)}: {finding.message}")


def main_flows(variant: PreparedVariant) -> dict[str, Process]:
    """Return each process of a variant as most of its cases go."""
    return {process: flows[0].process for process, flows in variant.flows.items()}


def _flows(before: tuple[Flow, ...], world: World, process: str, share: float) -> tuple[Flow, ...]:
    """Return the ways after a reform of the main one, of which a share goes the reformed way."""
    main, *others = before
    if world.processes[process] is main.process:
        return before
    unreformed = [replace(main, share=main.share * (1 - share))] if share < 1 else []
    return (Flow(main.share * share, world.processes[process], world.efforts[process]), *unreformed, *others)


def _outside(spec: Spec[Scenario], table: DayTable) -> Iterator[Fault]:
    """Yield a start on a day that the calendar has not, and cases for whom its days do not suffice."""
    start = date.fromisoformat(spec.model.start)
    try:
        table.index(start)
    except CalendarError as error:
        yield spec.fault(("start",), f"{error}; choose another day")
        return
    # The last case needs time to end in, and demand and staff are reckoned over the year from the start on.
    years = (table.last - start).days / YEAR - 1
    if years < 0:
        yield spec.fault(("start",), f"the calendar ends {table.last}, less than a year later; start earlier")
        return
    for process, demand in spec.model.demand.items():
        if demand.cases > demand.yearly * years:
            wrong = f"{demand.cases} cases take {demand.cases / demand.yearly:.0f} years to come"
            message = f"{wrong}, and the calendar ends {table.last}; ask for fewer"
            yield spec.fault(("demand", process, "cases"), message)


def _unknown_steps(spec: Spec[Scenario], variants: Iterable[PreparedVariant]) -> Iterator[Fault]:
    """Yield every step in the scope of a target that no variant of its process has."""
    steps: dict[str, set[str]] = {}
    for variant in variants:
        for process, flows in variant.flows.items():
            steps.setdefault(process, set()).update(*(flow.process.steps for flow in flows))
    for i, target in enumerate(spec.model.targets):
        known = steps[target.scope.process or next(iter(steps))]
        for j, step in enumerate(target.scope.steps or ()):
            if step not in known:
                yield spec.fault(("targets", i, "scope", "steps", j), unknown("step", step, known))


def _calendar(spec: Spec[Scenario], library: Library) -> Spec[CalendarOverlay] | None:
    if spec.model.calendar is None:
        return None
    path = spec.path.parent / spec.model.calendar
    if not _is_file(path):
        raise SpecError([spec.fault(("calendar",), f"no file {spec.model.calendar} from here; mend the name")])
    return load(path, CalendarOverlay, library)


def _table(calendar: Spec[CalendarOverlay] | None) -> DayTable:
    if calendar is None:
        return day_table()
    try:
        return day_table([_overlay(int(year), days) for year, days in calendar.model.years.items()])
    except CalendarError as error:
        raise SpecError([calendar.fault(("years",), str(error))]) from None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is longer than the system takes
        return False


def _overlay(year: int, days: Year) -> Overlay:
    off, on = (frozenset(map(date.fromisoformat, dates)) for dates in (days.holidays, days.workdays))
    return Overlay(year, off, on)
