"""How long an office takes over a step: by the one general rule, unless the spec states it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.workdays import DAY
from sim.engine.population import Mask
from sim.engine.programs.lines import Ints, Lines, Setting, clock_of
from sim.records.tables import Op
from sim.spec.amounts import values
from sim.spec.categories import Category
from sim.spec.durations import CALENDAR_TO_WORKING_DAYS
from sim.spec.step import Step


class Handling:
    """The review of one attempt at a step: the officers' work, circulation, special procedures."""

    def __init__(self, setting: Setting, node: str, step: Step, attempt: int) -> None:
        self._setting, self._node, self._step, self._attempt = setting, node, step, attempt
        self._whole = self._handling_time()
        self._work = self._work_time()

    def _luck(self, purpose: str) -> NDArray[np.float64]:
        return self._setting.luck(self._node, purpose, self._attempt)

    def _handling_time(self) -> Ints | None:
        """Pace times limit, in seconds of the clock the limit runs on; None where there is no limit."""
        limit, practice = self._step.limit.effective, self._setting.practice
        if limit is None:
            return None
        slow = self._luck("overdue") < practice.overdue.share
        factor = np.where(slow, values(practice.overrun.factor, self._luck("overrun")),
                          values(practice.pace.factor, self._luck("pace")))  # fmt: skip
        whole: Ints = np.rint(factor * limit.seconds(self._luck("limit"), self._setting.place.day)).astype(np.int64)
        return whole

    def _in_working_time(self, seconds: Ints) -> Ints:
        """Seconds of the limit's clock as seconds of working time."""
        limit = self._step.limit.effective
        if limit is None or not limit.in_calendar_time:
            return seconds
        scale = CALENDAR_TO_WORKING_DAYS * self._setting.place.day / DAY
        working: Ints = np.rint(seconds * scale).astype(np.int64)
        return working

    def _work_time(self) -> Ints:
        if self._step.work is not None:
            return self._setting.seconds(self._step.work, self._node, "work", self._attempt)
        if self._whole is None:
            return self._setting.zeros()
        share = self._setting.practice.work_share.share
        work: Ints = np.rint(self._in_working_time(self._whole) * share).astype(np.int64)
        return work

    def work(self, lines: Lines, mask: Mask) -> None:
        """Add the officers' work."""
        work = self._step.work
        role, staff = (work.by, work.staff) if work else ("officers", 1)
        self._setting.serve(lines, self._step.at or "", role, self._work, mask, staff=staff)

    def review(self, lines: Lines, mask: Mask) -> None:
        """Add the sitting, the work, the circulation and the special procedures."""
        setting, step = self._setting, self._step
        if step.sits:
            lines.mark(Op.SIT, mask, where=setting.place.sitting(step.sits))
        self.work(lines, mask)
        self._circulate(lines, mask)
        for i, special in enumerate(step.special):
            seconds = setting.seconds(special, self._node, "special", i, self._attempt)
            lines.add(Op.DELAY, seconds, mask & setting.population.holds(special.when),
                      category=Category.SPECIAL, where=clock_of(special))  # fmt: skip

    def _circulate(self, lines: Lines, mask: Mask) -> None:
        """Add the internal circulation: what the spec states, else what is left of the handling time."""
        stated, limit = self._step.circulation, self._step.limit.effective
        if stated is not None:
            seconds = self._setting.seconds(stated, self._node, "circulation", self._attempt)
            lines.add(Op.DELAY, seconds, mask, category=Category.CIRCULATION, where=clock_of(stated))
        elif self._whole is not None and limit is not None:
            worked = self._work / np.maximum(self._in_working_time(self._whole), 1)
            left = np.maximum(np.rint(self._whole * (1 - worked)), 0).astype(np.int64)
            lines.add(Op.DELAY, left, mask, category=Category.CIRCULATION, where=clock_of(limit))
