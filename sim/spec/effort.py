"""The hours of a file: officers' work that belongs to it, whatever a reform makes of its limits and its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.spec.attributes import Condition
from sim.spec.base import Id, Model
from sim.spec.durations import Duration
from sim.spec.process import Process
from sim.spec.step import Step
from sim.spec.work import CaseClass, Work


class Effort(Model):
    """Officers' work on one file in one step of the spec; no file holds it, for the spec's step says it all.

    It is stated as `work`, or follows by the general rule from `limit`, the one the step was written with. A
    shorter promise, a promise instead of a review, a merger or an early start changes when these hours are spent.
    """

    step: str
    """Step of the spec, or opinion (as step/department), whose work it is, and whose luck decides how long it takes."""
    at: Id | None = None
    """Department whose officers do it, also when the step is merged into one of another department."""
    work: Work | None = None
    """The work that the spec states."""
    limit: Duration | None = None
    """The limit, from before any reform, from which the general rule takes the work."""
    when: Condition = {}
    """Cases that ask for it; all that come to the step when left out."""
    classes: tuple[CaseClass, ...] = ()
    """Classes of cases with work, or a limit, of their own; the first that holds counts."""
    again: Duration | None = None
    """The limit from which the rule takes the work of the second and later attempts; the same when left out."""

    def of_classes(self, attempt: int) -> tuple[tuple[Condition, Effort], ...]:
        """The work in an attempt as each class of cases asks for it; the first whose condition holds counts."""
        if not self.classes and self.again is None:
            return (({}, self),)
        again = self.again if attempt else None
        own = self.model_copy(update={"classes": (), "again": None, "limit": again or self.limit})
        ruled = again is None and self.limit is not None
        return (*((c.when, own.model_copy(update=_otherwise(c, ruled))) for c in self.classes), ({}, own))


def _otherwise(cases: CaseClass, ruled: bool) -> dict[str, Any]:
    """What a class of cases has otherwise: work of its own, or another limit where the rule takes the work from it."""
    if cases.work is not None:
        return {"work": cases.work}
    return {"limit": cases.limit.effective} if ruled else {}


Efforts = Mapping[str, tuple[Effort, ...]]
"""Step → the work of a file that is now done in it."""


def written(process: Process) -> Efforts:
    """The work of a file, step by step, as the spec has it."""
    return {step_id: effort(step_id, step) for step_id, step in process.steps.items()}


def effort(step_id: str, step: Step) -> tuple[Effort, ...]:
    """The work of a step as it is written; nothing for a step in which no officer works."""
    limit = step.limit.effective if step.official and step.work is None else None
    classes = tuple(c.model_copy(update={"limit": c.limit.over(step.limit)}) for c in step.classes)
    if limit is None and step.work is None and not any(c.work for c in classes):
        return ()
    again = step.limits(1)[0][1].effective if limit and step.fails and step.fails.again else None
    return (Effort(step=step_id, at=step.at, work=step.work, limit=limit, classes=classes, again=again),)
