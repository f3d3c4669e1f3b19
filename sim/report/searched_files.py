"""What a search found, for other programs: JSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from sim.core.version import VERSION
from sim.decide.questions import Question
from sim.decide.searching.searched import LimitFound, Searched, Tried
from sim.decide.searching.selection import Rule
from sim.report.numbers import PLAIN, rounded
from sim.report.searched import choice_words, rows
from sim.scenario.prepared import Prepared
from sim.text.spreadsheets import written


def searched_json(found: Searched) -> str:
    """The text of the JSON file of a search."""
    levers = [
        {"id": lever.id, "kind": lever.kind, "name": lever.name.model_dump(), "cost": lever.cost, "most": lever.most}
        for lever in found.levers
    ]
    choices = [{"as": why.removeprefix("choice_"), **_choice(found, one)} for why, one in rows(found)]
    whole = {
        **_head(found.prepared, found.questions, found.rule, found.seed),
        "worlds": found.worlds,
        "tried": found.tried,
        "refused": found.refused,
        "complete": found.complete,
        "priced": found.priced,
        "levers": levers,
        "choices": choices,
        "front": [list(one.chosen) for one in found.front],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def limit_json(found: LimitFound) -> str:
    """The text of the JSON file of a search for a limit."""
    tried = [{"limit": rounded(limit), **_tried(found.questions, one)} for limit, one in found.tried]
    whole = {
        **_head(found.prepared, found.questions, found.rule, found.seed),
        "variant": found.variant,
        "process": found.process,
        "step": found.step,
        "now": rounded(found.now),
        "needed": None if found.needed is None else rounded(found.needed),
        "tried": tried,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def searched_csv(found: Searched) -> str:
    """The text of the CSV file of a search: a line per choice that is told."""
    return written(pd.DataFrame(_rows(found)), PLAIN)


def limit_csv(found: LimitFound) -> str:
    """The text of the CSV file of a search for a limit: a line per limit that was tried."""
    lines = [{"limit": rounded(limit), **_columns(found.questions, one)} for limit, one in found.tried]
    return written(pd.DataFrame(lines), PLAIN)


def _head(prepared: Prepared, questions: Sequence[Question], rule: Rule, seed: int) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "scenario": prepared.scenario.id,
        "version": VERSION,
        "inputs": prepared.inputs,
        "settings": [made.setting for made in prepared.settings.made],
        "seed": seed,
        "targets": [question.id for question in questions],
        "chance": rule.chance,
        "delta": rule.delta,
        "confidence": rule.confidence,
    }


def _choice(found: Searched, one: Tried) -> dict[str, Any]:
    done = {lever.id: times for lever, times in zip(found.levers, one.chosen, strict=True) if times}
    return {"chosen": done, "cost": rounded(one.cost), **_tried(found.questions, one)}


def _tried(questions: Sequence[Question], one: Tried) -> dict[str, Any]:
    numbers = {
        q.id: {"value": rounded(x.mean), "interval95": [rounded(x.low), rounded(x.high)]}
        for q, x in zip(questions, one.numbers, strict=True)
    }
    return {"verdict": one.verdict, "holds": one.holds, "futures": one.futures, "numbers": numbers}


def _rows(found: Searched) -> Iterator[dict[str, object]]:
    for why, one in rows(found):
        told = {"zh": choice_words(found, one, "zh"), "en": choice_words(found, one, "en")}
        yield {"as": why.removeprefix("choice_"), **told, "cost": one.cost, **_columns(found.questions, one)}


def _columns(questions: Sequence[Question], one: Tried) -> dict[str, object]:
    row: dict[str, object] = {"verdict": one.verdict, "holds": one.holds, "futures": one.futures}
    for question, x in zip(questions, one.numbers, strict=True):
        row |= {
            question.id: rounded(x.mean),
            f"{question.id}_low": rounded(x.low),
            f"{question.id}_high": rounded(x.high),
        }
    return row
