"""The unit of a published figure: read, held against what the measure counts, and brought to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from sim.records.measures.register import MEASURES
from sim.records.statistics import OfCases
from sim.records.units import CALENDAR_DAYS, PUBLISHED, SHARE, WORKING_DAYS, Unit, published_in
from sim.spec.findings import Finding
from sim.text.document import KeyPath

if TYPE_CHECKING:
    from sim.scenario.target import Target

PERCENT = r"^\d+(\.\d+)?%$"
"""How a percentage is written."""
_OF = "%"
_DAY = 24.0
"""Hours of a calendar day."""

Figure = Annotated[
    float, BeforeValidator(lambda x: x, json_schema_input_type=float | Annotated[str, Field(pattern=PERCENT)])
]
"""A published number in the unit of its target; a share as 0.9, as 90 with the unit %, or as 90%."""


def figures(kind: type[Target]) -> list[str]:
    """The fields of a target that hold a number in its unit."""
    return [name for name, field in kind.model_fields.items() if field.annotation == Figure | None]


def as_shares(kind: type[Target], written: Any) -> Any:
    """The target as it is written, its percentages as shares: 90% and 90 with the unit % are 0.9, and 0.9 is 0.9.

    Raises ValueError for a percentage with another unit.
    """
    if not isinstance(written, Mapping):
        return written
    shares = {field: _share(written[field], written.get("unit")) for field in figures(kind) if field in written}
    return {**written, **shares}


def _share(value: Any, unit: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(PERCENT, value):
        if unit != _OF:
            raise ValueError(f"{value} is a share, the unit is {unit}; write unit: '{_OF}', or the number in {unit}")
        return float(value.removesuffix(_OF)) / 100
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value / 100 if number and unit == _OF and abs(value) > 1 else value


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
        return f"write unit: '{_OF}', and the share as {meant} or {float(meant[:-1]) / 100:g}"
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
    own, day = {WORKING_DAYS: ("工作日", working_day), CALENDAR_DAYS: ("自然日", _DAY)}[target.value_unit]
    values = {field: value for field in figures(type(target)) if (value := getattr(target, field)) is not None}
    days = {field: value * hours / day for field, value in values.items()}
    return target.model_copy(update=days | {"unit": own}), Converted(target.unit, day, values)
