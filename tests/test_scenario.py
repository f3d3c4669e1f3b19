"""Preparing a scenario: variants built on one another, shares of cases, refused reforms, the calendar."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from sim.core.errors import SpecError
from sim.scenario.library import Library, Spec
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Flow, Prepared
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_checks import scenario_findings
from sim.scenario.validation import validate
from sim.spec.effort import written
from sim.text import yamlio
from sim.text.document import dotted

TINY = Path(__file__).parent / "library"
HEAD = """\
id: test
name: {zh: 测试, en: Test}
place: town
start: '2025-01-06'
demand:
  shop: {per_year: 500, cases: 20, source: guess}
variants:
  before: {name: {zh: 前, en: Before}}
"""
NAME = "name: {zh: 后, en: After}"
PARALLEL = "{reform: 并联审批, steps: [review, inspect], source: plan}"
SHARING = "{reform: 数据共享, materials: [business_licence], fallback: 0.1, source: plan}"


def prepared(variants: str, library: Library, head: str = HEAD) -> Prepared:
    """The scenario with some variants after the baseline, ready to run."""
    document = yamlio.parse(head + variants, "test.yaml")
    return prepare(Spec(TINY / "scenarios/test.yaml", document, Scenario.model_validate(document.data)), library)


def steps_after(flow: Flow, step: str) -> dict[str, str]:
    """What a step waits for in a way."""
    return dict(flow.process.steps[step].after)


def test_variants_build_on_one_another_and_tell_what_changed(library: Library) -> None:
    """Each variant has the reforms of the one above and lists only its own changes, in the order written."""
    run = prepared(f"  one: {{{NAME}, reforms: [{PARALLEL}]}}\n  two: {{{NAME}, reforms: [{SHARING}]}}\n", library)
    assert [(v.id, v.start, [str(c) for c in v.changes]) for v in run.variants] == [
        ("before", None, []),
        ("one", "before", ["steps.inspect.after.review: order → —", "steps.inspect.after.design: — → order"]),
        ("two", "one", ["fetched.business_licence: — → {fallback: 0.1}"]),
    ]
    assert steps_after(run.variants[2].flows["shop"][0], "inspect") == {"design": "order"}
    assert run.variants[0].flows["shop"] == (Flow(1.0, library.processes["shop"], written(library.processes["shop"])),)
    assert run.start == date(2025, 1, 6)


def test_a_variant_may_start_from_any_above_it(library: Library) -> None:
    """A rival of the variant above leaves that one's reforms out."""
    rival = f"  one: {{{NAME}, reforms: [{PARALLEL}]}}\n  rival: {{{NAME}, start: before, reforms: [{SHARING}]}}\n"
    run = prepared(rival, library)
    assert run.variants[2].start == "before"
    assert steps_after(run.variants[2].flows["shop"][0], "inspect") == {"review": "order"}


def test_a_share_of_the_cases_goes_the_reformed_way(library: Library) -> None:
    """A second share splits the main way only: a quarter of all, then half of that quarter."""
    variants = (
        f"  one: {{{NAME}, share: 0.25, source: plan, reforms: [{PARALLEL}]}}\n"
        f"  two: {{{NAME}, share: 0.5, source: plan, reforms: [{SHARING}]}}\n"
    )
    _, one, two = (variant.flows["shop"] for variant in prepared(variants, library).variants)
    assert [flow.share for flow in one] == [0.25, 0.75]
    assert one[1].process == library.processes["shop"]
    assert [flow.share for flow in two] == [0.125, 0.125, 0.75]
    assert [bool(flow.process.fetched) for flow in two] == [True, False, False]
    assert [flow.process for flow in two[1:]] == [flow.process for flow in one]


def test_a_reform_of_the_place_leaves_the_processes(library: Library) -> None:
    """More staff changes the place of the variant and splits no cases."""
    more = "{reform: 增员, department: bureau, count: 5, source: plan}"
    before, after = prepared(f"  one: {{{NAME}, reforms: [{more}]}}\n", library).variants
    assert after.flows == before.flows
    assert after.place.departments["bureau"].staff["officers"][0].count == 5
    assert before.place.departments["bureau"].staff["officers"][0].count == 2


FEWER = "{source: plan, staff: {bureau: {officers: [{count: 1, hours: office, source: plan}]}}}"


def test_a_place_may_have_something_else_in_a_variant(library: Library) -> None:
    """One officer in place of two, and of the variants above it only in those that start from it."""
    above, fewer, rival = prepared(
        f"  fewer: {{{NAME}, place: {FEWER}}}\n  rival: {{{NAME}, start: before, reforms: [{PARALLEL}]}}\n", library
    ).variants
    counts = [v.place.departments["bureau"].staff["officers"][0].count for v in (above, fewer, rival)]
    assert counts == [2, 1, 2]
    assert [(c.reform, str(c)) for c in fewer.changes if c.path.endswith("officers")] == [
        ("place", "departments.bureau.staff.officers: [{count: 2, hours: office}] → [{count: 1, hours: office}]")
    ]
    assert fewer.flows == above.flows


def findings(text: str, library: Library) -> list[str]:
    """What is wrong with a scenario, each with its path."""
    scenario = Scenario.model_validate(yamlio.parse(text, "test.yaml").data)
    return [f"{dotted(finding.path)}: {finding.message}" for finding in scenario_findings(scenario, library)]


@pytest.mark.parametrize(
    ("place", "faults"),
    [
        ("{source: plan}", [": nothing of the place is changed; give hours, staff or by, or take it out"]),
        (
            "{source: plan, hours: {office: {periods: ['09:00-12:00'], source: plan}}}",
            [".hours.office: office is the working day that all working days are measured in; give hours another name"],
        ),
        (
            "{source: plan, by: {burau: bureau, bureau: bureau}}",
            [
                ".by.burau: unknown department 'burau', did you mean 'bureau'?",
                ".by.burau: unknown acting department 'bureau'; known: fire",
                ".by.bureau: unknown acting department 'bureau'; known: fire",
            ],
        ),
        (
            "{source: plan, staff: {burau: {officers: [{utilisation: 0.5, hours: ofice, source: plan}]}}}",
            [
                ".staff.burau: unknown acting department 'burau', did you mean 'bureau'?",
                ".staff.burau.officers[0].hours: unknown hours 'ofice', did you mean 'office'?",
                ".staff.burau.officers[0].utilisation: officers assumed by a utilisation are those before the "
                "reforms; give a count",
            ],
        ),
    ],
)
def test_what_is_wrong_with_the_change_of_a_place_is_told(place: str, faults: list[str], library: Library) -> None:
    """Names that the place has not, the working day itself, officers who are not counted, and nothing at all."""
    found = findings(f"{HEAD}  one: {{{NAME}, place: {place}}}\n", library)
    assert found == [f"variants.one.place{fault}" for fault in faults]


def test_the_first_variant_is_the_place_as_its_file_states_it(library: Library) -> None:
    """What it has is written in the place, not in the scenario."""
    found = findings(HEAD.replace("before: {", f"before: {{place: {FEWER}, "), library)
    assert found == ["variants.before.place: the first variant is the baseline; its place is the file's own"]


def test_all_refused_reforms_of_all_variants_come_at_once(library: Library) -> None:
    """A refused reform is left out, and those after it are tried all the same."""
    twice = f"[{SHARING}, {SHARING}, {{reform: 一次性告知, source: plan}}, {{reform: 一次性告知, source: plan}}]"
    wrong = "[{reform: 备案制, steps: [grand], committed: {days: 1, source: plan}, source: plan}]"
    with pytest.raises(SpecError) as raised:
        prepared(f"  one: {{{NAME}, reforms: {twice}}}\n  two: {{{NAME}, reforms: {wrong}}}\n", library)
    nothing = "the reform changes nothing here; take it out, or apply it where it has an effect"
    assert [str(fault) for fault in raised.value.faults] == [
        f"test.yaml:9: variants.one.reforms[1]: {nothing}",
        f"test.yaml:9: variants.one.reforms[3]: {nothing}",
        "test.yaml:10: variants.two.reforms[0]: unknown step 'grand', did you mean 'grant'?",
    ]


def test_a_target_may_name_a_step_that_a_reform_makes(library: Library) -> None:
    """The steps of a scope are those of any variant, and of no other name."""
    merge = "{reform: 合并办理, steps: [inspect, grant], into: licence, name: {zh: 发照, en: Licence}, source: plan}"
    target = "{id: T1, name: {zh: 时限, en: Limit}, measure: counted_days, at_most: 9, unit: 工作日, source: plan"
    variants = f"  after: {{{NAME}, reforms: [{merge}]}}\ntargets:\n  - {target}, scope: {{steps: [licence, %s]}}}}\n"
    assert prepared(variants % "grant", library).scenario.targets[0].scope.steps == ("licence", "grant")
    with pytest.raises(SpecError) as raised:
        prepared(variants % "licenses", library)
    assert (
        str(raised.value) == "test.yaml:11: targets[0].scope.steps[1]: unknown step 'licenses', did you mean 'licence'?"
    )


def test_an_overlay_stands_in_place_of_a_projected_year(library: Library) -> None:
    """A holiday and a make-up day of the overlay count; without it 2027 is projected."""
    late = HEAD.replace("2025-01-06", "2027-01-04")
    given = prepared("", library, head=late.replace("demand:", "calendar: calendars/2027.yaml\ndemand:"))
    alone = prepared("", library, head=late)
    days = [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 4), date(2027, 1, 9), date(2027, 10, 1)]
    assert [given.table.is_workday(day) for day in days] == [False, True, True, False, True]
    assert [alone.table.is_workday(day) for day in days] == [False, False, True, False, False]
    assert [2027 in run.table.projected for run in (given, alone)] == [False, True]


OUTSIDE = "is outside the calendar, which knows 2004 to 2060; choose another day"
LAST = "the calendar ends 2060-12-31"


@pytest.mark.parametrize(
    ("start", "cases", "fault"),
    [
        ("2003-12-31", 20, f"4: start: 2003-12-31 {OUTSIDE}"),
        ("2061-01-01", 20, f"4: start: 2061-01-01 {OUTSIDE}"),
        ("2060-12-31", 20, f"4: start: {LAST}, less than a year later; start earlier"),
        ("2060-01-02", 20, f"4: start: {LAST}, less than a year later; start earlier"),
        ("2026-11-25", 20_000, f"6: demand.shop.cases: 20000 cases take 40 years to come, and {LAST}; ask for fewer"),
    ],
)
def test_what_the_calendar_cannot_hold_is_told_before_the_run(
    library: Library, start: str, cases: int, fault: str
) -> None:
    """A start outside the calendar or in its last year, and demand that outlasts it, are faults with their line."""
    head = HEAD.replace("2025-01-06", start).replace("cases: 20", f"cases: {cases}")
    with pytest.raises(SpecError) as raised:
        prepared("", library, head=head)
    assert str(raised.value) == f"test.yaml:{fault}"


def test_a_calendar_of_an_impossible_name_is_no_file(library: Library) -> None:
    """A name that is longer than the system takes is a fault like any other wrong name."""
    with pytest.raises(SpecError) as raised:
        prepared("", library, head=HEAD.replace("demand:", f"calendar: {'a' * 300}\ndemand:"))
    assert str(raised.value) == f"test.yaml:5: calendar: no file {'a' * 300} from here; mend the name"


def test_a_day_cannot_be_off_and_on(tmp_path: Path, library: Library) -> None:
    """An overlay that contradicts itself is refused at its years."""
    text = (TINY / "scenarios/calendars/2027.yaml").read_text(encoding="utf-8").replace("2027-01-01", "2027-01-02")
    (tmp_path / "calendar.yaml").write_text(text, encoding="utf-8")
    document = yamlio.parse(HEAD.replace("demand:", "calendar: calendar.yaml\ndemand:"), "test.yaml")
    spec = Spec(tmp_path / "test.yaml", document, Scenario.model_validate(document.data))
    with pytest.raises(SpecError) as raised:
        prepare(spec, library)
    message = "years: overlay of 2027: 2027-01-02 is in another year or both off and on"
    assert str(raised.value) == f"{(tmp_path / 'calendar.yaml').as_posix()}:4: {message}"


def test_a_called_process_stands_in_the_place_of_the_call(library: Library) -> None:
    """The bar's case goes through the café's step, under the name of the call."""
    head = HEAD.replace("shop", "bar").replace("2025-01-06", "2025-07-07")
    [before] = prepared("", library, head=head).variants
    [flow] = before.flows["bar"]
    assert list(flow.process.steps) == ["grant", "shop__grant"]
    assert steps_after(flow, "shop__grant") == {"grant": "order"}


def test_a_prepared_scenario_crosses_to_another_process(library: Library) -> None:
    """Pickling loses nothing that a run needs."""
    run = prepared(f"  one: {{{NAME}, reforms: [{PARALLEL}, {SHARING}]}}\n", library)
    copy = pickle.loads(pickle.dumps(run))
    assert (copy.scenario, copy.variants, copy.sources) == (run.scenario, run.variants, run.sources)
    assert (copy.catalogue, copy.practice, copy.start) == (run.catalogue, run.practice, run.start)
    assert copy.table.due_date(run.start, 20) == run.table.due_date(run.start, 20)


def test_every_source_of_the_parts_is_known(library: Library) -> None:
    """What a process, the place or the scenario cites can be looked up in one table."""
    head = HEAD.replace("  shop:", "  cafe: {per_year: 5, cases: 2, source: own}\n  shop:")
    run = prepared("sources: {own: {kind: assumption, why: 假设, range: [1, 9]}}\n", library, head=head)
    assert list(run.sources) == [*library.sources, "shop_rule", "own"]


def test_a_right_scenario_has_no_faults(library: Library) -> None:
    """The scenario of the small library is right, its reforms included."""
    assert validate(TINY / "scenarios/faster.yaml", library) == []


UNEVEN = (
    "cases of a mix stand in the proportion in which they come, found 1.03 years of cafe and 1.00 of shop; mend cases"
)


@pytest.mark.parametrize(
    ("cases", "statistic", "faults"),
    [(100, "mean", []), (102, "mean", []), (103, "mean", [UNEVEN]), (103, "mean_reduction", [])],
)
def test_cases_of_a_mix_stand_in_their_proportion_up_to_two_percent(
    cases: int, statistic: str, faults: list[str], library: Library
) -> None:
    """A year of one process cannot be pooled with 1.03 years of the other; a reduction goes process by process."""
    mix = f"cafe: {{per_year: 100, cases: {cases}, source: guess}}"
    unit = "工作日" if statistic == "mean" else "'%'"
    text = HEAD.replace("shop: {per_year: 500, cases: 20", f"{mix}\n  shop: {{per_year: 100, cases: 100")
    target = f"{{id: T1, {NAME}, measure: counted_days, statistic: {statistic}, variant: before, "
    text += f"targets: [{target}at_least: 20, unit: {unit}, source: plan}}]"
    scenario = Scenario.model_validate(yamlio.parse(text, "test.yaml").data)
    assert [finding.message for finding in scenario_findings(scenario, library)] == faults
