"""What a replication costs, made by itself and with others at once: processor seconds by phase, from one run."""

from __future__ import annotations

import argparse
from pathlib import Path

from sim.analysis.depth import Depth
from sim.analysis.playing import compiled
from sim.analysis.replications import replicate_together
from sim.core.draws import Draws
from sim.core.phases import HERE
from sim.engine.compile import compile_variant
from sim.engine.counters import staff_of
from sim.scenario.desk import Desk

ROOT = Path(__file__).parents[2]
SHOWN = ("programs", "play", "statistics")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="ordinary_private_building")
    parser.add_argument("--runs", type=int, default=10, help="replications of each kind")
    parser.add_argument("--together", type=int, default=5, help="replications that are made at once")
    asked = parser.parse_args()
    prepared = Desk(ROOT).prepare(asked.scenario)
    staff, numbers = staff_of(prepared), range(1, 1 + asked.runs)
    compiled(compile_variant(prepared, prepared.variants[0], staff, Draws(1, 0)))  # the player is there, and warm

    def spent(at_once: int) -> dict[str, float]:
        HERE.taken()
        for n in numbers[::at_once]:
            replicate_together(prepared, staff, 1, numbers[n - 1 : n - 1 + at_once], True, Depth.FIGURES)
        return {phase: 1000 * HERE.seconds.get(phase, 0.0) / asked.runs for phase in SHOWN}

    alone, together = spent(1), spent(asked.together)
    print(
        f"| ms of one replication, {len(prepared.variants)} variants | by itself | {asked.together} at once | ratio |"
    )
    print("| --- | ---: | ---: | ---: |")
    for name, one, other in (*((p, alone[p], together[p]) for p in SHOWN), ("all", *map(total, (alone, together)))):
        print(f"| {name} | {one:.0f} | {other:.0f} | {one / other:.2f} |")


def total(spent: dict[str, float]) -> float:
    """All phases together."""
    return sum(spent.values())


if __name__ == "__main__":
    main()
