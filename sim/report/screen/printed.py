"""What the commands print: tables a planner can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sim.analysis.answers import Effect, Remedy
from sim.analysis.comparison import Comparison
from sim.analysis.estimate import Estimate
from sim.analysis.scoreboard import Row, row_quiet, row_standing, unit_of
from sim.analysis.standing import Standing, Tone
from sim.analysis.telling import Quiet, quiet_of
from sim.analysis.verdict import TargetResult
from sim.records.measures.register import MEASURES
from sim.reforms.diff import Change
from sim.reforms.register import REFORM_NAMES
from sim.report.numbers import Written, beside, exact, has_interval, has_spread, number, percent
from sim.report.rules import outlived_words
from sim.report.targets import befores_words, judged_words, statistic_words, tally_words, what_would_meet
from sim.report.words import Lang, named, say
from sim.scenario.prepared import Prepared
from sim.scenario.target import SIGNS

SHOWN = (
    "counted_days",
    "elapsed_days",
    "calendar_days",
    "promised_days",
    "touchpoints",
    "materials",
    "trips",
    "on_time_share",
    "revoked_share",
)
"""Measures in the table on the screen; results.json has them all."""
RARE = ("refused_share", "lapsed_share", "returned_share", "extended_share", "tacit_share")
"""Measures that stand there too where they are not nothing in every variant."""
SCOREBOARD = ("target", "place", "published_before", "figure", "before", "found", "residual", "assumed", "verdict")
"""Columns of the scoreboard."""
TONES: dict[Tone, str] = {"good": "green", "alarm": "red", "known": "yellow", "open": "yellow"}
"""Colours of the standings on the screen."""
WORDS = {
    "zh": {
        "measure": "指标",
        "unit": "单位",
        "target": "目标",
        "figure": "公布值",
        "found": "模拟值（95 % 区间）",
        "verdict": "结论",
        "statistic": "口径",
        "residual": "差额",
        "runs": "{runs} 次重复，种子 {seed}",
        "change": "改动",
        "reform": "改革",
        "source": "依据",
        "assumption": "假设",
        "range": "范围",
        "low": "取低值",
        "high": "取高值",
        "turns": "结论翻转",
        "why": "理由",
        "place": "地方",
        "published_before": "公布的改革前",
        "before": "模拟的改革前",
        "assumed": "假设占比",
        "projected": "{years} 年的放假安排尚未公布：本结果按放假办法推算，调休上班日是假定",
    },
    "en": {
        "measure": "Measure",
        "unit": "Unit",
        "target": "Target",
        "figure": "Published",
        "found": "Simulated (95 %)",
        "verdict": "Verdict",
        "statistic": "Statistic",
        "residual": "Residual",
        "runs": "{runs} replications, seed {seed}",
        "change": "Change",
        "reform": "Reform",
        "source": "Source",
        "assumption": "Assumption",
        "range": "Range",
        "low": "At low end",
        "high": "At high end",
        "turns": "Verdict turns",
        "why": "Why",
        "place": "Place",
        "published_before": "Published before",
        "before": "Simulated before",
        "assumed": "Assumed",
        "projected": "The holidays of {years} are not announced yet: projected here, with assumed make-up days",
    },
}


def interval(found: Estimate, unit: str, written: Written = number) -> str:
    """A mean with its 95 % interval, where it has one."""
    mean = written(found.mean, unit)
    if not has_interval(found) or not has_spread(found):
        return mean
    return f"{mean} [dim]{written(found.low, unit)}–{written(found.high, unit)}[/]"


def print_comparison(console: Console, comparison: Comparison, remedies: dict[str, Remedy], lang: Lang) -> None:
    """Print the before/after table and the verdicts."""
    scenario, words = comparison.prepared.scenario, WORDS[lang]
    runs = words["runs"].format(runs=comparison.runs, seed=comparison.seed)
    for process in scenario.demand:
        table = Table(title=f"{getattr(scenario.name, lang)} · {runs}", title_justify="left")
        table.add_column(words["measure"])
        table.add_column(words["unit"])
        for variant in comparison.prepared.variants:
            table.add_column(getattr(variant.name, lang), justify="right")
        for name in (*SHOWN, *RARE):
            measure = MEASURES[name]
            means = [comparison.of(v.id, process, name).mean for v in comparison.prepared.variants]
            if name in RARE and not any(mean.mean > 0 for mean in means):
                continue
            cells = [interval(mean, measure.unit.id) for mean in means]
            table.add_row(named(lang, measure.name), named(lang, measure.unit.short), *cells)
        console.print(table)
    if comparison.targets:
        console.print(_targets(comparison.targets, lang))
    for result in comparison.targets:
        _print_miss(console, comparison, result, remedies.get(result.target.id), lang)
        _print_doubts(console, result, lang)
    if comparison.projected_years:
        years = ", ".join(map(str, comparison.projected_years))
        console.print(words["projected"].format(years=years), highlight=False)
    for sentence in outlived_words(lang, comparison.prepared):
        console.print(escape(sentence), highlight=False)


def _targets(results: Iterable[TargetResult], lang: Lang) -> Table:
    words = WORDS[lang]
    table = Table(show_header=True)
    for column in ("target", "statistic", "figure", "found", "residual", "verdict"):
        table.add_column(words[column], justify="left" if column in ("target", "verdict") else "right")
    for result in results:
        target, unit = result.target, result.target.value_unit.id
        table.add_row(
            f"{target.id} {named(lang, target.name)}",
            statistic_words(lang, target),
            f"{target.sign} {exact(target.bound, unit)}",
            interval(result.estimate, unit, beside(target.meets, number)),
            _residual(result.residual, target.bound, target.meets, unit),
            _standing(result.standing, quiet_of(result), lang, judged_words(lang, result)),
        )
    return table


def _residual(residual: float, bound: float, meets: Callable[[float], bool], unit: str) -> str:
    """What is found minus the bound, never nothing where that is missed."""
    return beside(lambda x: meets(bound + x), number)(residual, unit)


def _standing(standing: Standing, quiet: Quiet | None, lang: Lang, judged: str = "") -> str:
    notes = [f"○ {named(lang, quiet.words)}"] if quiet else []
    said = [f"[dim]{escape(note)}[/]" for note in (*notes, judged) if note]
    return " ".join([_coloured(standing, lang), *said])


def _coloured(standing: Standing, lang: Lang) -> str:
    return f"[{TONES[standing.tone]}]{named(lang, standing.words)}[/]"


def _print_miss(
    console: Console, comparison: Comparison, result: TargetResult, remedy: Remedy | None, lang: Lang
) -> None:
    target = result.target
    if result.verdict != "missed":
        return
    if target.known_miss is not None:
        console.print(f"{target.id} {say(lang, 'recorded')}: {target.known_miss}", highlight=False)
    if remedy is not None:
        sentence = what_would_meet(lang, comparison, result, remedy)
        console.print(f"{target.id} {say(lang, 'remedy')}: {sentence}", highlight=False)


def _print_doubts(console: Console, result: TargetResult, lang: Lang) -> None:
    """Print why a verdict tells nothing, and which steps a total of limits leaves out."""
    target = result.target
    if target.tells_nothing is not None:
        console.print(f"{target.id} {say(lang, 'tells_nothing')}: {target.tells_nothing}", highlight=False)
    if result.without_limit:
        names = say(lang, "list_and").join(named(lang, name) for name in result.without_limit)
        console.print(f"{target.id} {say(lang, 'no_limit')}: {names}", highlight=False)


def print_changes(console: Console, prepared: Prepared, changes: Sequence[Change], lang: Lang) -> None:
    """Print what the reforms of a variant changed, each with its source."""
    words = WORDS[lang]
    table = Table()
    for column in ("reform", "change", "source"):
        table.add_column(words[column], overflow="fold")
    for change in changes:
        source = prepared.sources[change.source].citation if change.source in prepared.sources else change.source
        table.add_row(getattr(REFORM_NAMES[change.reform], lang), str(change), source)
    console.print(table)


def print_effects(console: Console, comparison: Comparison, found: dict[str, list[Effect]], lang: Lang) -> None:
    """Print, for each target, what it would be at both ends of the range of each assumption."""
    words = WORDS[lang]
    for result in comparison.targets:
        target, unit = result.target, result.target.value_unit.id
        written = beside(target.meets, number)
        name, found_now = named(lang, target.name), written(result.estimate.mean, unit)
        title = f"{target.id} {name}: {found_now} ({target.sign} {exact(target.bound, unit)})"
        table = Table(title=title, title_justify="left")
        for column in ("assumption", "range", "low", "high", "turns", "why"):
            table.add_column(words[column], overflow="fold")
        for effect in found[target.id]:
            low, high = (exact(x, "") for x in effect.assumption.range)
            table.add_row(effect.key, f"{low}–{high}", written(effect.low, unit), written(effect.high, unit),
                          "[red]●[/]" if effect.turns(target) else "", effect.assumption.why)  # fmt: skip
        console.print(table)


def print_scoreboard(console: Console, rows: Sequence[Row], lang: Lang) -> None:
    """Print every target beside what the model finds, and a closing count."""
    words = WORDS[lang]
    table = Table()
    for column in SCOREBOARD:
        table.add_column(words[column], justify="left" if column in ("target", "place", "verdict") else "right")
    for row in rows:
        unit = unit_of(row).id
        published = f"{SIGNS[row.direction]} {exact(row.published, unit)} {row.unit}"
        written = beside(row.meets, number)
        table.add_row(
            f"{row.id} {row.name}",
            row.place,
            _earlier(row, unit, lang),
            published,
            _cell(row.before, unit, written),
            _cell(row.after, unit, written),
            _residual(row.residual or 0.0, row.published, row.meets, unit),
            percent(row.assumed_share),
            _standing(row_standing(row), row_quiet(row), lang),
        )
    console.print(table)
    for row in rows:
        if row.without_limit:
            names = say(lang, "list_and").join(named(lang, name) for name in row.without_limit)
            console.print(f"{row.id} {say(lang, 'no_limit')}: {names}", highlight=False)
    if inside := [row.before_holds for row in rows if row.before_holds is not None]:
        console.print(befores_words(lang, inside), highlight=False)
    told = ((row_standing(row), row_quiet(row)) for row in rows)
    console.print(tally_words(lang, told, lambda standing: _coloured(standing, lang)), highlight=False)


def _earlier(row: Row, unit: str, lang: Lang) -> str:
    """What was published for the state before, and how far the simulated one is from it."""
    if row.published_before is None or row.before_residual is None:
        return "" if row.published_before is None else exact(row.published_before, unit)
    sign = "+" if row.before_residual > 0 else ""
    judged = say(lang, "before_inside" if row.before_holds else "before_outside")
    return f"{exact(row.published_before, unit)} [dim]{sign}{number(row.before_residual, unit)} {judged}[/]"


def _cell(found: tuple[float | None, float | None, float | None], unit: str, written: Written) -> str:
    value, low, high = (float("nan") if x is None else x for x in found)
    return interval(Estimate(value, low, high, 0), unit, written)
