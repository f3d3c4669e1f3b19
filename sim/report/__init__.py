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
        """Write results.json, tables, charts and the page of a comparison into a folder; the page's path.

        As for the command, what each part of the answer buys and what would meet a missed target is found before.
        """
        from sim.decide.beside import beside
        from sim.report.output import report

        *_, found = beside(comparison, workers)
        return report(comparison, folder, lang=lang, remedies=found.remedies, doubted=doubted, bought=found.bought,
                      workers=workers)  # fmt: skip


sys.modules[__name__].__class__ = _Room
