"""What a file may say, but a reader should see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.spec.findings import citations, is_assumption
from sim.spec.kinds import KINDS
from sim.spec.place import Place
from sim.spec.procedures import listed
from sim.spec.process import Process
from sim.spec.sources import Source
from sim.spec.step import Step
from sim.text.document import KeyPath, dotted


def flags(process: Process, sources: Mapping[str, Source]) -> list[str]:
    """Return the flags of a process as `path: message`, where `sources` are all that it may cite."""
    found = [flag for step_id, step in process.steps.items() for flag in _step(("steps", step_id), step, sources)]
    return [f"{dotted(path)}: {message}" for path, message in [*found, *_unused(process)]]


def place_flags(place: Place) -> list[str]:
    """Return the flags of a place as `path: message`."""
    silent = [name for name, d in place.departments.items() if d.source is None and (d.closed or d.open or d.hands_on)]
    message = "nothing says where its dates and its handing on come from; add source below it"
    return [f"departments.{name}: {message}" for name in silent]


def _step(path: KeyPath, step: Step, sources: Mapping[str, Source]) -> Iterator[tuple[KeyPath, str]]:
    own = [(path, step.procedure)]
    inner = [((*path, "special", i), special.procedure) for i, special in enumerate(step.special)]
    for place, procedure in [*own, *inner]:
        if procedure and not listed(procedure):
            yield place, f"{procedure} stops the clock although it is not on the statute's list"
    if KINDS[step.kind].counted and not step.is_counted:
        yield path, f"a step of kind {step.kind} is left out of the count"
    if KINDS[step.kind].statutory and step.duration and is_assumption(step.duration.source, sources):
        name = KINDS[step.kind].name.en
        yield path, f"no rule says how long the {name} lasts: its duration is an assumption"


def _unused(process: Process) -> Iterator[tuple[KeyPath, str]]:
    cited = {key for _, key in citations(process)}
    cited |= {reason for step in process.steps.values() for reason in step.after.values()}
    for key in process.sources:
        if key not in cited:
            yield ("sources", key), "nothing in this file cites this source"
