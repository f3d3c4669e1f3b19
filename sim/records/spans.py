"""How long every case took, in order of arrival, those that only load the system before the measured ones included."""

from __future__ import annotations

from dataclasses import dataclass

from sim.core.arrays import Floats, Ints, np
from sim.records.log import CASE, Log
from sim.records.tables import Tables


@dataclass(frozen=True)
class Spans:
    """The cases of one process in one replication, up to the last that is measured, in order of arrival."""

    arrived: Ints
    """When each came, in seconds since the start."""
    days: Floats
    """Working days from then until it ended, however it did."""
    warm_up: int
    """How many of them come before the first that is measured."""
    measured_from: int
    """The moment at which measuring begins."""


def spans(tables: Tables, log: Log) -> dict[str, Spans]:
    """Process → how long its cases took."""
    rows = log.cases.reshape(-1, len(CASE))
    number, process, arrived, finished = (rows[:, CASE.index(c)].astype(np.int64) for c in WANTED)
    office, found = tables.clocks[tables.office], {}
    for i, arrivals in enumerate(tables.arrivals):
        own = np.flatnonzero((process == i) & (number < arrivals.end))
        own = own[np.argsort(number[own])]
        days = office.between_many(arrived[own], finished[own]) / tables.day
        found[arrivals.process] = Spans(arrived[own], days, arrivals.warm_up, arrivals.between[0])
    return found


WANTED = ("case", "process", "arrived", "finished")
"""Columns of the log that are read."""
