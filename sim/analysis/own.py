"""Whether a warm-up is needed: where a scenario's own cases are few, no queue depends on how many are under way.

Two things take time to become what they are in the long run. The other work of an office has been going on when the
first case comes (`sim.engine.others`). A scenario's own cases come to the later offices of their way only when the
first have gone so far; until then these have less to do. That matters where cases are a large part of what one does.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.records.tables import WINDOW

SMALL = 0.1
"""Share of officers' hours up to which cases change no queue that could be seen."""
SMALL_AT_WINDOW = 0.5
"""The same at a window, where nothing else is done and a file takes minutes: M/M/1 at one half waits for one file."""


@dataclass(frozen=True)
class OwnShare:
    """How much of the hours of one pool the cases of a scenario take, in the variant in which that is most."""

    variant: str
    department: str
    role: str
    share: float

    @property
    def small(self) -> bool:
        """Whether the queue there is as long without them, by as much as anybody could see."""
        return self.share <= (SMALL_AT_WINDOW if self.role == WINDOW else SMALL)

    @property
    def too_much(self) -> bool:
        """Whether nobody can keep up, so that the queue grows for as long as cases come."""
        return self.share >= 1
