"""Moments up to which a case waits for its applicant."""

from __future__ import annotations

from sim.engine.lists import Later, Time
from sim.records.tables import Tables, Within


def due(tables: Tables, allowed: Time, index: int, start: int) -> int:
    """Return when a time ends that a case is allowed from a moment on."""
    within = allowed.within[index]
    if allowed.unit is Within.SECONDS:
        return tables.clocks[allowed.clock].add(start, within)
    return tables.deadlines.end(start, within, allowed.unit is Within.CALENDAR_DAYS)


def supplied(tables: Tables, deferral: Later, index: int, now: int) -> tuple[int, bool]:
    """Return when papers have come that may come after acceptance, and whether that is too late."""
    end = now
    for clock, seconds in deferral.supply:
        end = tables.clocks[clock].add(end, seconds[index])
    return end, end > due(tables, deferral.allowed, index, now)
