"""What a measured place says of weekdays, special procedures, promises and other work, and what rests on it then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import ValidationError

from sim.analysis.moves import Move, moved, resting
from sim.core.draws import Draws
from sim.engine.population import Population
from sim.engine.staffing import derived_staff
from sim.learn.days import days_of
from sim.learn.evidence import Evidence
from sim.learn.gather import open_log
from sim.learn.measuring.everything import Findings, learn
from sim.learn.measuring.quantities import Learnt
from sim.learn.replay import replay
from sim.learn.writing.exports import spgl
from sim.scenario.evidence import cited, figures
from sim.scenario.library import Library
from sim.scenario.measured import demanded, gone_through, staffed, taken_up
from sim.scenario.prepared import Origin, Prepared
from sim.spec.amounts import Exponential
from sim.spec.durations import Duration
from sim.spec.measured import Measured, MeasuredSeason
from sim.spec.place import OtherWork
from sim.spec.sources import possible
from sim.spec.step import Promise

from .city import city, read_back, year
from .services import practised, reformed
from .test_derived_staff import busy, staff, town

SEEN = {"kind": "statistic", "title": "办件记录", "date": "2025", "section": "比例", "sha256": "0", "n": 90,
        "interval": [0.4, 0.5]}  # fmt: skip


def measured(**own: Any) -> Measured:
    """Measurements of the town, all of one source."""
    return Measured.model_validate({"id": "town", "summary": "一年", "sources": {"seen": SEEN}, **own})


def of_step(**found: Any) -> Measured:
    """Measurements of its step `filing`."""
    return measured(processes={"service": {"steps": {"filing": found}}})


def origin(prepared: Prepared) -> Origin:
    """What a scenario is made from."""
    assert prepared.origin is not None
    return prepared.origin


def library(parts: Origin) -> Library:
    """What evidence asks of a library, of the parts of a scenario."""
    return cast(Library, SimpleNamespace(catalogue=parts.catalogue, practice=parts.practice,
                                         places={parts.place.id: parts.place}))  # fmt: skip


def written(found: Findings, prepared: Prepared) -> Measured:
    """What is written of the service."""
    parts = origin(prepared)
    return Evidence(found, library(parts), "town", parts.processes["service"]).measured()


# Weekdays


DAYS = [date(2025, 1, 1) + timedelta(n) for n in range(364)]
ONE_STEP = """
place: town
process: service
tables:
  - {file: files.csv, kind: files, columns: {application: 办件编号, case: 项目, step: 事项名称, submitted: 申请时间}}
"""


def came(folder: Path, monday: int) -> Findings:
    """What is learnt of a year in which one case comes a day, and so many on a Monday."""
    rows = [f"b{day}{n},c{day}{n},filing,{day} {9 + n}:00" for day in DAYS
            for n in range(monday if day.weekday() == 0 else 1)]  # fmt: skip
    (folder / "files.csv").write_text("\n".join(["办件编号,项目,事项名称,申请时间", *rows]), encoding="utf-8")
    (folder / "map.yaml").write_text(ONE_STEP, encoding="utf-8")
    return learn(replay(open_log(str(folder / "map.yaml"))[0], days_of(None)))


@pytest.mark.parametrize(("monday", "prepare", "told"), [(4, 0, True), (4, 2, False), (1, 0, False)])
def test_the_days_of_the_week_on_which_cases_came_share_out_a_week(
    monday: int, prepare: int, told: bool, tmp_path: Path
) -> None:
    """Four on a working Monday; nothing where days are alike, or where papers are got ready before anything is seen."""
    found = came(tmp_path, monday)
    week = found.of("week")
    assert week.value == pytest.approx(4 * 5 / 8 if monday == 4 else 1, rel=0.03)
    prepared = reformed("\n  filing: {needs: [form], limit: {statutory: ~10}}\n", cases=2, demand="per_year: 9",
                        practice=practised(prepare=prepare))  # fmt: skip
    place = written(found, prepared)
    season = place.processes["service"].season
    assert (season is not None) == told
    demand = demanded(prepared.scenario, place, {**prepared.sources, **place.sources}).demand["service"]
    if season is None:
        assert (demand.by_weekday, demand.shape_source) == (None, None)
        return
    assert season.by_month is None
    assert demand.by_weekday == season.by_weekday
    assert demand.shape_source == season.source
    assert season.by_weekday is not None
    assert [part / season.by_weekday[1] for part in season.by_weekday[:5]] == pytest.approx([4, 1, 1, 1, 1], rel=1e-3)
    method = place.sources[season.source].method  # type: ignore[union-attr]
    assert method is not None
    assert method.startswith("cases on a working day by day of the week; the busiest day of the week 2.5")


def test_a_season_of_neither_months_nor_weekdays_is_refused() -> None:
    """One of the two is told at least, and in it somebody comes."""
    with pytest.raises(ValidationError, match="a season is told by months or by weekdays, found none"):
        MeasuredSeason(source="seen")
    with pytest.raises(ValidationError, match="by_weekday has no part above 0, so that nobody comes; mend it"):
        MeasuredSeason(by_weekday=(0.0,) * 7, source="seen")


# Special procedures


SPECIAL = "special: [{{procedure: 专家评审, days: 5, {when}source: {source}}}]"


def with_special(when: str = "", source: str = "guess", **head: str) -> Prepared:
    """A filing with a special procedure."""
    special = SPECIAL.format(when=when, source=source)
    return reformed(f"\n  filing: {{limit: {{statutory: ~10}}, {special}}}\n", cases=2, demand="per_year: 9", **head)  # type: ignore[arg-type]


def test_the_share_of_special_procedures_stands_in_for_every_case_having_one() -> None:
    """Forty-five of a hundred cases go through it, of those that were all assumed to; a law that says so stays."""
    prepared = with_special()
    found = of_step(special_share={"share": 0.45, "source": "seen"})
    process = gone_through(origin(prepared).processes["service"], found, origin(prepared).sources)
    [special] = process.steps["filing"].special
    assert special.when == {"special_filing": True}
    assert special.days == 5
    cases = Population(process, 20_000, Draws(1, 0))
    assert cases.holds(special.when).mean() == pytest.approx(0.45, abs=0.01)
    assert process.attributes["special_filing"].source == "seen"
    by_law = with_special(source="act")
    asked = origin(by_law).processes["service"]
    assert gone_through(asked, found, origin(by_law).sources) is asked


@pytest.mark.parametrize(("mix", "share"), [("{large: {share: 0.2, source: guess}}", 0.45),
                                            ("{large: {share: 0.2, source: act}}", 0.2)])  # fmt: skip
def test_the_share_of_special_procedures_is_that_of_the_cases_that_need_it(mix: str, share: float) -> None:
    """Where a yes or no says which cases need it, its share was measured, unless a source has it."""
    prepared = with_special(when="when: {large: true}, ", attributes=mix)
    found = of_step(special_share={"share": 0.45, "source": "seen"}, special={"days": 7, "source": "seen"})
    process = gone_through(origin(prepared).processes["service"], found, origin(prepared).sources)
    [special] = process.steps["filing"].special
    assert (process.attributes["large"].share, special.when, special.days) == (share, {"large": True}, 7)


def test_the_share_of_special_procedures_comes_back_from_the_records_of_a_city(tmp_path: Path) -> None:
    """A third of the cases of the city are large, and its reviews have experts for them: both ways are written."""
    prepared = city()
    process = origin(prepared).processes["service"]
    log = read_back(spgl(year(), 3), tmp_path)
    place = written(learn(replay(log, days_of(prepared.variants[0].place)), process), prepared)
    share = place.processes["service"].steps["review"].special_share
    assert share is not None
    low, high = possible(place.sources[share.source]) or (0, 0)
    assert low <= 0.35 <= high
    now = gone_through(process, place, {**prepared.sources, **place.sources})
    assert now.attributes["large"].share == share.share


# Promises whose breaches are assumed


def test_an_uptake_moves_with_its_own_source_and_breaches_with_theirs() -> None:
    """Two sources speak of one promise: what is moved, counted and listed of each is its own."""
    day = Duration(source="guess", days=1.0)
    promise = Promise(source="works", decide=day, check_within=day, uptake=0.45, breach=0.3, uptake_source="seen")
    after = moved(promise, Move(key="works", range=(0.2, 0.8), bound=0.8))
    assert (after.uptake, after.breach) == (0.45, 0.8)
    after = moved(promise, Move(key="seen", range=(0.2, 0.8), bound=0.8))
    assert (after.uptake, after.breach) == (0.8, 0.3)


def test_a_measured_uptake_is_told_as_measured_beside_breaches_that_are_assumed() -> None:
    """The uptake is listed under the records, the breach under the assumption, each once."""
    promise = "{reform: 告知承诺, steps: [filing], decide: ~1, uptake: 0.8, check_within: ~5, breach: 0.1}"
    prepared = reformed("\n  filing: {needs: [form], limit: {statutory: ~10}}\n", promise, cases=2,
                        demand="per_year: 9")  # fmt: skip
    found = of_step(promise={"share": 0.45, "source": "seen"})
    scenario = taken_up(prepared.scenario, found, origin(prepared).sources)
    reform = "scenario.variants.after.reforms.0"
    parts = [one for one in cited(replace(prepared, scenario=scenario)) if one.place.rpartition(".")[0] == reform]
    own = {one.key: [(place, value) for place, value in figures(one) if value] for one in parts}
    assert own == {
        "guess": [(f"{reform}.breach", 0.1), (f"{reform}.rectified", 1)],
        "seen": [(f"{reform}.uptake", 0.45)],
    }
    [rest] = resting("seen", replace(origin(prepared), scenario=scenario))
    assert rest.numbers == (0.45,)


TIMED = {"promise": {"share": 0.45, "source": "seen"}, "promise_time": {"days": 2, "source": "seen"}}


@pytest.mark.parametrize(("source", "days"), [("guess", 2), ("act", 1)])
def test_the_time_of_a_promised_decision_stands_in_for_what_was_assumed(source: str, days: float) -> None:
    """Of a step that decides so already, and of a reform that has it decide so; a limit that a law sets stays."""
    decided = f"decide: {{days: 1, source: {source}}}, uptake: 0.8, check_within: ~5"
    steps = f"\n  filing: {{needs: [form], limit: {{statutory: ~10}}, promise: {{{decided}, source: guess}}}}\n"
    prepared = reformed(
        steps,
        f"{{reform: 告知承诺, steps: [filing], {decided.replace('0.8', '0.9')}, source: guess}}",
        cases=2,
        demand="per_year: 9",
    )
    found = of_step(**TIMED)
    step = gone_through(origin(prepared).processes["service"], found, prepared.sources).steps["filing"]
    assert step.promise is not None
    assert (step.promise.uptake, step.promise.decide.days) == (0.45, days)
    [reform] = taken_up(prepared.scenario, found, prepared.sources).variants["after"].reforms
    assert (reform.uptake, reform.decide.days) == (0.45, days)  # type: ignore[union-attr]


def test_the_time_of_a_promised_decision_is_written_of_its_step(tmp_path: Path) -> None:
    """As a distribution with its own source."""
    (tmp_path / "log.csv").write_text("case,step,time\nA,b,2024-01-02 09:00\n", encoding="utf-8")
    log = replay(open_log(str(tmp_path / "log.csv"))[0], days_of(None))
    told = Learnt("promise_time", "filing", 1.5, 1.25, 1.75, 90, "mean", amount={"exponential": 1.2}, grade="good")
    prepared = reformed("\n  filing: {needs: [form], limit: {statutory: ~10}}\n", cases=2, demand="per_year: 9")
    place = written(Findings(log, (told,), ()), prepared)
    time = place.processes["service"].steps["filing"].promise_time
    assert time is not None
    assert time.days == Exponential(exponential=1.5)
    assert possible(place.sources[time.source]) == (1.25, 1.75)


# What else counted officers do


def test_officers_counted_where_a_utilisation_was_assumed_stay_as_busy() -> None:
    """Ten are counted in an office assumed half busy: its other work is what the scenario leaves of five."""
    prepared, _ = staff("  a: {limit: {statutory: ~5}, work: ~1h}", town(officers=busy(0.5)))
    counted = {"count": 10, "source": "seen"}
    found = measured(staff={"bureau": {"officers": counted}})
    place = staffed(prepared.variants[0].place, found, prepared.sources)
    [group] = place.departments["bureau"].staff["officers"]
    assert (group.count, group.source, group.other) == (10, "seen", OtherWork(utilisation=0.5, source="guess"))
    text = "{count: 10, hours: office, source: guess, other: {utilisation: 0.5, source: guess}}"
    again, officers = staff("  a: {limit: {statutory: ~5}, work: ~1h}", town(officers=text))
    assert officers == {}
    own = 1000 / (8 * 250)
    assert derived_staff(again).other == {("bureau", "officers"): pytest.approx(5 - own, abs=0.01)}


def test_other_work_that_was_measured_stands_in_for_what_was_assumed() -> None:
    """Of officers whose number was assumed with it; officers who were stated to have none keep none."""
    found = measured(staff={"bureau": {"officers": {"count": 9, "source": "seen",
                                                    "other": {"share": 0.3, "source": "seen"}}}})  # fmt: skip
    assumed = {"u": busy(0.5), "o": "{count: 2, hours: office, source: guess, other: {share: 0.1, source: guess}}",
               "none": "{count: 2, hours: office, source: guess}"}  # fmt: skip
    others = {}
    for name, group in assumed.items():
        prepared, _ = staff("  a: {limit: {statutory: ~5}, work: ~1h}", town(officers=group))
        place = staffed(prepared.variants[0].place, found, prepared.sources)
        [after] = place.departments["bureau"].staff["officers"]
        assert after.count == 9
        others[name] = after.other
    told = OtherWork(share=0.3, source="seen")
    assert others == {"u": told, "o": told, "none": None}


def test_other_work_is_given_in_one_way() -> None:
    """A share of their time, or how busy they are in all."""
    with pytest.raises(ValidationError, match="other work is given by a share or by a utilisation; give one of"):
        OtherWork(source="guess")
    with pytest.raises(ValidationError, match="other work is given by a share or by a utilisation; give one of"):
        OtherWork(share=0.1, utilisation=0.5, source="guess")


def test_other_work_is_written_with_the_officers_of_which_it_is_told(tmp_path: Path) -> None:
    """By the same scope, with its own interval."""
    told = (Learnt("officers", "bureau/审查", 4, 4, 4, 90, "different officers", grade="good"),
            Learnt("other", "bureau/审查", 0.3, 0.1, 0.5, 90, "Erlang C", grade="weak"))  # fmt: skip
    prepared, _ = staff("  a: {limit: {statutory: ~5}, work: ~1h}", town(officers=busy(0.5)))
    (tmp_path / "log.csv").write_text("case,step,time\nA,b,2024-01-02 09:00\n", encoding="utf-8")
    log = replay(open_log(str(tmp_path / "log.csv"))[0], days_of(None))
    place = written(Findings(log, told, ()), prepared)
    counted = place.staff["bureau"]["officers"]
    assert counted.count == 4
    assert counted.other is not None
    assert (counted.other.share, possible(place.sources[counted.other.source])) == (0.3, (0.1, 0.5))
