"""The sheets on what a comparison rests on: what the reforms changed, every number with its source, every source."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from sim.export.workbook import Cell, Sheet, cell, heads
from sim.report.page import changes, sources
from sim.report.page.context import Context
from sim.report.page.sources import is_recalled
from sim.scenario.evidence import KINDS, Cited, cited, figures
from sim.spec.sources import Assumption, Source, possible, standing


def changed(context: Context) -> Sheet:
    """What each reform changed, a row for each change."""
    keys = ("variant", "book_reform", "source", "what", "old", "new")
    rows: list[list[Cell]] = []
    for change in changes.changes(context):
        for group in change.table.groups if change.table else ():
            link = group.head.link.text if group.head and group.head.link else ""
            reform = group.head.text if group.head else ""
            rows += [[change.title, reform, link, r.head.text, *(c.text for c in r.cells)] for r in group.rows]
    return Sheet("reforms", context.say("book_changes"), heads(context, *keys), rows)


def numbers(context: Context) -> Sheet:
    """Every number that went in: where it stands, what it is, its source and the mark of it."""
    keys = ("book_place", "book_of", "book_value", "book_mark", "book_key", "source", "book_range_low",
            "book_range_high")  # fmt: skip
    rows = [row for one in cited(context.comparison.prepared) for row in _numbers(context, one)]
    note = context.say("book_numbers_note")
    return Sheet("numbers", context.say("book_numbers"), heads(context, *keys), rows, [note])


def _numbers(context: Context, one: Cited) -> Iterator[list[Cell]]:
    source = context.comparison.prepared.sources.get(one.key)
    if source is None:
        return
    for place, value in figures(one):
        yield [place, _of(context, one), value, _mark(context, source), one.key, _citation(context, one.key, source),
               *_range(source)]  # fmt: skip


def _of(context: Context, one: Cited) -> str:
    """What the number belongs to, by name: the step of a process, the department."""
    if one.owner in context.processes:
        of_step = len(one.path) > 1 and one.path[0] == "steps"
        process = context.process(one.owner)
        return f"{process} {context.step(one.owner, str(one.path[1]))}" if of_step else process
    room, _, name = one.owner.partition(".")
    return context.department(name) if room == "departments" else context.say_or(f"book_of {room}", one.owner)


def _mark(context: Context, source: Source) -> str:
    """How sure a number is: the kind of its source, and whether that was read."""
    kind = context.say(f"source_kind {standing(source)}")
    return context.say("in_brackets", text=kind, inner=context.say("recalled")) if is_recalled(source) else kind


def _citation(context: Context, key: str, source: Source) -> str:
    return context.name(source.why) if isinstance(source, Assumption) else context.cite(key).text


def _range(source: Source) -> list[Cell]:
    """Between which values an assumption or a measurement may lie; nothing where it leaves nothing open."""
    return [cell(end) for end in possible(source) or (math.nan, math.nan)]


def cited_sources(context: Context) -> Sheet:
    """Every source, and how many numbers rest on it."""
    keys = ("book_key", "book_mark", "book_text", "book_section", "book_number", "book_date", "book_range_low",
            "book_range_high", "numbers", "book_note")  # fmt: skip
    used = Counter(one.key for one in cited(context.comparison.prepared))
    found = sorted(context.sources.items(), key=lambda item: KINDS.index(standing(item[1])))
    rows: list[list[Cell]] = [[key, _mark(context, source), *_source(context, source), used[key],
                               context.name(note) if (note := getattr(source, "note", None)) else ""]
                              for key, source in found]  # fmt: skip
    return Sheet("sources", context.say("book_sources"), heads(context, *keys), rows, [sources.share(context)])


def _source(context: Context, source: Source) -> Iterator[Cell]:
    """Title or reason, where in it, its number and date, and the range of an assumption or a measurement."""
    yield context.name(source.why) if isinstance(source, Assumption) else source.title
    for fields in (("article", "section"), ("number",), ("date",)):
        yield next((str(value) for key in fields if (value := getattr(source, key, None))), "")
    yield from _range(source)
