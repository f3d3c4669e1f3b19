"""What a case asks of the applicant: dealings, papers, forms, visits."""

from __future__ import annotations

import numpy as np

from sim.records.frames import Records
from sim.records.measures.base import Values, asked, measure, ratio
from sim.spec.scope import Scope


@measure("环节", "Touchpoints", "touchpoints")
def touchpoints(records: Records, scope: Scope) -> Values:
    """Dealings of the applicant with an outside body; internal steps are none."""
    return asked(records, scope, records.by_attempt(lambda node: node.touchpoint))


@measure("材料", "Materials", "materials")
def materials(records: Records, scope: Scope) -> Values:
    """Papers the applicant hands in, each once per form."""
    return asked(records, scope, records.attempts["papers"].to_numpy())


@measure("跑动", "Visits", "visits")
def trips(records: Records, scope: Scope) -> Values:
    """Visits in person, corrections and inspections to attend included."""
    return _visits(records, scope)


@measure("表单", "Forms", "forms")
def forms(records: Records, scope: Scope) -> Values:
    """Forms the applicant fills in."""
    return asked(records, scope, records.by_attempt(lambda node: node.submission))


@measure("免填写占比", "Prefilled share", "share")
def prefilled_share(records: Records, scope: Scope) -> Values:
    """Share of the form fields that are filled in for the applicant."""
    total = asked(records, scope, records.by_attempt(lambda node: node.fields[0]))
    filled = asked(records, scope, records.by_attempt(lambda node: node.fields[1]))
    return ratio(filled, total)


@measure("不见面占比", "No-visit share", "share")
def no_visit_share(records: Records, scope: Scope) -> Values:
    """Share of the cases without any visit."""
    return np.where(_visits(records, scope) == 0, 1.0, 0.0)


@measure("最多跑一次占比", "One-visit share", "share")
def one_visit_share(records: Records, scope: Scope) -> Values:
    """Share of the cases with at most one visit."""
    return np.where(_visits(records, scope) <= 1, 1.0, 0.0)


def _visits(records: Records, scope: Scope) -> Values:
    return asked(records, scope, records.attempts["visits"].to_numpy(), again=True)
