"""The committed reference: what the headline scenarios came to, so that a change of any figure is seen and judged.

`python -m tests.test_reference` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.compare import compare
from sim.scenario.load import load_library, load_scenario
from sim.scenario.prepare import prepare

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "reports/reference/headlines.json"
HEADLINES = ("high_voltage_power", "ordinary_private_building")
RUNS = 3


def found(name: str) -> dict[str, Any]:
    """Every measure's mean by variant, and every verdict, of three replications."""
    library = load_library(ROOT)
    comparison = compare(prepare(load_scenario(ROOT / f"scenarios/{name}.yaml", library), library), runs=RUNS)
    measures = {v: {m: round(s.mean.mean, 6) for m, s in p[name].items() if s.mean.mean == s.mean.mean}
                for v, p in comparison.statistics.items()}  # fmt: skip
    return {"means": measures, "verdicts": {r.target.id: r.verdict for r in comparison.targets}}


@pytest.mark.parametrize("name", HEADLINES)
def test_the_headline_figures_are_those_on_record(name: str) -> None:
    """A figure that moves is a change to be reviewed: rewrite the reference and read its diff."""
    assert found(name) == json.loads(REFERENCE.read_text(encoding="utf-8"))[name]


if __name__ == "__main__":
    text = json.dumps({name: found(name) for name in HEADLINES}, ensure_ascii=False, indent=1)
    REFERENCE.write_text(text + "\n", encoding="utf-8")
