"""The holidays of a year that no notice covers yet: by the regulation as far as it speaks, else assumed.

Law: the days are those of 全国年节及纪念日放假办法 (国务院令第795号, in force 2025-01-01) 第二条; a day on a weekend is
made up on a working day (第六条); around a holiday no more than six days on end are worked (第七条).
Announced: how long a break is, by 国务院办公厅关于2025年部分节假日安排的通知 (国办发明电〔2024〕12号): 春节 8 days from
除夕, 国庆节 7 from 1 October, 8 together with a 中秋节 that meets it, 劳动节 5, the others 3, or 1 on a Wednesday.
Assumed: which days a break takes in, and which weekend days are worked for it. A break takes in as much of a weekend
as it can, then starts as late as it can. One that takes half a weekend gives the other half to work. What is owed
beyond that is worked on the nearest free weekend: of two days one before and one after, of one on the side where
fewer days on end are worked.

How far off: the notices for 2025 and 2026, from which this was read, differ on no date. Those for 2019 to 2024, given
under the regulation before it (除夕 and 2 May were no holidays), differ on 2 to 6 dates a year. Every date follows
its own year: what a 元旦 asks of the December before is part of the projection of that December.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

MOST_WORKED = 6
"""Days on end that may be worked around a holiday (第七条)."""
SUNDAY, WEDNESDAY, SATURDAY = 0, 3, 6
"""Weekdays as what is left of a day's number divided by 7."""


@dataclass(frozen=True)
class Break:
    """Days off on end, numbered as `date.toordinal` does; so many of them are holidays by law."""

    first: int
    length: int
    by_law: int

    @property
    def days(self) -> range:
        """Return the numbers of its days."""
        return range(self.first, self.first + self.length)

    @property
    def weekend_days(self) -> int:
        """Return how many of its days are a Saturday or Sunday."""
        return sum(map(_is_weekend, self.days))

    @property
    def owed(self) -> int:
        """Return how many weekend days are worked for it: its weekdays beyond the holidays by law."""
        return self.length - self.weekend_days - self.by_law


def projected(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the dates of a year off, a weekend beside them included, and its weekend dates on.

    ValueError for a year whose lunar dates are not known: before 1900 or after 2099.
    """
    plan = _Plan([*_breaks(year), _single(_new_year(year + 1))])
    off, on = (frozenset(filter(lambda day: day.year == year, map(date.fromordinal, d))) for d in (plan.off, plan.on))
    return off, on


def _breaks(year: int) -> Iterator[Break]:
    """Yield the breaks of a year in order."""
    # Imported here: it takes 10 ms, and most commands never ask for a date.
    from borax.calendars.lunardate import LunarDate, TermUtils

    def lunar(month: int, day: int) -> int:
        return int(LunarDate(year, month, day).to_solar_date().toordinal())

    yield _single(_new_year(year))
    yield Break(lunar(1, 1) - 1, 8, by_law=4)
    yield _single(TermUtils.nth_term_day(year, term_name="清明").toordinal())
    yield _around(date(year, 5, 1).toordinal(), 5, by_law=2)
    yield _single(lunar(5, 5))
    yield from _autumn(lunar(8, 15), date(year, 10, 1).toordinal())


def _autumn(moon: int, national: int) -> Iterator[Break]:
    """Yield the breaks of 中秋节 and 国庆节, one where they meet."""
    alone = _single(moon)
    if alone.days[-1] < national - 1:
        yield alone
        yield Break(national, 7, by_law=3)
    else:
        yield Break(min(moon, national), 8, by_law=4)


def _single(day: int) -> Break:
    """Return the break of a holiday of one day."""
    return Break(day, 1, by_law=1) if day % 7 == WEDNESDAY else _around(day, 3, by_law=1)


def _around(first: int, length: int, by_law: int) -> Break:
    """Return the break that holds the days by law from `first` on and the most weekend days, the latest of such."""
    starts = range(first, first + by_law - length - 1, -1)
    return max((Break(start, length, by_law) for start in starts), key=lambda found: found.weekend_days)


def _new_year(year: int) -> int:
    return date(year, 1, 1).toordinal()


def _is_weekend(day: int) -> bool:
    return day % 7 in (SATURDAY, SUNDAY)


class _Plan:
    """The days off of some breaks, in order, and the weekend days on that make up for them."""

    def __init__(self, breaks: list[Break]) -> None:
        self.off = {day for each in breaks for day in each.days}
        self.on: set[int] = set()
        # Halves first: where a weekend is free shows only when the halves of all breaks are known.
        owed = [each.owed - self._work_halves(each) for each in breaks]
        for each, days in zip(breaks, owed, strict=True):
            if days:
                sides = sorted([self._nearest(each.first, -1), self._nearest(each.days[-1], 1)])
                self.on.update(day for _, day in sides[:days])
        beside = {day + step for day in self.off for step in (-1, 1)}
        self.off |= {day for day in beside if _is_weekend(day)} - self.on

    def _work_halves(self, each: Break) -> int:
        """Work the other halves of the weekends that a break takes half of; return how many."""
        edges = ((each.first, each.first - 1), (each.days[-1], each.days[-1] + 1))
        halves = [beyond for edge, beyond in edges if _is_weekend(edge) and _is_weekend(beyond)][: each.owed]
        self.on.update(halves)
        return len(halves)

    def _nearest(self, edge: int, step: int) -> tuple[int, int]:
        """Return the days on end worked with a day of the nearest free weekend beyond an edge, and that day."""
        saturday = edge - (edge - SATURDAY) % 7
        for weeks in count():
            weekend = [saturday + 7 * step * weeks + half for half in (0, 1)]
            free = [(self._worked_with(day), day) for day in weekend if (day - edge) * step > 0 and self._is_free(day)]
            if free and min(free)[0] <= MOST_WORKED:
                break
        return min(free)

    def _is_free(self, day: int) -> bool:
        """Whether a weekend day is off for no break and does not lengthen one."""
        return day not in self.on and self.off.isdisjoint((day - 1, day, day + 1))

    def _worked_with(self, day: int) -> int:
        """Return how many days on end are worked if this one is."""
        return 1 + sum(next(n for n in count() if not self._is_on(day + step * (n + 1))) for step in (-1, 1))

    def _is_on(self, day: int) -> bool:
        return day in self.on or not (_is_weekend(day) or day in self.off)
