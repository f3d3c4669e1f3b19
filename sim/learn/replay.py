"""The statutory clock replayed from a log: from acceptance to decision, what stops it aside.

Counted time runs from 受理 to the decision on Chinese working days, less 补正 and special procedures; the legal
count, in which the day of acceptance is day 0, tells whether a limit was kept; what stops it twice counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.core.workdays import DAY
from sim.learn.days import Days
from sim.learn.happenings import DECIDED, GIVEN_UP, What
from sim.learn.log import Log
from sim.records.measures.times import covered

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
NEVER = -1
EXTENSION_DAYS = 10
"""Working days that an extension adds (行政许可法 第四十二条)."""


@dataclass(frozen=True)
class Replay:
    """What became of every application."""

    log: Log
    days: Days
    applications: pd.DataFrame
    """A row an application of the log, with what `_followed` and `_timed` find."""
    stops: pd.DataFrame
    """A row a stretch in which the clock stood or the applicant was asked: `application`, `what`, `start`, `end` (NEVER
    where none is written), `dated`, `before` acceptance or after it, `days`."""
    met: Mapping[str, int] = field(default_factory=dict)

    @property
    def usable(self) -> pd.DataFrame:
        """The applications that were decided, with nothing out of order and a clock that can be read."""
        found = self.applications
        return found[found["decided"].ge(0) & found["counted"].notna() & ~found["disordered"]]


def replay(log: Log, days: Days) -> Replay:
    """Return what became of every application of a log."""
    met: Counter[str] = Counter()
    followed = _followed(log)
    stops = _stops(log, days, followed, met)
    timed = _timed(log, days, followed, stops, met)
    return Replay(log, days, timed, stops, dict(met))


def _first(events: pd.DataFrame, count: int, whats: Sequence[What], last: bool = False) -> tuple[Ints, Mask, Ints]:
    """By application: the first (or last) moment of some happenings, whether it is a date alone, and which it was."""
    chosen = events[events["what"].isin([int(what) for what in whats])]
    one = chosen.drop_duplicates("application", keep="last" if last else "first")
    moment, dated, what = np.full(count, NEVER), np.zeros(count, dtype=bool), np.zeros(count, dtype=np.int64)
    at = one["application"].to_numpy()
    moment[at], dated[at], what[at] = one["moment"], one["dated"], one["what"]
    return moment, dated, what


def _followed(log: Log) -> pd.DataFrame:
    """The applications with the moments that matter."""
    events, count = log.events, len(log.applications)
    found = log.applications.copy()
    found["submitted"], dated_in, _ = _first(events, count, [What.SUBMITTED])
    accepted, dated_accepted, _ = _first(events, count, [What.ACCEPTED])
    taken, dated_taken, _ = _first(events, count, [What.TAKEN_UP])
    found["accepted"] = np.where(accepted >= 0, accepted, taken)
    found["decided"], dated_out, found["outcome"] = _first(events, count, DECIDED, last=True)
    found["ended"], _, _ = _first(events, count, GIVEN_UP, last=True)
    found["revoked"] = _first(events, count, [What.REVOKED])[0] >= 0
    found["extended"] = _first(events, count, [What.EXTENDED])[0] >= 0
    found["seen"] = _first(events, count, list(What))[0]
    found["dated"] = np.where(accepted >= 0, dated_accepted, dated_taken) | dated_out
    found["dated_in"] = dated_in | np.where(accepted >= 0, dated_accepted, dated_taken)
    began = np.where(found["submitted"] >= 0, found["submitted"], found["accepted"])
    # A date alone says that it was some time on that day: at its end at the latest.
    found["began"] = np.where((began >= 0) & (began % DAY == 0), began + DAY - 1, began)
    items = [log.items.get(log.steps[step]) if step >= 0 else None for step in found["step"]]
    listed = pd.Series([item.limit if item else np.nan for item in items], index=found.index)
    found["limit"] = found["limit"].fillna(listed)
    return found


def _stops(log: Log, days: Days, followed: pd.DataFrame, met: Counter[str]) -> pd.DataFrame:
    """The stretches of 补正 and of special procedures, each with its end where one is written."""
    events = log.events
    events = events.assign(next=events.groupby("application")["moment"].shift(-1).fillna(NEVER).astype(np.int64))
    parts = [_paired(events, What.CORRECTION, What.CORRECTED), _paired(events, What.SPECIAL, What.SPECIAL_OVER)]
    stops = pd.concat(parts, ignore_index=True)
    correcting = (stops["what"] == int(What.CORRECTION)).to_numpy()
    lost = stops["end"].lt(0) & (stops["next"].ge(0) | _at(followed, "decided", stops).ge(0).to_numpy())
    met["L019"] += int((lost & correcting).sum())
    met["L004"] += int((lost & ~correcting).sum())
    # Whoever goes on after a paper was sent back has it again; a special procedure without an end has lasted anyhow.
    stops["end"] = np.where(lost & correcting & stops["next"].ge(0), stops["next"], stops["end"])
    accepted = _at(followed, "accepted", stops).to_numpy()
    stops["before"] = (accepted < 0) | (stops["start"] < accepted)
    known = stops["end"].to_numpy() >= 0
    stops["days"] = np.nan
    start, end, dated = (stops[name].to_numpy()[known] for name in ("start", "end", "dated"))
    stops.loc[known, "days"] = days.between(start, end, dated)
    return stops.drop(columns="next")


def _at(frame: pd.DataFrame, column: str, rows: pd.DataFrame) -> pd.Series:
    return frame[column].iloc[rows["application"].to_numpy()]


def _paired(events: pd.DataFrame, begins: What, ends: What) -> pd.DataFrame:
    """Each beginning with the end that follows it before another beginning."""
    part = events[events["what"].isin([int(begins), int(ends)])]
    own = part["application"].to_numpy()
    follows = np.append(own[1:] == own[:-1], False) if len(own) else np.empty(0, dtype=bool)
    closing = np.append(part["what"].to_numpy()[1:], 0)[: len(part)] == int(ends)
    after, late = (np.append(part[name].to_numpy()[1:], 0)[: len(part)] for name in ("moment", "dated"))
    paired = follows & closing
    found = pd.DataFrame({
        "application": own, "what": part["what"].to_numpy().astype(np.int64), "start": part["moment"].to_numpy(),
        "end": np.where(paired, after, NEVER), "dated": part["dated"].to_numpy() | (paired & late.astype(bool)),
        "next": part["next"].to_numpy(),
    })  # fmt: skip
    return found[found["what"] == int(begins)]


def _timed(log: Log, days: Days, followed: pd.DataFrame, stops: pd.DataFrame, met: Counter[str]) -> pd.DataFrame:
    """The applications with their days."""
    found = followed
    accepted, decided, submitted = (found[c].to_numpy() for c in ("accepted", "decided", "submitted"))
    whole = (accepted >= 0) & (decided >= 0)
    after = stops[~stops["before"].to_numpy(dtype=bool)]
    inside = after[whole[after["application"].to_numpy()]]
    endless = np.zeros(len(found), dtype=bool)
    endless[inside.loc[inside["end"] < 0, "application"]] = True
    found["dated"] |= _any(inside[inside["dated"].to_numpy(dtype=bool)], len(found))
    found["disordered"] = (whole & (decided < accepted)) | ((submitted >= 0) & (accepted >= 0) & (accepted < submitted))
    found["disordered"] |= _any(stops[(stops["end"] >= 0) & (stops["end"] < stops["start"])], len(found))
    good = whole & ~endless & ~found["disordered"].to_numpy()
    counting = inside[(inside["end"] >= 0) & good[inside["application"].to_numpy()]]
    dated = found["dated"].to_numpy(dtype=bool)
    found["counted"] = np.where(good, _running(found, counting, good, days, dated), np.nan)
    found["legal"] = np.where(good, _running(found, counting, good, days, np.ones(len(found), dtype=bool)), np.nan)
    found["limit"] = found["limit"].fillna(_due(found, days))
    found["on_time"] = _on_time(found, days)
    last = np.where(decided >= 0, decided, log.last)
    started = np.where(submitted >= 0, submitted, accepted)
    both = (started >= 0) & (last >= started)
    found["elapsed"] = np.where(both, days.between(np.where(both, started, 0), np.where(both, last, 0), dated), np.nan)
    found["open"] = (decided < 0) & (found["ended"].to_numpy() < 0) & (started >= 0)
    for name, what, before in (
        ("rounds", What.CORRECTION, True), ("late_rounds", What.CORRECTION, False), ("specials", What.SPECIAL, False),
    ):  # fmt: skip
        mine = stops[(stops["what"] == int(what)) & (stops["before"] == before)]
        found[name] = np.bincount(mine["application"], minlength=len(found))
    for name, what in (("applicant_days", What.CORRECTION), ("special_days", What.SPECIAL)):
        mine = stops[(stops["what"] == int(what)) & stops["days"].notna()]
        found[name] = np.bincount(mine["application"], mine["days"], minlength=len(found))
    met["L006"] += int(found["disordered"].sum())
    met["L008"] += int(found["open"].sum())
    met["L014"] += int(found["limit"].isna().sum())
    return found


def _any(rows: pd.DataFrame, count: int) -> Mask:
    found: Mask = np.bincount(rows["application"], minlength=count) > 0
    return found


def _running(found: pd.DataFrame, stops: pd.DataFrame, good: Mask, days: Days, dated: Mask) -> Floats:
    """By application: the days in which its clock ran."""
    at = np.flatnonzero(good)
    accepted, decided = (found[c].to_numpy()[at] for c in ("accepted", "decided"))
    where, start, end = covered(
        (at, accepted, 1), (at, decided, -1), (stops["application"].to_numpy(), stops["start"].to_numpy(), -1),
        (stops["application"].to_numpy(), stops["end"].to_numpy(), 1),
    )  # fmt: skip
    return np.bincount(where, days.between(start, end, dated[where]), minlength=len(found)).astype(float)


def _due(found: pd.DataFrame, days: Days) -> pd.Series:
    """The limit that a promised day of decision leaves, in legal days after acceptance."""
    known = found["due"].notna() & found["accepted"].ge(0)
    limit = pd.Series(np.nan, index=found.index)
    due, accepted = found.loc[known, "due"].astype(np.int64), found.loc[known, "accepted"]
    limit[known] = days.legal(accepted.to_numpy(), np.maximum(due.to_numpy(), accepted.to_numpy()))
    return limit.where(limit > 0)


def _on_time(found: pd.DataFrame, days: Days) -> Floats:
    """By application: 1 where it was decided within its limit, 0 where not, not-a-number where that is unknown."""
    del days
    limit = found["limit"].to_numpy() + np.where(found["extended"], EXTENSION_DAYS, 0)
    taken = np.where(limit % 1 == 0, found["legal"], found["counted"])
    known = np.isfinite(limit) & np.isfinite(taken)
    return np.where(known, taken <= np.nan_to_num(limit) + 1e-9, np.nan)


def case_days(found: Replay) -> pd.DataFrame:
    """Return a row a case that was decided in all.

    `counted` has parallel days once, `elapsed` goes from when it `began` to when it was `over`; beside them the days of
    the applicant and of special procedures, and whether all its limits were kept.
    """
    usable = found.usable
    whole = usable.groupby("case").size().eq(found.applications.groupby("case").size())
    mine = usable[usable["case"].map(whole).fillna(False).to_numpy(dtype=bool)]
    stops = found.stops[(~found.stops["before"].to_numpy(dtype=bool)) & (found.stops["end"] >= 0)]
    stops = stops[stops["application"].isin(mine.index)]
    own = found.applications["case"].to_numpy()
    case = mine["case"].to_numpy()
    inside = own[stops["application"].to_numpy()]
    where, start, end = covered(
        (case, mine["accepted"].to_numpy(), 1), (case, mine["decided"].to_numpy(), -1),
        (inside, stops["start"].to_numpy(), -1), (inside, stops["end"].to_numpy(), 1),
    )  # fmt: skip
    count = int(own.max(initial=-1)) + 1
    dated = np.zeros(count, dtype=bool)
    np.logical_or.at(dated, case, mine["dated"].to_numpy(dtype=bool))
    counted = np.bincount(where, found.days.between(start, end, dated[where]), minlength=count)
    starts = mine[["submitted", "accepted"]]
    rows = mine.assign(began=starts.where(starts >= 0).min(axis=1).astype(np.int64)).groupby("case")
    cases = rows.agg(began=("began", "min"), over=("decided", "max"), applicant_days=("applicant_days", "sum"),
                     special_days=("special_days", "sum"), on_time=("on_time", "min")).reset_index()  # fmt: skip
    number, first, last = (cases[name].to_numpy() for name in ("case", "began", "over"))
    return cases.assign(counted=counted[number], elapsed=found.days.between(first, last, dated[number]))
