"""The records of a city in one form: what happened to which application when. No name of a person is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.learn.moments import day_of

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Origin:
    """A file that was read."""

    file: str
    table: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Item:
    """What a list of items says of a step."""

    name: str
    limit: float
    before: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True)
class Log:
    """What happened."""

    events: pd.DataFrame
    """A row a happening, by application and time: `application`, `what`, `moment`, `dated`, `officer`, -1 for nobody,
    `activity`, -1 for none, `end`, the moment at which a piece of work was over, -1 where it is none."""
    applications: pd.DataFrame
    """A row an application, by its number: `case`, `step`, `department`, `limit` in working days, `due`, `online`,
    `promised`, `bundle`, and attributes with an underscore before them; -1 or not-a-number where nothing is known."""
    steps: tuple[str, ...]
    departments: tuple[str, ...]
    activities: tuple[str, ...]
    cases: tuple[str, ...]
    """Case number → the hash that stands for it."""
    items: Mapping[str, Item]
    origins: tuple[Origin, ...]
    first: int
    """The first moment of the window."""
    last: int
    """The last moment of the window."""
    met: Mapping[str, int] = field(default_factory=dict)
    """Code of a problem met while reading → how often."""
    ends: tuple[int, ...] = ()
    """Steps with which a case is over, where a mapping names them."""
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Attribute → its values; `applications` has their numbers."""

    @property
    def clocked(self) -> bool:
        """Whether anything is accepted and decided in it, so that the statutory clock can be replayed."""
        return bool((self.events["what"] < 20).any())

    @property
    def title(self) -> str:
        """The file with most rows, and how many others there are."""
        most = max(self.origins, key=lambda origin: origin.rows).file
        return most if len(self.origins) == 1 else f"{most} 等 {len(self.origins)} 个表"

    @property
    def sha256(self) -> str:
        """Of the bytes of the one file; of several, that of their hashes in the order of their names."""
        if len(self.origins) == 1:
            return self.origins[0].sha256 or "database"
        lines = sorted(f"{origin.file} {origin.table} {origin.sha256}\n" for origin in self.origins)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def period(self) -> tuple[str, str]:
        """The first and the last day of the window."""
        return str(day_of(self.first)), str(day_of(self.last))
