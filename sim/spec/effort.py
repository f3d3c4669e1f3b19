"""The hours of a file: officers' work that belongs to it, whatever a reform makes of its limits and its steps."""

from __future__ import annotations

from collections.abc import Mapping

from sim.spec.attributes import Condition
from sim.spec.base import Id, Model
from sim.spec.durations import Duration
from sim.spec.process import Process
from sim.spec.step import Step, Work


class Effort(Model):
    """Officers' work on one file in one step of the spec; no file holds it, for the spec's step says it all.

    It is stated as `work`, or follows by the general rule from `limit`, the one the step was written with. A
    shorter promise, a promise instead of a review, a merger or an early start changes when these hours are spent.
    """

    step: Id
    """Step of the spec whose work it is, and whose luck decides how long it takes."""
    at: Id | None = None
    """Department whose officers do it, also when the step is merged into one of another department."""
    work: Work | None = None
    """The work that the spec states."""
    limit: Duration | None = None
    """The limit, from before any reform, from which the general rule takes the work."""
    when: Condition = {}
    """Cases that ask for it; all that come to the step when left out."""


Efforts = Mapping[str, tuple[Effort, ...]]
"""Step → the work of a file that is now done in it."""


def written(process: Process) -> Efforts:
    """The work of a file, step by step, as the spec has it."""
    return {step_id: effort(step_id, step) for step_id, step in process.steps.items()}


def effort(step_id: str, step: Step) -> tuple[Effort, ...]:
    """The work of a step as it is written; nothing for a step in which no officer works."""
    if step.work is not None:
        return (Effort(step=step_id, at=step.at, work=step.work),)
    limit = step.limit.effective
    return (Effort(step=step_id, at=step.at, limit=limit),) if step.official and limit else ()
