"""What the assumptions do to the targets, on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from sim.analysis.answers import Doubts, Effect
from sim.analysis.comparison import Comparison
from sim.analysis.verdict import TargetResult
from sim.decide.flips import Flip
from sim.decide.indices import Index, Indices
from sim.decide.ranking import Ranked
from sim.report.numbers import beside, exact, number, percent
from sim.report.screen.console import styled
from sim.report.screen.printed import WORDS, print_in_worlds, target_name
from sim.report.targets import end_words, unmoved_words, value_words
from sim.report.words import Lang, named, say
from sim.spec.sources import Uncertain


def print_doubts(console: Console, comparison: Comparison, found: Doubts, lang: Lang) -> None:
    """Print what each target would be at both ends of the range of each assumption, and which were not moved."""
    for result in comparison.targets:
        swings = _swings(comparison, result, found.effects[result.target.id], lang)
        console.print(swings)
    if found.unmoved:
        console.print(_unmoved(found, lang))


def print_flips(console: Console, comparison: Comparison, found: Mapping[str, Sequence[Flip]], lang: Lang) -> None:
    """Print the least changes of an assumption that turn each target, the shortest way first."""
    for result in comparison.targets:
        for flip in found[result.target.id]:
            now, then = (_numbers(numbers) for numbers in (flip.numbers, flip.values))
            called = f"{flip.key}: {flip.part}" if flip.part else flip.key
            console.print(say(lang, "flip", id=result.target.id, key=called, now=now, then=then))


def print_worlds(console: Console, comparison: Comparison, lang: Lang) -> None:
    """Print of each target what it comes to where all assumptions are drawn together, and what to measure first."""
    for result in comparison.targets:
        print_in_worlds(console, comparison, result, lang)


def print_indices(console: Console, comparison: Comparison, found: Indices, lang: Lang) -> None:
    """Print of each target where its variance over the worlds comes from."""
    if found.why_not:
        console.print(say(lang, "indices_none", why=found.why_not))
    for result in comparison.targets:
        if told := found.targets.get(result.target.id):
            console.print(_indices(comparison, result, told, found.worlds, lang))


def print_ranking(console: Console, ranked: Sequence[Ranked], lang: Lang) -> None:
    """Print the assumptions over all targets, what to measure first at the top."""
    if not ranked:
        return
    table = Table(title=say(lang, "ranked"), title_justify="left")
    for column in (WORDS[lang]["assumption"], WORDS[lang]["range"]):
        table.add_column(column, overflow="fold")
    for key in ("ranked_worth", "ranked_turns", "ranked_swing"):
        table.add_column(say(lang, key), overflow="fold")
    for one in ranked:
        worth = [say(lang, "ranked_of", target=target, worth=percent(w)) for target, w in one.worth.items()]
        cells = (say(lang, "list_and").join(listed) for listed in (worth, one.turned))
        table.add_row(one.called, _range(one.assumption), *cells, percent(one.swing))
    console.print(table)
    console.print(say(lang, "ranked_note"))


def _indices(comparison: Comparison, result: TargetResult, told: Sequence[Index], n: int, lang: Lang) -> Table:
    title = say(lang, "indices", name=target_name(comparison, result, lang).plain, n=n)
    table = Table(title=title, title_justify="left")
    for column in (WORDS[lang]["assumption"], say(lang, "index_first"), say(lang, "index_total")):
        table.add_column(column, overflow="fold")
    for index in told:
        called = f"{index.key}: {index.part}" if index.part else index.key
        shares = ((index.first, index.first_between), (index.total, index.total_between))
        table.add_row(called, *(f"{share:.2f} [{low:.2f}, {high:.2f}]" for share, (low, high) in shares))
    return table


def _numbers(numbers: Sequence[float]) -> str:
    return ", ".join(exact(float(f"{number:.3g}"), "") for number in numbers)


def _swings(comparison: Comparison, result: TargetResult, effects: list[Effect], lang: Lang) -> Table:
    words, target = WORDS[lang], result.target
    unit, written = target.value_unit, beside(target.meets, number)
    bound = f"{target.direction.sign} {value_words(lang, target.wanted, unit)}"
    found = f"{written(result.estimate.mean, unit.id)} ({bound})"
    table = Table(title=f"{target_name(comparison, result, lang).plain}: {found}", title_justify="left")
    for column in ("assumption", "range", "low", "high", "turns", "why"):
        table.add_column(words[column], overflow="fold")
    for effect in effects:
        ends = (end_words(lang, target, effect, end, written) for end in (0, 1))
        turns = styled(("●", "red")) if effect.turns(target) else ""
        table.add_row(effect.called, _range(effect.assumption), *ends, turns, named(lang, effect.assumption.why))
    return table


def _unmoved(found: Doubts, lang: Lang) -> Table:
    table = Table(title=say(lang, "unmoved"), title_justify="left")
    for column in (WORDS[lang]["assumption"], WORDS[lang]["range"], say(lang, "unmoved_why")):
        table.add_column(column, overflow="fold")
    for one in found.unmoved:
        table.add_row(one.key, _range(one.assumption), unmoved_words(lang, one))
    return table


def _range(assumption: Uncertain) -> str:
    low, high = (exact(x, "") for x in assumption.range)
    return f"{low}–{high}"
