"""The catalogue of materials (申请材料) that all processes share."""

from __future__ import annotations

from typing import Literal

from sim.spec.base import Id, Model, Name
from sim.spec.durations import Deficiency, Duration
from sim.spec.sources import Source


class Material(Model):
    """A material (申请材料) in the catalogue that all processes share."""

    name: Name
    """What the material is called."""
    issuer: Literal["applicant", "agency", "certificate"]
    """Who makes it: the applicant, an agency (设计, 测绘), or an office (证照批文)."""
    deferrable: bool = False
    """Whether it is a secondary material that may be supplied after acceptance (容缺)."""
    shareable: bool = False
    """Whether a database holds it, so that it need not be asked for."""
    deficiency: Deficiency | None = None
    """Probability that it is deficient when handed in; by its issuer when left out."""
    prepare: Duration | None = None
    """Applicant's time to get it ready; by its issuer when left out."""


class Catalogue(Model):
    """All materials, once each."""

    sources: dict[Id, Source] = {}
    """Sources used in this file."""
    materials: dict[Id, Material]
    """The materials."""
