"""What happened to every application that the engine played, in the words of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.learn.happenings import What
from sim.records.frames import Records
from sim.records.measures import bounds
from sim.records.tables import SUBMISSION, Flag
from sim.spec.categories import Category
from sim.spec.kinds import KINDS

Ints = NDArray[np.int64]
_OUTCOMES = ((Flag.REFUSED | Flag.FAILED, What.REFUSED), (Flag.DEFERRED, What.GRANTED_DEFERRED))


@dataclass(frozen=True)
class Happened:
    """What the engine played, as events."""

    events: pd.DataFrame
    """`application`, `case`, `step`, `what`, `moment` in seconds since the first day; by application and time."""
    applications: pd.DataFrame
    """`application`, `case`, `step`, `department`, `limit`, `promised`, `automatic`, `online`."""
    work: pd.DataFrame
    """Pieces of officers' work: `application`, `case`, `step`, `department`, `role`, `officer`, `start`, `end`."""
    steps: pd.DataFrame
    """Every attempt at every step, also outside the offices: `case`, `step`, `department`, `start`, `end`."""
    start: date
    attributes: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    """Attribute → its value by number of the case."""


def happened(found: Records, start: date, online: NDArray[np.bool_] | None = None,
             attributes: Mapping[str, NDArray[np.generic]] | None = None) -> Happened:  # fmt: skip
    """Return what happened to the measured cases of a process, played from `start` on.

    A submission begins when its papers are ready; each time the applicant has it again before acceptance is a
    correction, after acceptance too; a common submission is told of the first of its steps.
    """
    attempts = found.attempts.assign(
        step=found.by_attempt(lambda node: node.steps[0]), kind=found.by_attempt(lambda node: node.kind),
        department=found.by_attempt(lambda node: node.department),
        limit=bounds.legal(found) + bounds.extension(found),
        submission=found.by_attempt(lambda node: node.submission),
    )  # fmt: skip
    official = [kind.id for kind in KINDS.values() if kind.official] + [SUBMISSION]
    own = attempts[attempts["kind"].isin(official)]
    number = own["nth"].where(own["kind"] != SUBMISSION, 0)
    named = own.assign(application=_application(own["case"], own["step"], number))
    stretches = found.main[found.main["attempt"].isin(named.index)]
    rows = [*_clock(named), *_pauses(named, stretches)]
    events = pd.DataFrame(rows, columns=["application", "case", "step", "what", "moment"])
    events = events.sort_values(["application", "moment", "what"], kind="stable", ignore_index=True)
    flags = named["flags"].to_numpy()
    described = named[named["kind"] != SUBMISSION].assign(
        promised=(flags[named["kind"] != SUBMISSION] & int(Flag.PROMISED)) > 0,
        automatic=(flags[named["kind"] != SUBMISSION] & int(Flag.AUTOMATIC)) > 0,
        online=online[named.loc[named["kind"] != SUBMISSION, "case"].to_numpy()] if online is not None else False,
    )
    columns = ["application", "case", "step", "department", "limit", "promised", "automatic", "online"]
    whole = attempts[attempts["kind"] != SUBMISSION]
    steps = whole.assign(start=whole["ready"], end=whole["finished"])[["case", "step", "department", "start", "end"]]
    return Happened(events, described[columns].reset_index(drop=True), _work(found, named), steps, start,
                    attributes or {})  # fmt: skip


def _application(case: pd.Series, step: pd.Series, nth: pd.Series) -> pd.Series:
    return case.astype(str).str.zfill(6) + "-" + step.astype(str) + "-" + nth.astype(int).astype(str)


def _clock(named: pd.DataFrame) -> Iterator[tuple[str, int, str, int, int]]:
    """Acceptance, decision and revocation."""
    for row in named.itertuples():
        if row.kind == SUBMISSION:
            continue
        if row.accepted >= 0:
            yield row.application, row.case, row.step, int(What.ACCEPTED), row.accepted
        if row.decided >= 0:
            what = next((what for flags, what in _OUTCOMES if row.flags & int(flags)), What.GRANTED)
            yield row.application, row.case, row.step, int(what), row.decided
        if row.flags & int(Flag.REVOKED):
            yield row.application, row.case, row.step, int(What.REVOKED), row.finished


def _pauses(named: pd.DataFrame, stretches: pd.DataFrame) -> Iterator[tuple[str, int, str, int, int]]:
    """Submissions, corrections and special procedures."""
    by_attempt = dict(iter(stretches.groupby("attempt", sort=False)))
    for row in named.itertuples():
        part = by_attempt.get(row.Index)
        groups = _groups(part) if part is not None else []
        end = row.accepted if row.accepted >= 0 else row.finished
        ready = row.ready
        if groups and groups[0][0] == Category.APPLICANT and groups[0][1] == row.ready and groups[0][2] <= end:
            ready = groups.pop(0)[2]
        if row.submission:
            yield row.application, row.case, row.step, int(What.SUBMITTED), ready
        for category, start, over in groups:
            if row.decided >= 0 and start >= row.decided:
                continue
            if category == Category.APPLICANT:
                yield row.application, row.case, row.step, int(What.CORRECTION), start
                yield row.application, row.case, row.step, int(What.CORRECTED), over
            elif category == Category.SPECIAL:
                yield row.application, row.case, row.step, int(What.SPECIAL), start
                yield row.application, row.case, row.step, int(What.SPECIAL_OVER), over


def _groups(part: pd.DataFrame) -> list[tuple[int, int, int]]:
    """Stretches of one sort that follow one another, as one: category, start and end."""
    found: list[tuple[int, int, int]] = []
    for category, start, end in zip(part["category"], part["started"], part["ended"], strict=True):
        if found and found[-1][0] == category and found[-1][2] == start:
            found[-1] = (category, found[-1][1], end)
        else:
            found.append((int(category), int(start), int(end)))
    return found


def _work(found: Records, named: pd.DataFrame) -> pd.DataFrame:
    """Officers' work, each piece by one of those who are free, in turn."""
    served = found.activities[(found.activities["pool"] >= 0) & found.activities["attempt"].isin(named.index)]
    served = served.sort_values(["started", "ended"], kind="stable")
    pools = found.tables.pools
    free: dict[int, list[int]] = {n: [0] * sum(g.count for g in pool.groups) for n, pool in enumerate(pools)}
    officers = []
    for pool, start, end in zip(served["pool"], served["started"], served["ended"], strict=True):
        desk = int(np.argmin(free[pool])) if min(free[pool]) <= start else 0
        free[pool][desk] = end
        officers.append(f"{pools[pool].department}-{pools[pool].role}-{desk}")
    own = named.loc[served["attempt"]]
    return pd.DataFrame({
        "application": own["application"].to_numpy(), "case": own["case"].to_numpy(), "step": own["step"].to_numpy(),
        "department": [pools[pool].department for pool in served["pool"]],
        "role": [pools[pool].role for pool in served["pool"]], "officer": officers,
        "start": served["started"].to_numpy(), "end": served["ended"].to_numpy(),
    })  # fmt: skip


def stamps(moments: pd.Series, start: date, form: str = "%Y-%m-%d %H:%M:%S") -> pd.Series:
    """Return moments as text; seconds are counted from 00:00 of `start`."""
    return (pd.Timestamp(start) + pd.to_timedelta(moments, unit="s")).dt.strftime(form)


def within(found: Happened, until: int) -> Happened:
    """Return what had happened by a moment: what was open then is open in it."""
    events = found.events[found.events["moment"] <= until]
    known = set(events["application"])
    work = found.work[found.work["end"] <= until]
    steps = found.steps[found.steps["end"] <= until]
    applications = found.applications[found.applications["application"].isin(known)]
    return replace(found, events=events, applications=applications, work=work, steps=steps)
