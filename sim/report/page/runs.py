"""The page over all runs of a reports folder: each scenario with its verdicts, and a way to its own page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from sim.analysis.standing import Verdict, standing_of
from sim.core.errors import PlannerError
from sim.core.files import write_whole
from sim.report.font import face
from sim.report.numbers import fine, percent
from sim.report.page.page import FOLDER, environment
from sim.report.read import read_results
from sim.report.words import Lang, named, say
from sim.spec.base import Name

NAME = "index.html"
SIGNS = {"at_most": "≤", "at_least": "≥", "equals": "="}
RECORDED: Mapping[str, Verdict] = {"known_miss": "missed", "known_undecided": "undecided"}
"""Key of a target → the verdict that it has on record."""


@dataclass(frozen=True)
class Found:
    """One target of a run."""

    id: str
    name: str
    standing: str
    tone: str
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
    about = say(lang, "headline", place=plain["place"], start=plain["start"], runs=plain["runs"], seed=plain["seed"])
    return Run(named(lang, Name(**plain["name"])), page, about, tuple(_found(t, lang) for t in plain["targets"]))


def _found(target: Mapping[str, Any], lang: Lang) -> Found:
    on_record = next((verdict for key, verdict in RECORDED.items() if target.get(key)), None)
    standing, value, worlds = standing_of(target["verdict"], on_record), target["estimate"]["value"], target["worlds"]
    return Found(
        id=target["id"],
        name=named(lang, Name(**target["name"])),
        standing=named(lang, standing.words),
        tone=standing.tone,
        value="" if value is None else fine(value, "share" if target["unit"] == "%" else ""),
        bound=_bound(target),
        worlds=say(lang, "first_holds", share=percent(worlds["share"]), n=worlds["played"]) if worlds else "",
    )


def _bound(target: Mapping[str, Any]) -> str:
    """What a target asks for, with the unit of its source."""
    key = next(key for key in SIGNS if target.get(key) is not None)
    return f"{SIGNS[key]}\u00a0{target[key]:g}\u00a0{target['unit']}"
