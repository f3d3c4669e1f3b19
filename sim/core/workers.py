"""Doing the same with many things on several processes; the result does not depend on how many."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import Context
from functools import partial
from multiprocessing.connection import wait
from typing import Any, Generic, TypeAlias, TypeVar

from sim.core.doors import try_meeting
from sim.core.errors import PlannerError
from sim.core.phases import ELSEWHERE, HERE, begin
from sim.core.stopping import unasked

Common = TypeVar("Common")
Item = TypeVar("Item")
Result = TypeVar("Result")
Run: TypeAlias = Callable[[Iterable[Item]], Iterator[Result]]
"""Makes of some items what comes of each, in their order."""
Done: TypeAlias = Callable[[Item, Result], None]
"""Is given an item and what came of it."""

TRIES = 3
"""How often a thing is begun whose process is killed; the system does so where memory is short."""
_common: Any = None
_function: Any = None


def _start(function: Any, common: Any) -> None:
    """Begin as one that does nothing else, whatever went on in the one it is a copy of."""
    global _common, _function
    unasked()
    begin()
    threading.Thread(target=_end_with_the_main_process, daemon=True).start()
    _common, _function = common, function


def _end_with_the_main_process() -> None:
    """End this process when the one that started it is gone, however it went; nobody wants its results any more."""
    main = multiprocessing.parent_process()
    assert main is not None
    wait([main.sentinel])
    os._exit(1)


def _apply(item: Any) -> Any:
    return Context().run(_function, _common, item), HERE.taken()


def cores() -> int:
    """Return how many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begun_how() -> str:
    """How processes are begun: as copies of this one, which have read all that it has, where it does only one thing.

    Who copies a process in which another thread goes on may copy what that has locked, for ever; and on other systems
    than Linux their own libraries have threads. There each is a copy of a process that has read nothing else.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "forkserver"


def nothing(item: object, result: object) -> None:
    """Do nothing with what came of an item."""


@contextmanager
def mapper(workers: int, function: Callable[[Common, Item], Result], common: Common,
           done: Done[Item, Result] = nothing) -> Iterator[Run[Item, Result]]:  # fmt: skip
    """A map of `function(common, item)` over items, in their order; `common` goes to each process once.

    A process that is killed is replaced and what it worked on is done again, the rest is kept; PlannerError where
    that happens to one thing again and again. `done` is given each item and its result as soon as it is there, on
    whatever thread and in whatever order.
    """

    def here(item: Item) -> Result:
        result = function(common, item)
        done(item, result)
        return result

    if workers <= 1:
        yield lambda items: map(here, items)
        return
    try_meeting(workers)
    crew: _Crew[Any, Any] = _Crew(workers, function, common, done)
    try:
        yield crew.map
    finally:
        crew.end()


class _Crew(Generic[Item, Result]):
    """Processes that work on things, and others in their place where one is killed."""

    def __init__(self, workers: int, function: Callable[[Any, Item], Result], common: Any,
                 done: Done[Item, Result]) -> None:  # fmt: skip
        self._workers, self._given, self._done = workers, (function, common), done
        self._module = function.__module__
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        how = _begun_how()
        context = multiprocessing.get_context(how)
        if how == "forkserver":
            context.set_forkserver_preload([self._module])
        return ProcessPoolExecutor(self._workers, context, _start, self._given)

    def end(self) -> None:
        """End the processes; what is not begun is not done."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, items: Iterable[Item]) -> Iterator[Result]:
        """Begin with all items, and return what comes of each, in their order."""
        things = list(items)
        return self._results(things, self._begin(things))

    def _results(self, things: Sequence[Item], begun: list[Future[Any]]) -> Iterator[Result]:
        for i in range(len(things)):
            for _ in range(TRIES - 1):
                if not _is_lost(begun[i]):
                    break
                self._replace()
                again = [n for n in range(i, len(things)) if _is_lost(begun[n])]
                for n, future in zip(again, self._begin([things[n] for n in again]), strict=True):
                    begun[n] = future
            if _is_lost(begun[i]):
                short = "where memory is short, ask for fewer --workers"
                raise PlannerError(f"a process was killed {TRIES} times; {short}")
            result, spent = begun[i].result()
            ELSEWHERE.add(spent)
            yield result

    def _begin(self, things: Sequence[Item]) -> list[Future[Any]]:
        """Begin some things; what a pool refuses that has just lost a process is lost like what it worked on."""
        begun: list[Future[Any]] = []
        for thing in things:
            try:
                begun.append(self._pool.submit(_apply, thing))
                begun[-1].add_done_callback(partial(tell, self._done, thing))
            except BrokenProcessPool as error:
                refused: Future[Any] = Future()
                refused.set_exception(error)
                begun.append(refused)
        return begun

    def _replace(self) -> None:
        self.end()
        self._pool = self._new_pool()


def tell(done: Done[Item, Result], item: Item, begun: Future[tuple[Result, Any]]) -> None:
    """Tell what came of an item, if anything did."""
    if not begun.cancelled() and begun.exception() is None:
        done(item, begun.result()[0])


def _is_lost(begun: Future[Any]) -> bool:
    """Whether the process that worked on a thing is gone; waits until the thing is done."""
    return isinstance(begun.exception(), BrokenProcessPool)
