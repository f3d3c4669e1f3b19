"""What each reform buys, for other programs: JSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

import pandas as pd

from sim.analysis.estimate import Estimate
from sim.core.version import VERSION
from sim.decide.attributed import Attributed, Attribution, Bought, Subset
from sim.report.numbers import PLAIN
from sim.text.spreadsheets import written

EFFECTS = ("alone", "last", "stacked", "share")
"""What a part does, by the names of the fields that hold it."""
DIGITS = 10
"""Decimals, so that what is written sums to the whole too."""


def attribution_json(attribution: Attribution) -> str:
    """The text of the JSON file: everything that was found, with what it was found from."""
    prepared = attribution.prepared
    whole = {
        "schema_version": 1,
        "scenario": prepared.scenario.id,
        "variant": attribution.variant,
        "by": attribution.by,
        "seed": attribution.seed,
        "runs": attribution.runs,
        "version": VERSION,
        "inputs": prepared.inputs,
        "settings": [made.setting for made in prepared.settings.made],
        "coalitions": attribution.coalitions,
        "worlds": attribution.worlds,
        "exact": attribution.exact,
        "orders": attribution.orders,
        "refused_alone": dict(attribution.refused),
        "answers": [_answer(found) for found in attribution.answers],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _answer(found: Attributed) -> dict[str, Any]:
    question = found.question
    return {
        "id": question.id,
        "name": question.name.model_dump(),
        "measure": question.measure_id,
        "statistic": question.statistic_id,
        "unit": question.unit.id,
        "before": _estimate(found.before),
        "after": _estimate(found.after),
        "whole": _estimate(found.whole),
        "shared_out": found.known,
        "parts": [_part(bought) for bought in found.bought],
        "together": [
            {"first": pair.first.id, "second": pair.second.id, "effect": _estimate(pair.effect)}
            for pair in found.together
        ],
        "subsets": [_subset(subset) for subset in found.subsets],
    }


def _subset(subset: Subset) -> dict[str, Any]:
    refused = [{"part": part.id, "why": why} for part, why in subset.refused]
    found = {"parts": [part.id for part in subset.parts], **_estimate(subset.value)}
    return {**found, "verdict": subset.verdict, "refused": refused}


def _part(bought: Bought) -> dict[str, Any]:
    part = bought.part
    named = {"id": part.id, "variant": part.variant, "name": part.name.model_dump(), "steps": list(part.steps)}
    effects = {effect: _estimate(getattr(bought, effect)) for effect in EFFECTS}
    return {**named, **effects, "sampling_error": _rounded(bought.error), "needed": bought.needed}


def _estimate(found: Estimate) -> dict[str, Any]:
    ends = [_rounded(found.low), _rounded(found.high)]
    return {"value": _rounded(found.mean), "interval": ends, "level": _rounded(found.level)}


def attribution_csv(attribution: Attribution) -> str:
    """The text of the CSV file: one line per number asked and part, and one for the whole."""
    return written(pd.DataFrame(_rows(attribution)), PLAIN)


def _rows(attribution: Attribution) -> Iterator[dict[str, object]]:
    for found in attribution.answers:
        asked: dict[str, object] = {"question": found.question.id, "unit": found.question.unit.id}
        for bought in found.bought:
            row = {**asked, "part": bought.part.id, "zh": bought.part.name.zh, "en": bought.part.name.en}
            for effect in EFFECTS:
                row |= _columns(effect, getattr(bought, effect))
            yield {**row, "sampling_error": _rounded(bought.error), "needed": bought.needed}
        whole = _columns("share", found.whole)
        yield {**asked, "part": "whole", "zh": "合计", "en": "the whole", **whole}


def _columns(name: str, found: Estimate) -> dict[str, object]:
    ends = {f"{name}_low": found.low, f"{name}_high": found.high}
    return {key: _rounded(value) for key, value in {name: found.mean, **ends}.items()}


def _rounded(value: float) -> float | None:
    """A value for JSON; None where there is none."""
    return round(float(value), DIGITS) + 0.0 if isfinite(value) else None
