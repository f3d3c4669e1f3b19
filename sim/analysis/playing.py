"""A variant played once, and by which player."""

from __future__ import annotations

import sys
from functools import cache, cached_property
from typing import TYPE_CHECKING

from sim.core.cache import alone
from sim.core.draws import Draws, Several
from sim.core.phases import phase
from sim.engine.compile import compile_together, compile_variant
from sim.engine.fast.ready import PLAYER, lies_ready, note_played, played_before
from sim.engine.play import simulate
from sim.engine.shared import Shared
from sim.records.expected import expected_attempts
from sim.records.log import Log
from sim.records.tables import Staff, Tables
from sim.scenario.prepared import Prepared, PreparedVariant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMPILED, FETCHED = 200_000, 500
"""Attempts that SimPy plays in about the time that it takes to compile the compiled player, and to fetch it when its
machine code lies ready."""


def played(prepared: Prepared, variant: PreparedVariant, staff: Staff, draws: Draws,
           often: bool = False, shared: Shared | None = None) -> tuple[Tables, Log]:  # fmt: skip
    """The tables of a variant and what happened when they were played.

    SimPy plays them; whoever plays `often` gets the compiled player once that is worth it. The log is the same. What
    variants of a scenario that are played with the same luck have alike is made once where it is `shared`.
    """
    with phase("programs"):
        tables = compile_variant(prepared, variant, staff, draws, shared)
    return tables, happened(tables, often)


def played_together(prepared: Prepared, variant: PreparedVariant, staff: Staff, luck: Several,
                    shared: Shared | None = None) -> Iterator[tuple[Tables, Log]]:  # fmt: skip
    """Yield the tables of a variant in replications that are made at once, and what happens; for who plays often."""
    with phase("programs"):
        made = compile_together(prepared, variant, staff, luck, shared or Shared()).each
    for tables in made:
        yield tables, happened(tables, often=True)


def happened(tables: Tables, often: bool, sure: int = 0) -> Log:
    """What happens when some tables are played, by whoever plays `often` or not.

    So many attempts in all are `sure` to be played with these, here or in other processes.
    """
    with phase("play"):
        return _chosen.play(tables, sure) if often else simulate(tables)


class Chosen:
    """The player for those who play often: the compiled one once it is worth its price, where it knows how.

    Where so much is sure to come, it is the compiled one at once. Else nobody knows how much is still to come: SimPy
    plays until it has taken as long as the other takes to be had, in this process and those before it, so that both
    together never take more than twice as long as the better choice. `worth` are the attempts until then.
    """

    def __init__(self, worth: int | None = None) -> None:
        self._worth, self._played = worth, 0

    def play(self, tables: Tables, sure: int = 0) -> Log:
        """What happens when some tables are played, where so many attempts are sure to be played in all."""
        attempts = expected_attempts(tables)
        self._played += attempts
        log = self._quickly(tables) if max(self._played, sure) > self._price() else None
        if log is not None:
            return log
        note_played(attempts)
        return simulate(tables)

    def _price(self) -> int:
        """Attempts that SimPy plays meanwhile: none where the other is in memory, as in copies of a process with it."""
        if self._worth is not None:
            return self._worth
        if PLAYER in sys.modules:
            return 0
        return FETCHED if lies_ready() else COMPILED - self._before

    @cached_property
    def _before(self) -> int:
        """Attempts that earlier processes have played."""
        return played_before()

    def _quickly(self, tables: Tables) -> Log | None:
        """What the compiled player makes of some tables; SimPy goes on while another process compiles it."""
        if PLAYER in sys.modules or lies_ready():
            return compiled(tables)
        with alone("compiling") as first:
            return compiled(tables) if first else None


_chosen = Chosen()


def fetch_ready() -> None:
    """Have the compiled player in memory if its machine code lies ready; copies of this process have it then."""
    if lies_ready():
        _fetched()


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
