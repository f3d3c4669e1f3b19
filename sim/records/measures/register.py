"""Every measure of a case, in the order in which they are told."""

from __future__ import annotations

from sim.core.arrays import np
from sim.core.register import register
from sim.records.frames import Records
from sim.records.measures.base import Measure, Values
from sim.records.measures.counts import (
    corrections,
    fees,
    forms,
    materials,
    no_visit_share,
    one_visit_share,
    prefilled_share,
    touchpoints,
    trips,
)
from sim.records.measures.limits import cut_share, promised_days, statutory_days
from sim.records.measures.on_time import on_time_share
from sim.records.measures.outcomes import (
    deemed_share,
    extended_share,
    lapsed_share,
    parallel_share,
    refused_days,
    refused_share,
    returned_share,
    revoked_share,
    tacit_share,
)
from sim.records.measures.times import (
    applicant_days,
    before_acceptance_days,
    calendar_days,
    counted_days,
    counted_path_days,
    elapsed_days,
)
from sim.records.measures.volumes import open_cases, services, sunday_cases, yearly_cases
from sim.spec.scope import Scope

MEASURES = register((
    counted_days, counted_path_days, elapsed_days, calendar_days, promised_days, statutory_days,
    applicant_days, before_acceptance_days, touchpoints, materials, trips, corrections,
    fees, forms, prefilled_share, no_visit_share, one_visit_share,
    parallel_share, on_time_share, revoked_share, returned_share, refused_share, refused_days, deemed_share,
    extended_share, lapsed_share, tacit_share,
    cut_share, services, yearly_cases, sunday_cases, open_cases,
))  # fmt: skip
"""Every measure, by its id; a new one is one record and its name here."""


def values(name: str, records: Records, scope: Scope) -> Values:
    """One number per measured case that the scope speaks of; not-a-number where there is none."""
    return records.once(_values, scope, MEASURES[name])


def _values(records: Records, measure: Measure, scope: Scope) -> Values:
    found = measure.of(records, scope) if measure.of_all else records.by_each(_of_each, scope, measure)
    if measure.time:
        found = np.where(records.granted, found, np.nan)
    chosen = records.holding(scope.when)[records.of_cases["case"]]
    numbers: Values = np.asarray(found, dtype=float)[chosen]
    return numbers


def _of_each(records: Records, measure: Measure, scope: Scope) -> Values:
    return measure.of(records, scope)
