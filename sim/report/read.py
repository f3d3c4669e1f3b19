"""A result that was written, read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import PlannerError
from sim.text.reading import shown

VERSION = 1
"""Version of the form of results.json that is read."""


def read_results(path: Path) -> Mapping[str, Any]:
    """Return what a results.json holds; raises PlannerError where it is none, or is of another form."""
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise PlannerError(f"{shown(path)}: not a file; name a results.json")
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no JSON"
        raise PlannerError(f"{shown(path)}: no result can be read: {reason}; name a results.json") from None
    if not isinstance(plain, dict) or not {"schema_version", "variants", "targets", "staff"} <= plain.keys():
        raise PlannerError(f"{shown(path)}: no result of a comparison; name a results.json that `compare` wrote")
    if plain["schema_version"] != VERSION:
        raise PlannerError(f"{shown(path)}: of form {plain['schema_version']}, wanted {VERSION}; run compare again")
    return plain
