"""The few rewrites of which every reform is made; each returns a new process and never changes the old."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.core.errors import ReformError, unknown
from sim.spec import graph
from sim.spec.attributes import Condition, clash
from sim.spec.bundles import renamed
from sim.spec.process import Process
from sim.spec.step import Need, Step
from sim.spec.work import Lag


@dataclass(frozen=True)
class Rewrite:
    """A rewritten process, and what the guard has to know of the rewrite."""

    process: Process
    into: Mapping[str, str] = field(default_factory=dict)
    """Step that is gone → step that now does its work."""
    dropped: frozenset[str] = frozenset()
    """Steps that are gone for good."""
    together: frozenset[str] = frozenset()
    """Steps among which order-only edges may go."""
    unreviewed: frozenset[str] = frozenset()
    """Steps whose review is abolished, and its work with it."""
    visits: frozenset[str] = frozenset()
    """Merged steps in which the work of all parts is done at the same time."""
    let_go: frozenset[graph.Edge] = frozenset()
    """Legal edges that a statute lets go."""


def step_of(process: Process, step: str) -> Step:
    """The step, or a ReformError that names the ones there are."""
    if step not in process.steps:
        raise ReformError(unknown("step", step, process.steps))
    return process.steps[step]


def change(process: Process, steps: Mapping[str, Mapping[str, Any]]) -> Process:
    """The process with some fields of some steps changed."""
    changed = {s: step_of(process, s).model_copy(update=dict(fields)) for s, fields in steps.items()}
    return process.model_copy(update={"steps": {**process.steps, **changed}})


def both(standing: Condition, further: Condition) -> Condition:
    """The condition that both hold; raises ReformError where they ask different things of one attribute."""
    if name := clash(standing, further):
        raise ReformError(f"a condition on {name} stands already; say the cases by another attribute")
    return {**standing, **further}


def loosen(
    process: Process,
    group: Iterable[str],
    only: Collection[graph.Edge] | None = None,
    let_go: Collection[graph.Edge] = (),
) -> Process:
    """The process without the order-only edges inside a group, or `only` some of them, and those a law lets go.

    Everything else still waits as before: a member keeps what it waited for outside the group, also
    through fellow members; a step outside that waited for one member goes on waiting for every member
    which that one had waited for.
    """
    members = set(group)
    edges = graph.edges(process)
    habits = {e for e, origin in edges.items() if origin == graph.ORDER and members.issuperset(e)}
    gone = (habits if only is None else habits.intersection(only)).union(let_go)
    kept = {s: {u: o for u, o in process.steps[s].after.items() if (u, s) not in gone} for s in members}
    lags = {s: without_lag(process.steps[s], {u for u, v in gone if v == s}) for s in members}
    loosened = change(process, {s: {"after": after, "lag": lags[s]} for s, after in kept.items()})
    inside = {s: [u for u, v in edges if v == s and members.issuperset((u, s))] for s in process.steps}
    elders = graph.ancestors(inside)
    owed = {(u, heir) for u, v in edges if u not in members and v in members for heir in members if v in elders[heir]}
    owed |= {(elder, v) for u, v in edges if u in members and v not in members for elder in elders[u]}
    return _waiting(loosened, owed, graph.order(graph.predecessors(process)))


def without_lag(step: Step, gone: Collection[str]) -> dict[str, Lag]:
    """The lags of a step, but for those after the end of some steps."""
    return {u: lag for u, lag in step.lag.items() if u not in gone or lag.since == "start"}


def _waiting(process: Process, owed: Iterable[graph.Edge], order: Sequence[str]) -> Process:
    """The process in which each edge owed holds, by habit, where nothing else makes it hold already."""
    before = graph.predecessors(process)
    reached: dict[str, set[str]] = {}
    after = {s: dict(step.after) for s, step in process.steps.items()}
    for v in order:
        reached[v] = set(before[v]).union(*(reached[u] for u in before[v]))
        for u in sorted((u for u, later in owed if later == v), key=order.index, reverse=True):
            if u not in reached[v]:
                after[v][u] = graph.ORDER
                reached[v] |= {u, *reached[u]}
    return change(process, {s: {"after": waits} for s, waits in after.items()})


def detach(process: Process, step: str, earlier: Iterable[str], let_go: Collection[graph.Edge] = ()) -> Process:
    """The process in which a step no longer waits for some steps, but for what they wait for.

    Only what habit puts before it, or what a law lets go.
    """
    return loosen(process, {step, *earlier}, {(u, step) for u in earlier}, let_go)


def _named(origin: str) -> str:
    """How an edge of this origin is written: one that follows from a material becomes `nature`."""
    return graph.NATURE if origin == graph.MATERIAL else origin


def _strengthen(after: dict[str, str], step: str, origin: str) -> None:
    """Wait for a step, unless a stronger reason to wait for it stands already."""
    if after.get(step, graph.ORDER) == graph.ORDER:
        after[step] = origin


def drop(process: Process, steps: Iterable[str], instead: Mapping[str, str]) -> Process:
    """The process without some steps; what waited for them waits for what they waited for.

    A material that only a dropped step yields is replaced by the one named in `instead`.
    """
    gone = list(steps)
    for step in gone:
        process = _drop_one(process, step, instead)
    return process


def _drop_one(process: Process, gone: str, instead: Mapping[str, str]) -> Process:
    edges = graph.edges(process)
    legal_before = {u: _named(o) for (u, v), o in edges.items() if v == gone}
    lost = {old: new for old, new in instead.items() if old in process.steps[gone].yields}
    changes: dict[str, dict[str, Any]] = {}
    for step_id, step in process.steps.items():
        if (gone, step_id) not in edges or step_id == gone:
            continue
        after = {u: o for u, o in step.after.items() if u != gone}
        habitual = edges[gone, step_id] == graph.ORDER
        for u, origin in legal_before.items():
            _strengthen(after, u, graph.ORDER if habitual else origin)
        changes[step_id] = {"after": after, "needs": exchanged(step.needs, lost)}
    process = change(process, changes)
    steps = {s: x for s, x in process.steps.items() if s != gone}
    bundles = renamed(process.bundles, {gone: ()})
    process = process.model_copy(update={"bundles": bundles})
    lagging = {s: {u: lag for u, lag in x.lag.items() if u != gone} for s, x in steps.items()}
    return change(process.model_copy(update={"steps": steps}), {s: {"lag": lag} for s, lag in lagging.items()})


def exchanged(needs: Iterable[Need], instead: Mapping[str, str]) -> tuple[Need, ...]:
    """The needs with some materials in the place of others."""
    return _distinct(n.model_copy(update={"material": instead.get(n.material, n.material)}) for n in needs)


def _distinct(needs: Iterable[Need]) -> tuple[Need, ...]:
    """The needs, each material once; one that is needed for different reasons is needed of all cases."""
    once: dict[str, Need] = {}
    for need in needs:
        known = once.setdefault(need.material, need)
        if known.when != need.when:
            once[need.material] = known.model_copy(update={"when": {}})
    return tuple(once.values())


def fuse(process: Process, members: Iterable[str], into: str, fused: Step) -> Process:
    """The process in which some steps have become one, which waits for, needs and yields what they did."""
    gone = list(members)
    after: dict[str, str] = {}
    for (u, v), origin in graph.edges(process).items():
        if u not in gone and v in gone:
            _strengthen(after, u, _named(origin))
    inner = {m for s in gone for m in process.steps[s].yields}
    needs = _distinct(n for s in gone for n in _needs(process.steps[s], fused) if n.material not in inner)
    yields = tuple(dict.fromkeys(m for s in gone for m in process.steps[s].yields))
    lags = {u: lag for s in gone for u, lag in process.steps[s].lag.items() if u not in gone}
    step = fused.model_copy(update={"after": after, "lag": lags, "needs": needs, "yields": yields})
    steps: dict[str, Step] = {}
    for step_id, old in process.steps.items():
        if step_id not in gone:
            steps[step_id] = _redirect(old, gone, into)
        elif step_id == gone[-1]:
            steps[into] = _redirect(step, gone, into)
    bundles = renamed(process.bundles, dict.fromkeys(gone, (into,)))
    return process.model_copy(update={"steps": steps, "bundles": bundles})


def _needs(part: Step, fused: Step) -> tuple[Need, ...]:
    """What a part needs, still only of the cases that went through it."""
    if part.when == fused.when:
        return part.needs
    return tuple(n.model_copy(update={"when": both(part.when, n.when)}) for n in part.needs)


def _redirect(step: Step, gone: Iterable[str], into: str) -> Step:
    """The step, waiting for the fused step where it waited for its parts, and redone from it likewise."""
    after: dict[str, str] = {}
    for u, origin in step.after.items():
        _strengthen(after, into if u in gone else u, origin)
    fails = step.fails
    if fails and fails.redo and fails.redo in gone:
        fails = fails.model_copy(update={"redo": into})
    lags = {into if u in gone else u: lag for u, lag in step.lag.items()}
    return step.model_copy(update={"after": after, "lag": lags, "fails": fails})


def one_form(process: Process, steps: Iterable[str], form: str, window: str | None) -> Process:
    """The process in which the steps that take an application share one submission, and one touchpoint.

    A step that the applicant attends besides keeps a touchpoint of its own where the spec says so.
    """
    changes: dict[str, dict[str, Any]] = {}
    for s in steps:
        step = step_of(process, s)
        if step.official and step.needs:
            changes[s] = {"form": form} | ({"window": window} if window else {})
            if step.touchpoint and not step.attend:
                changes[s]["touchpoint"] = None
    return change(process, changes)
