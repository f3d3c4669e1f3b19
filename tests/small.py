"""Small worlds written as YAML in a test and made ready to run, as files of a planner would be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.engine.staffing import derived_staff
from sim.records.frames import Records, records
from sim.records.log import ACTIVITY, ATTEMPT, Log
from sim.records.tables import Tables
from sim.scenario.amendments import Amendments
from sim.scenario.library import Library, Spec
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Scenario
from sim.spec.catalogue import Catalogue
from sim.spec.categories import Category
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import Assumption
from sim.text import yamlio

SOURCE = {"guess": Assumption(kind="assumption", why="made up for a test", range=(0, 1000))}

PRACTICE = """
summary: offices take their whole limit and nobody makes mistakes
pace: {factor: 1, source: guess}
overdue: {share: 0, source: guess}
overrun: {factor: 1, source: guess}
work_share: {share: 0, source: guess}
check: {minutes: 0, source: guess}
prepare:
  applicant: {days: 0, source: guess}
  agency: {days: 0, source: guess}
  certificate: {days: 0, source: guess}
deficiency:
  applicant: {share: 0, source: guess}
  agency: {share: 0, source: guess}
  certificate: {share: 0, source: guess}
correction: {days: 0, source: guess}
visits: {submit: 1, correct: 1, collect: 1, source: guess}
"""

NONSTOP = """
id: town
name: {zh: 小城, en: Town}
hours:
  office: {periods: ["00:00-24:00"], days: every_day, source: guess}
departments: {}
"""

OFFICE_HOURS = """
id: town
name: {zh: 小城, en: Town}
hours:
  office: {periods: ["09:00-17:00"], source: guess}
departments:
  bureau: {name: {zh: 局, en: Bureau}}
"""


def model(text: str, kind: Any, **parts: str) -> Any:
    """The text as a checked model; a line `key: @part` stands for a part given by name."""
    for name, part in parts.items():
        text = text.replace(f"@{name}", part)
    return kind.model_validate(yamlio.parse(text, "test.yaml").data)


def world(process: str, scenario: str, place: str = OFFICE_HOURS, practice: str = PRACTICE,
          materials: str = "materials: {}", beside: str = "", amendments: str = "amendments: []",
          sources: Mapping[str, Any] = SOURCE) -> Prepared:  # fmt: skip
    """The scenario over one process, or over that and the one beside it, ready to run."""
    processes = {spec.id: spec for spec in (model(text, Process) for text in (process, beside) if text)}
    where = model(place, Place)
    library = Library(
        root=Path(), sources=sources, catalogue=model(materials, Catalogue), practice=model(practice, Practice),
        places={where.id: where}, processes=processes, groups={},
        amendments=(model(amendments, Amendments),),
    )  # fmt: skip
    document = yamlio.parse(scenario, "scenario.yaml")
    return prepare(Spec(Path("scenario.yaml"), document, Scenario.model_validate(document.data)), library)


def scenario(cases: int, demand: str, *, start: str = "2024-03-04", warm_up: int = 0, variants: str = "",
             place: str = "town", process: str = "service", weeks: int = 0) -> str:  # fmt: skip
    """A scenario with a baseline and the variants given; where it has weeks, they and its warm-up are a window's.

    No cases are asked for where the demand lists them.
    """
    window = f"window: {{weeks: {weeks}, warm_up: {warm_up}}}\n" if weeks else ""
    demand += "" if weeks or not cases else f", cases: {cases}, warm_up: {warm_up}"
    return f"""
id: question
name: {{zh: 问题, en: Question}}
place: {place}
start: {start}
{window}demand:
  {process}: {{{demand}, source: guess}}
variants:
  before: {{name: {{zh: 改革前, en: Before}}}}
{variants}
"""


def play(prepared: Prepared, variant: int = 0, seed: int = 1, replication: int = 0) -> Records:
    """The records of one replication of one variant."""
    tables = compile_variant(prepared, prepared.variants[variant], derived_staff(prepared), Draws(seed, replication))
    return records(tables, simulate(tables), 0)


def service(steps: str, more: str = "") -> str:
    """A process of these steps, with whatever else it has."""
    return f"id: service\nname: {{zh: 服务, en: Service}}\nsummary: made up for a test\n{more}\nsteps:\n{steps}"


def staffed(place: str = NONSTOP, **officers: int) -> str:
    """The place with departments of so many officers each, who keep office hours."""
    lines = [place.split("departments:")[0] + "departments:"]
    for name, count in officers.items():
        group = f"{{count: {count}, hours: office, source: guess}}"
        lines.append(f"  {name}: {{name: {{zh: 局, en: Bureau}}, staff: {{officers: [{group}]}}}}")
    return "\n".join(lines)


def log_of(prepared: Prepared, variant: int = 0, seed: int = 1, replication: int = 0) -> tuple[Tables, Log]:
    """The tables of one replication of one variant and what happened in it."""
    tables = compile_variant(prepared, prepared.variants[variant], derived_staff(prepared), Draws(seed, replication))
    return tables, simulate(tables)


def frame(rows: NDArray[np.int32], columns: tuple[str, ...]) -> pd.DataFrame:
    """Rows of a log as a frame."""
    return pd.DataFrame(rows.reshape(-1, len(columns)).astype(np.int64), columns=list(columns))


def plain(value: Any) -> Any:
    """A part of the tables with lists in place of arrays, so that it can be compared."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, tuple):
        return value._make(map(plain, value)) if hasattr(value, "_make") else tuple(map(plain, value))
    if is_dataclass(value):
        return replace(value, **{x.name: plain(getattr(value, x.name)) for x in fields(value)})
    return value


def minutes(second: int) -> str:
    """A moment as minutes since the start."""
    return f"{second / 60:g}"


def moment(second: int, start: str = "2024-03-04") -> str:
    """A moment as its local time, such as `03-04 09:00`."""
    return f"{datetime.fromisoformat(start) + timedelta(seconds=second):%m-%d %H:%M}"


def trace(tables: Tables, log: Log, show: Callable[[int], str] = minutes) -> list[str]:
    """What happened line by line, as `case step category queued started ended`; a later attempt is `step#2`."""
    runs = frame(log.attempts, ATTEMPT).set_index("attempt")
    found = []
    for row in frame(log.activities, ACTIVITY).itertuples():
        run = runs.loc[row.attempt]
        step = tables.flows[run["flow"]].nodes[run["node"]].id
        again = f"#{run['nth'] + 1}" if run["nth"] else ""
        beside = "" if row.main else " beside"
        times = " ".join(show(t) for t in (row.queued, row.started, row.ended))
        found.append(f"{run['case']} {step}{again} {Category(row.category).name.lower()}{beside} {times}")
    return found
