"""Reforms that bring steps together: fused into one, or side by side under one form with one output."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any, Literal, TypeVar

from sim.core.errors import ReformError
from sim.reforms.base import Context, Ids, ProcessReform
from sim.reforms.limits import refuse_classes
from sim.reforms.order import refuse_beyond_bundle_cap, refuse_ordered_by_law
from sim.reforms.primitives import Rewrite, both, change, fuse, loosen, one_form, step_of
from sim.spec import graph
from sim.spec.amounts import mean
from sim.spec.base import Id, Name
from sim.spec.durations import OFFICE_DAY, Duration, Share
from sim.spec.fees import Fee
from sim.spec.limit import Limit
from sim.spec.process import Process
from sim.spec.step import Fails, Special, Step
from sim.spec.work import Opinion, Work, gathered

D = TypeVar("D", bound=Duration)


class Merge(ProcessReform):
    """合并办理, 联合踏勘: steps become one: the longest limit, the work of all, and all that they need, yield, fail on.

    With 联合踏勘 the officers of all do their work at one visit, at the same time, which lasts as long as the longest.
    """

    english = ("merged", "joint site visit")

    reform: Literal["合并办理", "联合踏勘"]
    """`合并办理` or `联合踏勘`."""
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
        for s, step in zip(self.steps, members, strict=True):
            if self.committed is None:
                refuse_classes(s, step, "say how long the merged step may take as committed")
        if self.reform == "联合踏勘":
            _refuse_no_visit(self.steps, members)
        kept = process.steps[self.into] if self.into in self.steps else members[-1]
        fused = kept.model_copy(update=self._fields(members, kept))
        gone = {s: self.into for s in self.steps if s != self.into}
        together = frozenset(self.steps)
        visits = frozenset({self.into} if self.reform == "联合踏勘" else ())
        return Rewrite(fuse(process, self.steps, self.into, fused), into=gone, together=together, visits=visits)

    def _fields(self, members: list[Step], kept: Step) -> dict[str, Any]:
        return {
            "name": self.name or kept.name,
            "limit": _longest_limit(members, self.committed),
            "classes": (),
            "opinions": _each_department_once(members),
            "tacit": next((s.tacit for s in (kept, *members) if s.tacit), None),
            "work": self._work(members),
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

    def _work(self, members: list[Step]) -> Work | None:
        """The work that the merged step is written with; nothing is lost of what a file asks for (`Effort`)."""
        if self.reform == "联合踏勘":
            return gathered([(s.at or "", s.work) for s in members if s.work])[1]
        return _together([s.work for s in members if s.work])


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


def _refuse_no_visit(names: Sequence[str], members: list[Step]) -> None:
    """Refuse to bring together what is no work that is stated, or is not done for the same cases."""
    for name, step in zip(names, members, strict=True):
        if step.work is None or step.classes:
            raise ReformError(
                f"{name} states no work that is done on site for every case; give its work, or use 合并办理"
            )
        if step.when != members[0].when:
            raise ReformError(f"{names[0]} and {name} are not for the same cases; bring together those that are")


def _longest_limit(steps: list[Step], committed: Duration | None) -> Limit:
    """The longest limits of some steps."""
    return Limit(statutory=_longest([s.limit.statutory for s in steps]),
                 committed=committed or _longest([s.limit.effective for s in steps]),
                 extended=_longest([s.limit.extended for s in steps]))  # fmt: skip


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


def _each_department_once(steps: list[Step]) -> tuple[Opinion, ...]:
    """The opinions that some steps ask for, still on the cases that go through them; a department is asked once."""
    alike = all(s.when == steps[0].when for s in steps)
    found: dict[tuple[str, str], Opinion] = {}
    for step, opinion in ((s, o) for s in steps for o in s.opinions):
        when = opinion.when if alike else both(step.when, opinion.when)
        known = found.get((opinion.at, str(when)))
        if known is None or _length(opinion) > _length(known):
            found[opinion.at, str(when)] = opinion.model_copy(update={"when": when})
    return tuple(found.values())


def _length(opinion: Opinion) -> float:
    longest = opinion.limit.effective or opinion.work
    return longest.mean_working_days(OFFICE_DAY) if longest else 0.0


def _fails(steps: list[Step], source: str) -> Fails | None:
    """How often one or another of the steps fails: one failing part blocks the common output."""
    found = [s.fails for s in steps if s.fails]
    if len(found) < 2:
        return found[0] if found else None
    return Fails(source=source, rate=1 - prod(1 - f.rate for f in found),
                 redo=next((f.redo for f in found if f.redo), None),
                 correction=_longest([f.correction for f in found]), **_often(found), again=_again(steps))  # fmt: skip


def _often(found: list[Fails]) -> dict[str, Any]:
    """How often the merged step may fail: as often as the part that may most often, without end where one may so."""
    if any(f.at_most is None for f in found):
        return {}
    return {"at_most": max(f.at_most or 0 for f in found),
            "then": "refused" if any(f.then == "refused" for f in found) else "granted"}  # fmt: skip


def _again(steps: list[Step]) -> Limit | None:
    """The limit of later attempts at the merged step: the longest, where one of the parts has another than at first."""
    if not any(s.fails and s.fails.again for s in steps):
        return None
    limits = [limit for s in steps if s.fails for _, limit in s.limits(1)]
    return Limit(statutory=_longest([x.statutory for x in limits]), committed=_longest([x.effective for x in limits]))


def _refused(steps: list[Step], source: str) -> Share | None:
    """How often one or another of the steps refuses."""
    found = [s.refused for s in steps if s.refused]
    if len(found) < 2:
        return found[0] if found else None
    return Share(source=source, share=1 - prod(1 - r.share for r in found))
