"""Numbers and distributions of numbers: each kind turns uniform numbers into values."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Discriminator, Field, Tag, model_validator

from sim.spec.base import Model

Array = NDArray[np.float64]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Pair = Annotated[tuple[NotNegative, NotNegative], Field(strict=False)]
Triple = Annotated[tuple[NotNegative, NotNegative, NotNegative], Field(strict=False)]


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
