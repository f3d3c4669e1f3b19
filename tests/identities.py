"""What must hold in every log, whatever was simulated: nobody lost, nothing double, everything accounted for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from sim.engine.programs.lines import asking
from sim.records.frames import records
from sim.records.log import ACTIVITY, ATTEMPT, CASE, Ended, Log
from sim.records.tables import Flag, Instruction, Op, Program, Tables
from sim.records.utilisation import utilisation

from .small import frame

Ints = NDArray[np.int64]


def check(tables: Tables, log: Log) -> None:
    """Hold a log against the tables it was played from."""
    every_case_ends_once(tables, log)
    littles_law(tables, log)
    utilisation_law(tables, log)
    nobody_overtakes_or_works_twice(tables, log)
    work_is_done_in_working_hours(tables, log)
    the_split_is_exact(tables, log)


def every_case_ends_once(tables: Tables, log: Log) -> None:
    """Each arrival of the tables is a case of the log, and its last run ends when it ends."""
    cases, runs = (
        frame(log.cases, CASE).sort_values(["process", "case"]),
        frame(log.attempts, ATTEMPT).set_index("attempt"),
    )
    assert runs.index.is_unique
    for process, arrivals in enumerate(tables.arrivals):
        own = cases[cases["process"] == process]
        assert own["case"].tolist() == list(range(len(arrivals.times)))
        assert own["arrived"].tolist() == arrivals.times.tolist()
    ended = cases[cases["last"] >= 0]
    assert (runs.loc[ended["last"], "finished"].to_numpy() == ended["finished"].to_numpy()).all()


def littles_law(tables: Tables, log: Log) -> None:
    """Mean number at a pool = rate of requests, as the tables make them, times mean time there."""
    requests = _asked(tables, log)["pool"].value_counts()
    served = _served(log)
    assert requests.to_dict() == {pool: len(own) for pool, own in served.items()}
    for pool, own in served.items():
        times, there = _level(own["queued"], own["ended"], np.ones(len(own), dtype=np.int64))
        mean_number = (there[:-1] * np.diff(times)).sum() / log.end
        mean_time = (own["ended"] - own["queued"]).mean()
        assert mean_number == pytest.approx(requests[pool] / log.end * mean_time, rel=1e-9)


def utilisation_law(tables: Tables, log: Log) -> None:
    """Officers work the seconds that the tables ask for, and utilisation is their share of those they had."""
    asked = _asked(tables, log)
    loads = (asked["seconds"] * asked["staff"]).groupby(asked["pool"]).sum()
    start = min(arrivals.between[0] for arrivals in tables.arrivals)
    end = max(arrivals.between[1] for arrivals in tables.arrivals)
    found = utilisation(tables, log)
    for number, done in _served(log).items():
        pool, load = tables.pools[number], loads[number]
        own = done[done["attempt"] >= 0]
        assert (own["busy"] * own["staff"]).sum() == load
        there = sum(g.count * tables.clocks[g.clock].between(start, end) for g in pool.groups)
        if there and len(pool.groups) == 1:
            clock = tables.clocks[pool.groups[0].clock]
            spans = zip(done["started"].clip(start, end), done["ended"].clip(start, end), done["staff"], strict=True)
            worked = sum(clock.between(began, over) * staff for began, over, staff in spans)
            assert found[pool.department, pool.role] == pytest.approx(worked / there, rel=1e-9)


def nobody_overtakes_or_works_twice(tables: Tables, log: Log) -> None:
    """Pools serve in order of arrival unless some cases are urgent, or visits go ahead, with the officers they have."""
    urgent = any(a.urgent is not None and a.urgent.any() for a in tables.arrivals) or bool(tables.crews)
    for number, own in _served(log).items():
        assert urgent or own["started"].is_monotonic_increasing
        _, busy = _level(own["started"], own["ended"], own["staff"].to_numpy())
        assert busy.max() <= sum(g.count for g in tables.pools[number].groups)


def work_is_done_in_working_hours(tables: Tables, log: Log) -> None:
    """Every piece of work starts on duty and lasts its seconds on the clock of one group of the pool."""
    for number, own in _served(log).items():
        started, ended, busy = (own[c].to_numpy() for c in ("started", "ended", "busy"))
        fits = np.zeros(len(own), dtype=bool)
        for clock in {tables.clocks[g.clock] for g in tables.pools[number].groups}:
            on_duty = np.array([clock.is_open(t) for t in started.tolist()], dtype=bool)
            fits |= on_duty & (clock.between_many(started, ended) == busy)
        assert fits.all()


def the_split_is_exact(tables: Tables, log: Log) -> None:
    """The stretches of a case's critical path sum to its span by both clocks, to the second."""
    office = tables.clocks[tables.office]
    for process in range(len(tables.arrivals)):
        found = records(tables, log, process)
        # A case whose decision is revoked later ends beside its path, and is left out of all means.
        through = (found.cases["refused"] != Ended.REVOKED).to_numpy()
        sums = found.stretches.groupby("position")[["calendar", "office"]].sum()
        sums = sums.reindex(range(len(found.cases)), fill_value=0)
        arrived, finished = (found.cases[c].to_numpy() for c in ("arrived", "finished"))
        assert sums["calendar"][through].tolist() == (finished - arrived)[through].tolist()
        assert sums["office"][through].tolist() == office.between_many(arrived, finished)[through].tolist()


def _served(log: Log) -> dict[int, pd.DataFrame]:
    """Pool → its pieces of work, in the order in which they were asked for."""
    activities = frame(log.activities, ACTIVITY)
    work = activities[activities["pool"] >= 0].sort_values(["queued", "started"])
    return dict(iter(work.groupby("pool")))


def _level(starts: pd.Series, ends: pd.Series, sizes: Ints) -> tuple[Ints, Ints]:
    """Moments, and how many are there after each; who leaves makes room for who comes at the same moment."""
    changes = pd.DataFrame({"time": np.concatenate([starts, ends]), "change": np.concatenate([sizes, -sizes])})
    changes = changes.sort_values(["time", "change"])
    return changes["time"].to_numpy(), changes["change"].cumsum().to_numpy()


def _asked(tables: Tables, log: Log) -> pd.DataFrame:
    """What the programs of the runs that were made ask of the pools: pool, staff and seconds of each request."""
    found = [np.empty((3, 0), dtype=np.int64)]
    for (flow, node, attempt), runs in frame(log.attempts, ATTEMPT).groupby(["flow", "node", "nth"]):
        program, returned = (
            tables.flows[flow].program(node, attempt),
            (runs["flags"] & int(Flag.RETURNED)).to_numpy() > 0,
        )
        for line, cases in _carried_out(program, program.lines, runs["case"].to_numpy(), returned):
            for pool, staff in asking(line, tables.crews):
                seconds = _by_case(line, cases)
                asked = seconds[seconds >= 0]
                found.append(np.array([np.full_like(asked, pool), np.full_like(asked, staff), asked]))
    return pd.DataFrame(np.concatenate(found, axis=1).T, columns=["pool", "staff", "seconds"])


def _carried_out(program: Program, lines: list[Instruction], cases: Ints,
                 returned: NDArray[np.bool_]) -> Iterator[tuple[Instruction, Ints]]:  # fmt: skip
    """Each line of a program with the cases that come to it: all, or those that start its branch or are returned."""
    for line in lines:
        yield line, cases
        if line.op == Op.FORK:
            starting = cases[_by_case(line, cases) >= 0]
            yield from ((beside, starting) for beside in program.branches[line.where])
        elif line.op == Op.DEFER:
            nobody = np.zeros(int(returned.sum()), dtype=bool)
            yield from _carried_out(program, program.branches[line.where], cases[returned], nobody)
            cases, returned = cases[~returned], returned[~returned]


def _by_case(line: Instruction, cases: Ints) -> Ints:
    return line.seconds[cases]
