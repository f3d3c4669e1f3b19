"""The mean of a window is not biased and its interval holds the truth: README, and a small trial."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from .benchmark.windows import ALONE, HEAD, SHARED, WINDOWS, Desk, Found, fared, hours

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
TABLE = README.split("<!-- windows -->\n")[1].split("<!-- /windows -->")[0].splitlines()
REPLICATIONS = 120


def test_readme_has_the_figures_of_the_command() -> None:
    """After a warm-up the bias is within two standard errors, and 93 to 97 intervals in 100 hold; without, neither."""
    assert TABLE[:2] == list(HEAD)
    assert [row.split(" | ")[:3] for row in TABLE[2:]] == [[f"| {d.name}", f"{w}", f"{u}"] for d, w, u in WINDOWS]
    for row, (_, _, warm_up) in zip(TABLE[2:], WINDOWS, strict=True):
        bias, error, held = (float(x) for x in re.findall(r"([\d.]+)%", row.split(" | ", 3)[3]))
        assert (bias <= error) == bool(warm_up)
        assert (93 <= held <= 97) == bool(warm_up)


@cache
def trial(desk: Desk, weeks: int, warm_up: int) -> Found:
    """A few runs."""
    prepared = desk.asked(weeks, warm_up)
    return fared(desk, [hours(prepared, n) for n in range(REPLICATIONS)])


def test_the_truth_is_that_of_the_textbook() -> None:
    """M/M/1 at 0.7: 1 / (1 - 0.7) hours; M/M/2 at 0.7: 1 / (1 - 0.7²)."""
    assert ALONE.truth == pytest.approx(1 / 0.3)
    assert SHARED.truth == pytest.approx(1 / (1 - 0.49))


@pytest.mark.parametrize("desk", [ALONE, SHARED], ids=lambda desk: desk.name)
def test_weeks_after_a_warm_up_have_the_mean_of_the_long_run(desk: Desk) -> None:
    """Within what so few runs can tell; files of other matters are as many from the first measured case on."""
    found = trial(desk, 8, 4)
    assert abs(found.bias) < 3 * found.error
    assert found.error < 0.025
    assert found.holds >= 0.75


def test_the_first_cases_from_empty_are_too_quick() -> None:
    """Of a week without warm-up the first thirty cases fall a fifth short of the truth."""
    prepared = ALONE.asked(1, 0)
    cold = fared(ALONE, [hours(prepared, n)[:30] for n in range(REPLICATIONS)])
    assert cold.bias < -4 * cold.error
    assert cold.bias == pytest.approx(-0.2, abs=0.05)
    assert cold.holds < 0.8
