"""One limit over several steps: shared out over them, and kept or not by the whole."""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario.prepared import Prepared
from sim.spec.bundles import shared_out
from sim.spec.calls import expanded
from sim.spec.findings import Known
from sim.spec.limit import Bundle
from sim.spec.process import Process
from sim.spec.process_checks import process_findings

from .services import SOURCES, after, filled, measured, play, reformed, service, written

ONE = "{reform: 一次性告知}"
KNOWN = Known(SOURCES, {}, {"bureau": frozenset(), "hall": frozenset()})


def bundled(steps: str, whole: str = "{committed: ~10}", names: str = "[a, b]", **more: Any) -> Prepared:
    """A service with one limit over some of its steps."""
    return reformed(steps, ONE, bundles=filled(f"{{both: {{steps: {names}, limit: {whole}}}}}"), **more)


def kept(text: str, whole: str = "{committed: ~10}", names: str = "[a, b]", **scope: Any) -> list[float]:
    """Whether the one case was on time."""
    return measured(play(bundled(text, whole, names)), "on_time_share", **scope)


def serial(a: str, b: str, between: str = "") -> str:
    """Two steps one after another that circulate for so long, with something between them or nothing."""
    before = "w" if between else "a"
    return f"  a: {{circulation: {a}}}\n{between}  b: {{after: {{{before}: nature}}, circulation: {b}}}\n"


WORKS = "  w: {kind: construction, after: {a: nature}, duration: ~30}\n"


@pytest.mark.parametrize(
    ("steps", "on_time"),
    [
        (serial("~7", "~3"), 1),
        (serial("~7", "~5"), 0),
        (serial("~9", "~8").replace("after: {a: nature}, ", ""), 1),
        (serial("~9", "~12").replace("after: {a: nature}, ", ""), 0),
        (serial("~5", "~5", WORKS), 1),
        (serial("~7", "~6", WORKS), 0),
    ],
    ids=["7 + 3", "7 + 5", "9 beside 8", "9 beside 12", "5 + works + 5", "7 + works + 6"],
)
def test_a_limit_of_the_whole_is_kept_by_the_whole(steps: str, on_time: int) -> None:
    """Ten days for a and b, the day of acceptance not counted: parallel time counts once, what is not counted never."""
    assert kept(steps) == [on_time]


def test_other_steps_are_judged_by_themselves() -> None:
    """The whole of a and b is late, c alone is not: one of two."""
    steps = serial("~7", "~5") + "  c: {after: {b: order}, limit: {statutory: ~2}}"
    assert kept(steps) == [0.5]
    assert kept(steps, steps=["c"]) == [1]


def test_whoever_asks_for_a_part_is_told_of_the_whole() -> None:
    """Step b took three days, and the whole twelve, or ten."""
    assert kept(serial("~9", "~3"), steps=["b"]) == [0]
    assert kept(serial("~7", "~3"), steps=["b"]) == [1]


def test_what_stops_the_clock_of_all_stops_that_of_the_whole() -> None:
    """Ten days and three of a hearing, in which nothing else is under way; beside a step that is, they count."""
    hearing = "special: [{procedure: 听证, days: 3, source: guess}], circulation: ~7"
    assert kept(serial("~7", "~3").replace("circulation: ~7", hearing)) == [1]
    beside = serial("~7", "~14").replace("circulation: ~7", hearing).replace("after: {a: nature}, ", "")
    assert kept(beside, "{committed: ~12}") == [0]


@pytest.mark.parametrize(
    ("whole", "on_time"),
    [("{committed: ~14c}", 1), ("{committed: ~10c}", 0), ("{statutory: ~80h}", 1), ("{statutory: ~79h}", 0),
     ("{statutory: ~45, committed: ~8}", 0), ("{statutory: ~45}", 1)],
)  # fmt: skip
def test_a_limit_of_the_whole_keeps_its_clock(whole: str, on_time: int) -> None:
    """Ten working days from Monday to Friday of the next week: nine after the first, 11 calendar ones, and 80 hours."""
    assert kept(serial("~7", "~3"), whole) == [on_time]


def test_a_last_calendar_day_off_moves_on() -> None:
    """Twelve calendar days after Monday are a Saturday, five more days of work end on the Monday after it."""
    assert kept(serial("~8", "~3"), "{committed: ~12c}") == [1]
    assert kept(serial("~8", "~4"), "{committed: ~12c}") == [0]


def test_steps_that_have_no_limit_share_that_of_the_whole() -> None:
    """Equal parts of the longest chain: 4 + 4 of 10 beside the 2 that c has of its own."""
    steps = """
  a: {}
  b: {after: {a: order}}
  c: {after: {b: order}, limit: {statutory: ~2}}
"""
    whole = "{all: {steps: [a, b, c], limit: {committed: ~10}}}"
    process = shared_out(written(service(steps, bundles=whole)))
    limits = {s: x.limit.effective.amount for s, x in process.steps.items() if x.limit.effective}
    assert limits == {"a": 4, "b": 4, "c": 2}
    assert list(process_findings(written(service(steps, bundles=whole)), KNOWN)) == []


def test_what_is_played_has_its_part() -> None:
    """At a pace of one, ten days in all, and the promised total says so."""
    prepared = bundled("  a: {}\n  b: {after: {a: order}}\n")
    assert [measured(play(prepared), m) for m in ("counted_days", "promised_days", "on_time_share")] == [
        [10],
        [10],
        [1],
    ]


def test_silence_keeps_no_limit_of_the_whole() -> None:
    """What nobody decided was not decided in time."""
    steps = serial("~7", "~3").replace(
        "a: {circulation", "a: {limit: {statutory: ~2}, tacit: {source: act}, circulation"
    )
    assert kept(steps, "{committed: ~40}") == [0]


# -- reforms ---------------------------------------------------------------------------------------------

TWO = "  a: {limit: {statutory: ~20}}\n  b: {after: {a: order}, limit: {statutory: ~20}}\n"
TOGETHER = "{reform: 限时办结, steps: [a, b], together: true, committed: ~6}"


def bundles(process: Process) -> dict[str, tuple[str, ...]]:
    """The bundles of a process by their steps."""
    return {name: bundle.steps for name, bundle in process.bundles.items()}


def test_a_limit_promised_together_is_kept_together() -> None:
    """Three days each; one takes five and the other one: the whole of six is kept, and no part is asked for.

    Two days more, and a shorter promise, are too much; it takes the place of the first.
    """
    for a, shorter, on_time in (("~5", [], 1), ("~7", [TOGETHER.replace("~6", "~5")], 0)):
        steps = TWO.replace("a: {", f"a: {{circulation: {a}, ").replace("b: {", "b: {circulation: ~1, ")
        prepared = reformed(steps, TOGETHER, *shorter)
        assert bundles(after(prepared)) == {"a_b": ("a", "b")}
        assert measured(play(prepared, 1), "on_time_share") == [on_time]


def test_a_bundle_follows_its_steps() -> None:
    """Merged steps are the one they became; a step that is dropped is out, and a bundle of nothing is gone."""
    steps = TWO + "  c: {after: {b: order}, limit: {statutory: ~3}}\n"
    merged = after(reformed(steps, TOGETHER, "{reform: 合并办理, steps: [b, c], into: c}"))
    assert bundles(merged) == {"a_b": ("a", "c")}
    dropped = after(reformed(steps, TOGETHER, "{reform: 取消, steps: [b]}"))
    assert bundles(dropped) == {"a_b": ("a",)}
    assert bundles(after(reformed(steps, TOGETHER, "{reform: 取消, steps: [a, b]}"))) == {}


def test_a_call_in_a_bundle_is_all_of_its_steps() -> None:
    """The limit of the caller binds what is called, and that of the called process moves along."""
    inner = written(
        service(TWO, bundles="{both: {steps: [a, b], limit: {committed: ~10}}}").replace("id: service", "id: inner")
    )
    outer = written(
        service("  x: {limit: {statutory: ~1}}\n", bundles="{all: {steps: [x, go], limit: {committed: ~30}}}")
        + "  go: {name: {zh: 去, en: Go}, after: {x: order}, call: inner}\n"
    )
    found = expanded(outer, {"inner": inner, "service": outer})
    assert bundles(found) == {"all": ("x", "go__a", "go__b"), "go__both": ("go__a", "go__b")}


# -- what does not go ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("both", "place", "message"),
    [
        ("{steps: [a, bb], limit: {committed: ~6}}", "both.steps.1", "unknown step 'bb', did you mean 'b'?"),
        ("{steps: [a, b], limit: {}}", "both.limit",
         "nothing says how long the whole may take; add committed or statutory"),
        ("{steps: [a, b], limit: {committed: ~6, extended: {days: 3, share: 0.1, source: guess}}}",
         "both.limit.extended",
         "an extension is approved for a step; write it in the limit of the step, and take it out here"),
        ("{steps: [a, b], limit: {committed: {days: {uniform: [1, 2]}, source: guess}}}", "both.limit",
         "a limit is one number, found a distribution; write the number"),
        ("{steps: [a, b], limit: {committed: ~6}}, again: {steps: [b], limit: {committed: ~3}}", "again.steps.0",
         "both binds b already; let one bundle bind it"),
    ],
)  # fmt: skip
def test_a_bundle_that_does_not_go_is_told_where_it_stands(both: str, place: str, message: str) -> None:
    """One finding, with what to write."""
    found = list(process_findings(written(service(TWO, bundles=f"{{both: {both}}}")), KNOWN))
    assert [(".".join(map(str, f.path)), f.message) for f in found] == [(f"bundles.{place}", message)]


def test_a_step_with_classes_has_no_part_of_a_whole() -> None:
    """Each class would need a part of its own."""
    steps = TWO.replace("a: {limit", "a: {classes: [{when: {big: true}, limit: {committed: ~3}}], limit")
    process = written(service(steps, attributes="{big: {share: 0.5, source: guess}}",
                              bundles="{both: {steps: [a, b], limit: {committed: ~6}}}"))  # fmt: skip
    assert [f.message for f in process_findings(process, KNOWN)] == [
        "a has classes of cases; give each class its part of the limit, and take a out"
    ]
    assert isinstance(process.bundles["both"], Bundle)
