"""How much of the time of the officers they meet the cases of a scenario take, once they have always been coming."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.core.arrays import Floats
from sim.records.frames import Records
from sim.records.tables import PoolKey, Tables


def own_shares(tables: Tables, asked: Sequence[Floats]) -> dict[PoolKey, float]:
    """Pool → what the measured cases of all processes ask for together; pools that no measured case meets are left out.

    Every week brings as much work as it does in the long run, of which a part is done weeks later: this is the share of
    their time that officers have to spend on cases when cases have been coming for as long as one lasts. It may be more
    than 1.
    """
    shares = zip(tables.pools, sum(asked, np.zeros(len(tables.pools))), strict=True)
    return {(p.department, p.role): float(share) for p, share in shares if share > 0}


def hours_asked(found: Records) -> Floats:
    """By pool: the hours that the cases ask for, whenever it is, as a share of those staffed while they come."""
    tables, between = found.tables, found.arrivals.between
    pools, busy, staff = (found.of_activities[column] for column in ("pool", "busy", "staff"))
    served = pools >= 0
    worked = np.bincount(pools[served], (busy * staff)[served], minlength=len(tables.pools))
    clocks = {group.clock for pool in tables.pools for group in pool.groups}
    opened = {clock: tables.clocks[clock].between(*between) for clock in clocks}
    staffed = [sum(g.count * opened[g.clock] for g in p.groups) for p in tables.pools]
    shares: Floats = np.divide(worked, staffed, out=np.zeros(len(staffed)), where=np.array(staffed) > 0)
    return shares
