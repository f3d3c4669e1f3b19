"""How one library ends: read, tried, and where it holds played with a few cases, within a bound of time."""

from __future__ import annotations

import io
import re
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import FrameType

from rich.console import Console

from sim.analysis.compare import compare
from sim.core.errors import PlannerError, SpecError
from sim.report.charts.drawing import draw
from sim.report.results import cases_csv, results_json
from sim.report.screen.printed import print_comparison
from sim.scenario.load import load_library, load_scenario, scenario_paths
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Prepared
from sim.text import yamlio

CASES, RUNS = 4, 2
"""Cases of each process, and replications, that are played."""
SECONDS = 30.0
"""Of the processor, after which an input is said to have no end."""
FINE = ("clean", "refused", "late")
"""Kinds of end that are as they should be; `late` is a fault that only a run can find."""
_LOCATED = re.compile(r"[^:\n]+:\d+: ")
_LATE = "a case would run out of the calendar"


@dataclass(frozen=True)
class End:
    """How it ended: its kind, what was said, and the seconds of the processor."""

    kind: str
    said: str = ""
    seconds: float = 0.0

    @property
    def fine(self) -> bool:
        """Whether it ended as it should."""
        return self.kind in FINE


class _TimeIsUp(BaseException):
    """The bound of time is over; no handler of the house may take it for its own."""


def end_of(root: Path, seconds: float = SECONDS, charts: bool = False) -> End:
    """The end of the library in a folder."""
    began = time.process_time()
    try:
        with _within(seconds), warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            end = _ended(root, charts)
    except _TimeIsUp:
        end = End("no end", f"not over after {seconds:g} s")
    except MemoryError:
        end = End("memory", _where_of())
    except Warning as warning:
        end = End("warning", f"{warning} {_where_of()}")
    except RecursionError:
        end = End("traceback", f"RecursionError {_where_of()}")
    except Exception as error:  # what no planner should ever see
        end = End("traceback", f"{type(error).__name__}: {str(error)[:200]} {_where_of()}")
    return replace(end, seconds=time.process_time() - began)


def _ended(root: Path, charts: bool) -> End:
    try:
        library = load_library(root)
        made = [prepare(load_scenario(path, library), library) for path in scenario_paths(root)]
    except SpecError as error:
        lost = [str(fault) for fault in error.faults if not _LOCATED.match(str(fault))]
        return End("unlocated", lost[0]) if lost else End("refused", str(error.faults[0].message))
    except PlannerError as error:
        return End("unlocated", str(error))
    for prepared in made:
        try:
            _play(_tiny(prepared), charts)
        except SpecError as error:
            (fault,) = error.faults
            return End("late" if fault.message.startswith(_LATE) else "too late", fault.message)
        except PlannerError as error:
            return End("unlocated", str(error))
    return End("clean")


def _tiny(prepared: Prepared) -> Prepared:
    few = {
        p: d.model_copy(update={"cases": min(d.cases, CASES), "warm_up": 0})
        for p, d in prepared.scenario.demand.items()
    }
    return replace(prepared, scenario=prepared.scenario.model_copy(update={"demand": few}))


def _play(prepared: Prepared, charts: bool) -> None:
    comparison = compare(prepared, runs=RUNS)
    results_json(comparison, {})
    cases_csv(comparison)
    for lang in ("zh", "en"):
        print_comparison(Console(file=io.StringIO(), width=120), comparison, {}, lang)
    if charts:
        import matplotlib.pyplot as plt

        for process in prepared.scenario.demand:
            draw(comparison, process, "en")
        plt.close("all")


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def over(_: int, __: FrameType | None) -> None:
        raise _TimeIsUp

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _where_of() -> str:
    """The innermost function of the house in the traceback being handled."""
    frames = [f for f in traceback.extract_tb(sys.exc_info()[2]) if "/sim/" in f.filename]
    return f"in {frames[-1].filename.rpartition('/sim/')[2]}:{frames[-1].lineno} {frames[-1].name}" if frames else ""


@contextmanager
def remembered_texts() -> Iterator[None]:
    """Read a text that was read before from memory: of an input's many files all but one are those of its seed."""
    parse = yamlio.parse
    yamlio.parse = lru_cache(maxsize=1000)(parse)  # type: ignore[assignment]
    try:
        yield
    finally:
        yamlio.parse = parse
