"""What records tell of a city whose parameters are known, and what they do not tell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from sim.learn.days import days_of
from sim.learn.gather import open_log
from sim.learn.looking import doubted, look
from sim.learn.measuring.everything import Findings, learn
from sim.learn.measuring.fits import fitted
from sim.learn.measuring.levels import told_since
from sim.learn.measuring.quantities import QUANTITIES, Learnt, graded
from sim.learn.measuring.staffing import STAFFED, _load, _wait
from sim.learn.measuring.survival import Survival, mean_interval
from sim.learn.problems import PROBLEMS
from sim.learn.replay import replay
from sim.learn.writing.exports import events, gbt, spgl
from sim.learn.writing.happened import Happened, happened, within

from .city import HIDDEN, MIX, PER_YEAR, PROMISED, STEPS, UPTAKE, YEAR, city, played, read_back, year
from .services import reformed, staffed


@cache
def found(form: str) -> Findings:
    """What the records of a year tell in one of the forms."""
    tables = {"spgl": lambda h: spgl(h, 3, traps=True), "gbt": gbt, "events": lambda h: events(h, starts=False)}
    with TemporaryDirectory() as folder:
        log = read_back(tables[form](year()), Path(folder))
    prepared = city()
    return learn(replay(log, days_of(prepared.variants[0].place)), prepared.variants[0].flows["service"][0].process)


ROUNDS = 0.12 / 0.88 + 0.03 / 0.97
"""Corrections of a submission of one paper of the applicant and one certificate, told one at a time."""
TRUTH = {
    ("pace", "review"): (0.2 + 4 * 0.5 + 0.9) / 6,
    ("pace", "check"): (0.2 + 4 * 0.5 + 0.9) / 6,
    ("overdue", "review"): 0.06,
    ("overrun", ""): 1.35,
    ("rounds", "filing"): ROUNDS,
    ("rounds", "review"): ROUNDS,
    ("correction", "review"): 1 - 0.88 * 0.97,
    ("correction_time", ""): (1 + 4 * 3 + 11) / 6,
    ("applicant", "review"): 2.0,
    ("special", "review"): 0.35,
    ("special_time", "review"): 6.0,
    ("failure", "check"): 0.15,
    ("rework_time", "check"): 4.0,
    ("refusal", "review"): 0.08,
    ("promise", "filing"): UPTAKE,
    ("promise_time", "filing"): 1.0,
}
STAFF = {("officers", "bureau/审查"): 30, ("work_share", "bureau/审查"): 0.1, ("work", "bureau/收件审查"): 0.5}


@pytest.mark.parametrize("form", ["spgl", "gbt"])
@pytest.mark.parametrize(("quantity", "scope"), TRUTH)
def test_a_hidden_parameter_comes_back(form: str, quantity: str, scope: str) -> None:
    """Within a tenth, or within its own interval."""
    learnt, truth = found(form).of(quantity, scope), TRUTH[quantity, scope]
    assert learnt.told
    assert abs(learnt.value / truth - 1) <= 0.1 or learnt.low <= truth <= learnt.high, learnt


@pytest.mark.parametrize(("quantity", "scope"), STAFF)
def test_staff_comes_back_where_starts_and_ends_are_recorded(quantity: str, scope: str) -> None:
    """The officers, their share of the handling time and the minutes at the window, from GB/T 39046's table 7."""
    assert found("gbt").of(quantity, scope).value == pytest.approx(STAFF[quantity, scope], rel=0.02)


def test_staff_is_refused_with_the_reason_where_no_start_is_recorded() -> None:
    """From moments of completion nothing is said of officers; the rest is."""
    for form in ("spgl", "events"):
        for quantity in STAFFED:
            learnt = found(form).of(quantity)
            assert (learnt.grade, learnt.reason, learnt.codes) == (
                "none", "no start of work is recorded, only what was done when", ("L003",))  # fmt: skip
    assert found("events").of("span").told
    assert found("events").of("arrivals").told
    assert [x.scope for x in found("events").scopes("sojourn")] == ["check", "review"]


def test_arrivals_come_back() -> None:
    """About as many cases a year as were drawn, with an interval of their own."""
    learnt = found("gbt").of("arrivals")
    drawn = learnt.n * 365 / 361
    assert learnt.value == pytest.approx(drawn, rel=0.02)
    assert learnt.low < PER_YEAR < learnt.high + 10


def test_the_order_of_steps_is_told_beside_the_spec() -> None:
    """Edges of the spec that hold are confirmed; what only the moments show is reported, not taken over."""
    rows = {(o.before, o.after): (o.standing, o.told_by) for o in found("spgl").orders}
    assert rows == {
        ("filing", "review"): ("confirmed", "material"),
        ("review", "check"): ("confirmed", "order"),
        ("filing", "check"): ("not in the spec", "moments"),
    }


def test_open_files_are_taken_as_such() -> None:
    """The mean of 1, 3 and an open 2 is that of the product-limit estimate: 1·⅓ + 3·⅔."""
    survival = Survival.of(np.array([1.0, 3.0, 2.0]), np.array([True, True, False]))
    assert survival.mean == pytest.approx(1 / 3 + 3 * 2 / 3)
    assert survival.quantiles(np.array([0.2, 0.9])).tolist() == [1.0, 3.0]


def test_the_mean_of_open_files_is_right_where_the_finished_ones_are_not() -> None:
    """Of exponential times cut off at random, the finished ones are far too short; the estimate is not."""
    random = np.random.default_rng(1)
    times, cut = random.exponential(10, 2000), random.uniform(0, 60, 2000)
    over = times <= cut
    seen = np.minimum(times, cut)
    mean, low, high, _ = mean_interval(seen, over, np.arange(2000))
    assert seen[over].mean() < 8.5
    assert low < 10 < high
    assert mean == pytest.approx(10, rel=0.06)


@pytest.mark.parametrize(
    ("kind", "draw"),
    [
        ("uniform", lambda r: r.uniform(2, 8, 800)),
        ("exponential", lambda r: r.exponential(5, 800)),
        ("lognormal", lambda r: r.lognormal(1.5, 0.8, 800)),
    ],
)
def test_the_distribution_that_times_came_from_fits_best(kind: str, draw: object) -> None:
    """AIC chooses among those that a spec can write."""
    times = draw(np.random.default_rng(2))  # type: ignore[operator]
    amount, choice, worse = fitted(times, np.ones(len(times), dtype=bool))
    assert (list(amount), choice, worse[kind]) == ([kind], "fitted", 0.0)


def test_too_few_are_no_estimate_and_wide_ones_weak() -> None:
    """Ten observations are the least, thirty the least for a good one."""
    grades = [graded(Learnt("pace", "", 0.5, 0.45, 0.55, n)).grade for n in (9, 29, 30)]
    assert grades == ["none", "weak", "good"]
    assert graded(Learnt("pace", "", 0.5, 0.2, 0.9, 40)).grade == "weak"


def test_the_load_behind_a_wait_is_that_of_erlang() -> None:
    """One officer at 70 % keeps a file waiting 0.7/0.3 times its length."""
    assert _wait(1, 0.7) == pytest.approx(0.7 / 0.3)
    assert _load(1, 0.7 / 0.3) == pytest.approx(0.7, abs=1e-6)


def changed(whole: Happened, by: str) -> Happened:
    """The year with a fault worked into it, in the step `review`."""
    rows, half = whole.events.copy(), 180 * 86_400
    mine = (rows["step"] == "review") & (rows["what"].isin([11, 13]))
    accepted = rows[rows["what"] == 3].set_index("application")["moment"]
    since = rows["moment"] - rows["application"].map(accepted)
    late = rows["application"].map(accepted) > half
    if by == "break":
        rows.loc[mine & late, "moment"] += since[mine & late]
    elif by == "drift":
        rows.loc[mine, "moment"] += (since * 1.5 * rows["application"].map(accepted) / (2 * half))[mine].astype(int)
    elif by == "mixture":
        odd = rows["case"] % 2 == 1
        rows.loc[mine & odd, "moment"] += 6 * since[mine & odd]
    elif by == "order":
        swap = mine & (rows["case"] % 4 == 0)
        rows.loc[swap, "moment"] = rows.loc[swap, "application"].map(accepted) - 86_400
    elif by == "no decision":
        rows = rows[~(mine & (rows["case"] % 4 == 0))]
    elif by == "no end":
        rows = rows[~((rows["what"] == 10) & (rows["case"] % 2 == 0))]
    elif by == "day off":
        rows.loc[mine & (rows["case"] % 4 == 0), "moment"] = 5 * 86_400 + 36_000 + half // 86_400 // 7 * 7 * 86_400
    return Happened(rows, whole.applications, whole.work, whole.steps, whole.start)


@pytest.mark.parametrize(
    ("by", "code", "scope"),
    [
        ("break", "L011", "review"),
        ("drift", "L010", "review"),
        ("mixture", "L012", "review"),
        ("order", "L006", "review"),
        ("no decision", "L017", "review"),
        ("no end", "L004", ""),
        ("day off", "L009", ""),
    ],
)
def test_a_fault_of_the_records_is_found_where_it_is(by: str, code: str, scope: str, tmp_path: Path) -> None:
    """Each has a code of its own, and what it touches is no longer good."""
    log = read_back(spgl(changed(year(), by), 2), tmp_path)
    findings = learn(replay(log, days_of(city().variants[0].place)))
    problems = look(findings.replay)
    assert (code, scope) in {(p.code, p.scope) for p in problems}
    if scope:
        learnt = doubted(findings.learnt, problems)
        assert next(x for x in learnt if (x.quantity, x.scope) == ("pace", scope)).grade == "weak"


def test_where_the_level_breaks_only_what_came_after_is_measured(tmp_path: Path) -> None:
    """Files take twice as long from the middle on: the time is that since then, and the method says since when."""
    played_back = replay(read_back(spgl(changed(year(), "break"), 2), tmp_path), days_of(city().variants[0].place))
    learnt = learn(played_back)
    late, whole, steady = (learnt.of("handling", scope) for scope in ("review", "", "check"))
    assert ", of those accepted since 20" in late.method
    assert "since" not in whole.method + steady.method
    rows = played_back.usable
    rows = rows[rows["step"] == played_back.log.steps.index("review")]
    second = rows["accepted"] > played_back.log.first + 185 * 86_400
    assert late.low < rows["counted"][second].mean() < late.high
    assert late.low > 1.5 * rows["counted"][~second].mean()


@pytest.mark.parametrize(
    ("days", "since"),
    [
        ([5.0] * 400, None),
        ([5.0] * 250 + [10.0] * 150, 399 - 91),
    ],
)
def test_the_window_is_the_one_whose_mean_was_nearest_to_what_followed(days: list[float], since: int | None) -> None:
    """A file a day: all of them where nothing changes, else the quarter of a year that foretold best."""
    level = np.array(days) + np.tile([-1.0, 0.0, 1.0, 0.0], 100)
    moments = np.arange(len(level)) * 86_400
    found = told_since(moments, level)
    assert (found // 86_400 if found is not None else None) == since


def test_clean_records_have_no_drift_no_break_and_no_mixture() -> None:
    """What is found in a year without faults is only what is always there: open cases, ties, and the vendors' traps."""
    assert {p.code for p in look(found("gbt").replay)} == {"L008", "L015"}
    assert {p.code for p in look(found("spgl").replay)} == {"L002", "L005", "L008", "L015", "L019"}


def test_codes_and_quantities_stay() -> None:
    """A code once given never changes, and every quantity is one somebody looks for."""
    assert list(PROBLEMS) == [f"L{n:03d}" for n in range(1, 20)]
    looked = {x.quantity for form in ("spgl", "gbt", "events") for x in found(form).learnt}
    assert looked | {"mix"} == set(QUANTITIES)


DEFER = "{reform: 容缺受理, steps: [review], materials: [plan], within: ~30, uptake: 0.6}"


def test_the_uptake_of_papers_that_follow_comes_back(tmp_path: Path) -> None:
    """Who was granted with papers to follow is told from the status; nobody is told where no status says it."""
    prepared = reformed(STEPS, DEFER, cases=330, demand="per_year: 400", practice=HIDDEN,
                        place=staffed("officers", "window", count=30), attributes=MIX)  # fmt: skip
    log = read_back(spgl(happened(played(prepared, seed=2, variant=1), prepared.start)), tmp_path)
    learnt = learn(replay(log, days_of(prepared.variants[0].place))).of("deferral", "review")
    assert learnt.low <= 0.6 <= learnt.high
    assert found("spgl").of("deferral", "review").reason == "no decision is marked as 容缺通过"


@pytest.mark.parametrize(("share", "told"), [(0.3, True), (0.6, False)])
def test_other_work_is_told_from_the_wait_unless_the_queue_grows(share: float, told: bool, tmp_path: Path) -> None:
    """Three officers, 70 % of their time taken: another 30 % is found; another 60 % is more than there is."""
    practice = f"{HIDDEN}other_file: {{hours: {{exponential: 4}}, source: guess}}\n"
    place = staffed("officers", count=3)
    group = "count: 3, hours: office, source: guess"
    place = place.replace(group, f"{group}, other: {{share: {share}, source: guess}}", 1)
    prepared = reformed(
        STEPS, PROMISED, cases=330, demand="per_year: 300", practice=practice, place=place, attributes=MIX
    )
    log = read_back(gbt(within(happened(played(prepared), prepared.start), YEAR)), tmp_path)
    learnt = learn(replay(log, days_of(prepared.variants[0].place))).of("other", "bureau/审查")
    assert learnt.told == told
    assert not told or learnt.low <= share <= learnt.high


EXCHANGED = {
    "up_pro_accept": "project_no,task_name,apply_date,accept_date,promise_date,org_name,handle_user_name\n"
    "N1,占道,20240304T090000,20240305T100000,20240315T180000,城管局,张三\n"
    "N2,占道,20240304T093000,20240306T100000,20240318T180000,城管局,张三\n",
    "up_pro_process": "project_no,process_name,event_start_time,event_end_time,event_name,handle_user_name\n"
    "N1,收件,20240304T090000,20240304T091000,退回,张三\nN1,收件,20240305T093000,20240305T094000,通过,张三\n"
    "N1,审查,20240306T090000,20240306T110000,通过,李四\nN2,审查,20240307T090000,20240307T110000,通过,李四\n",
    "up_pro_result": "project_no,result_date,result_type\nN1,20240312T100000,准予许可\nN2,20240313T100000,不予许可\n",
    "up_pro_special_procedure": "project_no,special_type,special_name,special_time,end_time\n"
    "N1,2,专家评审,20240307T100000,20240311T100000\nN2,1,延长审批,20240308T100000,\n",
}


def test_the_exchange_tables_of_the_national_standard_are_read(tmp_path: Path) -> None:
    """A file given back is a correction until it is handled again; an extension lengthens the limit alone."""
    for name, text in EXCHANGED.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    rows = replay(open_log(str(tmp_path))[0], days_of(None)).applications
    columns = ["counted", "legal", "limit", "on_time", "rounds", "specials", "special_days", "extended", "outcome"]
    assert rows[columns].astype(float).to_numpy().tolist() == [
        [3.0, 3.0, 8.0, 1.0, 1.0, 1.0, 2.0, 0.0, 11.0],
        [5.0, 5.0, 8.0, 1.0, 0.0, 0.0, 0.0, 1.0, 13.0],
    ]
