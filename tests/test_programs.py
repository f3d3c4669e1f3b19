"""What one attempt at a step consists of, line by line, for one case."""

from __future__ import annotations

from typing import Any

import pytest

from sim.core.draws import Draws
from sim.engine.compile import compile_variant
from sim.engine.programs.lines import OFFICE
from sim.engine.staffing import derived_staff
from sim.records.tables import Allowed, Deferral, Flag, FlowTables, Instruction, Op, Program, Tables, Within
from sim.scenario.prepared import Prepared
from sim.spec.categories import Category

from .services import PLACE, play, practised, reformed, staffed
from .small import PRACTICE, plain

STAFF = staffed("officers", "inspectors", count=2)
TIMED = (Op.SERVE, Op.DELAY)
CLOCKS = ["always", "office", "hall"]


def compiled(prepared: Prepared, variant: int = 1, replication: int = 0) -> Tables:
    """The tables of one replication, after the reforms unless said."""
    return compile_variant(prepared, prepared.variants[variant], derived_staff(prepared), Draws(1, replication))


def numbered(flow: FlowTables, node: str) -> int:
    """The number of a node."""
    return [n.id for n in flow.nodes].index(node)


def listed(tables: Tables, lines: list[Instruction], case: int = 0) -> list[str]:
    """The lines that a case does not skip: what, where, for how many hours, by how many."""
    told = []
    for line in (line for line in lines if line.seconds[case] >= 0):
        words = [Op(line.op).name]
        if line.op == Op.SERVE:
            pool = tables.pools[line.where]
            words += [f"{line.staff} {pool.department}/{pool.role}"]
        if line.op == Op.DELAY:
            words += [Category(line.category).name, ["always", "office"][line.where]]
        if line.op in TIMED:
            words += [f"{line.seconds[case] / 3600:g}h"]
        if line.op in (Op.SIT, Op.FORK, Op.DEFER):
            words += [str(line.where)]
        if line.op in (Op.OPEN, Op.CIRCULATE):
            words += [CLOCKS[line.where]]
        if line.op == Op.CIRCULATE:
            words += [f"{line.seconds[case] / 3600:g}h"]
        if line.op == Op.PERIOD:
            words += [f"{line.seconds[case]} {['working', 'calendar'][line.where]} days"]
        if line.op == Op.CHECKED:
            words += [str(line.seconds[case])]
        told.append(" ".join(words))
    return told


def program(steps: str, node: str = "a", reform: str = "{reform: 一次性告知}", attempt: int = 0,
            **more: Any) -> tuple[Tables, Program]:  # fmt: skip
    """The program of a node, with lists in place of arrays."""
    tables = compiled(reformed(steps, reform, **({"place": STAFF, "practice": practised(1, 5, check=30)} | more)))
    return tables, plain(tables.flows[0].program(numbered(tables.flows[0], node), attempt))


def test_an_application_is_prepared_checked_accepted_reviewed_and_decided() -> None:
    """A tenth of 10 days of 8 hours is work, the rest circulates; two papers take 2 days."""
    practice = practised(1, 5, check=30).replace("work_share: {share: 0", "work_share: {share: 0.1")
    tables, found = program("  a: {needs: [form, plan], limit: {statutory: ~10}}", practice=practice)
    assert listed(tables, found.lines) == [
        "DELAY APPLICANT office 16h", "DELAY WORK office 0.5h", "ACCEPT", "SERVE 1 bureau/officers 8h",
        "DELAY CIRCULATION office 72h", "DECIDE",
    ]  # fmt: skip
    assert (found.papers, found.visits, found.flags, found.branches) == ([2], [2], None, [])


def test_a_stated_window_and_stated_work_replace_the_general_rule() -> None:
    """The hall's window checks; two inspectors sit on Tuesdays, work 3 hours; the file circulates 2 calendar days."""
    steps = """
  a: {needs: [form], window: hall, limit: {statutory: ~10}, sits: {weekdays: [tue], at: "09:30", source: guess},
      work: {hours: 3, staff: 2, by: inspectors, source: guess}, circulation: ~2c}
"""
    tables, found = program(steps)
    assert listed(tables, found.lines) == [
        "DELAY APPLICANT office 8h", "SUBMIT", "SERVE 1 hall/window 0.5h", "CHECKED 5", "ACCEPT", "SIT 0",
        "SERVE 2 bureau/inspectors 3h", "CIRCULATE office 48h", "DECIDE",
    ]  # fmt: skip


def test_stated_work_leaves_the_rest_of_the_limit_to_circulation() -> None:
    """6 hours of work within 5 days of 8 hours leave 34; work beyond the limit leaves none."""
    tables, found = program("  a: {limit: {statutory: ~5}, work: ~6h}")
    assert listed(tables, found.lines) == [
        "ACCEPT",
        "SERVE 1 bureau/officers 6h",
        "DELAY CIRCULATION office 34h",
        "DECIDE",
    ]
    tables, found = program("  a: {limit: {statutory: ~1}, work: ~20h}")
    assert listed(tables, found.lines) == ["ACCEPT", "SERVE 1 bureau/officers 20h", "DECIDE"]


def test_a_calendar_limit_is_worked_on_in_office_hours_and_circulates_day_and_night() -> None:
    """A tenth of 7 calendar days, 5 working days of 8 hours, is 4 hours of work; nine tenths of 168 hours pass."""
    practice = PRACTICE.replace("work_share: {share: 0", "work_share: {share: 0.1")
    tables, found = program("  a: {limit: {statutory: ~7c}}", practice=practice)
    assert listed(tables, found.lines) == [
        "ACCEPT", "SERVE 1 bureau/officers 4h", "CIRCULATE office 151.2h", "DECIDE",
    ]  # fmt: skip


def test_special_procedures_come_after_the_review_and_only_for_those_who_need_them() -> None:
    """Large cases are heard, all are tested; both between circulation and decision."""
    steps = """
  a: {limit: {statutory: ~1}, special: [{procedure: 听证, days: 3, when: {large: true}, source: guess},
                                        {procedure: 检测, calendar_days: 2, source: guess}]}
"""
    tables, found = program(steps, cases=30, attributes="{large: {share: 0.5, source: guess}}")
    large = tables.attributes["service"]["large"].tolist()
    for case in (large.index(True), large.index(False)):
        heard = ["DELAY SPECIAL office 24h"] if large[case] else []
        assert listed(tables, found.lines, case) == [
            "ACCEPT", "DELAY CIRCULATION office 8h", *heard, "DELAY SPECIAL always 48h", "OPEN office", "DECIDE",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "category"),
    [("agency", "AGENCY"), ("construction", "CONSTRUCTION"), ("applicant", "APPLICANT"), ("special", "SPECIAL")],
)  # fmt: skip
def test_a_step_outside_the_offices_takes_its_own_time(kind: str, category: str) -> None:
    """Neither accepted nor decided; calendar days run day and night, work occupies staff."""
    procedure = "procedure: 检测, " if kind == "special" else ""
    tables, found = program(f"  a: {{kind: {kind}, {procedure}duration: ~3c, work: ~2h, attend: 1}}")
    assert listed(tables, found.lines) == [f"DELAY {category} always 72h", "SERVE 1 bureau/officers 2h"]
    assert (found.papers, found.visits) == (None, [1])


def test_a_notice_is_a_period_of_days() -> None:
    """Its days are counted by dates; hours run by the clock."""
    tables, found = program("  a: {kind: notice, duration: ~3c}")
    assert listed(tables, found.lines) == ["PERIOD 3 calendar days"]
    tables, found = program("  a: {kind: notice, duration: ~4h}")
    assert listed(tables, found.lines) == ["DELAY SPECIAL office 4h"]


def test_a_common_submission_stands_before_its_first_steps() -> None:
    """Steps a and b wait for the form, the form for what either waited for; c comes after b anyway."""
    steps = """
  p: {limit: {statutory: ~1}}
  q: {limit: {statutory: ~2}}
  a: {form: joint, after: {p: order}, needs: [form, plan], limit: {statutory: ~3}}
  b: {form: joint, after: {q: order}, needs: [form, map], limit: {statutory: ~4}}
  c: {form: joint, after: {b: act}, needs: [form], limit: {statutory: ~5}}
"""
    tables, found = program(steps, "form:joint")
    flow = tables.flows[0]
    names = [node.id for node in flow.nodes]
    before = {name: {names[u] for u in flow.before[i]} for i, name in enumerate(names)}
    assert before == {"p": set(), "q": set(), "form:joint": {"p", "q"}, "a": {"form:joint"}, "b": {"form:joint"},
                      "c": {"b"}}  # fmt: skip
    assert listed(tables, found.lines) == ["DELAY APPLICANT office 24h", "DELAY WORK office 0.5h"]
    assert (found.papers, found.visits) == ([3], [2])
    own = flow.program(numbered(flow, "a"), 0)
    assert listed(tables, own.lines) == ["ACCEPT", "DELAY CIRCULATION office 24h", "DECIDE"]
    assert (own.papers, plain(own.visits)) == (None, [0])


def test_a_common_submission_is_for_the_cases_of_any_of_its_steps() -> None:
    """Large cases hand in form and plan, small ones form and map, none both."""
    steps = """
  a: {form: joint, when: {large: true}, needs: [form, plan], limit: {statutory: ~3}}
  b: {form: joint, when: {large: false}, needs: [form, map], limit: {statutory: ~4}}
  c: {after: {a: order, b: order}, limit: {statutory: ~1}}
"""
    tables, found = program(steps, "form:joint", cases=20, attributes="{large: {share: 0.5, source: guess}}")
    flow = tables.flows[0]
    assert found.papers == [2] * 20
    assert flow.active[numbered(flow, "form:joint")] is None
    assert plain(flow.active[numbered(flow, "a")]) == tables.attributes["service"]["large"].tolist()


def test_a_form_for_some_cases_is_skipped_by_the_others() -> None:
    """Only large cases hand anything in."""
    steps = "  a: {form: joint, when: {large: true}, needs: [form], limit: {statutory: ~3}}"
    tables, found = program(steps, "form:joint", cases=20, attributes="{large: {share: 0.5, source: guess}}")
    flow, large = tables.flows[0], tables.attributes["service"]["large"].tolist()
    assert plain(flow.active[numbered(flow, "form:joint")]) == large
    assert found.papers == [int(bool(x)) for x in large]
    assert found.visits == [2 * int(bool(x)) for x in large]


def test_a_promise_is_decided_at_once_and_checked_in_a_branch() -> None:
    """The review's work moves behind the decision; the moment of the check is luck."""
    reform = "{reform: 告知承诺, steps: [a], decide: ~0.5, uptake: 1, check_within: ~0, breach: 1, rectify: ~2}"
    tables, found = program(
        "  a: {limit: {statutory: ~5}, work: {hours: 6, by: inspectors, source: guess}}", reform=reform
    )
    assert listed(tables, found.lines) == ["ACCEPT", "DELAY CIRCULATION office 4h", "DECIDE", "FORK 0"]
    assert [listed(tables, branch) for branch in found.branches] == [
        ["SERVE 1 bureau/inspectors 6h", "DELAY APPLICANT office 16h", "SERVE 1 bureau/inspectors 6h"]
    ]


def test_false_and_broken_promises_are_different_cases() -> None:
    """Of 4000 promises 30 % are false and 40 % broken, half of which are put right: 50 % are revoked, 30 % are kept."""
    reform = """{reform: 告知承诺, steps: [a], decide: ~0.5, uptake: 1, check_within: ~0, false: 0.3, breach: 0.4,
                rectify: ~2, rectified: 0.5}"""
    tables, found = program("  a: {limit: {statutory: ~5}, work: ~6h}", reform=reform, cases=4000)
    assert found.flags is not None
    kept, rectified = int(Flag.PROMISED), int(Flag.PROMISED | Flag.BREACHED)
    false, broken = int(Flag.PROMISED | Flag.REVOKED), int(Flag.PROMISED | Flag.BREACHED | Flag.REVOKED)
    shares = {flags: found.flags.count(flags) / 4000 for flags in sorted(set(found.flags))}
    assert shares == pytest.approx({kept: 0.3, rectified: 0.2, false: 0.3, broken: 0.2}, abs=0.03)
    again = ["DELAY APPLICANT office 16h", "SERVE 1 bureau/officers 6h"]
    for flags in shares:
        (branch,) = found.branches
        looked_at = listed(tables, branch, found.flags.index(flags))
        revoked = ["REVOKE"] if flags & Flag.REVOKED else []
        assert looked_at == ["SERVE 1 bureau/officers 6h", *(again if flags & Flag.BREACHED else []), *revoked]


def test_a_case_that_fails_is_not_refused_as_well() -> None:
    """Half of 4000 attempts fail and half of the others are refused; none is both."""
    steps = "  a: {limit: {statutory: ~5}, fails: {rate: 0.5, source: guess}, refused: {share: 0.5, source: guess}}"
    _, found = program(steps, cases=4000)
    assert found.flags is not None
    shares = {flags: found.flags.count(flags) / 4000 for flags in sorted(set(found.flags))}
    assert shares == pytest.approx({0: 0.25, int(Flag.FAILED): 0.5, int(Flag.REFUSED): 0.25}, abs=0.03)


def test_a_deferred_paper_is_a_branch_that_the_decision_waits_for() -> None:
    """The plan, a day's work of the applicant, is supplied beside the review."""
    tables, found = program("  a: {needs: [form, plan], limit: {statutory: ~5}}",
                            reform="{reform: 容缺受理, steps: [a], materials: [plan], within: ~5}")  # fmt: skip
    reviewed = ["DELAY CIRCULATION office 40h"]
    assert listed(tables, found.lines) == [
        "DELAY APPLICANT office 8h", "DELAY WORK office 0.5h", "DEFER 1", "ACCEPT", "FORK 2", *reviewed, "JOIN",
        "DECIDE",
    ]  # fmt: skip
    late = ["FORK 0", "DELAY APPLICANT office 8h", "DELAY WORK office 0.5h", "ACCEPT", *reviewed, "DECIDE"]
    assert [listed(tables, branch) for branch in found.branches] == [[], late, ["DELAY APPLICANT office 8h"]]
    assert found.papers == [2]
    assert found.deferral == Deferral([(OFFICE, [8 * 3600])], Allowed(Within.WORKING_DAYS, [5], OFFICE))


def test_a_late_paper_returns_the_application_before_acceptance() -> None:
    """The plan takes a day and half a day is allowed: the work begun is lost, the window checks again."""
    steps = "  a: {needs: [form, plan], limit: {statutory: ~5}, work: ~6h}"
    tables, found = program(steps, reform="{reform: 容缺受理, steps: [a], materials: [plan], within: ~0.5}")
    assert listed(tables, found.lines)[:3] == ["DELAY APPLICANT office 8h", "DELAY WORK office 0.5h", "DEFER 1"]
    lost, late, _ = (listed(tables, branch) for branch in found.branches)
    assert lost == ["SERVE 1 bureau/officers 6h"]
    assert late == [
        "FORK 0", "DELAY APPLICANT office 8h", "DELAY WORK office 0.5h", "ACCEPT", "SERVE 1 bureau/officers 6h",
        "DELAY CIRCULATION office 34h", "DECIDE",
    ]  # fmt: skip
    assert found.deferral == Deferral([(OFFICE, [8 * 3600])], Allowed(Within.SECONDS, [4 * 3600], OFFICE))


def test_a_system_needs_no_window_and_no_officer() -> None:
    """Only preparing the paper and the system's six minutes are left."""
    steps = "  a: {needs: [form], limit: {statutory: ~5}, work: ~6h}"
    tables, found = program(steps, reform="{reform: 秒批, steps: [a], share: 1, minutes: 6}")
    assert listed(tables, found.lines) == ["DELAY APPLICANT office 8h", "ACCEPT", "DELAY WORK always 0.1h", "DECIDE"]


def test_a_step_done_beforehand_is_nothing() -> None:
    """No line, no paper, no visit."""
    _, found = program("  a: {needs: [form], attend: 1, limit: {statutory: ~5}}",
                       reform="{reform: 区域评估, steps: [a], by: 管委会}")  # fmt: skip
    assert found == Program([])


def test_every_round_of_correction_goes_back_to_the_applicant_and_the_window() -> None:
    """A case that comes back n times has n corrections of 5 days and n + 1 checks, and n more visits."""
    practice = practised(1, 5, deficient=0.5, check=30)
    tables, found = program("  a: {needs: [form], limit: {statutory: ~5}}", cases=40, practice=practice)
    assert found.visits is not None
    rounds = [visits - 2 for visits in found.visits]
    assert {0, 1, 2} <= set(rounds)
    for case, n in enumerate(rounds):
        again = ["DELAY APPLICANT office 40h", "DELAY WORK office 0.5h"] * n
        assert listed(tables, found.lines, case) == [
            "DELAY APPLICANT office 8h", "DELAY WORK office 0.5h", *again,
            "ACCEPT", "DELAY CIRCULATION office 40h", "DECIDE",
        ]  # fmt: skip


def test_a_second_attempt_is_checked_and_reviewed_anew_but_not_prepared() -> None:
    """Time to put things right stands behind the decision that failed; papers are not counted twice."""
    steps = """
  a: {needs: [form], attend: 1, limit: {statutory: ~5}, fails: {rate: 0.5, correction: ~3, source: guess}}
"""
    tables, first = program(steps, cases=20)
    _, second = program(steps, attempt=1, cases=20)
    review = ["DELAY WORK office 0.5h", "ACCEPT", "DELAY CIRCULATION office 40h", "DECIDE"]
    for found, prepare in ((first, ["DELAY APPLICANT office 8h"]), (second, [])):
        assert found.flags is not None
        assert set(found.flags) == {0, Flag.FAILED}
        for case, flag in enumerate(found.flags):
            back = ["DELAY APPLICANT office 24h"] if flag else []
            assert listed(tables, found.lines, case) == [*prepare, *review, *back]
    assert (first.papers, second.papers, first.visits, second.visits) == ([1] * 20, None, [3] * 20, [1] * 20)


def test_an_attempt_has_its_own_luck() -> None:
    """Handling times differ between first and second attempt, and between cases."""
    steps = "  a: {limit: {statutory: ~5}}"
    practice = practised(pace="{uniform: [0.2, 1]}")
    found = [program(steps, attempt=attempt, cases=2, practice=practice)[1] for attempt in (0, 1)]
    lengths = {length for p in found for line in p.lines if line.op == Op.DELAY for length in line.seconds}
    assert len(lengths) == 4
    assert all(0.2 * 40 * 3600 <= seconds <= 40 * 3600 for seconds in lengths)


def test_an_overdue_decision_takes_its_factor_of_the_limit_instead_of_the_pace() -> None:
    """Half the cases take 0.5 of the limit, the overdue ones 1.5."""
    practice = PRACTICE.replace("pace: {factor: 1,", "pace: {factor: 0.5,")
    practice = practice.replace("overdue: {share: 0", "overdue: {share: 0.5")
    practice = practice.replace("overrun: {factor: 1", "overrun: {factor: 1.5")
    _, found = program("  a: {limit: {statutory: ~10}}", cases=200, practice=practice)
    (line,) = (line for line in found.lines if line.op == Op.DELAY)
    assert set(line.seconds) == {5 * 8 * 3600, 15 * 8 * 3600}
    assert line.seconds.count(15 * 8 * 3600) / 200 == pytest.approx(0.5, abs=0.1)


def test_a_process_whose_source_states_what_is_overdue_follows_it_and_not_the_rule() -> None:
    """The rule lets half the decisions overrun; none does where a source states none, and all where it states all."""
    practice = PRACTICE.replace("pace: {factor: 1,", "pace: {factor: 0.5,")
    practice = practice.replace("overdue: {share: 0", "overdue: {share: 0.5")
    practice = practice.replace("overrun: {factor: 1", "overrun: {factor: 1.5")
    for share, days in ((0, 5), (1, 15)):
        stated = f"{{share: {share}, source: guess}}"
        _, found = program("  a: {limit: {statutory: ~10}}", cases=20, practice=practice, overdue=stated)
        (line,) = (line for line in found.lines if line.op == Op.DELAY)
        assert line.seconds == [days * 8 * 3600] * 20


def test_the_pace_is_the_same_before_and_after_a_reform_of_the_limit() -> None:
    """Each case takes the same share of 10 days as of 5."""
    practice = practised(pace="{uniform: [0.2, 1]}")
    prepared = reformed(
        "  a: {limit: {statutory: ~10}}", "{reform: 限时办结, compression: 0.5}", cases=20, practice=practice
    )
    before, after = (play(prepared, v).attempts for v in (0, 1))
    long = compiled(prepared, 0).flows[0].program(0, 0).lines[1].seconds
    short = compiled(prepared, 1).flows[0].program(0, 0).lines[1].seconds
    assert [x / 2 for x in long] == pytest.approx(short, abs=1)
    assert len(before) == len(after) == 20


def test_where_a_place_does_not_limit_officers_work_only_takes_time() -> None:
    """In a town without staff nobody queues."""
    tables, found = program("  a: {limit: {statutory: ~1}, work: ~6h}", place=PLACE)
    assert listed(tables, found.lines) == ["ACCEPT", "DELAY WORK office 6h", "DELAY CIRCULATION office 2h", "DECIDE"]
