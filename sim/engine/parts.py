"""The tables of one replication, out of those of several whose cases lie one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from sim.core.arrays import Ints, Mask
from sim.records.tables import Allowed, Arrivals, Corrections, Deferral, FlowTables, Instruction, Op, Program, Tables


def parts(whole: Tables, came: Sequence[Sequence[Arrivals]]) -> list[Tables]:
    """The tables of each replication, whose cases of each process have come so; without files of other matters."""
    cases = [slices([len(one.times) for one in own]) for own in zip(*came, strict=True)]
    return [_part(whole, own, mine) for own, mine in zip(came, zip(*cases, strict=True), strict=True)]


def slices(sizes: Iterable[int]) -> list[slice]:
    """Where parts of these sizes stand that lie one after another."""
    return [slice(*ends) for ends in pairwise([0, *accumulate(sizes)])]


def _part(whole: Tables, arrivals: Sequence[Arrivals], cases: Sequence[slice]) -> Tables:
    mine = {one.process: own for one, own in zip(arrivals, cases, strict=True)}
    attributes = {
        process: {name: values[mine[process]] for name, values in found.items()}
        for process, found in whole.attributes.items()
    }
    flows = [_flow(flow, mine[flow.process]) for flow in whole.flows]
    return replace(whole, flows=flows, arrivals=list(arrivals), attributes=attributes)


def _flow(flow: FlowTables, cases: slice) -> FlowTables:
    """What a process version is for some of its cases; a line that is for none of them stays, and is skipped."""
    made: dict[tuple[int, int], Program] = {}

    def program(node: int, attempt: int) -> Program:
        if (node, attempt) not in made:
            made[node, attempt] = _program(flow.program(node, attempt), cases)
        return made[node, attempt]

    classes = {node: numbers[cases] for node, numbers in flow.classes.items()}
    return replace(flow, active=[_active(mask, cases) for mask in flow.active], program=program, classes=classes)


def lines_met(program: Program) -> Iterator[Instruction]:
    """Yield the lines of a program that some case comes to."""
    left, met = [program.lines], set[int]()
    while left:
        for line in left.pop():
            if len(line.seconds) and line.seconds[0] < 0 and line.seconds.max() < 0:
                continue
            yield line
            if line.op in (Op.FORK, Op.DEFER) and line.where not in met:
                met.add(line.where)
                left.append(program.branches[line.where])


def _active(mask: Mask | None, cases: slice) -> Mask | None:
    return None if mask is None or mask[cases].all() else mask[cases]


def _program(program: Program, cases: slice) -> Program:
    def own(numbers: Ints | None) -> Ints | None:
        return None if numbers is None else numbers[cases]

    def section(lines: Sequence[Instruction]) -> list[Instruction]:
        return [Instruction(*line[:-1], line.seconds[cases]) for line in lines]

    def spell(times: Sequence[tuple[int, Ints]]) -> list[tuple[int, Ints]]:
        return [(clock, seconds[cases]) for clock, seconds in times]

    def time(allowed: Allowed) -> Allowed:
        return Allowed(allowed.unit, allowed.within[cases], allowed.clock)

    later, turns = program.deferral, program.corrections
    return Program(
        section(program.lines),
        [section(branch) for branch in program.branches],
        flags=own(program.flags),
        papers=own(program.papers),
        visits=own(program.visits),
        rounds=own(program.rounds),
        fees=None if program.fees is None else program.fees[cases],
        prepare=spell(program.prepare),
        deferral=Deferral(spell(later.supply), time(later.allowed)) if later else None,
        corrections=Corrections(time(turns.allowed), turns.visits[cases], turns.each[cases]) if turns else None,
        silences=[time(silence) for silence in program.silences],
    )
