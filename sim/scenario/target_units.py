"""The unit of a published figure: held against what the measure counts, and brought to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.records.measures.register import MEASURES
from sim.records.statistics import OfCases
from sim.records.units import CALENDAR_DAYS, PUBLISHED, SHARE, WORKING_DAYS, Unit, published_in
from sim.scenario.figures import OF, figures
from sim.scenario.target import Target
from sim.spec.findings import Finding
from sim.text.document import KeyPath

DAY = 24.0
"""Hours of a calendar day."""


def unit_findings(path: KeyPath, target: Target) -> Iterator[Finding]:
    """Yield what is wrong with the unit of a target, and with a share that is none."""
    unit, published = target.value_unit, PUBLISHED[target.unit]
    if unit not in published.tells_of:
        yield Finding((*path, "unit"), _wrong(target, unit))
        return
    for field in figures(type(target)) if unit is SHARE else ():
        value = getattr(target, field)
        lowest = 0 if isinstance(target.statistic_record, OfCases) else -1
        if value is not None and not lowest <= value <= 1:
            yield Finding((*path, field), f"a share is from {lowest * 100}% to 100%, found {value * 100:g}%; mend it")


def _wrong(target: Target, unit: Unit) -> str:
    of_cases = unit is target.measure_record.unit
    told = target.measure if of_cases else f"{target.statistic} of {target.measure}"
    counted = "a share" if unit is SHARE else f"in {unit.id}"
    return f"{told} is {counted}, found {target.unit}; {_instead(target, unit)}"


def _instead(target: Target, unit: Unit) -> str:
    """What to write instead of a unit that the measure has not."""
    if unit is SHARE:
        bound = f"{target.bound:g}"
        meant = f"{bound}%" if abs(target.bound) > 1 else f"{target.bound * 100:g}%"
        return f"write unit: '{OF}', and the share as {meant} or {float(meant[:-1]) / 100:g}"
    own = f"write {' or '.join(published_in(unit))}"
    others = [m for m in MEASURES.values() if m.unit in PUBLISHED[target.unit].tells_of and m.unit is not SHARE]
    clocks = [m.id for m in others if m.clock]  # of the many times, those that are headlines
    meant = " or ".join(clocks or [m.id for m in others])
    return f"{own}, or hold {target.unit} against {meant}" if meant else own


@dataclass(frozen=True)
class Converted:
    """A figure that was published in hours or minutes and is held against days."""

    unit: str
    """Unit as published."""
    hours: float
    """Hours of the day it was brought to."""
    values: Mapping[str, float]
    """Field → the number as published."""


def in_own_days(target: Target, working_day: float) -> tuple[Target, Converted | None]:
    """The target in days where it is published in a part of them, and how it was; `working_day` in hours."""
    hours = PUBLISHED[target.unit].hours
    if hours is None:
        return target, None
    own, day = {WORKING_DAYS: ("工作日", working_day), CALENDAR_DAYS: ("自然日", DAY)}[target.value_unit]
    values = {field: value for field in figures(type(target)) if (value := getattr(target, field)) is not None}
    days = {field: value * hours / day for field, value in values.items()}
    return target.model_copy(update=days | {"unit": own}), Converted(target.unit, day, values)
