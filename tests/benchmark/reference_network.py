"""How fast both players play the reference network, against loops without any log.

    python -m tests.benchmark.reference_network

prints a Markdown page. Ratios are of one run and carry over to other machines; cases per second do not.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.fast.player import simulate as compiled
from sim.engine.play import simulate
from sim.records.log import CASE, Log
from sim.records.tables import Staff, Tables
from sim.scenario.prepared import Prepared
from tests.benchmark.loops import bare, heap
from tests.small import frame, scenario, world

FOLDER = Path(__file__).parent
ROUNDS, CASES, LONG_RUN, WARM_UP = 9, 20_000, 100_000, 2_000
SIZES = (5_000, 20_000, 80_000)
EXACT = 169.2082
"""Mean cycle time in minutes of the network as an open Jackson network."""
LOOPS = {"bare SimPy loop, no log": bare, "plain heap loop, no log": heap}
PLAYERS = {"SimPy player, everything logged": simulate, "compiled player, everything logged": compiled}
AGAIN = dict(zip(PLAYERS, (1, 20), strict=True))
"""Replications that each plays in a round."""
Found = TypeVar("Found")
FETCH = """
from time import process_time
start = process_time()
import sim.engine.fast.player
print(process_time() - start)
"""


def network(cases: int) -> Prepared:
    """The reference network with so many cases, read from its files."""
    names = ("reference_network", "five_pools")
    process, place = (FOLDER.joinpath(f"{name}.yaml").read_text("utf-8") for name in names)
    demand = "every_minutes: {exponential: 10}"
    return world(process, scenario(cases, demand, process="reference_network", place="five_pools"), place)


def tables_of(prepared: Prepared, replication: int) -> Tables:
    """The tables of one replication, with all that is drawn."""
    return compile_variant(prepared, prepared.variants[0], Staff({}, {}), Draws(1, replication))


def play(prepared: Prepared, replication: int) -> Log:
    """Everything that happened in one replication: drawn, compiled, played and logged."""
    return simulate(tables_of(prepared, replication))


def speeds() -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Seconds of processor time of each way to play the cases, in interleaved rounds; and of drawing, by player.

    A player gets tables that were drawn just before, as wherever it is used. One that takes a fiftieth of the time
    plays several replications one after another, as a comparison does: the first after something else finds its memory
    far from the processor, which a second of playing hides and twenty milliseconds do not.
    """
    prepared, found, drawn = network(CASES), defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    for player in PLAYERS.values():
        player(tables_of(network(100), 0))  # imports what is imported late
    for number in range(ROUNDS):
        for name, loop in LOOPS.items():
            found[name].append(taken(lambda loop=loop, number=number: loop(CASES, number))[0])
        for name, player in PLAYERS.items():
            gc.collect()  # what others have left behind
            numbers = range(number * AGAIN[name], (number + 1) * AGAIN[name])
            times = [_played(prepared, player, n) for n in numbers]
            for kept, seconds in zip((drawn, found), zip(*times, strict=True), strict=True):
                kept[name].append(sum(seconds) / len(seconds))
    return found, drawn


def _played(prepared: Prepared, player: Callable[[Tables], Log], number: int) -> tuple[float, float]:
    """Seconds of processor time that drawing a replication and playing it take."""
    seconds, tables = taken(lambda: tables_of(prepared, number))
    return seconds, taken(lambda: player(tables))[0]


def taken(call: Callable[[], Found]) -> tuple[float, Found]:
    """Seconds of processor time that a call takes, and what it returns."""
    start = process_time()
    found = call()
    return process_time() - start, found


def fetched() -> tuple[float, float]:
    """Seconds of processor time in which a fresh process has the compiled player: compiled, and kept from then."""
    with TemporaryDirectory() as folder:
        command = (sys.executable, "-c", FETCH)
        told = [
            subprocess.run(command, env=os.environ | {"XDG_CACHE_HOME": folder}, capture_output=True, check=True).stdout
            for _ in range(2)
        ]
    return float(told[0]), float(told[1])


def mean_cycle_time() -> float:
    """Mean cycle time in minutes of one long run after its warm-up."""
    cases = frame(play(network(LONG_RUN), 0).cases, CASE)
    measured = cases[cases["case"] >= WARM_UP]
    return float((measured["finished"] - measured["arrived"]).mean() / 60)


def peak_memory(cases: int) -> float:
    """Bytes per case that Python holds at most while one replication is drawn, compiled, played and logged."""
    prepared = network(cases)
    tracemalloc.start()
    play(prepared, 0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return float(peak / cases)


def page() -> Iterator[str]:
    """The lines of the result."""
    found, drawn = speeds()
    base = median(found["bare SimPy loop, no log"])
    yield f"Reference network, {CASES:,} cases, medians of {ROUNDS} interleaved rounds in one process:\n"
    yield "| | cases/s | against bare SimPy | the same without drawing |\n| --- | ---: | ---: | ---: |"
    for name in LOOPS:
        seconds = median(found[name])
        yield f"| {name} | {CASES / seconds:,.0f} | {base / seconds:.3g} | |"
    for name in PLAYERS:
        alone = median(found[name])
        seconds = median(map(sum, zip(drawn[name], found[name], strict=True)))
        yield f"| {name} | {CASES / seconds:,.0f} | {base / seconds:.3g} | {base / alone:.3g} |"
    made, kept = fetched()
    yield f"\nA fresh process has the compiled player after {made:.1f} s if it is not compiled, else {kept:.1f} s.\n"
    mean = mean_cycle_time()
    yield f"Mean cycle time of {LONG_RUN:,} cases: {mean:.2f} min, exact {EXACT}: {mean / EXACT - 1:+.2%}.\n"
    yield "| cases | peak memory per case |\n| ---: | ---: |"
    for size in SIZES:
        yield f"| {size:,} | {peak_memory(size) / 1024:.2f} KiB |"


if __name__ == "__main__":
    for line in page():
        print(line, flush=True)
