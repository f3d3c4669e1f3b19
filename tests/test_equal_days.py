"""Working days of unequal length: whatever a date is open, it is one day."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.equal_days import DayClock
from sim.core.hours import Hours, Pattern, Periods

from .test_workdays import DATES, DAY, EPOCH, HORIZON, HOUR, LAW, NINE, TABLE, TIMES, at, clock, said

LENGTHS = st.sampled_from([1800, 7200, 9000, 12_600, 14_400, 25_200])
PLAIN = LENGTHS.map(lambda length: ((9 * HOUR, 9 * HOUR + length),))
SPLIT = st.builds(lambda a, b: ((8 * HOUR, 8 * HOUR + a), (16 * HOUR, 16 * HOUR + b)), LENGTHS, LENGTHS)
UNEVEN = st.builds(
    lambda usual, friday, summer, closed: Hours(
        seasons=(((5, 1), Pattern(summer)), ((10, 1), Pattern(usual, ((4, friday),)))), closed=closed
    ),
    PLAIN | SPLIT, PLAIN | SPLIT, PLAIN | SPLIT, st.frozensets(DATES, max_size=9),
)  # fmt: skip


def day_clock(hours: Hours) -> DayClock:
    """Return a clock that counts each open date of the known years from 1 January 2024 as one day."""
    return DayClock(TABLE, hours, EPOCH)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2024-01-08 09:00", 5, "2024-01-12 13:00"),  # Monday to Friday, which ends at 13:00
        ("2024-01-11 13:00", 1, "2024-01-12 11:00"),  # half of Thursday and half of Friday
        ("2024-01-12 11:00", 1, "2024-01-15 13:00"),
        ("2024-01-12 13:00", 1, "2024-01-15 17:00"),
        ("2024-02-09 09:00", 2, "2024-02-18 17:00"),  # a Friday, and the make-up Sunday after the holiday
    ],
)
def test_a_short_day_is_a_day(start: str, days: int, end: str) -> None:
    """From 9 to 17, on Fridays to 13: five working days from Monday morning end as Friday does."""
    hours = Hours(NINE, weekdays=((4, ((9 * HOUR, 13 * HOUR),)),))
    running = day_clock(hours)
    assert (hours.even, hours.day_seconds) == (False, 8 * HOUR)
    assert said(running.add(at(start), days * 8 * HOUR)) == end
    assert running.between(at(start), at(end)) == days * 8 * HOUR


@LAW
@given(UNEVEN, TIMES, TIMES)
def test_each_open_date_is_one_day(hours: Hours, start: int, end: int) -> None:
    """Between two midnights there are as many days as dates that are open for some time."""
    first, last = sorted((start // DAY, end // DAY))
    running, plain = day_clock(hours), clock(hours)
    dates = sum(plain.between(n * DAY, (n + 1) * DAY) > 0 for n in range(first, last))
    assert running.between(first * DAY, last * DAY) == dates * hours.day_seconds


@LAW
@given(UNEVEN, TIMES, st.integers(1, 90 * DAY))
def test_what_has_passed_of_equal_days_leads_back(hours: Hours, t: int, length: int) -> None:
    """Adding what lies between two moments gives the second, or where the office closed before it."""
    running, end = day_clock(hours), min(t + length, HORIZON)
    passed = running.between(t, end)
    reached = running.add(t, passed)
    assert reached <= end
    assert clock(hours).between(reached, end) == 0
    assert passed == 0 or running.between(t, reached - 1) < passed


@LAW
@given(UNEVEN, TIMES, st.data())
def test_adding_equal_days_ends_at_the_first_moment(hours: Hours, t: int, data: st.DataObject) -> None:
    """By the end as much has passed as was added, and one second earlier it had not."""
    running = day_clock(hours)
    n = data.draw(st.integers(1, max(running.between(t, HORIZON), 1)))
    if n <= running.between(t, HORIZON):
        end = running.add(t, n)
        assert running.between(t, end - 1) < n <= running.between(t, end)


@LAW
@given(UNEVEN, st.lists(st.tuples(TIMES, TIMES), max_size=20))
def test_equal_days_of_whole_arrays_are_those_of_each(hours: Hours, spans: list[tuple[int, int]]) -> None:
    """The arrays give what the single look-ups give, and spans add up."""
    running = day_clock(hours)
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    assert running.between_many(starts, ends).tolist() == [running.between(a, b) for a, b in spans]
    left = running.between(int(starts[0]), HORIZON) if len(spans) else 0
    seconds = np.array([n for _, n in spans if n <= left], dtype=np.int64)
    for t in starts[:1].tolist():
        expected = [running.add(t, n) for n in seconds.tolist()]
        assert running.add_many(t, seconds).tolist() == expected
        assert running.add_many(np.full_like(seconds, t), seconds).tolist() == expected
    for a, b in spans:
        assert running.between(0, a) + running.between(a, b) == running.between(0, b)


@LAW
@given(PLAIN | SPLIT, TIMES, st.integers(0, 90 * DAY))
def test_days_of_equal_length_are_measured_alike(periods: Periods, t: int, length: int) -> None:
    """Where all days are as long, equal days are opening hours."""
    hours, end = Hours(periods), min(t + length, HORIZON)
    n = clock(hours).between(t, end)
    assert day_clock(hours).between(t, end) == n
    assert day_clock(hours).add(t, n) == clock(hours).add(t, n)
