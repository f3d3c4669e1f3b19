"""Which of the distributions that a spec can write fits times best, by AIC with what is still open (Akaike 1974)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaln, ndtr, ndtri

from sim.learn.measuring.survival import Survival
from sim.spec.amounts import KINDS, Exponential, Lognormal, Pert, Triangular, Uniform

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
LEAST = 8
"""Observations below which only a mean is stated."""
_TINY = 1e-9
_DIGITS = 4


def fitted(times: Floats, over: Mask) -> tuple[Any, str, Mapping[str, float]]:
    """Return the best amount as a spec writes it, how it was chosen, and by kind how much worse its AIC is.

    Parameters are fitted to the quantiles of the product-limit estimate and judged by the likelihood of all times,
    the open ones by how likely it is to last so long; a plain mean where there are too few or all are the same.
    """
    survival = Survival.of(times, over)
    mean = float(f"{survival.mean:.{_DIGITS}g}")
    if len(times) < LEAST or np.ptp(times) <= _TINY:
        return mean, "stated", {}
    orders = (np.arange(len(times)) + 0.5) / len(times)
    sample = np.maximum(survival.quantiles(orders), 0.0)
    found: dict[str, tuple[Any, float]] = {}
    for kind in KINDS:
        made = _MAKERS[kind](sample, survival.mean)
        if made is not None:
            parameters, count = made
            loss = 2 * count - 2 * _likelihood(kind, parameters, times, over)
            if np.isfinite(loss):
                found[kind.key()] = (_written(kind, parameters), loss)
    if not found:
        return mean, "stated", {}
    best = min(found, key=lambda key: found[key][1])
    worse = {key: round(loss - found[best][1], 1) for key, (_, loss) in found.items()}
    return found[best][0], "fitted", worse


def _written(kind: Any, parameters: tuple[float, ...]) -> dict[str, Any]:
    rounded = [float(f"{x:.{_DIGITS}g}") for x in parameters]
    return {kind.key(): rounded if len(rounded) > 1 else rounded[0]}


Made = tuple[tuple[float, ...], int] | None


def _edges(sample: Floats) -> tuple[float, float]:
    """The ends of a bounded distribution: a little beyond what was seen, as far as one more would be."""
    low, high = float(sample.min()), float(sample.max())
    beyond = (high - low) / (len(sample) + 1)
    return max(low - beyond, 0.0), high + beyond


def _uniform(sample: Floats, mean: float) -> Made:
    del mean
    return _edges(sample), 2


def _triangular(sample: Floats, mean: float) -> Made:
    low, high = _edges(sample)
    return (low, float(np.clip(3 * mean - low - high, low, high)), high), 3


def _pert(sample: Floats, mean: float) -> Made:
    low, high = _edges(sample)
    return (low, float(np.clip((6 * mean - low - high) / 4, low, high)), high), 3


def _exponential(sample: Floats, mean: float) -> Made:
    del sample
    return ((mean,), 1) if mean > 0 else None


def _lognormal(sample: Floats, mean: float) -> Made:
    del mean
    logs = np.log(np.maximum(sample, _TINY))
    if (sample <= _TINY).mean() > 0.01 or logs.std() <= _TINY:
        return None
    median = float(np.exp(logs.mean()))
    return (median, median * float(np.exp(logs.std() * ndtri(0.9)))), 2


_MAKERS: Mapping[Any, Callable[[Floats, float], Made]] = {
    Uniform: _uniform, Triangular: _triangular, Pert: _pert, Exponential: _exponential, Lognormal: _lognormal,
}  # fmt: skip


def _likelihood(kind: Any, parameters: tuple[float, ...], times: Floats, over: Mask) -> float:
    density, beyond = _LAWS[kind]
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = np.log(np.maximum(density(times[over], *parameters), 1e-300)).sum()
        open_ = np.log(np.maximum(beyond(times[~over], *parameters), 1e-300)).sum()
    return float(seen + open_)


def _beta(low: float, mode: float, high: float) -> tuple[float, float]:
    width = max(high - low, _TINY)
    return 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width


def _pert_density(x: Floats, low: float, mode: float, high: float) -> Floats:
    a, b = _beta(low, mode, high)
    u = np.clip((x - low) / max(high - low, _TINY), 0, 1)
    inside = (x >= low) & (x <= high)
    log = (a - 1) * np.log(np.maximum(u, 1e-12)) + (b - 1) * np.log(np.maximum(1 - u, 1e-12)) - betaln(a, b)
    return np.where(inside, np.exp(log) / max(high - low, _TINY), 0)


def _pert_beyond(x: Floats, low: float, mode: float, high: float) -> Floats:
    a, b = _beta(low, mode, high)
    found: Floats = 1 - betainc(a, b, np.clip((x - low) / max(high - low, _TINY), 0, 1))
    return found


def _triangular_density(x: Floats, low: float, mode: float, high: float) -> Floats:
    width = max(high - low, _TINY)
    rising = 2 * (x - low) / (width * max(mode - low, _TINY))
    falling = 2 * (high - x) / (width * max(high - mode, _TINY))
    return np.where((x < low) | (x > high), 0, np.where(x < mode, rising, falling))


def _triangular_beyond(x: Floats, low: float, mode: float, high: float) -> Floats:
    width, x = max(high - low, _TINY), np.clip(x, low, high)
    below = (x - low) ** 2 / (width * max(mode - low, _TINY))
    above = (high - x) ** 2 / (width * max(high - mode, _TINY))
    return np.where(x < mode, 1 - below, above)


def _lognormal_parts(x: Floats, median: float, p90: float) -> tuple[Floats, float]:
    sigma = max(float(np.log(p90 / median) / ndtri(0.9)), _TINY)
    return np.log(np.maximum(x, _TINY) / median) / sigma, sigma


def _lognormal_density(x: Floats, median: float, p90: float) -> Floats:
    z, sigma = _lognormal_parts(x, median, p90)
    found: Floats = np.exp(-(z**2) / 2) / (np.sqrt(2 * np.pi) * sigma * np.maximum(x, _TINY))
    return found


Law = tuple[Callable[..., Floats], Callable[..., Floats]]
_LAWS: Mapping[Any, Law] = {
    Uniform: (
        lambda x, low, high: np.where((x >= low) & (x <= high), 1 / max(high - low, _TINY), 0),
        lambda x, low, high: 1 - np.clip((x - low) / max(high - low, _TINY), 0, 1),
    ),
    Triangular: (_triangular_density, _triangular_beyond),
    Pert: (_pert_density, _pert_beyond),
    Exponential: (lambda x, mean: np.exp(-x / mean) / mean, lambda x, mean: np.exp(-x / mean)),
    Lognormal: (_lognormal_density, lambda x, median, p90: ndtr(-_lognormal_parts(x, median, p90)[0])),
}
"""Kind of distribution → its density, and the share beyond a value."""
