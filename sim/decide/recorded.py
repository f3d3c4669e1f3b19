"""Worlds on record: how often each verdict holds over the ranges of the assumptions, kept beside the library.

Drawing them takes minutes, so that a quick check reads what was drawn before, as long as it is of the same files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sim.analysis.comparison import Comparison
from sim.core.files import write_whole

FILE = Path("reports/reference/worlds.json")
"""Where they are kept, below the root of a library."""
SAME = 1e-9
FRAGILE = 0.2
"""Share of worlds with another verdict from which on one is called fragile."""


@dataclass(frozen=True)
class Holding:
    """How often a target was met in the worlds that were drawn."""

    worlds: int
    """Worlds played."""
    share: float
    """Share of them that meet it."""
    low: float
    high: float
    """Values between which nine worlds in ten lie."""
    met: bool
    """Whether it is met on the numbers used."""

    @property
    def fragile(self) -> bool:
        """Whether the verdict is another in one world of five or more."""
        return (1 - self.share if self.met else self.share) >= FRAGILE - SAME


@dataclass(frozen=True)
class Recorded:
    """The worlds of one scenario."""

    inputs: str
    """Hash of all files that it rests on."""
    targets: Mapping[str, Holding]


Record = Mapping[str, Recorded]
"""Scenario → its worlds."""


def recorded(root: Path) -> Record:
    """The worlds on record under a root; none where there is no record, or none that can be read."""
    try:
        plain = json.loads((root / FILE).read_text(encoding="utf-8"))
        return {name: _read(found) for name, found in plain.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _read(plain: Mapping[str, Any]) -> Recorded:
    return Recorded(plain["inputs"], {key: Holding(**found) for key, found in plain["targets"].items()})


def of(comparison: Comparison) -> Recorded:
    """The worlds of a comparison, as they are kept."""
    targets = {
        r.target.id: Holding(
            worlds=len(r.in_worlds.met),
            share=round(r.in_worlds.share, 4),
            low=round(r.in_worlds.low, 4),
            high=round(r.in_worlds.high, 4),
            met=r.target.meets(r.estimate.mean),
        )
        for r in comparison.targets
        if r.in_worlds
    }
    return Recorded(comparison.prepared.inputs, targets)


def keep(root: Path, record: Record) -> Path:
    """The file into which a record was written, by name of the scenario; raises PlannerError where it cannot be."""
    plain = {name: asdict(found) for name, found in sorted(record.items())}
    return write_whole(root / FILE, json.dumps(plain, indent=1, ensure_ascii=False) + "\n")
