"""How long an office takes over a step: by the one general rule, unless the spec states it."""

from __future__ import annotations

import numpy as np

from sim.engine.population import Mask
from sim.engine.programs.binding import Binding
from sim.engine.programs.lines import ALWAYS, Ints, Lines, Setting
from sim.engine.programs.work import Work, in_working_time
from sim.records.tables import Op
from sim.spec.categories import Category
from sim.spec.durations import Duration
from sim.spec.effort import Effort
from sim.spec.step import Step


class Handling:
    """The review of one attempt at a step: the officers' work, circulation, special procedures."""

    def __init__(self, setting: Setting, node: str, step: Step, attempt: int,
                 efforts: tuple[Effort, ...]) -> None:  # fmt: skip
        self._setting, self._node, self._step, self._attempt = setting, node, step, attempt
        self._work = Work(setting, efforts, attempt)
        self.binding = Binding(setting, node, step, attempt)
        """The limits that bind it."""

    def work(self, lines: Lines, mask: Mask) -> None:
        """Add the officers' work."""
        self._work.add(lines, mask)

    def review(self, lines: Lines, mask: Mask) -> None:
        """Add the sitting, the work, the circulation and the special procedures."""
        setting, step = self._setting, self._step
        setting.sit(lines, step, self._node, mask)
        self.work(lines, mask)
        self._circulate(lines, mask)
        for i, special in enumerate(step.special):
            going = mask & setting.population.holds(special.when)
            seconds = setting.seconds(special, self._node, "special", i, self._attempt, needed=going)
            lines.add(Op.DELAY, seconds, going, category=Category.SPECIAL, where=setting.place.clock(special))

    def _circulate(self, lines: Lines, mask: Mask) -> None:
        """Add the internal circulation: what the spec states, else what is left of the handling time."""
        stated = self._step.circulation
        if stated is not None:
            seconds = self._setting.seconds(stated, self._node, "circulation", self._attempt)
            self._circulate_on(lines, self._clock(stated), seconds, mask)
            return
        for bound, limit in self.binding.parts:
            if limit.effective is not None:
                left = self._left(limit.effective, self.binding.taken(limit))
                self._circulate_on(lines, self._clock(limit.effective), left, mask & bound)

    def _clock(self, duration: Duration) -> int:
        return self._setting.place.clock(duration, self._step.at or "")

    def _left(self, limit: Duration, whole: Ints) -> Ints:
        """By case: what the work leaves of the handling time, on the clock of the limit."""
        worked = self._work.seconds / np.maximum(in_working_time(self._setting, limit, whole), 1)
        # Handling takes at least its work: where a limit leaves less, nothing circulates and the limit is missed.
        left: Ints = np.maximum(np.rint(whole * (1 - worked)), 0).astype(np.int64)
        return left

    def _circulate_on(self, lines: Lines, clock: int, seconds: Ints, mask: Mask) -> None:
        """Let internal circulation pass; one that runs day and night ends while its department is open."""
        if clock == ALWAYS:
            duty = self._setting.place.duty(self._step.at or "")
            lines.add(Op.CIRCULATE, seconds, mask, category=Category.CIRCULATION, where=duty)
        else:
            lines.add(Op.DELAY, seconds, mask, category=Category.CIRCULATION, where=clock)
