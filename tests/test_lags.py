"""A step may start so long after another's end, or after its start."""

from __future__ import annotations

import pytest

from sim.spec.calls import expanded
from sim.spec.findings import Known
from sim.spec.planned import planned_paths
from sim.spec.process_checks import _lags, process_findings

from .identities import check
from .services import SOURCES, after, compared, edges, measured, play, reformed, service, written
from .small import log_of

ONE = "{reform: 一次性告知}"
AFTER_END = """
  a: {limit: {statutory: ~4}}
  c: {limit: {statutory: ~6}}
  b: {after: {a: order, c: order}, lag: {a: ~3}, limit: {statutory: ~2}}
"""
AFTER_START = """
  b: {lag: {a: {days: 5, since: start, source: guess}}, limit: {statutory: ~2}}
  z: {limit: {statutory: ~1}}
  a: {after: {z: order}, kind: construction, duration: ~10}
"""
HEAD = "id: service\nname: {zh: 服务, en: Service}\nsummary: made\nsteps:\n"


def days(text: str, measure: str = "elapsed_days", **scope: object) -> list[float]:
    """A measure of the one case."""
    return measured(play(reformed(text, ONE)), measure, **scope)


def test_a_step_starts_so_long_after_the_end_of_another() -> None:
    """A is over on day 4, c on day 6: b starts on day 7 = 4 + 3, and is over on day 9; the wait does not count."""
    assert days(AFTER_END) == [9]
    assert days(AFTER_END, "counted_days") == [8]
    assert days(AFTER_END.replace("~3}", "~1}")) == [8]


@pytest.mark.parametrize(("lag", "calendar"), [("~3", 10 + 8 / 24), ("~3c", 8 + 8 / 24), ("~20h", 10 + 4 / 24)])
def test_a_lag_keeps_its_clock(lag: str, calendar: float) -> None:
    """Over on Thursday 17:00; lags to Tuesday 17:00, to Sunday, and to Tuesday 13:00; then the two days of b."""
    steps = AFTER_END.replace("c: {limit: {statutory: ~6}}", "c: {limit: {statutory: ~1}}").replace("~3}", lag + "}")
    assert days(steps, "calendar_days") == [pytest.approx(calendar)]


def test_a_step_starts_so_long_after_the_start_of_another() -> None:
    """The works start on day 1, b on day 6 and is over on day 8, long before the works on day 11."""
    found = play(reformed(AFTER_START, ONE))
    assert measured(found, "elapsed_days") == [11]
    ends = dict(zip(found.node_name, found.attempts["finished"], strict=True))
    starts = dict(zip(found.node_name, found.attempts["ready"], strict=True))
    office = found.tables.clocks[found.tables.office]
    assert office.between(starts["a"], starts["b"]) == 5 * found.day
    assert office.between(starts["a"], ends["b"]) == 7 * found.day


def test_what_a_step_waits_for_besides_is_in_the_split_and_in_no_clock_of_a_step() -> None:
    """Three days of a lag are time of a special kind; works counted by a figure do not have it in."""
    found = play(reformed(AFTER_END, ONE))
    special = found.stretches[found.stretches["category"] == 5]
    assert special["office"].sum() / found.day == pytest.approx(1)  # c ends a day before the lag does
    steps = AFTER_END.replace("b: {after", "b: {kind: construction, after")
    steps = steps.replace("lag: {a: ~3}, limit: {statutory: ~2}", "lag: {a: ~3}, duration: ~2")
    assert days(steps, "counted_days", steps=["b"], include=["construction"]) == [2]
    tables, log = log_of(reformed(AFTER_END, ONE, cases=5))
    check(tables, log)


def test_a_step_that_is_not_for_the_case_is_not_waited_for() -> None:
    """Nobody goes through a: b starts after c, without the lag."""
    steps = AFTER_END.replace("a: {limit", "a: {when: {large: true}, limit")
    found = play(reformed(steps, ONE, attributes="{large: {share: 0, source: guess}}"))
    assert measured(found, "elapsed_days") == [8]


def test_a_step_done_beforehand_leaves_no_lag() -> None:
    """What was done before the case started was over long ago."""
    prepared = reformed(AFTER_END, "{reform: 区域评估, steps: [a], by: 管委会}")
    assert list(compared(prepared, "elapsed_days")) == [(9, 8)]


def test_a_lag_goes_with_the_edge_that_a_reform_drops() -> None:
    """Side by side with a, b waits for c alone; dropped, a leaves no lag; merged, there is one after the whole."""
    for reform, lags, now in (
        ("{reform: 并联审批, steps: [a, b]}", [], 8),
        ("{reform: 取消, steps: [a]}", [], 8),
        ("{reform: 合并办理, steps: [a, c], into: c}", ["c"], 11),
    ):
        prepared = reformed(AFTER_END, reform)
        assert list(after(prepared).steps["b"].lag) == lags
        assert list(compared(prepared, "elapsed_days")) == [(9, now)]


def test_a_step_that_starts_with_another_waits_for_whatever_a_reform_puts_before_it() -> None:
    """Both start at once when z is gone."""
    prepared = reformed(AFTER_START, "{reform: 取消, steps: [z]}")
    assert edges(prepared) == {}
    found = play(prepared, 1)
    assert found.attempts["ready"][found.node_name == "a"].tolist() == found.cases["arrived"].tolist()
    assert measured(found, "elapsed_days") == [10]


def test_the_planned_path_knows_lags() -> None:
    """After its end: 4 + 3 beats 6. After its start: 1 + 30 + 2 beats 1 + 10."""
    assert list(planned_paths(written(f"{HEAD}{_named(AFTER_END)}"))) == [("a", "b")]
    longer = AFTER_START.replace("days: 5", "days: 30")
    assert list(planned_paths(written(f"{HEAD}{_named(longer)}"))) == [("z", "b")]
    assert list(planned_paths(written(f"{HEAD}{_named(AFTER_START)}"))) == [("z", "a")]


def _named(steps: str) -> str:
    """The steps as a file has them."""
    return service(steps).partition("steps:\n")[2]


def test_a_lag_after_a_call_is_one_after_its_ends() -> None:
    """What is called ends with two steps and begins with one; its own lags move along."""
    inner = written(HEAD.replace("id: service", "id: inner") + _named(
        "\n  x: {limit: {statutory: ~1}}\n  y: {after: {x: order}, lag: {x: ~2}, limit: {statutory: ~1}}\n"
        "  w: {after: {x: order}, limit: {statutory: ~1}}\n"))  # fmt: skip
    outer = written(HEAD + "  go: {name: {zh: 去, en: Go}, call: inner}\n" + _named(
        "\n  b: {after: {go: order}, lag: {go: ~3}, limit: {statutory: ~2}}\n"
        "  c: {lag: {go: {days: 4, since: start, source: guess}}, limit: {statutory: ~2}}\n"))  # fmt: skip
    found = expanded(outer, {"inner": inner, "service": outer}).steps
    assert {s: list(step.lag) for s, step in found.items()} == {
        "go__x": [], "go__y": ["go__x"], "go__w": [], "b": ["go__y", "go__w"], "c": ["go__x"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lag", "message"),
    [
        ("{aa: ~3}", "unknown step 'aa', did you mean 'a'?"),
        ("{d: ~3}", "b does not wait for d; add d to after, or write since: start"),
        ("{a: {days: 3, since: start, source: guess}}",
         "b waits for the end of a; take a out of after, or write since: end"),
    ],
)  # fmt: skip
def test_a_lag_that_fits_no_edge_is_refused(lag: str, message: str) -> None:
    """An end that is lagged after is waited for, a start is not."""
    steps = AFTER_END.replace("{a: ~3}", lag) + "  d: {limit: {statutory: ~1}}\n"
    (wrong,) = _lags(written(f"{HEAD}{_named(steps)}"))
    assert wrong.message == message


def test_steps_that_start_after_one_another_are_a_circle() -> None:
    """Step a waits for b, which would start after a does."""
    lag = "lag: {a: {days: 1, since: start, source: guess}}"
    steps = f"  a: {{after: {{b: order}}, limit: {{statutory: ~1}}}}\n  b: {{{lag}, work: ~1h}}"
    process = written(f"{HEAD}{_named(steps)}")
    known = Known(SOURCES, {}, {"bureau": {}})
    assert [f.message for f in process_findings(process, known)] == [
        "the steps wait for one another in a circle: a → b → a; take one of these edges out"
    ]
