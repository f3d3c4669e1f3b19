"""How much there is: the same number for every case, so that its mean is the number itself."""

from __future__ import annotations

from sim.core.arrays import np
from sim.core.workdays import DAY
from sim.records.frames import Records
from sim.records.measures.base import Measure, Values, in_scope
from sim.records.measures.times import Pieces, covered
from sim.records.tables import Flag
from sim.records.units import CASES, SERVICES
from sim.spec.base import Name
from sim.spec.scope import Scope

SUNDAY = 6


def _services(records: Records, scope: Scope) -> Values:
    del scope
    return np.full(records.size, float(len(records.tables.arrivals)))


services = Measure(
    id="services",
    name=Name(zh="上线服务", en="Services"),
    definition=Name(
        zh="本情景提供的事项数",
        en="services that the scenario offers",
    ),
    unit=SERVICES,
    of=_services,
    of_all=True,
    goes_in=True,
)


def _yearly_cases(records: Records, scope: Scope) -> Values:
    del scope
    stated = {arrivals.process: arrivals.yearly for arrivals in records.tables.arrivals}
    return np.full(records.size, stated[records.process])


yearly_cases = Measure(
    id="yearly_cases",
    name=Name(zh="年办件量（输入）", en="Cases a year (input)"),
    definition=Name(
        zh="情景写明的一年办件量：是输入，不是模拟结果",
        en="cases that come in a year, as the scenario states: an input, no result",
    ),
    unit=CASES,
    of=_yearly_cases,
    of_all=True,
    goes_in=True,
)


def _sunday_cases(records: Records, scope: Scope) -> Values:
    del scope
    (between,) = (arrivals.between for arrivals in records.tables.arrivals if arrivals.process == records.process)
    first, last = (moment // DAY for moment in between)
    sundays = _open_sundays(records, first + 7, last)
    if not len(sundays):
        return np.full(records.size, np.nan)
    decided = records.of_attempts["decided"] // DAY
    chosen = np.isin(decided, sundays)
    once = np.unique(np.stack([decided[chosen], records.position[chosen]]), axis=1)
    return np.full(records.size, once.shape[1] / len(sundays))


def _open_sundays(records: Records, first: int, end: int) -> list[int]:
    """The Sundays from a day on and before another on which somebody who serves the process is there."""
    tables = records.tables
    epoch = tables.clocks[tables.office].epoch.weekday()
    sundays = [day for day in range(first, end) if (day + epoch) % 7 == SUNDAY]
    if (records.of_attempts["flags"] & Flag.AUTOMATIC).any():
        return sundays  # a system never closes
    pools = [tables.pools[number] for number in np.unique(records.of_activities["pool"]) if number >= 0]
    clocks = [tables.clocks[number] for number in {tables.office, *(crew.clock for p in pools for crew in p.groups)}]
    return [day for day in sundays if any(clock.between(day * DAY, (day + 1) * DAY) for clock in clocks)]


sunday_cases = Measure(
    id="sunday_cases",
    name=Name(zh="周日办件量", en="Cases decided on a Sunday"),
    definition=Name(
        zh="每个开放的周日办结的件数，无人办结的开放周日也算在内；只算此前一周都有申请的周日",
        en="cases decided on a Sunday, per Sunday that was open, even if for nobody, and had a whole week of arrivals "
        "before it",
    ),
    unit=CASES,
    of=_sunday_cases,
    of_all=True,
)


def _open_cases(records: Records, scope: Scope) -> Values:
    """Mean over the time in which the measured cases come, of every case that is open then."""
    first, last = records.arrivals.between
    if last <= first:
        return np.full(records.size, np.nan)
    case, start, end = _open(records, scope)
    chosen = records.holding(scope.when)[case]
    open_time = (np.minimum(end, last) - np.maximum(start, first))[chosen]
    return np.full(records.size, open_time[open_time > 0].sum() / (last - first))


def _open(records: Records, scope: Scope) -> Pieces:
    """Cases by their number, and the moments between which each has at least one attempt of a scope under way."""
    if not scope.exclude and scope.steps is None:
        everyone = records.of_everyone
        return everyone["case"], everyone["arrived"], everyone["finished"]
    attempts = records.attempts_of_everyone
    inside = {(f, n) for f, flow in enumerate(records.flows) for n, x in enumerate(flow.nodes) if in_scope(x, scope)}
    nodes = zip(attempts["flow"].tolist(), attempts["node"].tolist(), strict=True)
    chosen = np.array([key in inside for key in nodes], dtype=bool)
    case, ready, finished = (attempts[c][chosen] for c in ("case", "ready", "finished"))
    return covered((case, ready, 1), (case, finished, -1))


open_cases = Measure(
    id="open_cases",
    name=Name(zh="在办件数", en="Work in progress"),
    definition=Name(
        zh="计量的案件到来期间，平均有多少件已提出而未办结，预热的案件也算在内",
        en="cases begun and not over, on average over the time in which the measured cases come; those of the warm-up "
        "included",
    ),
    unit=CASES,
    of=_open_cases,
    of_all=True,
)
