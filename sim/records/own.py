"""How much of the time of the officers they meet the cases of a scenario take, once they have always been coming."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.core.arrays import Floats
from sim.records.frames import Records
from sim.records.tables import PoolKey, Tables


def own_shares(tables: Tables, found: Mapping[str, Records]) -> dict[PoolKey, float]:
    """Pool → the hours that the measured cases ask for, whenever it is, as a share of those staffed while they come.

    Every week brings as much work as it does in the long run, of which a part is done weeks later: this is the share of
    their time that officers have to spend on cases when cases have been coming for as long as one lasts. It may be more
    than 1. Pools that no measured case meets are left out.
    """
    asked: Floats = np.zeros(len(tables.pools))
    for arrivals in tables.arrivals:
        asked += _of_process(tables, found[arrivals.process], arrivals.between)
    return {(p.department, p.role): float(share) for p, share in zip(tables.pools, asked, strict=True) if share > 0}


def _of_process(tables: Tables, found: Records, between: tuple[int, int]) -> Floats:
    pools, busy, staff = (found.activities[column].to_numpy() for column in ("pool", "busy", "staff"))
    served = pools >= 0
    worked = np.bincount(pools[served], (busy * staff)[served], minlength=len(tables.pools))
    staffed = [sum(g.count * tables.clocks[g.clock].between(*between) for g in p.groups) for p in tables.pools]
    shares: Floats = np.divide(worked, staffed, out=np.zeros(len(staffed)), where=np.array(staffed) > 0)
    return shares
