"""The cases that a demand lists: as they came, in the scenario itself or in a table beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sim.core.errors import Fault, SpecError
from sim.core.workdays import DayTable
from sim.scenario.library import Input, Spec
from sim.scenario.neighbours import neighbour
from sim.scenario.scenario import Demand, Scenario
from sim.text.csvio import Cell, column

COLUMN = "arrived"
"""The column of a table that says when a case came."""
_MOMENT = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)[ T](\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?")
_SHOWN = 10
"""Faults of one kind that are told one by one."""


class Listed(NamedTuple):
    """A scenario whose demand holds every case that it lists."""

    scenario: Scenario
    inputs: tuple[Input, ...]
    """The tables it was read from."""


def listed(spec: Spec[Scenario], table: DayTable, root: Path) -> Listed:
    """Return the scenario with the arrivals that its demand lists, in order; raise SpecError with what is wrong."""
    demands, inputs, faults = dict(spec.model.demand), list[Input](), list[Fault]()
    for process, demand in spec.model.demand.items():
        if demand.arrivals is None:
            continue
        try:
            moments, read = _read(spec, process, demand, root)
            _refuse_outside(spec, process, moments, table)
            if demand.warm_up >= len(moments):
                message = f"warm_up must leave cases to measure, found {demand.warm_up} of {len(moments)}"
                raise SpecError([spec.fault(("demand", process, "warm_up"), message)])
        except SpecError as error:
            faults += error.faults
            continue
        inputs += read
        demands[process] = demand.model_copy(update={"arrivals": tuple(f"{m:%Y-%m-%d %H:%M:%S}" for m in moments)})
    if faults:
        raise SpecError(faults)
    return Listed(spec.model.model_copy(update={"demand": demands}), tuple(inputs))


def _read(spec: Spec[Scenario], process: str, demand: Demand, root: Path) -> tuple[list[datetime], list[Input]]:
    if not isinstance(demand.arrivals, str):
        return sorted(_in_file(spec, process, demand)), []
    found = column(neighbour(spec, ("demand", process, "arrivals"), demand.arrivals, root), COLUMN)
    wrong = [cell for cell in found.cells if _moment(cell.value) is None]
    if wrong:
        raise SpecError(_told([found.fault(cell, _no_moment(cell)) for cell in wrong]))
    if not found.cells:
        raise SpecError([Fault(found.file, 1, "", f"nothing stands under {COLUMN}: write when each case came")])
    moments = [moment for cell in found.cells if (moment := _moment(cell.value))]
    return sorted(moments), [Input("Arrivals", process, found.sha256)]


def _in_file(spec: Spec[Scenario], process: str, demand: Demand) -> Iterator[datetime]:
    faults = []
    for i, text in enumerate(demand.arrivals or ()):
        if (moment := _moment(text)) is None:
            faults.append(spec.fault(("demand", process, "arrivals", i), f"there is no moment {text}; mend it"))
        else:
            yield moment
    if faults:
        raise SpecError(faults)


def _moment(text: str) -> datetime | None:
    found = _MOMENT.fullmatch(text)
    try:
        return datetime(*(int(part or 0) for part in found.groups())) if found else None  # type: ignore[arg-type]
    except ValueError:
        return None


def _no_moment(cell: Cell) -> str:
    return f"wanted a date and a time of day, YYYY-MM-DD HH:MM, found {cell.value!r}"


def _told(faults: list[Fault]) -> list[Fault]:
    """The first faults of many, the last of which says how many more there are."""
    *first, last = faults[:_SHOWN]
    more = len(faults) - _SHOWN
    return [*first, replace(last, message=f"{last.message}; and {more} more rows like this") if more > 0 else last]


def _refuse_outside(spec: Spec[Scenario], process: str, moments: list[datetime], table: DayTable) -> None:
    """Raise SpecError where cases came before the first day, or where too few days are known after the last."""
    start = spec.model.first_day
    early = sum(moment.date() < start for moment in moments)
    path = ("demand", process, "arrivals")
    if early:
        wrong = f"{early} of {len(moments)} cases come before the start, {start}, the first on {moments[0]:%Y-%m-%d}"
        raise SpecError([spec.fault(path, f"{wrong}; start earlier, or take them out")])
    if moments[-1].date() > table.last - timedelta(days=365):
        wrong = f"the last case comes on {moments[-1]:%Y-%m-%d}, and the calendar ends {table.last}"
        raise SpecError([spec.fault(path, f"{wrong}, less than a year later; take it out")])
