"""What the page tells of an answer: the first sentence, verdicts, distribution and means, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

import numpy as np
from markupsafe import Markup

from sim.analysis.answers import Remedy
from sim.analysis.comparison import Comparison
from sim.analysis.telling import leading
from sim.core.arrays import Floats
from sim.decide.attributed import Attribution
from sim.records.units import Unit
from sim.report.chart_register import DECISIONS
from sim.report.charts.drawing import content, drawn, narrowed, numbers
from sim.report.charts.waterfall import Shared
from sim.report.numbers import number, runs_of
from sim.report.page import answers, first, measures
from sim.report.page.context import Context
from sim.report.page.download import MARK
from sim.report.page.page import FOLDER as PAGE
from sim.report.page.page import environment
from sim.report.targets import with_unit
from sim.report.words import Lang, named
from sim.whatif.asked import Asked
from sim.whatif.controls import GROUPS, by_address

FOLDER = Path(__file__).parent
STYLES = ((PAGE, "style.css"), (FOLDER, "whatif.css"))
BARS = 30
"""Bars of a distribution."""
NEARLY = 0.99
"""Share of the cases up to which a distribution is drawn; the last bar has the others too."""


@dataclass(frozen=True)
class Bar:
    """A bar of a distribution, in percent of the picture."""

    x: float
    width: float
    height: float


@dataclass(frozen=True)
class Distribution:
    """How long cases take, in one variant."""

    name: str
    label: str
    bars: tuple[Bar, ...]
    middle: float
    """Where the median stands, in percent."""


@dataclass(frozen=True)
class Spread:
    """The distributions of the measure of the first target, one above the other, on one line."""

    title: str
    variants: tuple[Distribution, ...]
    bound: float | None
    ends: tuple[str, str]


def _filled(asked: Asked, template: str, **fields: object) -> str:
    """A template with its fields filled in."""
    return environment(asked.lang, FOLDER).get_template(f"{template}.html.jinja").render(fields)


def page(asked: Asked, settings: Sequence[str], answer: str, script: str) -> str:
    """The whole page: what may be moved, and an answer."""
    at = by_address(settings)
    groups = {group: [(c, c.value(at)) for c in asked.controls if c.group == group] for group in GROUPS}
    style = "".join((folder / file).read_text(encoding="utf-8") for folder, file in STYLES)
    return _filled(
        asked,
        "whatif",
        id=asked.now.scenario.id,
        name=named(asked.lang, asked.now.scenario.name),
        groups=[(group, rows) for group, rows in groups.items() if rows],
        answer=Markup(answer),
        style=Markup(style),
        script=script,
    )


def answer(asked: Asked, comparison: Comparison, settings: Sequence[str], exact: bool) -> str:
    """The answer to one question."""
    context = Context(comparison, asked.lang)
    return _filled(
        asked,
        "answer",
        found=first.sentences(context),
        verdicts=first.verdicts(context),
        exact=exact,
        runs=runs_of(comparison.runs),
        base=context.base,
        tables=[measures.glance(context, process) for process in context.processes],
        spread=spread(context),
        command=command(comparison.prepared.scenario.id, asked.seed, settings),
    )


def wrong(asked: Asked, message: str, settings: Sequence[str]) -> str:
    """What is told where the settings cannot be."""
    return _filled(asked, "wrong", message=message, command=command(asked.now.scenario.id, asked.seed, settings))


def enough(asked: Asked, comparison: Comparison, remedies: Mapping[str, Remedy]) -> str:
    """What would meet the missed targets."""
    context = Context(comparison, asked.lang)
    told = [a for a in answers.answers(context, remedies, {}) if a.id in remedies]
    return _filled(asked, "enough", answers=told)


def kept(asked: Asked, path: Path, change: str) -> str:
    """What is told of a file that was saved: where it is, and in what it differs."""
    return _filled(asked, "kept", path=str(path), change=change)


def waterfall(found: Attribution | None, lang: Lang, form: str) -> bytes:
    """The waterfall of the first target as an SVG, wide or narrow, or its numbers; nothing where there is none."""
    if found is None:
        return b""
    chart, view = DECISIONS["waterfall"], Shared(found, found.answers[0], lang)
    if form == "data":
        return (MARK + numbers(chart, view)).encode()
    return content(drawn(chart, view) if form == "wide" else narrowed(chart, view), "svg")


def command(scenario: str, seed: int, settings: Sequence[str]) -> str:
    """The command that finds the same."""
    told = "".join(f" --set {quote(text)}" for text in settings)
    return f"run.py compare {scenario}{'' if seed == 1 else f' --seed {seed}'}{told}"


def spread(context: Context) -> Spread | None:
    """How the cases spread in the first variant and in that of the first target; None where no target is of cases."""
    result = leading(context.comparison.targets)
    if result is None or len(result.processes) != 1:
        return None
    comparison, target = context.comparison, result.target
    found = {
        v: _values(comparison, v, target.id, result.processes[0]) for v in dict.fromkeys((result.first, target.variant))
    }
    found = {v: values for v, values in found.items() if len(values)}
    if not found:
        return None
    last = max(float(np.quantile(values, NEARLY)) for values in found.values()) or 1.0
    unit = target.measure_record.unit
    bound = target.limit if target.limit is not None else target.bound if target.value_unit == unit else None
    return Spread(
        title=context.name(target.measure_record.name),
        variants=tuple(_distribution(context, v, values, last, unit) for v, values in found.items()),
        bound=round(100 * bound / last, 2) if bound is not None and 0 <= bound <= last else None,
        ends=(number(0, unit.id), with_unit(context.lang, number(last, unit.id), unit)),
    )


def _distribution(context: Context, variant: str, values: Floats, last: float, unit: Unit) -> Distribution:
    counts, _ = np.histogram(np.minimum(values, last), BARS, (0, last))
    top = counts.max() or 1
    bars = tuple(Bar(round(100 * n / BARS, 3), round(100 / BARS * 0.9, 3), round(100 * int(count) / int(top), 2))
                 for n, count in enumerate(counts) if count)  # fmt: skip
    middle = float(np.median(values))
    name = context.name(context.variant(variant).name)
    said = context.say("whatif_middle", name=name, value=with_unit(context.lang, number(middle, unit.id), unit),
                       n=len(values))  # fmt: skip
    return Distribution(name, said, bars, round(100 * min(middle, last) / last, 2))


def _values(comparison: Comparison, variant: str, target: str, process: str) -> Floats:
    """The measure of every case that a target speaks of, in all replications."""
    whole = np.concatenate(comparison.values[variant][target][process])
    return whole[np.isfinite(whole)]
