"""How decisions turn out, who uses which way, and what the cases are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.learn.happenings import What
from sim.learn.measuring import found
from sim.learn.measuring.quantities import Learnt, untold
from sim.learn.measuring.view import View
from sim.learn.replay import Replay

SURE = 0.95
"""Share of the applicants who have come back by the time after which nobody is waited for."""


def deciding(view: View) -> Iterator[Learnt]:
    """Yield failures, refusals, the time before coming back, uptake of 容缺 and 告知承诺, the online share."""
    yield from _refused(view)
    granted = view.decided[view.decided["outcome"] != int(What.REFUSED)]
    deferred = (granted["outcome"] == int(What.GRANTED_DEFERRED)).to_numpy()
    if bool((view.replay.applications["outcome"] == int(What.GRANTED_DEFERRED)).any()):
        yield found.share("deferral", view.scope, deferred, granted["case"].to_numpy())
    else:
        yield untold("deferral", view.scope, "no decision is marked as 容缺通过", n=len(granted))
    for quantity, column, why in (
        ("promise", "promised", "nothing says which were decided on a promise"),
        ("online", "online", "nothing says how an application was made"),
    ):
        known = view.rows[view.rows[column].ge(0) & view.rows["accepted"].ge(0)]
        if len(known):
            yield found.share(quantity, view.scope, known[column].to_numpy(), known["case"].to_numpy())
        else:
            yield untold(quantity, view.scope, why)


def _refused(view: View) -> Iterator[Learnt]:
    """Refusals after which the case applied again, and those after which it did not.

    Whoever was refused shortly before the window closed may still come back, and is left out of both.
    """
    decided = view.decided.sort_values("decided")
    if not len(decided):
        for quantity in ("failure", "refusal"):
            yield untold(quantity, view.scope, "nothing was decided", "L018")
        return
    own = view.replay.applications
    starts = own.assign(moment=own["began"], again=own["began"])[["case", "step", "moment", "again"]]
    starts = starts[starts["moment"] >= 0].sort_values("moment")
    columns = ["case", "step", "decided", "outcome", "dated", "promised"]
    after = pd.merge_asof(decided[columns].assign(moment=decided["decided"]), starts, on="moment", by=["case", "step"],
                          direction="forward")  # fmt: skip
    refused = (after["outcome"] == int(What.REFUSED)).to_numpy()
    back = refused & after["again"].notna().to_numpy()
    waited = (after["again"] - after["decided"]).to_numpy()[back]
    patience = float(np.quantile(waited, SURE)) if len(waited) else 0.0
    sure = after["decided"].to_numpy() <= view.replay.log.last - patience
    judged = (sure | ~refused | back) & (after["promised"] != 1).to_numpy()
    case = after["case"].to_numpy()
    yield found.share("failure", view.scope, back[judged], case[judged])
    yield found.share("refusal", view.scope, (refused & ~back)[judged], case[judged])
    if back.any():
        start, end = after["decided"].to_numpy()[back], after["again"].to_numpy()[back].astype(np.int64)
        days = view.replay.days.between(start, end, after["dated"].to_numpy(dtype=bool)[back])
        yield found.time("rework_time", view.scope, days, case[back])


def mix(replay: Replay) -> Iterator[Learnt]:
    """Yield the share of the cases with each value of each attribute; scope is `attribute=value`."""
    for name, texts in replay.log.attributes.items():
        rows = replay.applications[[f"_{name}", "case"]]
        known = rows[rows[f"_{name}"] >= 0].drop_duplicates("case")
        for number, text in enumerate(texts):
            hit = (known[f"_{name}"] == number).to_numpy()
            yield found.share("mix", f"{name}={text}", hit, known["case"].to_numpy())
