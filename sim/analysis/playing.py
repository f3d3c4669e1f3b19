"""A variant played once."""

from __future__ import annotations

from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.records.log import Log
from sim.records.tables import Staff, Tables
from sim.scenario.prepared import Prepared, PreparedVariant


def played(prepared: Prepared, variant: PreparedVariant, staff: Staff, draws: Draws) -> tuple[Tables, Log]:
    """The tables of a variant and what happened when they were played."""
    tables = compile_variant(prepared, variant, staff, draws)
    return tables, simulate(tables)
