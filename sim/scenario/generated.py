"""What is generated from the spec language: the JSON Schemas of the specs and the reference page."""

from __future__ import annotations

import json

from sim.scenario.reference import reference_page
from sim.scenario.schema import json_schemas


def generated() -> dict[str, str]:
    """Return every generated file, by its path below `processes/` → its text."""
    schemas = {
        f"schema/{name}": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in json_schemas().items()
    }
    return {**schemas, "REFERENCE.md": reference_page()}
