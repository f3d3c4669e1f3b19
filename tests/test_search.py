"""What is enough for the targets, and cheapest: two steps by hand, with prices, officers, days, limits and worlds."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.playing import played_together
from sim.core.draws import Draws
from sim.core.errors import PlannerError
from sim.decide.luck import Lucks
from sim.decide.questions import bounded, questions, telling
from sim.decide.searching.futures import Futures, World
from sim.decide.searching.levers import Lever, by_cost, cost_of, levers, most_of
from sim.decide.searching.limits import limit_needed
from sim.decide.searching.search import search
from sim.decide.searching.searched import Searched, Tried
from sim.decide.searching.selection import Rule
from sim.decide.worlds import scenarios, worlds
from sim.records.log import Log
from sim.records.tables import Tables
from sim.report.searched import choice_words, told
from sim.report.searched_files import searched_csv, searched_json
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Scenario
from sim.spec.base import Name

from . import test_sensitivity
from .services import reformed, staffed
from .test_attribution import BESIDE, CHAIN, CUT, LATER, MERGE, MERGED, OTHER, TARGET
from .test_cli import call

RULE = Rule(chance=0.9, delta=0.05)
PRICED = (
    TARGET
    + """
costs:
  限时办结: {amount: 5, source: guess}
  并联审批: {amount: 3, source: guess}
"""
)


def searched(prepared: Prepared, **more: object) -> Searched:
    """What is enough for all targets of the variant after."""
    staff, hours = more.pop("staff", {}), more.pop("hours", ())
    there = levers(prepared, "after", "reform", staff, hours)  # type: ignore[arg-type]
    return search(prepared, questions(prepared, "after"), there, RULE, **more)  # type: ignore[arg-type]


def done(found: Searched, one: Tried | None) -> dict[str, int]:
    """What is done in a choice."""
    assert one is not None
    return {lever.id: times for lever, times in zip(found.levers, one.chosen, strict=True) if times}


def test_the_fewest_changes_are_found_and_what_is_as_good() -> None:
    """16 days; 7 are kept by both cuts, and better by the first cut with a parallel review (6); by nothing alone."""
    found = searched(reformed(CHAIN, CUT, OTHER, BESIDE, targets=TARGET))
    assert [done(found, one) for one in (found.best, *found.alike)] == [
        {"after.1": 1, "after.3": 1}, {"after.1": 1, "after.2": 1},
    ]  # fmt: skip
    assert (found.complete, found.open, found.refused) == (True, (), 0)
    assert [(done(found, one), one.numbers[0].mean) for one in found.near] == [
        ({}, 16), ({"after.1": 1}, 10), ({"after.2": 1, "after.3": 1}, 10),
    ]  # fmt: skip
    assert [(one.cost, one.numbers[0].mean) for one in found.front] == [(0, 16), (1, 10), (2, 6), (3, 4)]


def test_prices_decide_where_the_scenario_has_them() -> None:
    """Two cuts cost 10, a cut and a parallel review 8; the review alone 3 and the cut 5, which are not enough."""
    found = searched(reformed(CHAIN, CUT, OTHER, BESIDE, targets=PRICED))
    assert (done(found, found.best), found.best and found.best.cost) == ({"after.1": 1, "after.3": 1}, 8)
    assert found.priced
    assert found.alike == ()


def test_nothing_is_done_where_nothing_has_to_be() -> None:
    """The state before keeps 20 days."""
    found = searched(reformed(CHAIN, CUT, targets=TARGET.replace("at_most: 7", "at_most: 20")))
    assert done(found, found.best) == {}
    assert next(told(found, "en")) == "Nothing has to be done."


def test_it_is_told_where_not_even_all_together_is_enough() -> None:
    """One day is kept by nobody, and nothing else is tried."""
    found = searched(reformed(CHAIN, CUT, OTHER, targets=TARGET.replace("at_most: 7", "at_most: 1")))
    assert (found.best, found.tried, found.everything.verdict) == (None, 1, "not_enough")
    assert next(told(found, "en")).startswith("Not even all together is enough: it holds in 0% (0/4) of the futures.")


def test_a_choice_with_something_that_is_refused_is_not_tried() -> None:
    """The deferred paper does nothing without the merger; with it both are tried."""
    found = searched(reformed(MERGED, MERGE, LATER, targets=TARGET.replace("at_most: 7", "at_most: 8")))
    assert done(found, found.best) == {"after.1": 1}
    assert found.refused == 1


def test_officers_more_are_a_change_each() -> None:
    """A file takes an officer eight hours, and three come a day: with three officers nobody waits, with two some do."""
    steps = "  first: {limit: {statutory: ~1}, work: {hours: 8, source: guess}}"
    target = TARGET.replace("at_most: 7", "at_most: 1").replace("counted_days", "elapsed_days")
    prepared = reformed(steps, "{reform: 一次性告知}", cases=12, place=staffed("officers"), targets=target,
                        demand="every_minutes: 480")  # fmt: skip
    found = searched(prepared, staff={"bureau": 4})
    assert done(found, found.best) == {"staff.bureau": 2}
    assert choice_words(found, found.best, "en") == "2 more at Bureau"  # type: ignore[arg-type]


def test_windows_may_open_on_more_days() -> None:
    """The hall's hours are asked for by their name; Saturday comes first, and its own reform does it."""
    prepared = reformed(CHAIN, CUT, targets=TARGET)
    there = levers(prepared, "after", "reform", {}, ["hall"])
    assert [(lever.id, lever.kind, lever.most) for lever in there] == [
        ("after.1", "reform", 1), ("hours.hall", "hours", 2),
    ]  # fmt: skip
    built = World(prepared, there).built((0, 1))
    assert built.place.hours["hall"].also == ("sat",)
    assert built.flows == prepared.variants[0].flows


def test_reforms_of_other_variants_are_there_once() -> None:
    """After those of the variant asked; what it has already is not there twice."""
    reforms = ", ".join(f"{{source: guess, {reform[1:]}" for reform in (BESIDE, CUT))
    aside = f"  aside: {{name: {{zh: 另一条, en: Aside}}, start: before, reforms: [{reforms}]}}\n"
    prepared = reformed(CHAIN, CUT, targets=aside + TARGET)
    assert [lever.id for lever in levers(prepared, "after", "reform", {}, ())] == ["after.1", "aside.1"]


def test_sets_come_by_their_cost() -> None:
    """Every set once, the cheapest first, and of equal ones those of fewer changes."""
    name = Name(zh="甲", en="A")
    there = [Lever(str(n), "reform", name, cost, most) for n, (cost, most) in enumerate([(2, 1), (0.5, 3), (3, 2)])]
    found = list(by_cost(there))
    assert sorted(chosen for _, chosen in found) == sorted(product(range(2), range(4), range(3)))
    assert [cost for cost, _ in found] == sorted(cost_of(there, chosen) for _, chosen in found)
    assert found[-1][1] == most_of(there)
    assert len(found) == 24


def test_a_limit_comes_down_as_far_as_it_must() -> None:
    """10 and 6 days before the reforms: 14 are kept when the first limit is 8, and 3 with no limit of it."""
    prepared = reformed(CHAIN, CUT, targets=TARGET)
    asked = questions(prepared, "before", (), ["T1"])
    found = limit_needed(prepared, bounded(asked, 14), "before", "first", RULE)
    assert (found.now, found.needed) == (10, 8)
    assert {limit: one.numbers[0].mean for limit, one in found.tried}[8] == 14
    assert limit_needed(prepared, bounded(asked, 3), "before", "first", RULE).needed is None
    with pytest.raises(PlannerError, match=r"unknown step 'frist', did you mean 'first'\?"):
        limit_needed(prepared, asked, "before", "frist", RULE)


def test_futures_take_the_worlds_by_turns() -> None:
    """What is enough in the scenario, and not in every second world, does not hold in nine of ten futures."""
    short, long = (reformed(CHAIN.replace("~6", f"~{days}"), CUT, OTHER, targets=TARGET) for days in (6, 12))
    assert done(searched(short), searched(short).best) == {"after.1": 1, "after.2": 1}
    found = searched(short, worlds=[short, long])
    assert (found.best, found.worlds) == (None, 2)
    there = levers(short, "after", "reform", {}, ())
    futures = Futures([World(w, there) for w in (short, long)], questions(short, "after"), Lucks(1))
    assert [one.numbers for one in futures.of((1, 1), 0, 4)] == [(7.0,), (10.0,), (7.0,), (10.0,)]


def test_the_worlds_of_a_scenario_are_those_of_its_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten days and works of two to eight: each world has other works, and what they come to is what the share is of."""
    monkeypatch.setitem(test_sensitivity.SOURCES, "guess", test_sensitivity.assumption(9000, 9001))
    comparison = test_sensitivity.asked(16)
    drawn = scenarios(comparison.prepared, 8, comparison.seed)
    there = [World(world, ()) for world in drawn]
    futures = Futures(
        there, questions(comparison.prepared, "after"), Lucks(1), build=lambda world, _: world.prepared.variants[1]
    )
    found = futures.of((), 0, 8)
    told = worlds(comparison, 8).targets["T1"]
    assert len(set(told.values)) == 8
    assert [future.numbers[0] for future in found] == pytest.approx(list(told.values))
    assert [future.holds for future in found] == list(told.met)


LUCKY = """
  first: {limit: {statutory: ~9}, work: {hours: {uniform: [8, 40]}, source: guess}}
  second: {after: {first: order}, limit: {statutory: ~6}, work: {hours: {uniform: [8, 24]}, source: guess}}
"""


def lucky() -> Futures:
    """Cuts of two steps whose work differs from case to case; the days of a case hang on its luck."""
    prepared = reformed(LUCKY, CUT, OTHER, cases=3, place=staffed("officers"), targets=TARGET)
    return Futures(
        [World(prepared, levers(prepared, "after", "reform", {}, ()))], questions(prepared, "after"), Lucks(1)
    )


def test_futures_that_are_played_together_are_those_played_one_by_one() -> None:
    """Of three choices, one after another: what an earlier one has alike changes nothing of what the next comes to."""
    one_by_one, together = lucky(), lucky()
    choices = [(0, 0), (1, 0), (1, 1)]
    found = [together.of(chosen, 0, 6) for chosen in choices]
    assert found == [[one for n in range(6) for one in one_by_one.of(chosen, n, n + 1)] for chosen in choices]
    assert len({future.numbers for futures in found for future in futures}) == 18


def test_a_future_in_which_a_case_does_not_end_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the third future a case does not end; the others are as they would be without it."""

    def unending(*asked: Any) -> Iterator[tuple[Tables, Log]]:
        for draws, played in zip(asked[3].each, played_together(*asked), strict=True):
            if draws.uniform(1, "x") == Draws(1, 2).uniform(1, "x"):
                raise PlannerError("a case does not end")
            yield played

    known = lucky().of((1, 1), 0, 4)
    monkeypatch.setattr("sim.decide.luck.played_together", unending)
    first, second, third, fourth = lucky().of((1, 1), 0, 4)
    assert [first, second, fourth] == [*known[:2], known[3]]
    assert (third.holds, math.isnan(third.numbers[0])) == (False, True)


def test_a_budget_that_ends_is_told() -> None:
    """With two choices to try, not all that is cheaper is tried."""
    found = searched(reformed(CHAIN, CUT, OTHER, BESIDE, targets=TARGET), budget=2)
    assert not found.complete
    assert "Not everything cheaper was tried" in list(told(found, "en"))[-1]


def test_the_number_of_processes_changes_nothing() -> None:
    """Two find what one finds."""
    prepared = reformed(CHAIN, CUT, BESIDE, targets=TARGET)
    assert searched_json(searched(prepared)) == searched_json(searched(prepared, workers=2))


def test_the_files_hold_what_was_found() -> None:
    """JSON and CSV, with what is done, its cost, and in how many futures it holds."""
    found = searched(reformed(CHAIN, CUT, OTHER, BESIDE, targets=PRICED))
    plain = json.loads(searched_json(found))
    assert (plain["chance"], plain["delta"], plain["confidence"], plain["complete"]) == (0.9, 0.05, 0.95, True)
    best = next(choice for choice in plain["choices"] if choice["as"] == "best")
    assert (best["chosen"], best["cost"], best["numbers"]["T1"]["value"]) == ({"after.1": 1, "after.3": 1}, 8, 6)
    assert searched_csv(found).splitlines()[0] == "as,zh,en,cost,verdict,holds,futures,T1,T1_low,T1_high"


def test_a_recorded_miss_and_what_tells_nothing_is_not_asked_for() -> None:
    """Unless it is named."""
    miss = TARGET.replace("source: guess}", "source: guess, known_miss: the office is slow}")
    assert telling(reformed(CHAIN, CUT, targets=miss), "after") == []
    assert telling(reformed(CHAIN, CUT, targets=TARGET), "after") == ["T1"]


def faults(targets: str) -> list[str]:
    """What is wrong with the costs of a scenario, checked as its file is."""
    from sim.scenario.cost_checks import cost_findings

    prepared = reformed(CHAIN, CUT, BESIDE, targets=targets)
    scenario: Scenario = prepared.scenario
    return [finding.message for finding in cost_findings(scenario, prepared.variants[0].place)]


def test_costs_are_of_what_could_be_done_and_of_every_reform() -> None:
    """A misspelt reform is told with the nearest; one without a price is told too."""
    assert faults(TARGET) == []
    assert faults(PRICED) == []
    wrong = PRICED.replace("限时办结", "限时办节")
    assert faults(wrong) == [
        "unknown cost '限时办节', did you mean '限时办结'?",
        "nothing says what 限时办结 would cost; add it, 0 where it is nothing",
    ]


def test_an_officer_without_a_price_is_told() -> None:
    """Where other things have one."""
    prepared = reformed(CHAIN, CUT, BESIDE, targets=PRICED, place=staffed("officers"))
    with pytest.raises(PlannerError, match=r"costs of question do not say what staff\.bureau would cost; add it"):
        levers(prepared, "after", "reform", {"bureau": 1}, ())
    with pytest.raises(PlannerError, match="unknown department with staff 'buro'"):
        levers(prepared, "after", "reform", {"buro": 1}, ())


def test_the_command_prints_and_writes(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Table, JSON, CSV and chart; exit code 0."""
    files = {"--json": tmp_path / "found.json", "--csv": tmp_path / "found.csv", "--out": tmp_path / "out"}
    words = [str(word) for pair in files.items() for word in pair]
    assert (
        call(desk, "search", "faster", "--bound", "300", "--workers", "1", "--worlds", "2", "--lang", "en", *words) == 0
    )
    assert "Nothing has to be done." in capsys.readouterr().out
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"search.png", "search.svg", "search.html"}
    assert json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["targets"] == ["T1"]
    assert call(desk, "search", "faster", "--limit", "review", "--bound", "60", "--workers", "1", "--lang", "en") == 0
    assert "Not even the shortest limit of Drawing review is enough." in capsys.readouterr().out


def test_a_wrong_word_of_the_command_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, before anything is played."""
    assert call(desk, "search", "faster", "--staff", "bureau=x") == 2
    assert "--staff: wanted DEPARTMENT or DEPARTMENT=N" in capsys.readouterr().err
    assert call(desk, "search", "faster", "--target", "T9") == 2
    assert "unknown target 'T9', did you mean 'T1'?" in capsys.readouterr().err
