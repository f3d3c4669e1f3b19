"""Attribution: what each reform, or each bundle of reforms, buys, alone, last and in fair share."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from scipy.special import stdtrit

from sim.analysis.estimate import CONFIDENCE, Estimate
from sim.analysis.intervals import student
from sim.analysis.verdict import judge
from sim.core.arrays import Floats
from sim.core.errors import PlannerError
from sim.core.progress import Tell, silent
from sim.decide import shapley
from sim.decide.attributed import Attributed, Attribution, Bought, Subset, Together
from sim.decide.coalitions import By, Coalitions, Part, parts
from sim.decide.questions import Question, number
from sim.decide.valuing import Player, Worth, worths
from sim.engine.counters import staff_of
from sim.records.statistics import SAME
from sim.scenario.prepared import Prepared

MOST_EXACT = 12
"""Parts up to which every coalition is played."""
RUNS, ORDERS = 8, 24
"""Replications, and orders sampled where there are more parts than that, when nothing else is asked for."""
PLAYS = 8_192
"""Coalitions times replications above which fewer replications are played when nothing else is asked for."""
PAIRED = 6
"""Parts of which each pair is played where orders are sampled: those that do most otherwise last than alone."""


def attribute(
    prepared: Prepared,
    questions: Sequence[Question],
    variant: str,
    by: By = "reform",
    *,
    seed: int = 1,
    runs: int | None = None,
    orders: int = ORDERS,
    workers: int = 1,
    tell: Tell = silent,
) -> Attribution:
    """What each part of a variant does to what is asked, on the same applicants with the same luck.

    Up to twelve parts every coalition of them is played; above, pairs of random orders, the error of which is stated.
    When nothing else is asked for, in eight replications, in four of eleven parts and two of twelve.
    Raises PlannerError for a variant without parts, fewer than two runs or three pairs of orders.
    """
    found = parts(prepared, variant, by)
    size, staff = len(found), staff_of(prepared)
    runs = usual_runs(size) if runs is None else runs
    for name, least, given in (("runs", 2, runs), ("orders", 6, orders), ("workers", 1, workers)):
        if given < least:
            raise PlannerError(f"{name} is at least {least}, found {given}")
    player = Player(prepared, staff, questions, seed, runs, Coalitions(prepared, found))
    drawn = shapley.orders(size, orders // 2, seed) if size > MOST_EXACT else []
    values = worths(player, _first(size, drawn), workers, tell)
    games = [_Game(q, n, found, values, drawn) for n, q in enumerate(questions)]
    if drawn and (pairs := {m for game in games for m in game.pairs()} - values.keys()):
        more = worths(player, pairs, workers, tell)
        values |= more
    return Attribution(
        prepared=prepared,
        variant=variant,
        by=by,
        seed=seed,
        runs=runs,
        parts=tuple(found),
        answers=tuple(game.answer() for game in games),
        refused={found[i].id: why for n in range(size) for i, why in values[1 << n].refused[:1]},
        coalitions=len(values),
        worlds=len({worth.key for worth in values.values()}),
        orders=len(drawn),
    )


def usual_runs(size: int) -> int:
    """The replications that are played of so many parts when nothing else is asked for; two at least."""
    return max(2, min(RUNS, PLAYS >> size)) if size <= MOST_EXACT else RUNS


def _first(size: int, drawn: Sequence[Sequence[int]]) -> set[int]:
    """The coalitions to be played: all, or those of the orders drawn, of the written one, and all but one or of one."""
    if not drawn:
        return set(range(1 << size))
    whole = (1 << size) - 1
    ends = {m for i in range(size) for m in (1 << i, whole ^ 1 << i)}
    return ends | {m for order in (range(size), *drawn) for m in shapley.prefixes(order)}


@dataclass
class _Game:
    """One number as a game of the parts."""

    question: Question
    place: int
    """Of the question among those asked."""
    parts: Sequence[Part]
    values: Mapping[int, Worth]
    """Grows while more coalitions are played."""
    orders: Sequence[Sequence[int]]

    @property
    def worth(self) -> dict[int, Floats]:
        baseline = self.values[0].readings[self.place]
        return {m: number(self.question, w.readings[self.place], baseline) for m, w in self.values.items()}

    def answer(self) -> Attributed:
        """What each part does to the number."""
        worth = self.worth
        whole = (1 << len(self.parts)) - 1
        before, after, change = (_estimate(x) for x in (worth[0], worth[whole], worth[whole] - worth[0]))
        subsets = tuple(self._subset(m, worth[m]) for m in sorted(worth, key=lambda m: (m.bit_count(), m)))
        lost = next((s.parts for s in subsets if math.isnan(s.value.mean)), None)
        if lost is not None:
            return Attributed(self.question, before, after, change, (), (), lost, known=False, subsets=subsets)
        bought, together = tuple(self._bought(worth)), tuple(self._together(worth))
        return Attributed(self.question, before, after, change, bought, together, subsets=subsets)

    def _subset(self, members: int, found: Floats) -> Subset:
        target, value = self.question.target, _estimate(found)
        there = tuple(part for i, part in enumerate(self.parts) if members >> i & 1)
        refused = tuple((self.parts[i], why) for i, why in self.values[members].refused)
        verdict = judge(target, value) if target and not math.isnan(value.mean) else None
        return Subset(there, value, verdict, refused)

    def _bought(self, worth: Mapping[int, Floats]) -> Iterator[Bought]:
        size = len(self.parts)
        if self.orders:
            shares, spread = shapley.sampled(worth, self.orders, size)
            errors = [float(x) for x in spread]
            wide = float(stdtrit(len(self.orders) // 2 - 1, (1 + CONFIDENCE) / 2))
        else:
            shares, errors, wide = shapley.shapley(worth, size), [0.0] * size, 0.0
        for i, part in enumerate(self.parts):
            last = shapley.last(worth, i, size)
            yield Bought(
                part=part,
                alone=_estimate(shapley.alone(worth, i)),
                last=_estimate(last),
                stacked=_estimate(shapley.stacked(worth, i)),
                share=_widened(_estimate(shares[i]), wide * errors[i]),
                error=wide * errors[i],
                needed=self._turns(float(worth[(1 << size) - 1][0]), float(last[0])),
            )

    def _turns(self, after: float, last: float) -> bool:
        wanted = self.question.wanted
        return wanted is not None and wanted.meets(after) and not wanted.meets(after - last)

    def pairs(self) -> set[int]:
        """The pairs to be played where orders are sampled, of those that do most otherwise last than alone."""
        return {1 << i | 1 << j for i, j in self._paired(self.worth)}

    def _paired(self, worth: Mapping[int, Floats]) -> list[tuple[int, int]]:
        size = len(self.parts)

        def moved(i: int) -> float:
            return abs(float((shapley.last(worth, i, size) - shapley.alone(worth, i))[0]))

        chosen = sorted(sorted(range(size), key=lambda i: (-moved(i), i))[:PAIRED])
        return list(combinations(chosen, 2))

    def _together(self, worth: Mapping[int, Floats]) -> list[Together]:
        if self.orders:
            effects = {(i, j): shapley.second_difference(worth, i, j) for i, j in self._paired(worth)}
        else:
            effects = shapley.interaction(worth, len(self.parts))
        level = 1 - (1 - CONFIDENCE) / max(len(effects), 1)  # Bonferroni: all of them at once
        found = [Together(self.parts[i], self.parts[j], _estimate(effect, level)) for (i, j), effect in effects.items()]
        told = (one for one in found if _exceeds_noise(one.effect))
        return sorted(told, key=lambda one: -abs(one.effect.mean))


def _exceeds_noise(effect: Estimate) -> bool:
    return abs(effect.mean) > SAME and not effect.low <= 0 <= effect.high


def _estimate(found: Floats, level: float = CONFIDENCE) -> Estimate:
    """The number with its interval, from what it is without each replication in turn."""
    return student(float(found[0]), found[1:], len(found) - 1, level)


def _widened(found: Estimate, error: float) -> Estimate:
    """The interval with another, independent error in it; half widths add as squares."""
    low, high = (math.hypot(end - found.mean, error) for end in (found.low, found.high))
    return replace(found, low=found.mean - low, high=found.mean + high)
