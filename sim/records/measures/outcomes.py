"""What becomes of a case."""

from __future__ import annotations

import numpy as np

from sim.records.frames import Records
from sim.records.measures.base import Values, asked, measure
from sim.records.measures.times import covered_days
from sim.records.tables import Flag
from sim.spec.scope import Scope


@measure("并联审批率", "Parallel share", "share")
def parallel_share(records: Records, scope: Scope) -> Values:
    """Share of the cases in which two counted steps were under way at once."""
    return np.where(covered_days(records, scope, 2) > 0, 1.0, 0.0)


@measure("撤销率", "Revoked share", "share")
def revoked_share(records: Records, scope: Scope) -> Values:
    """Share of the cases with a decision revoked after a broken promise."""
    return _flagged(records, scope, Flag.REVOKED)


@measure("退件率", "Returned share", "share")
def returned_share(records: Records, scope: Scope) -> Values:
    """Share of the cases returned because a deferred material came too late."""
    return _flagged(records, scope, Flag.RETURNED)


def _flagged(records: Records, scope: Scope, flag: Flag) -> Values:
    flagged = (records.attempts["flags"].to_numpy() & int(flag)) > 0
    return np.where(asked(records, scope, flagged, again=True) > 0, 1.0, 0.0)


@measure("不予许可率", "Refused share", "share")
def refused_share(records: Records, scope: Scope) -> Values:
    """Share of the cases refused."""
    return np.where(records.cases["refused"].to_numpy() == 1, _flagged(records, scope, Flag.REFUSED), 0.0)


@measure("不予许可用时", "Time to refusal", "working days")
def refused_days(records: Records, scope: Scope) -> Values:
    """Working days from the first step to the refusal; only refused cases have any."""
    del scope
    days = records.office_days(records.cases["arrived"].to_numpy(), records.cases["finished"].to_numpy())
    return np.where(records.cases["refused"].to_numpy() == 1, days, np.nan)
