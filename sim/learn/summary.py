"""Where the days go in a city's records: by step, department and month, as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.learn.measuring.sojourns import intervals_of
from sim.learn.moments import day_of
from sim.learn.replay import Replay, case_days


@dataclass(frozen=True)
class Row:
    """The applications of a step, a department or a month, or the cases."""

    by: str
    """`all`, `case`, `step`, `department` or `month`."""
    name: str
    n: int
    """Applications that came to an end; of `case`, the cases all of whose applications did."""
    counted: float
    """Mean working days from acceptance to decision, stops left out."""
    p90: float
    applicant: float
    """Mean working days of corrections per application."""
    special: float
    """Mean working days of special procedures per application."""
    elapsed: float
    """Mean working days from submission to decision, everything in."""
    on_time: float
    """Share decided within the limit, of `case` within every limit; not-a-number where none is recorded."""


def summary(replay: Replay) -> list[Row]:
    """Return where the days go; of a log without a clock, the days from one event to the next."""
    if not replay.log.clocked:
        return list(_events(replay))
    usable = replay.usable
    rows = [_row("all", "", usable)]
    if len(replay.log.cases) < len(replay.applications):
        rows.append(_row("case", "", case_days(replay)))
    for by, column, names in (("step", "step", replay.log.steps), ("department", "department", replay.log.departments)):
        groups = sorted(usable[usable[column] >= 0].groupby(column), key=lambda item: -len(item[1]))
        rows += [_row(by, names[int(number)], part) for number, part in groups]
    months = [str(day_of(int(moment)))[:7] for moment in usable["decided"]]
    rows += [_row("month", str(month), part) for month, part in usable.groupby(np.array(months, dtype=object))]
    return rows


def _row(by: str, name: str, part: pd.DataFrame) -> Row:
    counted = part["counted"]
    return Row(by, name, len(part), float(counted.mean()), float(counted.quantile(0.9)) if len(part) else np.nan,
               float(part["applicant_days"].mean()), float(part["special_days"].mean()),
               float(part["elapsed"].mean()), float(part["on_time"].mean()))  # fmt: skip


def _events(replay: Replay) -> Iterator[Row]:
    rows = intervals_of(replay)
    rows = rows[rows["start"].notna()]
    start, end = rows["start"].to_numpy().astype(np.int64), rows["end"].to_numpy()
    days = replay.days.between(start, end, rows["dated"].to_numpy(dtype=bool))
    rows = rows.assign(counted=days)
    nothing = np.nan
    yield Row(
        "all", "", len(rows), float(days.mean()) if len(days) else nothing, nothing, nothing, nothing, nothing, nothing
    )
    for step, part in sorted(rows.groupby("step"), key=lambda item: -item[1]["counted"].sum()):
        yield Row("step", replay.log.steps[int(step)], len(part), float(part["counted"].mean()),
                  float(part["counted"].quantile(0.9)), nothing, nothing, nothing, nothing)  # fmt: skip
