"""Verdicts as JUnit XML, which CI servers show."""

from __future__ import annotations

from io import BytesIO

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from sim.analysis.verdict import TargetResult
from sim.analysis.verdicts import Verdicts
from sim.report.screen.verdicts import said


def junit_xml(verdicts: Verdicts) -> bytes:
    """A suite per scenario and a case per target, each with its figures: as a failure where it is not as wanted.

    A scenario without verdicts has one case, with an error that says why.
    """
    report, written = JUnitXml(), BytesIO()
    for scenario, results in verdicts.by_scenario.items():
        suite = TestSuite(scenario)
        suite.add_testcases([_case(scenario, result) for result in results])
        report.add_testsuite(suite)
    for scenario, why in verdicts.failures.items():
        suite = TestSuite(scenario)
        suite.add_testcase(_unknown(scenario, why))
        report.add_testsuite(suite)
    report.write(written, pretty=True)
    return written.getvalue()


def _case(scenario: str, result: TargetResult) -> TestCase:
    case = TestCase(f"{result.target.id} {result.target.name.zh}", scenario)
    if result.as_wanted:
        case.system_out = said(result)
    else:
        case.result = [Failure(said(result))]
    return case


def _unknown(scenario: str, why: str) -> TestCase:
    case = TestCase("verdicts", scenario)
    error = Error("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in why))  # XML cannot hold all others
    error.text = error.message  # where several lines stay several
    case.result = [error]
    return case
