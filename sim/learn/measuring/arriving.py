"""How many cases come, and how unevenly."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammaincc, stdtrit

from sim.core.workdays import DAY
from sim.learn.log import Log
from sim.learn.measuring.quantities import Learnt, graded, untold
from sim.learn.moments import day_of
from sim.learn.replay import Replay

Array = NDArray[np.int64]
Floats = NDArray[np.float64]
YEAR, WEEK = 365, 7
_WEEKS, _MONTHS = 8, 12
_SURE = 0.01
_FEW = 5
"""Cases expected below which a part is not called the busiest."""


def beginnings(log: Log) -> Array:
    """Return the first moment of every case, ascending."""
    case = log.applications["case"].to_numpy()[log.events["application"].to_numpy()]
    first = pd.Series(log.events["moment"].to_numpy()).groupby(case).min()
    found: Array = np.sort(first.to_numpy())
    return found


def arriving(replay: Replay) -> Iterator[Learnt]:
    """Yield cases a year, how much more uneven than chance their weeks are, the busiest month and day of the week."""
    log = replay.log
    first = beginnings(log)
    span = (log.last - log.first) / DAY
    weeks = int(span // WEEK)
    if weeks < _WEEKS:
        yield untold("arrivals", "", f"{span:.0f} days, fewer than {_WEEKS} weeks", "L018", n=len(first))
        return
    counts = np.bincount(((first - log.first) // (WEEK * DAY)).astype(int), minlength=weeks)[:weeks]
    dispersion = float(counts.var(ddof=1) / counts.mean()) if counts.mean() else 1.0
    rate = len(first) / span * YEAR
    # The number of cases is known as well as a Poisson number of that dispersion is (quasi-Poisson).
    error = np.sqrt(max(dispersion, 1.0) / len(first)) * float(stdtrit(weeks - 1, 0.975))
    yield graded(Learnt("arrivals", "", rate, rate * np.exp(-error), rate * np.exp(error), len(first),
                        f"cases that began in {span:.0f} days, quasi-Poisson over {weeks} weeks",
                        detail=_weekdays(first)))  # fmt: skip
    wide = float(stdtrit(weeks - 1, 0.975)) * np.sqrt(2 / (weeks - 1))
    yield graded(Learnt("dispersion", "", dispersion, max(dispersion * (1 - wide), 0), dispersion * (1 + wide), weeks,
                        "variance over mean of weekly arrivals"))  # fmt: skip
    yield _season(log, first)
    yield _week(replay, first)


def _weekdays(first: Array) -> dict[str, float]:
    """The share of the cases that begin on each day of the week, Monday 1."""
    weekday = (first // DAY + day_of(0).weekday()) % WEEK
    shares = np.bincount(weekday.astype(int), minlength=WEEK) / max(len(first), 1)
    return {f"weekday {n + 1}": round(float(share), 4) for n, share in enumerate(shares)}


def _season(log: Log, first: Array) -> Learnt:
    """The months against the average one, by cases a day."""
    days = np.arange(log.first // DAY, log.last // DAY + 1)
    months = pd.to_datetime(pd.Series(days), unit="D", origin=pd.Timestamp(day_of(0))).dt.month.to_numpy()
    exposure = np.bincount(months, minlength=13)[1:].astype(float)
    own = pd.to_datetime(pd.Series(first // DAY), unit="D", origin=pd.Timestamp(day_of(0))).dt.month.to_numpy()
    counts = np.bincount(own, minlength=13)[1:].astype(float)
    if (exposure >= 20).sum() < _MONTHS:
        return untold("season", "", "the window does not hold every month of a year", "L018", n=len(first))
    return _uneven("season", "month", counts, exposure, "cases a day by month")


def _week(replay: Replay, first: Array) -> Learnt:
    """The days of the week against the average working day, by cases on one that was worked."""
    monday = day_of(0).weekday()
    days = np.arange(replay.log.first // DAY, replay.log.last // DAY + 1)
    working = days[~replay.days.off(days * DAY)]
    own = first[~replay.days.off(first)] // DAY
    exposure, counts = (np.bincount((d + monday) % WEEK, minlength=WEEK).astype(float) for d in (working, own))
    return _uneven("week", "weekday", counts, exposure, "cases on a working day by day of the week")


def _uneven(quantity: str, part: str, counts: Floats, exposure: Floats, method: str) -> Learnt:
    """The busiest part against the average, and whether parts differ by more than chance (Pearson)."""
    there = exposure > 0
    n = int(counts.sum())
    expected = counts.sum() * exposure / exposure.sum()
    chi = float(((counts - expected)[there] ** 2 / np.maximum(expected[there], 1e-9)).sum())
    sure = float(gammaincc((there.sum() - 1) / 2, chi / 2)) < _SURE
    factors = np.where(there, counts / np.maximum(expected, 1e-9), 0.0)
    enough = expected >= min(_FEW, expected.max())
    busiest = int(np.where(enough, factors, 0.0).argmax())
    top = float(factors[busiest])
    error = 1.96 * np.sqrt(top / max(expected[busiest], 1))
    detail = {f"{part} {n + 1}": round(float(f), 3) for n, f in enumerate(factors)}
    learnt = graded(Learnt(quantity, "", top, max(top - error, 0), top + error, n, method, detail=detail))
    return learnt if sure else learnt.doubted("L018", "no more uneven than chance")
