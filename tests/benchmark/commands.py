"""How long the commands take, against the import of the libraries that they compute and draw with.

    python -m tests.benchmark.commands [ROUNDS]

prints a Markdown table and the phases of the last whole comparison. One round is an import of numpy, pandas,
scipy.stats and matplotlib in a fresh process, and then each command, in a process of its own on a copy of the library;
what is told is the median over the rounds, elapsed and in processor time with all processes, as a multiple of the
import of the same round. Processor time carries over to a machine with other work to do, elapsed time does not.
Where nothing is known, no file is; the machine code of the compiled player lies ready, as it does once it was made.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sim.core import cache

ROOT = Path(__file__).parents[2]
ROUNDS = 3
IMPORT = (sys.executable, "-c", "import numpy, pandas, scipy.stats, matplotlib")
SCENARIO = "ordinary_private_building"
FORGOTTEN = ("right", "read", "font-*", "unfinished")
"""What else is in a cache."""
PROCESS = Path("processes/construction/ordinary_private_building.yaml")


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

    def make_ready(self) -> None:
        """Take the machine code of the compiled player from the user's own cache, where it is made if need be."""
        subprocess.run((sys.executable, "-c", "import sim.engine.fast.player"), cwd=ROOT, check=True)
        own = cache.folder()
        if own and own.is_dir():
            shutil.copytree(own, self.root / "made" / cache.NAME, ignore=shutil.ignore_patterns(*FORGOTTEN))

    def forget(self) -> None:
        """Leave nothing else in the cache."""
        shutil.rmtree(self.root / "cache", ignore_errors=True)
        shutil.copytree(self.root / "made", self.root / "cache")

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
        """Run a command."""
        command = (sys.executable, "run.py", "--root", str(self.root), *words, "--timings")
        return took(command, cwd=ROOT, env=self._environment())

    def _environment(self) -> dict[str, str]:
        """As it is, but for the cache, and with compiled modules as an installed program has them."""
        own = {"XDG_CACHE_HOME": str(self.root / "cache")}
        return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


def took(command: Sequence[str], **options: Any) -> Took:
    """What a command takes with all processes that it waits for, which are all that it begins here."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True, **options)
    elapsed, after = perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(elapsed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stderr)


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
            base, own = took(IMPORT), desk.call(*words)
            found.setdefault(name, []).append((own.elapsed / base.elapsed, own.processor / base.processor))
            told = own.told
    return found, told


def main(rounds: int = ROUNDS) -> None:
    """Print the table and the phases."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for part in ("processes", "scenarios"):
            shutil.copytree(ROOT / part, root / part)
        desk = Desk(root)
        desk.make_ready()
        found, told = measured(desk, rounds)
    print("| against the import | elapsed | processor |\n| --- | ---: | ---: |")
    for name, ratios in found.items():
        elapsed, processor = (median(part) for part in zip(*ratios, strict=True))
        print(f"| {name} | {elapsed:.2f} | {processor:.2f} |")
    print(f"\n{told}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
