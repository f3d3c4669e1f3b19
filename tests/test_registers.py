"""What holds for every register: ids, words in both languages, and that whoever reads one covers all of it.

A new register gets a line in REGISTERS, a new reader a test below. Nothing here names a member.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from sim.analysis.standing import STANDINGS, Tone, Verdict
from sim.analysis.verdict import TargetResult
from sim.core.register import Record, register
from sim.records.measures.register import MEASURES
from sim.records.statistics import STATISTICS, OfCases
from sim.records.units import PUBLISHED, UNITS, published_in
from sim.report.charts import target_lines
from sim.report.charts.target_words import target_words
from sim.report.charts.view import View
from sim.report.page.answers import answers
from sim.report.page.context import Context
from sim.report.plurals import many
from sim.report.screen import printed
from sim.report.screen.listing import listing
from sim.report.targets import bound_words, statistic_words
from sim.report.words import LANGS, Lang, named
from sim.scenario.generated import generated
from sim.scenario.library import Library
from sim.scenario.schema import json_schemas
from sim.scenario.target import DIRECTIONS, Target
from sim.spec.base import Name

from .reported import exact

ROOT = Path(__file__).parents[1]
REGISTERS: dict[str, Mapping[str, Any]] = {
    "measures": MEASURES,
    "units": UNITS,
    "published units": PUBLISHED,
    "statistics": STATISTICS,
    "standings": STANDINGS,
    "directions": DIRECTIONS,
}
MEMBERS = [pytest.param(record, id=f"{name}: {key}") for name, r in REGISTERS.items() for key, record in r.items()]
SIGNS = {"%"}
"""What is the same sign in every language."""
HAN = re.compile(r"[\u4e00-\u9fff]")


def names(record: object) -> Iterator[Name]:
    """Every text of a record that is there in both languages."""
    for field in fields(record):  # type: ignore[arg-type]
        if isinstance(value := getattr(record, field.name), Name):
            yield value


# -- every register -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_holds_its_records_by_their_ids(name: str) -> None:
    """Whoever has an id finds the record of that id."""
    assert [record.id for record in REGISTERS[name].values()] == list(REGISTERS[name])


def test_two_records_of_one_id_are_refused() -> None:
    """A record that is added does not hide another."""
    with pytest.raises(ValueError, match=r"^two records have the id share; give one of them another$"):
        register((UNITS["share"], replace(UNITS["cases"], id="share")))


@pytest.mark.parametrize("record", MEMBERS)
def test_a_record_is_told_in_both_languages(record: Record) -> None:
    """The Chinese text is Chinese, the English text is not, and both have the same fields to fill in."""
    found = list(names(record))
    assert found
    for name in found:
        assert name.zh in SIGNS or HAN.search(name.zh), name
        assert name.en.strip(), name
        assert not HAN.search(name.en), name
        assert _to_fill_in(name.zh) == _to_fill_in(name.en), name


def _to_fill_in(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


# -- the spec language ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "known"), [("measure", MEASURES), ("statistic", STATISTICS), ("unit", PUBLISHED)])
def test_a_target_may_name_every_record(key: str, known: Mapping[str, object]) -> None:
    """The schema offers an editor every record of the register, and no other."""
    target = json_schemas()["scenario.schema.json"]["$defs"]["Target"]["properties"]
    assert target[key]["enum"] == list(known)


@pytest.mark.parametrize("known", [MEASURES, STATISTICS], ids=["measures", "statistics"])
def test_the_reference_page_tells_every_record(known: Mapping[str, Any]) -> None:
    """Each has a row with its names."""
    page = generated()["REFERENCE.md"].replace("`limit`", "{limit}")
    rows = [f"| `{key}` | {record.name.en} ({record.name.zh}) |" for key, record in known.items()]
    assert [row for row in rows if row not in page] == []


def test_the_list_tells_every_measure(library: Library) -> None:
    """One line each, with its name, its unit and what it means, in either language."""
    assert listing(library, [], "measures", "en").splitlines() == [
        f"{m.id}  {m.name.en}, {m.unit.id} (unit: {', '.join(published_in(m.unit))}): {m.definition.en}"
        for m in MEASURES.values()
    ]
    assert listing(library, [], "measures", "zh").splitlines() == [
        f"{m.id}  {m.name.zh}，{m.unit.short.zh}（单位：{'、'.join(published_in(m.unit))}）：{m.definition.zh}"
        for m in MEASURES.values()
    ]


# -- targets on screen, page and charts ------------------------------------------------------------------


def asked(**changed: Any) -> TargetResult:
    """The first target of a small world, asking for something else."""
    first = exact().targets[0]
    written = first.target.model_dump(exclude_none=True) | {"statistic": "mean"} | changed
    if STATISTICS[written["statistic"]].needs_limit:
        written["limit"] = 3.0
    return replace(first, target=Target.model_validate(written))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("measure", MEASURES)
def test_the_page_tells_what_every_measure_means(measure: str, lang: Lang) -> None:
    """Its name and its definition stand beside the target that asks for it."""
    (answer,) = answers(Context(replace(exact(), targets=[asked(measure=measure)]), lang), {}, {})
    record = MEASURES[measure]
    assert any(named(lang, record.definition) in fact.text for fact in answer.facts)
    assert named(lang, record.name)[1:] in answer.sentence


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("measure", ["elapsed_days", "on_time_share"])
@pytest.mark.parametrize("statistic", STATISTICS)
def test_every_statistic_of_a_target_is_told(statistic: str, measure: str, lang: Lang) -> None:
    """The screen, the page and the charts name it alike, and its bound has the unit of the statistic."""
    target = asked(statistic=statistic, measure=measure).target
    told = statistic_words(lang, target)
    assert told
    assert "{" not in told
    assert told in target_words(View(exact(), "service", lang), target)
    is_share = STATISTICS[statistic].is_share or measure == "on_time_share"
    assert ("%" in bound_words(lang, target)) == is_share


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("statistic", [key for key, s in STATISTICS.items() if isinstance(s, OfCases) and s.extreme])
def test_an_extreme_is_told_to_go_further_out_with_more_cases(statistic: str, lang: Lang) -> None:
    """Beside its value stands what it is of, and no interval."""
    result = asked(statistic=statistic)
    (answer,) = answers(Context(replace(exact(), targets=[result]), lang), {}, {})
    told = {"zh": "模拟的案件越多", "en": "with their number"}[lang]
    assert told in answer.sentence


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("unit", PUBLISHED)
def test_every_unit_of_a_figure_is_told(unit: str, lang: Lang) -> None:
    """On the page beside the figure and in the charts behind the bound."""
    measure = next(m.id for m in MEASURES.values() if m.unit in PUBLISHED[unit].tells_of)
    result = asked(unit=unit, measure=measure)
    (answer,) = answers(Context(replace(exact(), targets=[result]), lang), {}, {})
    word = many(named(lang, PUBLISHED[unit].name))
    assert any(word in fact.small for fact in answer.figures)
    bound = "12%" if unit == "%" else f"12 {word}"
    assert f" {bound}" in target_words(View(exact(), "service", lang), result.target)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_every_direction_of_a_target_is_told(direction: str, lang: Lang) -> None:
    """Its sign stands before the bound, its words in the charts, and the picture shades where it is met."""
    result = asked(**{"at_most": None, direction: 5.0})
    record, context = DIRECTIONS[direction], Context(replace(exact(), targets=[result]), lang)
    assert bound_words(lang, result.target).startswith(f"{record.sign}\u00a05")
    assert named(lang, record.name) in target_words(View(exact(), "service", lang), result.target)
    (answer,) = answers(context, {}, {})
    assert answer.picture is not None
    start, width = answer.picture.meets
    low, high = (min(max(x, 0.0), 15.0) / 15 * 100 for x in (result.target.wanted.lowest, result.target.wanted.highest))
    assert (start, width) == (pytest.approx(low, abs=0.01), pytest.approx(high - low, abs=0.01))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"equals": 1.0, "tolerance": 2.0},
         ("=\u00a01\u00a0±\u00a02\u00a0个工作日", "=\u00a01\u00a0±\u00a02\u00a0working day")),
        ({"equals": 0.9, "tolerance": 0.02, "measure": "on_time_share"},
         ("=\u00a090%\u00a0±\u00a02 个百分点", "=\u00a090%\u00a0±\u00a02 percentage points")),
    ],
)  # fmt: skip
def test_a_tolerance_stands_beside_its_bound(fields: dict[str, Any], words: tuple[str, str]) -> None:
    """In the unit of the bound, which says how it is counted; of shares in percentage points."""
    assert tuple(bound_words(lang, asked(at_most=None, **fields).target) for lang in LANGS) == words


# -- standings ------------------------------------------------------------------------------------------


def test_there_is_one_standing_for_every_verdict_with_and_without_a_record() -> None:
    """None is left out and none stands twice."""
    found = [(standing.verdict, standing.on_record or "") for standing in STANDINGS.values()]
    assert sorted(found) == sorted(product(get_args(Verdict), ("", "missed", "undecided")))


def test_a_standing_has_words_of_its_own() -> None:
    """No two are told alike."""
    assert all(len({named(lang, s.words) for s in STANDINGS.values()}) == len(STANDINGS) for lang in LANGS)


def test_every_tone_has_a_colour_on_the_screen_in_the_charts_and_on_the_page() -> None:
    """A tone that is added needs a colour in each."""
    tones = set(get_args(Tone))
    style = (ROOT / "sim/report/page/style.css").read_text(encoding="utf-8")
    assert set(printed.TONES) == set(target_lines.TONES) == tones
    assert [t for t in tones if f".badge.{t} " not in style or f".answer.{t} " not in style] == []
