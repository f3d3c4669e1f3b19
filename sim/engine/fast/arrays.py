"""From tables to the rows that the compiled player reads, all but the programs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.core.equal_days import DayClock
from sim.core.sittings import Sittings
from sim.core.workdays import Clock
from sim.engine.fast import given
from sim.engine.fast import layout as at
from sim.engine.fast.crews import put_crews, together
from sim.engine.fast.store import Store, UnknownError, listed
from sim.engine.line import overtaken
from sim.records.tables import Arrivals, Crew, OtherFiles, Tables


def network(tables: Tables, store: Store) -> None:
    """Put the flows, cases, officers and clocks of the tables into the state."""
    state = store.state
    state["width"] = max(len(flow.nodes) for flow in tables.flows)
    state["words"], state["office"] = -(-int(state["width"]) // 64), tables.office
    state["moments"] = 2 if any(flow.watched for flow in tables.flows) else 0
    state["case_size"] = _place(store, int(state["width"]))
    state["case_words"] = (int(state["case_size"]) - at.LEFT) // 8
    _put_calendar(tables, store)
    _put_clocks(tables, store)
    _put_nodes(tables, store)
    _put_pools(tables, store)
    put_crews(tables, store)
    _put_processes(tables, store)


def _place(store: Store, node: int) -> int:
    """How far behind the row of a case stands what it knows of a node."""
    words, moments = int(store.state["words"]), int(store.state["moments"])
    return at.LEFT + 16 * words + 8 * node * (words + 1 + moments)


def _put_calendar(tables: Tables, store: Store) -> None:
    table = tables.deadlines.table
    workdays = np.flatnonzero(table.working).astype(np.int64)
    store.put("working", table.working)
    store.put("numbers", workdays)
    store.state["days"], store.state["workdays"] = len(table.working), len(workdays)
    store.state["epoch"] = table.index(tables.deadlines.epoch)


def _put_clocks(tables: Tables, store: Store) -> None:
    store.clocks = [*tables.clocks, *together(tables)]
    store.put("clocks", listed(given.Clock, [_clock(clock, store) for clock in store.clocks]))
    store.put("panels", listed(given.Panel, [_panel(sittings, store) for sittings in tables.sittings]))


def _clock(clock: Clock, store: Store) -> tuple[int, ...]:
    if type(clock) not in (Clock, DayClock):
        raise UnknownError(type(clock))
    openings = [store.keep(part) for part in clock.openings]
    days = (clock.day, *map(store.keep, clock.parts)) if isinstance(clock, DayClock) else (0, 0, 0, 0)
    return (clock.always, clock.horizon, len(clock.openings[0]), *openings, 0, *days)


def _panel(sittings: Sittings, store: Store) -> tuple[int, ...]:
    if type(sittings) is not Sittings:
        raise UnknownError(type(sittings))
    moments, deadlines = (np.array(part, dtype=np.int64) for part in sittings.held)
    at_most = at.NONE if sittings.at_most is None else sittings.at_most
    return (at_most, len(moments), store.keep(moments), store.keep(deadlines), 0, 0)


def _put_nodes(tables: Tables, store: Store) -> None:
    flows, width, words = tables.flows, int(store.state["width"]), int(store.state["words"])
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
                repeated += [f * width + once_more for once_more in flow.redo.get(n, ())]
                mask = flow.active[n]
                active = 0 if mask is None else store.keep(mask)
            bit = 8 * (n // 64), -(1 << 63) if n % 64 == 63 else 1 << n % 64
            place, waited = _place(store, n), first + 8 * words * len(rows)
            ways = (after, len(following), again, len(repeated))
            rows.append((n, *bit, place, waited, *ways, active, n in flow.watched, at.NONE))
    store.put("nodes", listed(given.Node, rows))
    _put_flows(tables, store, waits.reshape(len(flows), width, words))
    store.put("following", np.array(following, dtype=np.int64))
    store.put("repeated", np.array(repeated, dtype=np.int64))


def _put_flows(tables: Tables, store: Store, waits: NDArray[np.int64]) -> None:
    """The flows, each with what is known of a case in it of which nothing has begun: see `_place`."""
    rows = list[tuple[int, ...]]()
    for flow, waited in zip(tables.flows, waits, strict=True):
        width, words = waited.shape
        left = np.zeros((2, words), dtype=np.int64)
        _put_bits(left[0], range(len(flow.nodes)))
        nodes = np.full((width, 1 + words + int(store.state["moments"])), at.NONE, dtype=np.int64)
        nodes[:, 0], nodes[:, 1 : 1 + words] = 0, waited
        blank = np.concatenate([left.ravel(), nodes.ravel()])
        rows.append((len(flow.nodes), store.keep(blank)))
    store.put("flows", listed(given.Flow, rows))


def _put_bits(words: NDArray[np.int64], bits: Sequence[int]) -> None:
    """Put some bits into words that have none."""
    found = [0] * len(words)
    for bit in bits:
        found[bit // 64] |= 1 << bit % 64
    words[:] = np.array(found, dtype=np.uint64).view(np.int64)


def _put_pools(tables: Tables, store: Store) -> None:
    """The pools with their officers; a queue where anybody may overtake, else a line that takes in other files."""
    others = {files.pool: files for files in tables.others}
    pools, servers = list[tuple[int, ...]](), list[tuple[int, ...]]()
    for number, (pool, queue) in enumerate(zip(tables.pools, overtaken(tables), strict=True)):
        first = len(servers)
        servers += [_server(crew, store) for crew in pool.groups]
        always = all(tables.clocks[crew.clock].always for crew in pool.groups)
        files = None if queue else others.pop(number, None)
        clock = tables.clocks[pool.groups[0].clock] if len(pool.groups) == 1 else None
        nobody, never = [at.NONE] * 7, [at.NONE] * 2
        taken_in = _taken_in(number, files, clock, store)
        pools.append((first, len(servers), queue, *nobody, *never, always, pool.hands_on, 0, *taken_in))
    store.put("pools", listed(at.Pool, pools))
    store.put("servers", listed(at.Server, servers))
    streams = [(o.pool, len(o.times), store.keep(o.times), store.keep(o.seconds), 0) for o in others.values()]
    store.put("streams", listed(given.Stream, streams))
    store.state["pool_count"], store.state["stream_count"] = len(pools), len(streams)


def _server(crew: Crew, store: Store) -> tuple[int, ...]:
    moments = np.repeat(np.array([0, at.NEVER]), crew.count)
    return (crew.clock, crew.count, crew.count, store.keep(moments))


def _taken_in(pool: int, files: OtherFiles | None, clock: Clock | None, store: Store) -> tuple[int, ...]:
    """What a line knows of the files of other matters; when they come by the clock of its officers, if all keep one."""
    if files is None:
        return (0,) * 7
    count = len(files.times)
    came = files.came(clock) if clock else files.times
    starts, ends = (np.empty(count, dtype=np.int64) for _ in range(2))
    store.others[pool] = files
    return (count, *(store.keep(part) for part in (files.times, came, files.seconds, starts, ends)), 0)


def _put_processes(tables: Tables, store: Store) -> None:
    rows = [_process(arrivals, store) for arrivals in tables.arrivals]
    store.put("processes", listed(given.Process, rows))
    store.state["process_count"], store.state["open"] = len(rows), sum(a.end for a in tables.arrivals)
    store.state["close"] = max((a.between[1] for a in tables.arrivals), default=0)


def _process(arrivals: Arrivals, store: Store) -> tuple[int, ...]:
    urgent = 0 if arrivals.urgent is None else store.keep(arrivals.urgent)
    return (len(arrivals.times), arrivals.end, store.keep(arrivals.times), store.keep(arrivals.flow), urgent, 0)
