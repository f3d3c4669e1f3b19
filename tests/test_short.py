"""Programs keep their numbers in four bytes each, as they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.programs.lines import all_of
from sim.engine.programs.short import short
from sim.engine.staffing import derived_staff
from sim.records.log import LATEST

from .mechanisms import SPECS
from .mechanisms import Spec as Mechanism


def test_numbers_stay_as_they_are() -> None:
    """Whether there is one for each case or one for all, which then lies there once."""
    numbers = np.array([-1, 0, 700_000_000, LATEST])
    assert short(numbers).tolist() == numbers.tolist()
    same = short(all_of(86_400, 5))
    assert (same.dtype, same.strides, same.tolist()) == (np.int32, (0,), [86_400] * 5)
    assert short(np.empty(0, dtype=np.int64)).tolist() == short(all_of(1, 0)).tolist() == []


def test_a_time_that_no_log_can_tell_is_the_longest_that_it_can() -> None:
    """A draw of a thousand years ends beyond every calendar, and is refused there."""
    years = np.array([1_000 * 366 * 86_400, 60])
    assert short(years).tolist() == [LATEST, 60]
    assert short(all_of(int(years[0]), 2)).tolist() == [LATEST, LATEST]


def arrays(part: Any) -> Iterator[np.ndarray]:
    """Every array of whole numbers in a part of a program."""
    if isinstance(part, np.ndarray):
        yield from [part] if part.dtype.kind == "i" else ()
    elif is_dataclass(part):
        for field in fields(part):
            yield from arrays(getattr(part, field.name))
    elif isinstance(part, list | tuple):
        for one in part:
            yield from arrays(one)


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_program_has_no_wider_numbers(spec: Mechanism) -> None:
    """First attempts and later ones of every mechanism of the language."""
    prepared = spec.prepared()
    for variant in prepared.variants:
        for flow in compile_variant(prepared, variant, derived_staff(prepared), Draws(1, 0)).flows:
            for node in range(len(flow.nodes)):
                kinds = {numbers.dtype for nth in (0, 1) for numbers in arrays(flow.program(node, nth))}
                assert kinds <= {np.dtype(np.int32)}
