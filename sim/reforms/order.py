"""Reforms of the order of steps: side by side, earlier, or gone."""

from __future__ import annotations

from typing import Any, Literal

from sim.core.errors import ReformError, unknown
from sim.reforms.base import Context, Ids, ProcessReform, fixed
from sim.reforms.primitives import Rewrite, both, change, detach, drop, exchanged, loosen, one_form, step_of
from sim.spec import graph
from sim.spec.attributes import Condition
from sim.spec.base import Id
from sim.spec.process import Process
from sim.spec.step import Need, Step

BUNDLE_DAYS = 45
"""Days within which a bundle handled together must be decided (行政许可法 第四十二条第二款)."""


class Parallel(ProcessReform):
    """并联审批: siblings start together and are joined at the end; only order-only edges go."""

    english = ("parallel approval",)

    reform: Literal["并联审批"]
    """`并联审批`."""
    steps: Ids
    """Steps that no longer wait for one another by habit."""
    form: Id | None = None
    """One submission for all of them; each keeps its own when left out."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process without the order-only edges inside the group."""
        refuse_without_habit(process, self.steps, context)
        process = loosen(process, self.steps)
        if self.form:
            process = one_form(process, self.steps, self.form, None)
        refuse_beyond_bundle_cap(process, self.steps)
        return Rewrite(process, together=frozenset(self.steps))


class EarlyStart(ProcessReform):
    """提前介入: a step no longer waits for some predecessors, which habit puts before it, or which a law lets go."""

    english = ("early start",)

    reform: Literal["提前介入"]
    """`提前介入`."""
    step: Id
    """Step that starts earlier."""
    before: Ids
    """Steps it no longer waits for."""
    law: Id | None = None
    """Statute by which the step need not wait for those that a law or a paper puts before it."""
    instead: dict[Id, Id] = {}
    """Paper that it needs from one of them → paper handed in instead, such as a draft."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process in which the step waits for what those steps wait for."""
        step = step_of(process, self.step)
        if self.law is not None and (self.law not in context.sources or context.sources[self.law].kind != "law"):
            raise ReformError(f"law must name a source of kind law, found {self.law}")
        before = graph.edges(process)
        origins = {earlier: before.get((earlier, self.step)) for earlier in self.before if step_of(process, earlier)}
        for earlier, origin in origins.items():
            self._refuse(earlier, origin, context)
        needs = self._needs(process, step, context)
        legal = {u: self.law for u, origin in origins.items() if origin != graph.ORDER}
        let_go = frozenset((u, self.step) for u in legal)
        # What a paper put before it is for the law to let go, once another paper takes its place.
        process = change(process, {self.step: {"needs": needs, "after": {**step.after, **legal}}})
        process = detach(process, self.step, self.before, let_go)
        return Rewrite(process, together=frozenset({self.step, *self.before}), let_go=let_go)

    def _refuse(self, earlier: str, origin: str | None, context: Context) -> None:
        """Refuse to start before a step that has to come first."""
        if origin is None:
            raise ReformError(f"{self.step} does not wait for {earlier}; name a step directly before it")
        if origin == graph.NATURE or (origin != graph.ORDER and self.law is None):
            remedy = "" if origin == graph.NATURE else ", unless a statute lets it: name that as law"
            raise ReformError(fixed(earlier, self.step, origin, context) + remedy)

    def _needs(self, process: Process, step: Step, context: Context) -> tuple[Need, ...]:
        """What the step needs when papers of those steps are not there yet."""
        given = {m: s for s in self.before for m in process.steps[s].yields}
        for old, new in self.instead.items():
            if old not in given or old not in {need.material for need in step.needs}:
                raise ReformError(f"{self.step} needs no {old} from {', '.join(self.before)}; take it out of instead")
            if new not in context.materials:
                raise ReformError(unknown("material", new, context.materials))
        missing = sorted(n.material for n in step.needs if n.material in given and n.material not in self.instead)
        if missing:
            raise ReformError(f"{self.step} needs {', '.join(missing)} from a step that it no longer waits for; "
                              "say what is handed in instead")  # fmt: skip
        return exchanged(step.needs, self.instead)


class Abolish(ProcessReform):
    """取消, 免审, 非禁免批: a step goes, for all cases or for those of lower risk."""

    english = ("dropped", "waived")
    aliases = {"非禁免批": "免审"}

    reform: Literal["取消", "免审"]
    """`取消` or `免审`."""
    steps: Ids
    """Steps that go."""
    unless: Condition = {}
    """Cases that still go through them; none when left out."""
    instead: dict[Id, Id] = {}
    """Material that only a dropped step yields → material handed in instead, such as a written promise."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process without the steps, or with them for some cases only."""
        for step_id in self.steps:
            step_of(process, step_id)
        if self.unless:
            return Rewrite(self._for_some(process))
        self._refuse_loss(process, context)
        return Rewrite(drop(process, self.steps, self.instead), dropped=frozenset(self.steps))

    def _for_some(self, process: Process) -> Process:
        """The process in which the others neither go through the steps nor are asked for what they yield."""
        if self.instead:
            raise ReformError("instead is for steps that go for all cases; take it out, or take unless out")
        given = {m for s in self.steps for m in process.steps[s].yields}
        changes: dict[str, dict[str, Any]] = {s: {"when": both(process.steps[s].when, self.unless)} for s in self.steps}
        for s, step in process.steps.items():
            if given & {n.material for n in step.needs}:
                needs = [n.model_copy(update={"when": both(n.when, self.unless)}) if n.material in given else n
                         for n in step.needs]  # fmt: skip
                changes.setdefault(s, {})["needs"] = tuple(needs)
        return change(process, changes)

    def _refuse_loss(self, process: Process, context: Context) -> None:
        """Refuse to lose a material that somebody needs and for which nothing is handed in instead."""
        given = {m for s in self.steps for m in process.steps[s].yields}
        for old, new in self.instead.items():
            if old not in given:
                raise ReformError(f"{old} is not yielded by {', '.join(self.steps)}; take it out of instead")
            if new not in context.materials:
                raise ReformError(unknown("material", new, context.materials))
        lost = given - set(self.instead)
        for s, step in process.steps.items():
            short = sorted(lost & {n.material for n in step.needs})
            if s not in self.steps and short:
                raise ReformError(f"{s} needs {', '.join(short)}, which nobody would yield; "
                                  "say what is handed in instead")  # fmt: skip


def refuse_without_habit(process: Process, steps: Ids, context: Context) -> None:
    """Refuse a group in which nothing waits, or everything waits by law or nature."""
    refuse_ordered_by_law(process, steps, context)
    if not _inside(process, steps):
        raise ReformError(f"{', '.join(steps)} do not wait for one another already; the reform changes nothing")


def refuse_ordered_by_law(process: Process, steps: Ids, context: Context) -> None:
    """Refuse a group in which steps wait for one another, but none by habit."""
    inside = _inside(process, steps)
    if inside and graph.ORDER not in inside.values():
        (earlier, later), origin = next(iter(inside.items()))
        raise ReformError(fixed(earlier, later, origin, context))


def _inside(process: Process, steps: Ids) -> dict[graph.Edge, str]:
    for s in steps:
        step_of(process, s)
    return {e: o for e, o in graph.edges(process).items() if set(e) <= set(steps)}


def refuse_beyond_bundle_cap(process: Process, steps: Ids) -> None:
    """Refuse a bundle whose longest limit is beyond the statutory cap of joint handling."""
    for s in steps:
        limit = process.steps[s].limit.effective
        if limit and limit.unit == "days" and isinstance(limit.amount, int | float) and limit.amount > BUNDLE_DAYS:
            raise ReformError(f"{s} has a limit of {limit.amount:g} days; a bundle handled together must be decided "
                              f"within {BUNDLE_DAYS} (行政许可法 第四十二条第二款)")  # fmt: skip
