"""What a review comes to: failed and refused cases, as flags."""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.engine.population import Mask
from sim.engine.programs.lines import Ints, Lines, Setting, evenly
from sim.records.tables import Flag
from sim.spec.categories import Category
from sim.spec.step import Fails, Step

Happened = dict[Flag, Mask]
"""Flag → the cases to which that happened."""


def outcome(setting: Setting, lines: Lines, node: str, step: Step, attempt: int, unreviewed: Mask) -> Happened:
    """Failed and refused cases, with the applicant's time before a failed one comes back."""
    failed, refused = setting.none(), setting.none()
    if step.fails:
        failed, refused = (mask & ~unreviewed for mask in _failed(setting, node, step.fails, attempt))
        if step.fails.correction:
            wait = setting.spell(step.fails.correction, node, "put right", attempt, mask=failed)
            lines.wait(wait, failed, category=Category.APPLICANT)
    if step.refused:
        refused |= (setting.luck(node, "refused", attempt) < step.refused.share) & ~failed & ~unreviewed
    return {Flag.FAILED: failed, Flag.REFUSED: refused}


def _failed(setting: Setting, node: str, fails: Fails, attempt: int) -> tuple[Mask, Mask]:
    """The cases whose check fails and that come back, and those that are refused because it failed too often."""
    found = setting.luck(node, "fails", attempt) < fails.rate
    if fails.at_most is None:
        return found, setting.none()
    times = sum(((setting.luck(node, "fails", n) < fails.rate) for n in range(attempt)), setting.zeros())
    again = found & (times < fails.at_most)
    return again, found & ~again if fails.then == "refused" else setting.none()


def flags(happened: Happened) -> Ints | None:
    """The flags of each case; None where nothing has happened to any."""
    found = [mask * np.int64(flag) for flag, mask in happened.items() if mask.any()]
    return evenly(reduce(np.bitwise_or, found)) if found else None
