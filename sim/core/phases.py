"""Where the time of a command goes: processor seconds of every phase, here and in the processes that work for it.

They are told beside how long it took, for on a busy machine a command waits for others too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import process_time
from typing import Literal, get_args

Phase = Literal[
    "library",
    "programs",
    "play",
    "statistics",
    "verdicts",
    "worlds",
    "coalitions",
    "remedies",
    "doubts",
    "charts",
    "page",
    "files",
    "screen",
]
"""What a command spends its time on, in the order in which it comes there."""
PHASES: tuple[Phase, ...] = get_args(Phase)
WHOLE: tuple[Phase, ...] = ("worlds", "coalitions", "remedies", "doubts")
"""Phases that are told as a whole, with all the playing in them."""


@dataclass
class Spent:
    """Seconds by phase, those of a phase inside another not counted twice."""

    seconds: dict[Phase, float] = field(default_factory=dict)
    _under_way: list[Phase] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def phase(self, name: Phase) -> Iterator[None]:
        """Spend the time of a block on a phase; what is played for a remedy or a doubt is that phase's."""
        if self._under_way and self._under_way[0] in WHOLE:
            yield
            return
        self._turn()
        self._under_way.append(name)
        try:
            yield
        finally:
            self._turn()
            self._under_way.pop()

    def add(self, seconds: Mapping[Phase, float]) -> None:
        """Add what was spent elsewhere."""
        for name, more in seconds.items():
            self.seconds[name] = self.seconds.get(name, 0.0) + more

    def taken(self) -> dict[Phase, float]:
        """Return what was spent, and begin anew."""
        found, self.seconds = self.seconds, {}
        return found

    def begin(self) -> None:
        """Begin anew: nothing is spent, and nothing under way."""
        self.seconds = {}
        self._under_way.clear()

    def _turn(self) -> None:
        """Count what has passed since the last turn to the phase that was under way."""
        now = process_time()
        if self._under_way:
            self.add({self._under_way[-1]: now - self._since})
        self._since = now


HERE = Spent()
"""What this process spends."""
ELSEWHERE = Spent()
"""What the processes that work for this one spend, all together."""
phase = HERE.phase


def begin() -> None:
    """Begin anew: nothing is spent yet."""
    HERE.begin()
    ELSEWHERE.begin()


def table(elapsed: float) -> str:
    """Return a line for each phase: processor seconds here and elsewhere; `elapsed` is how long it all took."""
    lines = [f"{'processor':12}{'here':>8}{'workers':>9}"]
    for name in PHASES:
        here, elsewhere = HERE.seconds.get(name, 0.0), ELSEWHERE.seconds.get(name, 0.0)
        if here or elsewhere:
            lines.append(_line(name, here, elsewhere))
    whole, working = process_time(), sum(ELSEWHERE.seconds.values())
    lines.append(_line("other", whole - sum(HERE.seconds.values()), 0.0))
    lines.append(_line("whole", whole, working))
    lines.append(f"{elapsed:.2f} seconds have passed")
    return "\n".join(lines)


def _line(name: str, here: float, elsewhere: float) -> str:
    return f"{name:12}{here:8.2f}{elsewhere:9.2f}"
