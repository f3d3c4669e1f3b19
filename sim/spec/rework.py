"""How often a case goes through each step when some fail and send it back."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from sim.spec import graph
from sim.spec.step import Step


def redone(step_id: str, first: str, order: list[str], elders: Mapping[str, frozenset[str]]) -> list[str]:
    """What is done again when a step fails: from the one it goes back to, in this order, up to itself."""
    return [first, *(n for n in order if n != first and first in elders[n] and n in {step_id, *elders[step_id]})]


def passes(steps: Mapping[str, Step], before: Mapping[str, list[str]]) -> dict[str, float]:
    """Step → how often a case goes through it on average, by the rates at which steps fail.

    A later step that sends a case back makes it pass the checks before it once more, so that failures are counted
    from the end. Infinite where a step never succeeds.
    """
    order, elders = graph.order(before), graph.ancestors(before)
    found = dict.fromkeys(order, 1.0)
    for step_id in reversed(order):
        fails = steps[step_id].fails
        if fails:
            failures = found[step_id] * fails.rate / (1 - fails.rate) if fails.rate < 1 else inf
            for again in redone(step_id, fails.redo or step_id, order, elders):
                found[again] += failures
    return found
