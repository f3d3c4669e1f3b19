"""What is told: words, numbers, screen, files, charts, page. It draws from results and plays nothing again."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.analysis.answers import Doubts
    from sim.analysis.comparison import Comparison
    from sim.report.words import Lang


class _Room(ModuleType):
    """A room that can be called: `sim.report` is the name of the room and of the last function of the face."""

    def __call__(self, comparison: Comparison, folder: Path | str, *, lang: Lang = "zh",
                 doubted: Doubts | None = None, workers: int = 1) -> Path:  # fmt: skip
        """Write results.json, tables, charts and the page of a comparison into a folder; the page's path."""
        from sim.report.output import report

        return report(comparison, folder, lang=lang, doubted=doubted, workers=workers)


sys.modules[__name__].__class__ = _Room
