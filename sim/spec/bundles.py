"""Limits of several steps together, and what each step has of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import inf, isinf

from sim.spec import graph
from sim.spec.durations import OFFICE_DAY, Duration
from sim.spec.limit import Bundle, Limit
from sim.spec.process import Process


def shared_out(process: Process) -> Process:
    """Return the process in which every step of a bundle has its part of the limit of the whole."""
    for bundle in process.bundles.values():
        known = [s for s in bundle.steps if s in process.steps]
        if bundle.limit.effective and isinstance(bundle.limit.effective.amount, int | float) and known:
            limits = parts_of(process, known, bundle.limit.effective)
            steps = {s: process.steps[s].model_copy(update={"limit": limit}) for s, limit in limits.items()}
            process = process.model_copy(update={"steps": {**process.steps, **steps}})
    return process


def parts_of(process: Process, steps: Sequence[str], whole: Duration) -> dict[str, Limit]:
    """Return the limits of some steps when one of the whole is shared out over them; a shorter one of their own stays.

    Where they wait for one another in a circle nothing is shared out.
    """
    limits, before = {s: process.steps[s].limit for s in steps}, graph.predecessors(process)
    known = {s: [u for u in earlier if u in before] for s, earlier in before.items()}
    if graph.cycle(known):
        return limits
    own = {s: _days(x.effective) if x.effective else inf for s, x in limits.items()}
    part, days = equal_part(_days(whole), own, graph.ancestors(known)), _days(whole)
    share = whole.model_copy(update={whole.unit: round(_amount(whole) * part / days, 6)}) if days else whole
    return {s: x.model_copy(update={"committed": share}) if own[s] > part else x for s, x in limits.items()}


def with_bundle(process: Process, bundle: Bundle) -> Process:
    """Return the process with one bundle more; it takes the place of one over the same steps."""
    others = {name: b for name, b in process.bundles.items() if set(b.steps) != set(bundle.steps)}
    return process.model_copy(update={"bundles": {**others, "_".join(bundle.steps): bundle}})


def renamed(bundles: Mapping[str, Bundle], now: Mapping[str, Sequence[str]]) -> dict[str, Bundle]:
    """Return the bundles after some steps became others; one that has no step left is gone."""
    found = {}
    for name, bundle in bundles.items():
        steps = tuple(dict.fromkeys(x for s in bundle.steps for x in now.get(s, (s,))))
        if steps:
            found[name] = bundle.model_copy(update={"steps": steps})
    return found


def equal_part(whole: float, own: Mapping[str, float], elders: Mapping[str, Collection[str]]) -> float:
    """The part that each step gets when the longest chain of them lasts the whole: days, as the whole and `own` are.

    `own` are the limits the steps have already, in an order in which each stands after its `elders`; one shorter than
    the part stays. Infinite where all of them together are shorter than the whole.
    """
    steps = sorted(own, key=lambda s: len(elders[s]))
    part = inf
    while True:
        left, free = whole, sorted(own[s] for s in _longest(steps, own, elders, part))
        while free and free[0] < left / len(free):
            left -= free.pop(0)
        less = left / len(free) if free else inf
        if less >= part:
            return part
        part = less


def _longest(
    steps: Sequence[str], own: Mapping[str, float], elders: Mapping[str, Collection[str]], part: float
) -> list[str]:
    """The chain of steps that lasts longest when each takes the part, or its own limit where that is shorter."""
    lasts: dict[str, tuple[int, float]] = {}
    before: dict[str, str] = {}
    for step in steps:
        known = [s for s in lasts if s in elders[step]]
        takes = min(own[step], part)
        endless, days = (1, 0.0) if isinf(takes) else (0, takes)
        if known:
            before[step] = max(known, key=lasts.__getitem__)
            endless, days = endless + lasts[before[step]][0], days + lasts[before[step]][1]
        lasts[step] = endless, days
    chain = [max(lasts, key=lasts.__getitem__)]
    while chain[-1] in before:
        chain.append(before[chain[-1]])
    return chain


def _days(limit: Duration) -> float:
    """A limit in usual working days, to compare limits in different units by."""
    return limit.mean_working_days(OFFICE_DAY)


def _amount(whole: Duration) -> float:
    assert isinstance(whole.amount, int | float)
    return float(whole.amount)
