"""The committed reference: what the headline scenarios came to, so that a change of any figure is seen and judged.

`python -m tests.test_reference` writes it anew, and README's table of headlines with it. Both are what `run.py` finds
and shows, with as many replications as its verdicts take.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.analysis.estimate import Estimate
from sim.analysis.telling import quiet_of
from sim.decide.recorded import known, recorded
from sim.report.numbers import beside, number
from sim.report.screen.printed import interval
from sim.report.targets import value_words
from sim.scenario.load import load_library, load_scenario
from sim.scenario.prepare import prepare
from sim.scenario.target import Target

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "reports/reference/headlines.json"
README = ROOT / "README.md"
HEADLINES = ("high_voltage_power", "ordinary_private_building")
TABLE = re.compile("(?<=<!-- headlines -->\n).*?(?=<!-- /headlines -->)", re.DOTALL)
"""README's table of headlines."""
HEAD = "| | before | after | over the assumptions | published | verdict |\n| --- | ---: | ---: | ---: | ---: | --- |\n"


class Line(NamedTuple):
    """A line of README's table: what it is called, the target whose figures it has, by which of its readings."""

    called: str
    scenario: str
    target: str
    on_the_path: bool = False


LINES = (
    Line("ordinary private building, 审批用时, mean", "ordinary_private_building", "T001"),
    Line("the same on the critical path alone", "ordinary_private_building", "T001", on_the_path=True),
    Line("the same, all committed limits used up", "ordinary_private_building", "T001-limit"),
    Line("the same, share of projects within 32 days", "ordinary_private_building", "T001-share"),
    Line("high-voltage connection, 审批用时, mean", "high_voltage_power", "T047"),
    Line("the same, all committed limits used up", "high_voltage_power", "T047-limit"),
    Line("the same, share of customers within 12 days", "high_voltage_power", "T047-share"),
    Line("the same, 环节", "high_voltage_power", "T046"),
)


@cache
def compared(name: str) -> Comparison:
    """What `run.py` finds for a headline scenario."""
    library = load_library(ROOT)
    return compare(prepare(load_scenario(ROOT / f"scenarios/{name}.yaml", library), library), often=True)


def found(name: str) -> dict[str, Any]:
    """Every measure's mean by variant, every verdict, the replications, and the figures of README's table."""
    comparison = compared(name)
    measures = {v: {m: round(s.mean.mean, 6) for m, s in p[name].items() if s.mean.mean == s.mean.mean}
                for v, p in comparison.statistics.items()}  # fmt: skip
    verdicts = {r.target.id: r.verdict for r in comparison.targets}
    lines = [line_of(comparison, line) for line in LINES if line.scenario == name]
    return {"runs": comparison.most_runs, "means": measures, "verdicts": verdicts, "readme": lines}


def target_of(comparison: Comparison, line: Line) -> Target:
    """The target of a line."""
    return next(r.target for r in comparison.targets if r.target.id == line.target)


def line_of(comparison: Comparison, line: Line) -> str:
    """A line of README's table, with the figures as the screen shows them."""
    (result,) = (r for r in comparison.targets if r.target.id == line.target)
    target, quiet = target_of(comparison, line), quiet_of(result)
    before, after, standing = result.baseline, result.estimate, result.standing.words.en
    if line.on_the_path:
        assert result.reading
        before, after, standing = result.reading.baseline, result.reading.estimate, result.reading.verdict
    counted = target.unit if target.value_unit.id != "share" else None
    published = " ".join(filter(None, (value_words("zh", target.wanted, target.value_unit), counted)))
    said = f"{standing}: {quiet.words.en}" if quiet and not line.on_the_path else standing
    unit = target.value_unit.id
    figure = shown(after, unit, target.meets)
    cells = (line.called, number(before.mean, unit), figure, over(comparison, line), published, said)
    return f"| {' | '.join(cells)} |"


def over(comparison: Comparison, line: Line) -> str:
    """What nine worlds in ten lie between, and the share that meets it, from the worlds on record."""
    record = known(recorded(ROOT), comparison.prepared)
    assert record, "draw its worlds anew: run.py worlds"
    if line.on_the_path:
        return ""
    found, unit = record.targets[line.target].found, target_of(comparison, line).value_unit.id
    low, high = number(found.low, unit), number(found.high, unit)
    between = low if low == high else f"{low}–{high}"
    return f"{between}, holds in {found.share:.0%} of {len(found.met)}"


def shown(estimate: Estimate, unit: str, meets: Any) -> str:
    """A figure with its interval, which the screen writes beside it and the table in brackets."""
    figure, *between = interval(estimate, unit, beside(meets, number)).plain.split(" ", 1)
    return f"{figure} ({between[0]})" if between else figure


@pytest.mark.parametrize("name", HEADLINES)
def test_the_headline_figures_are_those_on_record(name: str) -> None:
    """A figure that moves is a change to be reviewed: rewrite the reference and read its diff."""
    assert found(name) == json.loads(REFERENCE.read_text(encoding="utf-8"))[name]


def test_readme_has_the_headline_figures() -> None:
    """Its table is the one on record, line by line: what `run.py` shows."""
    record = json.loads(REFERENCE.read_text(encoding="utf-8"))
    (table,) = TABLE.findall(README.read_text(encoding="utf-8"))
    assert table == table_of({name: record[name]["readme"] for name in HEADLINES})


def table_of(lines: dict[str, list[str]]) -> str:
    """README's table, of the lines of each scenario."""
    left = {name: iter(own) for name, own in lines.items()}
    return HEAD + "".join(f"{next(left[line.scenario])}\n" for line in LINES)


if __name__ == "__main__":
    record = {name: found(name) for name in HEADLINES}
    REFERENCE.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    table = table_of({name: record[name]["readme"] for name in HEADLINES})
    README.write_text(TABLE.sub(lambda _: table, text), encoding="utf-8")
