"""The same work on a cluster, and what becomes of it when processes of the cluster are lost."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dask.config
import pytest
from distributed import Client, LocalCluster
from distributed.comm import CommClosedError

from sim.analysis import replications
from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.core import cluster as joining
from sim.core import program
from sim.core.errors import PlannerError
from sim.core.jobs import at, jobs
from sim.report.results import results_json
from sim.report.tables import TABLES
from sim.scenario.desk import load, prepare

from .test_cli import call
from .test_pulled import begun, written
from .test_workers import killed, plus

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "tests/library"


@contextmanager
def started(workers: int = 2) -> Iterator[LocalCluster]:
    """A cluster of processes on this machine, each of which works on one thing at a time."""
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as found:
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a cluster of two processes answers."""
    with started() as found:
        yield found.scheduler_address


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_items_come_back_in_order(address: str) -> None:
    """One after another from one map, and from the next."""
    with at(address), jobs(1, plus, 10) as run:
        assert list(run(range(5))) == [10, 11, 12, 13, 14]
        assert list(run([1])) == [11]


def test_an_error_comes_back_as_it_was(address: str) -> None:
    """It is raised where its item is asked for, after those before it."""
    with at(address), jobs(1, plus, 10) as run:
        found = run([1, 5])
        assert next(found) == 11
        with pytest.raises(ValueError, match=r"^five$"):
            next(found)


def test_a_killed_process_is_replaced_and_its_work_done_again(tmp_path: Path) -> None:
    """Every item comes back, once and in order, though the process was killed twice."""
    book = tmp_path / "book"
    book.mkdir()
    with started(3) as found, at(found.scheduler_address), jobs(1, killed, (str(book), 2)) as run:
        assert list(run(range(6))) == [0, 1, 2, 3, 4, 5]
    assert len(list(book.iterdir())) == 2


def test_what_has_come_from_a_process_is_kept_though_the_process_is_lost_then(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its job counts as lost there, when what came of it is here already and nobody has been told."""
    fetch = Client._gather

    async def fetched(client: Client, futures: Any, *given: Any, **named: Any) -> Any:
        found = await fetch(client, futures, *given, **named)
        for future in futures:
            future._state.lose()
        return found

    monkeypatch.setattr(Client, "_gather", fetched)
    kept: list[tuple[int, int]] = []
    with at(address), jobs(1, plus, 10) as run:
        assert list(run(range(5))) == [10, 11, 12, 13, 14]
    with joining.joined(address) as cluster, cluster.mapper(plus, 10, lambda *pair: kept.append(pair)) as run:
        assert list(run([1, 2])) == [11, 12]
    assert sorted(kept) == [(1, 11), (2, 12)]


def test_work_that_kills_every_process_is_given_up(tmp_path: Path) -> None:
    """After as many as its scheduler allows, here two; what came before it is kept.

    One process does one thing after the other; of several, one may be killed that others are waiting for. What came
    before is taken before anything is killed: what only a lost process had is done again, and may be lost again.
    """
    book = tmp_path / "book"
    book.mkdir()
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        started(1) as own,
        at(own.scheduler_address),
        jobs(1, killed, (str(book), 99)) as run,
    ):
        assert list(run(range(3))) == [0, 1, 2]
        with pytest.raises(PlannerError) as error:
            next(run(range(3, 6)))
    assert len(list(book.iterdir())) == 2
    short = "where memory is short there, give each process more"
    assert str(error.value) == f"processes of the cluster were killed again and again; {short}"


def of(comparison: Comparison) -> list[str]:
    """All that is written of a comparison for programs."""
    return [results_json(comparison, {}), *("".join(text(comparison)) for text in TABLES.values())]


def test_a_comparison_one_of_whose_processes_is_killed_is_the_same() -> None:
    """When the first of its replications is there: what that process had, and what it worked on, is done again."""
    prepared = prepare("faster", load(LIBRARY))
    with started() as own, Client(own.scheduler_address, set_as_default=False) as client:
        first = [*client.run(os.getpid).values()]

        def pull(done: int, most: int) -> None:
            if done == 1:
                os.kill(first[0], signal.SIGKILL)

        with at(own.scheduler_address):
            found = compare(prepared, runs=8, progress=pull)
        now = [*client.run(os.getpid).values()]
    assert (len(first), first[0] in now) == (2, False)
    assert of(found) == of(compare(prepared, runs=8))


def test_a_report_is_the_same_from_one_process_several_and_a_cluster(address: str, tmp_path: Path) -> None:
    """Every byte of every file: results, tables, charts, and the page with all worlds and doubts."""
    words = ["compare", "faster", "--runs", "4", "--worlds", "6", "--doubt", "--out"]
    ways = {"one": ["--workers", "1"], "two": ["--workers", "2"], "cluster": ["--cluster", address]}
    for name, where in ways.items():
        assert call(LIBRARY, *words, str(tmp_path / name), *where) == 0
    one, two, cluster = (written(tmp_path / name) for name in ways)
    assert {"index.html", "results.json", "cases.csv", "shop/gantt.png"} <= one.keys()
    assert one.keys() == two.keys() == cluster.keys()
    assert [name for name in one if not one[name] == two[name] == cluster[name]] == []


def test_an_answer_is_the_same_from_one_process_and_a_cluster(address: str, tmp_path: Path) -> None:
    """Of the commands that decide: what each reform buys, which officers are short, how days are shared out."""
    asked = {
        "attribute": ["faster", "--runs", "2", "--measure", "counted_days"],
        "capacity": ["faster", "--runs", "2"],
        "budget": ["faster", "--runs", "2", "--target", "T1"],
        "search": ["faster", "--budget", "4"],
    }
    for command, words in asked.items():
        files = [tmp_path / f"{command}-{name}.json" for name in ("one", "cluster")]
        for file, where in zip(files, (["--workers", "1"], ["--cluster", address]), strict=True):
            out = ["--json", str(file), "--out", str(tmp_path / "charts")]
            assert (command, call(LIBRARY, command, *words, *out, *where)) == (command, 0)
        one, cluster = (file.read_bytes() for file in files)
        assert (command, cluster) == (command, one)


def refused(address: str) -> str:
    """What is told where a run cannot be played on the cluster at an address."""
    with pytest.raises(PlannerError) as error, at(address):
        pass
    return str(error.value)


def test_an_address_where_nobody_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or that is none; the remedy is told with it."""
    monkeypatch.setattr(joining, "PATIENCE", 0.2)
    for given in ("tcp://127.0.0.1:9", "nowhere://here"):
        assert refused(given) == f"--cluster: nobody answers at {given}; start one with: dask scheduler"


def test_a_cluster_where_nobody_works_is_told() -> None:
    """Before anything is sent there to wait for ever."""
    with started(0) as found:
        where = found.scheduler_address
        told = f"--cluster: nobody works at {where} yet; start some with: dask worker {where}"
        assert refused(where) == told


def test_a_cluster_where_nobody_works_any_more_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than waited for without end."""
    monkeypatch.setattr(joining, "PATIENCE", 0.1)
    monkeypatch.setattr(joining, "PATIENT", 4)
    with started(1) as found, Client(found.scheduler_address, set_as_default=False) as client:
        where = found.scheduler_address
        with at(where), jobs(1, plus, 10) as run:
            client.retire_workers([*client.nthreads()])
            with pytest.raises(PlannerError) as error:
                list(run([1]))
    some = f"start some with: dask worker {where}; go on with --resume"
    assert str(error.value) == f"--cluster: nobody works at {where} any more; {some}"


@pytest.fixture
def _other_libraries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A program that is another here than elsewhere."""
    monkeypatch.setattr(program, "LIBRARIES", ())
    program.program.cache_clear()
    yield
    program.program.cache_clear()


@pytest.mark.usefixtures("_other_libraries")
def test_a_cluster_with_another_program_is_told(address: str) -> None:
    """Its results could be others: each of its processes is named."""
    with Client(address, set_as_default=False) as client:
        workers = ", ".join(sorted(client.run(os.getpid)))
    told = f"another program than here is at {workers}; install the same version, libraries and all, everywhere"
    assert refused(address) == f"--cluster: {told}"


def test_a_process_with_another_program_that_comes_later_does_nothing(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told as soon as something is sent to it."""
    with at(address), jobs(1, plus, 10) as run:
        monkeypatch.setattr(joining, "program", lambda: "another")
        with pytest.raises(PlannerError) as error:
            list(run([1]))
    told = (
        "another program than here is at one that came later; install the same version, libraries and all, everywhere"
    )
    assert str(error.value) == f"--cluster: {told}"


def test_without_the_optional_part_its_installation_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever does not ask for a cluster does not need it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    missing = "--cluster needs dask.distributed, which is not installed"
    assert refused("tcp://127.0.0.1:9") == f"{missing}; pip install 'reform-simulator[cluster]'"


def test_a_cluster_that_goes_away_is_told_and_its_finished_jobs_are_kept(tmp_path: Path) -> None:
    """The run goes on with them, here on one process, and gives the same."""
    prepared = prepare("faster", load(LIBRARY))
    played: list[int] = []
    with started() as own:
        where = own.scheduler_address

        def pull(done: int, most: int) -> None:
            if done == 2:
                own.close()

        with pytest.MonkeyPatch.context() as patch, at(where):
            patch.setattr("sim.analysis.together.CASES_TOGETHER", 0)  # each replication by itself
            with pytest.raises(PlannerError) as error:
                compare(prepared, runs=30, progress=pull)
    assert str(error.value) == f"{prepared.where}: the cluster at {where} is gone; go on with --resume"
    with pytest.MonkeyPatch.context() as patch, at(resume=True) as kept:
        real = replications.replicate_together
        patch.setattr(replications, "replicate_together", lambda *given: played.extend(given[3]) or real(*given))
        found = compare(prepared, runs=30)
        kept.forget()
    assert len(played) <= 28
    assert not {0, 1} & {*played}
    assert of(found) == of(compare(prepared, runs=30))


CLOSING = (CommClosedError("closing"), TimeoutError(), RuntimeError("pool is closed"), asyncio.CancelledError())


@pytest.mark.parametrize("error", CLOSING)
def test_a_cluster_that_goes_while_it_is_asked_who_works_there_is_gone(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its connection says of that."""
    monkeypatch.setattr(joining, "PATIENCE", 0)

    class Going:
        def nthreads(self) -> dict[str, int]:
            raise error

    with pytest.raises(PlannerError) as told:
        joining.Cluster(Going(), "tcp://there")._wait(Future())  # type: ignore[arg-type]
    assert str(told.value) == "the cluster at tcp://there is gone; go on with --resume"


@pytest.mark.parametrize("error", CLOSING)
def test_a_cluster_that_goes_while_a_result_is_fetched_or_jobs_are_called_back_is_gone(
    error: BaseException, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its jobs are neither done nor at fault."""

    async def closed(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(Client, "_gather", closed)
    monkeypatch.setattr(Client, "_cancel", closed)
    with pytest.raises(PlannerError) as told, at(address), jobs(1, plus, 10) as run:
        list(run([1]))
    assert str(told.value) == f"the cluster at {address} is gone; go on with --resume"


def test_a_run_on_a_cluster_that_is_killed_goes_on_where_it_was(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When all its replications are there and its worlds are not; none of them is played again for the same report."""
    monkeypatch.chdir(LIBRARY)
    words = ["compare", "faster", "--runs", "6", "--worlds", "6", "--out"]
    before_its_worlds = ("sim.decide.worlds.worlds", "", "")
    with begun(LIBRARY, before_its_worlds, *words, str(tmp_path / "cut"), "--cluster", address) as command:
        command.kill()
    with monkeypatch.context() as patch:
        patch.setattr(replications, "replicate_together", None)
        assert call(LIBRARY, *words, str(tmp_path / "cut"), "--workers", "1", "--resume") == 0
    assert call(LIBRARY, *words, str(tmp_path / "whole"), "--cluster", address, "--resume") == 0
    assert written(tmp_path / "cut") == written(tmp_path / "whole")
