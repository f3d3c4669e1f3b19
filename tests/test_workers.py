"""The same work on one process and on several, and what becomes of it when one of them is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from threading import Event, Thread

import pytest

from sim.core import workers as processes
from sim.core.errors import PlannerError
from sim.core.phases import phase
from sim.core.stopping import stoppable
from sim.core.workers import TRIES, mapper

ROOT = Path(__file__).parents[1]
OURS: ContextVar[int] = ContextVar("OURS", default=0)
read = 0


@pytest.fixture(params=["fork", "forkserver"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways in which processes are begun."""
    monkeypatch.setattr(processes, "_begun_how", lambda: request.param)
    return str(request.param)


@pytest.fixture
def thread() -> Iterator[None]:
    """Something else that goes on in this process."""
    over = Event()
    other = Thread(target=over.wait)
    other.start()
    yield
    over.set()
    other.join()


def plus(common: int, item: int) -> int:
    """The sum, or an error for 5."""
    if item == 5:
        raise ValueError("five")
    return common + item


def killed(common: tuple[str, int], item: int) -> int:
    """The item; for 3 the process is killed so many times before."""
    folder, times = common
    if item == 3 and (so_far := len(list(Path(folder).iterdir()))) < times:
        (Path(folder) / str(so_far)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def forever(common: None, item: int) -> int:
    """Says that it has begun, and never ends."""
    del common
    sys.stdout.write(f"begun {item}\n")  # in one piece, without a buffer too
    sys.stdout.flush()
    signal.pause()
    return item


def surroundings(common: None, item: int) -> tuple[object, ...]:
    """What a process has from the one it was begun by."""
    del common, item
    with phase("play"):
        pass
    answers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    return read, OURS.get(), *answers


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.usefixtures("way")
def test_items_come_back_in_order(workers: int) -> None:
    """Whatever the number of processes, with the common part in each."""
    with mapper(workers, plus, 10) as run:
        assert list(run(range(5))) == [10, 11, 12, 13, 14]
        assert list(run([1])) == [11]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.usefixtures("way")
def test_an_error_comes_back_as_it_was(workers: int) -> None:
    """It is raised where its item is asked for, after those before it."""
    with mapper(workers, plus, 10) as run:
        found = run([1, 5])
        assert next(found) == 11
        with pytest.raises(ValueError, match=r"^five$"):
            next(found)


@pytest.mark.usefixtures("way")
def test_a_killed_process_is_replaced_and_its_work_done_again(tmp_path: Path) -> None:
    """Every item comes back, once and in order, though the process was killed twice."""
    with mapper(2, killed, (str(tmp_path), TRIES - 1)) as run:
        assert list(run(range(6))) == [0, 1, 2, 3, 4, 5]
        assert list(run([7])) == [7]
    assert len(list(tmp_path.iterdir())) == TRIES - 1


@pytest.mark.usefixtures("way")
def test_work_that_kills_every_process_is_given_up(tmp_path: Path) -> None:
    """After three times; what came before it is kept."""
    with mapper(2, killed, (str(tmp_path), 99)) as run:
        found = run(range(6))
        assert [next(found) for _ in range(3)] == [0, 1, 2]
        with pytest.raises(PlannerError) as error:
            next(found)
    assert str(error.value) == "a process was killed 3 times; where memory is short, ask for fewer --workers"


@pytest.mark.usefixtures("thread")
def test_a_process_with_another_thread_is_not_copied() -> None:
    """What that thread has locked would stay so in the copy."""
    assert processes._begun_how() == "forkserver"


def test_a_process_has_what_was_read_and_nothing_that_goes_on(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what is set for the run of the other, nor its phases, nor how it answers who asks it to stop.

    What the caller of the program has ignored, as `nohup` does, stays ignored.
    """
    asking = signal.SIGTERM, signal.SIGHUP
    left = [signal.SIG_IGN if signal.getsignal(x) is signal.SIG_IGN else signal.SIG_DFL for x in asking]
    monkeypatch.setattr(sys.modules[__name__], "read", 7)
    token = OURS.set(7)
    with stoppable(), phase("worlds"), mapper(2, surroundings, None) as run:
        ((*found,),) = run([0])
    OURS.reset(token)
    assert found == [7 if way == "fork" else 0, 0, signal.SIG_IGN, *left]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_the_main_one(how: signal.Signals) -> None:
    """However it goes; its output, which each of them could write to, comes to an end."""
    script = "from tests.test_workers import forever, mapper\nwith mapper(2, forever, None) as run: list(run(range(2)))"
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as main:
        assert main.stdout is not None
        begun = {main.stdout.readline() for _ in range(2)}
        main.send_signal(how)  # before anything is asserted: a test that fails waits for nobody
        ended = main.communicate(timeout=60)
    assert (begun, ended) == ({"begun 0\n", "begun 1\n"}, ("", None))
    assert main.returncode == -how
