"""The files of `processes/` that are generated from the code, of what is read and of what is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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
    specs = generated_from_specs()
    in_chinese = {
        f"schema/zh/{path.name}": json.dumps(_in_chinese(json.loads(text)), ensure_ascii=False, indent=1) + "\n"
        for path, text in ((Path(name), text) for name, text in specs.items())
        if path.suffix == ".json"
    }
    return {**specs, **in_chinese, "REFERENCE.zh.md": chinese, "schema/results.schema.json": schema}


def _in_chinese(schema: Any) -> Any:
    """A schema whose descriptions, which an editor shows, are told in Chinese, paragraph by paragraph."""
    if isinstance(schema, list):
        return [_in_chinese(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: _in_chinese(part) for key, part in schema.items()}
    if isinstance(meaning := schema.get("description"), str):
        told["description"] = "\n\n".join(reference_text(" ".join(part.split())) for part in meaning.split("\n\n"))
    return told


def write_generated(root: Path) -> list[Path]:
    """Write the generated files below `processes/` of `root` and return their paths; raises PlannerError."""
    texts = generated()
    try_doors(Door("generate", root / "processes", tuple(texts)))
    return [write_whole(root / "processes" / name, text) for name, text in texts.items()]
