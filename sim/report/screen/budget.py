"""A target's days shared out among departments, on the screen."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.decide.budget import Budget, Part
from sim.report.budget import department_name
from sim.report.numbers import exact, number, percent
from sim.report.screen.console import styled
from sim.report.screen.printed import interval
from sim.report.words import Lang, named, say

COLUMNS = ("budget_coming", "budget_now", "budget_part", "budget_limit", "budget_keeps", "budget_days")


def print_budget(console: Console, found: Budget, lang: Lang) -> None:
    """Print the days of every department, now and shared out, and the chance that it comes to."""
    target = found.target
    title = say(lang, "budget_title", target=f"{target.id} {named(lang, target.name)}", days=exact(found.days, ""),
                variant=named(lang, found.variant.name), runs=found.runs)  # fmt: skip
    table = Table(title=title, title_justify="left")
    table.add_column(say(lang, "budget_department"), overflow="fold")
    for column in COLUMNS:
        table.add_column(say(lang, column), justify="right")
    for part in found.parts:
        table.add_row(department_name(found, part, lang), *_cells(part))
    console.print(table)
    chance = found.chance
    key = "budget_chance" if 0 < chance.mean < 1 else "budget_none" if chance.mean <= 0 else "budget_sure"
    low, high = (percent(min(max(x, 0.0), 1.0)) for x in (chance.low, chance.high))
    console.print(say(lang, key, chance=percent(chance.mean), low=low, high=high, found=number(found.found.mean, "")))
    console.print(styled((say(lang, "budget_rule"), "dim")))


def _cells(part: Part) -> list[Text]:
    limit = number(part.limit, "") if part.limit > 0 else "–"
    keeps = number(part.keeps.mean, "share") if math.isfinite(part.keeps.mean) else "–"
    plain = (styled(percent(part.coming)), interval(part.days, ""), styled(percent(part.part)), styled(limit))
    return [*plain, styled(keeps), interval(part.budget, "")]
