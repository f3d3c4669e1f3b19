"""Clerks at counters: where a reform has applications handed in elsewhere, clerks go along."""

from __future__ import annotations

from dataclasses import replace

from sim.core.draws import Draws
from sim.engine.shared import Shared
from sim.engine.staffing import derived_staff, pilot_luck
from sim.records.tables import WINDOW, Staff
from sim.scenario.prepared import Prepared, PreparedVariant


def staff_of(prepared: Prepared, pilot: Draws | None = None) -> Staff:
    """The officers that the demand before the reforms asks for, with the clerks of counters that come with a reform.

    Before the reforms hardly anything is handed in at a common counter, so that what is derived from that state is a
    single clerk there. Whoever stood at the windows that it takes the place of stands at it then: as many as its work
    asks for, at the utilisation assumed, in the variant in which most is handed in. Nobody is taken from other windows.
    `pilot` is the luck of the cases that are drawn for it.
    """
    pilot, shared = pilot or pilot_luck(), Shared()
    staff = derived_staff(prepared, pilot, shared)
    officers, before = dict(staff.officers), _counters(prepared.variants[0])
    set_by_hand = {(department, role) for department, role, _ in prepared.settings.officers}
    for variant in prepared.variants[1:]:
        if _counters(variant) - before:
            alone = derived_staff(replace(prepared, variants=(variant,)), pilot, shared).officers
            officers |= {
                key: max(officers[key], alone.get(key, 0))
                for key in officers
                if key[1] == WINDOW and key not in set_by_hand
            }
    return replace(staff, officers=officers)


def _counters(variant: PreparedVariant) -> set[str]:
    """The departments at whose windows something is handed in."""
    steps = (step for flows in variant.flows.values() for flow in flows for step in flow.process.steps.values())
    return {variant.place.acting(at) for step in steps if step.needs and (at := step.window or step.at)}
