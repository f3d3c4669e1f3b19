"""Which cases a condition picks out."""

from __future__ import annotations

import pytest

from sim.core.draws import Draws
from sim.engine.population import Population
from sim.spec.attributes import Bounds

from .services import service, written


@pytest.mark.parametrize(
    ("bounds", "holds"),
    [
        ({"at_least": 300.0}, True),
        ({"at_least": 300.1}, False),
        ({"below": 300.0}, False),
        ({"below": 300.1}, True),
        ({"at_least": 300.0, "below": 400.0}, True),
        ({"at_least": 200.0, "below": 300.0}, False),
    ],
)
def test_a_bound_is_in_from_below_and_out_from_above(bounds: dict[str, float], holds: bool) -> None:
    """Each of three cases has 300 square metres: of two classes that meet at 300 it belongs to the upper one."""
    area = service("  a: {limit: {statutory: ~1}}", attributes="{area: {number: 300, unit: 平方米, source: guess}}")
    population = Population(written(area), 3, Draws(1, 0))
    assert population.holds({"area": Bounds(**bounds)}).tolist() == [holds] * 3
