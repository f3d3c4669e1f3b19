"""Panels, whose sittings fill up."""

from __future__ import annotations

from sim.core.sittings import Sittings


class Panel:
    """A panel that gives files their places, in the order in which they come, in the first sitting that has one."""

    def __init__(self, sittings: Sittings) -> None:
        self._sittings, self._number, self._taken = sittings, 0, 0

    def take(self, t: int) -> int:
        """Return the second of the sitting for a file that is there at `t`; no earlier file comes after it."""
        sittings = self._sittings
        if sittings.at_most is None:
            return sittings.next(t)
        number = max(self._number, sittings.first(t))
        if number > self._number:
            self._number, self._taken = number, 0
        elif self._taken == sittings.at_most:
            self._number, self._taken = number + 1, 0
        self._taken += 1
        return sittings.moment(self._number)
