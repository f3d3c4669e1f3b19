"""The charts of what a planner decides by, for a phone: the names above the bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.budget import department_name
from sim.report.charts import budget, capacity, forecast, moved, pareto, recorded, tornado, worlds
from sim.report.charts.narrow import NAME, TEXT, WIDTH, Block, Rows, barred, headed, keys, panel, stacked, words
from sim.report.charts.style import Cell, figure
from sim.report.moved import figure_words

TWICE = 0.4
"""Inches of two bars of a department."""
HIGH, LEFT = 3.4, 0.62
"""Inches of a panel with numbers at its left side, and of the room for them."""
TICKS = 5
"""Numbers at an axis of a phone at most."""


def narrow_tornado(view: tornado.Swung) -> Figure:
    """The bars of the wide drawing, each below its assumption."""
    names = [view.called(effect) for effect in view.moving]

    def draw(axes: Axes, cell: Cell) -> None:
        tornado.bars(axes, view, cell, margin=0.2)
        _few(axes)

    return _stacked(tornado.headings(view), [barred(Rows(names), draw)] if names else [], tornado.explained(view))


def narrow_worlds(view: worlds.Drawn) -> Figure:
    """A bar below each target, its share of worlds and what they come to."""
    names = [f"{' '.join(key)}   {worlds.range_words(view, key)}" for key in view.shown]

    def draw(axes: Axes, cell: Cell) -> None:
        worlds.bars(axes, view, cell)
        axes.set_xlim(-0.015, 1.015)  # room for half of the first and the last number

    return _stacked(worlds.headings(view), [barred(Rows(names), draw)] if names else [], worlds.explained(view))


def narrow_moved(view: moved.Compared) -> Figure:
    """A bar below each figure, and what it was and is."""
    names = [f"{figure_words(one, view.lang)}   {moved.values(one)}" for one in view.shown]

    def draw(axes: Axes, cell: Cell) -> None:
        moved.bars(axes, view, cell)
        axes.margins(x=0.06)
        _few(axes)

    return _stacked(moved.headings(view), [barred(Rows(names), draw)] if names else [], moved.explained(view))


def narrow_budget(view: budget.SharedOut) -> Figure:
    """Two bars below each department, and the tick."""
    rows = Rows([department_name(view.found, part, view.lang) for part in view.found.parts], TWICE)
    ends = chain.from_iterable((p.days.mean, p.budget.mean, p.budget.high, p.limit) for p in view.found.parts)
    most = max((end for end in ends if end < float("inf")), default=1.0)

    def draw(axes: Axes, cell: Cell) -> None:
        budget.bars(axes, view, cell)
        axes.set_xlim(0, most * 1.16)  # the days are written beside the bars
        _few(axes)

    return _stacked(budget.headings(view), [barred(rows, draw)], budget.explained(view))


def narrow_pareto(view: pareto.Choices) -> Figure:
    """The points, below them what those of the front are."""

    def draw(axes: Axes) -> None:
        pareto.points(axes, view)
        axes.tick_params(labelsize=TEXT)
        axes.set_xlabel(view.axis, size=TEXT)
        _few(axes)

    drawn = [panel(HIGH, draw, below=0.5, left=LEFT), *map(words, pareto.front_words(view))]
    return _stacked(pareto.headings(view), drawn, pareto.explained(view))


def narrow_capacity(view: capacity.Crowded) -> Figure:
    """The heat map, below it the curves."""

    def heat(axes: Axes) -> None:
        capacity.heat(axes, view)
        axes.set_ylabel("")
        axes.tick_params(labelsize=TEXT)
        axes.set_xlabel(view.say("officers"), size=TEXT)

    def curves(axes: Axes) -> None:
        capacity.curves(axes, view)
        axes.tick_params(labelsize=TEXT)
        axes.set_xlabel(view.say("share"), size=TEXT)
        _few(axes)

    title, variant = capacity.headings(view)
    named = [words(f"{view.say('files')} · {view.say('heat')}"), panel(HIGH, heat, below=0.6, left=LEFT)]
    drawn = [*named, words(view.say("wait")), panel(HIGH, curves, below=0.6, left=LEFT)]
    return _stacked((title, variant), drawn, capacity.explained(view))


def narrow_recorded(view: recorded.Recorded) -> Figure:
    """Steps, departments and months one below the other, the names above the bars."""

    def drawn(by: str) -> Iterator[Block]:
        rows = view.of(by)
        yield words(recorded.called(view, by), NAME)
        names = [recorded.row_name(view, by, row) for row in rows]

        def draw(axes: Axes, cell: Cell) -> None:
            recorded.bars(axes, rows, cell, room=1.35)
            _few(axes)

        yield barred(Rows(names), draw, below=0.5)

    blocks = [block for by in recorded.MOST if view.of(by) for block in drawn(by)]
    return _stacked(recorded.headings(view), blocks, recorded.explained(view))


def narrow_forecast(view: forecast.Foretold) -> Figure:
    """The spans of cases, below them the distances."""
    probe = figure(WIDTH, HIGH).add_subplot()
    forecast.spans(probe, view)
    lines = forecast.explained(probe)
    probe.clear()
    forecast.distances(probe, view, Cell(1))
    marks = forecast.explained(probe)

    def spans(axes: Axes) -> None:
        forecast.spans(axes, view)
        axes.tick_params(labelsize=TEXT)
        axes.set_xlabel(view.say("span"), size=TEXT)

    def distances(axes: Axes, cell: Cell) -> None:
        forecast.distances(axes, view, cell)
        axes.set_xlabel(view.say("distance"), size=TEXT)

    rows = Rows([forecast.row_name(view, row) for row in view.rows])
    drawn = [
        words(view.say("share")),
        panel(HIGH, spans, below=0.6, left=LEFT),
        *keys(lines),
        barred(rows, distances, 0.6),
    ]
    return _stacked(forecast.headings(view), drawn, marks)


def _few(axes: Axes) -> None:
    """Let round numbers stand at the axis, so few that they do not touch."""
    axes.locator_params(axis="x", nbins=TICKS, steps=[1, 2, 5, 10])


def _stacked(headings: tuple[str, str], drawn: Sequence[Block], handles: Sequence[Artist]) -> Figure:
    """The finding, the drawing and what is in it; the finding alone where there is nothing to draw."""
    return stacked([*headed(*headings), *drawn, *(keys(handles) if drawn else [])])
