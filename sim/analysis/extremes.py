"""The smallest and the largest of all cases of all replications together."""

from __future__ import annotations

import math
from dataclasses import replace

from sim.analysis.estimate import CONFIDENCE, Estimate
from sim.analysis.intervals import EVERY, Sample, Totals, share_within, unknown


def minimum(sample: Sample, level: float = CONFIDENCE) -> Estimate:
    """The smallest of all cases, with the mirrored interval of a maximum; nothing is less than 0 where no case is."""
    found = maximum([-x for x in sample], level)
    low = 0.0 if -found.mean >= 0 and math.isinf(found.high) and found.runs > 1 else -found.high
    return replace(found, mean=-found.mean, low=low, high=-found.low)


def maximum(sample: Sample, level: float = CONFIDENCE) -> Estimate:
    """The largest of all cases, which grows with their number; no case is known to be larger, or it is not known.

    The upper end is the same where so many cases were seen that all but half a percent of those to come stay below
    it (`EVERY`, with the exact bound of a share), and infinite where they were fewer.
    """
    totals = Totals.of(sample)
    if totals.runs < 2:
        return unknown(max((float(x.max()) for x in sample if len(x)), default=math.nan), totals.runs, level)
    largest = max(float(x.max()) for x in sample if len(x))
    enough = share_within(sample, largest, level).low >= EVERY
    return Estimate(largest, largest, largest if enough else math.inf, totals.runs, level)
