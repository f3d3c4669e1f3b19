"""The fourth section: what each variant's reforms changed against the one before it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sim.reforms.diff import Change
from sim.report.numbers import exact
from sim.report.page.context import Context
from sim.report.page.standing import Ends, Standing, standing, values
from sim.report.page.table import Cell, Column, Link, Row, RowGroup, Table, cells
from sim.scenario.prepared import PreparedVariant


@dataclass(frozen=True)
class Changes:
    """What one variant changed."""

    title: str
    share: str
    """That only a share of the cases goes this way; empty when all do."""
    share_source: Link | None
    table: Table | None


def changes(context: Context) -> list[Changes]:
    """What each variant changed, in their order; the baseline only what national rules changed before the start."""
    return [_of_law(context, v) if v.start is None else _of_variant(context, v, v.start) for v in changing(context)]


def changing(context: Context) -> list[PreparedVariant]:
    """The variants that change something against another: all but a baseline that no rule changed."""
    return [v for v in context.variants if v.start is not None or v.changes]


def _of_law(context: Context, baseline: PreparedVariant) -> Changes:
    """What the rules in force at the start changed in the processes as their files state them."""
    title = context.say("changes_by_law", variant=context.name(baseline.name))
    return Changes(title, "", None, _table(context, baseline, baseline))


def _of_variant(context: Context, variant: PreparedVariant, from_id: str) -> Changes:
    start = context.variant(from_id)
    written = context.comparison.prepared.scenario.variants[variant.id]
    from_name, share = context.name(start.name), exact(written.share, "share")
    return Changes(
        title=context.say("changes_of", variant=context.name(variant.name), start=from_name),
        share=context.say("changes_share", share=share, start=from_name) if written.share < 1 else "",
        share_source=context.cite(written.source) if written.source else None,
        table=_table(context, variant, start) if variant.changes else None,
    )


def _table(context: Context, variant: PreparedVariant, start: PreparedVariant) -> Table:
    groups = []
    for _, these in groupby(variant.changes, lambda c: (c.reform, c.process, c.source)):
        found = list(these)
        groups.append(RowGroup(_rows(context, found, Ends(start, variant)), _head(context, found[0])))
    columns = [Column(context.say(key), numbers=False) for key in ("what", "old", "new")]
    caption = context.say("changes_caption", variant=context.name(variant.name))
    return Table(caption, columns, groups, kind="changes")


def _head(context: Context, change: Change) -> Cell:
    name = context.reform(change.reform)
    if len(context.processes) > 1 and change.process in context.processes:
        name = context.say("in_brackets", text=name, inner=context.process(change.process))
    return Cell(name, small=context.say("source"), link=context.cite(change.source))


def _rows(context: Context, found: Sequence[Change], ends: Ends) -> list[Row]:
    """A row for each different change; what happens alike to several steps is told once, with all their names."""
    alike: dict[tuple[Standing, tuple[str, str]], list[str]] = {}
    for change in _told(context, found):
        where = standing(context, change, ends)
        alike.setdefault((where.alike, values(context, change, ends)), []).append(where.subject)
    return [Row(Cell(where.text(context, names)), cells(*pair)) for (where, pair), names in alike.items()]


def _told(context: Context, found: Iterable[Change]) -> list[Change]:
    """The changes without those of names in the other language, and of the mere order of a list."""
    other = ".name.en" if context.lang == "zh" else ".name.zh"
    return [c for c in found if not c.path.endswith(other) and not _only_reordered(c)]


def _only_reordered(change: Change) -> bool:
    old, new = change.old, change.new
    if not (isinstance(old, tuple) and isinstance(new, tuple)):
        return False
    return len(old) == len(new) and all(x in new for x in old) and all(x in old for x in new)
