"""What the cases of one replication went through, flat: for whoever draws them, without the tables that were played."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.records.frames import Floats, Ints, Records
from sim.records.measures.register import values
from sim.spec.forms import is_submission
from sim.spec.scope import Scope

MOMENTS = ("accepted", "decided")
ENDS = ("queued", "started", "ended")


@dataclass(frozen=True)
class Courses:
    """The courses of the granted cases of one process that went the way their variant stands for.

    Every time is in working days since the case arrived.
    """

    cases: pd.DataFrame
    """One row per case, in order of arrival: case, counted, elapsed."""
    attempts: pd.DataFrame
    """One row per attempt: case, node, accepted, decided; not-a-number for never."""
    stretches: pd.DataFrame
    """One row per stretch of an attempt: case, node, main, category, queued, started, ended; `main` is 0 beside it."""
    paths: tuple[tuple[str, ...], ...]
    """The realised critical path of each case: its steps in order, each once, without common submissions."""


def courses(found: Records) -> Courses:
    """The courses in one process of a variant played once."""
    cases = found.cases
    main_flow = next(i for i, flow in enumerate(found.flows) if flow.process == found.process)
    wanted = ((cases["flow"] == main_flow) & (cases["refused"] == 0)).to_numpy()
    everything = np.arange(len(cases))
    whole = pd.DataFrame(
        {
            "case": cases["case"],
            "counted": values("counted_days", found, Scope()),
            "elapsed": _since_arrival(found, everything, cases["finished"].to_numpy()),
        }
    )
    return Courses(whole[wanted], _attempts(found, wanted), _stretches(found, wanted), _paths(found, wanted))


def _since_arrival(found: Records, positions: Ints, moments: Ints) -> Floats:
    """Working days from the arrival of the case to a moment of it; not-a-number for a moment that never came."""
    arrived: Ints = found.cases["arrived"].to_numpy()[positions]
    came = moments >= 0
    days: Floats = np.full(len(moments), np.nan)
    days[came] = found.office_days(arrived[came], moments[came])
    return days


def _attempts(found: Records, wanted: np.ndarray) -> pd.DataFrame:
    position, attempts = found.position, found.attempts
    whole = pd.DataFrame(
        {
            "case": attempts["case"].to_numpy(),
            "node": found.node_name,
            **{m: _since_arrival(found, position, attempts[m].to_numpy()) for m in MOMENTS},
        }
    )
    return whole[wanted[position]]


def _stretches(found: Records, wanted: np.ndarray) -> pd.DataFrame:
    rows = found.row(found.activities["attempt"].to_numpy())
    position, parts = found.position[rows], found.activities
    whole = pd.DataFrame(
        {
            "case": found.attempts["case"].to_numpy()[rows],
            "node": found.node_name[rows],
            "main": parts["main"].to_numpy(),
            "category": parts["category"].to_numpy(),
            **{m: _since_arrival(found, position, parts[m].to_numpy()) for m in ENDS},
        }
    )
    return whole[wanted[position]]


def _paths(found: Records, wanted: np.ndarray) -> tuple[tuple[str, ...], ...]:
    """The realised critical path of each wanted case."""
    rows = found.row(found.path["attempt"].to_numpy())
    names = found.node_name[rows].tolist()
    steps: list[list[str]] = [[] for _ in wanted]
    for position, name in zip(found.path["position"].tolist(), names, strict=True):
        if not is_submission(name):
            steps[position].append(name)
    return tuple(tuple(dict.fromkeys(path[::-1])) for path, kept in zip(steps, wanted, strict=True) if kept)
