"""The register of where the time of a case goes."""

from __future__ import annotations

from enum import IntEnum, unique
from typing import Any

from sim.spec.base import Name


@unique
class Category(IntEnum):
    """Where the time of a case goes, in the order of every stack: what an office answers for first.

    A member is its number in the log; a new category is one line here.
    """

    called: Name
    """What it is called."""
    colour: str
    """Its colour in charts and tables."""
    pattern: str
    """What is drawn on the colour, so that the colour is not all that tells it; nothing on one dark and one light."""
    dark: bool
    """Whether that colour is so dark that numbers on it are white."""
    own_nights: bool
    """Whether its nights and days off are its own by the calendar: nobody's office hours bound it."""

    WORK = 0, Name(zh="办理", en="Officers' work"), "#123C69", "", True
    CIRCULATION = 2, Name(zh="内部流转", en="Circulation"), "#7FB2DD", "", False
    QUEUE = 1, Name(zh="排队", en="Queue"), "#C4452D", "xxxx", True
    SITTING = 8, Name(zh="等待会期", en="Until the sitting"), "#6B2F2A", "++++", True, True
    APPLICANT = 4, Name(zh="申请人", en="Applicant"), "#E8B33C", "---", False, True
    SPECIAL = 5, Name(zh="特别程序", en="Special procedure"), "#8A5A9E", "\\\\\\\\", True, True
    AGENCY = 6, Name(zh="中介", en="Agency"), "#3F9683", "////", True, True
    CONSTRUCTION = 7, Name(zh="施工", en="Construction"), "#BDBDBD", "++", False, True
    OFF_DUTY = 3, Name(zh="非工作时间", en="Off duty"), "#ECECEC", "||", False

    def __new__(cls, number: int, *record: Any) -> Category:
        """Return the member of that number in the log, with all that is said of it."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.called, member.colour, member.pattern, member.dark, *own = record
        member.own_nights = own == [True]
        return member

    @property
    def id(self) -> str:
        """Its id in frames and files."""
        return self.name.lower()

    @classmethod
    def of(cls, name: str) -> Category:
        """The category of an id."""
        return cls[name.upper()]
