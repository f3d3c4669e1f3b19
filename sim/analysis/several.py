"""Scenarios compared one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.core.errors import PlannerError
from sim.core.progress import Progress
from sim.scenario.prepared import Prepared


def compare_all(
    scenarios: Mapping[str, Prepared], seed: int, workers: int, progress: Progress
) -> Iterator[tuple[str, Comparison | PlannerError]]:
    """Yield each scenario's name with its comparison, or with what keeps it from being played, once it is known.

    Where the user stops it, what is not finished is left out.
    """
    for name, prepared in scenarios.items():
        found: Comparison | PlannerError
        try:
            with progress(name) as tell:
                found = compare(prepared, seed=seed, workers=workers, progress=tell, often=True)
        except PlannerError as error:
            found = error
        except KeyboardInterrupt:
            return
        if isinstance(found, Comparison) and found.interrupted:
            return
        yield name, found
