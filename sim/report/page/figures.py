"""The third section: the charts, put into the page as SVG that keeps its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from sim.report.chart_register import CHARTS, Chart
from sim.report.drawings import Drawing
from sim.report.filling import filled_in
from sim.report.numbers import runs_of
from sim.report.page.context import Context
from sim.report.page.download import Download, download
from sim.report.words import Lang, named, say

Charts = Mapping[str, Mapping[str, Drawing]]
"""Process → name of a chart in the register → how it is drawn."""

_ROOT = re.compile(r"<svg\b[^>]*>")
_VIEW = re.compile(r'viewBox="[\d.\- ]+ ([\d.]+) [\d.]+"')


@dataclass(frozen=True)
class Figure:
    """One chart with what it is and what to look at."""

    title: str
    look: str
    svg: Markup
    narrow: Markup
    """The same for a phone; nothing where the chart is one for every width."""
    width: int
    """Its natural width in pixels."""
    source: str
    """From what run its numbers are."""
    data: Download | None
    """Its numbers; None where there are none."""


def figures(context: Context, process: str, drawings: Mapping[str, Drawing]) -> list[Figure]:
    """The charts of a process, in the order of the register; ValueError for a drawing that is not in it."""
    order = list(CHARTS)
    return [_figure(context, process, CHARTS[c], drawings[c]) for c in sorted(drawings, key=order.index)]


def _figure(context: Context, process: str, chart: Chart, drawing: Drawing) -> Figure:
    title = context.say("chart_of", process=context.process(process), chart=context.name(chart.name))
    return figure(context, chart, drawing, title, f"{process}-")


def figure(
    context: Context, chart: Chart, drawing: Drawing, title: str, prefix: str = "", runs: int | None = None
) -> Figure:
    """A chart under a title; `prefix` and its name go before every id in its drawing.

    It rests on so many replications, those of the comparison where nothing else is said.
    """
    name, section = f"{prefix}{chart.id}", context.say(chart.section)
    data = f"{context.comparison.prepared.scenario.id}-{name}"
    return pictured(context.lang, chart, drawing, title, name, data, source_line(context, runs), section)


def pictured(
    lang: Lang, chart: Chart, drawing: Drawing, title: str, name: str, data: str, source: str, section: str
) -> Figure:
    """A chart under a title: `name` goes before every id in its drawing, `data` is what its numbers are saved as.

    They stand as a table under `section`.
    """
    alternative = filled_in(named(lang, chart.alternative), section=section)
    label = say(lang, "chart_read", title=title, alternative=alternative)
    drawn = inlined(drawing.svg, f"{name}-", label)
    narrow = inlined(drawing.narrow.decode(), f"{name}-narrow-", label) if drawing.narrow else Markup()
    saved = download(data, drawing.data) if drawing.data else None
    return Figure(title, named(lang, chart.look), drawn, narrow, natural_width(drawing.svg), source, saved)


def source_line(context: Context, runs: int | None = None) -> str:
    """What a chart rests on: the scenario, how often it was played, and by which files."""
    comparison = context.comparison
    return context.say(
        "chart_source", scenario=comparison.prepared.scenario.id, runs=runs or runs_of(comparison.runs),
        seed=comparison.seed, inputs=comparison.prepared.inputs[:12],
    )  # fmt: skip


def natural_width(svg: str) -> int:
    """The width of an SVG in pixels, by its view box in points."""
    found = _VIEW.search(svg)
    return round(float(found.group(1)) * 4 / 3) if found else 0


def inlined(svg: str, prefix: str, label: str) -> Markup:
    """An SVG file as a part of a page: its ids are its own, its styles stay inside, it names no address.

    `prefix` goes before every id, for two charts may use the same one; `label` is read to those who do not see it.
    """
    start, view = _ROOT.search(svg), _VIEW.search(svg)
    if start is None or view is None:
        raise ValueError(f"the chart {prefix} has no <svg> element with a view box")
    body = re.sub(r"<(metadata|style)\b.*?</\1>", "", svg[start.end() :], flags=re.DOTALL)
    body = re.sub(r'(<[^>]*?\bid=")', rf"\g<1>{prefix}", body)
    body = body.replace("url(#", f"url(#{prefix}").replace('href="#', f'href="#{prefix}')
    opening = Markup(
        '<svg role="img" aria-label="{}" {} style="max-width:{}px;stroke-linejoin:round;stroke-linecap:butt">'
    )
    return opening.format(label, Markup(view.group()), natural_width(svg)) + Markup(body.strip())


def by_process(context: Context, charts: Charts) -> list[tuple[str, list[Figure]]]:
    """The name of each process, and its charts."""
    return [(context.process(process), figures(context, process, drawings)) for process, drawings in charts.items()]
