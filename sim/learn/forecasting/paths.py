"""The ways of cases through time, on the axis of working days, and how they go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.learn.happenings import What
from sim.learn.replay import Replay

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LIKE = 15
"""Cases in the most similar state, of which one shows how a case goes on."""


@dataclass(frozen=True)
class Paths:
    """What happened in every case, as seen at a moment."""

    began: Floats
    """Working days since the first day of the calendar at which each case began, ascending."""
    offsets: Floats
    """A row a case: working days from its beginning to each event; infinite behind the last."""
    steps: Ints
    """A row a case: which step each event is of; -1 behind the last."""
    seen: float
    """Until when this is seen, on the same axis."""

    @property
    def ages(self) -> Floats:
        """How long each case has been seen."""
        return self.seen - self.began

    def spans(self, horizon: Floats | None = None) -> Floats:
        """Return by case the days from its first event to the last one within so many days of it."""
        within = self.offsets <= (self.ages if horizon is None else horizon)[:, None]
        found: Floats = np.where(within, self.offsets, 0.0).max(axis=1, initial=0.0)
        return found

    def until(self, moment: float) -> Paths:
        """Return what was known at an earlier moment."""
        known = self.began <= moment
        began, offsets, steps = self.began[known], self.offsets[known], self.steps[known]
        hidden = offsets > (moment - began)[:, None]
        return Paths(began, np.where(hidden, np.inf, offsets), np.where(hidden, -1, steps), moment)

    def since(self, moment: float) -> Paths:
        """Return the cases that began after a moment."""
        own = self.began > moment
        return Paths(self.began[own], self.offsets[own], self.steps[own], self.seen)

    def fading(self, half_life: float) -> Floats:
        """Return weights of the cases, of which those that began so many days earlier weigh half as much."""
        found: Floats = 0.5 ** (self.ages / half_life)
        return found

    def between(self, first: float, last: float) -> Paths:
        """Return the cases that began between two moments, as they were seen at the later one."""
        return self.since(first).until(min(last, self.seen))

    def quiet(self, age: float, cases: NDArray[np.intp]) -> Floats:
        """Return for how long nothing had happened in some cases when they were so old."""
        offsets = self.offsets[cases]
        found: Floats = age - np.where(offsets <= age, offsets, 0.0).max(axis=1, initial=0.0)
        return found


def paths(replay: Replay) -> Paths:
    """Return the ways of all cases of a log; begins of work are no events of their own."""
    log, days = replay.log, replay.days
    events = log.events[log.events["what"] != int(What.STARTED)]
    own = log.applications.iloc[events["application"].to_numpy()]
    moment = events["moment"].to_numpy()
    rows = pd.DataFrame({"case": own["case"].to_numpy(), "step": own["step"].to_numpy(),
                         "at": days.exact(np.zeros_like(moment), moment)})  # fmt: skip
    rows = rows.sort_values(["case", "at"], kind="stable")
    began = rows.groupby("case")["at"].min().sort_values(kind="stable")
    rank = pd.Series(np.arange(len(began)), index=began.index)
    nth, case = rows.groupby("case").cumcount().to_numpy(), rank.loc[rows["case"]].to_numpy()
    longest = int(nth.max(initial=0)) + 1
    offsets, steps = np.full((len(began), longest), np.inf), np.full((len(began), longest), -1)
    offsets[case, nth] = rows["at"].to_numpy() - began.to_numpy()[case]
    steps[case, nth] = rows["step"].to_numpy()
    last = np.array([log.last])
    return Paths(began.to_numpy(), offsets, steps, float(days.exact(np.zeros_like(last), last)[0]))


@dataclass(frozen=True)
class Player:
    """Plays cases: each goes the way of one that is known, and where that is not known far enough, of one like it."""

    known: Paths
    chances: Floats
    """How likely a new case is to be like each of them."""
    random: np.random.Generator
    near: dict[int, NDArray[np.intp]] = field(default_factory=dict)
    """Case → those like it at the age up to which it was seen, once looked for."""

    def new(self, horizon: float) -> tuple[Floats, Ints]:
        """Return offsets and steps of a case that has just begun, over so many days."""
        return self._on(int(np.searchsorted(self._upto, self.random.random(), side="right")), 0.0, horizon)

    @cached_property
    def _upto(self) -> Floats:
        upto = np.cumsum(self.chances)
        found: Floats = upto / upto[-1]
        return found

    def goes_on(self, case: int, horizon: float) -> tuple[Floats, Ints]:
        """Return offsets and steps of a known case, as it was seen and as it may go on, over so many days in all."""
        return self._on(case, 0.0, horizon)

    def _on(self, case: int, age: float, horizon: float) -> tuple[Floats, Ints]:
        """Along the way of one case from an age on, then along that of another in the state in which it is left."""
        known, offsets, steps = self.known, [], []
        while True:
            until = min(float(known.ages[case]), horizon)
            row = known.offsets[case]
            part = (row <= until) & ((row > age) | (age == 0.0))
            offsets.append(row[part])
            steps.append(known.steps[case][part])
            if until >= horizon:
                break
            following = self._like(case, until)
            if following is None:
                break
            case, age = following, until
        return np.concatenate(offsets), np.concatenate(steps)

    def _like(self, case: int, age: float) -> int | None:
        """A case seen longer than this, which had been quiet for about as long at the same age."""
        if case not in self.near:
            older = np.flatnonzero(self.known.ages > age + 1)
            mine = self.known.quiet(age, np.array([case]))[0]
            distance = np.abs(self.known.quiet(age, older) - mine)
            self.near[case] = older[np.argsort(distance, kind="stable")[:LIKE]]
        near = self.near[case]
        return int(self.random.choice(near)) if len(near) else None
