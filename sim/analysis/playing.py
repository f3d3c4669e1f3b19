"""A variant played once, and by which player."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sim.core.draws import Draws
from sim.core.phases import phase
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.records.expected import expected_attempts
from sim.records.log import Log
from sim.records.tables import Staff, Tables
from sim.scenario.prepared import Prepared, PreparedVariant

if TYPE_CHECKING:
    from collections.abc import Callable

WORTH = 300_000
"""Attempts that SimPy plays in about the time that it takes to fetch the compiled player."""


def played(prepared: Prepared, variant: PreparedVariant, staff: Staff, draws: Draws,
           often: bool = False) -> tuple[Tables, Log]:  # fmt: skip
    """The tables of a variant and what happened when they were played.

    SimPy plays them; whoever plays `often` gets the compiled player once that is worth it. The log is the same.
    """
    with phase("programs"):
        tables = compile_variant(prepared, variant, staff, draws)
    with phase("play"):
        return tables, _chosen.play(tables) if often else simulate(tables)


class Chosen:
    """The player for those who play often: SimPy at first, then the compiled one, where it is there and knows how."""

    def __init__(self, worth: int = WORTH) -> None:
        self._left = worth

    def play(self, tables: Tables) -> Log:
        """What happens when some tables are played."""
        self._left -= expected_attempts(tables)
        log = compiled(tables) if self._left < 0 else None
        return simulate(tables) if log is None else log


_chosen = Chosen()


def compiled(tables: Tables) -> Log | None:
    """What the compiled player makes of some tables; None where it is not installed, or does not know all they hold."""
    quick = _fetched()
    return None if quick is None else quick(tables)


@cache
def _fetched() -> Callable[[Tables], Log | None] | None:
    try:
        from sim.engine.fast.player import simulate_if_known
    except ImportError:  # the optional part is not installed, or not for the NumPy that is
        return None
    return simulate_if_known
