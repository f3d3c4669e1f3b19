"""Checks of calls: what a process and those that it goes through make together, and none of them by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from sim.core.errors import unknown
from sim.spec.attributes import clash
from sim.spec.bounds import CALLS, STEPS
from sim.spec.calls import JOINT, called, expanded, first_steps, measured
from sim.spec.findings import Finding, Known
from sim.spec.process import Process
from sim.spec.process_checks import process_findings
from sim.text.document import KeyPath, dotted

Processes = Mapping[str, Process]
OWN = ("urgent", "one_time_notice", "online", "overdue", "helped")
"""What a process says of its cases as a whole; inside another, what that one says holds."""


def call_findings(process: Process, processes: Processes, known: Known) -> Iterator[Finding]:
    """Yield everything wrong with the calls of a process; what is wrong with those called is told of their files."""
    calls = {s: step.call for s, step in process.steps.items() if step.call is not None}
    named = {s: name for s, name in calls.items() if name not in known.unread}
    found = [finding for step_id, name in named.items() for finding in _name(process, step_id, name, processes)]
    found = found or list(_extent(process, calls, processes))
    if found or not calls or not all_right(calls.values(), processes, known):
        yield from found
        return
    inner = {s: expanded(processes[name], processes) for s, name in calls.items()}
    found = [finding for check in CALL_CHECKS for finding in check(process, inner)]
    yield from found or _together(process, inner, processes, known)


def all_right(names: Iterable[str], processes: Processes, known: Known) -> bool:
    """Whether the processes called are there and have no fault of their own, which their files would be told of."""
    if not all(measured(name, processes) for name in names):
        return False
    below = {inner for name in names for inner in called(name, processes)}
    return not any(_faulty(processes[name], known) for name in below)


def _faulty(process: Process, known: Known) -> bool:
    own = replace(known, sources={**process.sources, **known.sources})
    return next(process_findings(process, own), None) is not None


def _name(process: Process, step_id: str, name: str, processes: Processes) -> Iterator[Finding]:
    path: KeyPath = ("steps", step_id, "call")
    if name not in processes:
        yield Finding(path, unknown("process", name, processes))
    elif process.id in called(name, processes):
        yield Finding(path, f"{name} calls {process.id} in its turn; break the circle")


def _extent(process: Process, calls: Mapping[str, str], processes: Processes) -> Iterator[Finding]:
    """Yield a process that grows too large by its calls, at the call that adds most, or has too many in one another."""
    own = len(process.steps) - len(calls)
    below = {step_id: measured(name, processes).get(name, (1, 0)) for step_id, name in calls.items()}
    steps = own + sum(most for most, _ in below.values())
    deep = 1 + max((depth for _, depth in below.values()), default=-1)
    if steps > STEPS:
        largest = max(below, key=lambda s: below[s][0])
        message = f"a process has at most {STEPS:,} steps, found {steps:,} with those of the calls; call less"
        yield Finding(("steps", largest, "call"), message)
    elif deep > CALLS:
        deepest = max(below, key=lambda s: below[s][1])
        yield Finding(("steps", deepest, "call"), f"{deep} calls stand inside one another, at most {CALLS}; call less")


def _names_taken(process: Process, inner: Processes) -> Iterator[Finding]:
    """Yield every step that has the name of one that a call brings."""
    for step_id, part in inner.items():
        for name in part.steps:
            if (taken := f"{step_id}{JOINT}{name}") in process.steps:
                message = f"the call {step_id} brings a step {taken} too; choose another id"
                yield Finding(("steps", taken), message, key=True)


def _conditions(process: Process, inner: Processes) -> Iterator[Finding]:
    """Yield every call whose condition is another than that of a step called, so that no case could have both."""
    for step_id, part in inner.items():
        when = process.steps[step_id].when
        for name, step in part.steps.items():
            if attribute := clash(when, step.when):
                message = f"{name} asks for another {attribute} itself; say the cases of one of them otherwise"
                yield Finding(("steps", step_id, "when", attribute), message, key=True)
                break


def _returns(process: Process, inner: Processes) -> Iterator[Finding]:
    """Yield every step that sends a case back to a call which begins with several steps."""
    for step_id, step in process.steps.items():
        redo = (step.fails.redo if step.fails else None) or ""
        if redo in inner and len(first := first_steps(inner[redo])) > 1:
            message = f"{redo} begins with several steps, {', '.join(first)}; name a step before it, or {step_id}"
            yield Finding(("steps", step_id, "fails", "redo"), message)


def _lost(process: Process, inner: Processes) -> Iterator[Finding]:
    """Yield what a process called says of its cases and the caller does not, or says otherwise."""
    for step_id, part in inner.items():
        for field in OWN:
            said = getattr(part, field)
            if said not in (Process.model_fields[field].default, getattr(process, field)):
                message = f"{field} of {part.id} would not hold here; write it in {process.id} as well, or in neither"
                yield Finding(("steps", step_id, "call"), message)


def _ambiguous(process: Process, inner: Processes) -> Iterator[Finding]:
    """Yield every attribute, or paper fetched, that two processes called know differently and the caller not at all."""
    for field in ("attributes", "fetched"):
        first: dict[str, str] = {}
        for step_id, part in inner.items():
            for name, entry in getattr(part, field).items():
                other = first.setdefault(name, step_id)
                if name not in getattr(process, field) and getattr(inner[other], field)[name] != entry:
                    message = f"{other} and {step_id} know {name} differently; say under {field} here which holds"
                    yield Finding(("steps", step_id, "call"), message)


CALL_CHECKS: tuple[Callable[[Process, Processes], Iterator[Finding]], ...] = (
    _names_taken,
    _conditions,
    _returns,
    _lost,
    _ambiguous,
)
"""Every check of a process against those that it calls; a new one is one function above and its name here."""


def _together(process: Process, inner: Processes, processes: Processes, known: Known) -> Iterator[Finding]:
    """Yield what is wrong with the process as a whole, where all that it is made of is right."""
    whole = expanded(process, processes)
    sources = {key: source for part in inner.values() for key, source in part.sources.items()}
    joined = replace(known, sources=sources | dict(known.sources))
    if _faulty(process, known):
        return
    for path, message, key in process_findings(whole, joined):
        if len(path) < 2 or path[1] in process.steps:
            yield Finding(path, message, key)
        else:
            caller = next(s for s in inner if str(path[1]).startswith(f"{s}{JOINT}"))
            yield Finding(("steps", caller, "call"), f"with its steps here, {dotted(path)}: {message}")
