"""How fast the engine plays the reference network, against a bare SimPy loop without any log.

    python -m tests.benchmark.reference_network

prints a Markdown page. Ratios are of one run and carry over to other machines; cases per second do not.
"""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Generator, Iterator
from pathlib import Path
from statistics import median
from time import process_time

import simpy

from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.records.log import CASE, Log
from sim.records.tables import Staff
from sim.scenario.prepared import Prepared
from tests.small import frame, scenario, world

FOLDER = Path(__file__).parent
ROUNDS, CASES, LONG_RUN, WARM_UP = 5, 20_000, 200_000, 2_000
SIZES = (5_000, 20_000, 80_000)
EXACT = 169.2082
"""Mean cycle time in minutes of the network as an open Jackson network."""
OFFICERS, VISITS, RATE, LOAD = (3, 2, 4, 2, 5), (2.3, 1.0, 1.6, 1.4, 2.0), 0.1, 0.7
MEANS = [LOAD * officers / (RATE * visits) for officers, visits in zip(OFFICERS, VISITS, strict=True)]


def network(cases: int) -> Prepared:
    """The reference network with so many cases, read from its files."""
    names = ("reference_network", "five_pools")
    process, place = (FOLDER.joinpath(f"{name}.yaml").read_text("utf-8") for name in names)
    demand = "every_minutes: {exponential: 10}"
    return world(process, scenario(cases, demand, process="reference_network", place="five_pools"), place)


def play(prepared: Prepared, replication: int) -> Log:
    """Everything that happened in one replication: drawn, compiled, played and logged."""
    return simulate(compile_variant(prepared, prepared.variants[0], Staff({}, {}), Draws(1, replication)))


def route(rng: random.Random) -> Iterator[int]:
    """The pools that a case visits."""
    yield from (0, 0)
    if rng.random() < 0.3:
        yield 0
    yield from (1, 2)
    yield 2 if rng.random() < 0.6 else 3
    yield from (3, 4, 4)


def bare(cases: int, seed: int) -> list[float]:
    """The cycle times of a loop of SimPy's generators and resources that writes nothing else down."""
    env, rng, cycle_times = simpy.Environment(), random.Random(seed), list[float]()
    pools = [simpy.Resource(env, officers) for officers in OFFICERS]

    def case() -> Generator[simpy.Event, None, None]:
        arrived = env.now
        for pool in route(rng):
            with pools[pool].request() as request:
                yield request
                yield env.timeout(rng.expovariate(1 / MEANS[pool]))
        cycle_times.append(env.now - arrived)

    def arrivals() -> Generator[simpy.Event, None, None]:
        for _ in range(cases):
            yield env.timeout(rng.expovariate(RATE))
            env.process(case())

    env.process(arrivals())
    env.run()
    return cycle_times


def speeds() -> tuple[float, float]:
    """Cases per second of processor time, medians of interleaved rounds: the engine, and the bare loop."""
    prepared, ours, theirs = network(CASES), list[float](), list[float]()
    play(network(100), 0)  # imports what is imported late
    for number in range(ROUNDS):
        start = process_time()
        play(prepared, number)
        middle = process_time()
        bare(CASES, number)
        ours.append(CASES / (middle - start))
        theirs.append(CASES / (process_time() - middle))
    return median(ours), median(theirs)


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
    ours, theirs = speeds()
    yield f"Reference network, {CASES:,} cases, medians of {ROUNDS} interleaved rounds in one process:\n"
    yield "| | cases/s | against bare SimPy |\n| --- | ---: | ---: |"
    yield f"| engine, every run and activity logged | {ours:,.0f} | {ours / theirs:.2f} |"
    yield f"| bare SimPy loop, no log | {theirs:,.0f} | 1 |\n"
    found = mean_cycle_time()
    yield f"Mean cycle time of {LONG_RUN:,} cases: {found:.2f} min, exact {EXACT}: {found / EXACT - 1:+.2%}.\n"
    yield "| cases | peak memory per case |\n| ---: | ---: |"
    for size in SIZES:
        yield f"| {size:,} | {peak_memory(size) / 1024:.2f} KiB |"


if __name__ == "__main__":
    for line in page():
        print(line, flush=True)
