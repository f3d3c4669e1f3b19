"""A scenario made ready to run: its variants' processes and places, after their reforms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sim.core.errors import CalendarError, Fault, ReformError, SpecError
from sim.core.holidays import Overlay, day_table
from sim.core.workdays import DayTable
from sim.reforms.apply import World, untouched
from sim.reforms.base import Context
from sim.reforms.diff import Change, changed_values
from sim.reforms.register import PLACE
from sim.scenario import coming, validity
from sim.scenario.alike import Alike
from sim.scenario.inputs import inputs_hash
from sim.scenario.library import Library, Spec
from sim.scenario.load import load
from sim.scenario.measured import demanded, gone_through, practised, staffed, taken_up
from sim.scenario.neighbours import neighbour
from sim.scenario.nobody import targets_of_nobody
from sim.scenario.prepared import Flow, Origin, Prepared, PreparedVariant
from sim.scenario.private import together
from sim.scenario.reach import beyond
from sim.scenario.scenario import Scenario, Variant
from sim.scenario.scenario_checks import processes
from sim.scenario.scopes import scope_faults
from sim.scenario.settings import named, with_settings
from sim.scenario.target_units import in_own_days
from sim.scenario.trial import tried
from sim.spec.opening import hours_of
from sim.spec.overlay import CalendarOverlay, Year
from sim.spec.process import Process
from sim.spec.sources import Source

HOUR = 3600


def prepare(spec: Spec[Scenario], library: Library) -> Prepared:
    """Return the scenario with its reforms applied; raise SpecError with every reform that is refused."""
    return made(origin(spec, library))


def prepared_with(path: Path, library: Library, texts: Sequence[str] = ()) -> Prepared:
    """Return the scenario in a file with settings that are tried; raise PlannerError or SpecError with what is wrong.

    What is wrong with the files as they stand is told without the settings.
    """
    spec, changed, settings = with_settings(path, library, texts)
    try:
        return made(replace(origin(spec, changed), settings=settings))
    except SpecError as error:
        if not texts:
            raise
        prepared_with(path, library)
        raise named(error, settings.made) from None


def origin(spec: Spec[Scenario], library: Library) -> Origin:
    """Return what a scenario is made from; raise SpecError where its calendar is wrong."""
    calendar = _calendar(spec, library)
    table = _table(calendar)
    asked = coming.listed(spec, table, library.root)
    spec = replace(spec, model=asked.scenario)
    found = processes(spec.model, library)
    place = library.places[spec.model.place]
    books = [("amendments", book) for book in library.amendments]
    records = [("measured", book) for book in (library.measured.get(place.id),) if book]
    shared = [("practice", library.practice), ("materials", library.catalogue), *books]
    owners = [(spec.model.id, spec.model), (place.id, place), *records, *found.items(), *shared]
    (scenario, here, *others), sources = together(library.sources, owners)
    measured = others.pop(0) if records else None
    practice, catalogue, *amendments = others[len(found) :]
    return Origin(
        spec=spec,
        scenario=taken_up(demanded(scenario, measured, sources), measured, sources),
        place=staffed(here, measured, sources),
        processes={name: gone_through(p, measured, sources) for name, p in zip(found, others, strict=False)},
        practice=practised(practice, measured),
        catalogue=catalogue,
        amendments=tuple(amendments),
        sources=sources,
        table=table,
        inputs=inputs_hash(spec, calendar, library, asked.inputs),
    )


def made(origin: Origin) -> Prepared:
    """Return a scenario made ready from what its files state; raise SpecError with every reform that is refused."""
    spec, workshop = origin.spec, _Workshop(origin)
    variants = tuple(map(Alike().of, [*workshop.variants()]))
    faults = [*workshop.faults, *scope_faults(spec, variants), *targets_of_nobody(spec, variants)]
    faults += [*beyond(spec, variants, origin.table), *workshop.outlived(variants)]
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
        start=origin.scenario.first_day,
        inputs=origin.inputs,
        file=spec.document.file,
        converted={target.id: how for target, how in targets if how},
        origin=origin,
        outlived=tuple(validity.outlived(origin.scenario, main_flows(variants[0]), origin.sources)),
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
            if self._applies(given.sources[reform.source]):
                try:
                    world, changed = tried(world, reform, self.context)
                except ReformError as error:
                    law = f"the law of the day cannot be applied to {reform.process}: {reform.source}: {error}"
                    self.faults.append(given.spec.fault(("start",), law))
                else:
                    changes += changed
        flows = {p: (Flow(1.0, process, world.efforts[p]),) for p, process in world.processes.items()}
        return PreparedVariant(name, variant.name, world.place, flows, tuple(changes), start=None)

    def _variant(self, name: str, variant: Variant, start: PreparedVariant) -> PreparedVariant:
        def refused(i: int, error: ReformError) -> None:
            self.faults.append(self.origin.spec.fault(("variants", name, "reforms", i), str(error)))

        return built_on(start, name, variant, self.context, refused)

    def _applies(self, rule: Source) -> bool:
        """Whether a national rule is in force when the run starts."""
        first, last = (getattr(rule, field, None) for field in ("valid_from", "valid_to"))
        start = self.origin.scenario.start
        return (first is None or first <= start) and (last is None or start <= last)

    def outlived(self, variants: Sequence[PreparedVariant]) -> Iterator[Fault]:
        """Yield every rule that the baseline follows after it has ended."""
        for wrong in validity.outlived_steps(self.origin.scenario, main_flows(variants[0]), self.origin.sources):
            yield self.origin.spec.fault(("start",), wrong)


def built_on(start: PreparedVariant, name: str, variant: Variant, context: Context,
             refused: Callable[[int, ReformError], None]) -> PreparedVariant:  # fmt: skip
    """Return a variant built on another; `refused` is told which of its reforms are, and it is built without them."""
    main = {process: flows[0] for process, flows in start.flows.items()}
    processes, efforts = ({p: getattr(f, part) for p, f in main.items()} for part in ("process", "efforts"))
    place = variant.place.of(start.place) if variant.place else start.place
    world = World(processes, place, efforts)
    source = variant.place.source if variant.place else ""
    changes = changed_values(PLACE, place.id, start.place, place, source)
    for i, reform in enumerate(variant.reforms):
        try:
            world, changed = tried(world, reform, context)
        except ReformError as error:
            refused(i, error)
        else:
            changes += changed
    flows = {p: _flows(start.flows[p], world, p, variant.share) for p in world.processes}
    demand = {**start.demand, **variant.demand}
    return PreparedVariant(name, variant.name, world.place, flows, tuple(changes), start.id, demand)


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


def _calendar(spec: Spec[Scenario], library: Library) -> Spec[CalendarOverlay] | None:
    if spec.model.calendar is None:
        return None
    path = neighbour(spec, ("calendar",), spec.model.calendar, library.root)
    return load(path, CalendarOverlay, library)


def _table(calendar: Spec[CalendarOverlay] | None) -> DayTable:
    if calendar is None:
        return day_table()
    try:
        return day_table([_overlay(int(year), days) for year, days in calendar.model.years.items()])
    except CalendarError as error:
        raise SpecError([calendar.fault(("years",), str(error))]) from None


def _overlay(year: int, days: Year) -> Overlay:
    off, on = (frozenset(map(date.fromisoformat, dates)) for dates in (days.holidays, days.workdays))
    return Overlay(year, off, on)
