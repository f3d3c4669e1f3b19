"""Two results side by side, on the screen: what is stated otherwise, and which figures moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from sim.decide.moved import Difference, Figure, Said
from sim.records.statistics import SAME
from sim.report.moved import figure_words, unit_of
from sim.report.numbers import number, signed
from sim.report.screen.console import styled
from sim.report.words import Lang, say


def print_difference(console: Console, found: Difference, lang: Lang) -> None:
    """Print what is stated otherwise, every figure that moved by more than luck, and how many did not."""
    if found.said:
        console.print(_stated(found.said, lang))
    else:
        console.print(say(lang, "diff_nothing"))
    if found.moved:
        console.print(_figures(found.moved, lang))
    for said in found.verdicts:
        console.print(styled((say(lang, "diff_verdict", target=said.where, old=said.old, new=said.new), "yellow")))
    if found.figures:
        same = sum(abs(figure.difference) <= SAME for figure in found.figures)
        within = len(found.figures) - len(found.moved) - same
        console.print(say(lang, "diff_tally", n=len(found.figures), moved=len(found.moved), within=within, same=same))


def _stated(said: Sequence[Said], lang: Lang) -> Table:
    table = Table(title=say(lang, "diff_stated"), title_justify="left")
    for column in ("diff_where", "diff_old", "diff_new"):
        table.add_column(say(lang, column), overflow="fold")
    for one in said:
        table.add_row(one.where, _shown(one.old, lang), _shown(one.new, lang))
    return table


def _figures(moved: Sequence[Figure], lang: Lang) -> Table:
    table = Table(title=say(lang, "diff_moved"), title_justify="left")
    table.add_column(say(lang, "diff_where"), overflow="fold")
    for column in ("diff_old", "diff_new", "diff_by", "diff_reach"):
        table.add_column(say(lang, column), justify="right")
    for figure in moved:
        where, unit = figure_words(figure, lang), unit_of(figure)
        luck = f"±{number(figure.reach, unit)}"
        table.add_row(
            where, *(number(x, unit) for x in (figure.old, figure.new)), signed(figure.difference, unit), luck
        )
    return table


def _shown(value: Any, lang: Lang) -> str:
    if value is None:
        return "—"
    if isinstance(value, Mapping):
        return str(value.get(lang, ", ".join(f"{key}: {_shown(inner, lang)}" for key, inner in value.items())))
    if isinstance(value, list | tuple):
        return say(lang, "list_and").join(_shown(inner, lang) for inner in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
