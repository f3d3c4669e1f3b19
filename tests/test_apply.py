"""Applying reforms: the guard, what changed, and what is told of it."""

from __future__ import annotations

from typing import Literal, get_args

import pytest

from sim.core.errors import ReformError, SpecError
from sim.reforms.apply import World, apply, untouched
from sim.reforms.base import Context, PlaceReform, ProcessReform
from sim.reforms.diff import Change, changed_values
from sim.reforms.papers import Help
from sim.reforms.primitives import Rewrite, change
from sim.reforms.register import REFORMS
from sim.scenario.prepared import Prepared
from sim.spec.place import Place
from sim.spec.process import Process

from .services import SOURCES, changes, reformed, refusal, service, staffed, written
from .small import model

STEPS = """
  p: {limit: {statutory: ~5}}
  a: {after: {p: order}, needs: [form, plan], yields: [permit], fields: {total: 10, source: guess},
      limit: {statutory: ~20}}
  b: {after: {a: order}, needs: [form, licence], limit: {statutory: ~10, committed: ~8},
      fees: [{yuan: 80, source: guess}]}
  c: {after: {b: act}, needs: [permit], limit: {statutory: ~4}}
"""
ATTRIBUTES = "{good: {share: 0.5, source: guess}}"
EXAMPLES = {
    "并联审批": "{steps: [a, b], form: joint}",
    "提前介入": "{step: b, before: [a]}",
    "容缺受理": "{steps: [a], materials: [plan], within: ~5}",
    "告知承诺": "{steps: [a], decide: ~1, uptake: 1, check_within: ~10}",
    "数据共享": "{materials: [licence], fallback: 0}",
    "一窗受理": "{steps: [a, b], form: joint}",
    "合并办理": "{steps: [a, b], into: b}",
    "联合踏勘": "{steps: [a, b], into: b}",
    "超时默认": "{steps: [a]}",
    "联合验收": "{steps: [a, b], form: joint, output: d, name: {zh: 意见, en: D}, at: bureau, limit: ~1}",
    "多图联审": "{steps: [a, b], form: joint, output: c}",
    "取消": "{steps: [b]}",
    "免审": "{steps: [b], unless: {good: true}}",
    "备案制": "{steps: [a], committed: ~1}",
    "限时办结": "{compression: 0.5}",
    "法定时限调整": "{steps: [a], statutory: ~12, source: act}",
    "区域评估": "{steps: [a], by: 管委会}",
    "秒批": "{steps: [a], share: 0.5, minutes: 5}",
    "一次性告知": "{}",
    "表单预填": "{steps: [a], share: 0.5}",
    "帮办代办": "{factor: 0.5}",
    "全程网办": "{share: 0.5}",
    "绿色通道": "{when: {good: true}}",
    "分级分类": "{attribute: good, share: 0.7}",
    "下放": "{steps: [a], at: hall}",
    "取消收费": "{steps: [b]}",
    "减免收费": "{remains: 0.5, when: {good: true}}",
    "调整收费": "{yuan: 40}",
    "增员": "{department: bureau, count: 3}",
    "减员": "{department: bureau, count: 1}",
    "周日开放": "{hours: hall, also: [sun]}",
}

STEPS_OF = {"联合踏勘": STEPS.replace("b: {", "b: {work: ~3h, ").replace("  a: {", "  a: {work: ~2h, ")}
"""Reforms whose example needs more of the steps."""


def world(*names: str, steps: str = STEPS) -> World:
    """The service under several names, in a town with one officer."""
    process = written(service(steps, attributes=ATTRIBUTES))
    named = {name: process.model_copy(update={"id": name}) for name in names or ("service",)}
    place: Place = model(staffed("officers", count=2), Place)
    return untouched(named, place)


def example(name: str) -> Prepared:
    """The service before and after the example of a reform."""
    reform = f"{{reform: {name}, {EXAMPLES[name][1:]}"
    return reformed(STEPS_OF.get(name, STEPS), reform, place=staffed("officers", count=2), attributes=ATTRIBUTES)


def test_there_is_an_example_of_every_reform() -> None:
    """A reform that is added gets an example here, and is then held to the two tests below."""
    names = [name for kind in REFORMS for name in get_args(kind.model_fields["reform"].annotation)]
    assert sorted(EXAMPLES) == sorted(names)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_reform_changes_something_and_leaves_what_it_was_given_as_it_was(name: str) -> None:
    """The process and the place before the reform are the same afterwards; what came out differs from them."""
    prepared = example(name)
    before, changed = prepared.variants
    assert before.flows["service"][0].process == written(service(STEPS_OF.get(name, STEPS), attributes=ATTRIBUTES))
    assert before.place == model(staffed("officers", count=2), Place)
    assert (before.flows, before.place) != (changed.flows, changed.place)
    assert changed.changes


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_a_reform_changed_is_all_that_differs(name: str) -> None:
    """Every change names its reform, its source and its owner, and the old and new values differ as text."""
    prepared = example(name)
    for told in prepared.variants[1].changes:
        assert (told.reform, told.source) == (name, "act" if name == "法定时限调整" else "guess")
        assert told.process == ("town" if name in ("增员", "减员", "周日开放") else "service")
        old, new = str(told).removeprefix(f"{told.path}: ").split(" → ")
        assert old != new


def test_reforms_apply_in_the_order_written() -> None:
    """15 days and then half of the statutory 20 leave 10; after those 10 a limit of 15 would be longer."""
    half, fifteen = "{reform: 限时办结, steps: [a], compression: 0.5}", "{reform: 限时办结, steps: [a], committed: ~15}"
    assert changes(reformed(STEPS, fifteen, half)) == [
        "steps.a.limit.committed: — → 15 days", "steps.a.limit.committed: 15 days → 10 days",
    ]  # fmt: skip
    assert refusal(STEPS, half, fifteen) == "a has a committed limit of 10 days already; 15 days would be longer"


def test_every_refused_reform_is_told_at_once_with_its_line() -> None:
    """Two of three reforms are refused; the one between is applied."""
    with pytest.raises(SpecError) as error:
        reformed(STEPS, "{reform: 取消, steps: [a]}", "{reform: 一次性告知}", "{reform: 并联审批, steps: [b, c]}")
    assert str(error.value) == (
        "scenario.yaml:10: variants.after.reforms[0]: c needs permit, which nobody would yield; "
        "say what is handed in instead\n"
        "scenario.yaml:10: variants.after.reforms[2]: b → c is a legal edge (城乡规划法第四十条) and may not be dropped"
    )


def test_with_several_processes_a_reform_names_one() -> None:
    """Only the one named is changed."""
    town, context = world("one", "two"), Context({}, SOURCES)
    for named in (None, "three"):
        with pytest.raises(ReformError) as error:
            apply(town, Help(reform="帮办代办", factor=0.5, process=named, source="guess"), context)
        assert str(error.value) == f"process must name one of one, two; found {named}"
    changed, told = apply(town, Help(reform="帮办代办", factor=0.5, process="two", source="guess"), context)
    assert changed.processes["one"] is town.processes["one"]
    assert {c.process for c in told} == {"two"}


class _Wrong(ProcessReform):
    """A rewrite that a reform might get wrong: step `step` now waits for `after`."""

    reform: Literal["wrong"] = "wrong"
    step: str
    after: dict[str, str]
    dropped: tuple[str, ...] = ()
    together: tuple[str, ...] = ()

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with that order."""
        del context
        process = change(process, {self.step: {"after": self.after}})
        steps = {s: x for s, x in process.steps.items() if s not in self.dropped}
        return Rewrite(process.model_copy(update={"steps": steps}), dropped=frozenset(self.dropped),
                       together=frozenset(self.together))  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"step": "b", "after": {}},
         "b would no longer wait for a, p; a reform may only loosen the order among its own steps"),
        ({"step": "b", "after": {"p": "order"}},
         "b would no longer wait for a; a reform may only loosen the order among its own steps"),
        ({"step": "b", "after": {}, "together": ("a", "b")},
         "b would no longer wait for p; a reform may only loosen the order among its own steps"),
        ({"step": "c", "after": {"a": "order"}, "together": ("b", "c")},
         "b → c is a legal edge (act) and may not be dropped"),
        ({"step": "a", "after": {"c": "order"}}, "the steps would wait for one another in a circle: a → b → c → a"),
        ({"step": "c", "after": {"a": "order"}, "dropped": ("b",)}, None),
        ({"step": "b", "after": {"p": "order"}, "together": ("a", "b")}, None),
    ],
)  # fmt: skip
def test_the_guard_lets_no_reform_lose_what_is_not_its_own(wrong: dict[str, object], message: str | None) -> None:
    """Ancestors outside the group, legal edges inside it and circles are refused, whatever the reform does."""
    steps = STEPS.replace("c: {after: {b: act}, needs: [permit]", "c: {after: {b: act, a: order}, needs: [form]")
    reform = _Wrong(source="guess", **wrong)  # type: ignore[arg-type]
    if message is None:
        apply(world(steps=steps), reform, Context({}, SOURCES))
        return
    with pytest.raises(ReformError) as error:
        apply(world(steps=steps), reform, Context({}, SOURCES))
    assert str(error.value) == message


WAITS = """
  notice: {kind: notice, duration: ~10c}
  hearing: {kind: special, procedure: 听证, after: {notice: nature}, duration: ~5}
  a: {after: {hearing: order}, limit: {statutory: ~20}}
"""


@pytest.mark.parametrize(
    ("reform", "step"),
    [
        ("{reform: 取消, steps: [notice]}", "notice"),
        ("{reform: 免审, steps: [hearing], unless: {good: true}}", "hearing"),
        ("{reform: 区域评估, steps: [notice, hearing], by: 管委会}", "notice"),
        ("{reform: 合并办理, steps: [hearing, a], into: a}", "hearing"),
    ],
)
def test_no_city_s_reform_moves_a_statutory_wait(reform: str, step: str) -> None:
    """A public notice and a hearing are neither dropped, nor done before, nor swallowed."""
    assert refusal(WAITS, reform, attributes=ATTRIBUTES) == (
        f"{step} is a statutory wait and stands as it is; only a law changes it"
    )


def test_a_law_may_move_a_statutory_wait() -> None:
    """The same reform with a law as its source, and a law that shortens the notice."""
    drop = reformed(WAITS, "{reform: 取消, steps: [notice], source: act}")
    assert changes(drop) == ["steps.notice: 步骤 → —", "steps.hearing.after.notice: nature → —"]
    shorten = reformed(WAITS, "{reform: 法定时限调整, steps: [notice], duration: ~5c, source: act}")
    assert changes(shorten) == ["steps.notice.duration: 10 calendar_days → 5 calendar_days"]


class _Nothing(PlaceReform):
    """A place reform that does nothing."""

    reform: Literal["nothing"] = "nothing"

    def rewrite_place(self, place: Place) -> Place:
        """The same place, on another authority."""
        hours = {name: x.model_copy(update={"source": "act"}) for name, x in place.hours.items()}
        return place.model_copy(update={"hours": hours})


def test_the_same_value_on_another_authority_is_no_reform() -> None:
    """Only the source differs."""
    with pytest.raises(ReformError) as error:
        apply(world(), _Nothing(source="guess"), Context({}, SOURCES))
    assert str(error.value) == "the reform changes nothing here; take it out, or apply it where it has an effect"


@pytest.mark.parametrize(
    ("reform", "told"),
    [
        ("{reform: 限时办结, steps: [b], committed: ~4h}", ["steps.b.limit.committed: 8 days → 4 hours"]),
        ("{reform: 告知承诺, steps: [a], decide: ~1, uptake: 0.5, check_within: ~10, when: {good: true}}",
         ["steps.a.promise: — → {decide: 1 days, uptake: 0.5, check_within: 10 days, breach: 0, rectified: 1, "
          "false: 0, when: {good: yes}}"]),
        ("{reform: 备案制, steps: [w], committed: ~1}",
         ["steps.w.kind: approval → filing", "steps.w.limit.committed: — → 1 days",
          "steps.w.work: 6 hours (staff: 2, by: inspectors) → —",
          "steps.w.special: [5 days (procedure: 听证, when: {good: no})] → []"]),
        ("{reform: 取消, steps: [b]}",
         ["steps.b: 步骤 → —", "steps.c.after.b: act → —", "steps.c.after.a: — → order"]),
        ("{reform: 取消, steps: [a], instead: {permit: letter}}",
         ["steps.a: 步骤 → —", "steps.b.after.a: order → —", "steps.b.after.p: — → order",
          "steps.c.after.p: — → order", "steps.c.needs: [permit] → [letter]"]),
        ("{reform: 免审, steps: [a], unless: {good: true}}",
         ["steps.a.when.good: — → yes", "steps.c.needs: [permit] → [permit (when: {good: yes})]"]),
        ("{reform: 绿色通道, when: {good: true}}", ["urgent.good: — → yes"]),
        ("{reform: 秒批, steps: [a], share: 0.5, minutes: {uniform: [1, 5]}}",
         ["steps.a.automatic: — → {share: 0.5, minutes: {uniform: [1, 5]}}"]),
        ("{reform: 全程网办, share: 0.25}", ["online: — → {share: 0.25}"]),
    ],
)  # fmt: skip
def test_a_change_reads_as_a_planner_would_write_it(reform: str, told: list[str]) -> None:
    """Lengths of time, materials, conditions, steps and whole parts, each in one line."""
    steps = (
        STEPS
        + """
  w: {limit: {statutory: ~9}, work: {hours: 6, staff: 2, by: inspectors, source: guess},
      special: [{procedure: 听证, days: 5, when: {good: false}, source: guess}]}
""".lstrip("\n")
    )
    assert changes(reformed(steps, reform, attributes=ATTRIBUTES)) == told


def test_a_change_keeps_the_values_besides_its_text() -> None:
    """For readers that draw or count instead of print."""
    (told,) = reformed(STEPS, "{reform: 一次性告知}").variants[1].changes
    assert told == Change("一次性告知", "service", "one_time_notice", False, True, "guess")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (True, "yes"),
        (False, "no"),
        (2.0, "2"),
        (0.25, "0.25"),
        (3, "3"),
        ("order", "order"),
        ((), "[]"),
        ((1.0, "a", True), "[1, a, yes]"),
        ({}, "{}"),
        ({"share": 0.25, "minutes_of": "a"}, "{share: 0.25, minutes_of: a}"),
        ({"days": 5.0}, "5 days"),
        ({"minutes": 0.0}, "0 minutes"),
        ({"days": {"uniform": (1.0, 5.0)}}, "{days: {uniform: [1, 5]}}"),
        ({"staff": 2, "hours": 6.5, "by": "officers"}, "6.5 hours (staff: 2, by: officers)"),
        ({"material": "form", "when": {}}, "form"),
        ({"material": "form", "when": {"good": False}}, "form (when: {good: no})"),
        ({"name": {"zh": "审查", "en": "Review"}, "at": "bureau"}, "审查"),
        ({"within": {"calendar_days": 3.0}, "materials": ()}, "{within: 3 calendar_days}"),
    ],
)
def test_each_value_is_told_as_a_planner_writes_it(value: object, told: str) -> None:
    """Truth as yes or no, whole numbers without a point, a length with its unit, a step by its name, nothing empty."""
    assert str(Change("r", "service", "a.b", "—", value, "guess")) == f"a.b: — → {told}"


def test_what_differs_is_told_part_by_part_but_a_length_of_time_as_a_whole() -> None:
    """Sources do not count, a key that comes or goes is absent on the other side, and the order is that of the spec."""
    old = written(
        service("""
  a: {limit: {statutory: ~5, committed: ~3}, work: {hours: 6, source: guess}, needs: [form], attend: 1}
  b: {after: {a: order}, circulation: {days: {uniform: [1, 2]}, source: guess}, refused: {share: 0.1, source: guess}}
  c: {after: {b: order}, limit: {statutory: ~1}}
""")
    )
    new = written(
        service("""
  a: {limit: {statutory: ~8h}, work: {hours: 6, staff: 2, source: act}, needs: [form, plan], attend: 1}
  b: {circulation: {days: {uniform: [1, 3]}, source: guess}, refused: {share: 0.2, source: act}}
  d: {limit: {statutory: ~1}}
""")
    )
    found = changed_values("r", "service", old, new, "guess")
    assert [str(change) for change in found] == [
        "steps.a.needs: [form] → [form, plan]",
        "steps.a.limit.statutory: 5 days → 8 hours",
        "steps.a.limit.committed: 3 days → —",
        "steps.a.work: 6 hours (staff: 1, by: officers) → 6 hours (staff: 2, by: officers)",
        "steps.b.after.a: order → —",
        "steps.b.circulation: {days: {uniform: [1, 2]}} → {days: {uniform: [1, 3]}}",
        "steps.b.refused.share: 0.1 → 0.2",
        "steps.c: 步骤 → —",
        "steps.d: — → 步骤",
    ]
    assert {(change.reform, change.process, change.source) for change in found} == {("r", "service", "guess")}
    assert (found[1].old, found[1].new) == ({"days": 5.0}, {"hours": 8.0})
