"""A node as the metrics know it."""

from __future__ import annotations

from collections.abc import Sequence

from sim.records.tables import SUBMISSION, Limits, Node
from sim.spec.amounts import mean
from sim.spec.durations import Duration
from sim.spec.forms import form_of, submits
from sim.spec.limit import Limit
from sim.spec.planned import days_of
from sim.spec.process import Process
from sim.spec.step import Step


def describe_step(step_id: str, step: Step, day: int) -> Node:
    """The step's kind, limits and what it asks of the applicant; `day` is the working day in seconds."""
    gone = step.done_before is not None
    own = submits(step) and step.form is None
    *classes, usual = (limits_in_days(limit, day) for _, limit in step.limits())
    again = limits_in_days(step.limits(1)[0][1], day) if step.fails and step.fails.again else None
    return Node(
        id=step_id, steps=(step_id,), name=step.name.zh, kind=step.kind, department=step.at or "",
        counted=step.is_counted and not gone,
        touchpoint=0 if gone else int(own if step.touchpoint is None else step.touchpoint),
        submission=own,
        fields=(step.fields.total, step.fields.prefilled) if step.fields and own else (0, 0),
        limits=(Limits(),) if gone else (usual, *classes), again=None if gone else again,
        promised=days_of(step.promise.decide, day) if step.promise else usual.committed,
        automatic=mean(step.automatic.minutes) * 60 / day if step.automatic else usual.committed,
        priced=bool(step.fees),
    )  # fmt: skip


def describe_form(node: str, process: Process, members: Sequence[str]) -> Node:
    """A common submission: one touchpoint, one form."""
    steps = [process.steps[m] for m in members]
    fields = [s.fields for s in steps if s.fields]
    return Node(
        id=node, steps=tuple(members), name=form_of(node), kind=SUBMISSION,
        department=steps[0].window or steps[0].at or "", counted=False, touchpoint=1, submission=True,
        fields=(max((f.total for f in fields), default=0), max((f.prefilled for f in fields), default=0)),
        limits=(Limits(),), again=None, promised=0.0, automatic=0.0,
    )  # fmt: skip


def limits_in_days(limit: Limit, day: int) -> Limits:
    """What a limit comes to in days."""
    effective, extended = limit.effective, limit.extended
    return Limits(
        statutory=days_of(limit.statutory, day),
        committed=days_of(effective, day),
        legal_days=_legal(effective, day),
        legal_calendar=bool(effective and effective.in_calendar_time),
        legal_hours=bool(effective and effective.unit in ("minutes", "hours")),
        extension=_legal(extended, day) or 0.0,
    )


def _legal(limit: Duration | None, day: int) -> float | None:
    """A limit in the days it is counted in, calendar or working; None where there is none."""
    if limit is None or not isinstance(limit.amount, int | float):
        return None
    return float(limit.amount) if limit.in_calendar_time else limit.mean_working_days(day)
