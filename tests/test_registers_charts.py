"""The register of charts is total: whatever stands in it is drawn, and told on the page in both languages."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from string import Formatter
from typing import Any

import pytest
from matplotlib.figure import Figure

from sim.report import charts
from sim.report.chart_register import CHARTS, Chart
from sim.report.charts.drawing import draw, handed_on, save
from sim.report.charts.view import View
from sim.report.drawings import Drawing
from sim.report.page.page import SECTIONS
from sim.report.words import LANGS, WORDS, Lang
from sim.spec.base import Name

from .reported import Tags, exact, html


def drawn(lang: Lang) -> Tags:
    """The page with every chart of the register."""
    view = View(exact(), "service", lang)
    return Tags(html(exact(), lang, charts={"service": {name: handed_on(c, view) for name, c in CHARTS.items()}}))


def told(page: Tags) -> list[str]:
    """What those hear who do not see the charts, in the order of the page."""
    begins, ends = (
        next(i for i, (_, a) in enumerate(page.tags) if a.get("id") == section) for section in SECTIONS[1:3]
    )
    there = page.tags[begins:ends]
    return [a["aria-label"] or "" for tag, a in there if tag == "svg" and a.get("role") == "img"]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=list(CHARTS))
def test_a_chart_has_all_its_words_in_both_languages(chart: Chart) -> None:
    """No name, hint or alternative is empty, and the section that has its numbers is one of the page."""
    names = [getattr(chart, f.name) for f in fields(chart) if isinstance(getattr(chart, f.name), Name)]
    assert len(names) == 3
    assert all(name.zh and name.en for name in names)
    asked = [{key for _, key, _, _ in Formatter().parse(text) if key} for text in (names[2].zh, names[2].en)]
    assert asked == [{"section"}, {"section"}]
    assert chart.section in WORDS


WORDS_OF_CHARTS = {
    module.name: found
    for module in iter_modules(charts.__path__)
    if (found := getattr(import_module(f"{charts.__name__}.{module.name}"), "WORDS", None))
}


@pytest.mark.parametrize("module", WORDS_OF_CHARTS)
def test_the_words_in_a_chart_are_the_same_in_both_languages(module: str) -> None:
    """Whatever one language says the other says too, and with the same things filled in."""
    zh, en = (
        {key: {field for _, field, _, _ in Formatter().parse(said) if field} for key, said in words.items()}
        for words in (WORDS_OF_CHARTS[module][lang] for lang in LANGS)
    )
    assert zh == en


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_stands_on_the_page(lang: Lang) -> None:
    """Each is there under its name, with what to look at, and with words for those who do not see it."""
    page = drawn(lang)
    assert told(page)[::2] == told(page)[1::2], "the drawing for a phone is read as the wide one"
    for chart, label in zip(CHARTS.values(), told(page)[::2], strict=True):
        name, look, alternative = (getattr(x, lang) for x in (chart.name, chart.look, chart.alternative))
        section = WORDS[chart.section][LANGS.index(lang)]
        assert name in label
        assert label.endswith(alternative.format(section=section))
        assert f"{name} {look}" in page.text


@pytest.mark.parametrize(("lang", "name"), [("zh", "试图"), ("en", "A try")])
def test_a_new_chart_needs_only_its_record(
    lang: Lang, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once registered it is drawn, saved and told like the others, after them."""

    def empty(_: Any) -> Figure:
        return Figure(figsize=(2, 1))

    new = Chart("try", Name(zh="试图", en="A try"), Name(zh="看", en="Look"), Name(zh="空", en="Empty"), "days", empty)
    monkeypatch.setitem(CHARTS, "try", new)  # type: ignore[misc]
    page = drawn(lang)
    assert save(draw(exact(), "service", lang), tmp_path)[-2] == tmp_path / "try.png"
    assert name in told(page)[-1]
    assert f"{name} {getattr(new.look, lang)}" in page.text


def test_a_drawing_without_a_record_is_refused() -> None:
    """What is in no register has no name, and stands on no page under its id."""
    with pytest.raises(ValueError, match="stray"):
        html(exact(), charts={"service": {"stray": Drawing({"svg": b"<svg/>"})}})
