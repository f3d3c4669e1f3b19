"""The assumptions that matter: what each target's estimate would be at both ends of their ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.analysis.answers import REPLICATIONS, Effect, Unmoved
from sim.analysis.verdict import TargetResult
from sim.report.numbers import beside, exact, fine
from sim.report.page import targets
from sim.report.page.context import Context
from sim.report.page.table import Cell, Column, Row, RowGroup, Table, cells
from sim.report.targets import bound_words, end_words, unmoved_words

MOST = 6
"""Assumptions shown for each target, those that move it most."""

Effects = Mapping[str, Sequence[Effect]]
"""Target → the effect of each assumption, the largest first."""


def swings(context: Context, effects: Effects) -> Table | None:
    """The assumptions that move the targets most, by target; None where they were not tried."""
    results = [r for r in context.comparison.targets if effects.get(r.target.id)]
    if not results:
        return None
    columns = [Column(context.say("assumption"), numbers=False)]
    columns += [Column(context.say(key)) for key in ("range", "at_low", "at_high", "turns")]
    groups = [_group(context, r, effects[r.target.id]) for r in results]
    runs = min(REPLICATIONS, context.comparison.most_runs)
    return Table(context.say("swings"), columns, groups, context.say("swings_note", runs=runs), "swings")


def _group(context: Context, result: TargetResult, effects: Sequence[Effect]) -> RowGroup:
    name = f"{result.target.id} {context.name(result.target.name)}"
    head = Cell(name, small=f"{targets.figure(context, result)} {bound_words(context.lang, result.target)}")
    return RowGroup([_row(context, result, effect) for effect in effects[:MOST]], head)


def _row(context: Context, result: TargetResult, effect: Effect) -> Row:
    low, high = (exact(x, "") for x in effect.assumption.range)
    turns = context.say("yes" if effect.turns(result.target) else "no")
    written = beside(result.target.meets, fine)
    ends = (end_words(context.lang, result.target, effect, end, written) for end in (0, 1))
    texts = (f"{low}–{high}", *ends, turns)
    return Row(
        Cell(
            context.assumption(effect.key, effect.part),
            small=context.name(effect.assumption.why),
            to=context.cite(effect.key).to,
        ),
        cells(*texts),
    )


def not_moved(context: Context, unmoved: Sequence[Unmoved]) -> Table | None:
    """The assumptions that were not moved, and why; None where all were, or none was tried."""
    if not unmoved:
        return None
    columns = [Column(context.say("assumption"), numbers=False), Column(context.say("range"))]
    columns.append(Column(context.say("unmoved_why"), numbers=False))
    return Table(context.say("unmoved"), columns, [RowGroup([_why_not(context, one) for one in unmoved])])


def _why_not(context: Context, unmoved: Unmoved) -> Row:
    low, high = (exact(x, "") for x in unmoved.assumption.range)
    name = Cell(
        context.assumption(unmoved.key), small=context.name(unmoved.assumption.why), to=context.cite(unmoved.key).to
    )
    return Row(name, cells(f"{low}–{high}", unmoved_words(context.lang, unmoved)))
