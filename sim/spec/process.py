"""A government service as a graph of steps, materials and departments, and the catalogue of materials."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.spec.attributes import Attribute, Condition
from sim.spec.base import Id, Model, Name, Prose
from sim.spec.durations import Share
from sim.spec.limit import Bundle
from sim.spec.sources import Source, Sourced
from sim.spec.step import Step


class Fetched(Sourced):
    """数据共享: a material is fetched from a database instead of asked for."""

    fallback: Annotated[float, Field(ge=0, le=1)]
    """Share of calls that fail, after which the applicant hands it in."""


class Helped(Sourced):
    """帮办代办, 证前指导: fewer deficient materials."""

    factor: Annotated[float, Field(ge=0, le=1)]
    """What remains of each material's probability of being deficient."""


class Process(Model):
    """One service: its cases' attributes and its graph of steps."""

    id: Id
    """The file's name without its ending."""
    name: Name
    """What the service is called."""
    summary: Prose
    """What it covers, from where to where, in a line or two."""
    sources: dict[Id, Source] = {}
    """Sources used in this file only; the shared ones stand in processes/sources.yaml."""
    attributes: dict[Id, Attribute] = {}
    """In what cases differ."""
    urgent: Condition = {}
    """Cases that are served first at every queue (绿色通道); none when left out."""
    one_time_notice: bool = False
    """一次性告知: all faults of an application are told at once, instead of one at a time."""
    online: Share | None = None
    """Share of cases handled without a visit."""
    overdue: Share | None = None
    """Share of its decisions that overrun their limit, where a source states it; by the general rule when left out."""
    fetched: dict[Id, Fetched] = {}
    """Materials fetched from a database, with the evidence."""
    helped: Helped | None = None
    """帮办代办: helpers check materials before they are handed in."""
    bundles: dict[Id, Bundle] = {}
    """Limits over several steps together."""
    steps: Annotated[dict[Id, Step], Field(min_length=1)]
    """The steps."""
