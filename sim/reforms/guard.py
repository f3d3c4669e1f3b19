"""The legal guard: what no reform may take away."""

from __future__ import annotations

from sim.core.errors import ReformError
from sim.reforms.primitives import Rewrite
from sim.spec import graph
from sim.spec.forms import circle, said
from sim.spec.kinds import KINDS
from sim.spec.procedures import listed
from sim.spec.process import Process


def guard(before: Process, rewrite: Rewrite) -> None:
    """Refuse a rewrite that loses an ancestor or a legal edge it has no right to lose."""
    old, new = graph.predecessors(before), graph.predecessors(rewrite.process)
    if ring := circle(rewrite.process):
        raise ReformError(f"the steps would wait for one another in a circle: {said(ring)}")
    after = graph.ancestors(new)

    def now(step: str) -> str:
        return rewrite.into.get(step, step)

    for step, elders in graph.ancestors(old).items():
        if step in rewrite.dropped:
            continue
        here = now(step)
        fellows = rewrite.together if step in rewrite.together else frozenset()
        lost = {now(e) for e in elders - rewrite.dropped - fellows} - after[here] - {here}
        if lost:
            raise ReformError(f"{step} would no longer wait for {', '.join(sorted(lost))}; "
                              "a reform may only loosen the order among its own steps")  # fmt: skip
    for (u, v), origin in graph.legal_edges(before).items():
        if (u, v) in rewrite.let_go:
            continue
        if not {u, v} & rewrite.dropped and now(u) != now(v) and now(u) not in after[now(v)]:
            raise ReformError(f"{u} → {v} is a legal edge ({origin}) and may not be dropped")


def guard_floor(before: Process, rewrite: Rewrite) -> None:
    """Refuse a rewrite that shortens a statutory wait, unless a law orders it: no city's reform moves that floor."""
    for step_id, step in before.steps.items():
        if KINDS[step.kind].statutory or listed(step.procedure):
            now = rewrite.process.steps.get(rewrite.into.get(step_id, step_id))
            if now is None or now.done_before or now.when != step.when or now.duration != step.duration:
                raise ReformError(f"{step_id} is a statutory wait and stands as it is; only a law changes it")
