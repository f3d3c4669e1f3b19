"""Moments as records write them, in whole seconds since the first day of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.core.workdays import DAY

EPOCH = date(2004, 1, 1)
"""Day 0: the first that the calendar knows."""
LAST_DAY = (date(2060, 12, 31) - EPOCH).days
UNREADABLE = -1
"""Stands for a moment that cannot be read, or lies outside the calendar."""

_WRITTEN = (
    r"^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?"
    r"(?:[T\s]*(\d{1,2})(?:[:时]?(\d{1,2})分?)?(?::?(\d{1,2}))?秒?(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$"
)
_SERIAL = r"^\d{5}(?:\.\d+)?$"
_SERIAL_ZERO = (date(1899, 12, 30) - EPOCH).days
"""Day 0 of the numbers by which spreadsheets count days."""


def moments(written: pd.Series) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return each text as seconds since 00:00 of EPOCH, and whether it has no time of day.

    Read are YYYY-MM-DD, YYYY/M/D, YYYYMMDD and YYYY年M月D日, each with or without a time behind it, and the day
    numbers of spreadsheets; midnight counts as no time of day. UNREADABLE where nothing can be read.
    """
    codes, texts = pd.factorize(written.astype(str).str.strip())
    seconds, dated = _parsed(pd.Series(texts, dtype=object))
    return seconds[codes], dated[codes]


def _parsed(texts: pd.Series) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    parts = texts.astype(str).str.extract(_WRITTEN).apply(pd.to_numeric, errors="coerce")
    days = pd.to_datetime(pd.DataFrame({"year": parts[0], "month": parts[1], "day": parts[2]}), errors="coerce")
    since = (days - pd.Timestamp(EPOCH)).dt.days.to_numpy(dtype=float)
    hour, minute, second = (parts[n].fillna(0).to_numpy(dtype=float) for n in (3, 4, 5))
    of_day = hour * 3600 + minute * 60 + second
    wrong = (hour > 24) | (minute > 59) | (second > 59) | (of_day > DAY)
    serial = texts.astype(str).str.match(_SERIAL).to_numpy(dtype=bool)
    if serial.any():
        number = pd.to_numeric(texts.where(serial), errors="coerce").to_numpy(dtype=float)
        since = np.where(serial, np.floor(number) + _SERIAL_ZERO, since)
        of_day = np.where(serial, np.rint((number % 1) * DAY), of_day)
        wrong &= ~serial
    known = np.isfinite(since) & ~wrong & (since >= 0) & (since <= LAST_DAY)
    found = np.where(known, np.nan_to_num(since) * DAY + np.nan_to_num(of_day), UNREADABLE).astype(np.int64)
    return found, known & (found % DAY == 0)


def day_of(moment: int) -> date:
    """Return the date of a moment."""
    return EPOCH + timedelta(days=int(moment) // DAY)


def second_of(day: date) -> int:
    """Return 00:00 of a date as a moment."""
    return (day - EPOCH).days * DAY
