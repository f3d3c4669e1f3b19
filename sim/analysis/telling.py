"""What a verdict tells: something that was found, or only what went in, or what held before any reform."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sim.analysis.verdict import TargetResult
from sim.core.register import register
from sim.scenario.prepared import Prepared
from sim.scenario.target import Target
from sim.spec.base import Name
from sim.spec.step import Step


@dataclass(frozen=True)
class Quiet:
    """A reason why a verdict tells nothing."""

    id: str
    words: Name
    holds: Callable[[TargetResult], bool]
    """Whether it is the reason why this verdict tells nothing."""


def _quiet(key: str, zh: str, en: str, holds: Callable[[TargetResult], bool]) -> Quiet:
    return Quiet(key, Name(zh=zh, en=en), holds)


QUIETS = register((
    _quiet("stated", "只说明输入", "says what went in", lambda result: result.target.tells_nothing is not None),
    _quiet("input", "本身是输入", "is what went in", lambda result: result.target.measure_record.goes_in),
    _quiet(
        "limits", "时限就是公布值", "the limits are the figure",
        lambda result: result.verdict == "met" and result.limits_are_the_figure,
    ),
    _quiet(
        "before", "改革前即已达标", "met before the reforms already",
        lambda result: result.verdict == "met" and result.met_before and not result.of_baseline,
    ),
))  # fmt: skip
"""Every reason why a verdict tells nothing, by its id; the first that holds is told."""


def quiet_of(result: TargetResult) -> Quiet | None:
    """Why a verdict tells nothing; None where it tells something."""
    return next((quiet for quiet in QUIETS.values() if quiet.holds(result)), None)


def leading(results: Sequence[TargetResult]) -> TargetResult | None:
    """The target that is told of first: the first that tells something, else the first; None where there is none."""
    return next((result for result in results if quiet_of(result) is None), results[0] if results else None)


def limits_are_the_figure(prepared: Prepared, target: Target, processes: list[str]) -> bool:
    """Whether a figure is a time and every limit in its scope was promised by the source of the figure itself.

    Whatever pace offices keep inside their limits is then all that meeting it can show. A share of cases within a
    figure cites our reading of it, and the figure's source stands in the row that has the same scope.
    """
    if not target.measure_record.falls_with_limits:
        return False
    alike = [t for t in prepared.scenario.targets if (t.scope, t.variant) == (target.scope, target.variant)]
    figure = {t.source for t in alike if t.measure_record.falls_with_limits}
    steps = [step for step in _steps(prepared, target, processes) if step.limit.effective]
    if not steps or any(step.promise or step.automatic for step in steps):
        return False
    promised = [limit.committed for step in steps for attempt in (0, 1) for _, limit in step.limits(attempt)]
    return all(limit and limit.source in figure for limit in promised)


def without_limit(prepared: Prepared, target: Target, processes: list[str]) -> tuple[Name, ...]:
    """The counted steps that a total of limits takes as nothing because they have none; for other measures none."""
    totals = target.measure_record.totals
    if totals is None:
        return ()
    steps = [step for step in _steps(prepared, target, processes) if not getattr(step.limit, totals)]
    return tuple(dict.fromkeys(step.name for step in steps))


def _steps(prepared: Prepared, target: Target, processes: list[str]) -> Iterator[Step]:
    """The steps of the target's variant whose time counts for it, of the main way of its cases."""
    variant, scope = next(v for v in prepared.variants if v.id == target.variant), target.scope
    for process in processes:
        for step_id, step in variant.flows[process][0].process.steps.items():
            counted = step.is_counted or step.kind in scope.include or not target.measure_record.counted_steps
            chosen = scope.steps is None or step_id in scope.steps
            if counted and chosen and step.kind not in scope.exclude and step.done_before is None:
                yield step
