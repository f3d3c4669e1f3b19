"""The page over all runs of a reports folder: each scenario with its verdicts, and a way to its own page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.analysis.standing import standing_of
from sim.analysis.telling import QUIETS
from sim.core.errors import PlannerError
from sim.core.files import write_whole
from sim.report.numbers import beside, fine, percent, runs_of
from sim.report.page.page import environment, whole
from sim.report.read import read_results
from sim.report.targets import bound_words
from sim.report.words import Lang, named, say
from sim.scenario.target import Target
from sim.spec.base import Name

NAME = "index.html"


@dataclass(frozen=True)
class Found:
    """One target of a run."""

    id: str
    name: str
    standing: str
    tone: str
    quiet: str
    """Why it tells nothing; nothing where it tells something."""
    value: str
    bound: str
    worlds: str
    """In what share of the worlds it holds; nothing where none were drawn."""


@dataclass(frozen=True)
class Run:
    """The last run of a scenario."""

    name: str
    page: str
    """Its page, from the folder."""
    about: str
    targets: tuple[Found, ...]


def write_runs(folder: Path, lang: Lang) -> Path:
    """Write the page over all runs below a folder, and return its path; raises PlannerError where it cannot be."""
    found = sorted(runs(folder, lang), key=lambda run: run.page)
    body = environment(lang).get_template("runs.html.jinja").render(runs=found)
    return write_whole(folder / NAME, whole(lang, say(lang, "runs_title"), body))


def runs(folder: Path, lang: Lang) -> Iterator[Run]:
    """Every run below a folder that has a page and whose results can be read."""
    for results in folder.glob("*/results.json"):
        if not (results.parent / NAME).is_file():
            continue
        try:
            run = _run(read_results(results), f"{results.parent.name}/{NAME}", lang)
        except (PlannerError, LookupError, TypeError, ValueError):  # of another form, or written by somebody else
            continue
        yield run


def _run(plain: Mapping[str, Any], page: str, lang: Lang) -> Run:
    often = {name: variant.get("runs", plain["runs"]) for name, variant in plain["variants"].items()}
    about = say(lang, "runs_about", start=plain["start"], runs=runs_of(often), seed=plain["seed"])
    return Run(named(lang, Name(**plain["name"])), page, about, tuple(_found(t, lang) for t in plain["targets"]))


def _found(plain: Mapping[str, Any], lang: Lang) -> Found:
    target = Target.model_validate({key: plain[key] for key in Target.model_fields if key in plain}, strict=False)
    standing, value = standing_of(plain["verdict"], target.on_record), plain["estimate"]["value"]
    worlds, quiet = plain.get("worlds"), plain.get("quiet")
    return Found(
        id=target.id,
        name=named(lang, target.name),
        standing=named(lang, standing.words),
        tone=standing.tone,
        quiet=named(lang, QUIETS[quiet].words) if quiet else "",
        value="" if value is None else beside(target.meets, fine)(value, target.value_unit.id),
        bound=bound_words(lang, target),
        worlds=say(lang, "first_holds", share=percent(worlds["share"]), n=worlds["played"]) if worlds else "",
    )
