"""What the commands print: tables a planner can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from sim.analysis.comparison import Comparison
from sim.analysis.estimate import Estimate
from sim.analysis.remedy import Remedy
from sim.analysis.scoreboard import Row, unit_of
from sim.analysis.sensitivity import Effect
from sim.analysis.verdict import TargetResult
from sim.records.measures.register import MEASURES
from sim.reforms.diff import Change
from sim.reforms.register import REFORM_NAMES
from sim.scenario.prepared import Prepared

SHOWN = ("counted_days", "elapsed_days", "calendar_days", "promised_days", "touchpoints", "materials", "trips",
         "on_time_share", "revoked_share")  # fmt: skip
"""Measures in the table on the screen; results.json has them all."""
SCOREBOARD = ("target", "place", "published_before", "figure", "before", "found", "residual", "assumed", "verdict")
"""Columns of the scoreboard."""
VERDICT = {
    "zh": {"met": "[green]达标[/]", "missed": "[red]未达标[/]", "undecided": "[yellow]未定[/]",
           "known": "[yellow]未达标（已登记）[/]"},
    "en": {"met": "[green]met[/]", "missed": "[red]missed[/]", "undecided": "[yellow]undecided[/]",
           "known": "[yellow]missed (on record)[/]"},
}  # fmt: skip
WORDS = {
    "zh": {
        "measure": "指标", "unit": "单位", "target": "目标", "figure": "公布值", "found": "模拟值（95 % 区间）",
        "verdict": "结论", "statistic": "口径", "residual": "差额", "remedy": "如何才能达标", "reason": "登记的原因",
        "all": "全部计时环节的时限压到现在的 {share:.0%}",
        "alone": "或仅“{step}”由 {now:g} 压到 {then:.1f} 个工作日", "never": "压到零也不够",
        "runs": "{runs} 次重复，种子 {seed}", "met_before": "改革前即已达标", "change": "改动", "reform": "改革",
        "source": "依据", "assumption": "假设", "range": "范围", "low": "取低值", "high": "取高值", "turns": "结论翻转",
        "why": "理由", "place": "地方", "published_before": "公布的改革前", "before": "模拟的改革前",
        "assumed": "假设占比",
        "working days": "工作日", "calendar days": "自然日", "touchpoints": "个", "materials": "份", "visits": "次",
        "share": "占比", "forms": "张", "services": "个", "cases": "件",
    },
    "en": {
        "measure": "Measure", "unit": "Unit", "target": "Target", "figure": "Published", "found": "Simulated (95 %)",
        "verdict": "Verdict", "statistic": "Statistic", "residual": "Residual", "remedy": "What would meet it",
        "reason": "Reason on record", "all": "every counted limit cut to {share:.0%} of now",
        "alone": "or “{step}” alone from {now:g} to {then:.1f} working days", "never": "not even no time at all",
        "runs": "{runs} replications, seed {seed}", "met_before": "met before the reforms already", "change": "Change",
        "reform": "Reform", "source": "Source", "assumption": "Assumption", "range": "Range", "low": "At low end",
        "high": "At high end", "turns": "Verdict turns", "why": "Why", "place": "Place",
        "published_before": "Published before", "before": "Simulated before", "assumed": "Assumed",
        "working days": "working days", "calendar days": "calendar days", "touchpoints": "", "materials": "",
        "visits": "", "share": "share", "forms": "", "services": "", "cases": "",
    },
}  # fmt: skip


def number(value: float, unit: str) -> str:
    """A value as a planner reads it: shares in percent, the rest with one or two decimals."""
    if value != value:
        return "–"
    return f"{value:.1%}" if unit in ("share", "%") else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def interval(found: Estimate, unit: str) -> str:
    """A mean with its 95 % interval."""
    if found.high - found.low < 1e-9:
        return number(found.mean, unit)
    low, high = max(found.low, 0.0), min(found.high, 1.0) if unit == "share" else found.high
    return f"{number(found.mean, unit)} [dim]{number(low, unit)}–{number(high, unit)}[/]"


def print_comparison(console: Console, comparison: Comparison, remedies: dict[str, Remedy], lang: str) -> None:
    """Print the before/after table and the verdicts."""
    scenario, words = comparison.prepared.scenario, WORDS[lang]
    runs = words["runs"].format(runs=comparison.runs, seed=comparison.seed)
    for process in scenario.demand:
        table = Table(title=f"{getattr(scenario.name, lang)} · {runs}", title_justify="left")
        table.add_column(words["measure"])
        table.add_column(words["unit"])
        for variant in comparison.prepared.variants:
            table.add_column(getattr(variant.name, lang), justify="right")
        for name in SHOWN:
            unit = MEASURES[name].unit
            cells = [interval(comparison.of(v.id, process, name).mean, unit) for v in comparison.prepared.variants]
            table.add_row(getattr(MEASURES[name].name, lang), words[unit], *cells)
        console.print(table)
    if comparison.targets:
        console.print(_targets(comparison.targets, lang))
    for result in comparison.targets:
        _print_miss(console, comparison, result, remedies.get(result.target.id), lang)


def _targets(results: Iterable[TargetResult], lang: str) -> Table:
    words = WORDS[lang]
    table = Table(show_header=True)
    for column in ("target", "statistic", "figure", "found", "residual", "verdict"):
        table.add_column(words[column], justify="left" if column in ("target", "verdict") else "right")
    for result in results:
        target = result.target
        unit = "share" if target.statistic == "share_within" else MEASURES[target.measure].unit
        sign = "≤" if target.at_most is not None else "≥"
        statistic = target.statistic + (f" {target.limit:g}" if target.limit is not None else "")
        verdict = VERDICT[lang]["known" if result.as_wanted and target.known_miss else result.verdict]
        note = f" [dim]{words['met_before']}[/]" if result.met_before else ""
        table.add_row(f"{target.id} {getattr(target.name, lang)}", statistic, f"{sign} {number(target.bound, unit)}",
                      interval(result.estimate, unit), number(result.residual, unit), verdict + note)  # fmt: skip
    return table


def _print_miss(
    console: Console, comparison: Comparison, result: TargetResult, remedy: Remedy | None, lang: str
) -> None:
    words = WORDS[lang]
    if result.verdict != "missed":
        return
    if result.target.known_miss:
        console.print(f"{result.target.id} {words['reason']}: {result.target.known_miss}", highlight=False)
    if remedy is not None:
        console.print(
            f"{result.target.id} {words['remedy']}: {in_words(comparison, result, remedy, lang)}", highlight=False
        )


def in_words(comparison: Comparison, result: TargetResult, remedy: Remedy, lang: str) -> str:
    """What would meet a missed target, in a sentence."""
    words = WORDS[lang]
    if remedy.together is None:
        return words["never"]
    variant = next(v for v in comparison.prepared.variants if v.id == result.target.variant)
    steps = variant.flows[result.process][0].process.steps
    parts = [words["all"].format(share=remedy.together)]
    parts += [words["alone"].format(step=getattr(steps[s].name, lang), now=now, then=then)
              for s, (now, then) in remedy.alone.items()]  # fmt: skip
    return "；".join(parts) if lang == "zh" else "; ".join(parts)


def print_changes(console: Console, prepared: Prepared, changes: Sequence[Change], lang: str) -> None:
    """Print what the reforms of a variant changed, each with its source."""
    words = WORDS[lang]
    table = Table()
    for column in ("reform", "change", "source"):
        table.add_column(words[column], overflow="fold")
    for change in changes:
        source = prepared.sources[change.source].citation if change.source in prepared.sources else change.source
        table.add_row(getattr(REFORM_NAMES[change.reform], lang), str(change), source)
    console.print(table)


def print_effects(console: Console, comparison: Comparison, found: dict[str, list[Effect]], lang: str) -> None:
    """Print, for each target, what it would be at both ends of the range of each assumption."""
    words = WORDS[lang]
    for result in comparison.targets:
        target = result.target
        unit = "share" if target.statistic == "share_within" else MEASURES[target.measure].unit
        sign = "≤" if target.at_most is not None else "≥"
        name, found_now = getattr(target.name, lang), number(result.estimate.mean, unit)
        title = f"{target.id} {name}: {found_now} ({sign} {number(target.bound, unit)})"
        table = Table(title=title, title_justify="left")
        for column in ("assumption", "range", "low", "high", "turns", "why"):
            table.add_column(words[column], overflow="fold")
        for effect in found[target.id]:
            low, high = (f"{x:g}" for x in effect.assumption.range)
            table.add_row(effect.key, f"{low}–{high}", number(effect.low, unit), number(effect.high, unit),
                          "[red]●[/]" if effect.turns(target) else "", effect.assumption.why)  # fmt: skip
        console.print(table)


def print_scoreboard(console: Console, rows: Sequence[Row], lang: str) -> None:
    """Print every target beside what the model finds, and a closing count."""
    words = WORDS[lang]
    table = Table()
    for column in (
        "target",
        "place",
        "published_before",
        "figure",
        "before",
        "found",
        "residual",
        "assumed",
        "verdict",
    ):
        table.add_column(words[column], justify="left" if column in ("target", "place", "verdict") else "right")
    for row in rows:
        unit = unit_of(row)
        sign = "≤" if row.direction == "at_most" else "≥"
        verdict = VERDICT[lang]["known" if row.as_wanted and row.known_miss else row.verdict]
        note = f" [dim]{words['met_before']}[/]" if row.met_before else ""
        earlier = "" if row.published_before is None else number(row.published_before, unit)
        table.add_row(f"{row.id} {row.name}", row.place, earlier, f"{sign} {number(row.published, unit)} {row.unit}",
                      _cell(row.before, unit), _cell(row.after, unit), number(row.residual or 0.0, unit),
                      f"{row.assumed_share:.0%}", verdict + note)  # fmt: skip
    console.print(table)
    counts = {v: sum(r.verdict == v for r in rows) for v in ("met", "missed", "undecided")}
    console.print(", ".join(f"{VERDICT[lang][v]} {n}" for v, n in counts.items()))


def _cell(found: tuple[float | None, float | None, float | None], unit: str) -> str:
    value, low, high = (float("nan") if x is None else x for x in found)
    return (
        number(value, unit)
        if high - low < 1e-9
        else f"{number(value, unit)} [dim]{number(low, unit)}–{number(high, unit)}[/]"
    )
