"""Opening hours of which an assumption says how long a day is: the last period of the day ends earlier or later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sim.core.errors import PlannerError
from sim.spec.opening import Opening, Season, second_of_day

HOUR = 3600
Length = Callable[[float], float]
"""From the hours of a day to what they become."""


class ImpossibleError(PlannerError):
    """An end of a range that no world can have."""


def day_lengths(opening: Opening) -> Iterator[float]:
    """Yield the hours of every sort of day: the usual one, and those of weekdays and seasons."""
    parts: list[Opening | Season] = [opening, *opening.seasons]
    for part in parts:
        yield from map(hours_of_day, [*([part.periods] if part.periods else []), *part.weekdays.values()])


def hours_of_day(periods: Iterable[str]) -> float:
    """The hours of an open day."""
    return sum(second_of_day(end) - second_of_day(start) for start, end in map(_ends, periods)) / HOUR


def with_days(field: Any, length: Length) -> Any:
    """A field of opening hours with the days that the assumption speaks of as long as it says.

    Raises ImpossibleError where a day cannot be that long.
    """
    if isinstance(field, Mapping):
        days = {weekday: _longer(periods, length) for weekday, periods in field.items()}
        return days if any(days[weekday] is not field[weekday] for weekday in field) else field
    if not isinstance(field, tuple):
        return field
    if field and isinstance(field[0], Season):
        seasons = tuple(_season(season, length) for season in field)
        return seasons if any(a is not b for a, b in zip(seasons, field, strict=True)) else field
    return _longer(field, length) if field and "-" in str(field[0]) else field


def _season(season: Season, length: Length) -> Season:
    own = {"periods": _longer(season.periods, length), "weekdays": with_days(season.weekdays, length)}
    changed = {name: value for name, value in own.items() if value is not getattr(season, name)}
    return season.model_copy(update=changed) if changed else season


def _longer(periods: tuple[str, ...], length: Length) -> tuple[str, ...]:
    now = hours_of_day(periods)
    if length(now) == now:
        return periods
    *others, last = periods
    start, end = _ends(last)
    minutes = round((second_of_day(end) + (length(now) - now) * HOUR) / 60)
    if not second_of_day(start) < minutes * 60 <= 24 * HOUR:
        raise ImpossibleError(f"a day of {length(now):g} hours cannot be had by moving the end of {last}")
    return (*others, f"{start}-{minutes // 60:02}:{minutes % 60:02}")


def _ends(period: str) -> tuple[str, str]:
    start, _, end = period.partition("-")
    return start, end
