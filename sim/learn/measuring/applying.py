"""What applicants do: papers put right, the time they take, special procedures on the way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.learn.happenings import What
from sim.learn.measuring import found
from sim.learn.measuring.quantities import Learnt, untold
from sim.learn.measuring.view import View

_BEFORE = ["case", "moment", "earlier", "since", "dated"]


def applying(view: View) -> Iterator[Learnt]:
    """Yield corrections before acceptance, the applicant's time between steps, and special procedures."""
    submitted = view.rows[view.rows["submitted"].ge(0) & ~view.rows["disordered"]]
    through = submitted[submitted["accepted"].ge(0) | submitted["rounds"].gt(0)]
    if not len(through):
        for quantity in ("correction", "rounds"):
            yield untold(quantity, view.scope, "no submission is recorded before the acceptance")
    else:
        case = through["case"].to_numpy()
        yield found.share("correction", view.scope, (through["rounds"] > 0).to_numpy(), case)
        accepted = through[through["accepted"].ge(0)]
        yield found.number("rounds", view.scope, accepted["rounds"].to_numpy(), accepted["case"].to_numpy())
    yield _stopped(view, "correction_time", What.CORRECTION)
    yield _between(view)
    accepted = view.reviewed
    yield found.share("special", view.scope, (accepted["specials"] > 0).to_numpy(), accepted["case"].to_numpy())
    yield _stopped(view, "special_time", What.SPECIAL)


def _stopped(view: View, quantity: str, what: What) -> Learnt:
    """The time of corrections, or of special procedures, those still running taken as such."""
    stops = view.replay.stops
    mine = stops[(stops["what"] == int(what)) & stops["application"].isin(view.rows.index)]
    if not len(mine):
        return untold(quantity, view.scope, "none is recorded")
    own = view.replay.applications
    decided = own["decided"].to_numpy()[mine["application"].to_numpy()]
    open_ = mine["end"].lt(0).to_numpy()
    lost = open_ & (decided >= 0)
    last = np.full(len(mine), view.replay.log.last)
    end = np.where(open_, last, mine["end"].to_numpy())
    days = view.replay.days.between(mine["start"].to_numpy(), np.maximum(end, mine["start"].to_numpy()),
                                    mine["dated"].to_numpy(dtype=bool))  # fmt: skip
    case = own["case"].to_numpy()[mine["application"].to_numpy()]
    learnt = found.time(quantity, view.scope, days[~lost], case[~lost], ~open_[~lost])
    if lost.sum() > len(mine) / 2:
        return untold(quantity, view.scope, f"{int(lost.sum())} of {len(mine)} have no end", "L004", n=len(mine))
    return learnt.doubted("L004", f"{int(lost.sum())} have no end") if lost.any() and learnt.told else learnt


def _between(view: View) -> Learnt:
    """From the last decision of the case before an application to that application; the first has none before it."""
    own = view.replay.applications
    ends = own[own["decided"].ge(0)][["case", "decided", "step", "dated"]].sort_values("decided")
    mine = view.rows[view.rows["submitted"].ge(0)].sort_values("began")
    before = pd.merge_asof(mine[["case", "submitted", "step", "dated_in"]].assign(moment=mine["began"]),
                           ends.assign(moment=ends["decided"], earlier=ends["step"], since=ends["decided"])[_BEFORE],
                           on="moment", by="case")  # fmt: skip
    known = before[before["since"].notna() & (before["earlier"] != before["step"])]
    if not len(known):
        return untold("applicant", view.scope, "no step of the case was decided before it")
    since, submitted = known["since"].to_numpy().astype(np.int64), known["submitted"].to_numpy()
    days = view.replay.days.between(
        np.minimum(since, submitted), submitted, (known["dated_in"] | known["dated"]).to_numpy(dtype=bool)
    )
    return found.time("applicant", view.scope, days, known["case"].to_numpy())
