"""The three clocks, and the parts of a case's time that no office spends."""

from __future__ import annotations

from sim.core.arrays import Ints, np
from sim.core.workdays import DAY
from sim.records.frames import Records
from sim.records.measures.base import Measure, Values, in_scope, stops, timed
from sim.records.tables import SUBMISSION
from sim.records.units import CALENDAR_DAYS, WORKING_DAYS
from sim.spec.base import Name
from sim.spec.categories import Category
from sim.spec.scope import Scope

Pieces = tuple[Ints, Ints, Ints]
"""Positions of cases, and the moments between which something is under way in them."""


def covered(*changes: tuple[Ints, Ints, int], at_least: int = 1) -> Pieces:
    """The stretches of each case in which at least so many things are under way.

    A change is the positions of cases, moments, and by how many things more (or fewer) are under way from then on.
    """
    case = np.concatenate([where for where, _, _ in changes])
    when = np.concatenate([moments for _, moments, _ in changes])
    change = np.concatenate([np.full(len(where), step) for where, _, step in changes])
    order = np.lexsort((when, case))
    under_way = np.cumsum(change[order])[:-1] >= at_least
    return case[order][:-1][under_way], when[order][:-1][under_way], when[order][1:][under_way]


def counted_pieces(records: Records, scope: Scope, at_least: int = 1) -> Pieces:
    """The stretches of each case in which at least so many counted steps were under way.

    What stops the clock inside a step stops that step's own clock only.
    """
    attempts = timed(records, scope)
    stopped = stops(records, attempts, scope)
    return covered(
        (attempts.case, attempts.start, 1), (attempts.case, attempts.end, -1),
        (stopped.case, stopped.start, -1), (stopped.case, stopped.end, 1), at_least=at_least,
    )  # fmt: skip


def covered_days(records: Records, scope: Scope, at_least: int) -> Values:
    """Working days by case during which at least so many counted steps were under way."""
    case, start, end = counted_pieces(records, scope, at_least)
    return records.by_case(case, records.office_days(start, end))


def _counted_days(records: Records, scope: Scope) -> Values:
    return covered_days(records, scope, 1)


counted_days = Measure(
    id="counted_days",
    name=Name(zh="审批用时", en="Counted time"),
    definition=Name(
        zh="自受理至决定的工作时间；并行的环节只算一次，补正和特别程序不算",
        en="working time from acceptance to decision; parallel steps once, corrections and special procedures left out",
    ),
    unit=WORKING_DAYS,
    of=_counted_days,
    time=True,
    clock=True,
    counted_steps=True,
    other_reading="counted_path_days",
    falls_with_limits=True,
)


def _counted_path_days(records: Records, scope: Scope) -> Values:
    attempts = timed(records, scope)
    stopped = stops(records, attempts, scope)
    counting, standing = records.on_path[attempts.rows], records.on_path[stopped.rows]
    whole = records.office_days(attempts.start[counting], attempts.end[counting])
    stood = records.office_days(stopped.start[standing], stopped.end[standing])
    return records.by_case(attempts.case[counting], whole) - records.by_case(stopped.case[standing], stood)


counted_path_days = Measure(
    id="counted_path_days",
    name=Name(zh="关键路径上的审批用时", en="Counted time on the critical path"),
    definition=Name(
        zh="审批用时中落在实际关键路径上的部分：与更长的环节同时办理、没有拖长案件的不计",
        en="the counted time on the realised critical path: what runs beside something longer is left out",
    ),
    unit=WORKING_DAYS,
    of=_counted_path_days,
    time=True,
    counted_steps=True,
    other_reading="counted_days",
    falls_with_limits=True,
)


def _elapsed_days(records: Records, scope: Scope) -> Values:
    case, start, end = _in_scope(records, scope)
    return records.by_case(case, records.office_days(start, end))


elapsed_days = Measure(
    id="elapsed_days",
    name=Name(zh="全程用时", en="Elapsed time"),
    definition=Name(
        zh="自首次提出至拿到可用证照的工作日，全部计入",
        en="working days from the first submission to the usable certificate, everything in",
    ),
    unit=WORKING_DAYS,
    of=_elapsed_days,
    time=True,
    clock=True,
    falls_with_limits=True,
)


def _calendar_days(records: Records, scope: Scope) -> Values:
    case, start, end = _in_scope(records, scope)
    return records.by_case(case, (end - start) / DAY)


calendar_days = Measure(
    id="calendar_days",
    name=Name(zh="跨度用时", en="Calendar span"),
    definition=Name(
        zh="自首次提出至拿到可用证照的自然日，全部计入",
        en="calendar days from the first submission to the usable certificate, everything in",
    ),
    unit=CALENDAR_DAYS,
    of=_calendar_days,
    time=True,
    clock=True,
    falls_with_limits=True,
)


def _in_scope(records: Records, scope: Scope) -> Pieces:
    """The time in which at least one attempt of a scope is under way; all of it where the scope leaves nothing out."""
    if not scope.exclude and scope.steps is None:
        arrived, finished = (records.of_cases[moment] for moment in ("arrived", "finished"))
        return np.arange(len(arrived)), arrived, finished
    chosen = records.by_attempt(lambda node: in_scope(node, scope))
    case = records.position[chosen]
    start, end = (records.of_attempts[moment][chosen] for moment in ("ready", "finished"))
    return covered((case, start, 1), (case, end, -1))


def _applicant_days(records: Records, scope: Scope) -> Values:
    parts = records.of_stretches
    inside = np.array([in_scope(node, scope) for node in records.nodes])[parts["node"]]
    mine = inside & (parts["category"] == int(Category.APPLICANT))
    return records.by_case(parts["position"][mine], parts["office"][mine]) / records.day


applicant_days = Measure(
    id="applicant_days",
    name=Name(zh="申请人用时", en="Time in the applicant's hands"),
    definition=Name(
        zh="实际关键路径上由申请人准备、补正、整改或自办的工作日",
        en="working days on the realised critical path that the applicant takes: to prepare papers, to put them right, "
        "to act alone",
    ),
    unit=WORKING_DAYS,
    of=_applicant_days,
    time=True,
)


def _before_acceptance_days(records: Records, scope: Scope) -> Values:
    """Working days in which at least one application is not accepted yet; a common submission is over by then."""
    accepted, ready, finished = (records.of_attempts[c] for c in ("accepted", "ready", "finished"))
    end = np.where(accepted >= 0, accepted, finished)
    applies = records.by_attempt(lambda node: node.kind == SUBMISSION) | (accepted >= 0)
    chosen = applies & records.by_attempt(lambda node: in_scope(node, scope)) & (end > ready)
    case = records.position[chosen]
    position, start, stop = covered((case, ready[chosen], 1), (case, end[chosen], -1))
    return records.by_case(position, records.office_days(start, stop))


before_acceptance_days = Measure(
    id="before_acceptance_days",
    name=Name(zh="受理前用时", en="Time before acceptance"),
    definition=Name(
        zh="自着手申请至受理的工作日，含准备、窗口查验和补正；同时申请的只算一次",
        en="working days from when an application is begun to its acceptance: preparing, being looked through, putting "
        "right; applications side by side count once",
    ),
    unit=WORKING_DAYS,
    of=_before_acceptance_days,
    time=True,
)
