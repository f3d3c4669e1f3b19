"""The page begins with what each part of the answer buys: a waterfall to the target, its sentences and numbers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.decide.bought import bought
from sim.report.drawings import Drawing
from sim.report.files import WATERFALL_FILES
from sim.report.output import report
from sim.report.page.bought import Waterfall, shared
from sim.report.page.context import Context

from .reported import Tags
from .services import reformed
from .test_attribution import BESIDE, CHAIN, CUT, OTHER, TARGET


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
