"""What there is: processes, scenarios, reforms and measures; and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.records.measures.register import MEASURES
from sim.records.units import published_in
from sim.reforms.register import REFORMS
from sim.scenario.library import Library
from sim.scenario.scenario import Scenario


def listing(library: Library, scenarios: Sequence[Scenario]) -> str:
    """Processes, scenarios, places, departments, materials, sources, reforms and measures, a line each."""
    return "\n".join(_lines(library, scenarios))


def _lines(library: Library, scenarios: Sequence[Scenario]) -> Iterator[str]:
    yield "processes"
    for name, process in sorted(library.processes.items(), key=lambda p: (library.groups[p[0]], p[0])):
        yield f"  {library.groups[name]}/{name}  {process.name.zh}: {process.summary}"
    yield "scenarios"
    for scenario in scenarios:
        counts = f"{len(scenario.variants)} variants, {len(scenario.targets)} targets"
        yield f"  {scenario.id}  {scenario.name.zh} ({counts})"
    yield from _of_the_library(library)
    yield "reforms"
    for reform in REFORMS:
        yield f"  {_first(reform.__doc__)}"
    yield "measures"
    for name, measure in MEASURES.items():
        units = ", ".join(published_in(measure.unit))
        yield f"  {name}  {measure.name.zh}, {measure.unit.id} (unit: {units}): {measure.definition.en}"


def _of_the_library(library: Library) -> Iterator[str]:
    """What a process or a scenario may name: places, departments, materials, shared sources."""
    yield "places"
    for place in library.places.values():
        yield f"  {place.id}  {place.name.zh}: {len(place.departments)} departments"
    yield "departments"
    for department in sorted({name for place in library.places.values() for name in place.departments}):
        yield f"  {department}  {'; '.join(_called(department, library))}"
    yield "materials"
    for name, material in library.catalogue.materials.items():
        yield f"  {name}  {material.name.zh} ({material.issuer})"
    yield "sources that every file may cite"
    for name, source in library.sources.items():
        yield f"  {name}  {source.citation}"


def _called(department: str, library: Library) -> Iterator[str]:
    """What a department is called in each place that has it, or who acts for it there."""
    for place in library.places.values():
        if known := place.departments.get(department):
            yield f"{place.id}: {known.name.zh if known.name else f'by {known.by}'}"


def _first(text: str | None) -> str:
    """The first line of a docstring."""
    return (text or "").strip().split("\n", 1)[0]
