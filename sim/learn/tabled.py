"""The replayed clock as tables: where the days go, every case and every application, under a hash for its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd

from sim.learn.happenings import What
from sim.learn.moments import EPOCH
from sim.learn.replay import Replay, case_days
from sim.learn.summary import summary
from sim.learn.writing.happened import stamps

FILES = ("days.csv", "cases.csv", "applications.csv")
"""The files of the tables, relative to their folder."""
_MOMENTS = ("submitted", "accepted", "decided")
_DAYS = ("counted", "legal", "elapsed", "applicant_days", "special_days", "limit")
_WHOLE = ("rounds", "late_rounds", "specials")


def tables(replay: Replay) -> dict[str, pd.DataFrame]:
    """Return by file: rows of days as `summary` has them, cases decided in all, applications; days in working days."""
    days = pd.DataFrame([asdict(row) for row in summary(replay)])
    own = replay.applications
    applications = pd.DataFrame({
        "case": _texts(replay.log.cases, own["case"]), "step": _texts(replay.log.steps, own["step"]),
        "department": _texts(replay.log.departments, own["department"]),
        **{name: _stamped(own[name]) for name in _MOMENTS},
        "outcome": [What(what).id if what else "" for what in own["outcome"]],
        **{name: own[name] for name in (*_DAYS, *_WHOLE)}, "on_time": own["on_time"],
    })  # fmt: skip
    cases = case_days(replay)
    told = pd.DataFrame({"case": _texts(replay.log.cases, cases["case"]),
                         **{name: _stamped(cases[name]) for name in ("began", "over")},
                         **{name: cases[name] for name in cases if name not in ("case", "began", "over")}})  # fmt: skip
    return dict(zip(FILES, (days, told, applications), strict=True))


def _texts(names: Sequence[str], numbers: pd.Series) -> list[str]:
    return [names[number] if number >= 0 else "" for number in numbers]


def _stamped(moments: pd.Series) -> pd.Series:
    """Moments as text, nothing where there is none."""
    found: pd.Series = stamps(moments, EPOCH).where(moments >= 0, "")
    return found
