"""A program in little room: its numbers, of which there is one for every case, in four bytes each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Ints32, Whole
from sim.records.log import LATEST
from sim.records.tables import Allowed, Corrections, Deferral, Program


def short(numbers: Whole) -> Ints32:
    """The numbers in four bytes each; a time that no log can tell becomes the longest that it can, as good as never."""
    if numbers.dtype == np.int32:
        return numbers
    if not numbers.strides[0] and len(numbers):
        one = np.minimum(numbers[:1], LATEST).astype(np.int32)
        return np.ndarray(numbers.shape, np.int32, one, strides=(0,))
    told = numbers if numbers.max(initial=0) <= LATEST else np.minimum(numbers, LATEST)
    found: Ints32 = told.astype(np.int32)
    return found


def shortened(program: Program) -> Program:
    """The program with all its whole numbers in four bytes each, as those of its lines are."""
    later, turns = program.deferral, program.corrections
    return replace(
        program,
        flags=_known(program.flags),
        papers=_known(program.papers),
        visits=_known(program.visits),
        rounds=_known(program.rounds),
        prepare=_spell(program.prepare),
        deferral=later and Deferral(_spell(later.supply), _time(later.allowed)),
        corrections=turns and Corrections(_time(turns.allowed), short(turns.visits), short(turns.each)),
        silences=[_time(silence) for silence in program.silences],
    )


def _known(numbers: Whole | None) -> NDArray[np.int32] | None:
    return None if numbers is None else short(numbers)


def _spell(times: Sequence[tuple[int, Whole]]) -> list[tuple[int, Whole]]:
    return [(clock, short(seconds)) for clock, seconds in times]


def _time(allowed: Allowed) -> Allowed:
    return Allowed(allowed.unit, short(allowed.within), allowed.clock)
