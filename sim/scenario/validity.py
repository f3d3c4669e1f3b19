"""Rules begin and end: what a run rests on that does not apply yet when it starts, or does not any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sim.reforms.register import REFORM_NAMES
from sim.scenario.scenario import WEEK, YEAR, Scenario
from sim.spec.base import Name
from sim.spec.findings import Finding, citations
from sim.spec.kinds import KINDS
from sim.spec.process import Process
from sim.spec.sources import Source
from sim.spec.step import Step
from sim.text.document import KeyPath


@dataclass(frozen=True)
class Outlived:
    """A rule that a run goes by although it has ended, or that ends before the last case comes."""

    key: str
    """Key of its source."""
    last: str
    """Its last day, YYYY-MM-DD."""
    ended: bool
    """Whether it had ended when the run starts; it ends within the run else."""
    by: tuple[Name, ...]
    """The steps and the reforms that follow it."""


def premature_reforms(scenario: Scenario, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield every rule that a reform follows before it applies."""
    first = _not_yet(scenario, sources)
    for path, key in _of_reforms(scenario):
        if key in first:
            run = f"the run starts {scenario.start}"
            yield Finding(path, f"{key} applies only from {first[key]}, but {run}; start later")


def premature_steps(scenario: Scenario, process: Process, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield every rule that a step of a process follows before it applies; `sources` are those of its file."""
    first = _not_yet(scenario, sources)
    for step_id, key in rules(process):
        if key in first:
            rule = f"{process.id}.{step_id} follows {key}, which applies only from {first[key]}"
            yield Finding(("start",), f"{rule}, but the run starts {scenario.start}; start later")


def _not_yet(scenario: Scenario, sources: Mapping[str, Source]) -> dict[str, str]:
    """The rules that do not apply yet when the run starts → the day from which they do."""
    return {key: day for key, day in _days(sources, "valid_from").items() if day > scenario.start}


def outlived_reforms(scenario: Scenario, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield every rule that a reform follows after it has ended, unless what took its place is named."""
    for path, key in _of_reforms(scenario):
        if key in (last := _refused(scenario, sources)):
            yield Finding(path, f"{key} ended {last[key]}, but {_remedy(scenario)}")


def outlived_steps(
    scenario: Scenario, processes: Mapping[str, Process], sources: Mapping[str, Source]
) -> Iterator[str]:
    """Yield what is wrong with a step of the baseline that follows a rule after it has ended.

    The baseline, for national rules may have put a new rule in the place of the old one by the start of the run.
    """
    last = _refused(scenario, sources)
    for process in processes.values():
        for step_id, key in rules(process):
            if key in last:
                yield f"{process.id}.{step_id} follows {key}, which ended {last[key]}, but {_remedy(scenario)}"


def outlived(scenario: Scenario, processes: Mapping[str, Process], sources: Mapping[str, Source]) -> Iterator[Outlived]:
    """Yield every rule that has ended and is followed all the same, and every one that ends within the run."""
    ends = _end_of_arrivals(scenario)
    followed: dict[str, dict[Name, None]] = {}
    for process in processes.values():
        for step_id, key in rules(process):
            followed.setdefault(key, {})[process.steps[step_id].name] = None
    for path, key in _of_reforms(scenario):
        followed.setdefault(key, {})[_reform(scenario, path)] = None
    for key, last in _days(sources, "valid_to").items():
        if key in followed and last < ends:
            yield Outlived(key, last, last < scenario.start, tuple(followed[key]))


def rules(process: Process) -> Iterator[tuple[str, str]]:
    """Yield each step with every source that sets its limit, its statutory length or its order."""
    for step_id, step in process.steps.items():
        for key in dict.fromkeys([*_of_length(step), *step.after.values()]):
            yield step_id, key
    for bundle in process.bundles.values():
        yield from ((bundle.steps[0], key) for _, key in citations(bundle))


def _of_length(step: Step) -> Iterator[str]:
    parts: list[Any] = [step.limit, step.opinions, step.tacit, *(cases.limit for cases in step.classes)]
    parts += [step.fails.again] if step.fails else []
    parts += [step.duration] if KINDS[step.kind].statutory else []
    for part in parts:
        yield from (key for _, key in citations(part))


def _of_reforms(scenario: Scenario) -> Iterator[tuple[KeyPath, str]]:
    for name, variant in scenario.variants.items():
        yield from citations(variant, ("variants", name))


def _reform(scenario: Scenario, path: KeyPath) -> Name:
    """The name of what cites a source at a path of a scenario: a reform, or the variant itself."""
    variant = scenario.variants[str(path[1])]
    if path[2] != "reforms":
        return variant.name
    return REFORM_NAMES[str(getattr(variant.reforms[int(path[3])], "reform", ""))]


def _days(sources: Mapping[str, Source], field: str) -> dict[str, str]:
    days = {key: getattr(source, field, None) for key, source in sources.items()}
    return {key: day for key, day in days.items() if day is not None}


def _refused(scenario: Scenario, sources: Mapping[str, Source]) -> dict[str, str]:
    """The rules that had ended when the run starts and have no successor by name → their last day."""
    ended = {key: day for key, day in _days(sources, "valid_to").items() if day < scenario.start}
    return {key: day for key, day in ended.items() if getattr(sources[key], "succeeded_by", None) is None}


def _remedy(scenario: Scenario) -> str:
    cite = "cite the rule in force, or say under the source what it was succeeded_by"
    return f"the run starts {scenario.start}; {cite}"


def _end_of_arrivals(scenario: Scenario) -> str:
    """The day by which the last case has come, as the demand states it; never before the start."""
    coming = [demand.cases / demand.yearly * YEAR for demand in scenario.demand.values() if demand.cases]
    days = scenario.window.weeks * WEEK if scenario.window else max(coming, default=0.0)
    start = date.fromisoformat(scenario.start)
    return str(start + timedelta(days=min(days, (date.max - start).days)))
