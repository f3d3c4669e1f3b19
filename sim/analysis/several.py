"""Scenarios compared one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import monotonic

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.analysis.depth import Depth
from sim.core.errors import PlannerError
from sim.core.progress import Progress, part_of
from sim.scenario.prepared import Prepared


def compare_all(
    scenarios: Mapping[str, Prepared], seed: int, workers: int, progress: Progress
) -> Iterator[tuple[str, Comparison | PlannerError]]:
    """Yield each scenario's name with its comparison, or with what keeps it from being played, once it is known.

    Where the user stops it, what is not finished is left out.
    """
    begun, number = monotonic(), len(scenarios)
    for i, (name, prepared) in enumerate(scenarios.items()):
        found: Comparison | PlannerError
        try:
            title = f"{name} ({i + 1} of {number})" if number > 1 else name
            with progress(title, begun) as tell:
                told = part_of(tell, i, number)
                found = compare(prepared, seed=seed, workers=workers, progress=told, often=True, depth=Depth.GLANCE)
        except PlannerError as error:
            found = error
        except KeyboardInterrupt:
            return
        if isinstance(found, Comparison) and found.interrupted:
            return
        yield name, found
