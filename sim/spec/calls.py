"""Processes that call one another: the called one's steps stand in the place of the call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.spec import graph
from sim.spec.bundles import renamed
from sim.spec.keys import apart
from sim.spec.limit import Bundle
from sim.spec.process import Process
from sim.spec.step import Fails, Step
from sim.spec.work import Lag

JOINT = "__"
"""Stands between the step that calls and the step called, as in loan__book."""


def called(process: str, processes: Mapping[str, Process]) -> set[str]:
    """The processes that one goes through, itself included, however deep the calls."""
    found: set[str] = set()
    waiting = [process]
    while waiting:
        name = waiting.pop()
        if name not in found and name in processes:
            found.add(name)
            waiting += [s.call for s in processes[name].steps.values() if s.call is not None]
    return found


def measured(process: str, processes: Mapping[str, Process]) -> dict[str, tuple[int, int]]:
    """Each process that one goes through → its steps with all that it calls, and how many calls stand inside another.

    Empty where one of them is not there, or they call one another in a circle.
    """
    names = called(process, processes)
    calls = {n: [s.call for s in processes[n].steps.values() if s.call is not None] for n in names}
    if not names.issuperset(c for below in calls.values() for c in below) or graph.cycle(calls):
        return {}
    found: dict[str, tuple[int, int]] = {}
    for name in graph.order(calls):
        steps = len(processes[name].steps) - len(calls[name]) + sum(found[c][0] for c in calls[name])
        found[name] = steps, 1 + max((found[c][1] for c in calls[name]), default=-1)
    return found


def expanded(process: Process, processes: Mapping[str, Process]) -> Process:
    """The process with every call replaced by the steps called, named caller__step.

    The steps first in the called process wait for what the call waited for, and what waited for the
    call waits for the last ones; who is sent back to a call begins with its first step. Where both know an attribute,
    the caller's holds; a source's key that means another thing in each stays apart.
    """
    calls = {s: step.call for s, step in process.steps.items() if step.call is not None}
    if not calls:
        return process
    inner: dict[str, Process] = {}
    known = dict(process.sources)
    for s, name in calls.items():
        inner[s] = apart(expanded(processes[name], processes), name, known)
        known |= inner[s].sources
    begins = {s: [f"{s}{JOINT}{x}" for x in first_steps(p)] for s, p in inner.items()}
    last = {s: [f"{s}{JOINT}{x}" for x in _last(p)] for s, p in inner.items()}
    first = {s: f"{s}{JOINT}{first_steps(p)[0]}" for s, p in inner.items()}
    steps: dict[str, Step] = {}
    for step_id, step in process.steps.items():
        waits = _through(step.after, last)
        if step_id in inner:
            steps |= _placed(step_id, step, waits, inner[step_id])
        else:
            changes = {"after": waits, "fails": _back(step.fails, first), "lag": _lags(step, begins, last)}
            steps[step_id] = step.model_copy(update=changes)
    below = list(inner.values())
    return process.model_copy(update={
        "steps": steps,
        "attributes": _joined([p.attributes for p in below], process.attributes),
        "sources": known,
        "fetched": _joined([p.fetched for p in below], process.fetched),
        "bundles": _bundles(process, inner),
    })  # fmt: skip


def first_steps(process: Process) -> list[str]:
    """The steps that wait for no other."""
    return [s for s, before in graph.predecessors(process).items() if not before]


def _last(process: Process) -> list[str]:
    """The steps for which no other waits."""
    waited_for = {u for before in graph.predecessors(process).values() for u in before}
    return [s for s in process.steps if s not in waited_for]


def _through(after: Mapping[str, str], last: Mapping[str, list[str]]) -> dict[str, str]:
    """What a step waits for, where a call is meant by the steps that end it."""
    return {u: origin for step, origin in after.items() for u in last.get(step, [step])}


def _back(fails: Fails | None, first: Mapping[str, str]) -> Fails | None:
    """Where a failing step sends a case back to, where a call is meant by the step that begins it."""
    if fails is None or fails.redo is None:
        return fails
    return fails.model_copy(update={"redo": first.get(fails.redo, fails.redo)})


def _lags(step: Step, first: Mapping[str, list[str]], last: Mapping[str, list[str]]) -> dict[str, Lag]:
    """How long after others a step may start, where a call is meant by the steps that begin it, or that end it."""
    return {x: lag for u, lag in step.lag.items() for x in (last if lag.since == "end" else first).get(u, [u])}


def _placed(caller: str, call: Step, waits: Mapping[str, str], inner: Process) -> dict[str, Step]:
    """The called steps under their new names."""
    before = graph.predecessors(inner)
    placed = {}
    for step_id, step in inner.steps.items():
        after = {f"{caller}{JOINT}{u}": origin for u, origin in step.after.items()} if before[step_id] else dict(waits)
        lag = {f"{caller}{JOINT}{u}": lag for u, lag in step.lag.items()}
        changes: dict[str, Any] = {"after": after, "lag": lag, "when": {**step.when, **call.when}}
        if step.form:
            changes["form"] = f"{caller}{JOINT}{step.form}"
        if step.fails and step.fails.redo:
            changes["fails"] = step.fails.model_copy(update={"redo": f"{caller}{JOINT}{step.fails.redo}"})
        placed[f"{caller}{JOINT}{step_id}"] = step.model_copy(update=changes)
    return placed


def _bundles(process: Process, inner: Mapping[str, Process]) -> dict[str, Bundle]:
    """The bundles of the process, in which a call is all of its steps, and those of the processes called."""
    all_of = {caller: [f"{caller}{JOINT}{s}" for s in p.steps] for caller, p in inner.items()}
    found = renamed(process.bundles, all_of)
    for caller, p in inner.items():
        placed = renamed(p.bundles, {s: (f"{caller}{JOINT}{s}",) for s in p.steps})
        found |= {f"{caller}{JOINT}{name}": bundle for name, bundle in placed.items()}
    return found


def _joined(below: list[dict[str, Any]], own: dict[str, Any]) -> dict[str, Any]:
    together: dict[str, Any] = {}
    for part in below:
        together |= part
    return together | own
