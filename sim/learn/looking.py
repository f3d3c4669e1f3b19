"""What the records suffer from, before anything is estimated from them: every problem with its place and its count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.learn.happenings import What
from sim.learn.measuring.levels import ENOUGH, break_in, drift_in
from sim.learn.measuring.quantities import Learnt
from sim.learn.measuring.sojourns import spans
from sim.learn.measuring.view import View, views
from sim.learn.moments import day_of
from sim.learn.problems import PROBLEMS
from sim.learn.replay import Replay

Floats = NDArray[np.float64]
_APART, _PART = 2.5, 0.15
"""Two groups are two where their means lie so many spreads apart and each has such a share."""
_BETTER = 20.0
"""By how much two groups must describe the times better than one (BIC)."""
TOUCHED = {
    "L010": ("pace", "handling", "overdue"),
    "L011": ("pace", "handling", "overdue"),
    "L012": ("pace", "handling", "overdue"),
    "L006": ("pace", "handling"),
    "L017": ("pace", "handling", "overdue"),
}
"""Code → the quantities of the same step that it makes doubtful."""
_SHARED = 0.05
"""A problem of fewer than this share of the applications leaves the grades alone."""


@dataclass(frozen=True)
class Found:
    """A problem that the records have."""

    code: str
    scope: str
    """Id of the step; nothing for the whole."""
    count: int
    of: int
    detail: str = ""

    @property
    def share(self) -> float:
        """How much of what there is it touches."""
        return self.count / self.of if self.of else 0.0


def look(replay: Replay) -> list[Found]:
    """Return every problem that the records have, by code, then by step."""
    found = [*_reading(replay), *_moments(replay)]
    if replay.log.clocked:
        for view in views(replay):
            found += list(_step(view)) if view.scope else list(_window(view))
    return sorted((f for f in found if f.count), key=lambda f: (f.code, f.scope))


def _reading(replay: Replay) -> Iterator[Found]:
    rows = sum(origin.rows for origin in replay.log.origins)
    for code, count in replay.log.met.items():
        yield Found(code, "", count, rows)
    for code in ("L004", "L019"):
        yield Found(code, "", replay.met.get(code, 0), len(replay.stops))


def _moments(replay: Replay) -> Iterator[Found]:
    events = replay.log.events
    yield Found("L002", "", int(events["dated"].sum()), len(events))
    work = events[(events["what"] == int(What.STARTED)) & (events["end"] >= 0)]
    yield Found("L003", "", int((work["end"] == work["moment"]).sum()), len(work))
    timed = events[~events["dated"]]
    yield Found("L009", "", int(replay.days.off(timed["moment"].to_numpy()).sum()), len(timed))
    case = replay.log.applications["case"].to_numpy()[events["application"].to_numpy()]
    if not replay.log.clocked:
        whole = spans(replay)
        yield Found("L008", "", int(whole["open"].sum()), len(whole))
    tied = events.assign(case=case).duplicated(["case", "moment"], keep=False)
    yield Found("L015", "", int(tied.sum()), len(events))


def _window(view: View) -> Iterator[Found]:
    rows = view.rows
    # What begins in the middle was under way when the window opened, or its beginning was never uploaded.
    late = rows["submitted"].lt(0) & rows["accepted"].lt(0)
    yield Found("L007", "", int(late.sum()), len(rows))
    yield Found("L006", "", int(rows["disordered"].sum()), len(rows))
    yield Found("L008", "", int(rows["open"].sum()), len(rows))
    yield Found("L014", "", int(rows["limit"].isna().sum()), len(rows))
    yield Found("L017", "", view.abandoned, len(rows))


def _step(view: View) -> Iterator[Found]:
    yield Found("L006", view.scope, int(view.rows["disordered"].sum()), len(view.rows))
    yield Found("L017", view.scope, view.abandoned, len(view.rows))
    count = len(view.reviewed)
    if count < ENOUGH:
        return
    when, days = view.level
    if (broken := break_in(days)) is not None:
        at, before, after = broken
        yield Found("L011", view.scope, len(days) - at, count, f"{day_of(when[at])}: {before:.1f} → {after:.1f}")
    elif (slope := drift_in(days)) is not None:
        yield Found("L010", view.scope, count, count, f"{slope:+.0%} from first to last")
    if (two := _mixture(view.reviewed["counted"].to_numpy(dtype=float))) is not None:
        low, high, part = two
        yield Found("L012", view.scope, round(part * count), count, f"{low:.1f} and {high:.1f} days")


def _mixture(days: Floats) -> tuple[float, float, float] | None:
    """The typical days of two groups and the share of the slower one, where two describe the times far better."""
    x = np.log(np.maximum(days, 0.05))
    n, spread = len(x), float(x.std())
    if spread < 1e-6:
        return None
    middle = np.median(x)
    part, (a, b), (s, t) = 0.5, (x[x <= middle].mean(), x[x > middle].mean()), (spread / 2, spread / 2)
    for _ in range(100):
        left, right = (w * np.exp(-(((x - m) / d) ** 2) / 2) / d for w, m, d in ((1 - part, a, s), (part, b, t)))
        own = right / np.maximum(left + right, 1e-300)
        part = float(own.mean())
        if not 0.02 < part < 0.98:
            return None
        a, b = float(((1 - own) * x).sum() / (1 - own).sum()), float((own * x).sum() / own.sum())
        s = max(float(np.sqrt(((1 - own) * (x - a) ** 2).sum() / (1 - own).sum())), spread / 20)
        t = max(float(np.sqrt((own * (x - b) ** 2).sum() / own.sum())), spread / 20)
    left, right = (w * np.exp(-(((x - m) / d) ** 2) / 2) / d for w, m, d in ((1 - part, a, s), (part, b, t)))
    two = float(np.log(np.maximum(left + right, 1e-300)).sum())
    one = float((-np.log(spread) - ((x - x.mean()) / spread) ** 2 / 2).sum())
    better = 2 * (two - one) - 3 * np.log(n)
    apart = (b - a) / max(s, t)
    wide = better > _BETTER and apart > _APART and _PART < part < 1 - _PART
    return (float(np.exp(a)), float(np.exp(b)), part) if wide else None


def doubted(learnt: tuple[Learnt, ...], problems: list[Found]) -> tuple[Learnt, ...]:
    """Return what was learnt, less sure where a problem of the same step touches it."""
    found = []
    for one in learnt:
        for problem in problems:
            mine = problem.scope and problem.scope == one.scope and one.quantity in TOUCHED.get(problem.code, ())
            if mine and one.told and problem.share >= _SHARED:
                why = f"{PROBLEMS[problem.code].name.en} ({problem.detail or problem.count})"
                one = one.doubted(problem.code, why)
        found.append(one)
    return tuple(found)
