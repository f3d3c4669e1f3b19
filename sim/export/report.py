"""What was found as a report of an office (情况报告): what was asked, found, changed, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from sim.analysis.answers import Remedy
from sim.analysis.comparison import Comparison
from sim.analysis.telling import quiet_of
from sim.analysis.verdict import TargetResult
from sim.core.version import VERSION
from sim.export.document import Block, Bullets, Document, Grid, Heading, Line, Paragraph, Picture, grid
from sim.report.chart_register import CHARTS
from sim.report.filling import filled_in
from sim.report.numbers import NOTHING, beside, fine, percent, runs_of
from sim.report.page import answers, changes, days, doubts, first, measures, sources, staff, targets
from sim.report.page.context import Context
from sim.report.page.table import Link
from sim.report.settings import setting_words
from sim.report.targets import bound_words, what_would_meet, with_unit
from sim.report.words import Lang, say
from sim.report.worlds import worlds_words

PICTURES = ("time_split", "distribution")
"""Charts that a report has of each process."""
MOST_PROCESSES = 6
"""Processes of which a report tells one by one; the page and the workbook have all."""
Draw = Callable[[str, str], bytes | None]
"""The PNG of a chart of a process; None where it is not drawn."""


def drawing(comparison: Comparison, lang: Lang) -> Draw:
    """Return what draws the charts of a comparison, each once."""

    @cache
    def draw(process: str, chart: str) -> bytes:
        from sim.report.charts.jobs import drawn

        return drawn((comparison, lang), (process, chart))["png"]

    return draw


def not_drawn(process: str, chart: str) -> None:
    """No picture, for a report that has none."""
    del process, chart


def written(context: Context, remedies: Mapping[str, Remedy], draw: Draw) -> Document:
    """The report of a comparison in the language of its context."""
    parts = (_asked, _found, _targets, _changes, _days, _evidence, _limits)
    blocks: list[Block] = [Heading(_title(context), 0), Paragraph(context.headline, "note")]
    for number, part in enumerate(parts, 1):
        title, *rest = part(context, remedies, draw)
        assert isinstance(title, str)
        blocks.append(Heading(context.say(f"office_part_{number}", title=title), 1))
        blocks += [block for block in rest if not isinstance(block, str)]
    return Document(
        title=_title(context),
        lang=context.lang,
        labels=(context.say("office_table"), context.say("office_figure")),
        numbered=say(context.lang, "office_numbered", label="{label}", n="{n}", text="{text}"),
        blocks=blocks,
    )


def _title(context: Context) -> str:
    return context.say("office_title", name=context.name(context.comparison.prepared.scenario.name))


Part = Iterator[Block | str]
"""The title of a part, then its blocks."""


def _asked(context: Context, remedies: Mapping[str, Remedy], draw: Draw) -> Part:
    del remedies, draw
    comparison = context.comparison
    yield context.say("office_asked")
    yield Paragraph(answers.question(context))
    if said := answers.window(context):
        yield Paragraph(said)
    demands = answers.demands(context)[:MOST_PROCESSES]
    yield Bullets([f"{demand.text}{context.say('colon')}{demand.link.text}" for demand in demands])
    for text in setting_words(context.lang, comparison.prepared, comparison.staff):
        yield Paragraph(text, "strong")
    yield Paragraph(basis(context), "note")


def basis(context: Context) -> str:
    """By which version it was written, and from which files."""
    return context.say("office_basis", version=VERSION, inputs=context.comparison.prepared.inputs[:12] or NOTHING)


def _found(context: Context, remedies: Mapping[str, Remedy], draw: Draw) -> Part:
    del remedies, draw
    yield context.say("office_found")
    if context.comparison.interrupted:
        yield Paragraph(context.say("interrupted", runs=runs_of(context.comparison.runs)), "strong")
    lead, *others = first.sentences(context)
    yield Paragraph(lead, "strong")
    for text in (*others, answers.tally(context), context.say("doubt_interval")):
        yield Paragraph(text)


def _targets(context: Context, remedies: Mapping[str, Remedy], draw: Draw) -> Part:
    del draw
    results = context.comparison.targets
    yield context.say("office_targets" if results else "office_means")
    if results:
        yield targets_grid(context)
        for result in results:
            if said := [*_reasons(context, result, remedies.get(result.target.id))]:
                yield Paragraph(f"{result.target.id} {context.name(result.target.name)}", "strong")
                yield Bullets(said)
    for process in context.processes[:MOST_PROCESSES]:
        yield grid(measures.glance(context, process), context.lang)


def targets_grid(context: Context) -> Grid:
    """Every target: published, before, now with its interval, over the assumptions where drawn, and the verdict."""
    results = context.comparison.targets
    drawn = any(result.in_worlds for result in results)
    rows = [{**_target(context, result), **(_in_worlds(context, result) if drawn else {})} for result in results]
    heads = [head for head in _HEADS if head in rows[0]]
    note = context.say("office_targets_note" if drawn else "doubt_interval")
    lines = [Line([row[head] for head in heads]) for row in rows]
    titles = [context.say(f"office_{head}") for head in heads]
    return Grid(context.say("office_targets"), titles, lines, note, [_HEADS[head] for head in heads])


_HEADS = {"id": False, "name": False, "bound": True, "before": True, "value": True, "range": True, "holds": True,
          "verdict": False}  # fmt: skip
"""Column of the targets → whether numbers stand in it."""


def _target(context: Context, result: TargetResult) -> dict[str, str]:
    target, quiet = result.target, quiet_of(result)
    verdict = context.name(result.standing.words)
    return {
        "id": target.id,
        "name": context.name(target.name),
        "bound": bound_words(context.lang, target),
        "before": targets.value(context, result, result.baseline.mean),
        "value": _simulated(context, result),
        "verdict": context.say("in_brackets", text=verdict, inner=context.name(quiet.words)) if quiet else verdict,
    }


def _simulated(context: Context, result: TargetResult) -> str:
    """The figure with its interval, or why it has none."""
    value = targets.value(context, result, result.estimate.mean)
    if between := targets.between(result, result.estimate):
        return f"{value} {between}"
    return context.say("in_brackets", text=value, inner=targets.spread(context, result, result.estimate))


def _in_worlds(context: Context, result: TargetResult) -> dict[str, str]:
    found, unit, shown = result.in_worlds, result.target.value_unit, beside(result.target.meets, fine)
    if found is None:
        return dict.fromkeys(("range", "holds"), context.say("office_not_drawn"))
    ends = f"{shown(found.low, unit.id)}–{shown(found.high, unit.id)}"
    return {"range": with_unit(context.lang, ends, unit), "holds": percent(found.share)}


def _reasons(context: Context, result: TargetResult, remedy: Remedy | None) -> Iterator[str]:
    """What stands behind a figure: its source, the worlds, why it is missed, what would meet it."""
    yield context.say("office_source", source=context.cite(result.target.source).text)
    if said := worlds_words(context.lang, result, context.comparison.prepared.sources):
        yield said
    if result.target.record:
        yield f"{context.say('recorded')}{context.say('colon')}{context.name(result.target.record)}"
    if remedy is not None:
        told = what_would_meet(context.lang, context.comparison, result, remedy)
        yield f"{context.say('remedy')}{context.say('colon')}{told}"


def _changes(context: Context, remedies: Mapping[str, Remedy], draw: Draw) -> Part:
    del remedies, draw
    yield context.say("changes")
    found = changes.changes(context)
    for change in found:
        yield Heading(change.title, 2)
        if change.share:
            yield Paragraph(_with(context, change.share, change.share_source))
        yield grid(change.table, context.lang) if change.table else Paragraph(context.say("changes_none"))
    if not found:
        yield Paragraph(context.say("changes_none"))


def _with(context: Context, text: str, link: Link | None) -> str:
    return f"{text}{context.say('colon')}{link.text}" if link else text


def _days(context: Context, remedies: Mapping[str, Remedy], draw: Draw) -> Part:
    del remedies
    yield context.say("days")
    yield Paragraph(context.say("days_note", off_duty=days.off_duty(context)))
    told = context.processes[:MOST_PROCESSES]
    for process in told:
        yield grid(days.by_category(context, process), context.lang)
    if (found := staff.staff(context)) is not None:
        yield Paragraph(context.say("staff_statement"))
        yield grid(found, context.lang)
    for process in told:
        yield from _pictures(context, process, draw)


def _pictures(context: Context, process: str, draw: Draw) -> Iterator[Picture]:
    for shown in (picture(context, process, name, draw) for name in PICTURES):
        if shown is not None:
            yield replace(shown, note=context.say("office_noted", note=shown.note, source=own_source(context)))


def own_source(context: Context) -> str:
    """That what is shown comes from this run."""
    return context.say("office_own_source", runs=runs_of(context.comparison.runs), seed=context.comparison.seed)


def picture(context: Context, process: str, name: str, draw: Draw) -> Picture | None:
    """A chart of a process, with what to look at; None where it is not drawn."""
    if (png := draw(process, name)) is None:
        return None
    chart = CHARTS[name]
    title = context.say("chart_of", process=context.process(process), chart=context.name(chart.name))
    alternative = filled_in(context.name(chart.alternative), section=context.say(chart.section))
    return Picture(png, title, alternative, context.name(chart.look))


def _evidence(context: Context, remedies: Mapping[str, Remedy], draw: Draw) -> Part:
    del remedies, draw
    yield context.say("evidence")
    yield Paragraph(sources.share(context), "strong")
    yield grid(sources.counts(context), context.lang)
    if (found := sources.assumptions(context)) is not None:
        yield grid(found, context.lang)
    yield Heading(context.say("all_sources"), 2)
    for kind in sources.kinds(context):
        yield Paragraph(kind.title, "strong")
        yield Bullets([f"{entry.text}{context.say('colon')}{entry.remarks}" for entry in kind.entries])


def _limits(context: Context, remedies: Mapping[str, Remedy], draw: Draw) -> Part:
    del remedies, draw
    yield context.say("office_limits")
    yield Bullets([doubt_words(context, doubt) for doubt in doubts.doubts(context)])


def doubt_words(context: Context, doubt: doubts.Doubt) -> str:
    """What the model does not know, with the sources that it concerns."""
    text, listed, colon = doubt.text, context.listed([link.text for link in doubt.links]), context.say("colon")
    if listed and text.endswith(colon.strip()):
        return f"{text.removesuffix(colon.strip())}{colon}{listed}"
    return context.say("in_brackets", text=text, inner=listed) if listed else text
