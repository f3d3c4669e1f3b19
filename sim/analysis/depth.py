"""How much is kept of what is played: as much as will be told of it."""

from __future__ import annotations

from enum import IntEnum

from sim.analysis.comparison import MONTHLY
from sim.records.measures.register import MEASURES

GLANCE = (
    "counted_days",
    "counted_path_days",
    "elapsed_days",
    "calendar_days",
    "promised_days",
    "touchpoints",
    "materials",
    "trips",
    "fees",
    "on_time_share",
)
"""Measures of a short table, where they have a value; results.json has them all."""
SHOWN = (*GLANCE, "revoked_share")
"""Measures in the table on the screen, likewise."""
RARE = ("refused_share", "lapsed_share", "returned_share", "extended_share", "tacit_share")
"""Measures that stand there too where they are not nothing in every variant."""


class Depth(IntEnum):
    """How much is kept of each replication."""

    GLANCE = 0
    """What the table on the screen and the verdicts tell: no other measure, nothing of steps, staff or attributes."""
    FIGURES = 1
    """Every figure of every case."""
    COURSES = 2
    """Besides, of the first replication, the course of every case, to be drawn, and all events, to be written."""

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that are kept of every case."""
        told = {*SHOWN, *RARE, *MONTHLY}
        return tuple(name for name in MEASURES if self > Depth.GLANCE or name in told)
