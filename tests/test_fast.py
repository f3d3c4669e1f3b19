"""The compiled player leaves the same log as SimPy's, row for row, whatever is played."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from sim.analysis import playing
from sim.analysis.compare import compare
from sim.analysis.playing import Chosen, compiled
from sim.core import cache, workers
from sim.core.cache import alone
from sim.core.draws import Draws
from sim.core.errors import CalendarError
from sim.core.workdays import DAY, Clock
from sim.engine import play
from sim.engine.compile import compile_variant
from sim.engine.fast import layout, player, ready, translating
from sim.engine.fast import spare as spare_memory
from sim.engine.fast.book import KNOWN, LEFT_TO_SIMPY
from sim.engine.fast.machine import assembled, taken_up
from sim.engine.fast.spare import Spare
from sim.engine.fast.store import Rows
from sim.engine.staffing import derived_staff
from sim.records import log
from sim.records import tables as flat
from sim.records.expected import expected_attempts
from sim.records.log import ACTIVITY, ATTEMPT, CASE, LATEST, Log
from sim.records.tables import (
    Allowed,
    Arrivals,
    Corrections,
    Crew,
    Deferral,
    FlowTables,
    Op,
    OtherFiles,
    Pool,
    Program,
    Tables,
)
from sim.report.results import results
from sim.scenario.library import Library, Spec
from sim.scenario.load import load_library, load_scenario
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Demand, Scenario

from .benchmark.reference_network import network
from .drawn import drawn
from .made import made, takes
from .mechanisms import SPECS
from .mechanisms import Spec as Mechanism
from .services import reformed, staffed

ROOT = Path(__file__).parents[1]
SCENARIOS = sorted(path.stem for path in ROOT.glob("scenarios/*.yaml"))
DRAWN = 300
"""Specs that are drawn; some of them do not hold together."""


@pytest.fixture(scope="module")
def real() -> Library:
    """The library of the project."""
    return load_library(ROOT)


def tables_of(prepared: Prepared, replications: int = 1) -> list[Tables]:
    """The tables of every variant, in so many replications."""
    staff, draws = derived_staff(prepared), [Draws(1, number) for number in range(replications)]
    return [compile_variant(prepared, variant, staff, luck) for luck in draws for variant in prepared.variants]


def end(simulate: Callable[[Tables], Log], tables: Tables) -> Log | str:
    """The log of a play, or why it came to none."""
    try:
        return simulate(tables)
    except CalendarError as error:
        return str(error)


def assert_same(tables: Tables) -> None:
    """Both players leave the same rows in the same order, and end at the same second, or for the same reason."""
    ours, theirs = end(player.simulate, tables), end(play.simulate, tables)
    if isinstance(ours, str) or isinstance(theirs, str):
        assert ours == theirs
        return
    for part, columns in (("attempts", ATTEMPT), ("activities", ACTIVITY), ("cases", CASE)):
        found, expected = (getattr(log, part).reshape(-1, len(columns)) for log in (ours, theirs))
        np.testing.assert_array_equal(found, expected, part)
    assert ours.end == theirs.end


def small(spec: Spec[Scenario]) -> Spec[Scenario]:
    """The scenario with few cases instead of whole weeks."""
    scenario = spec.model
    demand = {name: d.model_copy(update=few(d)) for name, d in scenario.demand.items()}
    return replace(spec, model=scenario.model_copy(update={"demand": demand, "window": None}))


def few(demand: Demand) -> dict[str, int]:
    """As many cases as take little time; those that are listed stay."""
    return {} if demand.arrivals is not None else {"cases": min(demand.cases or 60, 60), "warm_up": 0}


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_is_played_alike(real: Library, name: str) -> None:
    """Two replications of every variant of every scenario of the project, with few cases."""
    prepared = prepare(small(load_scenario(ROOT / f"scenarios/{name}.yaml", real)), real)
    for tables in tables_of(prepared, replications=2):
        assert_same(tables)


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_every_mechanism_is_played_alike(spec: Mechanism) -> None:
    """The small specs, of which each shows something of the language."""
    for tables in tables_of(spec.prepared()):
        assert_same(tables)


@pytest.mark.parametrize("first", range(0, DRAWN, 50))
def test_whatever_is_drawn_is_played_alike(first: int) -> None:
    """Services at random: steps in any order that fail, refuse, sit, hand on, wait behind other files, and so on."""
    found = [prepared for seed in range(first, first + 50) if (prepared := drawn(seed)) is not None]
    assert len(found) > 30
    for prepared in found:
        for tables in tables_of(prepared):
            assert_same(tables)


def test_all_that_happens_at_one_moment_happens_in_one_order() -> None:
    """Cases that come together, work of equal lengths: nearly everything is a tie."""
    attempts = {"a": [takes(10, 64)] * 2 + [takes(10)], "b": [takes(0)], "c": [takes(10)] * 3, "d": [takes(5)]}
    before = {"a": [], "b": ["a"], "c": ["a", "b"], "d": []}
    assert_same(made(before, attempts, arrivals=[0, 0, 0, 10, 10, 20], redo={"a": ["a"]}))


def test_rows_grow_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is room for few rows at first, and expected are none, all are there in the end."""
    monkeypatch.setattr(player, "LEAST", 1)
    monkeypatch.setattr(player, "expected_attempts", lambda _: 0)
    monkeypatch.setattr(player, "_margin", lambda _: 40)
    assert_same(tables_of(network(3000))[0])


def test_planning_starts_to_count_anew_before_the_numbers_run_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is planned keeps its order when its numbers are given anew, as after a quarter of a billion."""
    begun: list[player._Play] = []

    class Late(player._Play):
        def _go_on(self) -> int:
            if self not in begun:
                begun.append(self)
                self._state["order"] = layout.ORDERS - 500
            elif self._state["order"] < 1000:
                begun.append(self)
            return super()._go_on()

    tables = tables_of(network(3000))[0]
    log, expected = Late(tables).log(), play.simulate(tables)
    assert len(begun) > 1
    np.testing.assert_array_equal(log.activities, expected.activities)
    np.testing.assert_array_equal(log.attempts, expected.attempts)


def late(tables: Tables) -> Tables:
    """The same, with cases that come shortly before the calendar ends."""
    last = len(tables.deadlines.table.working) - tables.deadlines.table.index(tables.deadlines.epoch) - 30
    return replace(tables, arrivals=[replace(a, times=a.times + last * DAY) for a in tables.arrivals])


@pytest.mark.parametrize("steps", [
    "  a: {limit: {statutory: ~300}}", "  a: {limit: {statutory: ~300c}}", "  a: {work: ~900h}",
    "  a: {kind: notice, duration: ~500}", "  a: {kind: notice, duration: ~500c}",
    "  a: {kind: construction, duration: ~500c}\n"
    "  b: {after: {a: order}, sits: {weekdays: [tue], at: '10:00', source: guess}}",
])  # fmt: skip
def test_time_that_runs_out_is_told_alike(steps: str) -> None:
    """Past the end of the calendar both players stop with the same words."""
    for place in (staffed("officers"), staffed()):
        for tables in map(late, tables_of(reformed(steps, "{reform: 一次性告知}", cases=3, place=place))):
            assert isinstance(end(play.simulate, tables), str)
            assert_same(tables)


def test_a_case_that_outlasts_every_calendar_is_refused_alike() -> None:
    """Four steps of nineteen years, day and night, end after the last second that a log can tell; three do not."""
    years = {name: [takes(19 * 365 * 24 * 60)] for name in "abcd"}
    after = {"a": [], "b": ["a"], "c": ["b"], "d": ["c"]}
    whole = made(after, years)
    assert end(play.simulate, whole) == "2092-03-22 is outside the calendar, which knows 2004 to 2060"
    assert_same(whole)
    part = made({name: after[name] for name in "abc"}, years)
    assert play.simulate(part).end == 3 * 19 * 365 * DAY
    assert_same(part)


def test_every_calendar_ends_before_the_last_second_that_a_log_can_tell() -> None:
    """Whenever a scenario starts, the moments of its clocks fit into the rows."""
    tables = tables_of(network(1))[0]
    assert len(tables.deadlines.table.working) * DAY <= LATEST


def test_every_instruction_is_known_or_left_to_simpy() -> None:
    """An instruction that is added is one or the other."""
    assert sorted([*KNOWN, *LEFT_TO_SIMPY]) == sorted(Op)


READ = {
    Tables: "flows arrivals pools clocks sittings office deadlines others crews",
    FlowTables: "nodes before after redo active program watched",
    Arrivals: "times flow urgent end between",
    Pool: "groups hands_on",
    Crew: "count clock",
    OtherFiles: "pool times seconds",
    Program: "lines branches flags papers visits deferral corrections silences",
    Deferral: "supply allowed",
    Allowed: "unit within clock",
    Corrections: "allowed visits each",
}
"""What a player reads of the tables."""
TOLD = {
    Tables: "day hours attributes",
    FlowTables: "process bundles classes",
    Arrivals: "process warm_up yearly",
    Pool: "department role derived",
    Program: "rounds fees prepare",
}
"""What only those read who tell what has happened."""


@pytest.mark.parametrize("kind", READ)
def test_every_field_of_the_tables_is_read_by_both_players_or_by_none(kind: type) -> None:
    """A field that is added is one or the other: what one player reads and the other does not makes another log.

    What a part of the tables finds out by itself, which does not count where two are compared, is no field of them.
    """
    given = sorted(field.name for field in fields(kind) if field.compare)
    assert sorted([*READ[kind].split(), *TOLD.get(kind, "").split()]) == given


def test_the_log_is_written_as_its_columns_say() -> None:
    """Compiled code writes by position."""
    written = [tuple(kind.__annotations__) for kind in (layout.Attempt, layout.Activity, layout.Ended)]
    assert written == [ATTEMPT, ACTIVITY, CASE]


class Sundial(Clock):
    """A clock of a kind that is new."""


def strange(what: str) -> Tables:
    """Tables of one step with something that is new."""
    tables = tables_of(reformed("  a: {limit: {statutory: ~1}}", "{reform: 一次性告知}"))[0]
    if what == "clock":
        sundial = copy(tables.clocks[1])
        sundial.__class__ = Sundial
        return replace(tables, clocks=[tables.clocks[0], sundial, *tables.clocks[2:]])
    (line, *_) = tables.flows[0].program(0, 0).lines
    odd = Program([line._replace(op=99, seconds=np.array([-1]))])
    return replace(tables, flows=[replace(tables.flows[0], program=lambda *_: odd)])


@pytest.mark.parametrize("what", ["clock", "instruction"])
def test_what_the_compiled_player_does_not_know_is_left_to_simpy(what: str) -> None:
    """A new kind of clock, a new instruction: it says so before it plays, and whoever asked gets SimPy's log."""
    tables = strange(what)
    assert compiled(tables) is None
    assert len(Chosen(0).play(tables).cases) == len(CASE)


@pytest.fixture
def without_numba(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the optional part were not installed."""
    monkeypatch.setitem(sys.modules, "numba", None)
    for name in [name for name in sys.modules if name.startswith("sim.engine.fast")]:
        monkeypatch.delitem(sys.modules, name)
    playing._fetched.cache_clear()
    yield
    playing._fetched.cache_clear()


@pytest.mark.usefixtures("without_numba")
def test_without_the_optional_part_simpy_plays_everything() -> None:
    """Nothing is missed, and the log is the same."""
    (tables, _) = tables_of(SPECS["everything at once"].prepared())
    assert compiled(tables) is None
    np.testing.assert_array_equal(Chosen(0).play(tables).activities, play.simulate(tables).activities)


def test_whoever_plays_often_gets_the_compiled_player_once_it_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """SimPy plays as long as there are no more attempts than that."""
    tables, asked = tables_of(SPECS["files wait twice"].prepared())[0], list[str]()
    for name, simulate in (("simulate", play.simulate), ("compiled", compiled)):
        monkeypatch.setattr(playing, name, lambda t, name=name, simulate=simulate: asked.append(name) or simulate(t))
    chosen = Chosen(2 * expected_attempts(tables))
    for _ in range(4):
        chosen.play(tables)
    assert asked == ["simulate", "simulate", "compiled", "compiled"]


def test_what_is_sure_to_be_played_gets_the_compiled_player_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two attempts more than it is worth are; as many as that are not."""
    tables, asked = tables_of(SPECS["files wait twice"].prepared())[0], list[str]()
    for name, simulate in (("simulate", play.simulate), ("compiled", compiled)):
        monkeypatch.setattr(playing, name, lambda t, name=name, simulate=simulate: asked.append(name) or simulate(t))
    for sure in (1000, 1002):
        Chosen(1000).play(tables, sure)
    assert asked == ["simulate", "compiled"]


def test_a_comparison_is_sure_of_the_replications_of_its_first_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of its variants, as often as any verdict needs."""
    prepared, told, player = SPECS["files wait twice"].prepared(), set[int](), Chosen(0)
    monkeypatch.setattr(player, "play", lambda tables, sure: told.add(sure) or play.simulate(tables))
    monkeypatch.setattr(playing, "_chosen", player)
    compare(prepared, runs=6, often=True)
    (_, tables) = tables_of(prepared)
    assert told == {6 * len(prepared.variants) * expected_attempts(tables)}


@pytest.mark.parametrize(("in_memory", "lies_ready", "price"), [
    (True, False, 0), (False, True, playing.FETCHED), (False, False, playing.COMPILED),
])  # fmt: skip
def test_the_price_of_the_compiled_player_is_what_it_takes_to_have_it(
    in_memory: bool, lies_ready: bool, price: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing where it is in memory, little where its machine code lies ready, much where it is to be compiled."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if not in_memory:
        monkeypatch.delitem(sys.modules, ready.PLAYER)
    monkeypatch.setattr(playing, "lies_ready", lambda: lies_ready)
    assert Chosen()._price() == price


def test_simpy_goes_on_while_another_process_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one compiles, and whoever plays meanwhile does not wait for it."""
    tables, asked = tables_of(SPECS["files wait twice"].prepared())[0], list[str]()
    monkeypatch.delitem(sys.modules, ready.PLAYER)
    for name, simulate in (("simulate", play.simulate), ("compiled", compiled)):
        monkeypatch.setattr(playing, name, lambda t, name=name, simulate=simulate: asked.append(name) or simulate(t))
    monkeypatch.setattr(playing, "lies_ready", lambda: False)
    with alone("compiling"):
        Chosen(0).play(tables)
    Chosen(0).play(tables)
    assert asked == ["simulate", "compiled"]


def test_results_are_the_same_byte_for_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is written of a comparison, by either player."""
    prepared = SPECS["everything at once"].prepared()
    monkeypatch.setattr(playing, "_chosen", Chosen(0))
    texts = {results(compare(prepared, runs=2, often=often), {}).model_dump_json() for often in (False, True)}
    assert len(texts) == 1


def test_a_report_is_played_by_simpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody gets the compiled player who has not asked for it."""
    monkeypatch.setattr(playing, "_chosen", None)
    compare(SPECS["files wait twice"].prepared(), runs=2)


def test_machine_code_is_known_by_all_that_it_was_made_of() -> None:
    """A change to any file of the player, or to the numbers of the tables and the log, gives it another name."""
    first, second = Path(log.__file__), Path(flat.__file__)
    assert ready.made_of() != ready.made_of(first)
    assert ready.made_of(first) != ready.made_of(first, second)


def twice(number: int) -> int:
    """Twice a number, which must not be below 0."""
    if number < 0:
        raise OverflowError
    return 2 * number


@pytest.fixture
def codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The machine code that is made, of a small function, with a cache that has nothing in it."""
    found: list[str] = []
    code = translating.machine_code(twice)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(translating, "machine_code", lambda function: found.append(function.__name__) or code)
    return found


def kept_in(folder: Path) -> Path:
    """The one file of a cache."""
    (path,) = (folder / cache.NAME).iterdir()
    return path


def test_machine_code_is_kept_for_the_next_time(codes: list[str]) -> None:
    """It is made once, and does the same when it is taken up again, errors too."""
    assert not ready.lies_ready()
    first = ready.code()
    assert ready.lies_ready()
    assert (ready.code(), codes) == (first, ["run"])
    found = taken_up(first)
    assert found(21) == 42
    with pytest.raises(OverflowError):
        found(-1)


@pytest.mark.parametrize("spoiled", ["cut off", "open to others"])
def test_machine_code_that_may_be_another_s_is_made_anew(spoiled: str, tmp_path: Path, codes: list[str]) -> None:
    """What is not whole, or what somebody else could have written, is not run."""
    first = ready.code()
    path = kept_in(tmp_path)
    if spoiled == "cut off":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.chmod(0o666)
    assert not ready.lies_ready()
    assert (ready.code(), codes) == (first, ["run", "run"])
    assert ready.lies_ready()


def test_where_no_folder_can_be_written_to_nothing_is_kept(codes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The player is compiled all the same."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert taken_up(ready.code())(21) == 42
    assert (ready.lies_ready(), codes) == (False, ["run"])


def test_machine_code_that_needs_more_than_itself_is_refused() -> None:
    """Whoever takes it up would not find that; what nothing calls is not needed."""
    text = """
        declare ptr @llvm.stacksave()
        declare i64 @NRT_Free(i64)
        declare void @"odd"()
        declare void @idle()
        define i64 @mine(i64 %0) {
          %f = call i64 @NRT_Free(i64 %0)
          call void @odd()
          %s = call ptr @llvm.stacksave()
          ret i64 %f
        }
    """
    with pytest.raises(ImportError, match=r"^machine code needs NRT_Free, odd$"):
        assembled("mine", text)


def test_what_simpy_plays_counts_for_the_processes_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever plays a little in each of many processes gets the compiled player too."""
    tables = tables_of(SPECS["files wait twice"].prepared())[0]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delitem(sys.modules, ready.PLAYER)
    assert Chosen()._price() == playing.COMPILED
    Chosen().play(tables)
    assert Chosen()._price() == playing.COMPILED - expected_attempts(tables)


def test_memory_of_a_log_is_used_again_when_nothing_of_the_log_is_left() -> None:
    """Not while a view of a view is; and no more is kept than is allowed."""
    spare, kind = Spare(), np.dtype(np.int64)
    first = spare.rows(kind, 1000)
    address, view = first.ctypes.data, first[10:20].view(np.uint64)
    del first
    assert spare.rows(kind, 1000).ctypes.data != address
    del view
    again = [spare.rows(kind, 900), spare.rows(kind, 1000)]
    assert address in [array.ctypes.data for array in again]


def overwritten(memory: Rows, number: int) -> int:
    """The sum of some rows, into which a number was written."""
    memory[:] = number
    return int(memory.sum())


def test_memory_of_a_log_is_not_that_of_copies_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they write is theirs."""
    monkeypatch.setattr(workers, "_begun_how", lambda: "fork")
    memory = Spare().rows(np.dtype(np.int64), 1000)
    memory[:] = 1
    with workers.mapper(2, overwritten, memory) as run:
        assert list(run([2, 3])) == [2000, 3000]
    assert memory.sum() == 1000


def test_no_more_memory_is_kept_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is beyond goes back to the system."""
    monkeypatch.setattr(spare_memory, "AT_MOST", 8192)
    spare = Spare()
    held = [spare.rows(np.dtype(np.int64), 1000) for _ in range(3)]
    del held
    assert spare.kept == 8192


def test_logs_stay_as_they_are_when_more_is_played() -> None:
    """A later play writes over nothing that somebody still has."""
    (first, *_) = tables_of(network(500))
    log = player.simulate(first)
    before = log.activities.copy()
    for tables in tables_of(network(600), replications=3):
        player.simulate(tables)
    np.testing.assert_array_equal(log.activities, before)
