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
    """A unit in which figures are published, by its Chinese word, and what it means in English."""

    id: str
    name: Name
    """In English `one|many`."""


def _published(zh: str, en: str) -> PublishedUnit:
    return PublishedUnit(zh, Name(zh=zh, en=en))


PUBLISHED = register(
    (
        _published("工作日", "working day|working days"),
        _published("天", "day|days"),
        _published("自然日", "calendar day|calendar days"),
        _published("个", "count"),
        _published("件", "case|cases"),
        _published("次", "time|times"),
        _published("项", "item|items"),
        _published("%", "%"),
        _published("小时", "hour|hours"),
    )
)
"""Every unit that a target may be published in; a new one is a line here."""
