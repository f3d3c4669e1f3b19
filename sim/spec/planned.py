"""How long a process is planned to take: limits used up, everything else at its mean, and nobody queues."""

from __future__ import annotations

from collections.abc import Iterator

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


def planned_lengths(process: Process) -> dict[str, float]:
    """Each step → the usual working days that it is planned to take."""
    return {step_id: planned_days(step) for step_id, step in process.steps.items()}


def planned_slack(process: Process) -> dict[str, float]:
    """Each step → the usual working days that it might take longer without the process taking longer."""
    before, lengths = planned_chain(process)
    found = graph.slack(before, lengths)
    return {step_id: found[step_id] for step_id in process.steps}


def planned_paths(process: Process) -> Iterator[tuple[str, ...]]:
    """Yield every chain of steps that decides how long the process is planned to take, first to last."""
    for path in graph.critical_paths(*planned_chain(process)):
        yield tuple(node for node in path if node in process.steps)


def planned_chain(process: Process) -> tuple[dict[str, list[str]], dict[str, float]]:
    """What is directly before each step, and how long each is planned to take; lags are nodes of their own.

    A lag that runs from the start of a step stands behind what that step waits for.
    """
    lengths, before = planned_lengths(process), graph.waits(process)
    for earlier in {u for step in process.steps.values() for u, lag in step.lag.items() if lag.since == "start"}:
        begins = _begin(earlier)
        lengths[begins], before[begins], before[earlier] = 0.0, before[earlier], [begins]
    for later, step in process.steps.items():
        for earlier, lag in step.lag.items():
            between = f"{earlier} → {later}"
            lengths[between], before[between] = days_of(lag), [earlier if lag.since == "end" else _begin(earlier)]
            before[later] = [*before[later], between]
    return before, lengths


def _begin(step: str) -> str:
    """The node at which a step starts; no id has a space."""
    return f"start of {step}"
