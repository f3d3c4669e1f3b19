"""The shares of officers' hours that the cases of a comparison took, over its replications."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.analysis.own import OwnShare
from sim.analysis.pooled import played
from sim.analysis.replications import Replication
from sim.records.tables import PoolKey
from sim.scenario.prepared import Prepared


def own_shares(prepared: Prepared, done: Sequence[Replication]) -> tuple[OwnShare, ...]:
    """The share of every pool that a case meets, the largest first."""
    most: dict[PoolKey, OwnShare] = {}
    for variant in prepared.variants:
        own = [outcome.own for outcome in played(variant.id, done)]
        for key in sorted({key for found in own for key in found}):
            share = float(np.mean([found.get(key, 0.0) for found in own]))
            if key not in most or share > most[key].share:
                most[key] = OwnShare(variant.id, *key, share)
    return tuple(sorted(most.values(), key=lambda own: (-own.share, own.department, own.role)))
