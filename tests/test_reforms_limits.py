"""限时办结, 法定时限调整: what an office promises, and what a new law allows it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from sim.core.errors import ReformError
from sim.reforms.limits import NationalRule, TimeLimit, compressed
from sim.spec.bundles import equal_part
from sim.spec.durations import Duration

from .services import changes, compared, filled, reformed, refusal

STEPS = """
  a: {limit: {statutory: ~20}}
  b: {limit: {statutory: ~10, committed: ~8}}
  w: {kind: construction, duration: ~3}
"""


@pytest.mark.parametrize(
    ("reform", "message"),
    [
        ("{reform: 限时办结, steps: [w], compression: 0.5}",
         "w has no statutory limit to compress; give it a committed limit"),
        ("{reform: 限时办结, steps: [a], committed: ~25}",
         "the reform would leave steps.a.limit.committed: a committed limit is at most the statutory one, "
         "found 25 days against 20 days; mend one of them"),
        ("{reform: 限时办结, steps: [b], committed: ~9}",
         "b has a committed limit of 8 days already; 9 days would be longer"),
        ("{reform: 限时办结, steps: [b], committed: ~80h}",
         "b has a committed limit of 8 days already; 80 hours would be longer"),
        ("{reform: 限时办结, steps: [b], committed: ~8}",
         "the reform changes nothing here; take it out, or apply it where it has an effect"),
        ("{reform: 限时办结, steps: [b], compression: 0.9}",
         "the reform changes nothing here; take it out, or apply it where it has an effect"),
        ("{reform: 法定时限调整, steps: [a], statutory: ~15}",
         "only a law changes what is statutory; guess is of kind assumption"),
        ("{reform: 法定时限调整, steps: [a], duration: ~15, source: act}",
         "the reform would leave steps.a.duration: a step of kind approval has no duration; "
         "write limit, or work and circulation"),
        ("{reform: 法定时限调整, steps: [aa], statutory: ~15, source: act}", "unknown step 'aa', did you mean 'a'?"),
    ],
)  # fmt: skip
def test_a_limit_that_would_grow_or_break_the_statute_is_refused(reform: str, message: str) -> None:
    """So are limits of steps that have none, and reforms that leave every limit as it is."""
    assert refusal(STEPS, reform) == message


@pytest.mark.parametrize(
    ("statutory", "share", "left"),
    [("~20", 0.25, "~5"), ("~30", 0.25, "~8"), ("~3", 0.25, "~1"), ("~15", 0.2, "~3"), ("~10", 1, "~10"),
     ("~8h", 0.3, "~3h"), ("~10c", 0.25, "~3c")],
)  # fmt: skip
def test_a_compressed_limit_is_rounded_up_to_whole_days(statutory: str, share: float, left: str) -> None:
    """A quarter of 30 days is 8, of 3 days 1; hours and calendar days stay what they are."""

    def duration(text: str) -> Duration:
        unit, amount = filled(text)[1:].split(",")[0].split(": ")
        return Duration.model_validate({"source": "guess", unit: float(amount)})

    assert compressed(duration(statutory), share, "guess") == duration(left)


def test_a_spread_of_days_cannot_be_compressed() -> None:
    """A share of a limit is rounded up to whole days, which a distribution has not."""
    spread = Duration.model_validate({"source": "guess", "days": {"uniform": [5, 9]}})
    with pytest.raises(ReformError) as error:
        compressed(spread, 0.5, "guess")
    assert str(error.value) == "a statutory limit is one number, not a distribution"


def test_compression_binds_every_counted_step_and_lengthens_none() -> None:
    """Only a and the calendar limit of d shrink: b promises 2 days already, c 4 hours, w is not counted."""
    steps = """
  a: {limit: {statutory: ~20}}
  b: {after: {a: order}, limit: {statutory: ~10, committed: ~2}}
  c: {after: {b: order}, limit: {statutory: ~3, committed: ~4h}}
  d: {after: {c: order}, limit: {statutory: ~28c}}
  w: {kind: agency, at: bureau, after: {d: order}, duration: ~3, limit: {statutory: ~9}}
"""
    prepared = reformed(steps, "{reform: 限时办结, compression: 0.25}")
    assert changes(prepared) == ["steps.a.limit.committed: — → 5 days", "steps.d.limit.committed: — → 7 calendar_days"]
    assert list(compared(prepared, "promised_days", "statutory_days", "cut_share")) == [
        (20 + 2 + 0.5 + 20, 5 + 2 + 0.5 + 5), (20 + 10 + 3 + 20, 20 + 10 + 3 + 20),
        (round(1 - 42.5 / 53, 9), round(1 - 12.5 / 53, 9)),
    ]  # fmt: skip


def test_a_promise_as_short_as_the_compressed_limit_stays_in_its_own_unit() -> None:
    """A quarter of 20 days is 5 days, which are the 40 hours promised already."""
    steps = "  a: {limit: {statutory: ~20, committed: ~40h}}\n"
    assert refusal(steps, "{reform: 限时办结, steps: [a], compression: 0.25}") == (
        "the reform changes nothing here; take it out, or apply it where it has an effect"
    )


def test_a_committed_limit_shortens_the_handling() -> None:
    """The office takes its whole limit, which is now 6 days."""
    prepared = reformed(STEPS, "{reform: 限时办结, steps: [a, b], committed: ~6}")
    assert list(compared(prepared, "counted_days", "statutory_days")) == [(20, 6), (20, 20)]


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        (TimeLimit, {"reform": "限时办结"}, "a time limit is committed or a compression; give one of the two"),
        (TimeLimit, {"reform": "限时办结", "committed": {"days": 3.0, "source": "guess"}},
         "committed binds named steps; give steps"),
        (NationalRule, {"reform": "法定时限调整"},
         "a national rule sets a statutory limit or a duration; give one of the two"),
    ],
)  # fmt: skip
def test_a_limit_is_given_in_one_way(kind: Any, fields: dict[str, Any], message: str) -> None:
    """Neither or both are refused."""
    with pytest.raises(ValidationError) as error:
        kind(source="guess", **({} if kind is TimeLimit else {"steps": ("a",)}), **fields)
    assert [e["msg"] for e in error.value.errors()] == [f"Value error, {message}"]


def test_a_law_lowers_the_statutory_limit_and_with_it_a_promise_that_would_stand_above() -> None:
    """From 20 to 6 days and from 10 to 6: b's promise of 8 days falls away, the office works to the 6 of the law."""
    prepared = reformed(STEPS, "{reform: 法定时限调整, steps: [a, b], statutory: ~6, source: act}")
    assert changes(prepared) == [
        "steps.a.limit.statutory: 20 days → 6 days",
        "steps.b.limit.statutory: 10 days → 6 days",
        "steps.b.limit.committed: 8 days → —",
    ]
    assert list(compared(prepared, "statutory_days", "promised_days", "counted_days")) == [(20, 6), (20, 6), (20, 6)]


@pytest.mark.parametrize("days", [8, 9])
def test_a_law_that_leaves_room_leaves_the_promise(days: int) -> None:
    """A promise of 8 days holds under a limit of 9, and of 8."""
    prepared = reformed(STEPS, f"{{reform: 法定时限调整, steps: [b], statutory: ~{days}, source: act}}")
    assert changes(prepared) == [f"steps.b.limit.statutory: 10 days → {days} days"]


TOGETHER = """
  a: {limit: {statutory: ~20}}
  b: {after: {a: order}, limit: {committed: ~10}}
  c: {after: {b: order}, limit: {committed: ~10}}
"""


@pytest.mark.parametrize(
    ("steps", "whole", "promised"),
    [
        (TOGETHER, "~6", 2 + 2 + 2),
        (TOGETHER.replace("{committed: ~10}", "{committed: ~1}", 1), "~6", 2.5 + 1 + 2.5),
        (TOGETHER.replace("after: {b: order}", "after: {a: order}"), "~6", 3 + 3),
        (TOGETHER.replace("after: {a: order}, ", ""), "~6", 3 + 3),
        (TOGETHER, "~12h", 0.5 + 0.5 + 0.5),
    ],
)
def test_a_limit_of_the_whole_is_shared_out_over_the_longest_chain(steps: str, whole: str, promised: float) -> None:
    """Three in a row get a third each, two ways of two a half; who has less keeps it and leaves the rest."""
    prepared = reformed(steps, f"{{reform: 限时办结, steps: [a, b, c], committed: {whole}, together: true}}")
    assert [after for _, after in compared(prepared, "promised_days")] == [promised]


@pytest.mark.parametrize(
    ("reform", "message"),
    [
        ("{reform: 限时办结, steps: [a, b, c], committed: ~50, together: true}",
         "the reform changes nothing here; take it out, or apply it where it has an effect"),
        ("{reform: 限时办结, steps: [a, b, c], committed: {days: {uniform: [1, 2]}, source: guess}, together: true, "
         "source: guess}",
         "a limit of the whole is one number, not a distribution"),
    ],
)  # fmt: skip
def test_a_limit_of_the_whole_is_shorter_than_the_limits_are_together(reform: str, message: str) -> None:
    """Twenty and ten and ten days are forty: a promise of fifty for the three is none."""
    assert refusal(TOGETHER, reform) == message


def test_only_a_limit_can_be_of_the_whole() -> None:
    """A compression is a share of the limit that each step has."""
    with pytest.raises(ValidationError, match="together goes with committed; a compression is taken of each step"):
        TimeLimit.model_validate({"reform": "限时办结", "compression": 0.5, "together": True, "source": "guess"})


@pytest.mark.parametrize(
    ("own", "elders", "part"),
    [
        ({"a": 9, "b": 9, "c": 9}, {"a": "", "b": "a", "c": "ab"}, 2),
        ({"a": 9, "b": 1, "c": 1.5}, {"a": "", "b": "a", "c": "ab"}, 3.5),
        ({"a": 9, "b": 9, "c": 9, "d": 9}, {"a": "", "b": "a", "c": "a", "d": "abc"}, 2),
        ({"a": 9, "b": 1, "c": 9, "d": 9}, {"a": "", "b": "a", "c": "", "d": "c"}, 3),
        ({"a": 1, "b": 1}, {"a": "", "b": "a"}, float("inf")),
    ],
)
def test_the_equal_part_of_six_days(own: dict[str, float], elders: dict[str, str], part: float) -> None:
    """A diamond has two chains of three; a short step leaves five days to its chain, the other has three each."""
    assert equal_part(6, own, elders) == part


def test_the_equal_part_of_steps_in_very_many_chains_comes_at_once() -> None:
    """Forty pairs of steps side by side, one pair after another, make a trillion chains, the longest of forty steps."""
    own = {f"{side}{n}": float("inf") for n in range(40) for side in "ab"}
    elders = {f"{side}{n}": {f"{s}{m}" for m in range(n) for s in "ab"} for n in range(40) for side in "ab"}
    assert equal_part(20, own, elders) == 0.5
    assert equal_part(20, own | {"a39": 0.2, "b39": 0.3}, elders) == pytest.approx((20 - 0.3) / 39)
