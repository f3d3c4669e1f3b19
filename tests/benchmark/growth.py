"""How time and memory of a comparison grow with files, steps, variants and replications.

    python -m tests.benchmark.growth [PART…]

prints a Markdown table, whole or in parts: `files`, `steps`, `variants`, `replications`, `services`. Each line is a run
of its own in one process, with two variants and replications where nothing else is said. Seconds are those of the
processor, MB the most that it held at once. The exponent is that of the line above: 1 where twice as many take twice as
long; the last column is what one more of them adds to the memory. The million files take minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from math import log
from pathlib import Path
from typing import NamedTuple

from sim import load, prepare
from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.counters import staff_of
from tests.bare import FILES, HEAD, QUESTION, bare_library

ROOT = Path(__file__).parents[2]
PROCESS, PLACE, SCENARIO = "processes/g/p.yaml", "processes/places/town.yaml", "scenarios/q.yaml"
PROCESSES, DEPARTMENTS = 12, 4
"""Of the city: each process goes through two departments, each department has steps of six processes."""
FEW = 5
"""Cases of the long chains."""
FACTORS = (1, 4, 16)
"""How many times the cases of a service of the library come."""


class Run(NamedTuple):
    """What one comparison took."""

    seconds: float
    megabytes: float


class Growth(NamedTuple):
    """What grows, in which sizes, and what a comparison of a size takes."""

    what: str
    sizes: Sequence[int]
    take: Callable[[int], Run]


def chain(steps: int) -> dict[str, str]:
    """The smallest library with a chain of steps of a minute each."""
    lines = [
        f"  s{i}: {{name: {{zh: 步, en: Step}}, at: bureau, limit: {{statutory: {{minutes: 1, source: act}}}}"
        + (f", after: {{s{i - 1}: order}}}}\n" if i else "}\n")
        for i in range(steps)
    ]
    question = QUESTION.replace("per_year: 200, cases: 5", f"per_year: 5000, cases: {FEW}")
    return {PROCESS: HEAD + "steps:\n" + "".join(lines), SCENARIO: question}


def city(files: int, variants: int = 2) -> dict[str, str]:
    """The library of a city in which so many files come in a year, of processes that share their departments.

    After the first variant, each cuts the limits to less than the one before.
    """
    names = ["p", *(f"p{i}" for i in range(1, PROCESSES))]
    place = FILES[PLACE].splitlines(keepends=True)
    departments = "".join(place[-1].replace("bureau", f"bureau{i}") for i in range(DEPARTMENTS))
    demand = "".join(f"  {name}: {{per_year: {files / PROCESSES}, source: guess}}\n" for name in names)
    question = (
        "id: q\nname: {zh: 一年, en: A year}\nplace: town\nstart: 2024-03-04\nwindow: {weeks: 52, warm_up: 0}\n"
        f"demand:\n{demand}variants:\n  before: {{name: {{zh: 前, en: Before}}}}\n"
    )
    reformed = "".join(_variant(i, names, 1 - i / (2 * variants)) for i in range(1, variants))
    processes = {f"processes/g/{name}.yaml": _process(name, i) for i, name in enumerate(names)}
    return {**processes, PLACE: "".join(place[:-1]) + departments, SCENARIO: question + reformed}


def _process(name: str, number: int) -> str:
    """The process of two steps of twenty days, in two departments that follow from its number."""
    text = FILES[PROCESS].replace("id: p\n", f"id: {name}\n").replace("days: 5", "days: 20")
    for step, turn in ((", needs", 0), (", after", 1)):
        text = text.replace(f"at: bureau{step}", f"at: bureau{(number + turn) % DEPARTMENTS}{step}")
    return text


def _variant(number: int, names: Sequence[str], compression: float) -> str:
    reforms = (
        f"      - {{process: {name}, reform: 限时办结, compression: {compression}, source: act}}\n" for name in names
    )
    return f"  v{number}:\n    name: {{zh: 方案{number}, en: Variant {number}}}\n    reforms:\n" + "".join(reforms)


def measured(*words: str, runs: int = 2) -> Run:
    """What a comparison takes."""
    command = [sys.executable, "run.py", *words, "--runs", str(runs), "--workers", "1"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {status}")
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def quickly(files: Mapping[str, str], runs: int = 2) -> Run:
    """What table and verdicts take, of a library in which some files are otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        root = bare_library(Path(folder), files)
        return measured("--root", str(root), "compare", "q", "--quick", runs=runs)


def whole(files: Mapping[str, str]) -> Run:
    """What a report takes, charts and page included."""
    with tempfile.TemporaryDirectory() as folder:
        root = bare_library(Path(folder), files)
        return measured("--root", str(root), "compare", "q", "--out", str(root / "out"))


def services() -> Iterator[Growth]:
    """The service of this library with the longest way, and one with many papers, by the cases of a replication."""
    library = load(ROOT)
    for name in ("ordinary_private_building", "open_restaurant"):
        prepared = prepare(name, library)
        tables = compile_variant(prepared, prepared.variants[-1], staff_of(prepared), Draws(1, 0))
        cases = sum(len(arrivals.times) for arrivals in tables.arrivals)
        yield Growth(f"cases of `{name}`", [cases * factor for factor in FACTORS], partial(_service, name, cases))


def _service(name: str, cases: int, size: int) -> Run:
    """What table and verdicts take of a service of this library to which more than its cases come."""
    return measured("compare", name, "--quick", "--set", f"demand.{name}.per_year*={size // cases}")


PARTS: Mapping[str, Callable[[], Iterable[Growth]]] = {
    "files": lambda: [Growth("files of a city", (10_000, 100_000, 1_000_000), lambda n: quickly(city(n)))],
    "steps": lambda: [Growth("steps in a chain, with page and charts", (100, 300, 1000), lambda n: whole(chain(n)))],
    "variants": lambda: [Growth("variants of 10,000 files", (2, 4, 8), lambda n: quickly(city(10_000, n)))],
    "replications": lambda: [Growth("replications of 10,000 files", (2, 8, 32), lambda n: quickly(city(10_000), n))],
    "services": services,
}
"""Part → what grows in it."""


def lines(growth: Growth) -> Iterator[str]:
    """A line per size, each as soon as it is measured."""
    above: tuple[int, Run] | None = None
    for size in growth.sizes:
        run = growth.take(size)
        exponent, more = _grown(above, (size, run)) if above else ("", "")
        yield f"| {size:,} {growth.what} | {run.seconds:.1f} | {exponent} | {run.megabytes:,.0f} | {more} |"
        above = size, run


def _grown(before: tuple[int, Run], after: tuple[int, Run]) -> tuple[str, str]:
    """The exponent of the seconds, and the memory for one more."""
    (less, first), (size, run) = before, after
    exponent = log(run.seconds / first.seconds) / log(size / less)
    return f"{exponent:.2f}", told((run.megabytes - first.megabytes) / (size - less))


def told(megabytes: float) -> str:
    """Memory in a unit that suits it; a dash where none was added, which is noise."""
    if megabytes <= 0:
        return "–"
    return f"{megabytes * 1024:.1f} kB" if megabytes < 1 else f"{megabytes:.1f} MB"


def main() -> None:
    """Print the table; the compiled player is compiled before, which is no part of what grows."""
    import_module("sim.engine.fast.player")
    print("| | seconds | exponent | MB | for one more |\n| --- | ---: | ---: | ---: | ---: |", flush=True)
    for name in sys.argv[1:] or PARTS:
        for growth in PARTS[name]():
            for line in lines(growth):
                print(line, flush=True)


if __name__ == "__main__":
    main()
