"""The sheets of a comparison: answer, charts, targets, measures, days, months, staff, and what it all rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sim.analysis.answers import Remedy
from sim.analysis.comparison import MONTHLY
from sim.analysis.summary import Summary
from sim.analysis.telling import quiet_of
from sim.analysis.verdict import TargetResult
from sim.export.evidence_sheets import changed, cited_sources, numbers
from sim.export.report import basis
from sim.export.workbook import Cell, Chart, Series, Share, Sheet, cell, heads
from sim.records.measures.base import Measure
from sim.records.measures.register import MEASURES
from sim.records.units import SHARE
from sim.report.numbers import runs_of
from sim.report.page import answers, days, first, staff
from sim.report.page.context import Context
from sim.report.settings import setting_words
from sim.report.targets import what_would_meet
from sim.report.worlds import worlds_words
from sim.spec.categories import Category

DRAWN = ("counted_days", "elapsed_days")
"""Measures whose means are drawn, where a process has them."""
_COLOUR = "#4C78A8"
_MEAN, _REACHES = 4, (16, 17)
"""Columns of the table of measures: the mean, and how far its interval reaches above and below it."""


def book(context: Context, remedies: Mapping[str, Remedy]) -> tuple[str, list[Sheet]]:
    """Return the title and the sheets of the workbook of a comparison, those with nothing to tell left out."""
    measured, shown = _measures(context), _shown(context)
    made = [
        _summary(context),
        _charts(context, measured, shown),
        _told(context, remedies),
        measured,
        _categories(context, shown),
        _days(context),
        _months(context),
        _staff(context),
        changed(context),
        numbers(context),
        cited_sources(context),
    ]
    return context.name(context.comparison.prepared.scenario.name), [
        sheet for sheet in made if sheet.rows or sheet.charts or sheet.id == "targets"
    ]


def _summary(context: Context) -> Sheet:
    comparison = context.comparison
    above = [
        *first.sentences(context),
        answers.tally(context),
        *([context.say("interrupted", runs=runs_of(comparison.runs))] if comparison.interrupted else []),
        *setting_words(context.lang, comparison.prepared, comparison.staff),
        context.say("doubt_interval"),
        f"{context.name(comparison.prepared.scenario.name)}{context.say('colon')}{context.headline}",
        basis(context),
    ]
    keys = ("office_id", "office_name", "book_unit", "book_sign", "book_bound_value", "book_before_value",
            "book_simulated", "book_low", "book_high", "book_world_low", "book_world_high", "book_world_share",
            "office_verdict", "book_quiet")  # fmt: skip
    rows = [_target(context, result) for result in comparison.targets]
    return Sheet("targets", context.say("book_summary"), heads(context, *keys), rows, [*filter(None, above)])


def _target(context: Context, result: TargetResult) -> list[Cell]:
    target, found, worlds = result.target, result.estimate, result.in_worlds
    unit, quiet = target.value_unit, quiet_of(result)
    ends = (worlds.low, worlds.high) if worlds else (math.nan, math.nan)
    simulated = (result.baseline.mean, found.mean, found.low, found.high, *ends)
    return [
        target.id,
        context.name(target.name),
        context.name(unit.short),
        target.direction.sign,
        *(cell(value, share=unit is SHARE) for value in (target.bound, *simulated)),
        Share(worlds.share) if worlds else None,
        context.name(result.standing.words),
        context.name(quiet.words) if quiet else "",
    ]


def _told(context: Context, remedies: Mapping[str, Remedy]) -> Sheet:
    """What stands behind each target, in sentences."""
    keys = ("office_id", "office_name", "process", "variant", "measure", "source", "worlds", "recorded", "remedy")
    rows = [_reasons(context, result, remedies.get(result.target.id)) for result in context.comparison.targets]
    return Sheet("reasons", context.say("book_targets"), heads(context, *keys), rows)


def _reasons(context: Context, result: TargetResult, remedy: Remedy | None) -> list[Cell]:
    target, comparison = result.target, context.comparison
    return [
        target.id,
        context.name(target.name),
        context.listed([context.process(p) for p in result.processes]),
        context.name(context.variant(target.variant).name),
        context.name(target.measure_record.name),
        context.cite(target.source).text,
        worlds_words(context.lang, result, comparison.prepared.sources),
        context.name(target.record) if target.record else "",
        what_would_meet(context.lang, comparison, result, remedy) if remedy else "",
    ]


def _measures(context: Context) -> Sheet:
    keys = ("process", "measure", "book_unit", "variant", "mean", "book_low", "book_high", "p50", "p90", "deviation",
            "book_least", "book_most", "difference", "book_change_low", "book_change_high", "book_runs", "book_upwards",
            "book_downwards")  # fmt: skip
    rows: list[list[Cell]] = []
    for process in context.processes:
        for name, measure in MEASURES.items():
            found = [context.comparison.of(v.id, process, name) for v in context.variants]
            if any(math.isfinite(s.mean.mean) for s in found):
                rows += [_summary_row(context, process, measure, i, s) for i, s in enumerate(found)]
    note = context.say("doubt_interval")
    return Sheet("measures", context.say("book_measures"), heads(context, *keys), rows, [note])


def _summary_row(context: Context, process: str, measure: Measure, variant: int, found: Summary) -> list[Cell]:
    of_cases = [] if measure.unit is SHARE else [found.p50, found.p90, found.deviation, found.minimum, found.maximum]
    change, share = found.difference, measure.unit is SHARE
    moved = (change.mean, change.low, change.high) if change else (math.nan,) * 3
    return [
        context.process(process),
        context.name(measure.name),
        context.name(measure.unit.short),
        context.name(context.variants[variant].name),
        *(cell(value, share=share) for value in (found.mean.mean, found.mean.low, found.mean.high)),
        *([cell(estimate.mean) for estimate in of_cases] or [None] * 5),
        *(cell(value, share=share) for value in moved),
        found.mean.runs,
        *(cell(value, share=share) for value in (found.mean.high - found.mean.mean, found.mean.mean - found.mean.low)),
    ]


def _charts(context: Context, measured: Sheet, shown: Sequence[Category]) -> Sheet:
    """The charts of a workbook, drawn by the program that opens it from its tables."""
    charts = []
    for process in context.processes:
        charts.append(_stack(context, process, shown))
        for name in DRAWN:
            head = [context.process(process), context.name(MEASURES[name].name)]
            if rows := [i for i, row in enumerate(measured.rows) if list(row[:2]) == head]:
                charts.append(_bars(context, process, MEASURES[name], (rows[0], rows[-1])))
    return Sheet("charts", context.say("charts"), above=[context.say("book_charts_note")], charts=charts)


def _bars(context: Context, process: str, measure: Measure, rows: tuple[int, int]) -> Chart:
    """The means of the variants with their intervals."""
    name = context.name(measure.name)
    title = context.say("book_mean_of", process=context.process(process), measure=name)
    return Chart(title, "bar", context.name(measure.unit.short), [
        Series(name, "measures", rows, 3, _MEAN, _COLOUR, _REACHES)
    ])  # fmt: skip


def _stack(context: Context, process: str, shown: Sequence[Category]) -> Chart:
    """The days of each category, a bar for each variant."""
    count = len(context.variants)
    begin = context.processes.index(process) * count
    series = [
        Series(context.name(category.called), "categories", (begin, begin + count - 1), 1, 2 + i, category.colour)
        for i, category in enumerate(shown)
    ]
    title = context.say("days_by_category", process=context.process(process))
    return Chart(title, "bar", context.say("book_office"), series, stacked=True)


def _categories(context: Context, shown: Sequence[Category]) -> Sheet:
    """The days of each category, a row per process and variant."""
    rows: list[list[Cell]] = []
    for process in context.processes:
        for variant, spent in zip(context.variants, days.spent(context, process, "office"), strict=True):
            each = [float(spent.get(c.id, 0.0)) for c in shown]
            rows.append([context.process(process), context.name(variant.name), *each, sum(each)])
    called = [context.name(category.called) for category in shown]
    names = [*heads(context, "process", "variant"), *called, context.say("total")]
    return Sheet("categories", context.say("book_categories"), names, rows, [context.say("in_working")])


def _shown(context: Context) -> list[Category]:
    """The categories on which any variant spends working days."""
    found = [spent for process in context.processes for spent in days.spent(context, process, "office")]
    return [c for c in Category if any(spent.get(c.id, 0.0) >= days.SMALL for spent in found)]


def _days(context: Context) -> Sheet:
    """The days of each step: what the chart of the page draws."""
    keys = ("process", "variant", "book_step", "kind", "category", "book_office", "book_calendar")
    called = {category.id: context.name(category.called) for category in Category}
    rows: list[list[Cell]] = [
        [context.process(process), context.name(variant.name), context.step(process, found["node"], variant),
         context.kind(found["kind"]), called[found["category"]], float(found["office"]), float(found["calendar"])]
        for process in context.processes
        for variant in context.variants
        for found in context.comparison.split[variant.id][process].to_dict("records")
    ]  # fmt: skip
    note = context.say("days_note", off_duty=days.off_duty(context))
    return Sheet("days", context.say("book_days"), heads(context, *keys), rows, [note])


def _months(context: Context) -> Sheet:
    rows: list[list[Cell]] = []
    for variant in context.variants:
        for process, months in context.comparison.months[variant.id].items():
            for month in months:
                means = [
                    cell(month.means[m].mean, share=MEASURES[m].unit is SHARE) if m in month.means else None
                    for m in MONTHLY
                ]
                rows.append([context.process(process), context.name(variant.name), month.month, month.cases, *means])
    names = [context.name(MEASURES[m].name) for m in MONTHLY]
    return Sheet(
        "months",
        context.say("book_months"),
        [*heads(context, "process", "variant", "month", "cases"), *names],
        rows,
    )


def _staff(context: Context) -> Sheet:
    """Officers and how busy they are; whoever has nothing to do in any variant is left out."""
    keys = ("book_department", "role", "variant", "officers", "book_derived", "book_use", "book_low", "book_high")
    rows: list[list[Cell]] = []
    for variant in context.variants:
        for pool, found in context.comparison.utilisation[variant.id].items():
            if not staff.is_busy(context, pool):
                continue
            number, derived = staff.count_of(context, variant, pool)
            rows.append([
                context.department(pool[0]), context.say_or(f"role {pool[1]}", pool[1]), context.name(variant.name),
                number, context.say("yes" if derived else "no"),
                *(cell(value, share=True) for value in (found.mean, found.low, found.high)),
            ])  # fmt: skip
    note = [context.say("staff_statement")] if rows else []
    return Sheet("staff", context.say("book_staff"), heads(context, *keys), rows, note)
