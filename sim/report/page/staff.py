"""The sixth section: how many officers, where their number comes from, and how busy they are."""

from __future__ import annotations

from sim.analysis.estimate import Estimate
from sim.report.numbers import NOTHING, exact, has_interval, has_spread, interval, number
from sim.report.page.context import Context
from sim.report.page.table import Cell, Column, Row, RowGroup, Table
from sim.scenario.prepared import PreparedVariant

PoolKey = tuple[str, str]
"""Department and role."""


def staff(context: Context) -> Table | None:
    """Officers and utilisation by department and role; None where the place states no staff."""
    pools = context.comparison.utilisation[context.variants[0].id]
    if not pools:
        return None
    departments = dict.fromkeys(department for department, _ in pools)
    groups = [
        RowGroup([_row(context, p) for p in pools if p[0] == d], Cell(context.department(d)))
        for d in departments
        if any(is_busy(context, p) for p in pools if p[0] == d)
    ]
    columns = [
        Column(context.say("role"), numbers=False),
        Column(context.say("officers")),
        Column(context.say("assumed")),
    ]
    columns += [Column(context.say("utilisation_of", variant=context.name(v.name))) for v in context.variants]
    return Table(context.say("staff_caption"), columns, groups, _idle(context), "staff")


def is_busy(context: Context, pool: PoolKey) -> bool:
    """Whether anybody of a pool has anything to do in any variant."""
    return any(context.comparison.utilisation[v.id][pool].mean > 0 for v in context.variants)


def _idle(context: Context) -> str:
    """The departments of the place that this scenario gives nothing to do."""
    pools = context.comparison.utilisation[context.variants[0].id]
    busy = {p[0] for p in pools if is_busy(context, p)}
    names = [context.department(d) for d in dict.fromkeys(d for d, _ in pools) if d not in busy]
    return context.say("staff_idle", names=context.listed(names)) if names else ""


def _row(context: Context, pool: PoolKey) -> Row:
    groups = context.variants[0].place.departments[pool[0]].staff[pool[1]]
    assumed = [g.utilisation for g in groups if g.utilisation is not None]
    cells = [Cell(_officers(context, pool)), Cell(context.listed([exact(u, "share") for u in assumed]) or NOTHING)]
    for variant in context.variants:
        found = context.comparison.utilisation[variant.id][pool]
        cells.append(Cell(number(found.mean, "share"), small=_interval(found)))
    return Row(Cell(context.say_or(f"role {pool[1]}", pool[1])), cells)


def _interval(found: Estimate) -> str:
    return interval(found, "share") if has_interval(found) and has_spread(found) else ""


def _officers(context: Context, pool: PoolKey) -> str:
    """How many there are, and how that is known; every number that a variant has."""
    found = dict.fromkeys(count_of(context, variant, pool) for variant in context.variants)
    return " → ".join(context.say("derived" if derived else "stated", n=n) for n, derived in found)


def count_of(context: Context, variant: PreparedVariant, pool: PoolKey) -> tuple[int, bool]:
    """Officers of a pool in a variant, and whether their number is derived."""
    groups = variant.place.departments[pool[0]].staff[pool[1]]
    number = sum(g.count or context.comparison.staff.officers.get(pool, 0) for g in groups)
    return number, any(g.count is None for g in groups)
