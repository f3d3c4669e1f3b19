"""Intervals hold the truth as often as they say, and verdicts are wrong no more often: README, and a small trial."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.estimate import CONFIDENCE, Estimate
from sim.analysis.intervals import EVERY, Sample, mean
from sim.analysis.looks import ERROR, looks
from sim.records.measures.base import Values
from sim.scenario.target import Target

from .benchmark.coverage import HEAD, LEAST, MOST, QUESTIONS, Question, estimated, fared, runs

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
TABLE = README.split("<!-- coverage -->\n")[1].split("<!-- /coverage -->")[0].splitlines()
SHORT, LONG = 200, 50
P90 = next(q for q in QUESTIONS if q.statistic == "p90")


def test_readme_says_which_error_verdicts_keep_and_when_every_case_is_met() -> None:
    """The numbers of the rule, in its sentences."""
    assert f"share an error of {ERROR:.0%}".replace("%", " %") in README
    assert f"wrong in at most {100 * ERROR:.0f} of 100 runs" in " ".join(README.split())
    assert f"all but {1 - EVERY:.1%}".replace("%", " %") in README
    assert f"every {CONFIDENCE:.0%} interval".replace("%", " %") in README


def test_readme_has_the_figures_of_the_command() -> None:
    """A row per statistic; intervals hold as often as README says, and no verdict is wrong more often than said."""
    assert TABLE[:2] == list(HEAD)
    rows = {
        name: [float(x) for x in re.findall(r"([\d.]+)%", line)]
        for line in TABLE[2:]
        for name in [line.split(" | ")[0][2:]]
    }
    assert list(rows) == [question.name for question in QUESTIONS]
    for found, at_end, decided, wrong in rows.values():
        assert 93 <= found <= 97
        assert 92 <= at_end <= 97
        assert max(decided, wrong) <= 100 * ERROR


@cache
def trial() -> tuple[Sequence[Values], Sequence[Values]]:
    """A few runs of the least replications, and some of all."""
    rng = np.random.default_rng(1)
    return list(runs(rng, SHORT, LEAST)), list(runs(rng, LONG, MOST))


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.name for question in QUESTIONS])
def test_intervals_hold_the_truth_and_verdicts_are_rarely_wrong(question: Question) -> None:
    """A small trial, within what so few runs can tell."""
    found = fared(question, estimated, *trial(), looks(LEAST, MOST))
    assert 0.9 <= found.holds <= 0.99
    assert found.holds_at_end >= 0.85
    assert found.decided <= 0.1
    assert found.wrong <= 0.06


def old(target: Target, sample: Sample, level: float) -> Estimate:
    """The mean of the quantiles of replications, with the interval of 95 % at every look."""
    del target, level
    return mean([np.array([np.quantile(cases, 0.9)]) for cases in sample])


def test_the_mean_of_quantiles_looked_at_again_and_again_fails_the_trial() -> None:
    """It is biased in short replications, and six looks at 95 % decide where nothing can be."""
    short, long = ([times[:, :200] for times in some] for some in trial())
    looked = [replace(look, level=CONFIDENCE) for look in looks(LEAST, MOST)]
    found = fared(P90, old, short, long, looked)
    assert found.decided > 3 * ERROR
    assert found.holds_at_end < 0.9
