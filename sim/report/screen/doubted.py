"""What the assumptions do to the targets, on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from sim.analysis.answers import Doubts, Effect
from sim.analysis.comparison import Comparison
from sim.analysis.verdict import TargetResult
from sim.decide.flips import Flip
from sim.report.numbers import beside, exact, number
from sim.report.screen.console import styled
from sim.report.screen.printed import WORDS, target_name
from sim.report.targets import end_words, unmoved_words, value_words
from sim.report.words import Lang, named, say
from sim.report.worlds import worlds_words
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
        if told := worlds_words(lang, result, comparison.prepared.sources):
            console.print(f"{result.target.id} {say(lang, 'worlds')}: {told}")


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
