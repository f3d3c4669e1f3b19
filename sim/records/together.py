"""The records of several replications that were made at once: what is found case by case is found of all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

import numpy as np

from sim.core.arrays import Ints
from sim.records.columns import Columns
from sim.records.frames import Records, all_records, by_process
from sim.records.log import Log
from sim.records.tables import Tables

T = TypeVar("T")
_NOTHING = np.empty(0, dtype=np.int32)


def by_process_together(whole: Tables, each: Sequence[tuple[Tables, Log]],
                        finds: Sequence[Callable[[Records], T]]) -> list[list[T]]:  # fmt: skip
    """By replication and process: what is found of the records; `whole` are the tables of all replications."""
    if len(each) == 1:
        return [by_process(*each[0], finds[0])]
    rows, found = [all_records(*one) for one in each], [list[T]() for _ in each]
    for process in rows[0]:
        own = among(whole, [records[process] for records in rows])
        for some, find, one in zip(found, finds, own, strict=True):
            some.append(find(one))
    return found


def among(whole: Tables, each: Sequence[Records]) -> list[Records]:
    """The records of one process in several replications, each among those of all."""
    cases = _before(len(one.arrivals.times) for one in each)
    attempts = _before(int(one.of_attempts["attempt"].max(initial=-1)) + 1 for one in each)
    places = _before(int(one.of_activities["place"].max(initial=-1)) + 1 for one in each)
    together = Records(
        whole,
        each[0].process,
        _end_to_end([one.of_cases for one in each], case=cases, last=attempts),
        _end_to_end([one.of_attempts for one in each], attempt=attempts, case=cases, cause=attempts),
        _end_to_end([one.of_activities for one in each], attempt=attempts, place=places),
        Log(_NOTHING, _NOTHING, _NOTHING, 0),
    )
    first = _before(one.size for one in each)
    return [replace(one, among=(together, slice(n, n + one.size))) for one, n in zip(each, first, strict=True)]


def _before(sizes: Iterable[int]) -> list[int]:
    """How many stand before each, in those before it."""
    return [0, *accumulate(sizes)][:-1]


def _end_to_end(each: Sequence[Columns], **moved: Sequence[int]) -> Columns:
    """The rows of all, in columns of which some have numbers that are so many further on; -1 stays."""
    return {name: np.concatenate([_moved(one[name], by) for one, by in zip(each, moved[name], strict=True)]
                                 if name in moved else [one[name] for one in each])
            for name in each[0]}  # fmt: skip


def _moved(numbers: Ints, by: int) -> Ints:
    return np.where(numbers < 0, numbers, numbers + by)
