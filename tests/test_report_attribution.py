"""What each reform buys, told: screen, files, waterfall, command."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.analysis.estimate import Estimate
from sim.decide.attributed import Attribution
from sim.decide.attribution import attribute
from sim.decide.questions import questions
from sim.report.attributed import part_names, told
from sim.report.attribution_files import attribution_csv, attribution_json
from sim.report.chart_register import DECISIONS
from sim.report.charts.style import styled
from sim.report.charts.waterfall import Shared
from sim.report.screen.attributed import print_attribution
from sim.report.screen.console import console
from sim.report.words import LANGS, WORDS, Lang

from .services import reformed
from .test_attribution import BESIDE, CHAIN, CUT, LATER, MERGE, MERGED, OTHER, TARGET
from .test_cli import call


@cache
def overlapping() -> Attribution:
    """A cut and a parallel review: ten and six days become six, with a target of seven."""
    prepared = reformed(CHAIN, CUT, BESIDE, targets=TARGET)
    return attribute(prepared, questions(prepared, "after"), "after", runs=2)


@cache
def refused() -> Attribution:
    """A reform that cannot stand without the other."""
    prepared = reformed(MERGED, MERGE, LATER)
    return attribute(prepared, questions(prepared, "after"), "after", runs=2)


def printed(found: Attribution, lang: Lang) -> str:
    """What stands on the screen, in one line."""
    screen = io.StringIO()
    print_attribution(console(screen, width=200), found, lang)
    return " ".join(screen.getvalue().replace("\u00a0", " ").split())


def test_the_table_tells_what_each_reform_buys() -> None:
    """Alone, last, stacked, share; the whole; what is needed, and what both do together."""
    said = printed(overlapping(), "en")
    assert 'T1 Target: 16.0 "Before" → 6.00 "After" (≤ 7) working days' in said
    assert "│ time limit │ −6.00 │ −4.00 │ −6.00 │ −5.00 │" in said
    assert "│ parallel approval │ −6.00 │ −4.00 │ −4.00 │ −5.00 │" in said
    assert "│ The whole │ │ │ −10.0 │ −10.0 │" in said
    assert "Without any one of these the target is missed: time limit, parallel approval." in said
    overlap = "time limit and parallel approval overlap: together they do 2.00 working days less than the sum of both."
    assert overlap in said


def test_what_two_do_together_has_the_interval_of_what_is_told() -> None:
    """Two days more saved are two days more, whatever the sign of a saving: between one and three."""
    found = overlapping()
    answer = found.answers[0]
    pair = replace(answer.together[0], effect=Estimate(-2, -3, -1, 8))
    *_, said = told(found, replace(answer, together=(pair,)), "en")
    assert said.replace("\u00a0", " ") == (
        "time limit and parallel approval help one another: together they do 2.00 working days more than the sum of "
        "both [+1.00, +3.00]."
    )


@pytest.mark.parametrize("lang", LANGS)
def test_a_reform_that_cannot_stand_alone_is_told_with_why(lang: Lang) -> None:
    """And why, in the words of the guard, in the language asked for."""
    said = printed(refused(), lang)
    name = part_names(refused(), lang)["after.2"]
    begins, _, ends = WORDS["stands_not_alone"][LANGS.index(lang)].partition("{part}")
    guard = {"en": "second needs none of plan; take it out of the steps",
             "zh": "second不需要plan中的任何一份；请从 steps 中去掉"}  # fmt: skip
    why = ends.replace("{why}", guard[lang])
    assert f"{begins}{name}{why}" in said


def test_reforms_of_one_name_are_told_apart_by_their_steps() -> None:
    """Two cuts; one name alone needs none."""
    prepared = reformed(CHAIN, CUT, OTHER, BESIDE)
    names = part_names(attribute(prepared, questions(prepared, "after"), "after", runs=2), "zh")
    # Both steps have the same name here, so that the id is told.
    assert list(names.values()) == ["限时办结（步骤）（after.1）", "限时办结（步骤）（after.2）", "并联审批"]


def test_the_files_hold_everything_and_sum_to_the_whole() -> None:
    """JSON and CSV: the shares of every number add up to the whole to nine decimals."""
    found = json.loads(attribution_json(overlapping()))
    assert {k: found[k] for k in ("scenario", "variant", "by", "runs", "coalitions", "worlds", "exact")} == {
        "scenario": "question", "variant": "after", "by": "reform", "runs": 2, "coalitions": 4, "worlds": 4,
        "exact": True,
    }  # fmt: skip
    (answer,) = found["answers"]
    assert sum(p["share"]["value"] for p in answer["parts"]) == pytest.approx(answer["whole"]["value"], abs=1e-9)
    assert [(p["id"], p["alone"]["value"], p["needed"]) for p in answer["parts"]] == [
        ("after.1", -6, True), ("after.2", -6, True),
    ]  # fmt: skip
    assert [(t["first"], t["second"], t["effect"]["value"]) for t in answer["together"]] == [("after.1", "after.2", 2)]
    assert [(s["parts"], s["value"], s["interval"], s["verdict"], s["refused"]) for s in answer["subsets"]] == [
        ([], 16, [16, 16], "missed", []), (["after.1"], 10, [10, 10], "missed", []),
        (["after.2"], 10, [10, 10], "missed", []), (["after.1", "after.2"], 6, [6, 6], "met", []),
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(attribution_csv(overlapping()))))
    assert [(r["part"], r["alone"], r["share"]) for r in rows] == [
        ("after.1", "-6", "-5"), ("after.2", "-6", "-5"), ("whole", "", "-10"),
    ]  # fmt: skip


def drawn(found: Attribution, lang: Lang) -> Figure:
    """The waterfall of the first number."""
    with styled():
        figure: Figure = DECISIONS["waterfall"].draw(Shared(found, found.answers[0], lang))
    return figure


@pytest.mark.parametrize("lang", LANGS)
def test_the_waterfall_goes_from_the_state_before_to_the_state_after(lang: Lang) -> None:
    """Each bar begins where the one before it ends; the line of the target stands at seven."""
    figure = drawn(overlapping(), lang)
    (axes,) = figure.axes
    spans = [sorted((bar.get_x(), bar.get_x() + bar.get_width())) for box in axes.containers for bar in box]
    assert sorted(spans) == [[0, 6], [0, 16], [6, 11], [11, 16]]
    assert [x for line in axes.lines if line.get_label() == "target" for x in np.unique(line.get_xdata())] == [7]
    assert [x for line in axes.lines if line.get_label() == "alone" for x in np.unique(line.get_xdata())] == [10, 10]
    title = next(text.get_text() for text in figure.texts if text.get_label() == "title")
    assert "16.0 → 6.00" in title


def test_a_number_that_is_not_shared_out_is_said_in_table_and_chart() -> None:
    """No bar; a sentence says why."""
    target = TARGET.replace("source: guess}", "source: guess, scope: {when: {big: true}}}")
    prepared = reformed(CHAIN, CUT, targets=target, attributes="{big: {share: 0.000001, source: guess}}")
    found = attribute(prepared, questions(prepared, "after"), "after", runs=2)
    assert "Not shared out: with no reform alone no case has such a number." in printed(found, "en")
    assert not drawn(found, "zh").axes


def test_the_command_prints_and_writes(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Table, JSON, CSV and charts; exit code 0."""
    files = {"--json": tmp_path / "found.json", "--csv": tmp_path / "found.csv", "--out": tmp_path / "out"}
    words = [str(word) for pair in files.items() for word in pair]
    assert call(desk, "attribute", "faster", "--runs", "2", "--workers", "1", *words) == 0
    said = capsys.readouterr().out
    assert "并联审批" in said
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        f"waterfall_T1.{ending}" for ending in ("png", "svg", "html")
    }
    assert json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["answers"][0]["id"] == "T1"
    assert (tmp_path / "found.csv").read_text(encoding="utf-8").startswith("question,unit,part,")


def test_a_wrong_word_of_the_command_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and a did-you-mean, before anything is played."""
    assert call(desk, "attribute", "faster", "--variant", "aftr") == 2
    assert "unknown variant 'aftr', did you mean 'after'?" in capsys.readouterr().err
    assert call(desk, "attribute", "faster", "--target", "T9") == 2
    assert "unknown target 'T9', did you mean 'T1'?" in capsys.readouterr().err
