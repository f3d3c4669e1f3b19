"""The files of `processes/` that are generated from the code: JSON Schemas and the reference page."""

from __future__ import annotations

import json
from pathlib import Path

from sim.scenario.reference import reference_page
from sim.scenario.schema import json_schemas


def generated() -> dict[str, str]:
    """Return every generated file, by its path below `processes/` → its text."""
    schemas = {
        f"schema/{name}": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in json_schemas().items()
    }
    return {**schemas, "REFERENCE.md": reference_page()}


def write_generated(root: Path) -> list[Path]:
    """Write the generated files below `processes/` of `root` and return their paths."""
    texts = {root / "processes" / name: text for name, text in generated().items()}
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(texts)
