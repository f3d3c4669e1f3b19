"""What was found as slides, one message each: answer, targets, times, what it hangs on, reforms, evidence, limits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sim.analysis.estimate import Estimate
from sim.analysis.summary import Summary
from sim.analysis.telling import leading
from sim.analysis.verdict import TargetResult
from sim.export.document import Bullets, Grid, Picture
from sim.export.report import MOST_PROCESSES, Draw, doubt_words, own_source, picture, targets_grid
from sim.records.measures.register import MEASURES
from sim.report.numbers import number, runs_of
from sim.report.page import answers, changes, days, doubts, first, sources, targets
from sim.report.page.context import Context
from sim.report.targets import bound_words, with_unit
from sim.scenario.evidence import KINDS
from sim.spec.categories import Category

TIMES = ("counted_days", "elapsed_days")
"""Measures, the first of which that has a value heads the slide of a process."""
MOST_LINES, MOST_LEVERS = 8, 8
"""Lines that a slide has room for, assumptions that are drawn."""
_BLUE = "4C78A8"


@dataclass(frozen=True)
class Bars:
    """Bars that the program draws, one below the other, stacked where there are several series."""

    axis: str
    categories: Sequence[str]
    series: Sequence[tuple[str, str, Sequence[float]]]
    """Name, colour and values of each."""
    form: str = "0.0"
    """How the numbers on the bars are written."""
    ends: tuple[float, float] | None = None
    """Where the axis begins and ends; the program that draws it decides where it is left out."""


@dataclass(frozen=True)
class Slide:
    """A message, what shows it, and where it comes from."""

    message: str
    body: Bars | Grid | Bullets | Picture
    origin: str
    notes: str = ""
    """What the speaker has at hand."""


@dataclass(frozen=True)
class Talk:
    """Slides under a title, in one language."""

    title: str
    below: str
    lang: str
    slides: Sequence[Slide]


def talk(context: Context, draw: Draw) -> Talk:
    """The slides of a comparison in the language of its context."""
    parts = (_answer(context), _targets(context), _times(context, draw), _levers(context), _reforms(context),
             _evidence(context), _limits(context))  # fmt: skip
    title = context.name(context.comparison.prepared.scenario.name)
    return Talk(title, context.headline, context.lang, [slide for part in parts for slide in part])


def _answer(context: Context) -> Iterator[Slide]:
    """The figure of the leading target against its bound; what changed most where there is none."""
    said = [*first.sentences(context), *([answers.tally(context)] if context.comparison.targets else [])]
    if context.comparison.interrupted:
        said.append(context.say("interrupted", runs=runs_of(context.comparison.runs)))
    result = leading(context.comparison.targets)
    if result is None:
        yield Slide(said[0], Bullets([answers.question(context), *said[1:]]), own_source(context))
        return
    message = _told(context, result)
    yield Slide(message, Bullets(said), own_source(context), context.say("doubt_interval"))


def _told(context: Context, result: TargetResult) -> str:
    return context.say(
        "slide_target",
        name=context.name(result.target.name),
        value=targets.value(context, result, result.estimate.mean),
        bound=bound_words(context.lang, result.target),
        verdict=context.name(result.standing.words),
    )


def _targets(context: Context) -> Iterator[Slide]:
    """Every target on a line, on as many slides as that takes."""
    if not context.comparison.targets:
        return
    whole = targets_grid(context)
    for begin in range(0, len(whole.lines), MOST_LINES):
        part = Grid("", whole.heads, whole.lines[begin : begin + MOST_LINES], "", whole.numbers)
        yield Slide(answers.tally(context), part, own_source(context), whole.note)


def _times(context: Context, draw: Draw) -> Iterator[Slide]:
    origin = f"{context.say('slide_all')}{own_source(context)}"
    note = context.say("days_note", off_duty=days.off_duty(context))
    for process in context.processes[:MOST_PROCESSES]:
        yield Slide(_change(context, process), _stack(context, process), origin, note)
        if (shown := picture(context, process, "distribution", draw)) is not None:
            notes = context.say("office_noted", note=shown.note, source=shown.alternative)
            yield Slide(_most(context, process), shown, origin, notes)


def _change(context: Context, process: str) -> str:
    """How the time of a process changed from the first variant to the last."""
    return _from_to(context, process, "slide_measure", lambda found: found.mean)


def _most(context: Context, process: str) -> str:
    """How the time that nine in ten cases keep changed from the first variant to the last."""
    return _from_to(context, process, "slide_most", lambda found: found.p90)


def _from_to(context: Context, process: str, key: str, of: Callable[[Summary], Estimate]) -> str:
    """What the time of a process was in the first variant and is in the last."""
    known = [m for m in TIMES if math.isfinite(context.comparison.of(context.variants[0].id, process, m).mean.mean)]
    name = known[0] if known else TIMES[-1]
    unit = MEASURES[name].unit
    values = [of(context.comparison.of(v.id, process, name)).mean for v in context.comparison.prepared.ends]
    return context.say(
        key,
        process=context.process(process),
        measure=context.inline(MEASURES[name].name),
        first=" → ".join([*(number(value, unit.id) for value in values[:-1]), ""]),
        last=with_unit(context.lang, number(values[-1], unit.id), unit),
    )


def _stack(context: Context, process: str) -> Bars:
    """Where the time goes, a bar for each variant."""
    spent = days.spent(context, process, "office")
    series = [
        (context.name(category.called), category.colour.lstrip("#"), [float(s.get(category.id, 0.0)) for s in spent])
        for category in Category
        if any(s.get(category.id, 0.0) >= days.SMALL for s in spent)
    ]
    names = [
        context.say("in_brackets", text=context.name(v.name), inner=number(float(s.sum()), "days"))
        for v, s in zip(context.variants, spent, strict=True)
    ]
    return Bars(context.say("in_working"), names, series)


def _levers(context: Context) -> Iterator[Slide]:
    """The assumptions on which the leading target hangs, and how strongly."""
    result = leading(context.comparison.targets)
    if result is None or result.in_worlds is None or not result.in_worlds.levers:
        return
    found = result.in_worlds.levers[:MOST_LEVERS]
    names = [context.assumption(lever.key, lever.part) for lever in found]
    message = context.say("slide_hangs", name=context.name(result.target.name), n=len(result.in_worlds.levers))
    low = -1 if any(lever.rank < 0 for lever in found) else 0
    ranks = Bars(context.say("slide_rank"), names, [("", _BLUE, [lever.rank for lever in found])], "0.00", (low, 1))
    yield Slide(message, ranks, own_source(context), " ".join(first.sentences(context)[1:]))


def _reforms(context: Context) -> Iterator[Slide]:
    """What each variant changes: its reforms by name, with what they rest on in the notes."""
    items, cited = [], []
    for change, variant in zip(changes.changes(context), changes.changing(context), strict=True):
        heads = [group.head for group in change.table.groups if group.head] if change.table else []
        names = context.listed(list(dict.fromkeys(context.reform(each.reform) for each in variant.changes)))
        items.append(f"{change.title}{context.say('colon')}{names or context.say('changes_none')}")
        cited += [f"{head.text}{context.say('colon')}{head.link.text}" for head in heads if head.link]
    if items:
        notes = "\n".join(dict.fromkeys(cited))
        yield Slide(context.say("slide_reforms", n=len(items)), Bullets(items), own_source(context), notes)


def _evidence(context: Context) -> Iterator[Slide]:
    counts = {kind: context.evidence.counts[kind] for kind in KINDS if context.evidence.counts[kind]}
    names = [context.say(f"source_kind {kind}") for kind in counts]
    bars = Bars(context.say("numbers"), names, [("", _BLUE, [float(n) for n in counts.values()])], "0")
    yield Slide(sources.share(context), bars, context.say("slide_inputs"))


def _limits(context: Context) -> Iterator[Slide]:
    told = [doubt_words(context, doubt) for doubt in doubts.doubts(context)]
    each = math.ceil(len(told) / math.ceil(len(told) / MOST_LINES))  # as many on the last slide as on the others
    for begin in range(0, len(told), each):
        yield Slide(context.say("office_limits"), Bullets(told[begin : begin + each]), own_source(context))
