"""Simulate government services before they are reformed: a study in five lines.

    library = sim.load()
    scenario = sim.prepare("high_voltage_power", library)
    comparison = sim.compare(scenario, runs=10)
    charts = sim.draw(comparison)
    page = sim.report(comparison, "high_voltage_power")

Nothing is loaded before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.analysis.compare import compare
    from sim.report.charts.drawing import draw
    from sim.report.output import report
    from sim.scenario.desk import load, prepare

__all__ = ["compare", "draw", "load", "prepare", "report"]
_ROOMS = {
    "load": "sim.scenario.desk",
    "prepare": "sim.scenario.desk",
    "compare": "sim.analysis.compare",
    "draw": "sim.report.charts.drawing",
}


def __getattr__(name: str) -> Any:
    if name == "report":  # the room, which can be called
        return import_module("sim.report")
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
