"""Applying reforms in order under the legal guard, and telling what they changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.core.errors import ReformError
from sim.reforms.base import Context, PlaceReform, ProcessReform
from sim.reforms.diff import Change, changed_values
from sim.reforms.efforts import carried
from sim.reforms.guard import guard, guard_floor
from sim.spec.effort import Efforts, written
from sim.spec.place import Place
from sim.spec.process import Process


@dataclass(frozen=True)
class World:
    """The processes of a scenario and the place they run in, before or after reforms."""

    processes: Mapping[str, Process]
    place: Place
    efforts: Mapping[str, Efforts]
    """Process → the work of a file in its steps, which no reform makes less by making a limit shorter."""


def untouched(processes: Mapping[str, Process], place: Place) -> World:
    """The processes and the place as their files state them, before any reform."""
    return World(processes, place, {name: written(process) for name, process in processes.items()})


def apply(world: World, reform: ProcessReform | PlaceReform, context: Context) -> tuple[World, list[Change]]:
    """The world after one reform, and what it changed; raises ReformError where the guard refuses it."""
    name = str(getattr(reform, "reform", ""))
    if isinstance(reform, PlaceReform):
        place = reform.rewrite_place(world.place)
        changes = changed_values(name, world.place.id, world.place, place, reform.source)
        after = replace(world, place=place)
    else:
        target = _target(world, reform)
        before = world.processes[target]
        rewrite = reform.rewrite(before, context)
        guard(before, rewrite)
        if context.sources[reform.source].kind != "law":
            guard_floor(before, rewrite)
        changes = changed_values(name, target, before, rewrite.process, reform.source)
        after = replace(
            world,
            processes={**world.processes, target: _checked(rewrite.process)},
            efforts={**world.efforts, target: carried(world.efforts[target], before, rewrite)},
        )
    if not changes:
        raise ReformError("the reform changes nothing here; take it out, or apply it where it has an effect")
    return after, changes


def _target(world: World, reform: ProcessReform) -> str:
    if reform.process is None and len(world.processes) == 1:
        return next(iter(world.processes))
    if reform.process is None or reform.process not in world.processes:
        raise ReformError(f"process must name one of {', '.join(world.processes)}; found {reform.process}")
    return reform.process


def _checked(process: Process) -> Process:
    """The process, read again, so that no reform can leave a part the language does not allow."""
    return Process.model_validate(process.model_dump())
