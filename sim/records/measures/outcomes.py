"""What becomes of a case."""

from __future__ import annotations

from sim.core.arrays import np
from sim.records.frames import Records
from sim.records.log import Ended
from sim.records.measures.base import Measure, Values, asked
from sim.records.measures.times import covered_days
from sim.records.tables import Flag
from sim.records.units import SHARE, WORKING_DAYS
from sim.spec.base import Name
from sim.spec.scope import Scope


def _parallel_share(records: Records, scope: Scope) -> Values:
    return np.where(covered_days(records, scope, 2) > 0, 1.0, 0.0)


parallel_share = Measure(
    id="parallel_share",
    name=Name(zh="并联审批率", en="Parallel share"),
    definition=Name(
        zh="曾有两个计时环节同时在办的案件",
        en="share of the cases in which two counted steps were under way at once",
    ),
    unit=SHARE,
    of=_parallel_share,
    counted_steps=True,
)


def _deemed_share(records: Records, scope: Scope) -> Values:
    return _flagged(records, scope, Flag.DEEMED)


deemed_share = Measure(
    id="deemed_share",
    name=Name(zh="逾期视为受理率", en="Accepted by silence"),
    definition=Name(
        zh="窗口五个工作日内既未受理也未告知补正、自收到之日起视为受理的案件",
        en="share of the cases with an application that no window looked at within five working days",
    ),
    unit=SHARE,
    of=_deemed_share,
)


def _extended_share(records: Records, scope: Scope) -> Values:
    return _flagged(records, scope, Flag.EXTENDED)


extended_share = Measure(
    id="extended_share",
    name=Name(zh="延长审批率", en="Limits extended"),
    definition=Name(
        zh="有环节经批准延长办理期限的案件",
        en="share of the cases in which the limit of a step was extended with approval",
    ),
    unit=SHARE,
    of=_extended_share,
)


def _revoked_share(records: Records, scope: Scope) -> Values:
    return _flagged(records, scope, Flag.REVOKED)


revoked_share = Measure(
    id="revoked_share",
    name=Name(zh="撤销率", en="Revoked share"),
    definition=Name(
        zh="因违背承诺而被撤销决定的案件",
        en="share of the cases with a decision revoked after a broken promise",
    ),
    unit=SHARE,
    of=_revoked_share,
)


def _returned_share(records: Records, scope: Scope) -> Values:
    return _flagged(records, scope, Flag.RETURNED)


returned_share = Measure(
    id="returned_share",
    name=Name(zh="退件率", en="Returned share"),
    definition=Name(
        zh="容缺材料逾期未补而退件的案件",
        en="share of the cases returned because a deferred material came too late",
    ),
    unit=SHARE,
    of=_returned_share,
)


def _flagged(records: Records, scope: Scope, flag: Flag) -> Values:
    flagged = (records.of_attempts["flags"] & int(flag)) > 0
    return np.where(asked(records, scope, flagged, again=True) > 0, 1.0, 0.0)


def _tacit_share(records: Records, scope: Scope) -> Values:
    return _flagged(records, scope, Flag.TACIT)


tacit_share = Measure(
    id="tacit_share",
    name=Name(zh="超时默认率", en="Granted by silence"),
    definition=Name(
        zh="有环节因时限届满未作决定而默认通过的案件",
        en="share of the cases in which a step counted as granted, as its limit ended without a decision",
    ),
    unit=SHARE,
    of=_tacit_share,
)


def _lapsed_share(records: Records, scope: Scope) -> Values:
    lapsed = records.of_cases["refused"] == Ended.LAPSED
    return np.where(lapsed, _flagged(records, scope, Flag.LAPSED), 0.0)


lapsed_share = Measure(
    id="lapsed_share",
    name=Name(zh="逾期未补正率", en="Lapsed share"),
    definition=Name(
        zh="在补正期限内没有补齐、视为放弃申请的案件",
        en="share of the cases whose application lapsed, as it was not put right in time",
    ),
    unit=SHARE,
    of=_lapsed_share,
)


def _refused_share(records: Records, scope: Scope) -> Values:
    return np.where(records.of_cases["refused"] == 1, _flagged(records, scope, Flag.REFUSED), 0.0)


refused_share = Measure(
    id="refused_share",
    name=Name(zh="不予许可率", en="Refused share"),
    definition=Name(
        zh="不予许可的案件",
        en="share of the cases refused",
    ),
    unit=SHARE,
    of=_refused_share,
)


def _refused_days(records: Records, scope: Scope) -> Values:
    del scope
    days = records.office_days(records.of_cases["arrived"], records.of_cases["finished"])
    return np.where(records.of_cases["refused"] == 1, days, np.nan)


refused_days = Measure(
    id="refused_days",
    name=Name(zh="不予许可用时", en="Time to refusal"),
    definition=Name(
        zh="自首次提出至不予许可的工作日；只算不予许可的案件",
        en="working days from the first submission to the refusal; only refused cases have any",
    ),
    unit=WORKING_DAYS,
    of=_refused_days,
)
