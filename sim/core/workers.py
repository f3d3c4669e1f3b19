"""Doing the same with many things on several processes; the result does not depend on how many."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

Common = TypeVar("Common")
Item = TypeVar("Item")
Result = TypeVar("Result")


_common: Any = None
_function: Any = None


def _start(function: Any, common: Any) -> None:
    global _common, _function
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the main process's to answer
    _common, _function = common, function


def _apply(item: Any) -> Any:
    return _function(_common, item)


def cores() -> int:
    """Return how many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def mapper(workers: int, function: Callable[[Common, Item], Result],
           common: Common) -> Iterator[Callable[[Iterable[Item]], Iterator[Result]]]:  # fmt: skip
    """A map of `function(common, item)` over items, in their order; `common` goes to each process once."""
    if workers <= 1:
        yield lambda items: (function(common, item) for item in items)
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([function.__module__])
    pool = ProcessPoolExecutor(workers, context, _start, (function, common))
    try:
        yield lambda items: pool.map(_apply, items)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
