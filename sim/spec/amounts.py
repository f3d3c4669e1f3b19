"""Numbers and distributions of numbers: each kind turns uniform numbers into values."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Mapping
from math import inf, log1p
from statistics import NormalDist
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, Union

from pydantic import Discriminator, Field, Tag, model_validator

from sim.core.arrays import Floats, np
from sim.core.beta import quantiles
from sim.spec.base import Model, Name
from sim.spec.bounds import SPREAD, SURELY

# Quantiles come from scipy.special: importing scipy.stats, whose frozen distributions have them too, takes a second.

ALIKE = 13
"""Digits after the point in which shapes agree that are taken as one."""
Array = Floats
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Pair = Annotated[tuple[NotNegative, NotNegative], Field(strict=False)]
Weighted = Annotated[tuple[NotNegative, Positive], Field(strict=False)]
Triple = Annotated[tuple[NotNegative, NotNegative, NotNegative], Field(strict=False)]


class Distribution(Model):
    """A distribution of numbers: one key with its parameters, its mean and quantiles, and how it is told."""

    called: ClassVar[Name]
    """What it is called."""
    told: ClassVar[Name]
    """How its parameters are told, each by its number in braces."""

    @classmethod
    def key(cls) -> str:
        """The key under which a spec writes its parameters."""
        (key,) = cls.model_fields
        return key

    @property
    def parameters(self) -> tuple[float, ...]:
        """What is told of it: its parameters, as written."""
        return w if isinstance(w := getattr(self, self.key()), tuple) else (w,)

    @property
    @abstractmethod
    def mean(self) -> float:
        """The mean."""

    @property
    def support(self) -> tuple[float, float]:
        """The lowest and the highest value there may be."""
        return 0.0, inf

    @property
    def nearly_all(self) -> float:
        """The value that all but one of ten thousand draws keep below."""
        return float(self.ppf(np.array([SURELY]))[0])

    @abstractmethod
    def ppf(self, u: Array) -> Array:
        """The values at the quantiles `u`."""

    @property
    def shape(self) -> Hashable:
        """What `standard` hangs on: all of it, unless a kind is quick to be moved and stretched."""
        return self.key(), getattr(self, self.key())  # a model takes long to say whether another is equal

    def standard(self, u: Array) -> Array:
        """The quantiles of its shape, which take the time."""
        return self.ppf(u)

    def placed(self, standard: Array) -> Array:
        """Its values, from the quantiles of its shape."""
        return standard

    def scaled(self, factor: float) -> Self:
        """The distribution of its values times a factor; here each parameter is such a value."""
        written = getattr(self, self.key())
        times = tuple(x * factor for x in written) if isinstance(written, tuple) else written * factor
        return self.model_validate({self.key(): times})


class _Ascending(Distribution):
    """A distribution whose parameters must go from low to high."""

    @property
    def support(self) -> tuple[float, float]:
        """Its first and last parameter."""
        return self.parameters[0], self.parameters[-1]

    @property
    def nearly_all(self) -> float:
        """Its highest parameter, which no value is above."""
        return self.parameters[-1]

    @model_validator(mode="after")
    def _ordered(self) -> _Ascending:
        if list(self.parameters) != sorted(self.parameters):
            found = f"found {list(self.parameters)}; put the numbers in order"
            raise ValueError(f"{self.key()} goes from low to high, {found}")
        return self


class Uniform(_Ascending):
    """Every value between two bounds is equally likely."""

    called = Name(zh="均匀分布", en="uniform")
    told = Name(zh="{0}–{1}（均匀分布）", en="{0}–{1} (uniform)")

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

    called = Name(zh="三角分布", en="triangular")
    told = Name(zh="最可能 {1}（{0}–{2}）", en="most likely {1} ({0}–{2})")

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

    called = Name(zh="PERT 分布", en="PERT")
    told = Name(zh="最可能 {1}（{0}–{2}）", en="most likely {1} ({0}–{2})")

    pert: Triple
    """Lowest, most likely and highest value."""

    @property
    def mean(self) -> float:
        """The mean."""
        low, mode, high = self.pert
        return (low + 4 * mode + high) / 6

    def ppf(self, u: Array) -> Array:
        """The values at the quantiles `u`."""
        return self.placed(self.standard(u))

    @property
    def shape(self) -> tuple[str, float]:
        """Where the most likely value lies between the ends."""
        low, mode, high = self.pert
        return self.key(), round((mode - low) / (high - low), ALIKE) if high > low else 0.0

    def standard(self, u: Array) -> Array:
        """The quantiles of a beta distribution from 0 to 1."""
        return quantiles(1 + 4 * self.shape[1], 5 - 4 * self.shape[1], u)

    def placed(self, standard: Array) -> Array:
        """Its values between low and high."""
        low, _, high = self.pert
        return low + (high - low) * standard


class Exponential(Distribution):
    """Memoryless times with a given mean."""

    called = Name(zh="指数分布", en="exponential")
    told = Name(zh="平均 {0}（指数分布）", en="{0} on average (exponential)")

    exponential: Positive
    """The mean."""

    @property
    def mean(self) -> float:
        """The mean."""
        return self.exponential

    @property
    def nearly_all(self) -> float:
        """The value that all but one of ten thousand draws keep below."""
        return -self.exponential * log1p(-SURELY)

    def ppf(self, u: Array) -> Array:
        """The values at the quantiles `u`."""
        found = np.negative(u)
        return np.multiply(-self.exponential, np.log1p(found, out=found), out=found)


_LATEST = NormalDist().inv_cdf(SURELY) / NormalDist().inv_cdf(0.9)
"""How many times as far from the median, on the scale of logarithms, nearly all values lie as 90 % of them do."""


class Lognormal(_Ascending):
    """A skewed time given by its median and its 90 % quantile."""

    called = Name(zh="对数正态分布", en="lognormal")
    told = Name(zh="中位数 {0}，90% 分位 {1}", en="median {0}, 90% quantile {1}")

    lognormal: Annotated[tuple[Positive, Positive], Field(strict=False)]
    """Median and 90 % quantile."""

    @model_validator(mode="after")
    def _not_too_wide(self) -> Lognormal:
        median, p90 = self.lognormal
        if p90 > SPREAD * median:
            raise ValueError(f"the 90 % quantile is at most {SPREAD} times the median, found {p90:g} and {median:g}")
        return self

    @property
    def support(self) -> tuple[float, float]:
        """Anything above nothing."""
        return 0.0, inf

    @property
    def nearly_all(self) -> float:
        """The value that all but one of ten thousand draws keep below."""
        median, p90 = self.lognormal
        return float(median * (p90 / median) ** _LATEST)

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


class Observed(Distribution):
    """The values that were observed, each as often as it was: nothing between them, and nothing beyond."""

    called = Name(zh="实测分布", en="observed")
    told = Name(zh="实测 {0}–{1}（{2} 种取值）", en="observed {0}–{1} ({2} values)")

    observed: Annotated[tuple[NotNegative | Weighted, ...], Field(min_length=1, strict=False)]
    """Values, each as likely as any other, or pairs of a value and how often it was observed."""

    @property
    def _pairs(self) -> list[tuple[float, float]]:
        """Each value once, from low to high, with its weight."""
        weights: dict[float, float] = {}
        for item in self.observed:
            value, weight = item if isinstance(item, tuple) else (item, 1.0)
            weights[value] = weights.get(value, 0.0) + weight
        return sorted(weights.items())

    @property
    def parameters(self) -> tuple[float, ...]:
        """What is told of it: the lowest and the highest value, and how many there are."""
        pairs = self._pairs
        return pairs[0][0], pairs[-1][0], len(pairs)

    @property
    def mean(self) -> float:
        """The mean."""
        pairs = self._pairs
        return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)

    def ppf(self, u: Array) -> Array:
        """The values at the quantiles `u`."""
        steps, weights = np.array(self._pairs, dtype=np.float64).T
        return np.asarray(steps[np.searchsorted(np.cumsum(weights)[:-1] / weights.sum(), u, side="right")])

    def scaled(self, factor: float) -> Self:
        """The distribution of its values times a factor; how often each was observed stays."""
        return self.model_validate({self.key(): [(value * factor, weight) for value, weight in self._pairs]})


KINDS: tuple[type[Distribution], ...] = (Uniform, Triangular, Pert, Exponential, Lognormal, Observed)
"""Every kind of distribution; a new one is one class above and its name here."""


def _tag(value: Any) -> str | None:
    """The tag of a written amount: a plain number, or the one key of a distribution."""
    if isinstance(value, dict):
        return next((str(k) for k in value), None)
    return value.key() if isinstance(value, Distribution) else "number"


if TYPE_CHECKING:
    Amount = float | Distribution
else:
    _MEMBERS = [Annotated[NotNegative, Tag("number")], *(Annotated[kind, Tag(kind.key())] for kind in KINDS)]
    Amount = Annotated[Union[tuple(_MEMBERS)], Discriminator(_tag)]  # noqa: UP007  members known only now
"""A number, or a distribution of numbers."""


def distribution(written: Mapping[str, Any]) -> Distribution | None:
    """The distribution that a part of a spec is; None where it is something else."""
    kind = next((kind for kind in KINDS if [kind.key()] == list(written)), None)
    return kind.model_validate(written) if kind else None


def values(amount: Amount, u: Array) -> Array:
    """The values of an amount at the quantiles `u`; a plain number is the same everywhere."""
    return amount.ppf(u) if isinstance(amount, Distribution) else np.full_like(u, float(amount))


def support(amount: Amount) -> tuple[float, float]:
    """The lowest and the highest value of an amount."""
    return amount.support if isinstance(amount, Distribution) else (float(amount), float(amount))


def nearly_all(amount: Amount) -> float:
    """The value that all but one of ten thousand draws of an amount keep below."""
    return amount.nearly_all if isinstance(amount, Distribution) else float(amount)


def mean(amount: Amount) -> float:
    """The mean of an amount."""
    return amount.mean if isinstance(amount, Distribution) else float(amount)
