"""Units: what a value counts, and the units in which figures are published."""

from __future__ import annotations

from dataclasses import dataclass

from sim.core.register import register
from sim.spec.base import Name


@dataclass(frozen=True)
class Unit:
    """What a value counts, in words."""

    id: str
    short: Name
    """What stands at the head of a table."""
    counted: Name | None
    """What stands after a number, in English `one|many`; None for a share, whose number says it itself."""


WORKING_DAYS = Unit(
    "working days",
    short=Name(zh="工作日", en="working days"),
    counted=Name(zh="个工作日", en="working day|working days"),
)
CALENDAR_DAYS = Unit(
    "calendar days",
    short=Name(zh="自然日", en="calendar days"),
    counted=Name(zh="个自然日", en="calendar day|calendar days"),
)
TOUCHPOINTS = Unit(
    "touchpoints", short=Name(zh="个", en="count"), counted=Name(zh="个环节", en="touchpoint|touchpoints")
)
MATERIALS = Unit("materials", short=Name(zh="份", en="count"), counted=Name(zh="份材料", en="material|materials"))
VISITS = Unit("visits", short=Name(zh="次", en="count"), counted=Name(zh="次跑动", en="visit|visits"))
ROUNDS = Unit("rounds", short=Name(zh="次", en="count"), counted=Name(zh="次补正", en="round|rounds"))
FORMS = Unit("forms", short=Name(zh="张", en="count"), counted=Name(zh="张表", en="form|forms"))
SERVICES = Unit("services", short=Name(zh="个", en="count"), counted=Name(zh="个", en="service|services"))
CASES = Unit("cases", short=Name(zh="件", en="count"), counted=Name(zh="件", en="case|cases"))
SHARE = Unit("share", short=Name(zh="占比", en="share"), counted=None)

UNITS = register((WORKING_DAYS, CALENDAR_DAYS, TOUCHPOINTS, MATERIALS, VISITS, ROUNDS, FORMS, SERVICES, CASES, SHARE))
"""Every unit of a measure, by its id; a new one is one record and its name here."""


@dataclass(frozen=True)
class PublishedUnit:
    """A unit in which figures are published, by its Chinese word, what it means in English, and of what it tells."""

    id: str
    name: Name
    """In English `one|many`."""
    tells_of: tuple[Unit, ...]
    """Units of the values whose figures are published in it."""
    hours: float | None = None
    """Hours of one, where the days of its figures are reckoned from hours; None where it is the unit itself."""


def _published(zh: str, en: str, *tells_of: Unit, hours: float | None = None) -> PublishedUnit:
    return PublishedUnit(zh, Name(zh=zh, en=en), tells_of, hours)


PUBLISHED = register(
    (
        _published("工作日", "working day|working days", WORKING_DAYS),
        _published("天", "day|days", WORKING_DAYS, CALENDAR_DAYS),
        _published("自然日", "calendar day|calendar days", CALENDAR_DAYS),
        _published("小时", "hour|hours", WORKING_DAYS, CALENDAR_DAYS, hours=1),
        _published("分钟", "minute|minutes", WORKING_DAYS, CALENDAR_DAYS, hours=1 / 60),
        _published("个", "count", TOUCHPOINTS, MATERIALS, FORMS, SERVICES, CASES),
        _published("件", "case|cases", CASES, MATERIALS, SERVICES),
        _published("次", "time|times", VISITS, ROUNDS),
        _published("项", "item|items", MATERIALS, TOUCHPOINTS, SERVICES),
        _published("份", "copy|copies", MATERIALS, FORMS),
        _published("张", "sheet|sheets", FORMS),
        _published("%", "%", SHARE),
    )
)
"""Every unit that a target may be published in; a new one is a line here."""


def published_in(unit: Unit) -> list[str]:
    """The units in which figures of a unit are published, its own first."""
    return [published.id for published in PUBLISHED.values() if unit in published.tells_of]
