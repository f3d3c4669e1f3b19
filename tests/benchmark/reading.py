"""A million rows of records, from the file to a graded report; `python -m tests.benchmark.reading [ROWS]`.

Two exports of one city are made: a plain table of events, and the ministry's SPGL_* tables with the traps of vendors.
Printed for each are seconds and the most memory of a process of its own, beside those of pandas, which only loads the
same files as text.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from sim.learn.days import days_of
from sim.learn.gather import open_log
from sim.learn.looking import look
from sim.learn.measuring.everything import learn
from sim.learn.replay import replay
from sim.learn.summary import summary
from sim.learn.writing.exports import events, spgl

from ..city import year

ROWS = 1_000_000
FORMS = {"events": lambda h: events(h, starts=False), "spgl3 with traps": lambda h: spgl(h, 3, traps=True)}
HEAD = (
    "| export | rows | seconds, all | of work | GB | loading alone, seconds | of work | GB | ratio of work |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
)


def export(form: str, rows: int, folder: Path) -> int:
    """Write a year of a city over and over, each time other cases, until there are so many rows; how many there are."""
    base = FORMS[form](year())
    once = sum(map(len, base.values()))
    for turn in range(-(-rows // once)):
        for name, table in base.items():
            own = {c: table[c] + f"-{turn}" for c in table if c in ("case", "GCDM", "SPSXSLBM")}
            part = table.assign(**own)
            part.to_csv(folder / f"{name}.csv", mode="a", header=not turn, index=False)
    return once * -(-rows // once)


def graded(folder: str) -> None:
    """Everything that `learn` does with an export."""
    found = replay(open_log(folder)[0], days_of(None))
    look(found)
    learn(found)
    summary(found)


def loaded(folder: str) -> None:
    """The files as text, nothing else."""
    for file in Path(folder).glob("*.csv"):
        pd.read_csv(file, dtype=str, keep_default_na=False)


WORK: dict[str, Callable[[str], None]] = {"graded": graded, "loaded": loaded}


def measured(what: str, folder: Path) -> tuple[float, float, float]:
    """Seconds, seconds of work and gigabytes at most of a process that does it."""
    run = [sys.executable, "-m", "tests.benchmark.reading", what, str(folder)]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    wall, work, memory = map(float, done.stdout.split())
    return wall, work, memory


def alone(what: str, folder: str) -> None:
    """Do it, and print what it took."""
    began = time.perf_counter()
    WORK[what](folder)
    wall, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    sys.stdout.write(f"{wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss / 2**20}\n")


def main() -> None:
    """Print a line for each export."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    sys.stdout.writelines(f"{line}\n" for line in HEAD)
    for form in FORMS:
        with TemporaryDirectory() as name:
            count = export(form, rows, Path(name))
            ours, theirs = measured("graded", Path(name)), measured("loaded", Path(name))
        figures = " | ".join(f"{x:.1f}" for x in (*ours, *theirs, ours[1] / theirs[1]))
        sys.stdout.write(f"| {form} | {count} | {figures} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in WORK:
        alone(*sys.argv[1:3])
    else:
        main()
