"""Charts of a comparison: the map of the process, a typical case, the spread of the cases, and where the days go."""

from .register import CHARTS, Chart, draw, save

__all__ = ["CHARTS", "Chart", "draw", "save"]
