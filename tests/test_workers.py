"""A map on several processes gives what one process gives, in order."""

from __future__ import annotations

import pytest

from sim.core.workers import mapper


def times(factor: int, number: int) -> int:
    """The product; module level, so that another process finds it."""
    if number == 13:
        raise ValueError("thirteen")
    return factor * number


@pytest.mark.parametrize("workers", [1, 2])
def test_items_come_back_in_order(workers: int) -> None:
    """The order is that of the items, whichever is done first."""
    with mapper(workers, times, 3) as run:
        assert list(run([5, 1, 4])) == [15, 3, 12]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_comes_back_as_it_was(workers: int) -> None:
    """What goes wrong in a worker goes wrong here."""
    with mapper(workers, times, 3) as run, pytest.raises(ValueError, match="thirteen"):
        list(run([1, 13]))
