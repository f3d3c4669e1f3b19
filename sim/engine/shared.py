"""What the variants of one replication have alike, made once: programs, and the files of other matters.

A program hangs on the steps it is of, on the luck of the cases, and on the numbers that a place answers with. Whoever
made it asked the place for them; where another place answers the same, the program is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from sim.core.arrays import Ints
from sim.engine.programs.lines import NumberedPlace
from sim.records.tables import Program
from sim.spec.durations import Duration
from sim.spec.sitting import Sitting

T = TypeVar("T")
Answer = tuple[str, tuple[object, ...], object]
"""What a place was asked, of what, and what it answered."""
MOST_KEPT = 1_000_000
"""Numbers that are kept for the next variant; what would be more, of a city's cases, is made again."""


class Asked:
    """A place that remembers what it answers."""

    def __init__(self, place: NumberedPlace) -> None:
        self._place, self.day = place, place.day
        self.answers: list[Answer] = []

    def gives(self, answers: Sequence[Answer]) -> bool:
        """Whether the place answers the same; it is asked in the same order, as far as it does."""
        return all(getattr(self._place, what)(*of) == found for what, of, found in answers)

    def _ask(self, what: str, *of: object) -> int:
        found: int = getattr(self._place, what)(*of)
        self.answers.append((what, of, found))
        return found

    def clock(self, duration: Duration, department: str = "") -> int:
        """As the place says."""
        return self._ask("clock", duration, department)

    def working(self, department: str) -> int:
        """As the place says."""
        return self._ask("working", department)

    def regular(self, department: str) -> bool:
        """As the place says."""
        return bool(self._ask("regular", department))

    def pool(self, department: str, role: str, staff: int) -> int:
        """As the place says."""
        return self._ask("pool", department, role, staff)

    def duty(self, department: str) -> int:
        """As the place says."""
        return self._ask("duty", department)

    def crew(self, wanted: Sequence[tuple[str, str, int]]) -> int:
        """As the place says."""
        return self._ask("crew", wanted)

    def sitting(self, sitting: Sitting, department: str, step: str) -> int:
        """As the place says."""
        return self._ask("sitting", sitting, department, step)


class Shared:
    """What has been made for the variants of one replication so far."""

    def __init__(self, most_kept: int = MOST_KEPT) -> None:
        self._programs: dict[Hashable, list[tuple[list[Answer], Program]]] = {}
        self._found: dict[Hashable, object] = {}
        self._equal: list[object] = []
        self._room = most_kept

    def program(self, key: Hashable, place: Asked, make: Callable[[], Program]) -> Program:
        """The program under a key that names all it hangs on but the luck and the place; `make` asks that place."""
        for answers, program in self._programs.get(key, ()):
            if place.gives(answers):
                return program
        place.answers = []
        program = make()
        self._room -= sum(len(numbers) for numbers in _by_case(program) if numbers.strides != (0,))
        if self._room >= 0:
            self._programs.setdefault(key, []).append((place.answers, program))
        return program

    def number(self, of: object) -> int:
        """The number of what is equal to this."""
        if of not in self._equal:
            self._equal.append(of)
        return self._equal.index(of)

    def once(self, key: Hashable, find: Callable[[], T]) -> T:
        """What is found under a key that names all it hangs on but the luck."""
        if key not in self._found:
            self._found[key] = find()
        found: T = self._found[key]  # type: ignore[assignment]
        return found


def _by_case(program: Program) -> Iterator[Ints]:
    """The numbers by case of the lines of a program, which are nearly all of it."""
    return (line.seconds for section in (program.lines, *program.branches) for line in section)
