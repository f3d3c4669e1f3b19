"""Reasons, notes and names in one language or in both: each report tells them in its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from sim.report.page import answers, sources
from sim.report.page.context import Context
from sim.report.page.values import condition
from sim.report.words import Lang
from sim.report.worlds import assumption_called
from sim.scenario.validation import faults_and_notes
from sim.spec.base import Name, Prose, english
from sim.spec.sources import Assumption, Source

from .reported import exact
from .test_messages import SOURCES, root, told

__all__ = ["root"]
ROOT = Path(__file__).parents[1]
BOTH = Name(zh="没有公开数据", en="nobody publishes it")


def assumed(why: Prose, name: Name | None = None) -> Mapping[str, Source]:
    """One assumption."""
    return {"guess": Assumption(kind="assumption", name=name, why=why, range=(0, 1000))}


def context(lang: Lang, why: Prose) -> Context:
    """The page of the small world, its assumption and a recorded miss having a reason."""
    first, second = exact().targets
    target = second.target.model_copy(update={"known_miss": why})
    prepared = replace(exact().prepared, sources={**exact().prepared.sources, **assumed(why)})
    return Context(replace(exact(), prepared=prepared, targets=[first, replace(second, target=target)]), lang)


@pytest.mark.parametrize(("lang", "told"), [("zh", "没有公开数据"), ("en", "nobody publishes it")])
def test_each_page_tells_a_reason_in_its_language(lang: Lang, told: str) -> None:
    """Under a target: the reason of its source, and why it is missed."""
    facts = answers.answers(context(lang, BOTH), {}, {})[1].facts
    assert [facts[0].small, facts[-1].text] == [told, told]


def test_a_reason_in_one_language_is_told_as_it_is() -> None:
    """Nothing is translated, and nothing is left out."""
    for lang in ("zh", "en"):
        facts = answers.answers(context(lang, "ask the bureau"), {}, {})[1].facts
        assert [facts[0].small, facts[-1].text] == ["ask the bureau"] * 2


def test_the_list_of_sources_tells_reasons_and_names_in_the_language_of_the_page() -> None:
    """An assumption is told by its name and key; its range and the reason for it stand among the remarks."""
    shown = context("zh", BOTH)
    found = assumed(BOTH, Name(zh="猜测", en="A guess"))["guess"]
    entry = sources._entry(Context(replace(shown.comparison, prepared=replace(
        shown.comparison.prepared, sources={"guess": found})), "zh"), "guess", found)  # fmt: skip
    assert (entry.text, entry.remarks) == ("猜测（guess）", "范围 0–1000；没有公开数据")


@pytest.mark.parametrize(
    ("lang", "part", "called"),
    [("zh", "", "猜测（guess）"), ("en", "", "A guess (guess)"), ("en", "food", "A guess (guess): food")],
)
def test_an_assumption_is_called_by_its_name_with_its_key(lang: Lang, part: str, called: str) -> None:
    """A reader knows it by its name and finds it by its key."""
    assert assumption_called(lang, assumed("x", Name(zh="猜测", en="A guess")), "guess", part) == called


def test_without_a_name_it_is_called_by_its_key() -> None:
    """So is one that no file has."""
    assert [assumption_called("zh", assumed("x"), key) for key in ("guess", "gone")] == ["guess", "gone"]


def test_an_attribute_is_called_by_its_name() -> None:
    """In the scope of a target and wherever a condition is told."""
    prepared = exact().prepared
    first, *others = prepared.variants
    flow, process = first.flows["service"][0], first.flows["service"][0].process
    named = process.attributes["good"].model_copy(update={"name": Name(zh="信用良好", en="Good credit")})
    flow = replace(flow, process=process.model_copy(update={"attributes": {"good": named}}))
    changed = replace(prepared, variants=(replace(first, flows={"service": (flow,)}), *others))
    told = [condition(Context(replace(exact(), prepared=changed), lang), {"good": True}) for lang in ("zh", "en")]
    assert told == ["信用良好 = 是", "Good credit = yes"]


def test_files_in_no_language_have_the_english_sentence() -> None:
    """Or the only one there is."""
    assert [english(BOTH), english("没有公开数据")] == ["nobody publishes it", "没有公开数据"]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("why: 5", "HERE: sources.guess.why: wanted text or the keys zh, en, found 5; put it in quotes, '5'"),
        (
            "why: {zh: 理由}",
            "HERE: sources.guess.why.en: key 'en' is missing; add it: text, an English name for readers of the English "
            "report",
        ),
        ("why: {zh: 理由, en: a, fr: b}", "HERE: sources.guess.why.fr: unknown key 'fr'; known: en, zh"),
    ],
)
def test_a_sentence_is_text_or_both_languages(root: Path, written: str, fault: str) -> None:
    """Whatever else is written is told with its line and what to write."""
    assert told(root, SOURCES, "why: 没有公开数据", written) == [fault]


def test_both_languages_are_accepted(root: Path) -> None:
    """In every place for a sentence that the file of sources has."""
    path = root / SOURCES
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "why: 没有公开数据", "why: {zh: 没有公开数据, en: Nobody publishes it}, name: {zh: 猜测, en: Guess}"
    )
    path.write_text(text, encoding="utf-8")
    assert faults_and_notes(root, [])[0] == []


def english_texts(value: object) -> Iterator[str]:
    """Every text of a file that is told in English beside Chinese."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            yield str(value["en"])
        for inner in value.values():
            yield from english_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from english_texts(inner)


def test_english_texts_call_a_place_by_its_english_name() -> None:
    """In no file of the library is one called in Chinese where it has another name."""
    places = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "processes/places").glob("*.yaml"))
    ]
    called = {re.sub("^.*市(?=.)|[市区县]$", "", place["name"]["zh"]) for place in places}
    assert called == {"新乡", "盐湖"}
    files = [path for folder in ("processes", "scenarios") for path in (ROOT / folder).rglob("*.yaml")]
    texts = [
        (path.name, text) for path in files for text in english_texts(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    assert len(texts) > 1000
    assert [(path, text) for path, text in texts if any(place in text for place in called)] == []
