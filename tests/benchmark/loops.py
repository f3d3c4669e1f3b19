"""Loops over the cases of the reference network that write nothing down but cycle times: what engines are held to."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Generator, Iterator
from heapq import heappop, heappush

import simpy

OFFICERS, VISITS, RATE, LOAD = (3, 2, 4, 2, 5), (2.3, 1.0, 1.6, 1.4, 2.0), 0.1, 0.7
MEANS = [LOAD * officers / (RATE * visits) for officers, visits in zip(OFFICERS, VISITS, strict=True)]


def route(rng: random.Random) -> Iterator[int]:
    """The pools that a case visits."""
    yield from (0, 0)
    if rng.random() < 0.3:
        yield 0
    yield from (1, 2)
    yield 2 if rng.random() < 0.6 else 3
    yield from (3, 4, 4)


def bare(cases: int, seed: int) -> list[float]:
    """The cycle times of a loop of SimPy's generators and resources."""
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


def heap(cases: int, seed: int) -> list[float]:
    """The cycle times of a plain loop over a heap of moments, without any library."""
    rng, cycle_times = random.Random(seed), list[float]()
    free, lines = list(OFFICERS), [deque[int]() for _ in OFFICERS]
    arrived, left, at = list[float](), list[list[int]](), list[int]()
    coming = [(rng.expovariate(RATE), -1)]

    def serve(pool: int, case: int, now: float) -> None:
        heappush(coming, (now + rng.expovariate(1 / MEANS[pool]), case))

    def go_on(case: int, now: float) -> None:
        if not left[case]:
            cycle_times.append(now - arrived[case])
            return
        pool = at[case] = left[case].pop()
        if free[pool]:
            free[pool] -= 1
            serve(pool, case, now)
        else:
            lines[pool].append(case)

    while coming:
        now, case = heappop(coming)
        if case < 0:
            case = len(arrived)
            arrived.append(now)
            left.append([*route(rng)][::-1])
            at.append(-1)
            if case + 1 < cases:
                heappush(coming, (now + rng.expovariate(RATE), -1))
        elif lines[at[case]]:
            serve(at[case], lines[at[case]].popleft(), now)
        else:
            free[at[case]] += 1
        go_on(case, now)
    return cycle_times
