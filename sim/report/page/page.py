"""The page as a whole: sections in, one self-contained HTML file out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from shlex import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sim.analysis.answers import Doubts, Remedy, Unmoved
from sim.analysis.comparison import Comparison
from sim.core.files import write_whole
from sim.report.font import face
from sim.report.numbers import NOTHING, runs_of
from sim.report.page import answers, changes, days, doubts, figures, first, measures, months, slack, sources, staff
from sim.report.page.bought import Waterfall, shared
from sim.report.page.context import Context
from sim.report.page.figures import Charts
from sim.report.page.swings import Effects, not_moved, swings
from sim.report.page.switches import policy, script
from sim.report.page.table import Table
from sim.report.page.tornado import tornados
from sim.report.results import results_json
from sim.report.settings import setting_words
from sim.report.words import LANGS, Lang, say

FOLDER = Path(__file__).parent
SECTIONS = ("answers", "charts", "targets", "measures", "changes", "days", "staff", "evidence", "doubts", "again")


def write(
    comparison: Comparison,
    remedies: Mapping[str, Remedy],
    charts: Charts,
    folder: Path,
    lang: str,
    doubted: Doubts | None = None,
    waterfall: Waterfall | None = None,
) -> None:
    """Write `index.html` into a folder, whole or not at all.

    `charts` are those drawn of each process, `doubted` what the assumptions do to the targets, where
    that was tried, `waterfall` what each part of the answer buys, where that was shared out.
    """
    effects, unmoved = (doubted.effects, doubted.unmoved) if doubted else ({}, ())
    write_whole(folder / "index.html", page(comparison, remedies, charts, lang, effects, unmoved, waterfall))


def page(
    comparison: Comparison,
    remedies: Mapping[str, Remedy],
    charts: Charts,
    lang: str,
    effects: Effects,
    unmoved: Sequence[Unmoved] = (),
    waterfall: Waterfall | None = None,
) -> str:
    """The page as text, with its style and the font for the characters in it; the same for the same comparison."""
    if lang not in LANGS:
        raise ValueError(f"the page is written in one of {', '.join(LANGS)}, not in {lang}")
    context = Context(comparison, lang)
    text = body(context, remedies, charts, effects, unmoved, waterfall)
    return whole(context.lang, context.name(comparison.prepared.scenario.name), text)


def whole(lang: Lang, title: str, text: str) -> str:
    """A page of a title and a body, with its style and the font for the characters in the body."""
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    template = environment(lang).get_template("page.html.jinja")
    shown = {"style": Markup(style), "font": Markup(face(text)), "body": Markup(text)}
    return template.render(title=title, policy=policy(), **shown)


def body(
    context: Context,
    remedies: Mapping[str, Remedy],
    charts: Charts,
    effects: Effects,
    unmoved: Sequence[Unmoved] = (),
    waterfall: Waterfall | None = None,
) -> str:
    """All that the page says, without style and font."""
    template = environment(context.lang).get_template("body.html.jinja")
    return template.render(_content(context, remedies, charts, effects, unmoved, waterfall))


def environment(lang: Lang, *folders: Path) -> Environment:
    """The templates of the page, and those in other folders, in one language; whatever is filled in is no markup."""
    found = Environment(
        loader=FileSystemLoader([FOLDER / "templates", *folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(say=partial(say, lang), nothing=NOTHING, script=Markup(script()))
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False}  # its characters are those of the font of the page
    return found


def _content(
    context: Context,
    remedies: Mapping[str, Remedy],
    charts: Charts,
    effects: Effects,
    unmoved: Sequence[Unmoved],
    waterfall: Waterfall | None,
) -> dict[str, object]:
    """What the template asks for."""
    comparison = context.comparison
    scenario = comparison.prepared.scenario
    return {
        "scenario": scenario,
        "base": context.base,
        "name": context.name(scenario.name),
        "headline": context.headline,
        "runs": runs_of(comparison.runs),
        "seed": comparison.seed,
        "lang": context.lang,
        "sections": SECTIONS,
        "found": first.sentences(context),
        "verdicts": first.verdicts(context),
        "bought": shared(context, waterfall),
        "question": answers.question(context),
        "demands": answers.demands(context),
        "window": answers.window(context),
        "tried": "".join(f" --set {quote(made.setting)}" for made in comparison.prepared.settings.made),
        "settings": list(setting_words(context.lang, comparison.prepared, comparison.staff)),
        "interrupted": comparison.interrupted,
        "tally": answers.tally(context),
        "answers": answers.answers(context, remedies, effects),
        "tables": _measures(context),
        "charted": figures.by_process(context, charts),
        "changes": changes.changes(context),
        "day_tables": [t for p in context.processes for t in _days(context, p)],
        "off_duty": days.off_duty(context),
        "staff": staff.staff(context),
        "assumed": sources.share(context),
        "evidence_tables": [
            table
            for table in (
                sources.counts(context),
                swings(context, effects),
                not_moved(context, unmoved),
                sources.assumptions(context),
            )
            if table
        ],
        "tornados": tornados(context, effects),
        "drawn": any(result.in_worlds for result in comparison.targets),
        "sources": sources.kinds(context),
        "doubts": doubts.doubts(context),
        "digest": digest(comparison, remedies),
    }


def _measures(context: Context) -> list[Table]:
    """The tables of the second section; where there are several processes, first one that sets them side by side."""
    several = [measures.overview(context)] if len(context.processes) > 1 else []
    makers = (measures.glance, measures.full, months.by_month)
    return [*several, *(t for p in context.processes for make in makers if (t := make(context, p)))]


def _days(context: Context, process: str) -> list[Table]:
    """The tables of the fifth section for a process."""
    return [days.by_category(context, process), days.by_step(context, process), slack.by_step(context, process)]


def digest(comparison: Comparison, remedies: Mapping[str, Remedy]) -> str:
    """SHA-256 of the results.json that belongs to the page."""
    return hashlib.sha256(results_json(comparison, dict(remedies)).encode()).hexdigest()
