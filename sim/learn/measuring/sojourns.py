"""How long steps and cases take in a log that says only what was done when, or when it began and ended."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.learn.happenings import What
from sim.learn.measuring import found
from sim.learn.measuring.quantities import FEW, Learnt
from sim.learn.replay import Replay

PATIENCE = 0.98
"""Share of the gaps within cases that are shorter than the time after which a case counts as over."""
_MOST_STEPS = 60
"""Steps that are looked at one by one, the most frequent ones."""


def intervals_of(replay: Replay) -> pd.DataFrame:
    """Return a row an event that ends something: `case`, `step`, `start`, `end`, `dated`.

    It starts with the event before it in its case, or where its own start is recorded with that.
    """
    log = replay.log
    events = log.events.assign(
        case=log.applications["case"].to_numpy()[log.events["application"].to_numpy()],
        step=log.applications["step"].to_numpy()[log.events["application"].to_numpy()],
    )
    begun = (
        events[events["what"] == int(What.STARTED)].drop_duplicates("application").set_index("application")["moment"]
    )
    done = events[events["what"] != int(What.STARTED)].sort_values(["case", "moment"], kind="stable")
    before = done.groupby("case")["moment"].shift(1)
    late = done["dated"] | done.groupby("case")["dated"].shift(1).fillna(False).astype(bool)
    own = done["application"].map(begun)
    start = own.fillna(before)
    return pd.DataFrame({"case": done["case"], "step": done["step"], "start": start, "end": done["moment"],
                         "dated": late}).reset_index(drop=True)  # fmt: skip


def spans(replay: Replay) -> pd.DataFrame:
    """Return a row a case: `case`, `began`, `over` (first and last moment), `days` between, `dated`, and `open`.

    A case is open at the end where no last step of it was seen; where nobody says which steps are last, where it had
    been quiet for no longer than nearly all gaps within cases are.
    """
    log = replay.log
    case = log.applications["case"].to_numpy()[log.events["application"].to_numpy()]
    grouped = log.events.groupby(case)
    began, over, dated = grouped["moment"].min(), grouped["moment"].max(), grouped["dated"].any()
    days = replay.days.between(began.to_numpy(), over.to_numpy(), dated.to_numpy(dtype=bool))
    found = pd.DataFrame({"case": began.index, "began": began.to_numpy(), "over": over.to_numpy(), "days": days,
                          "dated": dated.to_numpy(dtype=bool)})  # fmt: skip
    if log.ends:
        last = log.applications["step"].to_numpy()[log.events["application"].to_numpy()]
        ended = pd.Series(np.isin(last, log.ends)).groupby(case).any()
        return found.assign(open=~ended.to_numpy())
    gaps = log.events.assign(case=case).sort_values(["case", "moment"]).groupby("case")["moment"].diff().dropna()
    patience = float(gaps.quantile(PATIENCE)) if len(gaps) else 0.0
    return found.assign(open=found["over"] > log.last - patience)


def sojourns(replay: Replay) -> Iterator[Learnt]:
    """Yield the span of cases, and by step the time from the event before."""
    whole = spans(replay)
    over = ~whole["open"].to_numpy(dtype=bool)
    span = found.time("span", "", whole["days"].to_numpy(), whole["case"].to_numpy(), over)
    yield _dated(span, float(whole["dated"].mean()))
    rows = intervals_of(replay)
    rows = rows[rows["start"].notna()]
    often = rows["step"].value_counts()
    for step in often[often >= FEW].index[:_MOST_STEPS]:
        mine = rows[rows["step"] == step]
        start = mine["start"].to_numpy().astype(np.int64)
        days = replay.days.between(start, mine["end"].to_numpy(), mine["dated"].to_numpy(dtype=bool))
        learnt = found.time("sojourn", replay.log.steps[int(step)], days, mine["case"].to_numpy())
        yield _dated(learnt, float(mine["dated"].mean()))


def _dated(learnt: Learnt, share: float) -> Learnt:
    if learnt.told and share > 0.5:
        return learnt.doubted("L002", f"{share:.0%} rest on a date without a time")
    return learnt
