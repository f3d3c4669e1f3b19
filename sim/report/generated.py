"""The files of `processes/` that are generated from the code, of what is read and of what is written."""

from __future__ import annotations

import json
from pathlib import Path

from sim.core.doors import Door, try_doors
from sim.core.files import write_whole
from sim.report.messages import reference_text
from sim.report.results_model import results_schema
from sim.scenario.generated import generated as generated_from_specs
from sim.scenario.reference import reference_page


def generated() -> dict[str, str]:
    """Return every generated file, by its path below `processes/` → its text."""
    schema = json.dumps(results_schema(), ensure_ascii=False, indent=1) + "\n"
    chinese = reference_page(reference_text)
    return {**generated_from_specs(), "REFERENCE.zh.md": chinese, "schema/results.schema.json": schema}


def write_generated(root: Path) -> list[Path]:
    """Write the generated files below `processes/` of `root` and return their paths; raises PlannerError."""
    texts = generated()
    try_doors(Door("generate", root / "processes", tuple(texts)))
    return [write_whole(root / "processes" / name, text) for name, text in texts.items()]
