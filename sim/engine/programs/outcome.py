"""What a review comes to: failed and refused cases, as flags."""

from __future__ import annotations

import numpy as np

from sim.engine.population import Mask
from sim.engine.programs.lines import Ints, Lines, Setting
from sim.records.tables import Flag
from sim.spec.categories import Category
from sim.spec.step import Fails, Step


def outcome(setting: Setting, lines: Lines, node: str, step: Step, attempt: int, unreviewed: Mask) -> Ints:
    """Failed and refused cases as flags, with the applicant's time before a failed one comes back."""
    failed, refused = setting.none(), setting.none()
    if step.fails:
        failed, refused = (mask & ~unreviewed for mask in _failed(setting, node, step.fails, attempt))
        if step.fails.correction:
            wait = setting.spell(step.fails.correction, node, "put right", attempt)
            lines.wait(wait, failed, category=Category.APPLICANT)
    if step.refused:
        refused |= (setting.luck(node, "refused", attempt) < step.refused.share) & ~failed & ~unreviewed
    return flagged(failed, Flag.FAILED) | flagged(refused, Flag.REFUSED)


def _failed(setting: Setting, node: str, fails: Fails, attempt: int) -> tuple[Mask, Mask]:
    """The cases whose check fails and that come back, and those that are refused because it failed too often."""
    found = setting.luck(node, "fails", attempt) < fails.rate
    if fails.at_most is None:
        return found, setting.none()
    times = sum(((setting.luck(node, "fails", n) < fails.rate) for n in range(attempt)), setting.zeros())
    again = found & (times < fails.at_most)
    return again, found & ~again if fails.then == "refused" else setting.none()


def flagged(mask: Mask, flag: Flag) -> Ints:
    """The flag by case: set for those in the mask."""
    return np.where(mask, int(flag), 0).astype(np.int64)


def listed(flags: Ints) -> list[int] | None:
    """The flags as a program has them; None where none is set."""
    found: list[int] | None = flags.tolist() if flags.any() else None
    return found
