"""What is wrong with the files, and what a reader should see."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.core.errors import Fault, SpecError
from sim.scenario.library import Library
from sim.scenario.load import load_any, load_library, scenario_paths
from sim.scenario.prepare import prepare
from sim.scenario.scenario import Scenario
from sim.spec.flags import flags, place_flags


def validate(path: Path, library: Library) -> list[Fault]:
    """Return every fault of one file, of whichever kind it is; the reforms of a scenario are tried."""
    try:
        spec = load_any(path, library)
        if isinstance(spec.model, Scenario):
            prepare(spec, library)
    except SpecError as error:
        return list(error.faults)
    return []


def faults_and_notes(root: Path, paths: Sequence[Path]) -> tuple[list[Fault], list[str]]:
    """Every fault of the files, and what is allowed but should meet a reader's eye."""
    try:
        library = load_library(root)
    except SpecError as error:
        return list(error.faults), []
    if paths:
        return [f for path in paths for f in validate(path, library)], []
    faults = [f for path in scenario_paths(root) for f in validate(path, library)]
    notes = [f"{name}: {flag}" for name, p in library.processes.items() for flag in flags(p, library.sources_of(p))]
    notes += [f"{name}: {flag}" for name, place in library.places.items() for flag in place_flags(place)]
    return faults, notes
