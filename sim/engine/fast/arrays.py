"""From tables to the rows that the compiled player reads, all but the programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.workdays import Clock
from sim.engine.fast import layout as at
from sim.engine.fast.memory import Row, columns
from sim.engine.fast.store import Store
from sim.records.tables import FlowTables, Pool, Tables


def network(tables: Tables, store: Store) -> None:
    """Put the flows, cases, officers and clocks of the tables into the state."""
    state = store.state
    state["width"] = max(len(flow.nodes) for flow in tables.flows)
    state["words"], state["office"] = -(-int(state["width"]) // 64), tables.office
    state["case_size"] = at.LEFT + 16 * state["words"] + 8 * state["width"] * (state["words"] + 1)
    state["open"] = sum(len(arrivals.times) for arrivals in tables.arrivals)
    _put_calendar(tables, store)
    _put_clocks(tables, store)
    store.put("flows", _listed(at.Flow, [(len(flow.nodes),) for flow in tables.flows]))
    _put_nodes(tables.flows, store)
    _put_pools(tables.pools, [clock.always for clock in tables.clocks], store)
    _put_files(tables, store)


def _listed(kind: type[Row], rows: Sequence[tuple[int, ...]]) -> NDArray[Any]:
    """Rows of a kind."""
    return np.array(rows, dtype=columns(kind))


def _put_calendar(tables: Tables, store: Store) -> None:
    table = tables.deadlines.table
    workdays = np.flatnonzero(table.working).astype(np.int64)
    store.put("working", table.working)
    store.put("numbers", workdays)
    store.state["days"], store.state["workdays"] = len(table.working), len(workdays)
    store.state["epoch"] = table.index(tables.deadlines.epoch)


def _put_clocks(tables: Tables, store: Store) -> None:
    """The clocks of the tables, and behind them those of the sittings."""
    clocks = [*tables.clocks, *(sitting.clock for sitting in tables.sittings)]
    store.put("clocks", _listed(at.Clock, [_clock(clock, store) for clock in clocks]))
    store.put("panels", np.arange(len(tables.clocks), len(clocks), dtype=np.int64))


def _clock(clock: Clock, store: Store) -> tuple[int, ...]:
    addresses = [store.keep(part) for part in clock.openings]
    return (clock.always, clock.horizon, len(clock.openings[0]), *addresses, 0)


def _put_nodes(flows: Sequence[FlowTables], store: Store) -> None:
    width, words = int(store.state["width"]), int(store.state["words"])
    waits = np.zeros((len(flows) * width, words), dtype=np.int64)
    following, repeated, rows = list[int](), list[int](), list[tuple[int, ...]]()
    first = store.keep(waits)
    for f, flow in enumerate(flows):
        for n in range(width):
            after, again = len(following), len(repeated)
            active = 0
            if n < len(flow.nodes):
                _put_bits(waits[f * width + n], flow.before[n])
                following += [f * width + later for later in flow.after[n]]
                repeated += [f * width + again for again in flow.redo.get(n, ())]
                mask = flow.active[n]
                active = 0 if mask is None else store.keep(mask)
            address = first + 8 * words * len(rows)
            rows.append((n, at.LEFT + 16 * words + 8 * n * (words + 1), address, after, len(following), again, len(repeated), active, at.NONE))
    store.put("nodes", _listed(at.Node, rows))
    store.put("following", np.array(following, dtype=np.int64))
    store.put("repeated", np.array(repeated, dtype=np.int64))


def _put_bits(words: NDArray[np.int64], bits: Sequence[int]) -> None:
    """Put some bits into words that have none."""
    found = [0] * len(words)
    for bit in bits:
        found[bit // 64] |= 1 << bit % 64
    words[:] = np.array(found, dtype=np.uint64).view(np.int64)


def _put_pools(pools: Sequence[Pool], always: Sequence[bool], store: Store) -> None:
    servers, rows = list[tuple[int, int]](), list[tuple[int, ...]]()
    for pool in pools:
        nobody = [at.NONE] * 5
        first, open_always = len(servers), all(always[group.clock] for group in pool.groups)
        servers += [(group.clock, group.count) for group in pool.groups]
        rows.append((*nobody, open_always, first, len(servers)))
    store.put("pools", _listed(at.Pool, rows))
    store.put("servers", _listed(at.Server, servers))


def _put_files(tables: Tables, store: Store) -> None:
    """The cases of every process, and the files of other matters."""
    processes = [
        (len(a.times), store.keep(a.times), store.keep(a.flow), 0 if a.urgent is None else store.keep(a.urgent), 0)
        for a in tables.arrivals
    ]
    streams = [(o.pool, len(o.times), store.keep(o.times), store.keep(o.seconds), 0) for o in tables.others]
    store.put("processes", _listed(at.Process, processes))
    store.put("streams", _listed(at.Stream, streams))
    store.state["process_count"], store.state["stream_count"] = len(processes), len(streams)
