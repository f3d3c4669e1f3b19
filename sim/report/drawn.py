"""How often the targets of scenarios hold in the worlds that were drawn, for other programs: JSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from sim.core.version import VERSION
from sim.decide.recorded import Holding, Record
from sim.report.numbers import PLAIN
from sim.report.results_worlds import worlds_found
from sim.text.spreadsheets import written

COLUMNS = ("scenario", "target", "met", "share", "share_low", "share_high", "low", "high", "fragile", "played",
           "measure_first", "worth")  # fmt: skip


def worlds_json(found: Record, settings: Sequence[str], seed: int) -> str:
    """The text of the JSON file: every target of every scenario in its worlds."""
    scenarios = {
        name: {
            "simulated": worlds.simulated,
            "targets": {key: _target(one) for key, one in worlds.targets.items()},
        }
        for name, worlds in found.items()
    }
    whole = {
        "schema_version": 1,
        "version": VERSION,
        "settings": list(settings),
        "seed": seed,
        "scenarios": scenarios,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def worlds_csv(found: Record) -> str:
    """The text of the CSV file: one line per scenario and target."""
    return written(pd.DataFrame(_rows(found), columns=list(COLUMNS)), PLAIN)


def _target(one: Holding) -> dict[str, Any]:
    return {"met": one.met, "fragile": one.fragile, **worlds_found(one.found).model_dump(mode="json")}


def _rows(found: Record) -> Iterator[tuple[object, ...]]:
    for name, worlds in found.items():
        for key, one in worlds.targets.items():
            told = one.found
            first = max(told.levers, key=lambda lever: lever.worth, default=None)
            yield (name, key, one.met, told.share, *told.share_range, told.low, told.high, one.fragile, len(told.met),
                   first.key if first else None, first.worth if first else None)  # fmt: skip
