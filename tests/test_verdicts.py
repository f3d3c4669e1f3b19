"""Verdicts for CI: the line of each, and the JUnit file."""

from __future__ import annotations

from typing import Any

import pytest

from sim.analysis.estimate import Estimate
from sim.analysis.verdict import TargetResult, judge
from sim.analysis.verdicts import Verdicts
from sim.core.errors import PlannerError
from sim.report.junit import junit_xml
from sim.report.screen.verdicts import closing, lines
from sim.scenario.target import Target

BEFORE = Estimate(90, 89, 91, 10)


def result(number: int, low: float, high: float, **fields: Any) -> TargetResult:
    """A target of at most 5 working days, or as said, that is found in an interval."""
    bound = {} if "at_least" in fields else {"at_most": 5.0}
    written = {"id": f"T{number}", "name": {"zh": "时限", "en": "Limit"}, "measure": "counted_days", "unit": "工作日"}
    target = Target.model_validate({**written, "source": "plan", **bound, **fields})
    found = Estimate((low + high) / 2, low, high, 10)
    return TargetResult(target, ("service",), found, judge(target, found), BEFORE, found)


MET, MISSED, UNDECIDED = result(1, 3, 4), result(2, 6, 7), result(3, 4, 6)
RECORDED, MET_AFTER_ALL, OPEN_AFTER_ALL = (
    result(n, low, high, known_miss="慢") for n, low, high in ((4, 6, 7), (5, 3, 4), (6, 4, 6))
)
TOTAL = result(8, 11.4, 12.2, at_most=None, equals=12.0, tolerance=0.5)
SHARE = result(7, 0.2, 0.4, statistic="share_within", limit=9.0, at_least=0.5)
EVERY = Verdicts({"first": (MET, MISSED, UNDECIDED), "second": (RECORDED, MET_AFTER_ALL, OPEN_AFTER_ALL, SHARE, TOTAL)})


def test_each_verdict_has_a_line_and_the_last_one_counts_them() -> None:
    """What is held against what, its standing, and what to do where a miss on record does not hold."""
    assert [*lines(EVERY, "first"), *lines(EVERY, "second"), closing(EVERY)] == [
        "ok   first T1 counted_days mean 3.5 [3, 4] <= 5: met",
        "FAIL first T2 counted_days mean 6.5 [6, 7] <= 5: missed",
        "FAIL first T3 counted_days mean 5 [4, 6] <= 5: undecided",
        "ok   second T4 counted_days mean 6.5 [6, 7] <= 5: missed (on record)",
        "FAIL second T5 counted_days mean 3.5 [3, 4] <= 5: met, but a miss is on record: "
        "take known_miss out, or say why it should still be missed",
        "FAIL second T6 counted_days mean 5 [4, 6] <= 5: undecided, but a miss is on record: "
        "take known_miss out, or say why it should still be missed",
        "FAIL second T7 counted_days share_within(9) 0.3 [0.2, 0.4] >= 0.5: missed",
        "FAIL second T8 counted_days mean 11.8 [11.4, 12.2] = 12 +- 0.5: undecided",
        "2 of 8 verdicts as wanted",
    ]


@pytest.mark.parametrize(
    ("results", "wanted"), [((MET, RECORDED), True), ((MET, MISSED), False), ((UNDECIDED,), False), ((), True)]
)
def test_all_is_as_wanted_when_each_verdict_is(results: tuple[TargetResult, ...], wanted: bool) -> None:
    """Met, or missed as on record; undecided is not enough."""
    assert Verdicts({"first": (MET,), "second": results}).as_wanted is wanted


def test_what_has_no_verdicts_says_why_in_a_line_and_as_an_error() -> None:
    """A planner's mistake as it stands, our own bug with its kind, a run that was stopped; in characters XML holds."""
    verdicts = Verdicts()
    for name, error in (
        ("file", PlannerError("a\nb")),
        ("bug", ZeroDivisionError("\x07")),
        ("late", KeyboardInterrupt()),
    ):
        verdicts.fail(name, error)
    assert [line for name in verdicts.failures for line in lines(verdicts, name)] == [
        "FAIL file a\nb", "FAIL bug ZeroDivisionError: \x07", "FAIL late stopped before it was finished",
    ]  # fmt: skip
    found = junit_xml(verdicts).decode()
    assert '<testsuite name="file" tests="1" errors="1" failures="0" skipped="0" time="0">' in found
    assert ">a\nb</error>" in found
    assert '<error message="ZeroDivisionError: \ufffd">ZeroDivisionError: \ufffd</error>' in found


def test_a_verdict_of_one_process_names_it() -> None:
    """Where the scenario has several, its target says which."""
    of_one = result(8, 3, 4, scope={"process": "service"})
    assert list(lines(Verdicts({"first": (of_one,)}), "first")) == [
        "ok   first T8 counted_days of service mean 3.5 [3, 4] <= 5: met"
    ]


def test_junit_has_a_failure_for_every_verdict_that_is_not_as_wanted() -> None:
    """A suite per scenario, a case per target with its figures; a miss as on record does not fail."""
    found = junit_xml(Verdicts({"first": (MET, MISSED, UNDECIDED), "second": (RECORDED, MET_AFTER_ALL)}))
    assert (
        found.decode()
        == """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites>
	<testsuite name="first" tests="3" errors="0" failures="2" skipped="0" time="0">
		<testcase name="T1 时限" classname="first">
			<system-out>T1 counted_days mean 3.5 [3, 4] &lt;= 5: met</system-out>
		</testcase>
		<testcase name="T2 时限" classname="first">
			<failure message="T2 counted_days mean 6.5 [6, 7] &lt;= 5: missed"/>
		</testcase>
		<testcase name="T3 时限" classname="first">
			<failure message="T3 counted_days mean 5 [4, 6] &lt;= 5: undecided"/>
		</testcase>
	</testsuite>
	<testsuite name="second" tests="2" errors="0" failures="1" skipped="0" time="0">
		<testcase name="T4 时限" classname="second">
			<system-out>T4 counted_days mean 6.5 [6, 7] &lt;= 5: missed (on record)</system-out>
		</testcase>
		<testcase name="T5 时限" classname="second">
			<failure message="T5 counted_days mean 3.5 [3, 4] &lt;= 5: met, but a miss is on record: \
take known_miss out, or say why it should still be missed"/>
		</testcase>
	</testsuite>
</testsuites>
"""
    )
