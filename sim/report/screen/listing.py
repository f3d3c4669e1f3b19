"""What there is: processes, scenarios, places, departments, materials, sources, reforms and measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from sim.records.measures.register import MEASURES
from sim.records.units import published_in
from sim.reforms.register import REFORMS
from sim.report.citing import cited
from sim.report.messages import reference_text
from sim.report.words import Lang, named, say
from sim.scenario.library import Library
from sim.scenario.scenario import Scenario
from sim.spec.base import Name

Section = Literal["processes", "scenarios", "places", "departments", "materials", "sources", "reforms", "measures"]
"""What there is a list of."""


def listing(library: Library, scenarios: Sequence[Scenario], section: Section | None = None, lang: Lang = "en") -> str:
    """Processes, scenarios, places, departments, materials, sources, reforms and measures, a line each; or only some.

    A list of all has a head above each section.
    """
    if section:
        return "\n".join(_LINES[section](library, scenarios, lang))
    told = ((say(lang, f"list_{name}"), lines(library, scenarios, lang)) for name, lines in _LINES.items())
    return "\n".join(line for head, lines in told for line in (head, *(f"  {line}" for line in lines)))


def _processes(library: Library, _: Sequence[Scenario], lang: Lang) -> Iterator[str]:
    for name, process in sorted(library.processes.items(), key=lambda p: (library.groups[p[0]], p[0])):
        yield _line(lang, f"{library.groups[name]}/{name}", named(lang, process.name), named(lang, process.summary))


def _scenarios(_: Library, scenarios: Sequence[Scenario], lang: Lang) -> Iterator[str]:
    for scenario in scenarios:
        counts = say(lang, "list_counts", variants=len(scenario.variants), targets=len(scenario.targets))
        yield f"{scenario.id}  {_with(lang, named(lang, scenario.name), counts)}"


def _places(library: Library, _: Sequence[Scenario], lang: Lang) -> Iterator[str]:
    for place in library.places.values():
        yield _line(lang, place.id, named(lang, place.name), say(lang, "list_place", n=len(place.departments)))


def _departments(library: Library, _: Sequence[Scenario], lang: Lang) -> Iterator[str]:
    for department in sorted({name for place in library.places.values() for name in place.departments}):
        yield f"{department}  {say(lang, 'list_then').join(_called(department, library, lang))}"


def _materials(library: Library, _: Sequence[Scenario], lang: Lang) -> Iterator[str]:
    for name, material in library.catalogue.materials.items():
        yield f"{name}  {_with(lang, named(lang, material.name), say(lang, f'issuer {material.issuer}'))}"


def _sources(library: Library, _: Sequence[Scenario], lang: Lang) -> Iterator[str]:
    for name, source in library.sources.items():
        yield f"{name}  {cited(lang, source)}"


def _reforms(_library: Library, _: Sequence[Scenario], lang: Lang) -> Iterator[str]:
    """Each by both its names, of which a scenario may write either, and what it does."""
    for reform in REFORMS:
        text = (reform.__doc__ or "").strip().partition("\n\n")[0]
        does = reference_text(text).partition("：")[2] if lang == "zh" else text.partition(": ")[2]
        names = (_with(lang, *_sorted(lang, name)) for name in reform.names())
        yield f"{say(lang, 'list_and').join(names)}{say(lang, 'colon')}{does}"


def _measures(_library: Library, _: Sequence[Scenario], lang: Lang) -> Iterator[str]:
    for name, measure in MEASURES.items():
        unit = measure.unit.short.zh if lang == "zh" else measure.unit.id
        units = say(lang, "list_and").join(published_in(measure.unit))
        told = say(lang, "list_measure", name=named(lang, measure.name), unit=unit, units=units)
        yield _line(lang, name, told, named(lang, measure.definition))


def _called(department: str, library: Library, lang: Lang) -> Iterator[str]:
    """What a department is called in each place that has it, or who acts for it there."""
    for place in library.places.values():
        if known := place.departments.get(department):
            called = named(lang, known.name) if known.name else say(lang, "list_by", department=known.by)
            yield f"{place.id}{say(lang, 'colon')}{called}"


def _sorted(lang: Lang, name: Name) -> tuple[str, str]:
    return (name.zh, name.en) if lang == "zh" else (name.en, name.zh)


def _with(lang: Lang, text: str, inner: str) -> str:
    return say(lang, "in_brackets", text=text, inner=inner)


def _line(lang: Lang, name: str, called: str, told: str) -> str:
    return f"{name}  {called}{say(lang, 'colon')}{told}"


_LINES: dict[Section, Callable[[Library, Sequence[Scenario], Lang], Iterator[str]]] = {
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
