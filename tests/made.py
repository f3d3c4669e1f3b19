"""Tables made by hand, for engine tests in which every attempt must come out as the test says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from sim.engine.play import simulate
from sim.records.log import CASE
from sim.records.tables import Instruction, Op, Program, Tables
from sim.spec.categories import Category

from . import identities
from .small import frame, log_of, scenario, service, staffed, trace, world

Attempt = tuple[Instruction, int]
"""The one line of a program, and the flags that come of it."""
CASES = 9
"""Cases that every line knows."""


def serves(minutes: int, staff: int = 1) -> Attempt:
    """Work of some officers of the one pool."""
    return Instruction(int(Op.SERVE), int(Category.WORK), 0, staff, np.full(CASES, minutes * 60)), 0


def takes(minutes: int, flags: int = 0) -> Attempt:
    """Work that nobody waits for, and what comes of it."""
    return Instruction(int(Op.DELAY), int(Category.WORK), 0, 0, np.full(CASES, minutes * 60)), flags


def made(before: Mapping[str, Sequence[str]], attempts: Mapping[str, Sequence[Attempt]], *,
         arrivals: Sequence[int] = (0,), redo: Mapping[str, Sequence[str]] | None = None,
         active: Mapping[str, list[bool]] | None = None, officers: int = 1) -> Tables:  # fmt: skip
    """Tables of a place that never sleeps, with the attempts at each step and the minutes at which cases come."""
    step = "  serve: {name: {zh: 办理, en: Serve}, at: desk, work: {minutes: 1, source: guess}}"
    pattern, _ = log_of(world(service(step), scenario(1, "every_minutes: 1"), staffed(desk=officers)))
    names = list(before)
    preceding = [[names.index(u) for u in before[n]] for n in names]

    def program(node: int, attempt: int) -> Program:
        line, flags = attempts[names[node]][attempt]
        return Program([line], flags=np.full(CASES, flags))

    flow = replace(
        pattern.flows[0], nodes=[replace(pattern.flows[0].nodes[0], id=n) for n in names], before=preceding,
        after=[[v for v, earlier in enumerate(preceding) if u in earlier] for u in range(len(names))],
        redo={names.index(n): tuple(map(names.index, again)) for n, again in (redo or {}).items()},
        active=[np.array(active[n]) if active and n in active else None for n in names], program=program,
    )  # fmt: skip
    times = np.array([minute * 60 for minute in arrivals])
    came = {"times": times, "flow": np.zeros_like(times), "end": len(times), "between": (times[0], times[-1])}
    return replace(pattern, flows=[flow], arrivals=[replace(pattern.arrivals[0], **came)])


def outcome(tables: Tables) -> tuple[list[str], list[tuple[int, int]]]:
    """The trace, and for each case the minute at which it ended and whether it was refused."""
    log = simulate(tables)
    identities.check(tables, log)
    cases = frame(log.cases, CASE)
    return trace(tables, log), list(zip(cases["finished"] // 60, cases["refused"], strict=True))
