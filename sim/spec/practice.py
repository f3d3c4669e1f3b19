"""The practice rule: how offices and applicants act where no source says it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.spec.base import Id, Model, Prose
from sim.spec.bounds import TIMES
from sim.spec.durations import Deficiency, Duration, Factor, Share
from sim.spec.sources import Source, Sourced


class ByIssuer(Model):
    """A time for each maker of materials."""

    applicant: Duration
    """Materials the applicant makes."""
    agency: Duration
    """Materials an agency makes."""
    certificate: Duration
    """Certificates of an office."""


class DeficiencyByIssuer(Model):
    """A chance of being deficient for each maker of materials."""

    applicant: Deficiency
    """Materials the applicant makes."""
    agency: Deficiency
    """Materials an agency makes."""
    certificate: Deficiency
    """Certificates of an office."""


class Visits(Sourced):
    """Visits of an applicant who comes in person."""

    submit: Annotated[int, Field(ge=0, le=TIMES)]
    """Visits to hand in an application."""
    correct: Annotated[int, Field(ge=0, le=TIMES)]
    """Visits per round of corrections."""
    collect: Annotated[int, Field(ge=0, le=TIMES)]
    """Visits to collect the result."""


class Section(Sourced):
    """The officers of one section (科室)."""

    officers: Annotated[int, Field(ge=1)]
    """How many there are at least in each role of a department."""


class Practice(Model):
    """The one rule for how offices and applicants act where no source says it, the same before and after."""

    summary: Prose
    """The rule in words."""
    sources: dict[Id, Source] = {}
    """Its assumptions, with their reasons and ranges."""
    pace: Factor
    """Share of its limit that an office takes from acceptance to decision."""
    paces: dict[Id, dict[Id, Factor]] = {}
    """Process → step → its own share of the limit, where records of the place tell it."""
    overdue: Share
    """Share of the decisions that overrun the limit, where a process states none of its own."""
    overrun: Factor
    """How far an overrun goes, as a factor of the limit."""
    work_share: Share
    """Share of the handling time in which officers work on the case; the rest is circulation."""
    check: Duration
    """Window's time to check an application for completeness."""
    other_file: Duration | None = None
    """Officers' work on one file of matters outside a scenario; at a window it is `check`. Without it, officers have
    nothing else to do."""
    section: Section | None = None
    """Officers that a department has at least where a place states only how busy they are, for each department whose
    business it does; at a window as many as its work asks for. One when left out."""
    prepare: ByIssuer
    """Applicant's time to get one material ready."""
    deficiency: DeficiencyByIssuer
    """Probability that one material is deficient when handed in."""
    correction: Duration
    """Applicant's time to put deficient materials right, per round."""
    visits: Visits
    """Visits per submission."""
