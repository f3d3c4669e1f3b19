"""A target's days shared out, in numbers that screen, files and chart share."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import asdict
from io import StringIO

from sim.decide.budget import Budget, Part
from sim.report.numbers import DIGITS
from sim.report.words import Lang, named

COLUMNS = ("department", "coming", "days", "part", "limit", "keeps_limit", "budget", "budget_low", "budget_high")


def department_name(found: Budget, part: Part, lang: Lang) -> str:
    """What a department is called in the place."""
    department = found.variant.place.departments[part.department]
    return named(lang, department.name) if department.name else part.department


def budget_json(found: Budget) -> str:
    """All that was found as JSON; null where there is no number, or no end."""
    plain = {
        "scenario": found.prepared.scenario.id,
        "target": found.target.id,
        "variant": found.variant.id,
        "seed": found.seed,
        "runs": found.runs,
        "inputs": found.prepared.inputs,
        "settings": [made.setting for made in found.prepared.settings.made],
        "days": found.days,
        "found": asdict(found.found),
        "chance": asdict(found.chance),
        "parts": [asdict(part) for part in found.parts],
    }
    return json.dumps(_finite(plain), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _finite(value: object) -> object:
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    if isinstance(value, float):
        return round(value, DIGITS) if math.isfinite(value) else None
    return value


def budget_csv(found: Budget) -> str:
    """A row for each department."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for part in found.parts:
        numbers = (part.coming, part.days.mean, part.part, part.limit, part.keeps.mean, part.budget.mean,
                   part.budget.low, part.budget.high)  # fmt: skip
        rows.writerow([part.department, *(f"{x:.6g}" if math.isfinite(x) else "" for x in numbers)])
    return text.getvalue()
