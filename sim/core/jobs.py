"""Where jobs are done: on so many processes of this machine, or on a cluster; those that are finished are kept.

What comes of them is the same wherever they are done, and comes in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from sim.core.finished import Finished, Kind
from sim.core.workers import Done, Run, mapper, nothing

if TYPE_CHECKING:
    from sim.core.cluster import Cluster

Common = TypeVar("Common")
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class _Site:
    """Where the jobs of a run are done, and kept once they are."""

    cluster: Cluster | None
    finished: Finished | None

    def mapper(self, workers: int, function: Callable[[Common, Item], Result], common: Common,
               done: Done[Item, Result]) -> AbstractContextManager[Run[Item, Result]]:  # fmt: skip
        """A map on the cluster, or on so many processes where there is none."""
        return self.cluster.mapper(function, common, done) if self.cluster else mapper(workers, function, common, done)

    def kind(self, function: Callable[..., object], decided_by: Any) -> Kind | None:
        """What is kept of jobs like these, if anything is."""
        return self.finished.kind(function, decided_by) if self.finished else None


_HERE = _Site(None, None)
_site: ContextVar[_Site] = ContextVar("_site", default=_HERE)


@contextmanager
def at(cluster: str | None = None, resume: bool = False) -> Iterator[Finished]:
    """Have the jobs of a run done on the cluster at an address, else here; yields those that are finished.

    Where the run goes on with one that was cut short, what was finished then is not done again.
    """
    finished = Finished(resume)
    with _joined(cluster) if cluster else nullcontext() as found:
        token = _site.set(_Site(found, finished))
        try:
            yield finished
        finally:
            _site.reset(token)
            finished.settle()


def _joined(address: str) -> AbstractContextManager[Cluster]:
    """The cluster at an address; what talks to one is imported by who has one."""
    from sim.core.cluster import joined

    return joined(address)


@contextmanager
def jobs(workers: int, function: Callable[[Common, Item], Result], common: Common,
         decided_by: Any = None) -> Iterator[Run[Item, Result]]:  # fmt: skip
    """A map of `function(common, item)` over items, in their order, on so many processes where there is no cluster.

    `decided_by` is what decides the results besides the items, where that is not all that `common` holds.
    """
    site = _site.get()
    kind = site.kind(function, common if decided_by is None else decided_by)
    with site.mapper(workers, function, common, kind.keep if kind else nothing) as run:
        yield kind.rest(run) if kind else run


@contextmanager
def batches(workers: int, function: Callable[[Common, Sequence[Item]], Sequence[Result]], common: Common,
            most: int) -> Iterator[Run[Item, Result]]:  # fmt: skip
    """As `jobs`, where a function makes what comes of several items at once, of so many at most.

    They are shared out as evenly as there are processes; what comes of each item is kept by itself.
    """
    site = _site.get()
    kind = site.kind(function, common)

    def keep(batch: Sequence[Item], results: Sequence[Result]) -> None:
        assert kind is not None
        for item, result in zip(batch, results, strict=True):
            kind.keep(item, result)

    with site.mapper(workers, function, common, keep if kind else nothing) as run:

        def each(items: Iterable[Item]) -> Iterator[Result]:
            things, processes = tuple(items), site.cluster.processes if site.cluster else workers
            size = max(1, min(most, -(-len(things) // max(processes, 1))))
            return chain.from_iterable(run(things[n : n + size] for n in range(0, len(things), size)))

        yield kind.rest(each) if kind else each
