"""A made-up city with hidden parameters, and its twelve months of records as it would export them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.engine.staffing import derived_staff
from sim.learn.gather import open_log
from sim.learn.log import Log
from sim.learn.writing.happened import Happened, happened, within
from sim.records.frames import Records, records
from sim.scenario.prepared import Prepared

from .services import practised, reformed, staffed

HIDDEN = practised(deficient=0.12, certificate=0.03, check=30, pace="{pert: [0.2, 0.5, 0.9]}")
HIDDEN = HIDDEN.replace("work_share: {share: 0", "work_share: {share: 0.1")
HIDDEN = HIDDEN.replace("overdue: {share: 0", "overdue: {share: 0.06")
HIDDEN = HIDDEN.replace("overrun: {factor: 1", "overrun: {factor: {uniform: [1.1, 1.6]}")
HIDDEN = HIDDEN.replace("applicant: {days: 0", "applicant: {days: {uniform: [1, 3]}", 1)
HIDDEN = HIDDEN.replace("correction: {days: 0", "correction: {days: {pert: [1, 3, 11]}")
STEPS = """
  filing: {needs: [form, licence], limit: {statutory: ~10}, yields: [permit]}
  review: {needs: [plan, permit], limit: {statutory: ~20}, refused: {share: 0.08, source: guess},
           special: [{procedure: 专家评审, days: {uniform: [3, 9]}, when: {large: true}, source: guess}]}
  check: {after: {review: order}, limit: {statutory: ~8},
          fails: {rate: 0.15, correction: {days: {uniform: [2, 6]}, source: guess}, source: guess}}
"""
MIX = "{large: {share: 0.35, source: guess}}"
UPTAKE = 0.55
PROMISED = f"{{reform: 告知承诺, steps: [filing], decide: ~1, uptake: {UPTAKE}, check_within: ~5}}"
LAW = "when: {large: true}"
YEAR = 365 * 86_400
PER_YEAR = 400


def city(
    count: int = 30, per_year: float = PER_YEAR, cases: int = 430, practice: str = HIDDEN, **more: str
) -> Prepared:
    """The city with so many officers, ready to be played."""
    return reformed(STEPS, PROMISED, cases=cases, demand=f"per_year: {per_year}", practice=practice,
                    place=staffed("officers", "window", count=count), attributes=MIX, **more)  # fmt: skip


def played(prepared: Prepared, seed: int = 1, variant: int = 0) -> Records:
    """The records of one replication."""
    tables = compile_variant(prepared, prepared.variants[variant], derived_staff(prepared), Draws(seed, 0))
    return records(tables, simulate(tables), 0)


@cache
def year(seed: int = 1, variant: int = 1, count: int = 30, per_year: float = PER_YEAR) -> Happened:
    """Twelve months of the city, those open at the end included."""
    prepared = city(count, per_year, cases=int(per_year * 1.1) + 30)
    return within(happened(played(prepared, seed, variant), prepared.start), YEAR)


def saved(tables: dict[str, pd.DataFrame], folder: Path, encoding: str = "utf-8") -> Path:
    """The folder with the tables in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, encoding=encoding)
    return folder


def read_back(tables: dict[str, pd.DataFrame], folder: Path, encoding: str = "utf-8") -> Log:
    """The log that the tables give."""
    return open_log(str(saved(tables, folder, encoding)))[0]
