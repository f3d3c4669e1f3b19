"""The register of reforms: every one a planner can name in a scenario."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from sim.reforms.base import PlaceReform, ProcessReform
from sim.reforms.capacity import ChangeStaff, OpenMore
from sim.reforms.decisions import (
    Automate,
    DecideOnPromise,
    File,
    GreenLane,
    Reassign,
    RegionalAssessment,
    Routing,
    SilentConsent,
)
from sim.reforms.fees import ChangeFees
from sim.reforms.fusion import Joint, Merge
from sim.reforms.limits import NationalRule, TimeLimit
from sim.reforms.order import Abolish, EarlyStart, Parallel
from sim.reforms.papers import DeferMaterials, Help, OneTimeNotice, OneWindow, Online, Prefill, ShareData
from sim.spec.base import Name

REFORMS: tuple[type[ProcessReform] | type[PlaceReform], ...] = (
    Parallel, EarlyStart, DeferMaterials, DecideOnPromise, ShareData, OneWindow, Merge, Joint, Abolish, File,
    TimeLimit, NationalRule, RegionalAssessment, Automate, SilentConsent, OneTimeNotice, Prefill, Help, Online,
    GreenLane, Routing, Reassign, ChangeFees, ChangeStaff, OpenMore,
)  # fmt: skip
"""Every reform; a new one is one class and its name here."""

REFORM_NAMES: Mapping[str, Name] = {name.zh: name for reform in REFORMS for name in reform.names()}
"""How a scenario writes a reform → what it is called."""
PLACE = "place"
CHANGED_BY: Mapping[str, Name] = {**REFORM_NAMES, PLACE: Name(zh="地点另设", en="change of the place")}
"""What changes a value of a variant: its reforms, and what its place has otherwise."""


def official(written: str) -> str:
    """The name that a reform goes by that is written in English or by another name; any other text as it is."""
    return _OFFICIAL.get(_plain(written), written)


def _plain(text: str) -> str:
    """A name without what writers of it differ in: capitals, and `_` or `-` for a space."""
    return re.sub(r"[\s_-]+", " ", text.strip().casefold())


OTHER_NAMES: Mapping[str, str] = {name: zh for reform in REFORMS for name, zh in reform.other_names().items()}
"""Every other name by which a scenario may write a reform → the one that it goes by."""
_OFFICIAL = {_plain(name): zh for name, zh in OTHER_NAMES.items()}

if TYPE_CHECKING:
    Reform = ProcessReform | PlaceReform
else:
    Reform = Annotated[Union[REFORMS], Field(discriminator="reform")]  # noqa: UP007  members known only now
