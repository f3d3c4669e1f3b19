"""Doing the same with many things on a Dask cluster, which has the same program on its machines."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, wait
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from sim.core.errors import PlannerError
from sim.core.phases import ELSEWHERE, HERE
from sim.core.program import program
from sim.core.workers import Done, Run, tell

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as Job

Common = TypeVar("Common")
Item = TypeVar("Item")
Result = TypeVar("Result")
PATIENCE = 30
"""Seconds in which a cluster answers."""
PATIENT = 20
"""How often in a row nobody is found to work there, before nobody is waited for any more."""
LEFT = OSError, RuntimeError, CancelledError, asyncio.CancelledError, UnboundLocalError
"""What a client says whose cluster goes while it is asked, or whose connections are being closed; the last is what it
makes of a call that is cancelled."""
_ONE = Lock()
"""A process works on one thing at a time, however many threads it has."""


@contextmanager
def joined(address: str) -> Iterator[Cluster]:
    """The cluster at an address such as `tcp://HOST:8786`.

    Raises PlannerError where nobody answers there, nobody works there, or some have another program.
    """
    try:
        from distributed import Client
    except ImportError:
        missing = "--cluster needs dask.distributed, which is not installed"
        raise PlannerError(f"{missing}; pip install 'reform-simulator[cluster]'") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PlannerError(f"--cluster: nobody answers at {address}; start one with: dask scheduler") from error
    try:
        _same_everywhere(client, address)
        yield Cluster(client, address)
    finally:
        client.close()


def _same_everywhere(client: Client, address: str) -> None:
    """Raise PlannerError unless some work there, and all of them have this program."""
    there = client.run(program, on_error="return")
    if not there:
        raise PlannerError(f"--cluster: nobody works at {address} yet; start some with: dask worker {address}")
    others = sorted(worker for worker, found in there.items() if found != program())
    if others:
        raise PlannerError(f"--cluster: {_another(', '.join(others))}")


def _another(workers: str) -> str:
    return f"another program than here is at {workers}; install the same version, libraries and all, everywhere"


class Cluster:
    """Processes of many machines, which the cluster replaces when they are lost, and does again what they worked on."""

    def __init__(self, client: Client, address: str) -> None:
        self._client, self._address = client, address

    @contextmanager
    def mapper(self, function: Callable[[Common, Item], Result], common: Common,
               done: Done[Item, Result]) -> Iterator[Run[Item, Result]]:  # fmt: skip
        """A map as `sim.core.workers.mapper` is one."""
        begun: list[Job] = []
        # As a task of its own, for what is only sent is lost with the process that has it; as bytes, for each process
        # has its own that it may keep something in while another is sent them.
        given = self._client.submit(bytes, pickle.dumps((function, common)), pure=False)

        def run(items: Iterable[Item]) -> Iterator[Result]:
            things = list(items)
            these = [self._client.submit(_apply, program(), given, thing, pure=False) for thing in things]
            begun.extend(these)
            come = [asyncio.run_coroutine_threadsafe(_result(job), self._loop) for job in these]
            for thing, future in zip(things, come, strict=True):
                future.add_done_callback(partial(tell, done, thing))
            return self._results(come)

        try:
            yield run
        finally:
            with suppress(*LEFT):
                self._client.cancel(begun)

    @property
    def _loop(self) -> asyncio.AbstractEventLoop:
        """The loop in which the client hears of its jobs, on a thread of its own."""
        loop: asyncio.AbstractEventLoop = self._client.loop.asyncio_loop
        return loop

    def _results(self, come: Sequence[Future[Any]]) -> Iterator[Any]:
        from distributed.scheduler import KilledWorker

        for future in come:
            try:
                self._wait(future)
                result, spent = future.result()
            except KilledWorker as error:
                short = "where memory is short there, give each process more"
                raise PlannerError(f"processes of the cluster were killed again and again; {short}") from error
            except (CancelledError, asyncio.CancelledError) as error:
                raise self._gone() from error
            ELSEWHERE.add(spent)
            yield result

    def _wait(self, future: Future[Any]) -> None:
        """Wait for a result; raises PlannerError where nobody has worked there for so long that nobody may come."""
        alone = 0
        while not wait([future], PATIENCE).done:
            alone = 0 if self.processes else alone + 1
            if alone == PATIENT:
                some = f"start some with: dask worker {self._address}; go on with --resume"
                raise PlannerError(f"--cluster: nobody works at {self._address} any more; {some}")

    @property
    def processes(self) -> int:
        """How many processes work there now; raises PlannerError where nobody answers any more."""
        try:
            return len(self._client.nthreads())
        except LEFT as error:
            raise self._gone() from error

    def _gone(self) -> PlannerError:
        return PlannerError(f"the cluster at {self._address} is gone; go on with --resume")


async def _result(job: Job) -> Any:
    """What comes of a job, again where the process is lost that has it; raises CancelledError where its cluster goes.

    Not by the client's executor, which looks at a job once more when its result is there and fails where it is lost
    by then.
    """
    try:
        return await job
    except LEFT as error:
        if job.status == "error":  # its own
            raise
        raise CancelledError from error


def _apply(expected: str, given: bytes, item: Any) -> Any:
    """What a process of the cluster makes of an item; a process that came later may have another program."""
    if program() != expected:
        raise PlannerError(f"--cluster: {_another('one that came later')}")
    with _ONE:
        function, common = _unpacked(given)
        return function(common, item), HERE.taken()


@lru_cache(maxsize=2)
def _unpacked(given: bytes) -> Any:
    """The function and what all its items have in common; of two kinds at a time, for some work goes back and forth."""
    return pickle.loads(given)
