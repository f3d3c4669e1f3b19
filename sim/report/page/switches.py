"""What each combination of the parts of the answer comes to, to be switched on the page by a script of its own."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.analysis.standing import standing_of
from sim.analysis.verdict import TargetResult
from sim.decide.attributed import Attributed, Attribution, Subset
from sim.report.attributed import part_names
from sim.report.messages import said
from sim.report.numbers import rounded, runs_of
from sim.report.page import targets
from sim.report.page.context import Context
from sim.report.page.table import Cell, Column, Row, RowGroup, Table
from sim.report.targets import bound_words

MOST = 6
"""Parts of which the page has every combination."""


@dataclass(frozen=True)
class Switches:
    """Parts to be switched, and what stands under them."""

    parts: list[str]
    """What they are called, in the written order."""
    sentences: list[str]
    """What is said where all of them are on."""
    tone: str
    """The class that colours it."""
    note: str
    data: dict[str, Any]
    """For the script: what is said of each combination, at the number whose bits are its parts; with its figures."""
    table: Table
    """The same, for a page without script."""


def switches(context: Context, attribution: Attribution, found: Attributed) -> Switches | None:
    """The switches of what was shared out; None where not all combinations were played, or too many for a page."""
    result = next((one for one in context.comparison.targets if one.target.id == found.question.id), None)
    if result is None or not attribution.exact or len(attribution.parts) > MOST:
        return None
    told = _Told(context, attribution, result)
    places = {part.id: place for place, part in enumerate(attribution.parts)}
    by_members = sorted(found.subsets, key=lambda subset: sum(1 << places[part.id] for part in subset.parts))
    data = {
        "scenario": attribution.prepared.scenario.id,
        "variant": attribution.variant,
        "target": result.target.id,
        "unit": found.question.unit.id,
        "runs": attribution.runs,
        "seed": attribution.seed,
        "parts": [part.id for part in attribution.parts],
        "subsets": [told.data(subset) for subset in by_members],
    }
    return Switches(
        parts=[told.names[part.id] for part in attribution.parts],
        sentences=list(told.sentences(by_members[-1])),
        tone=told.tone(by_members[-1]),
        note=context.say("switches_note", runs=attribution.runs, all=runs_of(context.comparison.runs)),
        data=data,
        table=told.table(found.subsets),
    )


class _Told:
    """Tells the combinations of one number."""

    def __init__(self, context: Context, attribution: Attribution, result: TargetResult) -> None:
        self.context, self.attribution, self.result = context, attribution, result
        self.names = part_names(attribution, context.lang)

    def data(self, subset: Subset) -> dict[str, Any]:
        """A combination for the script."""
        return {
            "parts": [part.id for part in subset.parts],
            "value": rounded(subset.value.mean),
            "interval": [rounded(subset.value.low), rounded(subset.value.high)],
            "verdict": subset.verdict,
            "said": list(self.sentences(subset)),
            "tone": self.tone(subset),
        }

    def sentences(self, subset: Subset) -> Iterator[str]:
        """Figure, interval and verdict, then what cannot be applied."""
        key = "switched" if subset.verdict else "switched_nothing"
        yield self.context.say(
            key,
            parts=self._on(subset),
            figure=targets.figure(self.context, self.result),
            value=" ".join(self._value(subset)).strip(),
            bound=bound_words(self.context.lang, self.result.target),
            verdict=self._verdict(subset),
        )
        yield from self._refused(subset)

    def tone(self, subset: Subset) -> str:
        """The class of its verdict."""
        return standing_of(subset.verdict, None).tone if subset.verdict else ""

    def table(self, subsets: tuple[Subset, ...]) -> Table:
        """Every combination on a row, the smallest first."""
        rows = []
        for subset in subsets:
            value, between = self._value(subset)
            head = Cell(self._on(subset), small=" ".join(self._refused(subset)))
            rows.append(Row(head, [Cell(value, small=between), Cell(self._verdict(subset))]))
        target = self.result.target
        columns = [
            Column(self.context.say("switches_of"), numbers=False),
            Column(self.context.say("switches_figure")),
            Column(self.context.say("switches_verdict", bound=bound_words(self.context.lang, target)), numbers=False),
        ]
        return Table(self.context.name(target.name), columns, [RowGroup(rows)], kind="subsets")

    def _on(self, subset: Subset) -> str:
        if len(subset.parts) == len(self.attribution.parts):
            return self.context.say("switched_all")
        names = self.context.listed([self.context.quoted(self.names[part.id]) for part in subset.parts])
        return self.context.say("switched_some", parts=names) if names else self.context.say("switched_none")

    def _value(self, subset: Subset) -> tuple[str, str]:
        """The figure and its interval, where there are any."""
        if math.isnan(subset.value.mean):
            return "", ""
        value = targets.value(self.context, self.result, subset.value.mean)
        return value, targets.between(self.result, subset.value)

    def _verdict(self, subset: Subset) -> str:
        return self.context.name(standing_of(subset.verdict, None).words) if subset.verdict else ""

    def _refused(self, subset: Subset) -> Iterator[str]:
        for part, why in subset.refused:
            key = "switched_refused" if len(part.reforms) == 1 and not part.around else "switched_in_part"
            yield self.context.say(key, part=self.names[part.id], why=said(why, self.context.lang))


@cache
def script() -> str:
    """The script of the page, the same on every page."""
    return (Path(__file__).parent / "switches.js").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """What a browser may do for a page: show it, and run this one script; it fetches nothing."""
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
