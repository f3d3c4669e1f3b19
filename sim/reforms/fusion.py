"""Reforms that bring steps together: fused into one, or side by side under one form with one output."""

from __future__ import annotations

from math import prod
from typing import Any, Literal, TypeVar

from sim.core.errors import ReformError
from sim.reforms.base import Context, Ids, ProcessReform
from sim.reforms.order import refuse_beyond_bundle_cap, refuse_ordered_by_law
from sim.reforms.primitives import Rewrite, both, change, fuse, loosen, one_form, step_of
from sim.spec import graph
from sim.spec.amounts import mean
from sim.spec.base import Id, Name
from sim.spec.durations import OFFICE_DAY, Duration, Share
from sim.spec.fees import Fee
from sim.spec.process import Process
from sim.spec.step import Fails, Limit, Special, Step, Work

D = TypeVar("D", bound=Duration)


class Merge(ProcessReform):
    """合并办理: steps become one: the longest limit, the work of all, and all that they need, yield, fail on."""

    english = ("merged",)

    reform: Literal["合并办理"]
    """`合并办理`."""
    steps: Ids
    """Steps that become one."""
    into: Id
    """Step they become; one of them, or a new one."""
    name: Name | None = None
    """Name of a new step."""
    committed: Duration | None = None
    """Committed limit of the merged step; the longest of theirs when left out."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process in which the steps are one; a new step is handled where the last of them was."""
        del context
        members = [step_of(process, s) for s in self.steps]
        if self.into not in self.steps and (self.into in process.steps or self.name is None):
            raise ReformError(f"into must be one of the merged steps, or a new step with a name; found {self.into}")
        if len(members) == 1:
            raise ReformError(f"{self.steps[0]} alone is one step already; name the steps that become one")
        kept = process.steps[self.into] if self.into in self.steps else members[-1]
        fused = kept.model_copy(update=self._fields(members, kept))
        gone = {s: self.into for s in self.steps if s != self.into}
        return Rewrite(fuse(process, self.steps, self.into, fused), into=gone, together=frozenset(self.steps))

    def _fields(self, members: list[Step], kept: Step) -> dict[str, Any]:
        return {
            "name": self.name or kept.name,
            "limit": _longest_limit(members, self.committed),
            "work": _together([s.work for s in members if s.work]),
            "circulation": _circulation(members),
            "special": _each_procedure_once(members),
            "sits": next((s.sits for s in (kept, *members) if s.sits), None),
            "fails": _fails(members, self.source),
            "refused": _refused(members, self.source),
            "promise_excluded": next((s.promise_excluded for s in (kept, *members) if s.promise_excluded), None),
            "fees": _fees(members, kept),
            "attend": max(s.attend for s in members),
            "when": kept.when if all(s.when == kept.when for s in members) else {},
        }


class Joint(ProcessReform):
    """联合验收, 多图联审: one application, the parts side by side, one common output that any part can block."""

    english = ("joint acceptance", "joint review of drawings")

    reform: Literal["联合验收", "多图联审"]
    """`联合验收` or `多图联审`."""
    steps: Ids
    """The parts."""
    form: Id
    """Name of the common form."""
    output: Id
    """Step that gives the common output; one of the process, or a new one."""
    name: Name | None = None
    """Name of a new output step."""
    at: Id | None = None
    """Department that leads, takes the application and gives a new output."""
    limit: Duration | None = None
    """Committed limit of a new output step."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with the parts side by side under one form and one output after them."""
        refuse_ordered_by_law(process, self.steps, context)
        if self.output in self.steps:
            raise ReformError(f"{self.output} is one of the parts; name the step that gives the output of all")
        process = one_form(loosen(process, self.steps), self.steps, self.form, self.at)
        process = self._joined(process) if self.output in process.steps else self._with_output(process)
        refuse_beyond_bundle_cap(process, self.steps)
        return Rewrite(process, together=frozenset(self.steps))

    def _joined(self, process: Process) -> Process:
        """The process in which the output, which it had before, waits for every part."""
        waited = graph.ancestors(graph.predecessors(process))[self.output]
        after = process.steps[self.output].after | {s: graph.NATURE for s in self.steps if s not in waited}
        return change(process, {self.output: {"after": after}})

    def _with_output(self, process: Process) -> Process:
        """The process with a new output, for which every step waits that waited for a part."""
        if self.name is None or self.at is None or self.limit is None:
            raise ReformError(f"{self.output} is a new step; give its name, its department (at) and its limit")
        output = Step(name=self.name, kind="internal", at=self.at, limit=Limit(committed=self.limit),
                      after=dict.fromkeys(self.steps, graph.NATURE))  # fmt: skip
        changes: dict[str, dict[str, Any]] = {}
        edges = graph.edges(process)
        for s, step in process.steps.items():
            origins = [o for (u, v), o in edges.items() if v == s and u in self.steps]
            if origins and s not in self.steps:
                habit = all(o == graph.ORDER for o in origins)
                after = {u: o for u, o in step.after.items() if u not in self.steps or o != graph.ORDER}
                changes[s] = {"after": after | {self.output: graph.ORDER if habit else graph.NATURE}}
        process = change(process, changes)
        return process.model_copy(update={"steps": {**process.steps, self.output: output}})


def _fees(steps: list[Step], kept: Step) -> tuple[Fee, ...]:
    """The fees of all steps, each still of the cases that went through its own."""
    together = all(s.when == kept.when for s in steps)
    return tuple(
        fee if together else fee.model_copy(update={"when": both(s.when, fee.when)}) for s in steps for fee in s.fees
    )


def _longest_limit(steps: list[Step], committed: Duration | None) -> Limit:
    """The longest limits of some steps."""
    return Limit(statutory=_longest([s.limit.statutory for s in steps]),
                 committed=committed or _longest([s.limit.effective for s in steps]))  # fmt: skip


def _longest(times: list[D | None]) -> D | None:
    """The longest of some times, in usual working days where their units differ."""
    return max((x for x in times if x), key=lambda x: x.mean_working_days(OFFICE_DAY), default=None)


def _together(works: list[Work]) -> Work | None:
    """The work of all, as far as one line can say it: hours of the same officers add up, else the longest is told.

    What a file asks for in the merged step is the work of every part, each by its own officers (`Effort`).
    """
    first = works[0] if works else None
    alike = first and all((w.by, w.staff, w.unit) == (first.by, first.staff, first.unit) for w in works)
    if first is None or not alike or not all(isinstance(w.amount, int | float) for w in works):
        return _longest(list(works))
    return first.model_copy(update={first.unit: float(sum(mean(w.amount) for w in works))})


def _circulation(steps: list[Step]) -> Duration | None:
    """The longest circulation stated; none where a part works to a limit, which then binds the whole."""
    if any(s.limit.effective and s.circulation is None for s in steps):
        return None
    return _longest([s.circulation for s in steps])


def _each_procedure_once(steps: list[Step]) -> tuple[Special, ...]:
    """The special procedures of some steps; one that several ask for is done once, at its longest."""
    found: dict[str, Special] = {}
    for special in (x for s in steps for x in s.special):
        known = found.get(special.procedure)
        found[special.procedure] = _longest([known, special]) or special
    return tuple(found.values())


def _fails(steps: list[Step], source: str) -> Fails | None:
    """How often one or another of the steps fails: one failing part blocks the common output."""
    found = [s.fails for s in steps if s.fails]
    if len(found) < 2:
        return found[0] if found else None
    return Fails(source=source, rate=1 - prod(1 - f.rate for f in found),
                 redo=next((f.redo for f in found if f.redo), None),
                 correction=_longest([f.correction for f in found]))  # fmt: skip


def _refused(steps: list[Step], source: str) -> Share | None:
    """How often one or another of the steps refuses."""
    found = [s.refused for s in steps if s.refused]
    if len(found) < 2:
        return found[0] if found else None
    return Share(source=source, share=1 - prod(1 - r.share for r in found))
