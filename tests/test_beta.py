"""Quantiles of beta distributions are those of SciPy, however many are asked for at once."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import betaincinv

from sim.core.beta import POINTS, TAIL, quantiles

SHAPES = [(1.0, 5.0), (1.3, 4.7), (1 + 4 * 3 / 14, 5 - 4 * 3 / 14), (3.0, 3.0), (4.9, 1.1), (5.0, 1.0)]
NEAR = np.array([0.0, 1e-12, TAIL - 1e-9, TAIL, TAIL + 1e-9, 0.5, 1 - TAIL - 1e-9, 1 - TAIL, 1 - TAIL + 1e-9, 1.0])
"""The ends, and both sides of where a table begins and ends."""
U = np.concatenate([NEAR, np.arange(1, POINTS) / POINTS, np.random.default_rng(1).random(50_000)])


@pytest.mark.parametrize(("a", "b"), SHAPES)
def test_quantiles_are_those_of_the_inverse_function(a: float, b: float) -> None:
    """Everywhere within 5e-12, and towards the ends the very same."""
    found, exact = quantiles(a, b, U), betaincinv(a, b, U)
    assert np.abs(found - exact).max() < 5e-12
    outside = (U < TAIL) | (U > 1 - TAIL)
    assert found[outside].tolist() == exact[outside].tolist()


def test_a_triangle_of_powers_is_known_in_closed_form() -> None:
    """With parameters 1 and 5 a quantile is one less the fifth root of what is left."""
    assert quantiles(1.0, 5.0, U) == pytest.approx(1 - (1 - U) ** (1 / 5), abs=5e-12)


@pytest.mark.parametrize(("a", "b"), SHAPES)
def test_more_luck_never_takes_less(a: float, b: float) -> None:
    """They rise with what they are quantiles of, also from part to part and into the tails."""
    assert (np.diff(quantiles(a, b, np.sort(U))) >= 0).all()


def test_quantiles_do_not_depend_on_what_is_asked_beside_them() -> None:
    """One by one, in rows, or all at once."""
    some = U[:400]
    whole = quantiles(1.3, 4.7, some).tolist()
    assert [quantiles(1.3, 4.7, some[n : n + 1])[0] for n in range(len(some))] == whole
    assert quantiles(1.3, 4.7, some.reshape(20, 20)).ravel().tolist() == whole
