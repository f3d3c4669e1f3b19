"""Slack and critical paths, planned and realised, at a tie and with things done again."""

from __future__ import annotations

from io import StringIO

import pytest
from matplotlib.patches import PathPatch
from rich.console import Console

from sim.analysis.compare import compare
from sim.analysis.courses import courses
from sim.records.slack import slack
from sim.report.charts.map_model import played_models
from sim.report.charts.process_map import process_map, static_map
from sim.report.charts.style import styled
from sim.report.charts.view import View
from sim.report.page.context import Context
from sim.report.page.slack import by_step
from sim.report.screen import shown
from sim.report.words import LANGS, Lang

from .reported import rows
from .services import after, play, practised, reformed

ONE = "{reform: 一次性告知}"
TIE = """
  a: {limit: {statutory: ~2}}
  b: {after: {a: nature}, limit: {statutory: ~4}}
  c: {after: {a: nature}, limit: {statutory: ~4}}
  d: {after: {a: nature}, limit: {statutory: ~1}}
  e: {after: {b: nature, c: nature, d: nature}, limit: {statutory: ~2}}
"""


def by_node(steps: str, **more: object) -> dict[str, list[float]]:
    """The working days of slack of every attempt at a step."""
    found = play(reformed(steps, ONE, **more))  # type: ignore[arg-type]
    told: dict[str, list[float]] = {}
    for node, days in zip(found.node_name.tolist(), slack(found).days.tolist(), strict=True):
        told.setdefault(node, []).append(round(days, 9))
    return told


def test_realised_slack_by_hand() -> None:
    """Four days beside four and one: the last might take three days longer."""
    assert by_node(TIE) == {"a": [0], "b": [0], "c": [0], "d": [3], "e": [0]}


def test_what_some_cases_pass_by_hands_slack_on() -> None:
    """Without c, which nobody goes through, d still waits for b and has to wait for a four days less."""
    steps = """
  a: {limit: {statutory: ~1}}
  b: {limit: {statutory: ~5}}
  c: {after: {a: nature}, when: {large: true}, limit: {statutory: ~9}}
  d: {after: {b: nature, c: nature}, limit: {statutory: ~1}}
"""
    assert by_node(steps, attributes="{large: {share: 0, source: guess}}") == {"a": [4], "b": [0], "d": [0]}


def test_what_is_done_again_waits_for_what_failed() -> None:
    """Both attempts at a, and what comes after, lie on the path of a case that fails once; the other step has slack."""
    steps = """
  a: {limit: {statutory: ~2}, fails: {rate: 0.5, source: guess}}
  b: {limit: {statutory: ~1}}
"""
    found = play(reformed(steps, ONE, cases=20, demand="every_minutes: 10080"))
    slacks = slack(found)
    tries = found.attempts["nth"].groupby(found.position).max().tolist()
    assert set(tries) >= {0, 1, 2}
    of_a = found.node_name == "a"
    assert slacks.days[of_a].tolist() == pytest.approx([0] * int(of_a.sum()), abs=1e-9)
    assert slacks.days[~of_a].tolist() == pytest.approx([2 * (n + 1) - 1 for n in tries])


def test_the_path_that_splits_the_time_has_no_slack() -> None:
    """Whatever decided how long a case took could not have taken a second longer."""
    practice = practised(prepare=1, correction=2, deficient=0.4, pace="{uniform: [0.3, 1]}")
    steps = TIE.replace("b: {after", "b: {needs: [form], after").replace("c: {after", "c: {needs: [plan], after")
    found = play(reformed(steps, ONE, cases=30, practice=practice))
    seconds = slack(found).seconds
    assert set(seconds[found.row(found.path["attempt"].to_numpy())].tolist()) == {0}
    assert (seconds >= 0).all()


def test_all_paths_of_a_tie_are_counted() -> None:
    """Both reviews of four days lie on a path of every case, the one of a day on none."""
    found = courses(play(reformed(TIE, ONE, cases=3, demand="every_minutes: 10080")))
    assert dict(found.links) == {
        ("", "a"): 3, ("a", "b"): 3, ("a", "c"): 3, ("b", "e"): 3, ("c", "e"): 3, ("e", ""): 3,
    }  # fmt: skip
    told = {row.node: (row.cases, row.critical, row.days) for row in found.slack.itertuples()}
    assert told == {"a": (3, 3, 0), "b": (3, 3, 0), "c": (3, 3, 0), "d": (3, 0, 3), "e": (3, 3, 0)}


def test_the_map_of_what_was_played_marks_all_paths_of_a_tie() -> None:
    """Four edges of two paths; also where steps share an application, which is no step."""
    comparison = compare(reformed(TIE, ONE), runs=2)
    (first, _) = played_models(View(comparison, "service", "zh"))
    assert first.critical == {"a", "b", "c", "e"}
    assert first.critical_edges == {("a", "b"), ("a", "c"), ("b", "e"), ("c", "e")}
    joint = TIE.replace("b: {after", "b: {needs: [form], form: joint, after")
    joint = joint.replace("c: {after", "c: {needs: [plan], form: joint, after")
    (first, _) = played_models(
        View(compare(reformed(joint, ONE, practice=practised(prepare=1)), runs=2), "service", "zh")
    )
    assert first.critical == {"a", "b", "c", "e"}
    assert first.critical_edges == {("a", "b"), ("a", "c"), ("b", "e"), ("c", "e")}


def test_of_steps_without_any_time_each_is_linked_to_the_next_alone() -> None:
    """All of them begin and end in one moment, so that each follows every one before it; the nearest is told."""
    zero = "limit: {committed: ~0}"
    steps = f"  a: {{limit: {{statutory: ~2}}}}\n  z: {{after: {{a: order}}, {zero}}}\n"
    steps += f"  y: {{after: {{z: order}}, {zero}}}\n  x: {{after: {{z: order}}, {zero}}}\n"
    steps += "  e: {after: {y: order, x: order}, limit: {statutory: ~1}}\n"
    links = courses(play(reformed(steps, ONE))).links
    assert sorted(links) == [
        ("", "a"), ("a", "z"), ("e", ""), ("x", "e"), ("y", "e"), ("z", "x"), ("z", "y"),
    ]  # fmt: skip


def critical(figure: object) -> list[str]:
    """The edges drawn as critical."""
    labels = [str(patch.get_label()) for patch in figure.findobj(PathPatch)]  # type: ignore[attr-defined]
    return sorted(label.removeprefix("critical ") for label in labels if label.startswith("critical "))


@pytest.mark.parametrize("lang", LANGS)
def test_the_map_of_a_process_has_all_paths_and_the_slack(lang: Lang) -> None:
    """At the corner of the one box that has any."""
    process = after(reformed(TIE, ONE))
    drawn = static_map(process, None, lang)
    assert critical(drawn) == ["a > b", "a > c", "b > e", "c > e"]
    texts = {str(t.get_label()): t.get_text() for t in drawn.axes[0].texts}
    assert {k: v for k, v in texts.items() if k.startswith("slack")} == {
        "slack d": {"zh": "余 3", "en": "slack 3"}[lang]
    }
    comparison = compare(reformed(TIE, ONE), runs=2)
    with styled():
        played = process_map(View(comparison, "service", lang))
    assert critical(played)[:2] == ["a > b", "a > b"]


@pytest.mark.parametrize(
    ("lang", "ties"), [("zh", "并列的关键路径："), ("en", "Critical paths that take equally long:")]
)
def test_show_tells_the_slack_and_all_paths_of_a_tie(lang: Lang, ties: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark at each critical step, the slack of the other, and the paths a line each."""
    process = after(reformed(TIE, ONE))
    screen = StringIO()
    console = Console(file=screen, width=300)
    console.print(shown._table(process, "", lang))
    table = [[cell.strip() for cell in line.split("│")[1:-1]] for line in screen.getvalue().splitlines() if "│" in line]
    assert [(row[1].split()[-1], row[0], row[6]) for row in table] == [
        ("a", "●", "0"), ("b", "●", "0"), ("c", "●", "0"), ("d", "", "3"), ("e", "●", "0"),
    ]  # fmt: skip
    assert list(shown._ties(process, lang)) == [ties, "  a → b → e", "  a → c → e"]
    monkeypatch.setattr(shown, "MOST_PATHS", 1)
    assert list(shown._ties(process, lang)) == [ties, "  a → b → e", "  …"]
    assert list(shown._ties(after(reformed("  a: {limit: {statutory: ~2}}", ONE)), lang)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_tells_critical_steps_and_slack(lang: Lang) -> None:
    """In the first variant and in the last, a row per step; what only one of them has is told of one."""
    faster = "{reform: 限时办结, steps: [b], committed: ~1}"
    found = rows(by_step(Context(compare(reformed(TIE, faster), runs=2), lang), "service"))
    told = [row[1:] for row in found[""]]
    assert told == [
        ["100.0%", "0.00", "100.0%", "0.00"],
        ["100.0%", "0.00", "0.0%", "3.00"],
        ["100.0%", "0.00", "100.0%", "0.00"],
        ["0.0%", "3.00", "0.0%", "3.00"],
        ["100.0%", "0.00", "100.0%", "0.00"],
    ]
    gone = rows(by_step(Context(compare(reformed(TIE, "{reform: 取消, steps: [d]}"), runs=2), lang), "service"))
    assert gone[""][3][1:] == ["0.0%", "3.00", "–", "–"]
