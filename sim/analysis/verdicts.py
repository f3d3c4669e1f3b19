"""The gate for CI: whether every verdict is as wanted, on the screen and as JUnit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sim.analysis.compare import compare
from sim.analysis.verdict import TargetResult
from sim.scenario.prepared import Prepared

Progress = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]


@dataclass(frozen=True)
class Verdicts:
    """The verdicts of some scenarios."""

    by_scenario: dict[str, Sequence[TargetResult]]

    @property
    def as_wanted(self) -> bool:
        """Whether every one is met, or missed where a miss is on record."""
        return all(r.as_wanted for results in self.by_scenario.values() for r in results)

    def lines(self) -> Iterator[str]:
        """One line per target, and a closing one."""
        for scenario, results in self.by_scenario.items():
            for result in results:
                yield f"{'ok  ' if result.as_wanted else 'FAIL'} {scenario} {said(result)}"
        wrong = sum(not r.as_wanted for results in self.by_scenario.values() for r in results)
        total = sum(map(len, self.by_scenario.values()))
        yield f"{total - wrong} of {total} verdicts as wanted"

    def write_junit(self, path: Path) -> None:
        """Write the verdicts as JUnit XML, a suite per scenario and a case per target."""
        from junitparser import Failure, JUnitXml, TestCase, TestSuite

        report = JUnitXml()
        for scenario, results in self.by_scenario.items():
            suite = TestSuite(scenario)
            for result in results:
                case = TestCase(f"{result.target.id} {result.target.name.zh}", scenario)
                if not result.as_wanted:
                    case.result = [Failure(said(result))]
                suite.add_testcase(case)
            report.add_testsuite(suite)
        report.write(str(path), pretty=True)


def said(result: TargetResult) -> str:
    """A verdict in a line: what is held against what, and what was wanted if it was not this."""
    target, found = result.target, result.estimate
    sign = "<=" if target.at_most is not None else ">="
    statistic = target.statistic + (f"({target.limit:g})" if target.limit is not None else "")
    line = (f"{target.id} {target.measure} {statistic} {found.mean:.4g} [{found.low:.4g}, {found.high:.4g}] "
            f"{sign} {target.bound:g}: {result.verdict}")  # fmt: skip
    if target.known_miss and not result.as_wanted:
        return line + ", but a miss is on record: take known_miss out, or say why it should still be missed"
    return line + (" (on record)" if target.known_miss else "")


def check_scenarios(scenarios: Sequence[Prepared], seed: int, workers: int, progress: Progress) -> Verdicts:
    """The verdicts of the scenarios that have targets."""
    found = {}
    for prepared in scenarios:
        if prepared.scenario.targets:
            with progress(prepared.scenario.id) as tell:
                found[prepared.scenario.id] = compare(prepared, seed=seed, workers=workers, progress=tell).targets
    return Verdicts(found)
