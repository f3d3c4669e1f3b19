"""What a measure is, and what all measures share: the attempts a scope speaks of, and sums over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.core.arrays import Floats, Ints, Mask, NDArray, np
from sim.records.frames import Records
from sim.records.tables import SUBMISSION, Flag, Node
from sim.records.units import Unit
from sim.spec.base import Name
from sim.spec.categories import Category
from sim.spec.scope import Scope

Values = Floats
"""One number per measured case."""
Of = Callable[[Records, Scope], Values]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure: what it is called and means, its unit, and how it is found."""

    id: str
    name: Name
    definition: Name
    """What is measured, in a phrase."""
    unit: Unit
    of: Of
    time: bool = False
    """Whether refused and revoked cases have none: the statute times decisions that were granted, and stand."""
    clock: bool = False
    """Whether it is one of the three clocks, which run while a case is under way."""
    counted_steps: bool = False
    """Whether it looks at counted steps only, at every step else."""
    other_reading: str | None = None
    """Id of the measure that reads the same figure in another way, and stands beside it."""
    falls_with_limits: bool = False
    """Whether it comes down as committed limits do."""
    totals: Literal["effective", "statutory"] | None = None
    """Which limits it adds up, a step that has none counting as nothing; None where it adds up none."""
    of_all: bool = False
    """Whether it is one number of all cases of a replication, and not found of each case by itself."""
    goes_in: bool = False
    """Whether it is what the scenario says, so that nothing is found by measuring it."""


def in_scope(node: Node, scope: Scope) -> bool:
    """Whether a scope speaks of a node; a common submission belongs to each of its steps."""
    chosen = scope.steps is None or not set(node.steps).isdisjoint(scope.steps)
    return chosen and node.kind not in scope.exclude


def counts(node: Node, scope: Scope) -> bool:
    """Whether the time of a node counts for a scope."""
    return (node.counted or node.kind in scope.include) and in_scope(node, scope)


def first(records: Records) -> Mask:
    """By attempt: whether it is the first attempt."""
    found: Mask = records.of_attempts["nth"] == 0
    return found


def asked(records: Records, scope: Scope, numbers: NDArray[np.generic], *, again: bool = False) -> Values:
    """By case: the sum of numbers given by run over the steps of a scope, first attempts only or `again` too."""
    chosen = records.by_attempt(lambda node: in_scope(node, scope)) & (again | first(records))
    return records.by_case(records.position[chosen], numbers[chosen])


def ratio(part: Values, whole: Values) -> Values:
    """By case: part over whole; not-a-number where there is no whole."""
    found: Values = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return found


@dataclass(frozen=True)
class Timed:
    """The attempts whose time counts, and the moments between which it does."""

    rows: Ints
    """Rows of the attempts."""
    case: Ints
    """Positions of their cases."""
    start: Ints
    end: Ints


def timed(records: Records, scope: Scope) -> Timed:
    """The attempts whose time counts for a scope: from acceptance to decision, or all of it outside the offices."""
    return records.once(_timed, scope)


def _timed(records: Records, scope: Scope) -> Timed:
    attempts = records.of_attempts
    accepted, decided = attempts["accepted"], attempts["decided"]
    start = np.where(accepted >= 0, accepted, attempts["ready"])
    end = np.where(decided >= 0, decided, attempts["finished"])
    # A common submission counts from when silence accepted it; otherwise its steps are accepted after it.
    silent = records.by_attempt(lambda node: node.kind == SUBMISSION and in_scope(node, scope)) & (accepted >= 0)
    lapsed = (attempts["flags"] & int(Flag.LAPSED)) > 0  # what nobody accepted in the end is no time at all
    counting = (records.by_attempt(lambda node: counts(node, scope)) | silent) & ~lapsed
    rows = np.flatnonzero(counting & (end >= start))
    return Timed(rows, records.position[rows], start[rows], end[rows])


def stops(records: Records, attempts: Timed, scope: Scope) -> Timed:
    """What stops the clock between acceptance and decision: special procedures, and waiting for the applicant.

    Special procedures do not where the scope counts them. `rows` are the rows of the attempts they are inside.
    """
    return records.once(_stops, scope, attempts)


def _stops(records: Records, attempts: Timed, scope: Scope) -> Timed:
    counting = np.zeros(records.tries, dtype=bool)
    counting[attempts.rows] = True
    stopping = [Category.APPLICANT] if "special" in scope.include else [Category.APPLICANT, Category.SPECIAL]
    stands = np.isin(records.of_main["category"], stopping)
    attempt, start, end = (records.of_main[c][stands] for c in ("attempt", "started", "ended"))
    rows = records.row(attempt)
    accepted, decided = (records.of_attempts[c][rows] for c in ("accepted", "decided"))
    inside = counting[rows] & (accepted >= 0) & (start >= accepted) & ((decided < 0) | (end <= decided))
    return Timed(rows[inside], records.position[rows[inside]], start[inside], end[inside])
