"""The charts say what the cases did: artists are compared with days worked out by hand."""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Text

from sim.analysis.compare import compare
from sim.analysis.comparison import Comparison
from sim.report.chart_register import CHARTS
from sim.report.charts.axis_days import written_days
from sim.report.charts.distribution import bins
from sim.report.charts.distribution_rows import question, variant_rows
from sim.report.charts.drawing import draw, save
from sim.report.charts.gantt_panel import GanttPanel
from sim.report.charts.map_layout import fold, laid_out, runs
from sim.report.charts.map_model import usual
from sim.report.charts.process_map import static_map
from sim.report.charts.style import MOST_STEPS, styled
from sim.report.charts.style import figure as styled_figure
from sim.report.charts.timeline import Broken, CaseLine, Piece, building_only, case_line
from sim.report.charts.view import View
from sim.report.charts.writing import fitting, wrapped
from sim.spec.categories import Category

from .small import scenario, world

STEPS = """
id: service
name: {zh: 建房服务, en: Building service}
summary: 试用
steps:
  apply: {name: {zh: 用地规划许可证核发, en: Land permit}, at: bureau, needs: [form], yields: [permit],
          limit: {statutory: {days: 10, source: guess}}}
  review: {name: {zh: 设计方案审查, en: Review of the scheme}, at: bureau, after: {apply: order}, needs: [form, permit],
           limit: {statutory: {days: 20, source: guess}}, work: {hours: 8, source: guess}}
  survey: {name: {zh: 防空地下室审批, en: Air defence}, at: bureau, after: {review: order}, needs: [form],
           limit: {statutory: {days: 15, source: guess}}}
  check: {name: {zh: 施工图审查, en: Check of the drawings}, at: bureau, after: {survey: order},
          limit: {statutory: {days: 4, source: guess}}}
  works: {name: {zh: 施工, en: Works}, kind: construction, after: {check: nature}, duration: {days: 100, source: guess}}
  filing: {name: {zh: 竣工验收备案, en: Completion filing}, kind: filing, at: bureau, after: {works: nature},
           limit: {statutory: {days: 5, source: guess}}}
"""
MATERIALS = """
materials:
  form: {name: {zh: 表, en: Form}, issuer: applicant}
  permit: {name: {zh: 证, en: Permit}, issuer: certificate}
"""
AFTER = """
  after:
    name: {zh: 改革后, en: After}
    reforms:
      - {reform: 并联审批, steps: [review, survey], form: joint, source: guess}
      - {reform: 取消, steps: [check], source: guess}
      - {reform: 限时办结, compression: 0.5, source: guess}
"""
TARGETS = """
targets:
  - {id: T1, name: {zh: 目标, en: Target}, measure: counted_days, at_most: 20, unit: 工作日,
     published_before: 60, source: guess}
  - {id: T2, name: {zh: 目标, en: Target}, measure: counted_days, statistic: share_within, limit: 20, at_least: 0.9,
     unit: "%", source: guess}
"""


def compared(process: str = STEPS, variants: str = AFTER + TARGETS) -> Comparison:
    """The comparison of a small world in which every case takes as long as every other."""
    return compare(world(process, scenario(5, "per_year: 100", variants=variants), materials=MATERIALS), runs=2)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """54 → 18 counted working days: 10+20+15+4+5 one after another, then 5+max(10, 8)+3; 100 of construction."""
    return compared()


@pytest.fixture(scope="module")
def figures(comparison: Comparison) -> dict[str, Figure]:
    """The charts in Chinese."""
    return draw(comparison, "service")


def texts(figure: Figure) -> list[Text]:
    """The texts that a reader sees."""
    return [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]


def said(figure: Figure, label: str) -> list[str]:
    """The texts of this label."""
    return [t.get_text() for t in texts(figure) if t.get_label() == label]


def labelled(figure: Figure, start: str) -> list[Any]:
    """The artists whose label starts so, but for texts."""
    return [a for a in figure.findobj() if str(a.get_label()).startswith(start) and not isinstance(a, Text)]


def critical(figure: Figure) -> list[str]:
    """The edges drawn as part of a critical path."""
    labels = [str(patch.get_label()) for patch in figure.findobj(PathPatch)]
    return sorted(label.removeprefix("critical ") for label in labels if label.startswith("critical "))


def bars(axes: Axes, label: str = "") -> list[tuple[str, float]]:
    """Label and length of the horizontal bars whose label has these words."""
    lengths = [(str(c.get_label()), sum(float(p.get_width()) for p in c)) for c in axes.containers]
    return [(name, length) for name, length in lengths if label in name]


# -- all charts -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def saved(figures: dict[str, Figure], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of the charts in Chinese."""
    return save(figures, tmp_path_factory.mktemp("charts"))


def cut_off(drawn: dict[str, Figure]) -> list[str]:
    """The charts of which something reaches beyond the edge."""
    extents = {name: (figure.get_tightbbox(), figure.get_size_inches()) for name, figure in drawn.items()}
    return [
        n
        for n, (box, (width, height)) in extents.items()
        if min(box.x0, box.y0) < 0 or box.x1 > width or box.y1 > height
    ]


def test_every_chart_is_written_as_a_picture_and_as_a_drawing(saved: list[Path], figures: dict[str, Figure]) -> None:
    """Each chart of the register makes a PNG and an SVG, in its order, and shows all of itself."""
    assert list(figures) == list(CHARTS)
    assert [p.name for p in saved] == [f"{name}.{ending}" for name in CHARTS for ending in ("png", "svg")]
    assert cut_off(figures) == []


def test_english_charts_have_their_letters_and_show_all_of_themselves(comparison: Comparison, tmp_path: Path) -> None:
    """The English words fit as the Chinese ones do; a box for a missing character would be an error of this suite."""
    drawn = draw(comparison, "service", "en")
    assert said(drawn["gantt"], "title") == [
        "Building service, a typical case: counted time 54 → 18, in all 154 → 118 working days"
    ]
    assert cut_off(drawn) == []
    save(drawn, tmp_path)


def test_drawing_again_gives_the_same_bytes_and_changes_no_setting(
    comparison: Comparison, saved: list[Path], tmp_path: Path
) -> None:
    """Two drawings are the same files; matplotlib's own settings stand, and the font's package was not imported."""
    before = dict(mpl.rcParams)
    again = save(draw(comparison, "service"), tmp_path)
    assert [p.read_bytes() for p in saved] == [p.read_bytes() for p in again]
    assert dict(mpl.rcParams) == before
    assert "zhplot" not in sys.modules


def test_drawing_plays_nothing_again(comparison: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that the charts show stands in the comparison, even after it went to another process and back."""

    def refuse(*_: object) -> None:
        raise AssertionError("played again")

    for player in ("sim.engine.play.simulate", "sim.analysis.playing.simulate", "sim.analysis.playing.compile_variant"):
        monkeypatch.setattr(player, refuse)
    kept = pickle.loads(pickle.dumps((comparison.values, comparison.courses)))
    drawn = draw(replace(comparison, values=kept[0], courses=kept[1]), "service")
    assert list(drawn) == list(CHARTS)


def test_only_the_ends_of_the_first_replication_are_kept() -> None:
    """Of three variants the first and the last keep what their cases went through, and only once."""
    between = "{name: {zh: 其间, en: Between}, reforms: [{reform: 限时办结, compression: 0.9, source: guess}]}"
    found = compared(variants=f"\n  between: {between}{AFTER}")
    assert {v: list(of) for v, of in found.courses.items()} == {"before": ["service"], "after": ["service"]}
    assert found.courses["before"]["service"].cases["case"].tolist() == [0, 1, 2, 3, 4]


def test_an_svg_keeps_its_words_and_no_date(saved: list[Path]) -> None:
    """The words of an SVG can be searched, and nothing in it tells when it was made."""
    svg = next(p for p in saved if p.name == "process_map.svg").read_text(encoding="utf-8")
    assert "建房服务：步骤 6 → 5 个" in svg
    assert "dc:date" not in svg


def test_a_scenario_of_one_variant_is_drawn_too() -> None:
    """Without a second variant every chart shows the first alone."""
    drawn = draw(compared(variants=""), "service")
    assert {name: said(figure, "title") for name, figure in drawn.items()} == {
        "process_map": ["建房服务：6 个步骤，环环相扣的最长链条 6 步"],
        "gantt": ["建房服务，一个典型办件：审批用时 54 个工作日，全程 154 个工作日"],
        "distribution": ["建房服务，审批用时：平均 54.0 个工作日"],
        "time_split": ["建房服务：全程 154.0 个工作日"],
    }


def test_charts_say_so_when_every_case_is_refused() -> None:
    """Where no case ends with a grant there is no typical case and no distribution, and the charts say it."""
    refusing = STEPS.replace("kind: filing, at", "kind: filing, refused: {share: 1, source: guess}, at")
    drawn = draw(compared(refusing), "service")
    assert said(drawn["gantt"], "subtitle") == ["没有一个办件在改革前后都办结，画不出典型办件"]
    assert said(drawn["distribution"], "subtitle") == ["没有一个办件办结"]
    assert critical(drawn["process_map"]) == []


@pytest.mark.parametrize("sight", ["normal", "protan", "deutan", "tritan"])
def test_categories_are_told_apart_by_every_eye(sight: str) -> None:
    """No two category colours come close for normal sight or a colour blindness (Machado et al. 2009, CIE76)."""
    seen = {c: _lab(np.clip(SIGHTS[sight] @ _linear(c.colour), 0, 1)) for c in Category}
    near = {(a.name, b.name) for a, b in combinations(seen, 2) if np.linalg.norm(seen[a] - seen[b]) < 16}
    assert near == set()


def test_categories_are_told_apart_without_colour() -> None:
    """Each has a pattern of its own, and of the two that are plain one is dark and one is light."""
    drawn = [category.pattern for category in Category if category.pattern]
    assert len(set(drawn)) == len(drawn)
    dark, light = ([c for c in Category if not c.pattern and c.dark is dark] for dark in (True, False))
    assert (dark, light) == ([Category.WORK], [Category.CIRCULATION])
    assert _lab(_linear(light[0].colour))[0] - _lab(_linear(dark[0].colour))[0] > 40


SIGHTS = {
    "normal": np.eye(3),
    "protan": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    "deutan": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    "tritan": np.array([[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]),
}


def _linear(colour: str) -> Any:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _lab(linear: Any) -> Any:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


# -- the map --------------------------------------------------------------------------------------


def test_the_map_states_how_the_process_shrank(figures: dict[str, Figure]) -> None:
    """Its title tells steps, the longest chain of waiting, and the habits that ended."""
    assert said(figures["process_map"], "title") == [
        "建房服务：步骤 6 → 5 个，环环相扣的最长链条 6 → 4 步，1 处习惯先后不再等候"
    ]


def test_the_map_marks_the_critical_path(figures: dict[str, Figure]) -> None:
    """Before, every edge decides; after, the longer of the two steps side by side does."""
    assert critical(figures["process_map"]) == sorted(
        [
            "apply > review",
            "review > survey",
            "survey > check",
            "check > works",
            "works > filing",
            "apply > review",
            "review > works",
            "works > filing",
        ]
    )


def test_the_map_shows_what_reforms_did(figures: dict[str, Figure]) -> None:
    """A dropped step bears the reform's name, a shorter limit both numbers, a common submission a frame."""
    drawn = figures["process_map"]
    assert said(drawn, "badge check") == ["取消"]
    assert said(drawn, "note review") == ["20 工作日", "20 → 10 工作日"]
    assert said(drawn, "note works") == ["100 工作日", "100 工作日"]
    assert len(labelled(drawn, "form")) == 1
    assert said(drawn, "form label") == ["一次申请、一张表单"]
    assert len(labelled(drawn, "box ")) == 11


def test_boxes_of_the_map_keep_clear_of_one_another_and_hold_their_names(figures: dict[str, Figure]) -> None:
    """No two boxes overlap, and every name is inside its box."""
    drawn = figures["process_map"]
    boxes = labelled(drawn, "box ")
    extents = [box.get_window_extent() for box in boxes]
    assert not [1 for a, b in combinations(extents, 2) if a.overlaps(b)]
    names = [t for t in texts(drawn) if str(t.get_label()).startswith("name ")]
    for name in names:
        inside = [
            e
            for e in extents
            if e.contains(*name.get_window_extent().min) and e.contains(*name.get_window_extent().max)
        ]
        assert len(inside) == 1, name


def test_a_map_needs_no_comparison() -> None:
    """A process alone, or with what reforms make of it, is drawn with the path that is longest by limits."""
    prepared = world(STEPS, scenario(1, "per_year: 1", variants=AFTER), materials=MATERIALS)
    before, after = (v.flows["service"][0].process for v in prepared.variants)
    both = static_map(before, after, "en")
    assert said(both, "title") == [
        "Building service: 6 → 5 steps, longest chain of waiting 6 → 4 steps, habits of waiting ended: 1"
    ]
    assert said(both, "badge check") == ["dropped or merged"]
    assert len(critical(both)) == 5 + 3
    alone = static_map(before, None, "zh")
    assert said(alone, "title") == ["建房服务：6 个步骤，环环相扣的最长链条 6 步"]
    assert len(critical(alone)) == 5


def test_the_usual_path_follows_what_most_often_decided() -> None:
    """From the most frequent end back, each time to the predecessor most frequent among the cases that passed."""
    links = {("", "a"): 4, ("a", "b"): 1, ("b", "d"): 1, ("a", "c"): 3, ("c", "d"): 2, ("c", "e"): 1, ("d", ""): 3,
             ("e", ""): 1}  # fmt: skip
    assert usual(links) == {("", "a"), ("a", "c"), ("c", "d"), ("d", "")}
    assert usual({}) == frozenset()
    assert usual(links | {("b", "d"): 2}) == usual(links) | {("b", "d"), ("a", "b")}
    assert usual({("", "a"): 2, ("a", "b"): 2, ("b", "a"): 3, ("b", ""): 2}) == {("b", ""), ("a", "b"), ("b", "a")}


CHAIN = {"a": [], "b": ["a"], "c": ["b"], "d": ["c"], "e": ["d"], "f": ["e"]}


def test_a_long_chain_is_folded_into_even_lines_and_no_submission_is_torn() -> None:
    """Six steps in two lines are three and three, unless a common submission would be cut in two."""
    assert fold(CHAIN, [], 2) == [["a", "b", "c"], ["d", "e", "f"]]
    assert fold(CHAIN, [["c", "d"]], 2) == [["a", "b"], ["c", "d", "e", "f"]]
    assert fold({"a": []}, [], 3) == [["a"]]


@pytest.mark.parametrize("graphviz", [True, False])
def test_folded_edges_run_on_from_line_to_line(graphviz: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """With Graphviz and without, each part of an edge begins where the one before ended, and boxes keep apart."""
    if not graphviz:
        monkeypatch.setitem(sys.modules, "pygraphviz", None)
    size = (1.4, 0.7)
    layout = laid_out(CHAIN | {"g": ["a"], "f": ["e", "g"], "d": ["c", "a"]}, size, [["b", "g"]], 3)
    for curves in layout.curves.values():
        for part, following in pairwise(curves):
            assert part[-1] == pytest.approx(following[0], abs=0.02)
    for (x, y), (u, v) in combinations(layout.centres.values(), 2):
        assert abs(x - u) >= size[0] or abs(y - v) >= size[1]
    assert all(0.69 <= x <= layout.width - 0.69 for x, _ in layout.centres.values())
    assert all(0.34 <= y <= layout.height - 0.34 for _, y in layout.centres.values())


@pytest.mark.parametrize("graphviz", [True, False])
@pytest.mark.parametrize("group", [["a", "f"], ["a", "c", "e"], ["b", "f"], ["b", "c", "d"]])
def test_a_step_stands_right_of_what_it_waits_for(
    group: list[str], graphviz: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also under one form with steps that are not its neighbours, and in their frames stands nothing else."""
    if not graphviz:
        monkeypatch.setitem(sys.modules, "pygraphviz", None)
    layout = laid_out(CHAIN, (1.4, 0.7), [group], 1)
    across = [layout.centres[step][0] for step in CHAIN]
    assert across == sorted(across)
    neighbours = group == ["b", "c", "d"]
    assert layout.frames == ([group] if neighbours else [[step] for step in group])


def test_a_group_is_parted_where_another_step_comes_between() -> None:
    """Two reviews side by side stand together, with the step after both; a step behind another one does not."""
    before = {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"], "x": ["b"], "e": ["x", "d"]}
    assert runs(before, ["b", "c", "d"]) == [["b", "c", "d"]]
    assert runs(before, ["b", "e"]) == [["b"], ["e"]]
    assert runs(before, ["b", "d", "e"]) == [["b", "d"], ["e"]]


# -- the typical case -----------------------------------------------------------------------------


def test_bars_of_the_typical_case_are_as_long_as_its_steps(figures: dict[str, Figure]) -> None:
    """Before, the review takes a day of work and nineteen of circulation; after, one and nine."""
    before, after = figures["gantt"].axes
    assert bars(before, " review") == [("work review", pytest.approx(1)), ("circulation review", pytest.approx(19))]
    assert bars(after, " review") == [("work review", pytest.approx(1)), ("circulation review", pytest.approx(9))]
    assert sum(length for _, length in bars(before)) - bars(before, "works")[0][1] == pytest.approx(54)
    assert sum(length for _, length in bars(after)) - bars(after, "works")[0][1] == pytest.approx(5 + 10 + 8 + 3)


def test_long_construction_is_cut_out_with_its_length(figures: dict[str, Figure]) -> None:
    """Of a hundred days of construction five are left at either end, and the cut says that ninety are missing."""
    drawn = figures["gantt"]
    assert said(drawn, "cut length") == ["略去施工 90 个工作日"] * 2
    assert len(labelled(drawn, "cut")) == 2
    gap = 0.04 * (154 - 90)
    assert [bars(axes, "works")[0][1] for axes in drawn.axes] == [pytest.approx(10 + gap)] * 2
    ticks = zip(drawn.axes[0].get_xticks(), drawn.axes[0].get_xticklabels(), strict=True)
    assert {t.get_text(): place for place, t in ticks}["150"] == pytest.approx(150 - 90 + gap)


def test_every_stretch_of_a_broken_axis_has_a_number() -> None:
    """On an axis on which fifties fit, the short stretch after the cut has a finer one; where none fits, none."""
    axis = Broken(((97.0, 295.0),), gap=20)
    assert written_days(axis, 335, 1.03) == [0, 50, 320]
    assert written_days(axis, 335, 10) == [0, 20, 40, 60, 80, 320]
    assert written_days(axis, 335, 0.1) == [0]


@pytest.mark.parametrize("cuts", [(), ((30.0, 130.0),)])
@pytest.mark.parametrize("last", [0.8, 5, 31, 150, 502, 12000])
def test_numbers_at_the_axis_of_the_typical_case_never_touch(
    comparison: Comparison, last: float, cuts: tuple[tuple[float, float], ...]
) -> None:
    """Measured on panels of every width, of a short case beside a long one, and round a cut; one at least is there."""
    line, axis = CaseLine(0, (Piece("works", Category.CONSTRUCTION, 0, last, False),), (), (), 0, last), Broken(cuts, 4)
    for width, span in product((0.1, 0.3, 0.76), (1.03, 4, 40)):
        with styled():
            drawn = styled_figure(16, 4)
            axes = drawn.add_axes((0.1, 0.3, width, 0.5))
            axes.set_xlim(0, axis.at(last) * span)
            GanttPanel(axes, View(comparison, "service", "zh"), 0, line, axis, ["works"]).draw_rows()
            drawn.canvas.draw()
            ends = [(e.x0, e.x1) for e in (t.get_window_extent() for t in axes.get_xticklabels())]
        assert ends
        assert all(a[1] + 2 < b[0] for a, b in pairwise(sorted(ends))), (width, span)


def test_rows_of_the_typical_case_say_what_is_missing(figures: dict[str, Figure]) -> None:
    """A step that a reform dropped names the reform; the common submission is not there before."""
    drawn = figures["gantt"]
    assert said(drawn, "title") == ["建房服务，一个典型办件：审批用时 54 → 18 个工作日，全程 154 → 118 个工作日"]
    assert said(drawn, "absent check") == [" 取消"]
    marks = {
        line.get_label(): len(line.get_xdata())
        for line in drawn.axes[1].lines
        if line.get_label() in ("accepted", "decided")
    }
    assert marks == {"accepted": 4, "decided": 4}


def test_a_step_that_takes_no_time_has_its_row_and_its_marks() -> None:
    """Accepted and decided in the moment in which the step before it ends, before and after."""
    done = STEPS.replace("check: {name", "record: {name: {zh: 建档, en: Record}, at: bureau, after: {survey: order},\n"
                         "          limit: {committed: {days: 0, source: guess}}}\n  check: {name")  # fmt: skip
    line = case_line(compared(done, AFTER).courses["before"]["service"], 0)
    assert line.nodes == ["apply", "review", "survey", "record", "check", "works", "filing"]
    assert [day for node, day in (*line.accepted, *line.decided) if node == "record"] == [45.0, 45.0]
    figure = draw(compared(done, AFTER), "service", "en")["gantt"]
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()][3] == "Record"


def test_a_broken_axis_keeps_its_scale_outside_the_cut() -> None:
    """Before the cut a day stands at its own place, after it as much earlier as was cut out."""
    axis = Broken(cuts=((10, 110),), gap=4)
    assert [axis.at(d) for d in (0, 10, 60, 110, 120)] == pytest.approx([0, 10, 12, 14, 24])
    assert axis.ticks(140, 5) == [0, 5, 115, 120, 125, 130, 135, 140]


def test_only_time_in_which_nothing_but_construction_goes_on_is_cut_out() -> None:
    """A permit that is handled while the works go on is not cut out with them."""
    works = Piece("works", Category.CONSTRUCTION, 10, 250, beside=False)
    permit = Piece("permit", Category.CIRCULATION, 100, 120, beside=False)
    line = CaseLine(0, (works, permit), (), (), 20, 250)
    assert building_only(line) == ((15, 95), (125, 245))
    assert building_only(CaseLine(0, (Piece("works", Category.CONSTRUCTION, 0, 60, False),), (), (), 0, 60)) == ()


# -- the distribution -----------------------------------------------------------------------------


def test_the_distribution_sets_the_cases_against_the_target(figures: dict[str, Figure]) -> None:
    """The line stands at 20, the means at 54 and 18, and the verdict is in the title; ten of ten are not yet 90 %."""
    drawn = figures["distribution"]
    assert said(drawn, "title") == ["建房服务，审批用时：平均 54.0 → 18.0 个工作日；目标均值不超过 20 工作日：达标"]
    assert said(drawn, "target name") == [
        "目标 20\u00a0个工作日以内的案件占比不少于 90%：未定",
        "目标均值不超过 20 工作日：达标",
    ]
    assert [list(line.get_xdata()) for line in labelled(drawn, "target")] == [[20, 20]]
    assert [float(m.get_xdata()[0]) for m in labelled(drawn, "mean ")] == pytest.approx([54, 18])
    assert [list(m.get_xdata()) for m in labelled(drawn, "published")] == [[60]]
    assert said(drawn, "mean") == ["平均 54.0（54.0–54.0）", "平均 18.0（18.0–18.0）"]
    assert said(drawn, "within") == ["10 件中 0% 不超过 20", "10 件中 100% 不超过 20"]


def test_no_bar_holds_cases_from_both_sides_of_the_target() -> None:
    """One edge of the bars lies just above the target, so that a case just at it counts as within."""
    edges = bins(130.0, 32.0)
    above = edges[edges > 32][0]
    assert above - 32 < 1e-6
    assert edges[0] == 0
    assert edges[-1] > 130
    assert len(bins(130.0, 0.001)) < 100


def test_a_target_of_some_steps_is_set_against_those_steps_alone() -> None:
    """Where the scope leaves steps out, the cases of all replications are drawn as that scope measures them."""
    scoped = TARGETS.replace("published_before: 60", "scope: {steps: [review, survey]}").split("  - {id: T2")[0]
    view = View(compared(variants=AFTER + scoped), "service", "zh")
    before, after = variant_rows(view, question(view))
    assert (list(before.days), list(after.days)) == (pytest.approx([35] * 10), pytest.approx([10] * 10))
    assert (before.mean, after.mean) == (view.comparison.targets[0].baseline, view.comparison.targets[0].estimate)
    assert said(draw(view.comparison, "service")["distribution"], "subtitle") == [
        "2 次模拟的全部办件；◆ 平均值与 95% 区间。口径：只计设计方案审查、防空地下室审批；"
        "关键路径上的审批用时平均 35.0 → 10.0"
    ]


def test_without_a_target_the_counted_time_of_every_case_is_drawn() -> None:
    """Five cases in each of two replications, 54 days each."""
    view = View(compared(variants=AFTER), "service", "zh")
    rows = variant_rows(view, question(view))
    assert [(r.variant.id, list(r.days)) for r in rows] == [
        ("before", pytest.approx([54] * 10)),
        ("after", pytest.approx([18] * 10)),
    ]


# -- where the days go ----------------------------------------------------------------------------


def test_stacks_add_up_to_the_whole(figures: dict[str, Figure]) -> None:
    """The parts of a stack sum to 154 and 118 days, without construction to 54 and 18."""
    drawn = figures["time_split"]
    axes = {a.get_label(): a for a in drawn.axes}
    assert bars(axes["all"]) == [
        ("work", pytest.approx(1)),
        ("circulation", pytest.approx(53)),
        ("construction", pytest.approx(100)),
        ("work", pytest.approx(1)),
        ("circulation", pytest.approx(17)),
        ("construction", pytest.approx(100)),
    ]
    assert [t.get_text() for t in axes["inner"].texts if t.get_label() == "total"] == ["54.0", "18.0"]
    assert said(drawn, "title") == ["建房服务：全程 154.0 → 118.0 个工作日，省得最多的是内部流转 36.0"]


def test_steps_are_compared_before_and_after(figures: dict[str, Figure]) -> None:
    """The longest steps come first, each with its days before and after; a dropped one names the reform."""
    steps = next(a for a in figures["time_split"].axes if a.get_label() == "steps")
    assert [t.get_text().replace("\n", "") for t in steps.get_yticklabels()] == [
        "设计方案审查",
        "防空地下室审批",
        "用地规划许可证核发",
        "竣工验收备案",
        "施工图审查",
    ]
    totals = [t.get_text() for t in steps.texts if t.get_label() == "total"]
    assert totals == ["20.0", "10.0", "15.0", "0", "10.0", "5.0", "5.0", "3.0", "4.0", "0 取消"]


# -- writing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("施工", 6, ["施工"]),
        ("建设工程规划许可证核发", 7, ["建设工程规划", "许可证核发"]),
        ("签订出让合同、缴纳价款", 7, ["签订出让合同、", "缴纳价款"]),
        ("税务注销（一般流程）", 7, ["税务注销", "（一般流程）"]),
        ("Review of the design scheme", 8, ["Review of the", "design scheme"]),
        ("a" * 18, 8, ["a" * 18]),
        ("a" * 300 + " by post", 8, ["a" * 14 + "…", "by post"]),
    ],
)
def test_names_are_broken_into_even_lines(text: str, width: float, lines: list[str]) -> None:
    """Lines are few, of about the same length, broken at a mark where there is one; no word goes on for ever."""
    assert wrapped(text, width) == lines


def test_a_long_text_is_set_smaller() -> None:
    """Ten characters at 20 points need 200 points; in half of that they are set at 10."""
    assert [fitting("一二三四五六七八九十", 20, room) for room in (300, 200, 100)] == [20, 20, 10]


def too_long() -> Comparison:
    """A chain of one step more than are drawn."""
    chain = "".join(
        f"  s{i}: {{name: {{zh: 步, en: Step}}, at: bureau, limit: {{statutory: {{minutes: 1, source: guess}}}}"
        + (f", after: {{s{i - 1}: order}}}}\n" if i else "}\n")
        for i in range(MOST_STEPS + 1)
    )
    return compared(STEPS[: STEPS.index("  apply:")] + chain, "")


def test_a_process_of_very_many_steps_is_told_in_words() -> None:
    """No map and no typical case of 151 rows that take minutes to draw and nobody can read; 150 are drawn."""
    drawn = draw(too_long(), "service", "en")
    told = {name: [text.get_text() for text in figure.texts][-1] for name, figure in drawn.items() if not figure.axes}
    assert told == {
        "process_map": "151 steps, more than the 150 that a map can show; run.py show lists them in order",
        "gantt": "151 steps, more than the 150 that a chart can show; their times are in the report",
    }
