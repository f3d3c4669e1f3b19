"""Where jobs are done: on so many processes of this machine, or on a cluster; those that are finished are kept.

What comes of them is the same wherever they are done, and comes in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from sim.core.cluster import Cluster, joined
from sim.core.finished import Finished
from sim.core.workers import Run, mapper, nothing

Common = TypeVar("Common")
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class _Site:
    """Where the jobs of a run are done, and kept once they are."""

    cluster: Cluster | None
    finished: Finished | None


_HERE = _Site(None, None)
_site: ContextVar[_Site] = ContextVar("_site", default=_HERE)


@contextmanager
def at(cluster: str | None = None, resume: bool = False) -> Iterator[Finished]:
    """Have the jobs of a run done on the cluster at an address, else here; yields those that are finished.

    Where the run goes on with one that was cut short, what was finished then is not done again.
    """
    finished = Finished(resume)
    with joined(cluster) if cluster else nullcontext() as found:
        token = _site.set(_Site(found, finished))
        try:
            yield finished
        finally:
            _site.reset(token)


@contextmanager
def jobs(workers: int, function: Callable[[Common, Item], Result], common: Common,
         decided_by: Any = None) -> Iterator[Run[Item, Result]]:  # fmt: skip
    """A map of `function(common, item)` over items, in their order, on so many processes where there is no cluster.

    `decided_by` is what decides the results besides the items, where that is not all that `common` holds.
    """
    site = _site.get()
    cluster, finished = site.cluster, site.finished
    kind = finished.kind(function, common if decided_by is None else decided_by) if finished else None
    done = kind.keep if kind else nothing
    with cluster.mapper(function, common, done) if cluster else mapper(workers, function, common, done) as run:
        yield kind.rest(run) if kind else run
