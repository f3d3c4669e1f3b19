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
from tempfile import TemporaryDirectory
from types import FrameType

from sim.analysis.compare import compare
from sim.core.errors import Fault, PlannerError, SpecError
from sim.report.output import report
from sim.report.results import results_json
from sim.report.screen.console import console
from sim.report.screen.printed import print_comparison
from sim.report.tables import cases_csv
from sim.report.words import LANGS
from sim.scenario.load import load_scenario, read_library, scenario_paths
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import YEAR
from sim.spec.amounts import mean
from sim.text import yamlio

CASES, RUNS = 4, 2
"""Cases of each process, and replications, that are played."""
SECONDS = 30.0
"""Of the processor, after which an input is said to have no end."""
FINE = ("clean", "holds", "refused", "late")
"""Kinds of end that are as they should be; one that `holds` is not played, `late` is a fault only a run can find."""
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


def end_of(root: Path, seconds: float = SECONDS, play: bool = True, whole: bool = False) -> End:
    """The end of the library in a folder, which is played where it holds, perhaps with its whole report."""
    began = time.process_time()
    try:
        with _within(seconds), warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            end = _ended(root, play, whole)
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


def _ended(root: Path, play: bool, whole: bool) -> End:
    faults: list[Fault] = []
    made: list[Prepared] = []
    try:
        library = read_library(root)
        faults += library.faults
        made += (prepare(load_scenario(path, library), library) for path in scenario_paths(root))
    except SpecError as error:
        faults += error.faults
    except PlannerError as error:
        return End("unlocated", str(error))
    if lost := [str(fault) for fault in faults if not _LOCATED.match(str(fault))]:
        return End("unlocated", lost[0])
    for prepared in made if play else ():
        try:
            _play(_tiny(prepared), whole)
        except SpecError as error:
            (fault,) = error.faults
            return End("late" if fault.message.startswith(_LATE) else "too late", fault.message)
        except PlannerError as error:
            return End("unlocated", str(error))
    return End("refused", faults[0].message) if faults else End("clean" if play else "holds")


def _tiny(prepared: Prepared) -> Prepared:
    """The scenario with a few cases of each process: of so many a year in a window, else of a number or a list."""
    few, window = {}, prepared.scenario.window
    for process, demand in prepared.scenario.demand.items():
        changed: dict[str, object] = {"warm_up": 0}
        if demand.arrivals is not None:
            changed["arrivals"] = demand.arrivals[:CASES]
        elif demand.cases is not None:
            changed["cases"] = min(demand.cases, CASES)
        elif window is not None and demand.per_year is not None:
            changed["per_year"] = min(demand.per_year, CASES * YEAR / window.days)
        elif window is not None and demand.every_minutes is not None:
            changed["every_minutes"] = max(mean(demand.every_minutes), window.days * 24 * 60 / CASES)
        few[process] = demand.model_copy(update=changed)
    return replace(prepared, scenario=prepared.scenario.model_copy(update={"demand": few}))


def _play(prepared: Prepared, whole: bool) -> None:
    comparison = compare(prepared, runs=RUNS)
    for lang in LANGS:
        print_comparison(console(io.StringIO(), 120), comparison, {}, lang)
    if whole:
        with TemporaryDirectory() as folder:
            report(comparison, folder, lang="en")
    else:
        results_json(comparison, {})
        "".join(cases_csv(comparison))


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
    yamlio.parse = lru_cache(maxsize=300)(parse)  # type: ignore[assignment]
    try:
        yield
    finally:
        yamlio.parse = parse
