"""The process before and after as a map: boxes for steps, what reforms took away, the critical path."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from matplotlib.figure import Figure

from sim.report.charts.map_layout import Layout, laid_out
from sim.report.charts.map_model import MapModel, planned_models, played_models
from sim.report.charts.map_panel import BOX, MapPanel, explain
from sim.report.charts.map_words import WORDS
from sim.report.charts.style import MOST_STEPS, figure, headline, no_chart, styled
from sim.report.charts.view import View
from sim.report.filling import filled_in
from sim.report.words import Lang, named
from sim.spec.process import Process

MARGIN, PANEL_TITLE, LEGEND, GAP = 0.25, 0.52, 0.95, 0.2
NARROWEST = 15.0
PAGE = 16.0, 12.0
"""Shape that a map should fill: between that of a slide and that of a page, which are both shown it."""


def process_map(view: View) -> Figure:
    """The map of the first variant above that of the last one, with the critical path of the cases played."""
    return _drawn(played_models(view), view.name, view.lang, WORDS[view.lang]["played"])


def static_map(process: Process, after: Process | None, lang: Lang) -> Figure:
    """The map of a process, and of what reforms make of it, with the path that is longest by limits."""
    words = WORDS[lang]
    with styled():
        maps = planned_models(process, after, (words["before"], words["after"]))
        return _drawn(maps, named(lang, process.name), lang, words["planned"])


def _drawn(maps: Sequence[MapModel], name: str, lang: Lang, subtitle: str) -> Figure:
    """One map below the other, boxes and type of the same size in all."""
    if (steps := max(len(m.process.steps) for m in maps)) > MOST_STEPS:
        return no_chart(map_title(maps, name, lang), filled_in(WORDS[lang]["too_many"], steps=steps, most=MOST_STEPS))
    layouts = _largest([[_laid_out(m, lines) for lines in (1, 2, 3)] for m in maps])
    width, height = _size(layouts)
    drawn = figure(width, height)
    top = height - headline(drawn, map_title(maps, name, lang), subtitle)
    axes = drawn.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
    axes.set_axis_off()
    for model, layout in zip(maps, layouts, strict=True):
        axes.text(MARGIN, top, panel_words(model, lang), size=17, va="top", label="panel")
        top -= PANEL_TITLE + layout.height
        MapPanel(axes, model, maps[0].process, layout, (MARGIN, top), lang).draw()
        top -= GAP
    explain(drawn, lang)
    return drawn


def panel_words(model: MapModel, lang: Lang) -> str:
    """What a map is of: the variant, its steps, their longest chain."""
    return filled_in(WORDS[lang]["panel"], title=model.title, steps=len(model.process.steps), longest=model.longest)


def _laid_out(model: MapModel, lines: int) -> Layout:
    return laid_out(model.before, BOX, model.forms.values(), lines)


def _size(layouts: Sequence[Layout]) -> tuple[float, float]:
    width = max(NARROWEST, *(x.width + 2 * MARGIN for x in layouts))
    return width, width / PAGE[0] + LEGEND + sum(PANEL_TITLE + x.height + GAP for x in layouts)


def _largest(choices: Sequence[Sequence[Layout]]) -> tuple[Layout, ...]:
    """The folds with which the whole map is largest on the page."""

    def scale(layouts: tuple[Layout, ...]) -> float:
        width, height = _size(layouts)
        return min(PAGE[0] / width, PAGE[1] / height)

    return max(product(*choices), key=scale)


def map_title(maps: Sequence[MapModel], name: str, lang: Lang) -> str:
    """What was found: how many steps there are and how long their longest chain is, before and after."""
    words, first, last = WORDS[lang], maps[0], maps[-1]
    steps, longest = len(first.process.steps), first.longest
    if len(maps) == 1:
        return words["one"].format(name=name, b=steps, lb=longest)
    if (steps, longest, first.freed) == (len(last.process.steps), last.longest, 0):
        return words["same"].format(name=name, b=steps, lb=longest)
    found = words["title"].format(name=name, b=steps, a=len(last.process.steps), lb=longest, la=last.longest)
    return found + (words["freed_title"].format(freed=first.freed) if first.freed else "")
