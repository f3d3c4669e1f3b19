"""并联审批, 提前介入, 取消: what may be loosened, what stays, and what each buys."""

from __future__ import annotations

import pytest

from .services import after, changes, compared, edges, measured, play, practised, reformed, refusal, written
from .services import service as written_service

CHAIN = """
  a: {limit: {statutory: ~10}}
  b: {after: {a: order}, limit: {statutory: ~20}}
  c: {after: {b: order}, limit: {statutory: ~5}}
  d: {after: {c: order}, limit: {statutory: ~7}}
"""
MIXED = """
  p: {limit: {statutory: ~1}}
  a: {after: {p: order}, limit: {statutory: ~10}}
  b: {after: {a: act}, limit: {statutory: ~20}}
  c: {after: {b: order}, limit: {statutory: ~25}}
  d: {after: {c: order}, limit: {statutory: ~7}}
"""
PARALLEL = "{reform: 并联审批, steps: [a, b, c]}"


def test_parallel_steps_take_as_long_as_the_longest_and_what_follows_waits_for_all() -> None:
    """10 + 20 + 5 days one after another become max(10, 20, 5), and d still comes after all three."""
    prepared = reformed(CHAIN, PARALLEL)
    assert list(compared(prepared, "counted_days", "elapsed_days")) == [(42, 27), (42, 27)]
    assert edges(prepared) == {(u, "d"): "order" for u in "abc"}


def test_parallel_steps_are_seen_as_parallel() -> None:
    """Two counted steps are under way at once only after the reform."""
    assert list(compared(reformed(CHAIN, PARALLEL), "parallel_share")) == [(0, 1)]


def test_a_legal_edge_inside_the_group_stays() -> None:
    """The law keeps b after a, so the bundle takes max(10 + 20, 25) days, not max(10, 20, 25)."""
    prepared = reformed(MIXED, PARALLEL)
    assert edges(prepared) == {
        ("p", "a"): "order", ("a", "b"): "act", ("p", "c"): "order", ("b", "d"): "order", ("c", "d"): "order",
    }  # fmt: skip
    assert list(compared(prepared, "counted_days")) == [(63, 1 + 30 + 7)]


def test_the_diff_tells_what_was_loosened() -> None:
    """A planner reads which edge went and which ones stand in for it."""
    assert changes(reformed(MIXED, PARALLEL)) == [
        "steps.c.after.b: order → —",
        "steps.c.after.p: — → order",
        "steps.d.after.b: — → order",
    ]


def test_a_step_between_members_still_keeps_their_order() -> None:
    """Only fellow members are let go: c still waits for x, and so for a."""
    steps = """
      a: {limit: {statutory: ~1}}
      x: {after: {a: order}, limit: {statutory: ~2}}
      c: {after: {x: order, a: order}, limit: {statutory: ~4}}
    """.replace("\n    ", "\n")
    prepared = reformed(steps, "{reform: 并联审批, steps: [a, c]}")
    assert edges(prepared) == {("a", "x"): "order", ("x", "c"): "order"}
    assert list(compared(prepared, "counted_days")) == [(7, 7)]


def test_a_case_that_skips_a_member_joins_without_it() -> None:
    """Large cases go through b, the others do not wait for it."""
    steps = CHAIN.replace("b: {after", "b: {when: {large: true}, after")
    prepared = reformed(steps, PARALLEL, cases=20, attributes="{large: {share: 0.5, source: guess}}")
    found = play(prepared, 1)
    large = found.attribute("large").tolist()
    assert {True, False} == set(large)
    assert measured(found, "counted_days") == [27 if x else 17 for x in large]


def test_one_form_for_the_bundle() -> None:
    """The bundle is handed in once: form once, plan once, and all members wait for that one submission."""
    steps = """
  a: {needs: [form, plan], limit: {statutory: ~10}}
  b: {after: {a: order}, needs: [form], limit: {statutory: ~20}}
"""
    prepared = reformed(steps, "{reform: 并联审批, steps: [a, b], form: bundle}", practice=practised(prepare=1))
    assert list(compared(prepared, "forms", "touchpoints", "materials", "trips", "elapsed_days", "counted_days")) == [
        (2, 1), (2, 1), (3, 2), (4, 2), (2 + 10 + 1 + 20, 2 + 20), (30, 20),
    ]  # fmt: skip


def test_the_form_of_a_bundle_is_for_the_members_that_take_an_application() -> None:
    """Not for the office that asks for nothing, nor the agency; a window of its own stays the step's own."""
    steps = """
  a: {needs: [form, plan], window: hall, limit: {statutory: ~10}, touchpoint: true}
  b: {after: {a: order}, needs: [form], limit: {statutory: ~10}, touchpoint: true, attend: 1}
  c: {after: {b: order}, limit: {statutory: ~10}}
  d: {kind: agency, after: {c: order}, needs: [form], duration: ~10}
"""
    found = after(reformed(steps, "{reform: 并联审批, steps: [a, b, c, d], form: bundle}")).steps
    assert {s: (step.form, step.window, step.touchpoint) for s, step in found.items()} == {
        "a": ("bundle", "hall", None),
        "b": ("bundle", None, True),
        "c": (None, None, None),
        "d": (None, None, None),
    }


def test_parallel_review_makes_refusals_slower() -> None:
    """A refusal by a alone takes 10 days; beside b it is told only when b is through with its 20."""
    steps = CHAIN.replace("a: {", "a: {refused: {share: 1, source: guess}, ")
    prepared = reformed(steps, PARALLEL)
    assert list(compared(prepared, "refused_days", "refused_share")) == [(10, 20), (1, 1)]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (
            "  a: {limit: {statutory: ~1}}\n  b: {after: {a: act}, limit: {statutory: ~1}}",
            "a → b is a legal edge (城乡规划法第四十条) and may not be dropped",
        ),
        (
            "  a: {limit: {statutory: ~1}}\n  b: {after: {a: nature}, limit: {statutory: ~1}}",
            "a → b is a legal edge (it cannot be otherwise) and may not be dropped",
        ),
        (
            "  a: {yields: [permit], limit: {statutory: ~1}}\n  b: {needs: [permit], limit: {statutory: ~1}}",
            "a → b is a legal edge (b needs what a yields) and may not be dropped",
        ),
        (
            "  a: {limit: {statutory: ~1}}\n  b: {limit: {statutory: ~1}}",
            "a, b do not wait for one another already; the reform changes nothing",
        ),
        (
            "  a: {limit: {statutory: ~1}}\n  bb: {after: {a: order}, limit: {statutory: ~1}}",
            "unknown step 'b', did you mean 'bb'?",
        ),
        (
            "  a: {limit: {statutory: ~46}}\n  b: {after: {a: order}, limit: {statutory: ~45}}",
            "a has a limit of 46 days; a bundle handled together must be decided within 45 "
            "(行政许可法 第四十二条第二款)",
        ),
    ],
)
def test_a_group_that_may_not_be_loosened_is_refused(steps: str, message: str) -> None:
    """A group ordered by law, nature or papers only, one without order, an unknown step, a limit beyond the cap."""
    assert refusal(steps, "{reform: 并联审批, steps: [a, b]}") == message


def test_a_bundle_at_its_cap_is_allowed() -> None:
    """45 days are within 45 days."""
    steps = "  a: {limit: {statutory: ~45}}\n  b: {after: {a: order}, limit: {statutory: ~45}}"
    assert list(compared(reformed(steps, "{reform: 并联审批, steps: [a, b]}"), "counted_days")) == [(90, 45)]


def test_parallel_keeps_a_committed_limit_within_the_cap_whatever_the_statute_allows() -> None:
    """The cap binds the limit an office works to."""
    steps = "  a: {limit: {statutory: ~60, committed: ~40}}\n  b: {after: {a: order}, limit: {statutory: ~45}}"
    assert edges(reformed(steps, "{reform: 并联审批, steps: [a, b]}")) == {}


def test_a_step_to_be_redone_from_a_fellow_member_cannot_be_parallel_to_it() -> None:
    """Step b sends the case back to a, so it must come after a."""
    steps = CHAIN.replace("b: {", "b: {fails: {rate: 0.1, redo: a, source: guess}, ")
    assert refusal(steps, PARALLEL) == (
        "the reform would leave steps.b.fails.redo: a does not come before b; name b or a step before it"
    )


def test_a_step_starts_early_and_what_follows_still_waits_for_both() -> None:
    """Step c runs beside b but after a; d waits for b and c."""
    prepared = reformed(CHAIN, "{reform: 提前介入, step: c, before: [b]}")
    assert edges(prepared) == {
        ("a", "b"): "order", ("a", "c"): "order", ("b", "d"): "order", ("c", "d"): "order",
    }  # fmt: skip
    assert list(compared(prepared, "counted_days")) == [(42, 10 + 20 + 7)]


def test_starting_early_lets_go_of_no_order_among_the_steps_left_behind() -> None:
    """Step d waits for neither b nor c any more, and c still waits for b."""
    steps = CHAIN.replace("d: {after: {c: order}", "d: {after: {b: order, c: order}")
    prepared = reformed(steps, "{reform: 提前介入, step: d, before: [b, c]}")
    assert edges(prepared) == {("a", "b"): "order", ("b", "c"): "order", ("a", "d"): "order"}


def test_starting_early_inherits_an_order_that_a_paper_makes() -> None:
    """Step b waits for a because it needs a's permit; c, let go of b, still waits for a."""
    steps = """
  a: {yields: [permit], limit: {statutory: ~10}}
  b: {needs: [permit], limit: {statutory: ~20}}
  c: {after: {b: order}, limit: {statutory: ~5}}
"""
    prepared = reformed(steps, "{reform: 提前介入, step: c, before: [b]}")
    assert edges(prepared) == {("a", "b"): "material", ("a", "c"): "order"}


@pytest.mark.parametrize(
    ("reform", "message"),
    [
        ("{reform: 提前介入, step: b, before: [a]}",
         "a → b is a legal edge (城乡规划法第四十条) and may not be dropped, unless a statute lets it: "
         "name that as law"),
        ("{reform: 提前介入, step: c, before: [a]}", "c does not wait for a; name a step directly before it"),
        ("{reform: 提前介入, step: c, before: [bb]}", "unknown step 'bb', did you mean 'b'?"),
        ("{reform: 提前介入, step: cc, before: [b]}", "unknown step 'cc', did you mean 'c'?"),
    ],
)  # fmt: skip
def test_a_step_may_not_start_before_what_the_law_puts_first(reform: str, message: str) -> None:
    """A legal edge stays, and a step that is not directly before cannot be left out."""
    assert refusal(MIXED, reform) == message


LAWFUL = """
  z: {limit: {statutory: ~4}}
  a: {after: {z: nature}, yields: [permit], limit: {statutory: ~10}}
  b: {after: {a: act}, needs: [permit, form], limit: {statutory: ~20}}
  c: {after: {a: order, b: nature}, limit: {statutory: ~5}}
"""


def test_a_law_lets_a_step_start_before_what_another_law_puts_first() -> None:
    """Step b needs a draft and no permit any more; it waits for what a waits for, and c for both as before."""
    steps = LAWFUL.replace("[permit, form]", "[form]")
    early = "{reform: 提前介入, step: b, before: [a], law: act}"
    prepared = reformed(steps, early)
    assert edges(prepared) == {("z", "a"): "nature", ("z", "b"): "order", ("a", "c"): "order", ("b", "c"): "nature"}
    assert list(compared(prepared, "elapsed_days")) == [(39, 4 + 20 + 5)]
    drafted = reformed(LAWFUL, early[:-1] + ", instead: {permit: letter}}")
    assert edges(drafted) == edges(prepared)
    assert [need.material for need in after(drafted).steps["b"].needs] == ["letter", "form"]


@pytest.mark.parametrize(
    ("reform", "message"),
    [
        ("{reform: 提前介入, step: b, before: [a], law: guess, instead: {permit: letter}}",
         "law must name a source of kind law, found guess"),
        ("{reform: 提前介入, step: b, before: [a], law: act}",
         "b needs permit from a step that it no longer waits for; say what is handed in instead"),
        ("{reform: 提前介入, step: b, before: [a], law: act, instead: {form: letter}}",
         "b needs no form from a; take it out of instead"),
        ("{reform: 提前介入, step: b, before: [a], law: act, instead: {permit: lettr}}",
         "unknown material 'lettr', did you mean 'letter'?"),
        ("{reform: 提前介入, step: c, before: [b], law: act}",
         "b → c is a legal edge (it cannot be otherwise) and may not be dropped"),
        ("{reform: 提前介入, step: b, before: [a], instead: {permit: letter}}",
         "a → b is a legal edge (b needs what a yields) and may not be dropped, unless a statute lets it: "
         "name that as law"),
    ],
)  # fmt: skip
def test_no_law_lets_a_step_start_that_lacks_what_it_needs(reform: str, message: str) -> None:
    """A statute is one, what cannot be otherwise stays, and for each paper that is not there something is handed in."""
    steps = LAWFUL.replace("{a: act}", "{a: order}") if "instead: {permit: letter}}" in reform else LAWFUL
    assert refusal(steps, reform) == message


def test_an_abolished_step_goes_and_what_waited_for_it_waits_for_what_it_waited_for() -> None:
    """Habit before and after a dropped step stays habit; law on both sides stays law."""
    steps = """
  a: {limit: {statutory: ~10}}
  b: {after: {a: act}, limit: {statutory: ~20}}
  c: {after: {b: act}, limit: {statutory: ~5}}
  d: {after: {b: order}, limit: {statutory: ~7}}
"""
    prepared = reformed(steps, "{reform: 取消, steps: [b]}")
    assert edges(prepared) == {("a", "c"): "act", ("a", "d"): "order"}
    assert list(after(prepared).steps) == ["a", "c", "d"]
    assert list(compared(prepared, "counted_days")) == [(37, 17)]


def test_an_order_that_a_paper_made_is_of_nature_once_the_paper_is_gone() -> None:
    """Step b needed a's permit and the law put c after b: c comes after a, and no paper says so any more."""
    steps = """
  a: {yields: [permit], limit: {statutory: ~10}}
  b: {needs: [permit], limit: {statutory: ~20}}
  c: {after: {b: act}, limit: {statutory: ~5}}
"""
    assert edges(reformed(steps, "{reform: 取消, steps: [b]}")) == {("a", "c"): "nature"}


def test_a_run_of_abolished_steps_is_bridged_as_a_whole() -> None:
    """Of a → b → c → d the middle goes; d waits for a by habit."""
    prepared = reformed(CHAIN, "{reform: 取消, steps: [b, c]}")
    assert edges(prepared) == {("a", "d"): "order"}
    assert changes(prepared) == ["steps.b: 步骤 → —", "steps.c: 步骤 → —", "steps.d.after.c: order → —",
                                 "steps.d.after.a: — → order"]  # fmt: skip


PERMITS = """
  a: {needs: [form], limit: {statutory: ~10}}
  b: {after: {a: act}, needs: [form], yields: [permit, opinion], limit: {statutory: ~20}}
  c: {needs: [permit], limit: {statutory: ~5}}
"""


def test_a_needed_material_may_not_be_lost() -> None:
    """Step c would stand there without its permit."""
    assert refusal(PERMITS, "{reform: 取消, steps: [b]}") == (
        "c needs permit, which nobody would yield; say what is handed in instead"
    )


def test_a_promise_in_writing_may_stand_in_for_a_lost_permit() -> None:
    """Step c asks for the letter, and still comes after a, because the law put b after a and c needed b's permit."""
    prepared = reformed(PERMITS, "{reform: 取消, steps: [b], instead: {permit: letter}}")
    assert [need.material for need in after(prepared).steps["c"].needs] == ["letter"]
    assert edges(prepared) == {("a", "c"): "act"}
    assert list(compared(prepared, "materials", "counted_days")) == [(3, 2), (35, 15)]


@pytest.mark.parametrize(
    ("reform", "message"),
    [
        ("{reform: 取消, steps: [b], instead: {permit: leter}}", "unknown material 'leter', did you mean 'letter'?"),
        ("{reform: 取消, steps: [b], instead: {permit: letter, form: map}}",
         "form is not yielded by b; take it out of instead"),
        ("{reform: 取消, steps: [bb]}", "unknown step 'bb', did you mean 'b'?"),
        ("{reform: 取消, steps: [b], unless: {large: true}, instead: {permit: letter}}",
         "instead is for steps that go for all cases; take it out, or take unless out"),
    ],
)  # fmt: skip
def test_an_abolition_that_does_not_add_up_is_refused(reform: str, message: str) -> None:
    """Unknown materials and steps, a material nobody loses, and a stand-in where the step only goes for some."""
    assert refusal(PERMITS, reform, attributes="{large: {share: 0.5, source: guess}}") == message


def test_an_abolition_for_low_risk_keeps_the_step_for_the_others() -> None:
    """Large cases go through b and hand in its permit; the others do neither."""
    prepared = reformed(PERMITS, "{reform: 免审, steps: [b], unless: {large: true}}", cases=20,
                        attributes="{large: {share: 0.5, source: guess}}")  # fmt: skip
    found = play(prepared, 1)
    large = found.attribute("large").tolist()
    assert measured(found, "counted_days") == [35 if x else 15 for x in large]
    assert measured(found, "materials") == [3 if x else 1 for x in large]
    assert edges(prepared) == {("a", "b"): "act", ("b", "c"): "material"}


def test_an_abolition_for_low_risk_leaves_the_other_papers() -> None:
    """Small cases hand in c's form as before, but no permit and no opinion; c asks the large ones for all three."""
    steps = PERMITS.replace("needs: [permit]", "needs: [form, permit, opinion]")
    prepared = reformed(steps, "{reform: 免审, steps: [b], unless: {large: true}}",
                        attributes="{large: {share: 0.5, source: guess}}")  # fmt: skip
    asked = {s: {n.material: n.when for n in step.needs} for s, step in after(prepared).steps.items()}
    large = {"large": True}
    assert asked == {"a": {"form": {}}, "b": {"form": {}}, "c": {"form": {}, "permit": large, "opinion": large}}


def test_an_abolition_cannot_bring_a_step_to_cases_that_never_had_it() -> None:
    """Step b is for small cases; keeping it for large ones would add it, not abolish it."""
    steps = PERMITS.replace("b: {", "b: {when: {large: false}, ")
    assert refusal(steps, "{reform: 取消, steps: [b], unless: {large: true}}",
                   attributes="{large: {share: 0.5, source: guess}}") == (
        "a condition on large stands already; say the cases by another attribute"
    )  # fmt: skip


def test_reforms_in_order_give_the_process_as_it_would_be_written_anew() -> None:
    """Round trip: abolishing, loosening and shortening a service of ten steps gives the same graph as its new text."""
    old = """
  ask: {needs: [form], limit: {statutory: ~5}}
  site: {kind: agency, after: {ask: nature}, duration: ~10, yields: [map]}
  plan: {after: {site: order}, needs: [map, form], limit: {statutory: ~20}, yields: [permit]}
  fire: {after: {plan: order}, needs: [form], limit: {statutory: ~15}}
  green: {after: {fire: order}, needs: [form], limit: {statutory: ~20}}
  road: {after: {green: order}, needs: [form], limit: {statutory: ~20}}
  stamp: {kind: internal, after: {road: order}, limit: {statutory: ~3}}
  build: {kind: construction, after: {stamp: nature, plan: act}, duration: ~40}
  check: {after: {build: nature}, limit: {statutory: ~10}, yields: [opinion]}
  enter: {kind: registration, needs: [opinion, permit], limit: {statutory: ~30}}
"""
    new = """
  ask: {needs: [form], limit: {statutory: ~5, committed: ~2}}
  site: {kind: agency, after: {ask: nature}, duration: ~10, yields: [map]}
  plan: {after: {site: order}, needs: [map, form], limit: {statutory: ~20, committed: ~5}, yields: [permit]}
  fire: {after: {site: order}, needs: [form], limit: {statutory: ~15, committed: ~4}, form: bundle}
  green: {after: {site: order}, needs: [form], limit: {statutory: ~20, committed: ~5}, form: bundle}
  road: {after: {site: order}, needs: [form], limit: {statutory: ~20, committed: ~5}, form: bundle}
  build: {kind: construction, after: {plan: act, road: order, fire: order, green: order}, duration: ~40}
  check: {after: {build: nature}, limit: {statutory: ~10, committed: ~3}, yields: [opinion]}
  enter: {kind: registration, needs: [opinion, permit], limit: {statutory: ~30, committed: ~8}}
"""
    prepared = reformed(
        old,
        "{reform: 取消, steps: [stamp]}",
        "{reform: 并联审批, steps: [plan, fire, green, road]}",
        "{reform: 一窗受理, steps: [fire, green, road], form: bundle}",
        "{reform: 限时办结, compression: 0.25}",
    )
    assert after(prepared).model_dump() == written(written_service(new)).model_dump()
