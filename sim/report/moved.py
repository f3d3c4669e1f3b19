"""What changed between two results, for other programs: JSON and CSV."""

from __future__ import annotations

import json

import pandas as pd

from sim.decide.moved import Difference, Figure
from sim.records.measures.base import Measure
from sim.records.measures.register import MEASURES
from sim.report.numbers import PLAIN
from sim.report.words import Lang, named
from sim.text.spreadsheets import written

COLUMNS = ("variant", "process", "what", "old", "new", "difference", "reach", "moved")


def moved_json(found: Difference) -> str:
    """The text of the JSON file: what is stated otherwise, every figure of both, the verdicts that turned."""
    return json.dumps(found.plain(), ensure_ascii=False, indent=2) + "\n"


def moved_csv(found: Difference) -> str:
    """The text of the CSV file: one line per figure that both have, moved or not."""
    return written(pd.DataFrame(found.plain()["figures"], columns=list(COLUMNS)), PLAIN)


def figure_words(figure: Figure, lang: Lang) -> str:
    """What a figure is of: variant, process and measure, or variant and target."""
    measure = _measure(figure)
    what = named(lang, measure.name) if measure else figure.what
    return " · ".join(filter(None, (figure.variant, figure.process, what)))


def unit_of(figure: Figure) -> str:
    """The unit of a measure; nothing for what a target is about, of which results tell none."""
    measure = _measure(figure)
    return measure.unit.id if measure else ""


def _measure(figure: Figure) -> Measure | None:
    return MEASURES.get(figure.what) if figure.process else None
