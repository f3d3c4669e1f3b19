"""What there is: processes, scenarios, reforms and measures; and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.records.measures.register import MEASURES
from sim.reforms.register import REFORMS
from sim.scenario.library import Library
from sim.scenario.load import load_scenario


def listing(library: Library, scenarios: Sequence[Path]) -> str:
    """Processes, scenarios, reforms and measures, a line each."""
    return "\n".join(_lines(library, scenarios))


def _lines(library: Library, scenarios: Sequence[Path]) -> Iterator[str]:
    yield "processes"
    for name, process in sorted(library.processes.items(), key=lambda p: (library.groups[p[0]], p[0])):
        yield f"  {library.groups[name]}/{name}  {process.name.zh}: {process.summary}"
    yield "scenarios"
    for path in scenarios:
        scenario = load_scenario(path, library).model
        yield f"  {path.stem}  {scenario.name.zh} ({len(scenario.variants)} variants, {len(scenario.targets)} targets)"
    yield "reforms"
    for reform in REFORMS:
        yield f"  {_first(reform.__doc__)}"
    yield "measures"
    for name, measure in MEASURES.items():
        yield f"  {name}  {measure.name.zh}, {measure.unit.id}: {measure.definition.en}"


def _first(text: str | None) -> str:
    """The first line of a docstring."""
    return (text or "").strip().split("\n", 1)[0]
