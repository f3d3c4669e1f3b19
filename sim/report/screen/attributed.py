"""What each reform buys, on the screen."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.analysis.estimate import Estimate
from sim.decide.attributed import Attributed, Attribution, Bought
from sim.report.attributed import by_share, part_names, refused_words, told
from sim.report.numbers import NOTHING, number, signed, signed_interval
from sim.report.screen.console import styled
from sim.report.targets import value_words
from sim.report.words import Lang, named, say

COLUMNS: dict[str, Callable[[Bought], Estimate]] = {
    "bought_alone": lambda bought: bought.alone,
    "bought_last": lambda bought: bought.last,
    "bought_stacked": lambda bought: bought.stacked,
    "bought_share": lambda bought: bought.share,
}
"""Word → what stands in its column."""


def print_attribution(console: Console, attribution: Attribution, lang: Lang) -> None:
    """Print what each part does to every number that was asked, the largest share first, and what is to be said."""
    for found in attribution.answers:
        if found.known:
            console.print(_table(attribution, found, lang))
        else:
            console.print(_title(attribution, found, lang))
        for sentence in told(attribution, found, lang):
            console.print(sentence)
    for sentence in refused_words(attribution, lang):
        console.print(styled((sentence, "yellow")))
    if not attribution.exact:
        console.print(styled((say(lang, "orders_sampled", n=attribution.orders), "yellow")))
    console.print(say(lang, "difference_note"))
    counts = {"runs": attribution.runs, "seed": attribution.seed}
    counts |= {"coalitions": attribution.coalitions, "worlds": attribution.worlds}
    console.print(styled((say(lang, "attribution_runs", **counts), "dim")))


def _title(attribution: Attribution, found: Attributed, lang: Lang) -> str:
    variants, unit = {v.id: v.name for v in attribution.prepared.variants}, found.question.unit
    first = attribution.prepared.variants[0].name
    name = named(lang, found.question.name)
    name = f"{found.question.id} {name}" if found.question.target else name
    before, after = (number(end.mean, unit.id) for end in (found.before, found.after))
    title = say(lang, "attribution_of", name=name, first=named(lang, first), before=before,
                last=named(lang, variants[attribution.variant]), after=after)  # fmt: skip
    wanted = found.question.wanted
    bound = f" ({wanted.direction.sign} {value_words(lang, wanted, unit)})" if wanted else ""
    return f"{title}{bound} {named(lang, unit.short)}"


def _table(attribution: Attribution, found: Attributed, lang: Lang) -> Table:
    table = Table(title=_title(attribution, found, lang), title_justify="left", show_footer=True)
    whole = _cell(found.whole, found.question.unit.id)
    table.add_column(say(lang, f"part_{attribution.by}"), footer=say(lang, "bought_whole"), overflow="fold")
    for word in COLUMNS:
        summed = word in ("bought_stacked", "bought_share")
        table.add_column(say(lang, word), footer=whole if summed else "", justify="right")
    names = part_names(attribution, lang)
    for bought in by_share(found):
        cells = [_cell(of(bought), found.question.unit.id) for of in COLUMNS.values()]
        if bought.error:
            error = signed(bought.error, found.question.unit.id).lstrip("+")
            cells[-1] = styled(cells[-1], (f" {say(lang, 'share_error', error=error)}", "dim"))
        table.add_row(names[bought.part.id], *cells)
    return table


def _cell(found: Estimate, unit: str) -> Text:
    """A difference with its interval, where it has one."""
    between = signed_interval(found, unit)
    return styled(signed(found.mean, unit), ("" if between == NOTHING else f" {between}", "dim"))
