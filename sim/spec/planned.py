"""How long a process is planned to take: limits used up, everything else at its mean, and nobody queues."""

from __future__ import annotations

from sim.spec import graph
from sim.spec.durations import OFFICE_DAY, Duration
from sim.spec.process import Process
from sim.spec.step import Step


def days_of(time: Duration | None, day: int = OFFICE_DAY) -> float:
    """A limit, or the mean of another time, in working days of `day` seconds; 0 where there is none."""
    return time.mean_working_days(day) if time else 0.0


def planned_days(step: Step) -> float:
    """Usual working days that a step takes when its limit is used up, or else at the mean of its parts.

    Special procedures stop the clock of the limit and come on top; a step done beforehand takes none.
    """
    if step.done_before is not None:
        return 0.0
    limit = step.limit.effective
    parts: list[Duration | None] = [limit] if limit else [step.work, step.circulation, step.duration]
    return sum((days_of(part) for part in (*parts, *step.special)), 0.0)


def planned_path(process: Process) -> tuple[str, ...]:
    """The chain of steps that decides how long the process is planned to take, first to last."""
    lengths = {step_id: planned_days(step) for step_id, step in process.steps.items()}
    before = graph.waits(process)
    for later, step in process.steps.items():
        for earlier, lag in step.lag.items():
            between = f"{earlier} → {later}"
            lengths[between] = days_of(lag)
            before[between] = [earlier] if lag.since == "end" else before[earlier]
            before[later] = [*before[later], between]
    return tuple(node for node in graph.critical_path(before, lengths) if node in process.steps)
