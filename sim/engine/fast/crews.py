"""Officers of several pools who work together, as rows, and the clocks by which all of them are on duty."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, product
from math import prod

import numpy as np

from sim.core.workdays import Clock
from sim.engine.fast import given
from sim.engine.fast.store import Store, UnknownError, listed
from sim.records.tables import Crews, Tables


def put_crews(tables: Tables, store: Store) -> None:
    """Put the crews and their members into the state; their clocks stand behind those of the tables."""
    crews, members, clock = list[tuple[int, ...]](), list[tuple[int, ...]](), len(tables.clocks)
    for crew in tables.crews:
        groups, first = [len(tables.pools[pool].groups) for pool, _ in crew], len(members)
        steps = [1, *accumulate(groups, lambda a, b: a * b)]
        members += [(pool, staff, step) for (pool, staff), step in zip(crew, steps, strict=False)]
        clocks = np.arange(clock, clock + prod(groups), dtype=np.int64)
        clock += len(clocks)
        crews.append((first, len(members), store.keep(clocks)))
    store.put("crews", listed(given.Crew, crews))
    store.put("members", listed(given.Member, members))


def together(tables: Tables) -> list[Clock]:
    """The clocks by which the members of each crew are all on duty, for each choice of a group in every pool."""
    return [clock for crew in tables.crews for clock in _choices(tables, crew)]


def _choices(tables: Tables, crew: Crews) -> list[Clock]:
    """Those of one crew; of two choices that differ first in the pool that is named last, the lower is first."""
    groups = [[tables.clocks[group.clock] for group in tables.pools[pool].groups] for pool, _ in reversed(crew)]
    return [_all_of(*reversed(choice)) for choice in product(*groups)]


@lru_cache(maxsize=256)
def _all_of(*clocks: Clock) -> Clock:
    limited = {clock for clock in clocks if not clock.always}
    if len(limited) > 1 and any(type(clock) is not Clock for clock in limited):
        raise UnknownError(clocks)  # which kind of clock comes of these would depend on who is there first
    return Clock.all_of(clocks)
