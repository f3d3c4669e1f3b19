"""Distributions of times and shares: each kind turns uniform numbers into values."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Discriminator, Field, Tag, model_validator

from .language.base import Model, Sourced

Array = NDArray[np.float64]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Pair = Annotated[tuple[NotNegative, NotNegative], Field(strict=False)]
Triple = Annotated[tuple[NotNegative, NotNegative, NotNegative], Field(strict=False)]

SECONDS = {"minutes": 60, "hours": 3600, "calendar_days": 24 * 3600}
"""Seconds of each unit but the working day, whose length a place states with its office hours."""
CALENDAR_TO_WORKING_DAYS = 5 / 7
"""Working days per calendar day, as a week has them; for adding limits that are written in both."""
OFFICE_DAY = 8 * 3600
"""Seconds of the usual working day (国务院关于职工工作时间的规定 第三条), to compare limits by."""
UNITS = ("minutes", "hours", "days", "calendar_days")


class _Ascending(Model):
    """A distribution whose parameters must go from low to high."""

    @model_validator(mode="after")
    def _ordered(self) -> _Ascending:
        ((kind, values),) = self.model_dump().items()
        if list(values) != sorted(values):
            raise ValueError(f"{kind} goes from low to high, found {list(values)}; put the numbers in order")
        return self


class Uniform(_Ascending):
    """Every value between two bounds is equally likely."""

    uniform: Pair
    """Lowest and highest value."""

    @property
    def mean(self) -> float:
        """The mean."""
        return sum(self.uniform) / 2

    def ppf(self, u: Array) -> Array:
        """The values at the quantiles `u`."""
        low, high = self.uniform
        return low + (high - low) * u


class Triangular(_Ascending):
    """A triangle over low, most likely and high."""

    triangular: Triple
    """Lowest, most likely and highest value."""

    @property
    def mean(self) -> float:
        """The mean."""
        return sum(self.triangular) / 3

    def ppf(self, u: Array) -> Array:
        """The values at the quantiles `u`."""
        low, mode, high = self.triangular
        if high == low:
            return np.full_like(u, low)
        width = high - low
        rising = low + np.sqrt(u * width * (mode - low))
        falling = high - np.sqrt((1 - u) * width * (high - mode))
        return np.where(u * width < mode - low, rising, falling)


class Pert(_Ascending):
    """A beta distribution over low, most likely and high with mean (low + 4·mode + high) / 6."""

    pert: Triple
    """Lowest, most likely and highest value."""

    @property
    def mean(self) -> float:
        """The mean."""
        low, mode, high = self.pert
        return (low + 4 * mode + high) / 6

    def ppf(self, u: Array) -> Array:
        """The values at the quantiles `u`."""
        from scipy.special import betaincinv

        low, mode, high = self.pert
        if high == low:
            return np.full_like(u, low)
        alpha = 1 + 4 * (mode - low) / (high - low)
        beta = 1 + 4 * (high - mode) / (high - low)
        return low + (high - low) * np.asarray(betaincinv(alpha, beta, u))


class Exponential(Model):
    """Memoryless times with a given mean."""

    exponential: Positive
    """The mean."""

    @property
    def mean(self) -> float:
        """The mean."""
        return self.exponential

    def ppf(self, u: Array) -> Array:
        """The values at the quantiles `u`."""
        return -self.exponential * np.log1p(-u)


class Lognormal(_Ascending):
    """A skewed time given by its median and its 90 % quantile."""

    lognormal: Annotated[tuple[Positive, Positive], Field(strict=False)]
    """Median and 90 % quantile."""

    @property
    def _sigma(self) -> float:
        from scipy.special import ndtri

        median, p90 = self.lognormal
        return float(np.log(p90 / median) / ndtri(0.9))

    @property
    def mean(self) -> float:
        """The mean."""
        return float(self.lognormal[0] * np.exp(self._sigma**2 / 2))

    def ppf(self, u: Array) -> Array:
        """The values at the quantiles `u`."""
        from scipy.special import ndtri

        median, p90 = self.lognormal
        if p90 == median:
            return np.full_like(u, median)
        return median * np.exp(self._sigma * np.asarray(ndtri(u)))


KINDS = (Uniform, Triangular, Pert, Exponential, Lognormal)
"""Every kind of distribution; a new kind is one class above and its name here and in `Amount`."""


def _kind_of(value: Any) -> str | None:
    """The tag of a written amount: a plain number, or the one key of a distribution."""
    if isinstance(value, dict):
        return next((str(k) for k in value), None)
    if isinstance(value, Model):
        return type(value).__name__.lower()
    return "number"


Amount = Annotated[
    Annotated[NotNegative, Tag("number")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Triangular, Tag("triangular")]
    | Annotated[Pert, Tag("pert")]
    | Annotated[Exponential, Tag("exponential")]
    | Annotated[Lognormal, Tag("lognormal")],
    Discriminator(_kind_of),
]
"""A number, or a distribution of numbers."""

Unit = Literal["minutes", "hours", "days", "calendar_days"]


def values(amount: float | Model, u: Array) -> Array:
    """The values of an amount at the quantiles `u`; a plain number is the same everywhere."""
    if isinstance(amount, KINDS):
        return amount.ppf(u)
    assert isinstance(amount, int | float)
    return np.full_like(u, float(amount))


def mean(amount: float | Model) -> float:
    """The mean of an amount."""
    if isinstance(amount, KINDS):
        return amount.mean
    assert isinstance(amount, int | float)
    return float(amount)


class Duration(Sourced):
    """A length of time in exactly one unit, with its evidence."""

    minutes: Amount | None = None
    """Working minutes."""
    hours: Amount | None = None
    """Working hours."""
    days: Amount | None = None
    """Working days (工作日), as long as the place's office hours."""
    calendar_days: Amount | None = None
    """Calendar days of 24 hours (自然日), running through nights, weekends and holidays."""

    @model_validator(mode="after")
    def _one_unit(self) -> Duration:
        given = [u for u in UNITS if getattr(self, u) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "none"
            raise ValueError(f"a duration has one unit, found {found}; give one of {', '.join(UNITS)}")
        return self

    @property
    def unit(self) -> Unit:
        """The unit it is written in."""
        return next(u for u in ("minutes", "hours", "days", "calendar_days") if getattr(self, u) is not None)

    @property
    def amount(self) -> float | Model:
        """The number or distribution, in its unit."""
        amount: float | Model = getattr(self, self.unit)
        return amount

    @property
    def in_calendar_time(self) -> bool:
        """Whether it runs through nights, weekends and holidays."""
        return self.calendar_days is not None

    def seconds(self, u: Array, day: int) -> NDArray[np.int64]:
        """The lengths at the quantiles `u` in whole seconds, where a working day has `day` seconds."""
        return np.rint(values(self.amount, u) * SECONDS.get(self.unit, day)).astype(np.int64)

    def mean_working_days(self, day: int) -> float:
        """The mean in working days of `day` seconds; a calendar day is 5/7 of one."""
        amount = mean(self.amount)
        if self.in_calendar_time:
            return amount * CALENDAR_TO_WORKING_DAYS
        return amount * SECONDS.get(self.unit, day) / day


class Share(Sourced):
    """A share between 0 and 1, with its evidence."""

    share: Annotated[float, Field(ge=0, le=1)]
    """The share; 0.3 means thirty of a hundred."""


class Factor(Sourced):
    """A factor, or a distribution of factors, with its evidence."""

    factor: Amount
    """The factor."""
