"""What the commands print: tables a planner can read."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.analysis.answers import Remedy
from sim.analysis.comparison import Comparison
from sim.analysis.depth import RARE, SHOWN
from sim.analysis.estimate import Estimate
from sim.analysis.scoreboard import Row, row_quiet, row_standing, unit_of
from sim.analysis.standing import STANDINGS, Standing, Tone
from sim.analysis.telling import Quiet, quiet_of
from sim.analysis.verdict import TargetResult
from sim.records.measures.register import MEASURES
from sim.records.units import PUBLISHED
from sim.reforms.diff import Change
from sim.reforms.register import CHANGED_BY
from sim.report.citing import cited
from sim.report.filling import filled_in
from sim.report.numbers import Written, beside, exact, has_interval, has_spread, number, percent, runs_of
from sim.report.plurals import agreeing
from sim.report.rules import outlived_words
from sim.report.screen.console import styled
from sim.report.screen.months import by_month
from sim.report.settings import setting_words
from sim.report.targets import (
    befores_words,
    judged_words,
    published_words,
    reading_words,
    statistic_words,
    tally_words,
    value_words,
    what_would_meet,
)
from sim.report.warming import cold_words, warm_up_words
from sim.report.words import Lang, named, say
from sim.report.worlds import worlds_words
from sim.scenario.evidence import evidence
from sim.scenario.prepared import Prepared

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
        "place": "地点",
        "published_before": "公布的改革前",
        "before": "模拟的改革前",
        "assumed": "假设占比",
        "evidence": "{n} 个数字：实测 {measured}，假设 {assumed}",
        "projected": "{years} 年的放假安排尚未公布：本结果按放假办法推算，调休上班日是假设",
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
        "evidence": "{n} numbers: {measured} measured in the place's own records, {assumed} assumed",
        "projected": "The holidays of {years} are not announced yet: projected here, with assumed make-up days",
    },
}


def interval(found: Estimate, unit: str, written: Written = number) -> Text:
    """A mean with its 95 % interval, where it has one."""
    mean = written(found.mean, unit)
    if not has_interval(found) or not has_spread(found):
        return styled(mean)
    return styled(mean, (f" {written(found.low, unit)}–{written(found.high, unit)}", "dim"))


def print_comparison(console: Console, comparison: Comparison, remedies: dict[str, Remedy], lang: Lang) -> None:
    """Print the before/after table and the verdicts."""
    scenario, words = comparison.prepared.scenario, WORDS[lang]
    runs = filled_in(words["runs"], runs=runs_of(comparison.runs), seed=comparison.seed)
    _print_settings(console, comparison, lang)
    for process in scenario.demand:
        named_process = [_process(comparison, process, lang)] if len(scenario.demand) > 1 else []
        title = " · ".join([named(lang, scenario.name), *named_process, runs])
        table = Table(title=title, title_justify="left")
        table.add_column(words["measure"])
        table.add_column(words["unit"])
        for variant in comparison.prepared.variants:
            table.add_column(named(lang, variant.name), justify="right")
        for name in (*SHOWN, *RARE):
            measure = MEASURES[name]
            means = [comparison.of(v.id, process, name).mean for v in comparison.prepared.variants]
            if not any(mean.mean > 0 if name in RARE else math.isfinite(mean.mean) for mean in means):
                continue
            cells = [interval(mean, measure.unit.id) for mean in means]
            table.add_row(named(lang, measure.name), named(lang, measure.unit.short), *cells)
        console.print(table)
        if months := by_month(comparison, process, lang):
            console.print(months)
    if comparison.targets:
        console.print(_targets(comparison, lang))
    for result in comparison.targets:
        _print_reading(console, result, lang)
        print_in_worlds(console, comparison, result, lang)
        _print_miss(console, comparison, result, remedies.get(result.target.id), lang)
        if published := published_words(lang, comparison, result.target):
            console.print(f"{result.target.id} {published}")
        _print_doubts(console, result, lang)
    _print_caveats(console, comparison, lang)


def print_in_worlds(console: Console, comparison: Comparison, result: TargetResult, lang: Lang) -> None:
    """Print what a target comes to where all assumptions are drawn together; nothing where none were."""
    if told := worlds_words(lang, result, comparison.prepared.sources):
        console.print(f"{result.target.id} {say(lang, 'worlds')}: {told}")


def _print_settings(console: Console, comparison: Comparison, lang: Lang) -> None:
    """Print what was tried in the place of what the files state."""
    for sentence in setting_words(lang, comparison.prepared, comparison.staff):
        console.print(styled((sentence, "cyan")))


def _print_caveats(console: Console, comparison: Comparison, lang: Lang) -> None:
    """Print how much is measured, whether it is warm when measuring begins, and which years are only projected."""
    counts = evidence(comparison.prepared).counts
    if counts["measured"]:
        told = {"n": sum(counts.values()), "measured": counts["measured"], "assumed": counts["assumption"]}
        console.print(filled_in(WORDS[lang]["evidence"], **told))
    for sentence in warm_up_words(lang, comparison):
        console.print(styled((sentence, "dim")))
    for sentence in cold_words(lang, comparison):
        console.print(styled((sentence, "yellow")))
    if comparison.projected_years:
        years = ", ".join(map(str, comparison.projected_years))
        console.print(filled_in(WORDS[lang]["projected"], years=years))
    for sentence in outlived_words(lang, comparison.prepared):
        console.print(sentence)


def _process(comparison: Comparison, process: str, lang: Lang) -> str:
    """What a process is called."""
    return named(lang, comparison.prepared.variants[0].flows[process][0].process.name)


def target_name(comparison: Comparison, result: TargetResult, lang: Lang) -> Text:
    """A target by its number and name; where there are several processes, with those that it speaks of."""
    target = result.target
    name = f"{target.id} {named(lang, target.name)}"
    if len(comparison.prepared.scenario.demand) == 1:
        return styled(name)
    told = say(lang, "list_and").join(_process(comparison, process, lang) for process in result.processes)
    return styled(name, (f" {told}", "dim"))


def _targets(comparison: Comparison, lang: Lang) -> Table:
    words = WORDS[lang]
    table = Table(show_header=True)
    for column in ("target", "statistic", "figure", "found", "residual", "verdict"):
        table.add_column(words[column], justify="left" if column in ("target", "verdict") else "right")
    for result in comparison.targets:
        target, unit = result.target, result.target.value_unit.id
        table.add_row(
            target_name(comparison, result, lang),
            statistic_words(lang, target),
            f"{target.direction.sign} {value_words(lang, target.wanted, target.value_unit)}",
            interval(result.estimate, unit, beside(target.meets, number)),
            _residual(result.residual, target.bound, target.meets, unit),
            _standing(result.standing, quiet_of(result), lang, judged_words(lang, result)),
        )
    return table


def _residual(residual: float, bound: float, meets: Callable[[float], bool], unit: str) -> str:
    """What is found minus the bound, never nothing where that is missed."""
    return beside(lambda x: meets(bound + x), number)(residual, unit)


def _standing(standing: Standing, quiet: Quiet | None, lang: Lang, judged: str = "") -> Text:
    notes = [f"○ {named(lang, quiet.words)}"] if quiet else []
    said = [(f" {note}", "dim") for note in (*notes, judged) if note]
    return styled((named(lang, standing.words), TONES[standing.tone]), *said)


def _print_reading(console: Console, result: TargetResult, lang: Lang) -> None:
    """Print what a target comes to when its figure is read in the other way."""
    if words := reading_words(lang, result):
        console.print(f"{result.target.id} {say(lang, 'other_reading')}: {words}", highlight=False)


def _print_miss(
    console: Console, comparison: Comparison, result: TargetResult, remedy: Remedy | None, lang: Lang
) -> None:
    target = result.target
    if result.verdict != "met" and target.record:
        console.print(f"{target.id} {say(lang, 'recorded')}: {named(lang, target.record)}")
    if result.verdict != "missed":
        return
    if remedy is not None:
        sentence = what_would_meet(lang, comparison, result, remedy)
        console.print(f"{target.id} {say(lang, 'remedy')}: {sentence}")


def _print_doubts(console: Console, result: TargetResult, lang: Lang) -> None:
    """Print why a verdict tells nothing, and which steps a total of limits leaves out."""
    target = result.target
    if target.tells_nothing is not None:
        console.print(f"{target.id} {say(lang, 'tells_nothing')}: {named(lang, target.tells_nothing)}")
    if result.without_limit:
        names = say(lang, "list_and").join(named(lang, name) for name in result.without_limit)
        console.print(f"{target.id} {say(lang, 'no_limit')}: {names}")


def print_changes(console: Console, prepared: Prepared, changes: Sequence[Change], lang: Lang) -> None:
    """Print what the reforms of a variant changed, each with its source."""
    words = WORDS[lang]
    table = Table()
    for column in ("reform", "change", "source"):
        table.add_column(words[column], overflow="fold")
    for change in changes:
        known = prepared.sources.get(change.source)
        source = cited(lang, known) if known else change.source
        table.add_row(getattr(CHANGED_BY[change.reform], lang), str(change), source)
    console.print(table)


def print_scoreboard(console: Console, rows: Sequence[Row], lang: Lang) -> None:
    """Print every target beside what the model finds, and a closing count."""
    words = WORDS[lang]
    table = Table()
    for column in SCOREBOARD:
        table.add_column(words[column], justify="left" if column in ("target", "place", "verdict") else "right")
    for row in rows:
        wanted, unit = row.wanted, unit_of(row).id
        bound = f"{wanted.direction.sign} {value_words(lang, wanted, unit_of(row))}"
        published = f"{bound} {agreeing(bound, named(lang, PUBLISHED[row.unit].name))}".removesuffix(" %")
        written = beside(wanted.meets, number)
        table.add_row(
            styled(
                f"{row.id} {named(lang, row.name)}",
                (f" {row.scope['process']}", "dim") if "process" in row.scope else "",
            ),
            row.place,
            _earlier(row, unit, lang),
            published,
            _cell(row.before, unit, written),
            _cell(row.after, unit, written),
            _residual(row.residual or 0.0, row.published, wanted.meets, unit),
            percent(row.assumed_share),
            _standing(row_standing(row), row_quiet(row), lang),
        )
    console.print(table)
    for row in rows:
        if row.without_limit:
            names = say(lang, "list_and").join(named(lang, name) for name in row.without_limit)
            console.print(f"{row.id} {say(lang, 'no_limit')}: {names}")
    if inside := [row.before_holds for row in rows if row.before_holds is not None]:
        console.print(befores_words(lang, inside))
    told = ((row_standing(row), row_quiet(row)) for row in rows)
    console.print(_tally(tally_words(lang, told, lambda standing: named(lang, standing.words)), lang))


def _tally(words: str, lang: Lang) -> Text:
    """The closing count, each standing in its colour; a name that holds another one is coloured over it."""
    text = styled(words)
    for standing in sorted(STANDINGS.values(), key=lambda standing: len(named(lang, standing.words))):
        text.highlight_words([f" {named(lang, standing.words)}"], TONES[standing.tone])
    return text


def _earlier(row: Row, unit: str, lang: Lang) -> Text:
    """What was published for the state before, and how far the simulated one is from it."""
    if row.published_before is None or row.before_residual is None:
        return styled("" if row.published_before is None else exact(row.published_before, unit))
    sign = "+" if row.before_residual > 0 else ""
    judged = say(lang, "before_inside" if row.before_holds else "before_outside")
    apart = f" {sign}{number(row.before_residual, unit)} {judged}"
    return styled(exact(row.published_before, unit), (apart, "dim"))


def _cell(found: tuple[float | None, float | None, float | None], unit: str, written: Written) -> Text:
    value, low, high = (float("nan") if x is None else x for x in found)
    return interval(Estimate(value, low, high, 0), unit, written)
