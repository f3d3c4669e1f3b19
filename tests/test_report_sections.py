"""The tables of the page: measures, days, staff, evidence and doubts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.analysis.compare import compare
from sim.report import numbers
from sim.report.page import days, doubts, measures, sources, staff
from sim.report.page.context import Context
from sim.scenario.evidence import evidence

from .reported import BUSY, Tags, comparison_of, exact, noisy, rows, said
from .services import reformed


def test_the_measures_of_a_world_without_chance() -> None:
    """Reviews of 2 + 4 + 8 days take 14; side by side the last two take 8, and all 10; the works take 10 more."""
    found = rows(measures.full(Context(exact(), "zh"), "service"))
    assert found["审批用时"] == [
        ["改革前", "14.0", "无波动", "14.0", "14.0", "0.00", "14.0", "–", "–"],
        ["改革后", "10.0", "无波动", "10.0", "10.0", "0.00", "10.0", "−4.00", "无波动"],
    ]
    assert found["全程用时"] == [
        ["改革前", "24.0", "无波动", "24.0", "24.0", "0.00", "24.0", "–", "–"],
        ["改革后", "20.0", "无波动", "20.0", "20.0", "0.00", "20.0", "−4.00", "无波动"],
    ]


def test_the_short_table_has_the_change() -> None:
    """The short table ends with the change from the first variant to the last, 14 to 10 being −28.6 %."""
    table = measures.glance(Context(exact(), "zh"), "service")
    assert rows(table)[""][0] == ["审批用时", "14.0", "10.0", "−28.6%"]
    assert [c.label for c in table.columns] == ["指标", "改革前", "改革后", "变化"]


def test_processes_are_set_side_by_side() -> None:
    """With several processes a table begins the section, with the first and the last mean of each."""
    found = measures.overview(Context(exact(), "zh"))
    assert rows(found)[""] == [["服务<甲>", "14.0 → 10.0", "24.0 → 20.0", "3.00", "5.00", "6.00"]]
    assert found.caption == "1\u00a0项业务一览：均值，“改革前” → “改革后”"


def test_measures_that_never_differ_are_named_once() -> None:
    """A measure with one value everywhere stands in the note, not in rows of its own."""
    table = measures.full(Context(exact(), "zh"), "service")
    assert "不予许可率" not in rows(table)
    assert "不予许可率 0.0%" in table.note
    assert "免填写占比 –" in table.note


def test_a_measure_that_some_replications_lack_says_in_how_many_it_was() -> None:
    """Where fewer replications than were made have a value, their number stands below it."""
    processes = exact().statistics["after"]["service"]
    fewer = replace(processes["refused_days"], found=[np.array([7.0]), np.array([7.0]), np.array([])])
    after = {"service": {**processes, "refused_days": fewer}}
    found = replace(exact(), statistics={**exact().statistics, "after": after})
    table = measures.full(Context(found, "zh"), "service")
    (row,) = [g.rows[1] for g in table.groups if g.head and g.head.text == "不予许可用时"]
    assert (row.cells[0].text, row.cells[0].small) == ("7.00", "2\u00a0次重复中有")


def test_every_number_of_the_results_is_on_the_page() -> None:
    """Means, intervals, quantiles, deviations, ends and differences of every measure that varies stand on the page."""
    words = Tags(said(noisy())).text
    for variant, processes in noisy().statistics.items():
        for name, found in processes["service"].items():
            unit = measures.MEASURES[name].unit.id
            if measures._one_value([noisy().of(v.id, "service", name) for v in noisy().prepared.variants], unit):
                continue
            assert numbers.number(found.mean.mean, unit) in words, (variant, name)
            assert numbers.interval(found.mean, unit) in words, (variant, name)
            if unit != "share":
                assert numbers.number(found.p50.mean, unit) in words, (variant, name)
                assert numbers.number(found.p90.mean, unit) in words, (variant, name)
                assert numbers.number(found.deviation.mean, unit) in words, (variant, name)
                for end in (found.minimum, found.maximum):
                    assert numbers.number(end.mean, unit) in words, (variant, name)
            if found.difference:
                assert numbers.signed_interval(found.difference, unit) in words, (variant, name)


def test_the_days_sum_to_the_elapsed_time() -> None:
    """What a step takes is cut into categories, and the whole is the elapsed time of 24 and of 20 days."""
    found = rows(days.by_step(Context(exact(), "zh"), "service"))
    assert [r[:-1] for r in found["甲审"]] == [["改革前", "4.00", "–", "4.00"], ["改革后", "–", "–", "–"]]
    assert [r[-2] for r in found["合计"]] == ["24.0", "20.0"]
    by_category = rows(days.by_category(Context(exact(), "zh"), "service"))
    assert by_category["按工作日"][-1] == ["合计（等于全程用时均值）", "24.0", "20.0"]


def test_by_the_calendar_nights_and_weekends_of_the_works_are_theirs() -> None:
    """Ten working days from Monday at nine to the Friday after next at five are 11 days and 8 hours by the calendar."""
    steps = "  works: {kind: construction, duration: ~10}"
    comparison = compare(reformed(steps, "{reform: 一次性告知}", start="2024-06-17"), runs=2)
    by_category = rows(days.by_category(Context(comparison, "zh"), "service"))
    assert by_category["按工作日"] == [["施工", "10.0", "10.0"], ["合计（等于全程用时均值）", "10.0", "10.0"]]
    assert by_category["按自然日"] == [["施工", "11.3", "11.3"], ["合计（等于跨度用时均值）", "11.3", "11.3"]]


def test_the_steps_stand_in_their_order() -> None:
    """The table of days follows the process; a common submission stands before the first of its steps."""
    form = """
  after:
    name: {zh: 改革后, en: After}
    reforms:
      - {reform: 一窗受理, steps: [first, second], form: one_form, source: guess}
"""
    found = rows(days.by_step(Context(comparison_of(form, "", practice=BUSY), "en"), "service"))
    assert list(found) == [
        "Apply",
        "Common submission (one_form)",
        "First review",
        "Second review",
        "Works",
        "Total",
    ]


def test_derived_staff_is_marked() -> None:
    """A number of officers that follows from an assumed utilisation says so, and so does the section."""
    table = staff.staff(Context(noisy(), "zh"))
    assert table is not None
    (officers,) = noisy().staff.officers.values()
    assert rows(table)["局"][0][:3] == ["办理人员", f"{officers}（推算）", "70%"]
    assert "没有任何公布的数据说明各部门有多少办事人员" in said(noisy())


def test_a_place_without_staff_says_that_nobody_queues() -> None:
    """Where no staff is stated there is no table, and the page says what that means."""
    assert staff.staff(Context(exact(), "en")) is None
    assert "No staff is stated in this scenario: nobody ever queues." in said(exact(), "en")


def test_every_source_has_its_place_and_every_link_leads_somewhere() -> None:
    """The list holds every source of a number, and every law that fixes an order; no link leads nowhere."""
    tags = Tags(said(noisy()))
    anchors = [i for i in tags.values("id") if i.startswith("source-")]
    assert sorted(anchors) == sorted(
        {"source-works_act", *(f"source-{key}" for key in evidence(noisy().prepared).sources)}
    )
    assert {h.removeprefix("#") for h in tags.values("href")} <= set(tags.values("id"))


def test_the_evidence_is_counted() -> None:
    """The page tells how many numbers there are by kind of source, and which share is assumed."""
    counts = evidence(exact().prepared).counts
    total, assumed = sum(counts.values()), counts["assumption"]
    assert rows(sources.counts(Context(exact(), "zh")))[""] == [
        ["法律法规", str(counts["law"]), f"{counts['law'] / total:.1%}"],
        ["规划", "1", f"{1 / total:.1%}"],
        ["假设", str(assumed), f"{assumed / total:.1%}"],
    ]


def test_what_was_not_read_is_said() -> None:
    """A law cited from memory is marked in the list and named among the doubts."""
    entries = {e.anchor: e for kind in sources.kinds(Context(exact(), "zh")) for e in kind.entries}
    assert entries["source-act"].remarks == "act；凭记忆引用，待核对原文；原文“一条”"
    recalled = [d for d in doubts.doubts(Context(exact(), "zh")) if d.links and d.links[0].to == "source-act"]
    assert [d.text for d in recalled] == ["1\u00a0条法律依据凭记忆引用，尚未核对原文："]


def test_projected_years_are_named() -> None:
    """The page names the years whose holidays are projected, in both languages, and is silent where there are none."""
    projected = replace(exact(), projected_years=(2027, 2028))
    zh, en = "2027、2028\u00a0年的放假安排国务院尚未公布", "has not announced the holidays of 2027, 2028 yet"
    assert [zh in said(exact()), zh in said(projected)] == [False, True]
    assert [en in said(exact(), "en"), en in said(projected, "en")] == [False, True]


def test_an_interrupted_run_says_so() -> None:
    """A page of an interrupted run warns that it rests on fewer replications."""
    warning = "运行被提前中断：下面只用了已完成的 3\u00a0次重复"
    assert (warning in said(replace(exact(), interrupted=True)), warning in said(exact())) == (True, False)


def test_the_page_tells_how_to_make_it_again() -> None:
    """The command gives the scenario, the replications, the seed and the language."""
    assert "python run.py compare question --runs 3 --seed 1 --lang en" in said(exact(), "en")
