"""The files of a chart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.core.files import write_whole


def keep(name: str, content: Mapping[str, bytes], folder: Path) -> list[Path]:
    """The files of a chart written into a folder; raises PlannerError where it cannot be written."""
    return [write_whole(folder / f"{name}.{ending}", whole) for ending, whole in content.items()]
