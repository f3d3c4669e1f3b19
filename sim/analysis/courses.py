"""What the cases of one replication went through, flat: for whoever draws them, without the tables that were played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.core.arrays import Floats, Ints, pd
from sim.records.frames import Records
from sim.records.measures.register import values
from sim.records.slack import Link, Slack, critical_links, slack
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
    links: Mapping[Link, int]
    """A step and the one after it on a critical path → in how many of the cases; "" is before the first and after the
    last. Where several paths are as long, those of all of them."""
    slack: pd.DataFrame
    """One row per node: node, cases that went through it, those that had it on a critical path (critical), and the mean
    days of its slack."""


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
    slacks = slack(found)
    links = critical_links(found, slacks, lambda position: bool(wanted[position]))
    steps = _slack(found, slacks, wanted)
    return Courses(whole[wanted], _attempts(found, wanted), _stretches(found, wanted), links, steps)


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


def _slack(found: Records, slacks: Slack, wanted: np.ndarray) -> pd.DataFrame:
    """By step: how many of the wanted cases went through it, and what slack it had, once of each case."""
    attempts = pd.DataFrame(
        {"case": found.position, "node": found.node_name, "critical": slacks.seconds == 0, "days": slacks.days}
    )[wanted[found.position]]
    each = attempts.groupby(["node", "case"], sort=False).agg({"critical": "any", "days": "min"})
    by_node = each.groupby("node", sort=False)
    return by_node.agg(cases=("days", "size"), critical=("critical", "sum"), days=("days", "mean")).reset_index()
