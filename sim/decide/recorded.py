"""Worlds on record: what targets come to over the ranges of the assumptions, kept beside the library.

Drawing them takes a minute a scenario, so that what was drawn before is told again as long as what is simulated is the
same, however the files tell it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sim.analysis.comparison import Comparison
from sim.analysis.in_worlds import Circumstances, InWorlds, Lever, Side
from sim.core.files import write_whole
from sim.scenario.prepared import Prepared
from sim.scenario.simulated import simulated_hash

FILE = Path("reports/reference/worlds.json")
"""Where they are kept, below the root of a library."""
SAME = 1e-9
FRAGILE = 0.2
"""Share of worlds with another verdict from which on one is called fragile."""
DIGITS = 6
"""Significant digits of what is kept."""


@dataclass(frozen=True)
class Holding:
    """How a target holds in the worlds that were drawn."""

    found: InWorlds
    met: bool
    """Whether it is met on the numbers used."""

    @property
    def fragile(self) -> bool:
        """Whether the verdict is another in one world of five or more."""
        return (1 - self.found.share if self.met else self.found.share) >= FRAGILE - SAME


@dataclass(frozen=True)
class Recorded:
    """The worlds of one scenario."""

    simulated: str
    """Hash of what was simulated."""
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
    targets = {key: Holding(_in_worlds(found["found"]), bool(found["met"])) for key, found in plain["targets"].items()}
    return Recorded(str(plain["simulated"]), targets)


def _in_worlds(plain: Mapping[str, Any]) -> InWorlds:
    box = plain["turned_in"]
    sides = tuple(Side(**side) for side in box["sides"]) if box else ()
    return InWorlds(
        values=tuple(map(float, plain["values"])),
        met=tuple(map(bool, plain["met"])),
        levers=tuple(Lever(**lever) for lever in plain["levers"]),
        left_out=int(plain["left_out"]),
        turned_in=Circumstances(sides, box["coverage"], box["density"]) if box else None,
    )


def of(comparison: Comparison) -> Recorded:
    """The worlds of a comparison, as they are kept."""
    told = [r for r in comparison.targets if r.in_worlds and r.in_worlds.met]
    targets = {r.target.id: Holding(r.in_worlds, r.target.meets(r.estimate.mean)) for r in told if r.in_worlds}
    return Recorded(_simulated(comparison.prepared), targets)


def known(record: Record, prepared: Prepared) -> Recorded | None:
    """The worlds on record of a scenario as it is now; None where there are none."""
    found = record.get(prepared.scenario.id)
    return found if found and found.simulated == _simulated(prepared) else None


def _simulated(prepared: Prepared) -> str:
    return simulated_hash(prepared.origin) if prepared.origin else ""


def keep(root: Path, record: Record) -> Path:
    """The file into which a record was written, by name of the scenario; raises PlannerError where it cannot be."""
    lines = [f"{json.dumps(name)}: {_written(found)}" for name, found in sorted(record.items())]
    return write_whole(root / FILE, "{\n" + ",\n".join(lines) + "\n}\n")


def _written(found: Recorded) -> str:
    return json.dumps(_rounded(asdict(found)), ensure_ascii=False)


def _rounded(plain: Any) -> Any:
    """Plain data with as many digits as are kept; whether a world meets a target as 0 or 1."""
    if isinstance(plain, dict):
        return {key: _rounded(value) for key, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [_rounded(value) for value in plain]
    if isinstance(plain, bool):
        return int(plain)
    return float(f"{plain:.{DIGITS}g}") if isinstance(plain, float) else plain
