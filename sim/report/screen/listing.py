"""What there is: processes, scenarios, reforms and measures; and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from sim.records.measures.register import MEASURES
from sim.records.units import published_in
from sim.reforms.register import REFORMS
from sim.scenario.library import Library
from sim.scenario.scenario import Scenario
from sim.spec.base import english

Section = Literal["processes", "scenarios", "places", "departments", "materials", "sources", "reforms", "measures"]
"""What there is a list of."""


def listing(library: Library, scenarios: Sequence[Scenario], section: Section | None = None) -> str:
    """Processes, scenarios, places, departments, materials, sources, reforms and measures, a line each; or only some.

    A list of all has a head above each section.
    """
    if section:
        return "\n".join(_LINES[section](library, scenarios))
    heads: dict[str, str] = {"sources": "sources that every file may cite"}
    told = ((heads.get(name, name), lines(library, scenarios)) for name, lines in _LINES.items())
    return "\n".join(line for head, lines in told for line in (head, *(f"  {line}" for line in lines)))


def _processes(library: Library, _: Sequence[Scenario]) -> Iterator[str]:
    for name, process in sorted(library.processes.items(), key=lambda p: (library.groups[p[0]], p[0])):
        yield f"{library.groups[name]}/{name}  {process.name.zh}: {english(process.summary)}"


def _scenarios(_: Library, scenarios: Sequence[Scenario]) -> Iterator[str]:
    for scenario in scenarios:
        counts = f"{len(scenario.variants)} variants, {len(scenario.targets)} targets"
        yield f"{scenario.id}  {scenario.name.zh} ({counts})"


def _places(library: Library, _: Sequence[Scenario]) -> Iterator[str]:
    for place in library.places.values():
        yield f"{place.id}  {place.name.zh}: {len(place.departments)} departments"


def _departments(library: Library, _: Sequence[Scenario]) -> Iterator[str]:
    for department in sorted({name for place in library.places.values() for name in place.departments}):
        yield f"{department}  {'; '.join(_called(department, library))}"


def _materials(library: Library, _: Sequence[Scenario]) -> Iterator[str]:
    for name, material in library.catalogue.materials.items():
        yield f"{name}  {material.name.zh} ({material.issuer})"


def _sources(library: Library, _: Sequence[Scenario]) -> Iterator[str]:
    for name, source in library.sources.items():
        yield f"{name}  {source.citation}"


def _reforms(*_: object) -> Iterator[str]:
    for reform in REFORMS:
        yield _first(reform.__doc__)


def _measures(*_: object) -> Iterator[str]:
    for name, measure in MEASURES.items():
        units = ", ".join(published_in(measure.unit))
        yield f"{name}  {measure.name.zh}, {measure.unit.id} (unit: {units}): {measure.definition.en}"


def _called(department: str, library: Library) -> Iterator[str]:
    """What a department is called in each place that has it, or who acts for it there."""
    for place in library.places.values():
        if known := place.departments.get(department):
            yield f"{place.id}: {known.name.zh if known.name else f'by {known.by}'}"


def _first(text: str | None) -> str:
    """The first line of a docstring."""
    return (text or "").strip().split("\n", 1)[0]


_LINES: dict[Section, Callable[[Library, Sequence[Scenario]], Iterator[str]]] = {
    "processes": _processes,
    "scenarios": _scenarios,
    "places": _places,
    "departments": _departments,
    "materials": _materials,
    "sources": _sources,
    "reforms": _reforms,
    "measures": _measures,
}
"""What there is, in the order in which it is told."""
