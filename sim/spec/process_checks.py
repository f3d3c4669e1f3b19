"""Checks of a process against what it names: sources, attributes, steps, materials, departments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.core.errors import did_you_mean, misspelt, unknown
from sim.spec import graph
from sim.spec.bounds import CREW, PASSES, STEPS
from sim.spec.bundles import shared_out
from sim.spec.findings import Finding, Known, is_assumption, parts, uncited, unmeetable
from sim.spec.forms import circle, is_submission, said
from sim.spec.process import Process
from sim.spec.rework import passes
from sim.spec.step import Step
from sim.spec.step_checks import step_findings
from sim.spec.work import Companion, Opinion, Work
from sim.text.document import KeyPath


def process_findings(process: Process, known: Known) -> Iterator[Finding]:
    """Yield everything wrong with a process whose every key is right."""
    if len(process.steps) > STEPS:
        message = f"a process has at most {STEPS:,} steps, found {len(process.steps):,}; make several of it"
        yield Finding(("steps",), message, key=True)
        return
    yield from uncited(process, known.sources)
    yield from unmeetable(process, process.attributes)
    yield from _order(process, known)
    yield from _lags(process)
    yield from _circle(process)
    yield from _materials(process, known)
    yield from _fetched(process, known)
    yield from _bundles(process)
    for step_id, step in shared_out(process).steps.items():
        path: KeyPath = ("steps", step_id)
        yield from _departments(path, step, known)
        yield from _deferral(path, step, known)
        yield from _fees(path, step, process)
        yield from step_findings(path, step)


def _bundles(process: Process) -> Iterator[Finding]:
    """Yield what is wrong with limits over several steps."""
    taken: dict[str, str] = {}
    for name, bundle in process.bundles.items():
        path: KeyPath = ("bundles", name)
        whole = bundle.limit.effective
        if whole is None:
            yield Finding((*path, "limit"), "nothing says how long the whole may take; add committed or statutory")
        elif not isinstance(whole.amount, int | float):
            yield Finding((*path, "limit"), "a limit is one number, found a distribution; write the number")
        if bundle.limit.extended:
            message = "an extension is approved for a step; write it in the limit of the step, and take it out here"
            yield Finding((*path, "limit", "extended"), message, key=True)
        for i, step in enumerate(bundle.steps):
            place = (*path, "steps", i)
            if step not in process.steps:
                yield Finding(place, unknown("step", step, process.steps))
            elif process.steps[step].classes:
                message = f"{step} has classes of cases; give each class its part of the limit, and take {step} out"
                yield Finding(place, message)
            if (other := taken.setdefault(step, name)) != name:
                yield Finding(place, f"{other} binds {step} already; let one bundle bind it")


def _order(process: Process, known: Known) -> Iterator[Finding]:
    for step_id, step in process.steps.items():
        for before, reason in step.after.items():
            path = ("steps", step_id, "after", before)
            if before not in process.steps:
                yield Finding(path, unknown("step", before, process.steps), key=True)
            if wrong := _no_reason(reason, known):
                yield Finding(path, wrong)


def _lags(process: Process) -> Iterator[Finding]:
    """Yield every lag after a step that there is not, or that the step waits for otherwise than the lag says."""
    before = graph.predecessors(process)
    for step_id, step in process.steps.items():
        for other, lag in step.lag.items():
            path = ("steps", step_id, "lag", other)
            if other not in process.steps:
                yield Finding(path, unknown("step", other, process.steps), key=True)
            elif lag.since == "end" and other not in before[step_id]:
                message = f"{step_id} does not wait for {other}; add {other} to after, or write since: start"
                yield Finding(path, message, key=True)
            elif lag.since == "start" and other in before[step_id]:
                message = f"{step_id} waits for the end of {other}; take {other} out of after, or write since: end"
                yield Finding(path, message, key=True)


def _no_reason(reason: str, known: Known) -> str:
    """Return why a step may not wait for another for this reason, or ""."""
    if is_assumption(reason, known.sources):
        return f"an assumption puts nothing in order, found {reason}; write order, or cite the law"
    if reason in (graph.ORDER, graph.NATURE) or reason in known.sources:
        return ""
    reasons = [graph.ORDER, graph.NATURE, *(key for key in known.sources if not is_assumption(key, known.sources))]
    return unknown("reason", reason, reasons, misspelt)


def _circle(process: Process) -> Iterator[Finding]:
    """Yield a circle of steps; else every step to be redone that does not come before."""
    here = _with_known_edges(process)
    if ring := circle(here):
        remedy = "take one of these edges out, or give its steps other forms"
        if not any(map(is_submission, ring)):
            remedy = "take one of these edges out"
        message = f"the steps wait for one another in a circle: {said(ring)}; {remedy}"
        yield Finding(("steps", next(node for node in ring if node in process.steps)), message, key=True)
        return
    before = graph.waits(here)
    yield from _rounds(here, before)
    elders = graph.ancestors(before)
    for step_id, step in process.steps.items():
        redo = step.fails.redo if step.fails else None
        path = ("steps", step_id, "fails", "redo")
        if redo and redo not in process.steps:
            yield Finding(path, unknown("step", redo, process.steps))
        elif redo and redo not in {step_id, *elders[step_id]}:
            yield Finding(path, f"{redo} does not come before {step_id}; name {step_id} or a step before it")


def _with_known_edges(process: Process) -> Process:
    """The process without the edges from steps that it has not."""
    known = {
        s: {u: origin for u, origin in step.after.items() if u in process.steps} for s, step in process.steps.items()
    }
    lags = {s: {u: lag for u, lag in step.lag.items() if u in process.steps} for s, step in process.steps.items()}
    steps = {s: step.model_copy(update={"after": known[s], "lag": lags[s]}) for s, step in process.steps.items()}
    return process.model_copy(update={"steps": steps})


def _rounds(process: Process, before: Mapping[str, list[str]]) -> Iterator[Finding]:
    """Yield the step that a case passes most often, if that is without end."""
    backs = [step.fails.redo for step in process.steps.values() if step.fails and step.fails.redo]
    if all(step in process.steps for step in backs):
        often = passes(process.steps, before)
        step_id = max(often, key=often.__getitem__)
        if often[step_id] > PASSES:
            found = f"found {often[step_id]:,.0f} times through {step_id} on average"
            message = f"failing steps send a case back at most {PASSES} times, {found}; lower a rate, or redo less"
            yield Finding(("steps", step_id), message, key=True)


def _materials(process: Process, known: Known) -> Iterator[Finding]:
    giver: dict[str, str] = {}
    for step_id, step in process.steps.items():
        path: KeyPath = ("steps", step_id)
        for i, need in enumerate(step.needs):
            if need.material not in known.materials:
                yield Finding((*path, "needs", i, "material"), unknown("material", need.material, known.materials))
        for i, material in enumerate(step.yields):
            if material not in known.materials:
                yield Finding((*path, "yields", i), unknown("material", material, known.materials))
            if (first := giver.setdefault(material, step_id)) != step_id:
                yield Finding((*path, "yields", i), f"{first} yields {material} already; let one step yield it")


def _fetched(process: Process, known: Known) -> Iterator[Finding]:
    asked = {need.material for step in process.steps.values() for need in step.needs}
    for material in process.fetched:
        path = ("fetched", material)
        if material not in known.materials:
            yield Finding(path, unknown("material", material, known.materials), key=True)
        elif not known.materials[material].shareable:
            yield Finding(path, f"no database holds {material}; the catalogue marks what is shareable", key=True)
        elif material not in asked:
            yield Finding(path, f"no step needs {material}; take it out", key=True)


def _departments(path: KeyPath, step: Step, known: Known) -> Iterator[Finding]:
    """Yield every department that no place has, every role that is near one it has, and more officers than it has."""
    for field, department in (("at", step.at), ("window", step.window)):
        if department and department not in known.departments:
            yield Finding((*path, field), unknown("department", department, known.departments))
    for place, part in parts(step, path):
        if isinstance(part, Opinion | Companion) and part.at not in known.departments:
            yield Finding((*place, "at"), unknown("department", part.at, known.departments))
    for place, department, role, staff in crews_of(path, step):
        roles = known.departments.get(department, {})
        if role not in roles and (near := did_you_mean(role, sorted(roles))):
            yield Finding((*place, "by"), f"unknown role {role!r}{near}")
        if staff > (most := roles.get(role, CREW)):
            crew = f"no group of {role} of {department} has {staff} who could work on one case at once"
            message = f"{crew}, the largest has {most}; raise its count, or ask for fewer"
            yield Finding((*place, "staff"), message)


def crews_of(path: KeyPath, step: Step) -> Iterator[tuple[KeyPath, str, str, int]]:
    """Yield whoever works on one case at once: where that is written, department, role and how many."""
    for place, part in parts(step, path):
        if isinstance(part, Work):
            asked = step.opinions[int(place[3])].at if place[2] == "opinions" else step.at
            yield place, asked or "", part.by, part.staff
        elif isinstance(part, Companion):
            yield place, part.at, part.by, part.staff


def _fees(path: KeyPath, step: Step, process: Process) -> Iterator[Finding]:
    """Yield every fee that is multiplied by what is no number of a case."""
    numbers = [name for name, attribute in process.attributes.items() if attribute.number is not None]
    for i, fee in enumerate(step.fees):
        if fee.per is not None and fee.per not in numbers:
            yield Finding((*path, "fees", i, "per"), unknown("numeric attribute", fee.per, numbers))


def _deferral(path: KeyPath, step: Step, known: Known) -> Iterator[Finding]:
    needs = [need.material for need in step.needs]
    for i, material in enumerate(step.deferral.materials if step.deferral else ()):
        place = (*path, "deferral", "materials", i)
        if material not in needs:
            yield Finding(place, unknown("material needed here", material, needs))
        elif material in known.materials and not known.materials[material].deferrable:
            yield Finding(place, f"{material} may not be missing; the catalogue marks what is deferrable")
