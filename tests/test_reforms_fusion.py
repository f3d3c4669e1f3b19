"""合并办理, 联合验收: steps that become one, and parts with one common output."""

from __future__ import annotations

import pytest

from .services import after, changes, compared, edges, measured, play, practised, reformed, refusal

CHAIN = """
  p: {limit: {statutory: ~3}}
  a: {after: {p: act}, needs: [form, plan], yields: [permit], limit: {statutory: ~10}}
  b: {after: {a: order}, needs: [form, permit], yields: [opinion], limit: {statutory: ~20, committed: ~12}}
  c: {needs: [opinion], limit: {statutory: ~5}}
"""


def test_merged_steps_are_one_step_of_the_longest_limit_with_all_they_need_and_yield() -> None:
    """Step b disappears into a; the permit that a yields and b needs no longer passes through the applicant."""
    prepared = reformed(CHAIN, "{reform: 合并办理, steps: [a, b], into: a}", practice=practised(prepare=1))
    merged = after(prepared).steps["a"]
    assert [need.material for need in merged.needs] == ["form", "plan"]
    assert merged.yields == ("permit", "opinion")
    assert edges(prepared) == {("p", "a"): "act", ("a", "c"): "material"}
    assert list(compared(prepared, "counted_days", "materials", "forms", "promised_days", "statutory_days")) == [
        (3 + 10 + 12 + 5, 3 + 12 + 5), (5, 3), (3, 2), (30, 20), (38, 28),
    ]  # fmt: skip


def test_a_new_step_may_take_their_place() -> None:
    """The new step has its own name and committed limit, and what waited for the parts waits for it."""
    steps = CHAIN + "  d: {after: {a: order, b: act}, limit: {statutory: ~1}}\n"
    prepared = reformed(
        steps, "{reform: 合并办理, steps: [a, b], into: both, name: {zh: 合办, en: Both}, committed: ~4}"
    )
    assert list(after(prepared).steps) == ["p", "both", "c", "d"]
    assert edges(prepared) == {("p", "both"): "act", ("both", "c"): "material", ("both", "d"): "act"}
    assert list(compared(prepared, "counted_days")) == [(3 + 10 + 12 + 5, 3 + 4 + 5)]
    assert changes(prepared) == [
        "steps.a: 步骤 → —",
        "steps.b: 步骤 → —",
        "steps.d.after.a: order → —",
        "steps.d.after.b: act → —",
        "steps.d.after.both: — → act",
        "steps.both: — → 合办",
    ]


@pytest.mark.parametrize(
    ("merger", "into", "department"),
    [
        ("steps: [a, b], into: a", "a", "bureau"),
        ("steps: [a, b], into: b", "b", "hall"),
        ("steps: [a, b, c], into: one, name: {zh: 合办, en: One}", "one", "bureau"),
        ("steps: [c, a, b], into: one, name: {zh: 合办, en: One}", "one", "hall"),
    ],
)
def test_a_merged_step_is_handled_where_the_step_it_becomes_was(merger: str, into: str, department: str) -> None:
    """A new step is handled where the last of its parts was."""
    steps = """
  a: {limit: {statutory: ~10}}
  b: {after: {a: order}, at: hall, limit: {statutory: ~20}}
  c: {after: {b: order}, limit: {statutory: ~5}}
"""
    assert after(reformed(steps, f"{{reform: 合并办理, {merger}}}")).steps[into].at == department


def test_a_merged_step_keeps_what_can_stop_or_fail_its_parts() -> None:
    """Each special procedure is done once at its longest, one failing part of two is enough, one exclusion too."""
    steps = """
  a: {limit: {statutory: ~10},
      special: [{procedure: 检测, days: 3, source: guess}, {procedure: 听证, days: 8, source: guess}],
      fails: {rate: 0.5, correction: ~2, source: guess}, refused: {share: 0.2, source: guess}, attend: 2}
  b: {after: {a: order}, limit: {statutory: ~20}, special: [{procedure: 检测, days: 5, source: guess}], attend: 1,
      fails: {rate: 0.2, redo: a, correction: ~1, source: guess}, refused: {share: 0.5, source: guess},
      promise_excluded: 直接涉及公共安全, work: {hours: 6, staff: 2, by: inspectors, source: guess}}
"""
    merged = after(reformed(steps, "{reform: 合并办理, steps: [a, b], into: a}")).steps["a"]
    assert [(s.procedure, s.days) for s in merged.special] == [("检测", 5), ("听证", 8)]
    assert merged.fails is not None
    assert merged.refused is not None
    assert merged.fails.correction is not None
    assert merged.fails.rate == pytest.approx(0.6)
    assert (merged.fails.redo, merged.fails.correction.days) == ("a", 2)
    assert merged.refused.share == pytest.approx(0.6)
    assert (merged.promise_excluded, merged.attend) == ("直接涉及公共安全", 2)
    assert merged.work is not None
    assert (merged.work.hours, merged.work.staff, merged.work.by) == (6, 2, "inspectors")


@pytest.mark.parametrize("parts", ["a, b", "b, a"])
def test_a_paper_of_a_part_for_some_cases_is_still_asked_of_those_only(parts: str) -> None:
    """Small cases skipped b, and are not asked for its map once a and b are one; the form is asked of all."""
    steps = """
  a: {needs: [form, {material: plan, when: {large: true}}], limit: {statutory: ~10}}
  b: {after: {a: order}, when: {large: true}, needs: [form, map], limit: {statutory: ~20}}
"""
    prepared = reformed(steps, f"{{reform: 合并办理, steps: [{parts}], into: a}}", cases=20,
                        attributes="{large: {share: 0.5, source: guess}}")  # fmt: skip
    found = play(prepared, 1)
    large = found.attribute("large").tolist()
    assert {True, False} == set(large)
    assert measured(found, "materials") == [3 if x else 1 for x in large]


@pytest.mark.parametrize(
    ("a", "b", "cases"),
    [("", "", {}), ("{large: true}", "{large: true}", {"large": True}), ("", "{large: true}", {}),
     ("{large: true}", "", {}), ("{large: true}", "{large: false}", {})],
)  # fmt: skip
@pytest.mark.parametrize("into", ["a", "b"])
def test_a_merged_step_is_for_the_cases_of_all_its_parts(into: str, a: str, b: str, cases: dict[str, bool]) -> None:
    """Where both were for large cases so is the whole; where they differed every case goes through it."""
    steps = f"""
  a: {{when: {a or "{}"}, limit: {{statutory: ~10}}}}
  b: {{after: {{a: order}}, when: {b or "{}"}, limit: {{statutory: ~20}}}}
"""
    prepared = reformed(steps, f"{{reform: 合并办理, steps: [a, b], into: {into}}}",
                        attributes="{large: {share: 0.5, source: guess}}")  # fmt: skip
    assert after(prepared).steps[into].when == cases


@pytest.mark.parametrize("into", ["a", "b"])
def test_a_merged_step_sits_circulates_and_is_attended_as_its_parts_were(into: str) -> None:
    """One part's panel decides for all, the longest circulation holds, and the applicant comes as often as to any."""
    steps = """
  a: {sits: {weekdays: [tue], at: "10:00", source: guess}, circulation: ~2, attend: 1}
  b: {after: {a: order}, circulation: ~6, attend: 3}
  c: {after: {b: order}, limit: {statutory: ~20}, circulation: ~4}
"""
    merged = after(reformed(steps, f"{{reform: 合并办理, steps: [a, b, c], into: {into}}}")).steps[into]
    assert merged.sits is not None
    assert merged.circulation is not None
    assert (merged.sits.weekdays, merged.circulation.days, merged.attend) == (("tue",), 6, 3)


def test_a_procedure_of_two_parts_is_done_once_at_its_longest_whichever_part_comes_first() -> None:
    """Tests of 7 and 4 days are one of 7, appraisals of 2 and 3 days one of 3, in the order they come up."""
    steps = """
  a: {limit: {statutory: ~10},
      special: [{procedure: 检测, days: 7, source: guess}, {procedure: 鉴定, days: 2, source: guess}]}
  b: {after: {a: order}, limit: {statutory: ~10},
      special: [{procedure: 鉴定, days: 3, source: guess}, {procedure: 检测, days: 4, source: guess}]}
"""
    merged = after(reformed(steps, "{reform: 合并办理, steps: [a, b], into: b}")).steps["b"]
    assert [(s.procedure, s.days) for s in merged.special] == [("检测", 7), ("鉴定", 3)]


@pytest.mark.parametrize("failing", ["a", "b"])
def test_a_merged_step_fails_and_refuses_as_its_only_part_that_does(failing: str) -> None:
    """The chances, the time to correct and their source are those of that part."""
    steps = """
  a: {limit: {statutory: ~10}}
  b: {after: {a: order}, limit: {statutory: ~20}}
"""
    outcome = "{fails: {rate: 0.3, correction: ~2, source: act}, refused: {share: 0.2, source: act}, "
    prepared = reformed(steps.replace(f"{failing}: {{", f"{failing}: {outcome}"),
                        "{reform: 合并办理, steps: [a, b], into: a}")  # fmt: skip
    old, merged = prepared.variants[0].flows["service"][0].process.steps[failing], after(prepared).steps["a"]
    assert merged.fails is not None
    assert merged.refused is not None
    assert (merged.fails, merged.refused) == (old.fails, old.refused)


def test_a_merged_step_whose_parts_fail_alone_is_done_again_alone() -> None:
    """No part sends the case back to another step; the chance that one of two fails is 1 - 0.5 * 0.5."""
    steps = """
  a: {limit: {statutory: ~10}, fails: {rate: 0.5, source: guess}}
  b: {after: {a: order}, limit: {statutory: ~20}, fails: {rate: 0.5, source: guess}}
"""
    fails = after(reformed(steps, "{reform: 合并办理, steps: [a, b], into: a, source: act}")).steps["a"].fails
    assert fails is not None
    assert fails.model_dump(exclude_none=True) == {"source": "act", "rate": 0.75}


def test_a_step_redone_from_a_part_is_redone_from_the_merged_step() -> None:
    """Step c sent its cases back to b, which is now part of a."""
    steps = CHAIN.replace("c: {", "c: {fails: {rate: 0.1, redo: b, source: guess}, ")
    fails = after(reformed(steps, "{reform: 合并办理, steps: [a, b], into: a}")).steps["c"].fails
    assert fails is not None
    assert fails.redo == "a"


@pytest.mark.parametrize(
    ("reform", "message"),
    [
        ("{reform: 合并办理, steps: [a, b], into: c}",
         "into must be one of the merged steps, or a new step with a name; found c"),
        ("{reform: 合并办理, steps: [a, b], into: both}",
         "into must be one of the merged steps, or a new step with a name; found both"),
        ("{reform: 合并办理, steps: [a], into: a}", "a alone is one step already; name the steps that become one"),
        ("{reform: 合并办理, steps: [p, b], into: b}",
         "the steps would wait for one another in a circle: a → b → a"),
        ("{reform: 合并办理, steps: [a, b], into: a, committed: ~30}",
         "the reform would leave steps.a.limit.committed: a committed limit is at most the statutory one, "
         "found 30 days against 20 days; mend one of them"),
    ],
)  # fmt: skip
def test_a_merger_that_does_not_add_up_is_refused(reform: str, message: str) -> None:
    """No step to become, one step alone, a step left waiting in between, and a limit above the statutory one."""
    assert refusal(CHAIN, reform) == message


PARTS = """
  works: {kind: construction, duration: ~30}
  fire: {after: {works: nature}, needs: [form], limit: {statutory: ~10}, touchpoint: true}
  plan: {after: {fire: order}, needs: [form, map], yields: [opinion], limit: {statutory: ~15}}
  file: {after: {plan: order}, needs: [form, letter], limit: {statutory: ~5}, attend: 1, touchpoint: true}
  enter: {kind: registration, after: {file: order}, needs: [opinion], limit: {statutory: ~3}}
"""
JOINT = """{reform: 联合验收, steps: [fire, plan, file], form: acceptance, at: bureau,
            output: joint, name: {zh: 意见书, en: Opinion}, limit: ~1}"""


def test_joint_acceptance_is_one_application_parts_side_by_side_and_one_output() -> None:
    """10 + 15 + 5 + 3 days become max(10, 15, 5) + 1 + 3; the form is handed in once, with map and letter."""
    prepared = reformed(PARTS, JOINT)
    assert edges(prepared) == {
        ("works", "fire"): "nature", ("works", "plan"): "order", ("works", "file"): "order",
        ("fire", "joint"): "nature", ("plan", "joint"): "nature", ("file", "joint"): "nature",
        ("plan", "enter"): "material", ("joint", "enter"): "nature",
    }  # fmt: skip
    assert list(compared(prepared, "counted_days", "elapsed_days", "forms", "materials", "trips")) == [
        (33, 19), (63, 49), (4, 2), (6, 4), (9, 5),
    ]  # fmt: skip


def test_what_waited_for_a_part_waits_for_the_common_output_for_the_same_reason() -> None:
    """Habit stays habit and goes over to the output; law keeps the part besides, and what is no part is left alone."""
    steps = """
  x: {limit: {statutory: ~1}}
  a: {needs: [form], limit: {statutory: ~5}}
  b: {after: {a: order}, needs: [form], limit: {statutory: ~5}}
  by_habit: {after: {b: order, x: order}, limit: {statutory: ~1}}
  by_law: {after: {a: act, b: order}, limit: {statutory: ~1}}
  of_neither: {after: {x: order}, limit: {statutory: ~1}}
"""
    prepared = reformed(steps, JOINT.replace("[fire, plan, file]", "[a, b]"))
    assert edges(prepared) == {
        ("x", "by_habit"): "order", ("joint", "by_habit"): "order",
        ("a", "by_law"): "act", ("joint", "by_law"): "nature",
        ("x", "of_neither"): "order",
        ("a", "joint"): "nature", ("b", "joint"): "nature",
    }  # fmt: skip
    output = after(prepared).steps["joint"]
    assert (output.name.zh, output.kind, output.at, output.limit.statutory) == ("意见书", "internal", "bureau", None)


def test_the_leading_department_takes_the_joint_application_and_gives_the_output() -> None:
    """The parts are handled at the bureau as before; the hall takes their papers."""
    steps = after(reformed(PARTS, JOINT.replace("at: bureau", "at: hall"))).steps
    assert [(steps[s].at, steps[s].window) for s in ("fire", "plan", "file", "joint", "enter")] == [
        ("bureau", "hall"), ("bureau", "hall"), ("bureau", "hall"), ("hall", None), ("bureau", None),
    ]  # fmt: skip


def test_joint_acceptance_is_one_touchpoint_besides_what_the_applicant_attends() -> None:
    """Three applications become one; the inspection that the applicant attends remains a dealing of its own."""
    assert list(compared(reformed(PARTS, JOINT), "touchpoints")) == [(4, 1 + 1 + 1)]


def test_one_failing_part_blocks_the_common_output_and_is_done_again_alone() -> None:
    """The plan part takes 15 days each time and 4 to put right; the others are not repeated; then 1 + 3 days."""
    steps = PARTS.replace("plan: {", "plan: {fails: {rate: 0.5, correction: ~4, source: guess}, ")
    found = play(reformed(steps, JOINT, cases=30), 1)
    named = found.attempts.assign(node=found.node_name).groupby(["case", "node"]).size().unstack()
    attempts = named.pop("plan").tolist()
    assert set(attempts) > {1, 2}
    assert (named == 1).all(axis=None)
    assert measured(found, "counted_days") == [15 * n + 1 + 3 for n in attempts]
    assert measured(found, "elapsed_days", exclude=["construction"]) == [19 * n - 4 + 1 + 3 for n in attempts]


def test_an_output_that_is_there_already_waits_for_every_part() -> None:
    """The registration comes after the plan part only; as common output it waits for the fire part too."""
    steps = """
  fire: {limit: {statutory: ~10}}
  plan: {limit: {statutory: ~5}, needs: [form]}
  enter: {after: {plan: order}, limit: {statutory: ~3}}
"""
    prepared = reformed(steps, "{reform: 多图联审, steps: [fire, plan], form: drawings, output: enter}")
    assert edges(prepared) == {("plan", "enter"): "order", ("fire", "enter"): "nature"}
    assert list(compared(prepared, "elapsed_days")) == [(10, 13)]


@pytest.mark.parametrize(
    ("steps", "reform", "message"),
    [
        (PARTS, "{reform: 联合验收, steps: [fire, plan], form: acceptance, output: joint}",
         "joint is a new step; give its name, its department (at) and its limit"),
        *((PARTS, JOINT.replace(left_out, ""),
           "joint is a new step; give its name, its department (at) and its limit")
          for left_out in ("name: {zh: 意见书, en: Opinion}, ", "at: bureau,", ", limit: ~1")),
        (PARTS, "{reform: 联合验收, steps: [fire, plan], form: acceptance, output: plan}",
         "plan is one of the parts; name the step that gives the output of all"),
        (PARTS.replace("fire: order", "fire: act"), "{reform: 联合验收, steps: [fire, plan], form: x, output: enter}",
         "fire → plan is a legal edge (城乡规划法第四十条) and may not be dropped"),
        (PARTS.replace("plan: order", "plan: nature"), JOINT.replace("fire, plan, file", "fire, file"),
         "the steps would wait for one another in a circle: joint → plan → file → joint"),
        (PARTS.replace("~15", "~50"), JOINT,
         "plan has a limit of 50 days; a bundle handled together must be decided within 45 "
         "(行政许可法 第四十二条第二款)"),
    ],
)  # fmt: skip
def test_a_joint_review_that_does_not_add_up_is_refused(steps: str, reform: str, message: str) -> None:
    """A new output without a name, a part as output, a group ordered by law only, a step between, and the cap."""
    assert refusal(steps, reform) == message


def test_a_step_without_a_limit_follows_the_limit_it_is_merged_into() -> None:
    """A filing that circulated for 4 days goes into a permit of 2: the whole is over in 2, not in 4."""
    steps = """
  filing: {kind: filing, circulation: ~4}
  permit: {after: {filing: order}, limit: {statutory: ~2}}
"""
    prepared = reformed(steps, "{reform: 合并办理, steps: [filing, permit], into: permit}")
    assert list(compared(prepared, "counted_days")) == [(6.0, 2.0)]
