"""A reform tried on a world: refused also where it leaves what no file could say, or asks for more than a place has."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from sim.core.errors import ReformError
from sim.reforms.apply import World, apply
from sim.reforms.base import Context, PlaceReform, ProcessReform
from sim.reforms.diff import Change
from sim.scenario.wishes import shown, words
from sim.spec.bounds import CREW
from sim.spec.findings import Known, departments
from sim.spec.process import Process
from sim.spec.process_checks import process_findings
from sim.spec.shape import locate, models
from sim.text.document import dotted

Crews = Mapping[str, Mapping[str, int]]


def tried(world: World, reform: ProcessReform | PlaceReform, context: Context, crews: Crews | None = None
          ) -> tuple[World, list[Change]]:  # fmt: skip
    """Return the world after a reform, and what it changed; raise ReformError where it may not stand.

    `crews` are the departments there are and who works in them, those of the world's place when left out.
    """
    try:
        after, changes = apply(world, reform, context)
    except ValidationError as error:
        raise ReformError(f"the reform would leave {_left(error)}") from None
    _refuse_broken(world, after, context, crews)
    return after, changes


def _left(error: ValidationError) -> str:
    """The first thing that pydantic found wrong with what a reform makes of a part of a process."""
    problem = error.errors(include_url=False)[0]
    path = problem["loc"]
    kind = next((model for model in models(Process) if model.__name__ == error.title), None)
    wanted = locate(kind, None, path).wanted if kind else None
    if wanted is None or problem["type"] == "value_error":
        return f"{dotted(path)}: {problem['msg'].removeprefix('Value error, ')}"
    return f"{dotted(path)}: wanted {words(wanted)}, found {shown(problem['input'])}"


def _refuse_broken(before: World, after: World, context: Context, crews: Crews | None) -> None:
    """Refuse a reform that leaves a process in a state that its own file could not have."""
    known = Known(context.sources, context.materials, departments(after.place) if crews is None else crews)
    for process_id, process in after.processes.items():
        if process is before.processes[process_id] and after.place is before.place:
            continue
        found = list(process_findings(process, known))
        old = set(process_findings(before.processes[process_id], known)) if found else set()
        for finding in found:
            if finding not in old:
                raise ReformError(f"the reform would leave {dotted(finding.path)}: {finding.message}")
    short = _short_handed(after, known.departments)
    if short and (new := sorted(short - _short_handed(before, departments(before.place) if crews is None else crews))):
        raise ReformError(f"the reform would leave {new[0]}")


def _short_handed(world: World, crews: Crews) -> set[str]:
    """What is said of every work of a file that needs more officers at once than any group has."""
    found = set()
    for process_id, efforts in world.efforts.items():
        for part in (part for parts in efforts.values() for part in parts if part.work):
            assert part.work is not None
            most = crews.get(part.at or "", {}).get(part.work.by, CREW)
            if part.work.staff > most:
                need = f"{process_id}.{part.step} with {part.work.staff} {part.work.by} to work on one case at once"
                found.add(f"{need}, and {part.at} without such a group")
    return found
