"""A node as the metrics know it."""

from __future__ import annotations

from collections.abc import Sequence

from sim.records.tables import SUBMISSION, Node
from sim.spec.amounts import mean
from sim.spec.durations import Duration
from sim.spec.forms import form_of, submits
from sim.spec.planned import days_of
from sim.spec.process import Process
from sim.spec.step import Step


def describe_step(step_id: str, step: Step, day: int) -> Node:
    """The step's kind, limits and what it asks of the applicant; `day` is the working day in seconds."""
    gone = step.done_before is not None
    own = submits(step) and step.form is None
    limit = step.limit.effective
    committed = days_of(limit, day)
    return Node(
        id=step_id, steps=(step_id,), name=step.name.zh, kind=step.kind, department=step.at or "",
        counted=step.is_counted and not gone,
        touchpoint=0 if gone else int(own if step.touchpoint is None else step.touchpoint),
        submission=own,
        fields=(step.fields.total, step.fields.prefilled) if step.fields and own else (0, 0),
        statutory=0.0 if gone else days_of(step.limit.statutory, day),
        committed=0.0 if gone else committed,
        promised=days_of(step.promise.decide, day) if step.promise else committed,
        automatic=mean(step.automatic.minutes) * 60 / day if step.automatic else committed,
        legal_days=_legal(limit, day), legal_calendar=bool(limit and limit.in_calendar_time),
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
        statutory=0.0, committed=0.0, promised=0.0, automatic=0.0, legal_days=None, legal_calendar=False,
    )  # fmt: skip


def _legal(limit: Duration | None, day: int) -> float | None:
    """A limit in the days it is counted in, calendar or working; None where there is none."""
    if limit is None or not isinstance(limit.amount, int | float):
        return None
    return float(limit.amount) if limit.in_calendar_time else limit.mean_working_days(day)
