"""The page begins with what each part of the answer buys: a waterfall to the target, its sentences and numbers."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.decide.attributed import Attribution
from sim.decide.bought import bought
from sim.report.drawings import Drawing
from sim.report.files import WATERFALL_FILES
from sim.report.output import report
from sim.report.page.bought import Waterfall, shared
from sim.report.page.context import Context
from sim.report.page.switches import Switches, script, switches
from sim.report.words import Lang

from .reported import Tags
from .services import reformed
from .test_attribution import BESIDE, CHAIN, CUT, LATER, MERGE, MERGED, OTHER, TARGET


@cache
def overlapping() -> Comparison:
    """A cut and a parallel review: ten and six days become six, with a target of seven."""
    return compare(reformed(CHAIN, CUT, BESIDE, targets=TARGET), runs=2)


def test_a_single_bundle_is_taken_apart_into_its_reforms() -> None:
    """Of the answer's target, five days each; what is shared out is what the comparison found."""
    found = bought(overlapping())
    assert found
    (answer,) = found.answers
    assert (found.by, found.variant, answer.question.id) == ("reform", "after", "T1")
    assert [round(one.share.mean, 9) for one in answer.bought] == [-5, -5]
    (result,) = overlapping().targets
    assert (answer.before.mean, answer.after.mean) == (result.baseline.mean, result.estimate.mean) == (16, 6)


def test_bundles_come_before_reforms() -> None:
    """Two variants on the way, of which the second has two reforms: the bundles are told."""
    both = ", ".join(f"{{source: guess, {reform[1:]}" for reform in (OTHER, BESIDE))
    later = f"  later: {{name: {{zh: 再后, en: Later}}, reforms: [{both}]}}\n"
    target = TARGET.replace("targets:", f"{later}targets:").replace("at_most", "variant: later, at_most")
    found = bought(compare(reformed(CHAIN, CUT, targets=target), runs=2))
    assert found
    assert (found.by, [part.id for part in found.parts]) == ("bundle", ["after", "later"])


def test_what_is_not_quick_is_left_to_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single reform, no target, more parts than a few, or more cases: nothing is shared out unasked."""
    assert bought(compare(reformed(CHAIN, CUT, targets=TARGET), runs=2)) is None
    assert bought(compare(reformed(CHAIN, CUT, BESIDE), runs=2)) is None
    with monkeypatch.context() as patch:
        patch.setattr("sim.decide.bought.MOST_PARTS", 1)
        assert bought(overlapping()) is None
    monkeypatch.setattr("sim.decide.bought.MOST_CASES", 15)
    assert bought(overlapping()) is None  # one case in four coalitions, four times


def test_the_first_screen_has_the_waterfall_before_the_charts(tmp_path: Path) -> None:
    """Drawn, with what is read to those who do not see it; the sentences under it, and its numbers folded."""
    report(overlapping(), tmp_path, lang="en", remedies={}, bought=bought(overlapping()))
    text = (tmp_path / "index.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    start, end = text.index('<section id="answers"'), text.index('<section id="charts"')
    first = text[start:end]
    assert 'aria-label="What each reform buys' in first
    assert "Without any one of these the target is missed: time limit, parallel approval." in first
    assert first.index("<svg") < first.index("<details>") < first.index("Fair share (Shapley)")
    assert {path.name for path in tmp_path.iterdir()} >= set(WATERFALL_FILES)
    ids = Tags(text).values("id")
    assert len(ids) == len(set(ids))


def test_an_old_waterfall_goes_where_nothing_is_shared_out(tmp_path: Path) -> None:
    """So that no report shows what another run found."""
    report(overlapping(), tmp_path, lang="en", remedies={}, bought=bought(overlapping()))
    report(overlapping(), tmp_path, lang="en", remedies={})
    assert not any((tmp_path / name).exists() for name in WATERFALL_FILES)
    assert "What each reform buys" not in (tmp_path / "index.html").read_text(encoding="utf-8")


def switched(comparison: Comparison, found: Attribution, lang: Lang = "en") -> Switches | None:
    """The switches of what was shared out."""
    return switches(Context(comparison, lang), found, found.answers[0])


def test_each_combination_is_told_in_figure_and_verdict() -> None:
    """The script finds it at the number whose bits are the parts that are on; its figures stand beside it."""
    found = bought(overlapping())
    assert found
    told = switched(overlapping(), found)
    assert told
    assert told.parts == ["time limit", "parallel approval"]
    assert told.data["parts"] == ["after.1", "after.2"]
    figure = "counted time (mean) is {} working days; the target is ≤ 7 working days: {}."
    keys = ("parts", "value", "interval", "verdict", "tone", "said")
    assert [tuple(one[key] for key in keys) for one in plainly(told.data)] == [
        ([], 16, [16, 16], "missed", "alarm", [f"With none of them: {figure.format('16.00', 'missed')}"]),
        (["after.1"], 10, [10, 10], "missed", "alarm",
         [f'With "time limit" only: {figure.format("10.00", "missed")}']),
        (["after.2"], 10, [10, 10], "missed", "alarm",
         [f'With "parallel approval" only: {figure.format("10.00", "missed")}']),
        (["after.1", "after.2"], 6, [6, 6], "met", "good", [f"With all of them: {figure.format('6.00', 'met')}"]),
    ]  # fmt: skip
    assert (told.sentences, told.tone) == (told.data["subsets"][-1]["said"], "good")
    assert told.note == (
        "Each combination rests on 4 replications, what stands above on 2, with the same applicants and luck, so that "
        "figures may differ a little; its verdict is that of the 95% interval of these. A combination is what can be "
        "applied of it, in the written order."
    )
    (group,) = told.table.groups
    assert [[row.head.text, *(cell.text.replace("\u00a0", " ") for cell in row.cells)] for row in group.rows] == [
        ["With none of them", "16.00 working days", "missed"],
        ['With "time limit" only', "10.00 working days", "missed"],
        ['With "parallel approval" only', "10.00 working days", "missed"],
        ["With all of them", "6.00 working days", "met"],
    ]


def plainly(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The combinations with ordinary spaces."""
    return [{**one, "said": [text.replace("\u00a0", " ") for text in one["said"]]} for one in data["subsets"]]


def test_what_the_guard_refuses_in_a_combination_is_told_there() -> None:
    """And by which rule: alone it is nothing, so that the figure is that of before."""
    comparison = compare(reformed(MERGED, MERGE, LATER, targets=TARGET), runs=2)
    found = bought(comparison)
    assert found
    told = switched(comparison, found)
    assert told
    none, _, alone, _ = plainly(told.data)
    assert (alone["value"], alone["said"][1:]) == (none["value"], [
        "acceptance with papers to follow cannot be applied here, and counts as nothing: second needs none of plan; "
        "take it out of the steps."
    ])  # fmt: skip


def test_nothing_is_switched_where_combinations_are_missing_or_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders that were sampled, more parts than a few, and a number that is no target of the comparison."""
    found = bought(overlapping())
    assert found
    assert switched(overlapping(), replace(found, orders=6)) is None
    assert switched(compare(reformed(CHAIN, CUT, BESIDE), runs=2), found) is None
    monkeypatch.setattr("sim.report.page.switches.MOST", 1)
    assert switched(overlapping(), found) is None


def test_names_in_the_data_of_the_script_stay_text(tmp_path: Path) -> None:
    """A name that would end the script is read as it was written, and the page has no other tag for it."""
    hostile = "</script><script>alert(1)</script>"
    (target,) = [TARGET.replace("en: Target", f"en: '{hostile}'")]
    later = f"  later: {{name: {{zh: 再后, en: '{hostile}'}}, reforms: [{{source: guess, {OTHER[1:]}]}}\n"
    targets = target.replace("targets:", f"{later}targets:").replace("at_most", "variant: later, at_most")
    comparison = compare(reformed(CHAIN, CUT, targets=targets), runs=2)
    report(comparison, tmp_path, lang="en", remedies={}, bought=bought(comparison))
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    data, own = re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
    assert own == script()
    assert f'With "{hostile}" only' in json.loads(data)["subsets"][2]["said"][0]
    digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;" in text


def test_the_waterfall_tells_on_how_many_replications_it_rests(tmp_path: Path) -> None:
    """Four, where the comparison has two."""
    report(overlapping(), tmp_path, lang="en", remedies={}, bought=bought(overlapping()))
    found = re.findall(r"Source: scenario question, (\d+) replications", (tmp_path / "index.html").read_text("utf-8"))
    assert found == ["4", *["2"] * (len(found) - 1)]


def test_the_numbers_sum_to_the_whole() -> None:
    """Fair share, alone and last of each part, and below them the whole."""
    found = bought(overlapping())
    assert found
    drawing = Drawing({"svg": b'<svg viewBox="0 0 72 72"><path id="a"/></svg>'})
    told = shared(Context(overlapping(), "en"), Waterfall(found, drawing))
    assert told
    (group,) = told.table.groups
    assert [[row.head.text, *(cell.text for cell in row.cells)] for row in group.rows] == [
        ["time limit", "−5.00", "−6.00", "−4.00"],
        ["parallel approval", "−5.00", "−6.00", "−4.00"],
        ["The whole", "−10.0", "", ""],
    ]
    assert shared(Context(overlapping(), "en"), None) is None
