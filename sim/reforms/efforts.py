"""Where the hours of a file go when a reform rewrites its steps: they move, and do not vanish."""

from __future__ import annotations

from sim.reforms.primitives import Rewrite
from sim.spec.effort import Effort, Efforts, effort
from sim.spec.process import Process
from sim.spec.work import gathered


def carried(efforts: Efforts, before: Process, rewrite: Rewrite) -> Efforts:
    """The work of a file after a rewrite of its process.

    The work of a step that is gone is done in the one that takes its place; only a step that is abolished, or
    whose review is, takes its work along. A step that the reform brings has the work that it is written with.
    """
    after: dict[str, tuple[Effort, ...]] = dict.fromkeys(rewrite.process.steps, ())
    for step_id, parts in efforts.items():
        now = rewrite.into.get(step_id, step_id)
        if now in rewrite.unreviewed:
            after[now] = effort(now, rewrite.process.steps[now])
        elif now in rewrite.into.values():
            after[now] += tuple(_of_part(p, before, step_id) for p in parts)
        elif now in after:
            after[now] = _at(parts, before.steps[now].at, rewrite.process.steps[now].at)
    after |= {s: (_visit(after[s]),) for s in rewrite.visits}
    brought = after.keys() - efforts.keys() - set(rewrite.into.values())
    return after | {s: effort(s, rewrite.process.steps[s]) for s in brought}


def _at(parts: tuple[Effort, ...], old: str | None, new: str | None) -> tuple[Effort, ...]:
    """The work of a step; what its own department did moves with the step to another."""
    if old == new:
        return parts
    return tuple(part.model_copy(update={"at": new}) if part.at == old else part for part in parts)


def _visit(parts: tuple[Effort, ...]) -> Effort:
    """The work of some parts that is done at the same time."""
    at, work = gathered([(part.at or "", part.work) for part in parts if part.work])
    first = next(part for part in parts if part.at == at)
    return first.model_copy(update={"work": work})


def _of_part(part: Effort, before: Process, step_id: str) -> Effort:
    """The work of a part of a merged step, still only of the cases that went through the part."""
    return part if part.when else part.model_copy(update={"when": before.steps[step_id].when})
