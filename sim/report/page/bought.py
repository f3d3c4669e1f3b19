"""What each part of the answer buys, on the first screen: the waterfall to the target, and its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.analysis.estimate import Estimate
from sim.decide.attributed import Attributed, Attribution, Bought
from sim.report.attributed import by_share, part_names, refused_words, told
from sim.report.chart_register import DECISIONS
from sim.report.drawings import Drawing
from sim.report.numbers import NOTHING, signed, signed_interval
from sim.report.page.context import Context
from sim.report.page.figures import Figure, figure
from sim.report.page.switches import Switches, switches
from sim.report.page.table import Cell, Column, Row, RowGroup, Table
from sim.report.targets import with_unit

SENTENCES = 2
"""Sentences that stand under the chart; the others stand with the numbers."""
EFFECTS: dict[str, Callable[[Bought], Estimate]] = {
    "bought_share": lambda bought: bought.share,
    "bought_alone": lambda bought: bought.alone,
    "bought_last": lambda bought: bought.last,
}
"""Word → what stands in its column."""


@dataclass(frozen=True)
class Waterfall:
    """What was shared out, and its drawing."""

    attribution: Attribution
    drawing: Drawing


@dataclass(frozen=True)
class Share:
    """What stands on the first screen."""

    figure: Figure
    sentences: list[str]
    more: list[str]
    """What is said besides, with the numbers."""
    table: Table
    switches: Switches | None


def shared(context: Context, waterfall: Waterfall | None) -> Share | None:
    """The waterfall of what was shared out, its sentences and its numbers; None where nothing was."""
    if waterfall is None or not waterfall.attribution.answers[0].known:
        return None
    attribution, found = waterfall.attribution, waterfall.attribution.answers[0]
    chart = DECISIONS["waterfall"]
    drawn = figure(context, chart, waterfall.drawing, context.name(chart.name), runs=attribution.runs)
    said = list(told(attribution, found, context.lang))
    more = [*said[SENTENCES:], *refused_words(attribution, context.lang), context.say("difference_note")]
    table = _table(context, attribution, found)
    return Share(drawn, said[:SENTENCES], more, table, switches(context, attribution, found))


def _table(context: Context, attribution: Attribution, found: Attributed) -> Table:
    names, unit = part_names(attribution, context.lang), found.question.unit
    columns = [Column(context.say(f"part_{attribution.by}"), numbers=False)]
    columns += [Column(context.say(word)) for word in EFFECTS]
    rows = [
        Row(Cell(names[one.part.id]), [_cell(of(one), unit.id) for of in EFFECTS.values()]) for one in by_share(found)
    ]
    whole = Row(Cell(context.say("bought_whole")), [_cell(found.whole, unit.id), Cell(""), Cell("")], total=True)
    name = context.name(found.question.name)
    return Table(with_unit(context.lang, name, unit), columns, [RowGroup([*rows, whole])])


def _cell(found: Estimate, unit: str) -> Cell:
    between = signed_interval(found, unit)
    return Cell(signed(found.mean, unit), small="" if between == NOTHING else between)
