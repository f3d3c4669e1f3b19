"""What a search found, on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.table import Table

from sim.decide.questions import Question
from sim.decide.searching.searched import LimitFound, Searched, Tried
from sim.report.numbers import exact, number, percent
from sim.report.screen.console import styled
from sim.report.screen.printed import interval
from sim.report.searched import choice_words, holds_words, rows, told
from sim.report.targets import value_words
from sim.report.words import Lang, named, say


def print_searched(console: Console, found: Searched, lang: Lang) -> None:
    """Print the answer, the choices about it with what they come to, and how it was found."""
    for sentence in told(found, lang):
        console.print(sentence)
    cost = "choice_cost" if found.priced else "choice_changes"
    table = _table(found.questions, found.rule.chance, ("choice_as", "choice", cost), lang)
    for why, one in sorted(rows(found), key=lambda row: (row[1].cost, row[0])):
        style = "green" if why == "choice_best" else "dim"
        cells = (styled((say(lang, why), style)), choice_words(found, one, lang), exact(one.cost, ""))
        table.add_row(*cells, *_found(found.questions, one, lang))
    console.print(table)
    counts = {"tried": found.tried, "refused": found.refused, "worlds": found.worlds, "seed": found.seed}
    console.print(styled((say(lang, "future_note", **counts), "dim")))


def print_limit(console: Console, found: LimitFound, lang: Lang) -> None:
    """Print how far the limit must come down, and what each limit tried comes to."""
    variant = next(v for v in found.prepared.variants if v.id == found.variant)
    step = named(lang, variant.flows[found.process][0].process.steps[found.step].name)
    now = exact(round(found.now, 4), "")
    if found.needed is None:
        console.print(say(lang, "limit_never", step=step))
    else:
        console.print(say(lang, "limit_enough", step=step, now=now, needed=exact(round(found.needed, 4), "")))
    table = _table(found.questions, found.rule.chance, ("limit",), lang)
    for limit, one in found.tried:
        table.add_row(number(limit, ""), *_found(found.questions, one, lang))
    console.print(table)


def _table(questions: Sequence[Question], chance: float, first: Sequence[str], lang: Lang) -> Table:
    """A table of choices: what they are, in how many futures they hold, and what each question comes to."""
    targets = say(lang, "list_and").join(question.id for question in questions if question.wanted)
    title = say(lang, "searched_of", targets=targets, chance=percent(chance))
    table = Table(title=title, title_justify="left")
    for word in (*first, "choice_holds"):
        table.add_column(
            say(lang, word), justify="left" if word in ("choice", "choice_as") else "right", overflow="fold"
        )
    for question in questions:
        wanted = question.wanted
        bound = f" {wanted.direction.sign} {value_words(lang, wanted, question.unit)}" if wanted else ""
        name = say(lang, "choice_number", name=f"{question.id}{bound}", unit=named(lang, question.unit.short))
        table.add_column(name, justify="right", overflow="fold")
    return table


def _found(questions: Sequence[Question], one: Tried, lang: Lang) -> list[RenderableType]:
    numbers = (interval(x, q.unit.id) for x, q in zip(one.numbers, questions, strict=True))
    return [holds_words(one, lang), *numbers]
