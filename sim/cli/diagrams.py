"""The diagrams of a process that a command writes for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sim.report.words import Lang
    from sim.scenario.library import Library
    from sim.scenario.prepared import Prepared
    from sim.spec.place import Place
    from sim.spec.process import Process

DIAGRAMS = ("before.bpmn", "after.bpmn")
"""The process as it is, and as the last variant of a scenario has it."""


def write_diagrams(
    library: Library, versions: tuple[Process, Process], prepared: Prepared | None, folder: Path, lang: Lang
) -> None:
    """Write the first version of a process as a diagram and, with a scenario, the last; print their names."""
    from sim.bpmn.writing import bpmn
    from sim.core.files import write_whole

    places = [variant.place for variant in prepared.ends] if prepared else [place_of(library, versions[0])]
    for file, process, place in zip(DIAGRAMS, versions, places, strict=False):
        path = write_whole(folder / file, bpmn(process, place, library.catalogue, lang))
        click.echo(click.format_filename(path))


def place_of(library: Library, process: Process) -> Place | None:
    """A place by whose names the departments of a process go: the first that has them all; None where none has."""
    wanted = {department for step in process.steps.values() for department in step.departments}
    return next((place for place in library.places.values() if wanted <= place.departments.keys()), None)
