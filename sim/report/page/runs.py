"""The page over all runs of a reports folder: each scenario with its verdicts, and a way to its own page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from sim.analysis.standing import standing_of
from sim.analysis.telling import QUIETS
from sim.core.errors import PlannerError
from sim.core.files import write_whole
from sim.report.font import face
from sim.report.numbers import fine, percent
from sim.report.page.page import FOLDER, environment
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
    template = environment(lang).get_template("runs.html.jinja")
    body = template.render(runs=found)
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    whole = environment(lang).get_template("page.html.jinja")
    title = say(lang, "runs_title")
    page = whole.render(title=title, style=Markup(style), font=Markup(face(body + title)), body=Markup(body))
    return write_whole(folder / NAME, page)


def runs(folder: Path, lang: Lang) -> Iterator[Run]:
    """Every run below a folder that has a page and whose results can be read."""
    for results in folder.glob("*/results.json"):
        if not (results.parent / NAME).is_file():
            continue
        try:
            plain = read_results(results)
        except PlannerError:
            continue
        yield _run(plain, f"{results.parent.name}/{NAME}", lang)


def _run(plain: Mapping[str, Any], page: str, lang: Lang) -> Run:
    about = say(lang, "runs_about", start=plain["start"], runs=plain["runs"], seed=plain["seed"])
    return Run(named(lang, Name(**plain["name"])), page, about, tuple(_found(t, lang) for t in plain["targets"]))


def _found(plain: Mapping[str, Any], lang: Lang) -> Found:
    target = Target.model_validate({key: value for key, value in plain.items() if key in Target.model_fields})
    standing, value, worlds = (
        standing_of(plain["verdict"], target.on_record),
        plain["estimate"]["value"],
        plain["worlds"],
    )
    quiet = QUIETS[plain["quiet"]].words if plain["quiet"] else None
    return Found(
        id=target.id,
        name=named(lang, target.name),
        standing=named(lang, standing.words),
        tone=standing.tone,
        quiet=named(lang, quiet) if quiet else "",
        value="" if value is None else fine(value, target.value_unit.id),
        bound=bound_words(lang, target),
        worlds=say(lang, "first_holds", share=percent(worlds["share"]), n=worlds["played"]) if worlds else "",
    )
