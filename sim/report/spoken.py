"""A message of the program in the language of who reads it; the catalogues are read only where that is Chinese."""

from __future__ import annotations

from sim.core.errors import PlannerError
from sim.core.tongues import tongue


def in_tongue(what: str | PlannerError) -> str:
    """An error or another message, told in that language."""
    if tongue() == "en":
        return str(what)
    from sim.report.messages import said, told

    return told(what, "zh") if isinstance(what, PlannerError) else said(what, "zh")
