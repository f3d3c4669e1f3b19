"""From records to a measured place, a drafted spec and a forecast, command by command."""

from __future__ import annotations

import json
import re
import shutil
from calendar import monthrange
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from sim.core.errors import PlannerError
from sim.learn.days import days_of
from sim.learn.drafting import draft
from sim.learn.evidence import Evidence
from sim.learn.forecasting.paths import Paths, Player
from sim.learn.forecasting.validation import Distance, _chosen, _warnings, validate, wasserstein
from sim.learn.gather import open_log
from sim.learn.looking import doubted, look
from sim.learn.measuring.everything import Findings, learn
from sim.learn.measuring.quantities import Learnt
from sim.learn.papers import _rounds, _solved
from sim.learn.replay import replay
from sim.learn.writing.exports import events, gbt, spgl
from sim.report.screen.console import console
from sim.report.screen.learned import print_learnt
from sim.scenario.evidence import evidence
from sim.scenario.library import Library
from sim.scenario.load import load_library, load_scenario, validate_path
from sim.scenario.measured import demanded, gone_through, taken_up
from sim.scenario.prepare import prepare
from sim.spec.amounts import mean
from sim.spec.durations import Share
from sim.spec.limit import Extension
from sim.spec.measured import Measured, MeasuredSeason
from sim.spec.process import Process
from sim.spec.sources import Observation, possible

from .city import read_back, year
from .services import pair, reformed
from .test_cli import call

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OURS = {"luohe_outdoor_ad": "faster", "large_outdoor_ad": "shop", "luohe": "town"}
"""The example of README → the small library's, which is read sooner."""
SECTION = README.split("## Your own city's records")[1].split("```sh\n")[1].split("```")[0]
for theirs, ours in OURS.items():
    SECTION = SECTION.replace(theirs, ours)
COMMANDS = [line.split()[1:] for line in SECTION.splitlines() if line.startswith(("run.py records", "run.py learn"))]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small library in which the commands of README that make and read records were given."""
    root = Path(shutil.copytree(ROOT / "tests/library", tmp_path_factory.mktemp("learn") / "desk"))
    town = root / "processes/places/town.yaml"
    town.write_text(town.read_text(encoding="utf-8").replace("count: 2", "count: 40"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for words in COMMANDS:
            written = ["--json", "learnt.json"] if "--evidence" in words else []
            assert call(root, *words, *written) == 0
    # Of the demand as it is assumed, so that what is written does not hang on what was measured.
    (root / "processes/measured").rename(root / "aside")
    assert call(root, "records", "faster", "--form", "events", "--out", str(root / "plain")) == 0
    (root / "aside").rename(root / "processes/measured")
    return root


def test_measurements_stand_in_for_assumptions_and_keep_what_the_records_leave_open(desk: Path) -> None:
    """A place's numbers come with file, period, number, interval and method; a run then rests on fewer assumptions."""
    library = load_library(desk)
    assumed = prepare(load_scenario(desk / "scenarios/faster.yaml", load_library(ROOT / "tests/library")), library_of())
    measured = prepare(load_scenario(desk / "scenarios/faster.yaml", library), library)
    before, after = evidence(assumed).counts, evidence(measured).counts
    assert before["measured"] == 0
    assert after["measured"] > 8
    assert after["assumption"] < before["assumption"]
    source = measured.sources[measured.practice.pace.source]
    assert isinstance(source, Observation)
    assert (source.kind, source.measured, source.period is not None) == ("statistic", True, True)
    low, high = possible(source) or (0, 0)
    assert low <= mean(measured.practice.pace.factor) <= high
    assert low < 0.75 < high
    assert set(measured.practice.paces["shop"]) == {"review", "inspect", "grant"}
    assert measured.scenario.demand["shop"].per_year == pytest.approx(500, rel=0.15)
    assert measured.practice.work_share.share == pytest.approx(0.3, rel=0.1)
    assert measured.practice.check.minutes == pytest.approx(20, rel=0.1)


def test_every_measurement_has_a_source_of_its_own(desk: Path) -> None:
    """Officers of the same department are counted by role, and each number lies in the interval that it cites."""
    found = load_library(desk).measured["town"]
    for roles in found.staff.values():
        for counted in roles.values():
            source = found.sources[counted.source]
            assert isinstance(source, Observation)
            assert source.interval is not None
            assert source.interval[0] <= counted.count <= source.interval[1]
    cited = [counted.source for roles in found.staff.values() for counted in roles.values()]
    assert len(set(cited)) == len(cited) == 2


MIXED = """
place: town
process: shop
tables:
  - file: files.csv
    kind: files
    columns: {application: 办件编号, case: 项目, step: 事项名称, submitted: 申请时间, accepted: 申请时间, channel: 来源}
    attributes: {large: 大型, trade: 行业}
  - {file: results.csv, kind: results, columns: {application: 办件编号, decided: 办结时间}}
"""


def test_how_cases_are_and_who_comes_online_stands_in_for_what_was_assumed(tmp_path: Path) -> None:
    """Two thirds are large, a quarter sell food, half come online; a mix with a value that nobody knows is left."""
    rows = [
        f"A{n},P{n},grant,2025-03-0{n % 7 + 1}T09:00,{1 + n % 2},{'是' if n % 3 else '否'},{trade}"
        for n, trade in enumerate(["food", "books", "books", "books"] * 15)
    ]
    head = "办件编号,项目,事项名称,申请时间,来源,大型,行业\n"
    (tmp_path / "results.csv").write_text("办件编号,办结时间\nA1,2025-04-01\n", encoding="utf-8")
    (tmp_path / "map.yaml").write_text(MIXED, encoding="utf-8")
    library = library_of()
    shop = library.whole("shop").model_copy(update={"online": Share(share=0.1, source="guess")})

    def found(text: str) -> tuple[Process, Measured]:
        (tmp_path / "files.csv").write_text(head + text, encoding="utf-8")
        learnt = learn(replay(open_log(str(tmp_path / "map.yaml"))[0], days_of(None)), shop)
        measured = Evidence(learnt, library, "town", shop).measured()
        return gone_through(shop, measured, {**library.sources, **measured.sources}), measured

    process, measured = found("\n".join(rows))
    assert process.attributes["large"].share == pytest.approx(2 / 3, abs=1e-4)
    assert process.attributes["trade"].values == {"food": 0.25, "books": 0.75}
    assert process.attributes["area"] == shop.attributes["area"]
    assert process.online is not None
    assert process.online.share == 0.5
    source = measured.sources[process.attributes["large"].source]
    assert isinstance(source, Observation)
    assert (source.measured, source.n, source.section) == (True, 60, "案件构成，large=是")
    process, measured = found("\n".join(rows).replace("books", "toys"))
    assert process.attributes["trade"] == shop.attributes["trade"]
    assert set(measured.processes["shop"].attributes) == {"large"}


@pytest.mark.parametrize(("more", "cited"), [("", ("seen", None)), (", breach: 0.1", ("guess", "seen"))])
def test_who_takes_up_a_promise_now_stands_in_for_who_is_assumed_to(more: str, cited: tuple[str, str | None]) -> None:
    """How often promises are broken, which nobody measured, stays with its assumption; the uptake has its own."""
    reforms = f"{{reform: 告知承诺, steps: [filing], decide: ~1, uptake: 0.8, check_within: ~5{more}}}"
    prepared = reformed(
        "\n  filing: {needs: [form], limit: {statutory: ~10}}\n", reforms, cases=2, demand="per_year: 9"
    )
    measured = Measured.model_validate({
        "id": "town", "summary": "一年", "sources": {"seen": OBSERVED},
        "processes": {"service": {"steps": {"filing": {"promise": {"share": 0.45, "source": "seen"}}}}},
    })  # fmt: skip
    assert prepared.origin is not None
    scenario = taken_up(prepared.scenario, measured, prepared.origin.sources)
    (reform,) = scenario.variants["after"].reforms
    assert (reform.uptake, reform.source, reform.uptake_source) == (0.45, *cited)  # type: ignore[union-attr]


def test_a_promise_is_taken_up_as_it_is_in_the_process_that_is_reformed() -> None:
    """A step of the same name in another process has an uptake of its own."""
    steps = "\n  filing: {needs: [form], limit: {statutory: ~10}}\n"
    promise = "reform: 告知承诺, steps: [filing], decide: ~1, uptake: 0.8, check_within: ~5, source: guess"
    after = f"{{process: service, {promise}}}, {{process: other, {promise}}}"
    prepared = pair(steps, steps, after=after)
    shares = {"service": 0.45, "other": 0.25}
    measured = Measured.model_validate({
        "id": "town", "summary": "一年", "sources": {"seen": OBSERVED},
        "processes": {name: {"steps": {"filing": {"promise": {"share": share, "source": "seen"}}}}
                      for name, share in shares.items()},
    })  # fmt: skip
    assert prepared.origin is not None
    scenario = taken_up(prepared.scenario, measured, prepared.origin.sources)
    assert {r.process: r.uptake for r in scenario.variants["after"].reforms} == shares  # type: ignore[union-attr]


OBSERVED = {"kind": "statistic", "title": "办件记录", "date": "2025", "section": "告知承诺比例", "sha256": "0"}


def library_of() -> Library:
    """The small library without measurements."""
    return load_library(ROOT / "tests/library")


def test_a_measured_place_validates_and_compare_says_what_was_measured(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is reviewed like any other; the run tells how many numbers come from it."""
    assert call(desk, "validate", str(desk / "processes/measured/town.yaml")) == 0
    assert (
        call(desk, "compare", "faster", "--runs", "2", "--workers", "1", "--lang", "en", "--out", str(desk / "r")) == 0
    )
    assert " measured in the place's own records, " in capsys.readouterr().out
    assert json.loads((desk / "r/results.json").read_text(encoding="utf-8"))["evidence"]["numbers"]["measured"] > 8


def test_what_was_learnt_is_written_for_other_programs_too(desk: Path) -> None:
    """Every quantity with its grade, and no name of a person or a case."""
    text = (desk / "learnt.json").read_text(encoding="utf-8")
    data = json.loads(text)
    assert {row["grade"] for row in data["learnt"]} == {"good", "weak", "none"}
    assert not any(name in text for name in ("李四", "P000001", "bureau-officers-0"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: town", "id: twon", "id: the id is not the file's name"),
        ("  shop:", "  shopp:", "processes.shopp: unknown process 'shopp', did you mean 'shop'?"),
        ("      grant:", "      grand:", "processes.shop.steps.grand: unknown step 'grand', did you mean 'grant'?"),
        ("pace:\n    factor", "pase:\n    factor", "practice.pase: unknown key 'pase', did you mean 'pace'?"),
    ],
)
def test_a_wrong_measurement_is_a_fault_with_its_line(
    desk: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    """A file of measurements is checked against the library."""
    wrong = tmp_path / "measured/town.yaml"
    wrong.parent.mkdir()
    text = (desk / "processes/measured/town.yaml").read_text(encoding="utf-8")
    assert old in text
    wrong.write_text(text.replace(old, new), encoding="utf-8")
    faults = [str(fault) for fault in validate_path(wrong, library_of())]
    assert any(said in fault for fault in faults), faults


def test_a_draft_of_a_process_that_no_file_describes_validates(desk: Path) -> None:
    """From a plain table of events: the steps in their order, what comes back, what only some cases have."""
    assert call(desk, "learn", str(desk / "plain/shop/events.csv"), "--draft", "new_shop") == 0
    path = desk / "processes/drafts/new_shop.yaml"
    assert validate_path(path, load_library(desk)) == []
    text = path.read_text(encoding="utf-8")
    assert all(f"after {a} (100% of" in text for a in ("design", "review", "inspect"))
    log, _, _ = open_log(str(desk / "plain/shop/events.csv"))
    assert draft(replay(log, days_of(None)), library_of(), "other").count("fails:") == 2


def test_mistakes_of_the_command_are_said_without_a_traceback(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong name, date or place ends with exit code 2 and what to do."""
    table = str(desk / "plain/shop/events.csv")
    wrong = {
        ("--draft", "New"): "--draft: an id is of small letters, digits and _, a letter first; found 'New'",
        ("--draft", "shop"): "--draft: there is a process shop already; choose another id",
        ("--split", "soon"): "--split: wanted a date YYYY-MM-DD, found 'soon'",
        ("--place", "twon"): "unknown place 'twon', did you mean 'town'?",
        ("--evidence",): "--evidence: name the place and the process, with --place and --process or in the mapping",
        ("--split", "2025-01-07"): "0 cases began before 2025-01-07 and",
    }
    for words, said in wrong.items():
        assert call(desk, "learn", table, *words) == 2
        assert said in capsys.readouterr().err


def test_a_forecast_is_held_against_what_came(desk: Path) -> None:
    """Where nothing changes, the forecast is about as near as the log is to itself, and nearer than none."""
    log, _, _ = open_log(str(desk / "plain/shop/events.csv"))
    found = validate(replay(log, days_of(None)), date(2025, 8, 1))
    case = found.distances[0]
    assert (case.what, case.n) == ("case", sum(1 for _ in range(case.n)))
    assert case.held_out < 2 * case.floor
    assert case.in_sample < 1.5 * case.in_sample_floor
    assert not any("drift" in warning for warning in found.warnings)
    assert {d.what for d in found.distances[1:]} <= {"under way", *map(str, range(len(log.steps)))}


def test_a_change_in_the_middle_is_warned_of(desk: Path) -> None:
    """When files take three times as long from the middle of the training part on, the forecast says: drift."""
    log, _, _ = open_log(str(desk / "plain/shop/events.csv"))
    found = replay(log, days_of(None))
    whole = np.median(log.events["moment"]) - 90 * 86_400
    case = log.applications["case"].to_numpy()[log.events["application"].to_numpy()]
    first = log.events.groupby(case)["moment"].transform("min")
    late = (first > whole).to_numpy()
    moved = np.where(late, first + 3 * (log.events["moment"] - first), log.events["moment"])
    log.events["moment"] = moved
    assert any("drift" in warning for warning in validate(found, date(2025, 10, 1)).warnings)


def test_a_case_goes_on_like_one_in_the_same_state() -> None:
    """A case seen for two days goes on along the only one that was seen longer and was as quiet."""
    offsets = np.array([[0.0, 1.0, 9.0], [0.0, 2.0, 4.0], [0.0, 1.0, np.inf]])
    known = Paths(np.array([0.0, 90.0, 98.0]), offsets, np.zeros((3, 3), dtype=np.int64), 100.0)
    player = Player(known, np.array([0.0, 0.0, 1.0]), np.random.default_rng(1))
    spans = {float(player.new(50.0)[0].max()) for _ in range(20)}
    assert spans == {4.0, 9.0}
    assert known.spans().tolist() == [9.0, 4.0, 1.0]
    assert known.until(95.0).spans().tolist() == [9.0, 4.0]


@pytest.mark.parametrize(("quarters", "chosen"), [((4.0, 4.0), 63.0), ((1.0, 9.0), 504.0)])
def test_the_past_fades_as_fast_as_is_not_worse_inside_the_training_part(
    quarters: tuple[float, float], chosen: float
) -> None:
    """Where cases stay alike the last quarter counts most; where every other quarter is alike, longer ago tells too."""
    began = np.arange(0.0, 756.0, 2.0)
    last = np.array(quarters)[(began // 63).astype(int) % 2]
    known = Paths(began, np.stack([np.zeros(len(began)), last], axis=1), np.zeros((len(began), 2), dtype=np.int64), 756)
    assert _chosen(known, 126.0, np.random.default_rng(1))[0] == chosen


def test_a_forecast_that_wins_held_out_and_not_in_sample_is_called_lucky() -> None:
    """It must be as near to the past that it is made of as to what came; else the year was kind to it."""
    began = np.arange(0.0, 400.0, 2.0)
    offsets = np.stack([np.zeros(len(began)), 5 + began % 7], axis=1)
    known = Paths(began, offsets, np.zeros((len(began), 2), dtype=np.int64), 420.0)

    def said(in_sample: float, recent: float) -> list[str]:
        case = Distance("case", 3.0, 2.5, in_sample, 2.0, recent, recent, 100)
        return _warnings(known, case, np.random.default_rng(1))

    assert said(3.1, 5.0) == ["lucky: it wins held out and does not in sample"]
    assert said(2.9, 5.0) == []
    assert said(3.1, 2.0) == ["recent cases drawn again do better"]


def test_a_text_of_the_records_is_printed_as_it_is_written() -> None:
    """Brackets in the name of a step are no style, and a grade is a word."""
    screen = StringIO()
    print_learnt(console(screen, 160), [Learnt("pace", "[b]审查[/b]", 0.5, 0.4, 0.6, 40, grade="good")], "en")
    assert [cell.strip() for cell in screen.getvalue().splitlines()[-2].split("│")][1:6] == [
        "[b]审查[/b]", "Pace", "good", "40", "0.50 (0.40–0.60)",
    ]  # fmt: skip


def test_the_distance_is_how_far_one_sample_must_be_moved() -> None:
    """Two days later throughout is two days."""
    sample = np.random.default_rng(1).exponential(10, 300)
    assert wasserstein(sample, sample + 2) == pytest.approx(2)


def test_the_papers_behind_corrections_are_those_that_give_as_many() -> None:
    """A tenth and a fifth deficient, told one at a time, give 1/9 + 1/4; all at once the worst of them."""
    assert _rounds([0.1, 0.2], together=False) == pytest.approx(1 / 9 + 1 / 4)
    assert _rounds([0.1], together=True) == pytest.approx(1 / 9)
    assert _solved(lambda f: _rounds([0.1 * f, 0.2 * f], together=False), 1 / 9 + 1 / 4, 4) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(10))
def test_a_spoilt_export_ends_in_a_graded_report_or_a_located_error(seed: int, tmp_path: Path) -> None:
    """Tables, columns and rows missing, cells of nonsense: whatever is left is graded, or it is said what is wrong."""
    random = np.random.default_rng(seed)
    tables = [gbt, spgl, events][seed % 3](year())
    for name, table in list(tables.items()):
        spoilt = table.astype(object).sample(min(30, len(table)), random_state=seed)
        column = random.choice(spoilt.columns)
        spoilt.loc[random.random(len(spoilt)) < 0.5, column] = random.choice(["", "x", "-1", "2024-02-30", "99999"])
        if random.random() < 0.3:
            spoilt = spoilt.drop(columns=[random.choice(spoilt.columns)])
        if random.random() < 0.2 and len(tables) > 1:
            del tables[name]
        else:
            tables[name] = spoilt
    said = ""
    try:
        found = replay(read_back(tables, tmp_path), days_of(None))
    except PlannerError as error:
        said = str(error)
    if said:
        assert ".csv" in said
        return
    graded = doubted(learn(found).learnt, look(found))
    assert graded
    assert all(x.told or x.reason for x in graded)


@pytest.mark.parametrize("season", [True, False])
def test_the_months_in_which_cases_came_share_out_a_year_that_was_assumed_to_be_even(
    season: bool, tmp_path: Path
) -> None:
    """A case a day and three in June: June has thrice its days; nothing of it where all are alike or a shape stands."""
    days = [date(2025, 1, 1) + timedelta(n) for n in range(365)]
    times = [f"{day} {hour:02}:00" for day in days for hour in range(9, 12 if season and day.month == 6 else 10)]
    rows = ["办件编号,项目,事项名称,申请时间", *(f"b{n},c{n},grant,{time}" for n, time in enumerate(times))]
    (tmp_path / "files.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "map.yaml").write_text(SEASONAL, encoding="utf-8")
    library = library_of()
    shop = library.whole("shop")
    measured = Evidence(learn(replay(open_log(str(tmp_path / "map.yaml"))[0], days_of(None)), shop), library, "town",
                        shop).measured()  # fmt: skip
    found = measured.processes["shop"].season
    assert (found is not None) == season
    scenario = load_scenario(ROOT / "tests/library/scenarios/faster.yaml", library).model
    assumed = scenario.demand["shop"]
    sources = {**library.sources, **scenario.sources, **measured.sources}
    demand = demanded(scenario, measured, sources).demand["shop"]
    assert demand.per_year == pytest.approx(len(times), rel=0.01)
    if found is None:
        assert (demand.by_month, demand.shape_source) == (None, None)
        return
    parts = [monthrange(2025, month)[1] * (3 if month == 6 else 1) for month in range(1, 13)]
    assert [part / sum(found.by_month) for part in found.by_month] == pytest.approx(
        [part / sum(parts) for part in parts], rel=2e-3
    )
    assert (demand.by_month, demand.shape_source) == (found.by_month, found.source)
    source = measured.sources[found.source]
    assert isinstance(source, Observation)
    assert (source.measured, source.n, possible(source)) == (True, len(times), None)
    assert source.method is not None
    assert re.fullmatch(r"cases a day by month; the busiest month 2\.5\d* \(.*\) times the average", source.method)
    weekly = assumed.model_copy(update={"by_weekday": (1.0,) * 7})
    kept = demanded(scenario.model_copy(update={"demand": {"shop": weekly}}), measured, sources).demand["shop"]
    assert (kept.per_year, kept.by_month, kept.by_weekday) == (demand.per_year, None, (1.0,) * 7)


SEASONAL = """
place: town
process: shop
tables:
  - file: files.csv
    kind: files
    columns: {application: 办件编号, case: 项目, step: 事项名称, submitted: 申请时间, accepted: 申请时间}
"""


def test_a_season_in_which_nobody_comes_is_refused() -> None:
    """Twelve parts of nothing share out nothing."""
    with pytest.raises(ValidationError, match="by_month has no part above 0, so that nobody comes; mend it"):
        MeasuredSeason(by_month=(0.0,) * 12, source="seen")


@pytest.mark.parametrize(("source", "share"), [("guess", 0.3), ("act", 0.1)])
def test_how_often_a_limit_was_extended_stands_in_for_what_was_assumed(source: str, share: float) -> None:
    """Only the share, and only where it is an assumption: by how much a limit is extended stays with the law."""
    extended = f"{{days: 10, share: {{share: 0.1, source: {source}}}, source: act}}"
    prepared = reformed(f"\n  filing: {{limit: {{statutory: ~20, extended: {extended}}}}}\n", cases=2,
                        demand="per_year: 9")  # fmt: skip
    measured = Measured.model_validate({
        "id": "town", "summary": "一年", "sources": {"seen": OBSERVED},
        "processes": {"service": {"steps": {"filing": {"extension": {"share": 0.3, "source": "seen"}}}}},
    })  # fmt: skip
    assert prepared.origin is not None
    process = gone_through(prepared.origin.processes["service"], measured, prepared.origin.sources)
    limit = process.steps["filing"].limit.extended
    assert limit is not None
    assert (limit.days, limit.source) == (10, "act")
    assert (limit.share.share, limit.share.source) == (share, "seen" if source == "guess" else "act")


def test_how_often_a_limit_was_extended_is_written_of_a_step_that_may_extend_it(desk: Path) -> None:
    """Four of ten that were extended are written where the spec knows an extension, and left out where it does not."""
    library = library_of()
    shop = library.whole("shop")
    log, _, _ = open_log(str(desk / "plain/shop/events.csv"))
    told = tuple(Learnt("extension", step, 0.4, 0.3, 0.5, 90, "share", grade="good") for step in ("review", "grant"))
    review = shop.steps["review"]
    extended = Extension(days=10, share=Share(share=0.1, source="guess"), source="guess")
    longer = review.model_copy(update={"limit": review.limit.model_copy(update={"extended": extended})})
    process = shop.model_copy(update={"steps": {**shop.steps, "review": longer}})
    measured = Evidence(Findings(replay(log, days_of(None)), told, ()), library, "town", process).measured()
    assert set(measured.processes["shop"].steps) == {"review"}
    share = measured.processes["shop"].steps["review"].extension
    assert share is not None
    assert (share.share, possible(measured.sources[share.source])) == (0.4, (0.3, 0.5))
