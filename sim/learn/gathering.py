"""Rows being gathered from tables, piece by piece, as numbers: texts are hashed or numbered as they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.core.errors import PlannerError
from sim.learn.happenings import What
from sim.learn.log import Item
from sim.learn.moments import UNREADABLE, moments

Hashes = NDArray[np.uint64]
MOST_STEPS = 5_000
"""Different steps; more of them are something else, such as a number of a case."""


def hashed(*texts: pd.Series) -> Hashes:
    """Return a number of 64 bits for the texts of each row together; the texts themselves are not kept."""
    joined = texts[0].astype(str)
    for more in texts[1:]:
        joined = joined + "\x1f" + more.astype(str)
    found: Hashes = pd.util.hash_array(joined.to_numpy(dtype=object), categorize=True)
    return found


class Vocabulary:
    """Texts of one sort, numbered as they come; those that a mapping names have an id."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = ids
        self._numbers: dict[str, int] = {}

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text, or its id, by number."""
        return tuple(self._numbers)

    def number(self, text: str) -> int:
        """Return the number of a text; -1 for none."""
        name = self._ids.get(text, text)
        return self._numbers.setdefault(name, len(self._numbers)) if name else -1

    def numbers(self, texts: pd.Series, column: str = "") -> NDArray[np.int64]:
        """Return the number of each text; PlannerError where there are more than anybody has steps."""
        codes, known = pd.factorize(texts.astype(str).str.strip())
        if len(known) + len(self._numbers) > MOST_STEPS:
            raise PlannerError(f"column {column!r} has more than {MOST_STEPS} different texts; it seems to be "
                               "no column of steps, name another in the mapping")  # fmt: skip
        found: NDArray[np.int64] = np.array([self.number(text) for text in known], dtype=np.int64)[codes]
        return found


@dataclass
class Gathering:
    """What has been read so far."""

    steps: Vocabulary
    departments: Vocabulary
    activities: Vocabulary
    attributes: dict[str, Vocabulary] = field(default_factory=dict)
    events: list[pd.DataFrame] = field(default_factory=list)
    applications: list[pd.DataFrame] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)

    def happen(self, application: Hashes, what: What | NDArray[np.int64], written: pd.Series, *,
               officer: pd.Series | None = None, end: pd.Series | None = None,
               activity: NDArray[np.int64] | None = None, loose: bool = False, spare: bool = False,
               missing: bool = False) -> None:  # fmt: skip
        """Add that something happened to applications at the moments written.

        `loose` are events that no number of an application holds together, `spare` those that another table may tell
        better; a moment that is `missing` on purpose is no fault.
        """
        moment, dated = moments(written)
        good = moment != UNREADABLE
        empty = (written.astype(str).str.strip() == "").to_numpy(dtype=bool)
        self.met["L001"] += int((~good & ~(empty & missing)).sum())
        rows: dict[str, Any] = {"application": application, "what": what, "moment": moment, "dated": dated}
        rows["officer"] = np.uint64(0) if officer is None else _persons(officer)
        rows["end"] = -1 if end is None else moments(end)[0]
        rows["activity"] = -1 if activity is None else activity
        rows["loose"], rows["spare"] = loose, spare
        found = pd.DataFrame(rows)[good]
        kinds = {"what": np.int8, "activity": np.int32, "end": np.int64, "officer": np.uint64}
        self.events.append(found.astype(kinds))

    def describe(self, application: Hashes, **known: Any) -> None:
        """Add what is known of applications; nothing is -1 or not-a-number, for a case 0."""
        known.setdefault("case", np.zeros(len(application), dtype=np.uint64))
        self.applications.append(pd.DataFrame({"application": application, **known}).drop_duplicates())


def _persons(officer: pd.Series) -> Hashes:
    found = hashed(officer.str.strip())
    return np.where((officer.str.strip() == "").to_numpy(dtype=bool), np.uint64(0), np.maximum(found, np.uint64(1)))
