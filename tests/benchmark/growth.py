"""How time and memory of a comparison grow with the steps of a process and with its cases.

    python -m tests.benchmark.growth

prints a Markdown page. Each line is a run of its own, with two replications on one process and its whole report; the
exponent is that of the line above: 1 where twice as many take twice as long. Seconds are those of the processor.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from math import log
from pathlib import Path
from typing import NamedTuple

from tests.bare import FILES, HEAD, QUESTION, bare_library

ROOT = Path(__file__).parents[2]
STEPS, CASES = (100, 300, 1000), (200, 1000, 5000)
FEW = 5
"""Cases of the long chains."""


class Run(NamedTuple):
    """What one comparison took."""

    seconds: float
    megabytes: float


def chain(steps: int, cases: int) -> dict[str, str]:
    """The smallest library with a chain of steps of a minute each, and so many cases of it."""
    lines = [
        f"  s{i}: {{name: {{zh: 步, en: Step}}, at: bureau, limit: {{statutory: {{minutes: 1, source: act}}}}"
        + (f", after: {{s{i - 1}: order}}}}\n" if i else "}\n")
        for i in range(steps)
    ]
    question = QUESTION.replace("per_year: 200, cases: 5", f"per_year: 5000, cases: {cases}")
    return {"processes/g/p.yaml": HEAD + "steps:\n" + "".join(lines), "scenarios/q.yaml": question}


def crowd(cases: int) -> dict[str, str]:
    """The smallest library with so many cases, before and after its reform."""
    question = FILES["scenarios/q.yaml"].replace("per_year: 200, cases: 5", f"per_year: 5000, cases: {cases}")
    return {"scenarios/q.yaml": question}


def measured(changed: Mapping[str, str]) -> Run:
    """What a comparison of the library with these files takes."""
    with tempfile.TemporaryDirectory() as folder:
        root = bare_library(Path(folder), changed)
        words = ["--root", str(root), "compare", "q", "--runs", "2", "--workers", "1", "--out", str(root / "out")]
        process = subprocess.Popen([sys.executable, "run.py", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"a run ended with {status}")
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def lines(what: str, runs: Mapping[int, Run]) -> Iterator[str]:
    """A line per size."""
    sizes = list(runs)
    for size, above in zip(sizes, [None, *sizes], strict=False):
        grown = f"{log(runs[size].seconds / runs[above].seconds) / log(size / above):.1f}" if above else ""
        yield f"| {size:,} {what} | {runs[size].seconds:.1f} | {grown} | {runs[size].megabytes:.0f} |"


def main() -> None:
    """Print the page."""
    print("| | seconds | exponent | MB |\n| --- | ---: | ---: | ---: |")
    for line in lines("steps in a chain", {steps: measured(chain(steps, FEW)) for steps in STEPS}):
        print(line)
    for line in lines("cases of two steps, before and after", {cases: measured(crowd(cases)) for cases in CASES}):
        print(line)


if __name__ == "__main__":
    main()
