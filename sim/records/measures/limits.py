"""Totals of limits."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from sim.core.arrays import Ints, NDArray, np
from sim.records.frames import Records
from sim.records.measures import bounds
from sim.records.measures.base import Measure, Values, counts, first, ratio
from sim.records.tables import Flag, FlowTables, Node
from sim.records.units import SHARE, WORKING_DAYS
from sim.spec.base import Name
from sim.spec.scope import Scope

PROMISED: Callable[[Node], float] = attrgetter("promised")
AUTOMATIC: Callable[[Node], float] = attrgetter("automatic")
"""How long a step takes where a promise, or a system, decides."""
STATUTORY: bounds.Look = attrgetter("statutory")
COMMITTED: bounds.Look = attrgetter("committed")
"""How long its limits let it take in working days; an approved extension is no part of them, as in what is printed."""


def _promised_days(records: Records, scope: Scope) -> Values:
    return _longest(records, scope, COMMITTED, decided=True)


promised_days = Measure(
    id="promised_days",
    name=Name(zh="承诺时限合计", en="Promised time"),
    definition=Name(
        zh="每个部门都用满承诺时限、其他都不花时间时的工作日；没有时限的环节按零计",
        en="working days when every office uses up its committed limit and nothing else takes time; no limit is 0",
    ),
    unit=WORKING_DAYS,
    of=_promised_days,
    time=True,
    counted_steps=True,
    falls_with_limits=True,
    totals="effective",
)


def _statutory_days(records: Records, scope: Scope) -> Values:
    return _longest(records, scope, STATUTORY)


statutory_days = Measure(
    id="statutory_days",
    name=Name(zh="法定时限合计", en="Statutory time"),
    definition=Name(
        zh="每个部门都用满法定时限、其他都不花时间时的工作日；没有法定时限的环节按零计",
        en="working days when every office uses up its statutory limit and nothing else takes time; none is 0",
    ),
    unit=WORKING_DAYS,
    of=_statutory_days,
    time=True,
    counted_steps=True,
    totals="statutory",
)


def _longest(records: Records, scope: Scope, limit: bounds.Look, *, decided: bool = False) -> Values:
    """The longest chain of limits by case; `decided` takes those by which each case was in fact decided."""
    cases, flows = records.of_cases["case"], records.of_cases["flow"]
    result = np.zeros(len(cases))
    for number in np.unique(flows):
        flow, chosen = records.flows[number], flows == number
        lengths = np.array([
            bounds.by_case(flow, n, cases, limit) if counts(node, scope) else np.zeros(len(cases))
            for n, node in enumerate(flow.nodes)
        ])  # fmt: skip
        if decided:
            _decided_otherwise(records, scope, number, lengths)
        result[chosen] = _longest_path(flow, cases[chosen], lengths[:, chosen])
    return result


def _decided_otherwise(records: Records, scope: Scope, flow: int, lengths: NDArray[np.float64]) -> None:
    """Put in the lengths, by node and case, where a promise or a system decided instead of a review."""
    attempts, own = records.of_attempts, records.of_attempts["flow"] == flow
    for flag, length in ((Flag.PROMISED, PROMISED), (Flag.AUTOMATIC, AUTOMATIC)):
        found = own & ((attempts["flags"] & int(flag)) > 0)
        nodes = attempts["node"][found]
        limits = np.array([length(n) if counts(n, scope) else 0.0 for n in records.flows[flow].nodes])
        lengths[nodes, records.position[found]] = limits[nodes]


def _longest_path(flow: FlowTables, cases: Ints, lengths: NDArray[np.float64]) -> Values:
    """The longest chain by case, over the steps that the case goes through."""
    ends: list[Values] = []
    for number, (active, length) in enumerate(zip(flow.active, lengths, strict=True)):
        start = np.max([ends[u] for u in flow.before[number]], axis=0, initial=0.0)
        ends.append(start + length * (np.ones(len(cases)) if active is None else np.array(active)[cases]))
    longest: Values = np.max(ends, axis=0)
    return longest


def _cut_share(records: Records, scope: Scope) -> Values:
    statutory, length = (bounds.by_attempt(records, look) for look in (STATUTORY, COMMITTED))
    # A step that no statute binds compresses nothing.
    chosen = records.by_attempt(lambda node: counts(node, scope)) & (statutory > 0) & first(records)
    case, flags = records.position[chosen], records.of_attempts["flags"]
    for flag, decided in ((Flag.PROMISED, PROMISED), (Flag.AUTOMATIC, AUTOMATIC)):
        length = np.where(flags & int(flag) > 0, records.by_attempt(decided), length)
    committed = records.by_case(case, length[chosen])
    return 1 - ratio(committed, records.by_case(case, statutory[chosen]))


cut_share = Measure(
    id="cut_share",
    name=Name(zh="时限压缩比", en="Cut of limits"),
    definition=Name(
        zh="一减去承诺时限之和除以法定时限之和",
        en="one minus the sum of committed limits over the sum of statutory ones",
    ),
    unit=SHARE,
    of=_cut_share,
    counted_steps=True,
)
