"""A scenario made ready to run: its variants' processes and places, after their reforms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path

from sim.core.errors import CalendarError, Fault, ReformError, SpecError
from sim.core.holidays import Overlay, day_table
from sim.core.workdays import DayTable
from sim.reforms.apply import World, apply, untouched
from sim.reforms.base import Context
from sim.reforms.diff import Change, changed_values
from sim.reforms.register import PLACE
from sim.scenario.inputs import inputs_hash
from sim.scenario.library import Library, Spec
from sim.scenario.load import load
from sim.scenario.prepared import Flow, Origin, Prepared, PreparedVariant
from sim.scenario.private import together
from sim.scenario.scenario import YEAR, Scenario, Variant
from sim.scenario.scenario_checks import processes
from sim.scenario.scopes import scope_faults
from sim.scenario.target_units import in_own_days
from sim.spec.effort import Effort
from sim.spec.findings import Known, departments
from sim.spec.overlay import CalendarOverlay, Year
from sim.spec.place import hours_of
from sim.spec.process_checks import process_findings
from sim.text.document import KeyPath, dotted

HOUR = 3600


def prepare(spec: Spec[Scenario], library: Library) -> Prepared:
    """Return the scenario with its reforms applied; raise SpecError with every reform that is refused."""
    return made(origin(spec, library))


def origin(spec: Spec[Scenario], library: Library) -> Origin:
    """Return what a scenario is made from; raise SpecError where its calendar is wrong."""
    calendar = _calendar(spec, library)
    found = processes(spec.model, library)
    place = library.places[spec.model.place]
    books = [("amendments", book) for book in library.amendments]
    shared = [("practice", library.practice), ("materials", library.catalogue), *books]
    owners = [(spec.model.id, spec.model), (place.id, place), *found.items(), *shared]
    (scenario, here, *others), sources = together(library.sources, owners)
    practice, catalogue, *amendments = others[len(found) :]
    return Origin(
        spec=spec,
        scenario=scenario,
        place=here,
        processes=dict(zip(found, others, strict=False)),
        practice=practice,
        catalogue=catalogue,
        amendments=tuple(amendments),
        sources=sources,
        table=_table(calendar),
        inputs=inputs_hash(spec, calendar, library),
    )


def made(origin: Origin) -> Prepared:
    """Return a scenario made ready from what its files state; raise SpecError with every reform that is refused."""
    spec, workshop = origin.spec, _Workshop(origin)
    variants = tuple(workshop.variants())
    faults = [*workshop.faults, *_outside(origin), *scope_faults(spec, variants), *_too_few(spec, variants)]
    if faults:
        raise SpecError(faults)
    hours = hours_of(origin.place.hours["office"]).day_seconds / HOUR
    targets = [in_own_days(target, hours) for target in origin.scenario.targets]
    return Prepared(
        scenario=origin.scenario.model_copy(update={"targets": tuple(target for target, _ in targets)}),
        variants=variants,
        sources=origin.sources,
        catalogue=origin.catalogue,
        practice=origin.practice,
        table=origin.table,
        start=date.fromisoformat(origin.scenario.start),
        inputs=origin.inputs,
        file=spec.document.file,
        converted={target.id: how for target, how in targets if how},
        origin=origin,
    )


class _Workshop:
    """Builds the variants of a scenario in order, and collects the reforms that are refused."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.faults: list[Fault] = []
        self.context = Context(materials=origin.catalogue.materials, sources=origin.sources)

    def variants(self) -> Iterator[PreparedVariant]:
        """Yield the variants, each built on the one above it or on the one it names."""
        built: dict[str, PreparedVariant] = {}
        for name, variant in self.origin.scenario.variants.items():
            start = variant.start or next(reversed(built), None)
            built[name] = self._variant(name, variant, built[start]) if start else self._baseline(name, variant)
            yield built[name]

    def _baseline(self, name: str, variant: Variant) -> PreparedVariant:
        """The processes as their files state them, under the national rules in force when the run starts."""
        given = self.origin
        world = untouched(given.processes, given.place)
        changes: list[Change] = []
        for reform in (r for book in given.amendments for r in book.amendments if r.process in given.processes):
            if (getattr(given.sources[reform.source], "valid_from", None) or "") <= given.scenario.start:
                world, changed = apply(world, reform, self.context)
                changes += changed
        flows = {p: (Flow(1.0, process, world.efforts[p]),) for p, process in world.processes.items()}
        return PreparedVariant(name, variant.name, world.place, flows, tuple(changes), start=None)

    def _variant(self, name: str, variant: Variant, start: PreparedVariant) -> PreparedVariant:
        main = {process: flows[0] for process, flows in start.flows.items()}
        processes, efforts = ({p: getattr(f, part) for p, f in main.items()} for part in ("process", "efforts"))
        place = variant.place.of(start.place) if variant.place else start.place
        world = World(processes, place, efforts)
        source = variant.place.source if variant.place else ""
        changes = changed_values(PLACE, place.id, start.place, place, source)
        for i, reform in enumerate(variant.reforms):
            try:
                reformed, changed = apply(world, reform, self.context)
                refuse_broken(world, reformed, self.context)
            except ReformError as error:
                self.faults.append(self.origin.spec.fault(("variants", name, "reforms", i), str(error)))
            else:
                world = reformed
                changes += changed
        flows = {p: _flows(start.flows[p], world, p, variant.share) for p in world.processes}
        demand = {**start.demand, **variant.demand}
        return PreparedVariant(name, variant.name, world.place, flows, tuple(changes), start.id, demand)


def refuse_broken(before: World, after: World, context: Context) -> None:
    """Refuse a reform that leaves a process in a state that its own file could not have; raises ReformError."""
    known = Known(context.sources, context.materials, departments(after.place))
    for process_id, process in after.processes.items():
        if process is before.processes[process_id] and after.place is before.place:
            continue
        old = set(process_findings(before.processes[process_id], known))
        for finding in process_findings(process, known):
            if finding not in old:
                raise ReformError(f"the reform would leave {dotted(finding.path)}: {finding.message}")


def _flows(before: tuple[Flow, ...], world: World, process: str, share: float) -> tuple[Flow, ...]:
    """Return the ways after a reform of the main one, of which a share goes the reformed way."""
    main, *others = before
    if world.processes[process] is main.process:
        return before
    unreformed = [replace(main, share=main.share * (1 - share))] if share < 1 else []
    return (Flow(main.share * share, world.processes[process], world.efforts[process]), *unreformed, *others)


def _outside(origin: Origin) -> Iterator[Fault]:
    """Yield a start on a day that the calendar has not, and cases for whom its days do not suffice."""
    spec, scenario, table = origin.spec, origin.scenario, origin.table
    start = date.fromisoformat(scenario.start)
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
    for process, demand in scenario.demand.items():
        if demand.cases > demand.yearly * years:
            wrong = f"{demand.cases} cases take {demand.cases / demand.yearly:.0f} years to come"
            message = f"{wrong}, and the calendar ends {table.last}; ask for fewer"
            yield spec.fault(("demand", process, "cases"), message)


def _too_few(spec: Spec[Scenario], variants: Sequence[PreparedVariant]) -> Iterator[Fault]:
    """Yield every work that takes more officers at once than the place has in one group, in the first such variant."""
    told: set[tuple[str, str]] = set()
    for variant in variants:
        for process, step, part in _worked(variant):
            role, wanted = part.work.by if part.work else "officers", part.work.staff if part.work else 1
            most = variant.place.together(part.at, role) if part.at in variant.place.departments else inf
            if wanted > most and (part.at or "", role) not in told:
                told.add((part.at or "", role))
                wrong = f"{variant.place.id} has at most {most} {role} of {part.at} in one group, and {process}.{step}"
                where: KeyPath = ("variants", variant.id) if variant.start else ("place",)
                yield spec.fault(where, f"{wrong} takes {wanted} at once; raise their count")


def _worked(variant: PreparedVariant) -> Iterator[tuple[str, str, Effort]]:
    """Yield every part of the officers' work of a variant, with its process and step."""
    for process, flows in variant.flows.items():
        for flow in flows:
            yield from ((process, step, part) for step, parts in flow.efforts.items() for part in parts)


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
