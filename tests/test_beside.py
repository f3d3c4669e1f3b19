"""What is told beside a comparison: what its parts buy, and what would meet a missed target."""

from __future__ import annotations

from dataclasses import replace

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.decide.beside import Beside, beside
from sim.decide.bought import bought
from sim.decide.remedies import remedies

from .services import reformed
from .test_attribution import CHAIN, CUT, OTHER, TARGET

MISSED = TARGET.replace("at_most: 7", "at_most: 5")


def asked() -> Comparison:
    """Two cuts that bring 16 days down to 7, two days too many; there are two reforms to share it out among."""
    return compare(reformed(CHAIN, CUT, OTHER, targets=MISSED), runs=2)


def shares(found: Beside) -> list[float]:
    """What each part buys."""
    return [one.share.mean for one in found.bought.answers[0].bought] if found.bought else []


def test_the_number_of_processes_changes_nothing() -> None:
    """First nothing is found, then that the parts buy six days and three, then what would meet the target."""
    comparison = asked()
    alone, together = (list(beside(comparison, workers)) for workers in (1, 2))
    wanted = Beside(bought(comparison), remedies(comparison))
    assert [(shares(found), found.remedies) for found in alone] == [
        ([], {}), (shares(wanted), {}), (shares(wanted), wanted.remedies),
    ]  # fmt: skip
    assert [(shares(found), found.remedies) for found in together] == [
        (shares(found), found.remedies) for found in alone
    ]
    assert (shares(wanted), list(wanted.remedies)) == ([-6, -3], ["T1"])


def test_of_a_comparison_cut_short_nothing_is_shared_out() -> None:
    """What would meet its missed target is looked for all the same."""
    *_, found = beside(replace(asked(), interrupted=True))
    assert (found.bought, list(found.remedies)) == (None, ["T1"])
