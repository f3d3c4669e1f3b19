"""The second section: every measure before and after, with intervals and paired differences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from sim.analysis.depth import GLANCE
from sim.analysis.estimate import Estimate
from sim.analysis.summary import Summary
from sim.records.measures.base import Measure
from sim.records.measures.register import MEASURES
from sim.report.numbers import NOTHING, has_interval, has_spread, interval, number, runs_of, signed, signed_interval
from sim.report.page.context import Context
from sim.report.page.table import Cell, Column, Row, RowGroup, Table, cells

OVERVIEW = ("counted_days", "elapsed_days", "touchpoints", "materials", "trips")
"""Measures by which processes are set side by side."""


def overview(context: Context) -> Table:
    """The means of a few measures in the first variant and in the last, a row per process."""
    first, last = context.name(context.variants[0].name), context.name(context.variants[-1].name)
    columns = [Column(context.say("process"), numbers=False)]
    for name in OVERVIEW:
        measure = MEASURES[name]
        label = context.say("in_brackets", text=context.name(measure.name), inner=context.name(measure.unit.short))
        columns.append(Column(label))
    rows = [Row(Cell(context.process(p)), [_first_to_last(context, p, m) for m in OVERVIEW]) for p in context.processes]
    caption = context.say("overview", n=len(rows), first=first, last=last)
    return Table(caption, columns, [RowGroup(rows)], context.say("overview_note"), "overview")


def _first_to_last(context: Context, process: str, name: str) -> Cell:
    unit, found = MEASURES[name].unit.id, _by_variant(context, process, name)
    means = list(dict.fromkeys(number(s.mean.mean, unit) for s in (found[0], found[-1])))
    return Cell(" → ".join(means))


def glance(context: Context, process: str) -> Table:
    """The means of the main measures, a column per variant."""
    variants = [Column(context.name(v.name)) for v in context.variants]
    columns = [Column(context.say("measure"), numbers=False), *variants]
    if len(variants) > 1:
        columns.append(Column(context.say("change")))
    caption = context.say("glance", process=context.process(process))
    return Table(
        caption, columns, [RowGroup(list(_glance_rows(context, process)))], context.say("glance_note"), "glance"
    )


def _glance_rows(context: Context, process: str) -> Iterator[Row]:
    for name in GLANCE:
        measure, found = MEASURES[name], _by_variant(context, process, name)
        if not any(math.isfinite(s.mean.mean) for s in found):
            continue
        texts = [number(s.mean.mean, measure.unit.id) for s in found]
        if len(found) > 1:
            texts.append(relative(context, found[0].mean.mean, found[-1].mean.mean, measure.unit.id))
        yield Row(_head(context, measure), cells(*texts))


def _head(context: Context, measure: Measure) -> Cell:
    return Cell(context.name(measure.name), small=context.name(measure.unit.short))


def relative(context: Context, first: float, last: float, unit: str) -> str:
    """The change from one value to another: in percent, of shares in percentage points."""
    if unit == "share":
        return f"{signed(last - first, unit)} {context.say('points')}"
    return signed(100 * (last / first - 1), "%") + "%" if first else NOTHING


def _by_variant(context: Context, process: str, name: str) -> list[Summary]:
    return [context.comparison.of(v.id, process, name) for v in context.variants]


def full(context: Context, process: str) -> Table:
    """Every measure that has a value, with all its statistics, a row per variant."""
    told = {m: _by_variant(context, process, m) for m in MEASURES}
    one = {m: _one_value(found, MEASURES[m].unit.id) for m, found in told.items()}
    known = [m for m in told if not one[m]]
    note = context.say("full_note", base=context.base, runs=runs_of(context.comparison.runs))
    same = [
        _same(context, m, found[0].mean.mean) for m, found in told.items() if _one_value(found, MEASURES[m].unit.id)
    ]
    if same:
        note += context.say("same_measures", names=context.listed(same))
    keys = ("mean", "interval", "p50", "p90", "deviation", "ends", "difference", "difference_interval")
    columns = [Column(context.say(k, base=context.base)) for k in keys]
    return Table(
        context.say("full", process=context.process(process)),
        [Column(context.say("variant"), numbers=False), *columns],
        [_group(context, process, m) for m in known],
        note,
        "full",
    )


def _one_value(found: Sequence[Summary], unit: str) -> bool:
    """Whether all cases of all variants gave the same mean, or none; a share of none or of all is the same."""
    first = found[0].mean
    if not math.isfinite(first.mean):
        return all(not math.isfinite(s.mean.mean) for s in found)
    same = all(s.mean.mean == first.mean and has_interval(s.mean) for s in found)
    return same and ((unit == "share" and first.mean in (0, 1)) or not any(has_spread(s.mean) for s in found))


def _same(context: Context, name: str, value: float) -> str:
    return f"{context.name(MEASURES[name].name)} {number(value, MEASURES[name].unit.id)}"


def _group(context: Context, process: str, name: str) -> RowGroup:
    measure = MEASURES[name]
    rows = [
        Row(Cell(context.name(v.name)), _cells(context, v.id, s, measure.unit.id))
        for v, s in zip(context.variants, _by_variant(context, process, name), strict=True)
    ]
    return RowGroup(rows, _head(context, measure))


def _cells(context: Context, variant: str, found: Summary, unit: str) -> list[Cell]:
    """Mean, interval, what tells how the cases spread, and the difference with its interval."""
    mean = Cell(number(found.mean.mean, unit), small=_known_in(context, variant, found.mean))
    texts = [_spread(context, found.mean, interval(found.mean, unit)), *_of_cases(found, unit)]
    if found.difference is None:
        return [mean, *cells(*texts, NOTHING, NOTHING)]
    difference = signed(found.difference.mean, unit)
    return [
        mean,
        *cells(*texts, difference, _spread(context, found.difference, signed_interval(found.difference, unit))),
    ]


def _of_cases(found: Summary, unit: str) -> list[str]:
    """Quantiles, standard deviation, and the smallest and the largest; a share of the cases has none of them."""
    if unit == "share":
        return [NOTHING] * 4
    ends = list(dict.fromkeys(number(x.mean, unit) for x in (found.minimum, found.maximum)))
    return [*(number(x.mean, unit) for x in (found.p50, found.p90, found.deviation)), "–".join(ends)]


def _known_in(context: Context, variant: str, found: Estimate) -> str:
    """In how many replications there was a value, where not in all."""
    return "" if found.runs in (0, context.comparison.runs[variant]) else context.say("known_in", runs=found.runs)


def _spread(context: Context, found: Estimate, written: str) -> str:
    return context.say("no_spread") if has_interval(found) and not has_spread(found) else written
