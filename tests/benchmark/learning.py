"""How often the intervals that `learn` gives hold a city's hidden parameters; `python -m tests.benchmark.learning`.

A hundred years of records are played with other luck, written as GB/T 39046 or as SPGL_* with the traps of vendors,
read back and measured. Minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from sim.learn.days import days_of
from sim.learn.measuring.everything import learn
from sim.learn.measuring.quantities import Learnt
from sim.learn.replay import replay
from sim.learn.writing.exports import gbt, spgl

from ..city import PER_YEAR, city, read_back, year
from ..test_learn_measuring import STAFF, TRUTH

REPEATS = 100
WANTED = {**TRUTH, **STAFF, ("arrivals", ""): PER_YEAR}
FORMS = {"gbt39046": gbt, "spgl3 with traps": lambda found: spgl(found, 3, traps=True)}


def found(seed: int, form: str) -> dict[tuple[str, str], Learnt]:
    """What one year of records tells of every parameter."""
    with TemporaryDirectory() as folder:
        log = read_back(FORMS[form](year.__wrapped__(seed)), Path(folder))
    learnt = learn(replay(log, days_of(city(cases=1).variants[0].place))).learnt
    return {(x.quantity, x.scope): x for x in learnt if (x.quantity, x.scope) in WANTED}


def rows(form: str, repeats: int) -> Iterator[str]:
    """A line for each parameter: told, held by the interval, within a tenth, either of the two."""
    years = [found(seed, form) for seed in range(1, repeats + 1)]
    for key, truth in WANTED.items():
        told = [x for x in (y.get(key) for y in years) if x is not None and x.told]
        if not told:
            yield f"| {' '.join(key)} | {truth:.3g} | cannot be told | | | |"
            continue
        holds = np.array([x.low - 1e-9 <= truth <= x.high + 1e-9 for x in told])
        near = np.array([abs(x.value / truth - 1) <= 0.1 for x in told])
        mean = np.mean([x.value for x in told])
        shares = " | ".join(f"{part.mean():.0%}" for part in (holds, near, holds | near))
        yield f"| {' '.join(key)} | {truth:.3g} | {mean:.3g} | {shares} |"


def main() -> None:
    """Print a table for each form."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    for form in FORMS:
        sys.stdout.write(f"\n{form}\n\n| parameter | truth | mean found | interval holds | within 10 % | either |\n")
        sys.stdout.write("| --- | ---: | ---: | ---: | ---: | ---: |\n")
        sys.stdout.writelines(f"{row}\n" for row in rows(form, repeats))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
