"""The report of a comparison: a folder with files for programs, charts and a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from sim.analysis.answers import Doubts, Remedy
from sim.analysis.comparison import Comparison
from sim.core.doors import Door, try_doors
from sim.core.errors import PlannerError
from sim.core.files import remove_written, write_whole
from sim.core.phases import phase
from sim.core.progress import Tell, silent
from sim.core.workers import mapper
from sim.decide.attributed import Attribution
from sim.report.chart_register import CHARTS
from sim.report.charts.kept import keep
from sim.report.drawings import Drawing
from sim.report.files import CHART_FILES, RESULTS, WATERFALL, WATERFALL_FILES, report_files
from sim.report.page.bought import Waterfall
from sim.report.page.page import write as write_page
from sim.report.parts import part, parts
from sim.report.results import results_json
from sim.report.tables import LONG, TABLES
from sim.report.words import LANGS, Lang


def report(
    comparison: Comparison,
    folder: Path | str,
    *,
    lang: Lang = "zh",
    remedies: Mapping[str, Remedy] | None = None,
    doubted: Doubts | None = None,
    bought: Attribution | None = None,
    workers: int = 1,
    tell: Tell = silent,
) -> Path:
    """Write results.json, tables, charts and the page of a comparison into a folder, and return the page's path.

    `remedies` are what would meet the missed targets, as far as that was looked for; `doubted` what the assumptions do
    to the targets, which the page tells where that was tried; `bought` what each part of the answer buys, of which the
    page begins with the waterfall where it was shared out. Long tables are written and charts drawn on so many
    processes beside the rest; charts of processes that an earlier run left in the folder and this one has not are
    removed. Raises PlannerError where the folder cannot be written. `tell` is told how many charts are drawn, and of
    how many; the page is one more.
    """
    _refuse_language(lang)
    out = Path(folder)
    try_doors(Door("the report", out, report_files(comparison.prepared.scenario)))
    needed = dict(remedies or {})
    processes = list(comparison.prepared.scenario.demand)
    for process in set(_charted(out / RESULTS)) - {*processes}:
        remove_written(out / process, CHART_FILES)
    if bought is None:
        remove_written(out, WATERFALL_FILES)
    with mapper(workers, part, (comparison, out, lang, bought)) as run:
        charts: dict[str, dict[str, Drawing]] = {process: {} for process in processes}
        coming = run(parts(comparison, bought))
        with phase("files"):
            write_whole(out / RESULTS, results_json(comparison, needed))
            for name in (table for table in TABLES if table not in LONG):
                write_whole(out / name, TABLES[name](comparison))
        with phase("charts"):
            drawn = (found for found in coming if found)
            for i, process in enumerate(processes):
                for j, chart in enumerate(CHARTS):
                    charts[process][chart] = found = next(drawn)
                    keep(chart, found.files, out / process)
                    tell(i * len(CHARTS) + j + 1, len(processes) * len(CHARTS) + 1)
            waterfall = Waterfall(bought, next(drawn)) if bought else None
            if waterfall:
                keep(WATERFALL, waterfall.drawing.files, out)
    with phase("page"):
        write_page(comparison, needed, charts, out, lang, doubted, waterfall)
    return out / "index.html"


def _charted(results: Path) -> Iterator[str]:
    """The processes of which an earlier run left charts, as its results tell; none where they cannot be read."""
    try:
        variants = json.loads(results.read_text(encoding="utf-8"))["variants"].values()
        for variant in variants:
            yield from (p for p in variant["processes"] if p.isidentifier())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return


def _refuse_language(lang: str) -> None:
    if lang not in LANGS:
        raise PlannerError(f"unknown language {lang!r}; choose one of {', '.join(LANGS)}")
