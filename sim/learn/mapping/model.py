"""The mapping file: which table is of which kind, which column holds what, which text means which step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from sim.learn.happenings import HAPPENINGS
from sim.learn.mapping.forms import KINDS
from sim.spec.base import Id, Model, Text

if TYPE_CHECKING:
    KindId = str
    HappeningId = str
else:
    KindId = Literal[tuple(KINDS)]
    HappeningId = Literal[tuple(HAPPENINGS)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class MappedTable(Model):
    """One table of the export."""

    file: Text
    """The file, relative to this one, or the address of a database."""
    table: Text | None = None
    """The sheet or the table in it; the only one when left out."""
    kind: KindId
    """What kind of table it is."""
    encoding: Text | None = None
    """Encoding of a text file; found out when left out."""
    columns: Annotated[dict[str, Text], Field(min_length=1)]
    """Field of that kind → the name of its column."""
    attributes: dict[Id, Text] = {}
    """Attribute of a case → the column that holds it."""


class Mapping(Model):
    """What stands where in an export."""

    place: Id | None = None
    """The place whose hours count; eight hours a working day when left out."""
    process: Id | None = None
    """The process of the library that the steps belong to."""
    first: Day | None = None
    """First day of the export; that of its first row when left out."""
    last: Day | None = None
    """Last day of the export; that of its last row when left out."""
    tables: Annotated[tuple[MappedTable, ...], Field(min_length=1, strict=False)]
    """The tables."""
    statuses: dict[str, HappeningId] = {}
    """Text of a status → what happened, where the text does not say it by itself."""
    steps: dict[str, Id] = {}
    """Text of a step → its id; a text that is not named becomes a step of its own."""
    departments: dict[str, Id] = {}
    """Text of a department → its id; a text that is not named becomes one of its own."""
    online: Annotated[tuple[str, ...], Field(strict=False)] = (
        "2",
        "3",
        "网上",
        "线上",
        "在线",
        "网上申报",
        "电脑端",
        "移动端",
    )
    """Texts of a channel that mean: not in person (GB/T 39046, A.5: 2 and 3)."""
    promised: Annotated[tuple[str, ...], Field(strict=False)] = ("1", "是", "告知承诺", "true", "True", "Y")
    """Texts that mean: decided on a promise (告知承诺)."""
    last_steps: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Texts of the steps with which a case is over, in a table of events; guessed when left out."""
