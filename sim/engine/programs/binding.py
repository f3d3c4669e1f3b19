"""The limit that binds an attempt at a step: by class of case, another the second time, extended for some."""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.engine.population import Mask, exclusive
from sim.engine.programs.lines import Ints, Setting, allowed
from sim.engine.programs.work import pace, within
from sim.records.tables import Allowed, Within
from sim.spec.durations import Duration
from sim.spec.limit import Limit
from sim.spec.step import Step


class Binding:
    """The limits of one attempt at a step, each with the cases that it binds."""

    def __init__(self, setting: Setting, node: str, step: Step, attempt: int) -> None:
        self._setting, self._node, self._attempt, self._at = setting, node, attempt, step.at or ""
        self.parts: list[tuple[Mask, Limit]] = exclusive(setting.population, step.limits(attempt))

    @property
    def extended(self) -> Mask:
        """The cases whose limit is extended, if they are reviewed at all."""
        return reduce(np.logical_or, (mask & self._extends(limit) for mask, limit in self.parts))

    def _extends(self, limit: Limit) -> Mask:
        if limit.extended is None or limit.effective is None:
            return self._setting.none()
        return self._setting.luck(self._node, "extended", self._attempt) < limit.extended.share.share

    def allowed(self, limit: Limit) -> Allowed:
        """By case: when a limit ends, any extension in it: whole days by the legal count, the rest by the clock."""
        assert limit.effective is not None
        found = allowed(self._setting, limit.effective, self._node, "limit", self._attempt, at=self._at)
        if limit.extended is None:
            return found
        more = allowed(self._setting, limit.extended, self._node, "limit", self._attempt, at=self._at)
        if found.unit != more.unit:  # one of them in parts of a day
            found, more = (self._by_the_clock(time) for time in (limit.effective, limit.extended))
        longer: Ints = found.within + np.where(self._extends(limit), more.within, 0)
        return Allowed(found.unit, longer, found.clock)

    def _by_the_clock(self, time: Duration) -> Allowed:
        seconds = self._setting.seconds(time, self._node, "limit", self._attempt)
        return Allowed(Within.SECONDS, seconds, self._setting.place.clock(time, self._at))

    def taken(self, limit: Limit) -> Ints:
        """By case: how long an office takes over a limit, in seconds of the clock that it runs on.

        Where the limit is extended it has used that up, and takes its usual part of the extension.
        """
        assert limit.effective is not None
        setting = self._setting
        usual = within(setting, limit.effective, self._node, self._attempt)
        if limit.extended is None:
            return usual
        times = (limit.effective, limit.extended)
        whole, more = (setting.seconds(time, self._node, "limit", self._attempt) for time in times)
        longer = whole + np.rint(pace(setting, self._node, self._attempt) * more).astype(np.int64)
        return np.where(self._extends(limit), longer, usual)
