"""What stands for a job and all that decides it: alike where everything in it is, and else not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import cached_property, partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.core.fingerprint import fingerprint
from sim.scenario.desk import load, prepare

ROOT = Path(__file__).parents[1]


class Colour(Enum):
    """Two that hold the same sort of thing."""

    RED = 1
    BLUE = 2


@dataclass
class Case:
    """A number, what it has found out, and what does not count."""

    number: int
    notes: list[str] = field(default_factory=list, compare=False)

    @cached_property
    def doubled(self) -> int:
        """Twice the number."""
        return 2 * self.number


class Bag:
    """What holds whatever it is given."""

    def __init__(self, **held: Any) -> None:
        vars(self).update(held)


class Making(Mapping[int, Case]):
    """A mapping of 50 numbers to what is made of each whenever it is asked for."""

    def __init__(self, make: Callable[[int], Case]) -> None:
        self.make = make

    def __getitem__(self, key: int) -> Case:
        return self.make(key)

    def __iter__(self) -> Iterator[int]:
        return iter(range(50))

    def __len__(self) -> int:
        return 50


DIFFERENT: list[Any] = [
    None, 0, 1, True, 1.0, 0.1, -0.0, 0.0, "1", b"1", "", (), [], {}, set(), (1,), [1], (1, 2), ((1,), 2), (1, (2,)),
    {1: 2}, {1: 2, 3: 4}, {3: 4, 1: 2}, {1, 2}, {1, 3}, frozenset({1, 2}), date(2025, 3, 3), datetime(2025, 3, 3),
    Path("a"), Colour.RED, Colour.BLUE, Case(1), Case(2), Bag(number=1), Bag(number=2), Bag(other=1), Case, Bag,
    combinations, fingerprint, np.array([1, 2]), np.array([1, 3]), np.array([[1, 2]]), np.array([1, 2], dtype=np.int32),
    "ab", ("a", "b"), ("ab", ""), ("", "ab"),
]  # fmt: skip


def test_things_that_differ_in_anything_have_different_ones() -> None:
    """In kind, value, order, shape or where one part ends and the next begins; each with each."""
    alike = [(a, b) for a, b in combinations(DIFFERENT, 2) if fingerprint(a) == fingerprint(b)]
    assert alike == []


def test_sets_have_no_order() -> None:
    """However they were filled."""
    words = [str(n) for n in range(100)]
    assert fingerprint(set(words)) == fingerprint({*words[50:], *words[:50]})


def test_what_an_object_has_found_out_does_not_count() -> None:
    """A cached property, and a field that does not count where two are compared."""
    fresh, used = Case(1), Case(1, ["seen"])
    assert used.doubled == 2
    assert fingerprint(fresh) == fingerprint(used)


def test_things_made_on_the_way_are_not_mixed_up() -> None:
    """A mapping that makes its values as it is read, so that each could take the place in memory of the one before."""
    assert fingerprint(Making(Case)) == fingerprint(Making(Case))
    assert fingerprint(Making(Case)) != fingerprint(Making(lambda _: Case(0)))


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (partial(max, 1), "functools.partial has no parts that could be told"),
        (lambda: 1, "builtins.function has no parts that could be told"),
        (iter([1]), "builtins.list_iterator has no parts that could be told"),
        (np.random.default_rng(1), "numpy.random._generator.Generator has no parts that could be told"),
        (np.array([None]), "numpy.ndarray has no parts that could be told"),
    ],
)
def test_what_hides_its_parts_is_refused(thing: Callable[..., Any], message: str) -> None:
    """Two of them could differ where nobody sees it."""
    with pytest.raises(TypeError) as error:
        fingerprint(thing)
    assert str(error.value) == message


def test_a_scenario_has_the_same_in_every_process() -> None:
    """Whatever the order in which that process puts its sets; one with another number in it has another."""
    script = "from tests.test_fingerprint import of_a_scenario; print(of_a_scenario())"
    told = [
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout.strip()
        for seed in ("1", "2")
    ]  # fmt: skip
    assert told == [of_a_scenario()] * 2
    assert of_a_scenario("after.数据共享.fallback=0.2") != told[0]


def of_a_scenario(*settings: str) -> str:
    """The fingerprint of a scenario of the small library, with what is tried there."""
    return fingerprint(prepare("faster", load(ROOT / "tests/library"), settings))
