"""The register of reforms: every one a planner can name in a scenario."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.reforms.capacity import AddStaff, OpenMore
from sim.reforms.decisions import Automate, DecideOnPromise, File, GreenLane, Reassign, RegionalAssessment, Routing
from sim.reforms.fusion import Joint, Merge
from sim.reforms.limits import NationalRule, TimeLimit
from sim.reforms.order import Abolish, EarlyStart, Parallel
from sim.reforms.papers import DeferMaterials, Help, OneTimeNotice, OneWindow, Online, Prefill, ShareData

REFORMS = (
    Parallel, EarlyStart, DeferMaterials, DecideOnPromise, ShareData, OneWindow, Merge, Joint, Abolish, File,
    TimeLimit, NationalRule, RegionalAssessment, Automate, OneTimeNotice, Prefill, Help, Online, GreenLane,
    Routing, Reassign, AddStaff, OpenMore,
)  # fmt: skip
"""Every reform; a new one is one class and its name here and in `Reform`."""


Reform = Annotated[
    Parallel | EarlyStart | DeferMaterials | DecideOnPromise | ShareData | OneWindow | Merge | Joint | Abolish | File
    | TimeLimit | NationalRule | RegionalAssessment | Automate | OneTimeNotice | Prefill | Help | Online | GreenLane
    | Routing | Reassign | AddStaff | OpenMore,
    Field(discriminator="reform"),
]  # fmt: skip
