"""The charts for a phone say what the wide ones say, in type that can be read, each thing clear of the others."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.decide.bought import bought
from sim.report.chart_register import CHARTS, DECISIONS
from sim.report.charts.drawing import drawn as wide_of
from sim.report.charts.drawing import handed_on, narrowed
from sim.report.charts.map_model import played_models
from sim.report.charts.narrow import TEXT, WIDTH
from sim.report.charts.narrow_rows import bands, framed, lanes, rows_of
from sim.report.charts.view import View
from sim.report.charts.waterfall import Shared
from sim.report.words import LANGS, Lang

from .hostile import hostile
from .test_charts import bars, critical, cut_off, labelled, said, texts, too_long
from .test_charts_data import view
from .test_report_bought import overlapping


def narrow(name: str, shown: View | None = None, lang: Lang = "zh") -> Figure:
    """A chart for a phone."""
    return narrowed(CHARTS[name], shown or view(lang))


def waterfall(lang: Lang = "zh") -> Figure:
    """The waterfall for a phone."""
    found = bought(overlapping())
    assert found
    return narrowed(DECISIONS["waterfall"], Shared(found, found.answers[0], lang))


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_of_a_page_is_drawn_for_a_phone(lang: Lang) -> None:
    """As wide as its screen, where a point is a pixel; no type below 11, nothing beyond the edge."""
    drawn = {name: narrow(name, lang=lang) for name in CHARTS} | {"waterfall": waterfall(lang)}
    assert {name: figure.get_size_inches()[0] for name, figure in drawn.items()} == dict.fromkeys(drawn, WIDTH)
    assert min(text.get_fontsize() for figure in drawn.values() for text in texts(figure)) == TEXT > 11
    assert cut_off(drawn) == []


@pytest.mark.parametrize("name", CHARTS)
def test_names_that_mean_harm_stay_within_the_drawing(name: str) -> None:
    """However long they are, they are broken into lines."""
    figure = narrow(name, View(hostile(), "service", "en"))
    assert figure.get_size_inches()[1] < 60
    assert handed_on(CHARTS[name], View(hostile(), "service", "en")).narrow.startswith(b"<?xml")


def test_the_bars_of_the_typical_case_are_those_of_the_wide_drawing() -> None:
    """One panel below the other, to one scale; the cut is told at the axis."""
    before, after = narrow("gantt").axes
    assert bars(before, " review") == [("work review", pytest.approx(1)), ("circulation review", pytest.approx(19))]
    assert bars(after, " review") == [("work review", pytest.approx(1)), ("circulation review", pytest.approx(9))]
    assert before.get_xlim() == after.get_xlim()
    assert [axes.get_xlabel() for axes in (before, after)] == ["自首次动手起的工作日\n略去施工 90 个工作日"] * 2


def test_the_map_has_the_edges_of_the_wide_one_and_boxes_hold_their_words() -> None:
    """The same critical path; no two boxes overlap, and whatever is said of a step stands inside its box."""
    drawn, wide = narrow("process_map"), wide_of(CHARTS["process_map"], view("zh"))
    drawn.canvas.draw()
    edges = [str(a.get_label()).removeprefix("critical ") for a in labelled(drawn, "critical ")]
    assert sorted(edges) == critical(wide)
    boxes = labelled(drawn, "box ")
    assert sorted(b.get_label() for b in boxes) == sorted(b.get_label() for b in labelled(wide, "box "))
    extents = [box.get_window_extent() for box in boxes]
    assert not [1 for a, b in combinations(extents, 2) if a.overlaps(b)]
    for text in texts(drawn):
        if str(text.get_label()).startswith(("name ", "note ", "badge ")):
            own = text.get_window_extent()
            assert sum(e.contains(*own.min) and e.contains(*own.max) for e in extents) == 1, text
    assert said(drawn, "form label") == ["一次申请、一张表单"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_name_of_a_form_is_clear_of_arrows_and_of_what_is_told_of_steps(lang: Lang) -> None:
    """On the map for a phone and on the wide one."""
    for drawn in (narrow("process_map", lang=lang), wide_of(CHARTS["process_map"], view(lang))):
        drawn.canvas.draw()
        (name,) = [t.get_window_extent() for t in texts(drawn) if t.get_label() == "form label"]
        told = [t for t in texts(drawn) if str(t.get_label()).startswith(("badge ", "share ", "name ", "panel"))]
        arrows = [a for a in drawn.findobj(Line2D) if " > " in str(a.get_label())]
        assert not [a for a in (*told, *arrows) if a.get_window_extent().overlaps(name)]


def test_rows_follow_what_they_wait_for_and_forms_stand_together() -> None:
    """No step stands above one that it waits for; the three of a form are one frame, and a band holds equals."""
    before = {"a": [], "b": ["a"], "x": ["a"], "c": ["a"], "d": ["b", "c"], "e": ["x"], "f": ["d", "e"]}
    rows = rows_of(before, [["b", "c", "d"]])
    assert rows == ["a", "x", "b", "c", "d", "e", "f"]
    assert bands(before, rows) == [["a"], ["x", "b", "c"], ["d", "e"], ["f"]]
    assert framed(rows, [["b", "c", "d"]]) == [["b", "c", "d"]]
    assert framed(["b", "x", "c"], [["b", "c"]]) == [["b"], ["c"]]


def test_no_two_lanes_run_over_one_another() -> None:
    """Two that end where the next begins share one; of two side by side the shorter is nearer to the boxes."""
    rows = ["a", "b", "c", "d", "e"]
    buses = {("a", "order", False): [("a", "c")], ("c", "order", False): [("c", "e")],
             ("b", "legal", False): [("b", "e"), ("b", "d")]}  # fmt: skip
    assert lanes(buses, rows) == {("a", "order", False): 0, ("c", "order", False): 0, ("b", "legal", False): 1}


def test_lanes_of_a_real_map_keep_clear() -> None:
    """Whatever shares a lane ends before the next begins."""
    for model in played_models(view("zh")):
        rows = rows_of(model.before, model.forms.values())
        buses = {(u, style, False): [e for e in model.edges if e[0] == u] for (u, _), style in model.edges.items()}
        place = {step: i for i, step in enumerate(rows)}
        shared: dict[int, list[tuple[int, int]]] = {}
        for bus, lane in lanes(buses, rows).items():
            shared.setdefault(lane, []).append((place[bus[0]], max(place[v] for _, v in buses[bus])))
        assert all(a[1] <= b[0] for spans in shared.values() for a, b in pairwise(sorted(spans)))


def test_a_process_of_very_many_steps_is_told_in_words() -> None:
    """As in the wide drawings."""
    many = View(too_long(), "service", "zh")
    assert [len(narrow(name, many).axes) for name in ("process_map", "gantt")] == [0, 0]
