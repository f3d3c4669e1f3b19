"""Officers and files: the curve of a queue with a known answer, its knee, the fewest officers, what lies behind."""

from __future__ import annotations

import csv
import json
import math
from io import StringIO
from math import factorial

import pytest

from sim.analysis.estimate import Estimate
from sim.core.errors import PlannerError
from sim.decide.capacity import Capacity, Point, Role, capacity, knee
from sim.decide.officers import counted, with_demand, with_officers
from sim.engine.staffing import derived_staff
from sim.report.capacity import capacity_csv, capacity_json, cold, sentences
from sim.report.chart_register import DECISIONS
from sim.report.charts.capacity import Crowded
from sim.report.charts.style import styled
from sim.scenario.prepared import Prepared

from .small import scenario, service, staffed, world

BETWEEN, WORK, TODAY = 6.0, 18.0, 4
"""Minutes between cases and minutes of work, both exponential; officers."""
SERVE = (
    "  serve: {name: {zh: 办理, en: Serve}, at: desk, work: {minutes: {exponential: 18}, source: guess}, "
    "limit: {statutory: {hours: 1, source: guess}}}\n"
)


def queue(cases: int = 3000) -> Prepared:
    """One desk that is always open."""
    question = scenario(cases, f"every_minutes: {{exponential: {BETWEEN:g}}}", warm_up=cases // 10)
    return world(service(SERVE), question, staffed(desk=TODAY))


def erlang_c(officers: int, load: float, work: float) -> float:
    """The mean wait of M/M/c in the unit of the work (Erlang 1917)."""
    full = load**officers / factorial(officers) * officers / (officers - load)
    waiting = full / (sum(load**k / factorial(k) for k in range(officers)) + full)
    return waiting * work / (officers - load)


@pytest.fixture(scope="module")
def found() -> Capacity:
    """The desk at half to twice its officers, and at 0.8 to 2 times its files."""
    return capacity(queue(), on_time=0.9, runs=6)


def test_waiting_along_the_curve_is_that_of_erlang_c(found: Capacity) -> None:
    """At every number of officers that keeps up with three files' worth of work; the tries are of seed 1."""
    (role,) = found.roles
    assert [point.officers for point in role.by_officers] == [2, 3, 4, 5, 6, 8]
    for point in role.by_officers[2:]:
        wanted, half = erlang_c(point.officers, WORK / BETWEEN, WORK / 60), point.wait.high - point.wait.mean
        assert abs(point.wait.mean - wanted) < 1.5 * half + 1e-3, point
    busy = [point.busy.mean for point in role.by_officers[2:]]
    assert busy == pytest.approx([3 / n for n in (4, 5, 6, 8)], rel=0.06)


def test_waiting_along_the_files_is_that_of_erlang_c(found: Capacity) -> None:
    """At four fifths and the same files; more than four thirds of them never end."""
    (role,) = found.roles
    points = {point.demand: point for point in role.by_demand}
    for times in (0.8, 1.0):
        wanted, wait = erlang_c(TODAY, times * WORK / BETWEEN, WORK / 60), points[times].wait
        assert abs(wait.mean - wanted) < 1.5 * (wait.high - wait.mean) + 1e-3
    assert role.full == pytest.approx(4 / 3, rel=0.05)
    assert points[2.0].wait.mean > 20 * points[1.0].wait.mean


def test_more_officers_never_let_the_same_applicants_wait_longer(found: Capacity) -> None:
    """All trials are of the same applicants with the same luck, in the grid too."""
    for times in {point.demand for point in found.grid}:
        row = [point.wait.mean for point in found.grid if point.demand == times]
        assert row == sorted(row, reverse=True)
    at_today = [point for point in found.grid if point.demand == 1]
    assert at_today == list(found.roles[0].by_officers)


def test_the_fewest_officers_for_a_share_are_found(found: Capacity) -> None:
    """One fewer is not enough, and those of whom it is sure are no fewer."""
    enough = found.roles[0].enough
    assert enough is not None
    assert enough.point is not None
    assert enough.sure is not None
    shares = {point.officers: point.on_time.mean for point in found.roles[0].by_officers}
    assert enough.point.on_time.mean >= 0.9 > shares[enough.point.officers - 1]
    assert enough.sure.officers >= enough.point.officers
    assert enough.sure.on_time.low >= 0.9


def point(officers: int, wait: float, luck: float = 0.0) -> Point:
    """A point of which only the waiting matters."""
    some = Estimate(wait, wait - luck, wait + luck, 4)
    return Point(officers, 1, some, some, some, some)


@pytest.mark.parametrize(
    ("waits", "luck", "officers"),
    [
        ((100, 20, 10, 5, 0), 0, 3),
        ((100, 75, 50, 25, 0), 0, 2),
        ((10, 9, 9, 9, 9), 5, None),
        ((math.inf, 20, 10, 9, 8), 0, 4),
        ((math.inf, math.inf, math.inf, 9, 8), 0, 5),
    ],
)
def test_the_knee_is_where_the_curve_is_farthest_below_its_chord(
    waits: tuple[float, ...], luck: float, officers: int | None
) -> None:
    """A curve that falls by no more than luck has none; numbers whose queue never ends stand outside it."""
    assert knee([point(n, wait, luck) for n, wait in enumerate(waits, start=2)]) == officers


def test_other_work_and_other_roles_stay_as_they_are() -> None:
    """A number of officers takes the place of that of one role alone; of several groups the last go first."""
    prepared = queue(10)
    variant, staff = prepared.variants[0], derived_staff(prepared)
    group = variant.place.departments["desk"].staff["officers"][0]
    two = variant.place.departments["desk"].model_copy(update={"staff": {"officers": (group, group)}})
    place = variant.place.model_copy(update={"departments": {"desk": two}})
    shifts = type(variant)(**{**vars(variant), "place": place})
    assert counted(shifts, staff) == {("desk", "officers"): 8}
    counts = {
        n: [g.count for g in with_officers(shifts, ("desk", "officers"), n).place.departments["desk"].staff["officers"]]
        for n in (1, 3, 8, 10)
    }
    assert counts == {1: [1], 3: [1, 2], 8: [4, 4], 10: [6, 4]}
    assert with_demand(with_demand(variant, ["service"], 2), ["service"], 1.5).demand == {"service": 3.0}


def test_what_is_unknown_is_refused() -> None:
    """A variant and a department that there is not, with what could be meant; a place where nobody queues."""
    with pytest.raises(PlannerError, match=r"unknown variant 'befor', did you mean 'before'\?"):
        capacity(queue(10), "befor")
    with pytest.raises(PlannerError, match=r"unknown department 'dsk', did you mean 'desk'\?"):
        capacity(queue(10), departments=["dsk"])
    nobody = world(service(SERVE.replace("at: desk", "at: bureau")), scenario(10, "every_minutes: 60"))
    with pytest.raises(PlannerError, match="no case comes to officers who are counted; nobody can queue there"):
        capacity(nobody)


def test_files_hold_every_point(found: Capacity) -> None:
    """JSON and CSV have the curves and the grid, with null and nothing for what has no end."""
    plain = json.loads(capacity_json(found))
    assert [p["officers"] for p in plain["roles"][0]["by_officers"]] == [2, 3, 4, 5, 6, 8]
    assert plain["roles"][0]["pool"] == {"department": "desk", "role": "officers"}
    rows = list(csv.DictReader(StringIO(capacity_csv(found))))
    assert [sum(row["curve"] == curve for row in rows) for curve in ("officers", "demand", "grid")] == [6, 6, 36]
    assert float(rows[2]["wait_hours"]) == pytest.approx(found.roles[0].by_officers[2].wait.mean, rel=1e-5)


def test_sentences_say_when_all_are_taken_and_how_many_are_enough(found: Capacity) -> None:
    """Who is overrun first, at how many times the files, and how many are enough."""
    said = list(sentences(found, "en"))
    assert said[0] == "The first to be overrun are Bureau officers"
    assert said[1].startswith("Bureau officers: 4 today, other matters take 0.00, these files 2.9")
    assert said[1].endswith("; at 1.3 times the files all are taken")
    assert "are the fewest for 90% on time" in said[2]
    assert len(said) == 3


def test_what_is_measured_before_it_is_warm_is_told() -> None:
    """Officers who were seen at work far less than the files ask for."""
    some = Estimate(0.2, 0.1, 0.3, 4)
    now = Point(10, 1.0, some, some, some, some)
    role = Role(("desk", "officers"), 10, 1.0, 5.0, (now,), ({"before": 1, "behind": 0},) * 2)
    assert cold(role)
    assert not cold(Role(("desk", "officers"), 10, 1.0, 1.2, (now,), ({"before": 1, "behind": 0},) * 2))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_chart_shows_every_cell(found: Capacity, lang: str) -> None:
    """A cell for each number of officers and files, a curve for each role."""
    with styled():
        drawn = DECISIONS["capacity"].draw(Crowded(found, lang))  # type: ignore[arg-type]
    heat, curves = drawn.axes
    assert sum(text.get_label() == "cell" for text in heat.texts) == 36
    assert len([line for line in curves.lines if not str(line.get_label()).startswith("_")]) == 1
