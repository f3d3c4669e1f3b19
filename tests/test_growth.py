"""The benchmark of growth: the city it makes, and what it tells of sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import load, prepare

from .bare import bare_library
from .benchmark.growth import Growth, Run, city, lines


@pytest.mark.parametrize(("files", "days"), [(10_000, [20, 15]), (600, [20, 18, 15, 13])])
def test_the_city_has_as_many_files_and_variants_as_wanted(files: int, days: list[int], tmp_path: Path) -> None:
    """Twelve processes share its four departments; every variant allows less time than the one before."""
    prepared = prepare("q", load(bare_library(tmp_path, city(files, len(days)))))
    assert len(prepared.scenario.demand) == 12
    assert sum(demand.yearly for demand in prepared.scenario.demand.values()) == pytest.approx(files)
    limits = [variant.flows["p"][0].process.steps["a"].limit for variant in prepared.variants]
    assert [limit.effective.amount for limit in limits if limit and limit.effective] == days


def test_growth_is_told_by_exponent_and_by_what_one_more_takes() -> None:
    """Four times as long for twice as many is 2; a hundred more that take 50 MB more take half of one each.

    Where it took less, nothing is told of one more.
    """
    taken = {100: Run(1, 200), 200: Run(4, 250), 300: Run(4, 1_250), 400: Run(4, 1_240)}
    assert list(lines(Growth("files", (100, 200, 300, 400), taken.__getitem__))) == [
        "| 100 files | 1.0 |  | 200 |  |",
        "| 200 files | 4.0 | 2.00 | 250 | 512.0 kB |",
        "| 300 files | 4.0 | 0.00 | 1,250 | 10.0 MB |",
        "| 400 files | 4.0 | 0.00 | 1,240 | – |",
    ]
