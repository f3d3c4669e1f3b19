"""How far the mean of a window is from the truth, and how often its printed interval holds it, played by the engine.

    python -m tests.benchmark.windows

prints a Markdown table, in minutes. Queues whose mean time in the system is known (Kleinrock, Queueing
Systems, volume I; with several officers Erlang C) are played from empty, as scenarios are: one officer, and two of whom
files of other matters take a part of their time. Every run has the least replications of a scenario that states none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from sim.analysis.intervals import mean
from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.engine.staffing import derived_staff
from sim.records.measures.base import Values
from sim.records.spans import spans
from sim.scenario.prepared import Prepared

from ..small import NONSTOP, PRACTICE, scenario, service, world

LEAST = 10
"""Replications of a run."""
REPEATS = 1_000
"""Runs of each window."""
STEP = "  serve: {name: {zh: 办理, en: Serve}, at: desk, work: {hours: {exponential: 1}, source: guess}}"
OTHERS = PRACTICE + "other_file: {hours: {exponential: 1}, source: guess}\n"
GROUP = "{{count: {officers}, other: {{share: {other}, source: guess}}, hours: office, source: guess}}"
HEAD = (
    "| | weeks | warm-up | bias of the mean | interval holds |",
    "| --- | ---: | ---: | ---: | ---: |",
)


@dataclass(frozen=True)
class Desk:
    """Officers who serve cases of an hour on average, and files of other matters that take as long."""

    name: str
    officers: int
    own: float
    """Share of their time that cases take."""
    other: float
    """Share that other matters take."""

    @property
    def truth(self) -> float:
        """Mean hours that a case is there, in the long run."""
        load = self.officers * (self.own + self.other)
        some = [1.0]
        for k in range(1, self.officers + 1):
            some.append(some[-1] * load / k)
        full = some[-1] * self.officers / (self.officers - load)
        return full / (sum(some[:-1]) + full) / (self.officers - load) + 1

    def asked(self, weeks: int, warm_up: int) -> Prepared:
        """The scenario that measures so many weeks after so many of warm-up."""
        demand = f"every_minutes: {{exponential: {60 / (self.officers * self.own)}}}"
        group = GROUP.format(officers=self.officers, other=self.other)
        desk = f"desk: {{name: {{zh: 台, en: Desk}}, staff: {{officers: [{group}]}}}}"
        place = NONSTOP.replace("departments: {}", f"departments:\n  {desk}")
        return world(service(STEP), scenario(0, demand, weeks=weeks, warm_up=warm_up), place, OTHERS)


ALONE = Desk("one officer, 70 % busy with cases", 1, 0.7, 0.0)
SHARED = Desk("two officers, 40 % busy with cases, 30 % with other matters", 2, 0.4, 0.3)
WINDOWS = ((ALONE, 1, 0), (ALONE, 8, 4), (SHARED, 1, 0), (SHARED, 8, 4))
"""What is played: a desk, the weeks measured and those before."""


def hours(prepared: Prepared, replication: int) -> Values:
    """How long each measured case of a replication is there."""
    draws = Draws(1, replication)
    tables = compile_variant(prepared, prepared.variants[0], derived_staff(prepared), draws)
    (found,) = spans(tables, simulate(tables)).values()
    measured: Values = found.days[found.warm_up :] * 24
    return measured


@dataclass(frozen=True)
class Found:
    """How the mean of a window fares."""

    bias: float
    """The mean of all runs together, less the truth, as a share of it."""
    error: float
    """Standard error of the bias."""
    holds: float
    """Share of the intervals that hold the truth."""


def fared(desk: Desk, sample: Sequence[Values]) -> Found:
    """How the mean fares in runs of the least replications each."""
    runs = [mean(sample[n : n + LEAST]) for n in range(0, len(sample), LEAST)]
    held = [found.low <= desk.truth <= found.high for found in runs]
    whole = np.array([(x.sum(), len(x)) for x in sample])
    ratio = whole[:, 0].sum() / whole[:, 1].sum()
    apart = (whole[:, 0] - ratio * whole[:, 1]) / whole[:, 1].mean()
    return Found(ratio / desk.truth - 1, apart.std(ddof=1) / sqrt(len(sample)) / desk.truth, float(np.mean(held)))


def table() -> Iterator[str]:
    """The lines of the result."""
    yield from HEAD
    for desk, weeks, warm_up in WINDOWS:
        prepared = desk.asked(weeks, warm_up)
        found = fared(desk, [hours(prepared, n) for n in range(REPEATS * LEAST)])
        bias = f"{found.bias:+.1%} ± {2 * found.error:.1%}".replace("-", "−")
        yield f"| {desk.name} | {weeks} | {warm_up} | {bias} | {found.holds:.1%} |"


if __name__ == "__main__":
    for line in table():
        print(line, flush=True)
