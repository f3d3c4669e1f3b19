"""Flows without queues whose answers are known, played by the real engine from real specs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.core.deadlines import Deadlines
from sim.core.draws import Draws
from sim.core.roots import library_root
from sim.core.sittings import Sittings
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.records.frames import records
from sim.records.log import ATTEMPT, CASE, Log
from sim.records.slack import slack
from sim.records.tables import Flag, Op, Program, Staff, Tables
from sim.scenario.library import Library
from sim.scenario.load import load_library, load_scenario, scenario_paths
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Prepared, PreparedVariant
from sim.spec import graph
from sim.spec.opening import Opening

from . import identities
from .small import NONSTOP, OFFICE_HOURS, frame, log_of, moment, scenario, service, world

DAY = 86400
OPEN = NONSTOP.replace("departments: {}", "departments: {bureau: {name: {zh: 局, en: Bureau}}}")


def step(name: str, days: float, after: str = "", more: str = "") -> str:
    """A step of so many days, on which nobody has to wait."""
    order = ", ".join(f"{earlier}: order" for earlier in after.split())
    return f"""
  {name}:
    name: {{zh: 环节, en: Step}}
    at: bureau
    after: {{{order}}}
    work: {{days: {days}, source: guess}}
    {more}
"""


def spans(log: Log) -> NDArray[np.int64]:
    """Seconds from arrival to end by case."""
    cases = frame(log.cases, CASE).sort_values("case")
    return np.asarray(cases["finished"] - cases["arrived"])


# -- flow analysis --------------------------------------------------------------------------------

CREDIT = service(
    step("check", 1, more="fails: {rate: 0.2, source: guess}")
    + step("history", 1, "check")
    + step("income", 3, "check")
    + step("assess", 3, "history income")
    + step("offer", 1, "assess", "when: {granted: true}")
    + step("reject", 2, "assess", "when: {granted: false}"),
    "attributes: {granted: {share: 0.6, source: guess}}",
)
ENQUIRY = service(
    step("register", 2)
    + step("research", 8, "register")
    + step("draft", 4, "research")
    + step("review", 4, "draft", "fails: {rate: 0.2, redo: draft, source: guess}")
)


@pytest.mark.parametrize(
    ("process", "exact"),
    [(CREDIT, 1 / (1 - 0.2) + max(1, 3) + 3 + 0.6 * 1 + 0.4 * 2), (ENQUIRY, 2 + 8 + (4 + 4) / (1 - 0.2))],
    ids=["credit application, 8.65 days", "enquiry, 20 days"],
)
def test_flow_analysis(process: str, exact: float) -> None:
    """X4: the mean is that of flow analysis, within four standard errors of 5,000 independent cases."""
    tables, log = log_of(world(process, scenario(5000, "every_minutes: 1"), OPEN))
    identities.check(tables, log)
    days = spans(log) / DAY
    assert days.mean() == pytest.approx(exact, abs=4 * days.std() / len(days) ** 0.5)


def test_each_failure_costs_what_is_done_again() -> None:
    """X4: with k failures the enquiry takes exactly 2 + 8 + (k + 1)·(4 + 4) days."""
    _, log = log_of(world(ENQUIRY, scenario(2000, "every_minutes: 1"), OPEN))
    runs = frame(log.attempts, ATTEMPT)
    failures = (runs["flags"] == int(Flag.FAILED)).groupby(runs["case"]).sum().to_numpy()
    assert spans(log).tolist() == ((10 + 8 * (failures + 1)) * DAY).tolist()
    assert failures.max() >= 3


# -- work over a weekend --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("friday", "end"),
    [("2024-03-08", "03-11 17:00"), ("2024-04-26", "04-28 17:00"), ("2024-02-09", "02-18 17:00")],
    ids=["a plain weekend", "a make-up Sunday", "the Spring Festival"],
)
@pytest.mark.parametrize("staff", ["", "staff: {officers: [{count: 1, hours: office, source: guess}]}"])
def test_ten_hours_of_work_from_friday_afternoon(friday: str, end: str, staff: str) -> None:
    """X8: 2 h on Friday from 15:00, 8 h on the next working day from 9:00: Monday, 调休 Sunday, after the festival."""
    place = OFFICE_HOURS.replace("{name: {zh: 局, en: Bureau}}", f"{{name: {{zh: 局, en: Bureau}}, {staff}}}")
    process = service(step("serve", 10 / 8))
    tables, log = log_of(world(process, scenario(1, "every_minutes: 900", start=friday), place))
    identities.check(tables, log)
    assert [moment(t, friday) for t in (int(tables.arrivals[0].times[0]), log.end)] == [f"{friday[5:]} 15:00", end]


# -- the critical path ----------------------------------------------------------------------------


@st.composite
def networks(draw: st.DrawFn) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Up to eight steps in any order, each with the steps before it and its length in days."""
    names = [f"s{i}" for i in range(draw(st.integers(1, 8)))]
    before = {name: [u for u in names[:i] if draw(st.booleans())] for i, name in enumerate(names)}
    return before, {name: draw(st.integers(1, 9)) for name in names}


@given(networks())
@settings(derandomize=True, deadline=None, max_examples=30)
def test_without_queues_a_case_takes_its_critical_path(network: tuple[dict[str, list[str]], dict[str, int]]) -> None:
    """Exact: with fixed times every step ends when the graph says, and so does the case, on a longest chain."""
    before, lengths = network
    process = service("".join(step(name, lengths[name], " ".join(before[name])) for name in before))
    tables, log = log_of(world(process, scenario(1, "every_minutes: 1"), OPEN))
    identities.check(tables, log)
    found, names = records(tables, log, 0), [node.id for node in tables.flows[0].nodes]
    ended = {names[run.node]: (run.finished - 60) / DAY for run in found.attempts.itertuples()}
    assert ended == graph.finishing(before, lengths)
    chain = [names[found.attempts.loc[run, "node"]] for run in found.path["attempt"]]
    longest = sum(lengths[s] for s in graph.critical_path(before, lengths))
    left = dict(zip(found.node_name.tolist(), (slack(found).seconds / DAY).tolist(), strict=True))
    assert left == graph.slack(before, lengths)
    assert spans(log).tolist() == [longest * DAY] == [sum(lengths[s] for s in chain) * DAY]


class _Anytime(Sittings):
    """A panel that sits whenever it is asked."""

    def __init__(self) -> None:
        self.at_most = None

    def next(self, t: int) -> int:
        return t


def short(prepared: Prepared, cases: int) -> Prepared:
    """The scenario with the first few cases of each process, all of them measured."""
    few = {
        process: demand.model_copy(update={"cases": min(cases, demand.cases or cases), "warm_up": 0})
        for process, demand in prepared.scenario.demand.items()
    }
    return replace(prepared, scenario=prepared.scenario.model_copy(update={"demand": few, "window": None}))


def unhindered(prepared: Prepared, variant: PreparedVariant) -> Tables:
    """The tables of a variant where nobody sleeps and everybody has enough officers."""
    open_ = Opening(periods=("00:00-24:00",), days="every_day", source="none")
    departments = {k: d.model_copy(update={"staff": {}}) for k, d in variant.place.departments.items()}
    hours = dict.fromkeys(variant.place.hours, open_)
    place = variant.place.model_copy(update={"hours": hours, "departments": departments})
    tables = compile_variant(prepared, replace(variant, place=place), Staff({}, {}), Draws(1, 0))
    return replace(tables, sittings=[_Anytime() for _ in tables.sittings])


def ended(program: Program, case: int, start: int, deadlines: Deadlines) -> int:
    """When a program that starts at a moment is over for a case for which nothing and nobody is missing."""
    now, pending = start, [start]
    for line in program.lines:
        if (seconds := int(line.seconds[case])) < 0:
            continue
        if line.op == Op.FORK:
            pending.append(now + sum(max(int(beside.seconds[case]), 0) for beside in program.branches[line.where]))
        elif line.op == Op.JOIN:
            now = max(now, *pending)
        elif line.op == Op.PERIOD:
            now = deadlines.end(now, seconds, bool(line.where))
        elif line.op in (Op.SERVE, Op.DELAY, Op.CIRCULATE):
            now += seconds
    return now


@pytest.fixture(scope="module")
def library() -> Library:
    """The library of the project."""
    return load_library()


@pytest.fixture(scope="module", params=scenario_paths(library_root()), ids=lambda path: path.stem)
def prepared(request: pytest.FixtureRequest, library: Library) -> Prepared:
    """Each scenario of the project, with few cases."""
    return short(prepare(load_scenario(request.param, library), library), 12)


def test_the_identities_hold_in_every_scenario(prepared: Prepared) -> None:
    """X13: Little's law, the utilisation law and the exact split hold before and after the reforms of a scenario."""
    three: defaultdict[tuple[str, str], int] = defaultdict(lambda: 3)  # enough for work in pairs, few enough for queues
    for variant in prepared.variants[:: max(len(prepared.variants) - 1, 1)]:
        tables = compile_variant(prepared, variant, Staff(three, {}), Draws(1, 0))
        identities.check(tables, simulate(tables))


def test_every_scenario_takes_its_critical_paths(prepared: Prepared) -> None:
    """Exact: before and after the reforms, cases that nothing hinders take the longest chain of what was drawn."""
    for variant in prepared.variants[:: max(len(prepared.variants) - 1, 1)]:
        tables = unhindered(prepared, variant)
        log = simulate(tables)
        identities.check(tables, log)
        runs = frame(log.attempts, ATTEMPT).groupby(["flow", "case"])["flags"].agg(np.bitwise_or.reduce)
        plain = [
            key
            for key, flags in runs.items()
            if not flags & (Flag.FAILED | Flag.REFUSED | Flag.RETURNED | Flag.REVOKED)
        ]
        cases = frame(log.cases, CASE).set_index(["flow", "case"])
        found = [int(cases.loc[key, "finished"]) for key in plain]
        assert found == [last(tables, *key, int(cases.loc[key, "arrived"])) for key in plain]
        assert plain


def last(tables: Tables, flow: int, case: int, arrived: int) -> int:
    """When the longest chain of a case ends."""
    of, ends = tables.flows[flow], {}
    for n, before in enumerate(of.before):
        ends[n] = max((ends[u] for u in before), default=arrived)
        if of.active[n] is None or of.active[n][case]:
            ends[n] = ended(of.program(n, 0), case, ends[n], tables.deadlines)
    return max(ends.values())
