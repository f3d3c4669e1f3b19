"""What is asked of the page: a scenario with some settings, played for a look and then as exactly as `compare` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Lock

from sim.analysis.answers import Remedy
from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.analysis.playing import fetch_ready
from sim.decide.attributed import Attribution
from sim.decide.bought import bought
from sim.decide.remedies import remedies
from sim.report.page.context import Context
from sim.report.page.staff import count_of, is_busy
from sim.report.words import Lang
from sim.scenario.library import Library
from sim.scenario.prepare import prepared_with
from sim.scenario.prepared import Prepared
from sim.scenario.settings import papers
from sim.whatif.controls import Control, controls

LOOK = 2
"""Replications of a first look."""
KEPT = 32
"""Answers that are remembered, so that going back takes no time."""


@dataclass
class Asked:
    """A scenario of a library that a planner tries things on; one question is played at a time."""

    path: Path
    library: Library
    lang: Lang
    seed: int = 1
    workers: int = 1

    def __post_init__(self) -> None:
        fetch_ready()  # a look is to come at once; where it has to be compiled first, SimPy plays meanwhile
        self._lock = Lock()
        self._known: dict[tuple[int | None, tuple[str, ...]], Comparison] = {}

    @cached_property
    def now(self) -> Prepared:
        """The scenario as its files say."""
        return self.prepared(())

    @cached_property
    def controls(self) -> list[Control]:
        """What may be moved: of the officers those whom the cases meet."""
        context = Context(self.look(()), self.lang)
        base = context.variants[0]
        pools = (pool for pool in context.comparison.utilisation[base.id] if is_busy(context, pool))
        met = {pool: count_of(context, base, pool)[0] for pool in pools}
        return controls(self.now, papers(self.path, self.library), met, self.lang)

    def prepared(self, settings: Sequence[str]) -> Prepared:
        """The scenario with some settings; raises PlannerError for one that means nothing."""
        return prepared_with(self.path, self.library, settings)

    def look(self, settings: Sequence[str]) -> Comparison:
        """A first look: the first variant and those of the targets, in few replications; raises PlannerError."""
        return self._compared(settings, LOOK)

    def answer(self, settings: Sequence[str]) -> Comparison:
        """What `compare` finds with these settings; raises PlannerError."""
        return self._compared(settings, None)

    def _compared(self, settings: Sequence[str], runs: int | None) -> Comparison:
        key = runs, tuple(settings)
        with self._lock:
            if key not in self._known:
                prepared = self.prepared(settings)
                some = prepared if runs is None else _ends(prepared)
                found = compare(
                    some, seed=self.seed, runs=runs, workers=self.workers if runs is None else 1, often=True
                )
                self._known[key] = found
                for old in list(self._known)[:-KEPT]:
                    del self._known[old]
            return self._known[key]

    def enough(self, settings: Sequence[str]) -> tuple[Comparison, dict[str, Remedy]]:
        """What would meet each missed target; raises PlannerError."""
        comparison = self.answer(settings)
        with self._lock:
            return comparison, remedies(comparison, workers=self.workers)

    def shares(self, settings: Sequence[str]) -> Attribution | None:
        """What each part of the answer buys, as the page of `compare` has it; None where that is not shared out."""
        comparison = self.answer(settings)
        with self._lock:
            return bought(comparison, self.workers)


def _ends(prepared: Prepared) -> Prepared:
    """The scenario with the first variant, the last and those of its targets alone."""
    wanted = {v.id for v in prepared.ends} | {t.variant for t in prepared.scenario.targets}
    return replace(prepared, variants=tuple(v for v in prepared.variants if v.id in wanted))
