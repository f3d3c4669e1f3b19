"""How long the commands take, against the import of the libraries that they compute and draw with.

    python -m tests.benchmark.commands [ROUNDS]

prints a Markdown table and the phases of the last whole comparison. One round is an import of numpy, pandas,
scipy.stats and matplotlib in a fresh process, and then each command, in a process of its own on a copy of the library;
what is told is the median over the rounds, elapsed and in processor time with all processes, as a multiple of the
import of the same round. Processor time carries over to a machine with other work to do, elapsed time does not.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).parents[2]
ROUNDS = 3
IMPORT = (sys.executable, "-c", "import numpy, pandas, scipy.stats, matplotlib")
SCENARIO = "ordinary_private_building"
PROCESS = Path("processes/construction/ordinary_private_building.yaml")
_WHOLE = re.compile(r"^whole +([\d.]+) +([\d.]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Took:
    """Seconds that a process took, and what it told of its phases."""

    elapsed: float
    processor: float
    told: str = ""


@dataclass(frozen=True)
class Desk:
    """A copy of the library with a cache of its own."""

    root: Path

    def forget(self) -> None:
        """Leave nothing in the cache."""
        shutil.rmtree(self.root / "cache", ignore_errors=True)

    def edit(self, path: Path) -> None:
        """Change a file without changing what it says."""
        with (self.root / path).open("a", encoding="utf-8") as stream:
            stream.write("# changed\n")

    def demand(self) -> None:
        """Change a number of the scenario, by one."""
        path = self.root / f"scenarios/{SCENARIO}.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"per_year: (\d+)", lambda old: f"per_year: {int(old[1]) + 1}", text, count=1), "utf-8")

    def call(self, *words: str) -> Took:
        """Run a command; its processor time is what it tells, for it works with processes that nobody waits for."""
        command = (sys.executable, "run.py", "--root", str(self.root), *words, "--timings")
        begun = perf_counter()
        done = subprocess.run(command, cwd=ROOT, env=self._environment(), capture_output=True, text=True, check=True)
        found = _WHOLE.search(done.stderr)
        assert found, done.stderr
        return Took(perf_counter() - begun, float(found[1]) + float(found[2]), done.stderr)

    def _environment(self) -> dict[str, str]:
        """As it is, but for the cache, and with compiled modules as an installed program has them."""
        own = {"XDG_CACHE_HOME": str(self.root / "cache")}
        return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


def imported() -> Took:
    """What the import takes in a fresh process."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(IMPORT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(perf_counter() - begun, processor)


def commands(desk: Desk) -> Iterator[tuple[str, Callable[[], None], tuple[str, ...]]]:
    """Yield what is measured: its name, what comes before it, and the command."""
    page = ("--worlds", "0", "--out", str(desk.root / "report"))
    yield "`validate` of one file, nothing known", desk.forget, ("validate", str(desk.root / PROCESS))
    yield "`validate` of one file, just changed", lambda: desk.edit(PROCESS), ("validate", str(desk.root / PROCESS))
    yield f"`compare {SCENARIO} --quick`, nothing known", desk.forget, ("compare", SCENARIO, "--quick")
    yield "the same again with a number changed", desk.demand, ("compare", SCENARIO, "--quick")
    yield f"`compare {SCENARIO}`, with page and no worlds, nothing known", desk.forget, ("compare", SCENARIO, *page)


def measured(desk: Desk, rounds: int) -> tuple[dict[str, list[tuple[float, float]]], str]:
    """Name → its multiples of the import, elapsed and of the processor, by round; and the phases of the last one."""
    found: dict[str, list[tuple[float, float]]] = {}
    told = ""
    for _ in range(rounds):
        for name, prepare, words in commands(desk):
            prepare()
            base, took = imported(), desk.call(*words)
            found.setdefault(name, []).append((took.elapsed / base.elapsed, took.processor / base.processor))
            told = took.told
    return found, told


def main(rounds: int = ROUNDS) -> None:
    """Print the table and the phases."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for part in ("processes", "scenarios"):
            shutil.copytree(ROOT / part, root / part)
        found, told = measured(Desk(root), rounds)
    print("| against the import | elapsed | processor |\n| --- | ---: | ---: |")
    for name, ratios in found.items():
        elapsed, processor = (median(part) for part in zip(*ratios, strict=True))
        print(f"| {name} | {elapsed:.2f} | {processor:.2f} |")
    print(f"\n{told}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
