"""Dates and times as people type them, in the form that a spec wants."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_DATE = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?|(\d{4})(\d\d)(\d\d)")
_MONTH = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?月?")
_TIME = re.compile(r"(上午|早上|下午|晚上)? ?(\d{1,2}) ?(?:[:：点时h] ?(\d{1,2})? ?分?) ?(am|pm)?", re.I)
_BETWEEN = re.compile(r" ?(?:-|–|—|−|~|～|至|到) ?")
_AFTERNOON = ("下午", "晚上", "pm")


def as_date(text: str) -> str:
    """The date that a text means, YYYY-MM-DD, such as 2025-03-03 for 2025/3/3; "" where it means none."""
    found = _DATE.fullmatch(_plain(text))
    if not found:
        return ""
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def as_month(text: str) -> str:
    """The month that a text means, YYYY-MM, such as 2025-03 for 2025年3月; "" where it means none."""
    found = _MONTH.fullmatch(_plain(text))
    return f"{found[1]}-{int(found[2]):02}" if found and 1 <= int(found[2]) <= 12 else ""


def as_time(text: str) -> str:
    """The time of day that a text means, HH:MM, such as 08:30 for 8:30; "" where it means none."""
    found = _TIME.fullmatch(_plain(text))
    if not found:
        return ""
    half, hour, minute, said = found.groups()
    later = 12 if (half or (said or "").lower()) in _AFTERNOON and int(hour) < 12 else 0
    hours, minutes = int(hour) + later, int(minute or 0)
    return f"{hours:02}:{minutes:02}" if hours * 60 + minutes <= 24 * 60 and minutes < 60 else ""


def as_period(text: str) -> str:
    """The period that a text means, HH:MM-HH:MM, such as 08:30-12:00 for 8:30–12:00; "" where it means none."""
    ends = [as_time(end) for end in _BETWEEN.split(_plain(text))]
    return "-".join(ends) if len(ends) == 2 and all(ends) else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
