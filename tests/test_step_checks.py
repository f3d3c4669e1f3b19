"""Checks of one step by itself: what is just allowed, and what is just not."""

from __future__ import annotations

import pytest

from sim.spec.step import Step
from sim.spec.step_checks import step_findings

from .services import filled
from .small import model

LIMIT = "limit: {statutory: ~20}"
VISIT = "procedure: 现场核查, days: 3, source: guess"
PROMISE = "{decide: ~1, uptake: 0.5, check_within: ~30, source: guess}"
LAWFUL = PROMISE.replace("{", "{law: act, ", 1)
SYSTEM = "{share: 0.5, minutes: 1, source: guess}"
UNLISTED = "{} is not on the statute's list of what stops the clock; name what lets it as basis"


def findings(text: str) -> list[tuple[str, str]]:
    """What is wrong with a step of these keys: the place in the step, and the message."""
    step: Step = model(filled(f"{{name: {{zh: 步骤, en: Step}}, {text}}}"), Step)
    return [(".".join(map(str, found.path)), found.message) for found in step_findings(("s",), step)]


@pytest.mark.parametrize(
    "text",
    [
        "at: bureau, limit: {statutory: ~20, committed: ~20}",
        "at: bureau, limit: {statutory: ~1, committed: ~8h}",
        "at: bureau, limit: {statutory: ~5, committed: ~7c}",
        "at: bureau, limit: {committed: ~5}",
        "at: bureau, work: ~3h",
        "at: bureau, circulation: ~3",
        "kind: agency, duration: ~3",
        "kind: agency, at: bureau, work: ~3h",
        "kind: agency, counted: true, duration: ~3",
        f"at: bureau, {LIMIT}, counted: false, basis: guess",
        f"at: bureau, {LIMIT}, counted: true",
        f"at: bureau, {LIMIT}, special: [{{procedure: 听证, days: 5, source: guess}}, {{basis: guess, {VISIT}}}]",
        "kind: special, procedure: 检测, duration: ~3",
        "kind: special, procedure: 现场核查, basis: guess, duration: ~3",
        "kind: special, procedure: 现场核查, counted: true, duration: ~3",
        f"at: bureau, {LIMIT}, promise: {PROMISE}, automatic: {SYSTEM}",
        f"at: bureau, {LIMIT}, promise_excluded: 直接涉及公共安全",
        f"at: bureau, {LIMIT}, promise_excluded: 直接涉及公共安全, promise: {LAWFUL}",
        f"at: bureau, {LIMIT}, sits: {{weekdays: [mon], at: '23:59', source: guess}}",
        f"at: bureau, {LIMIT}, sits: {{weekdays: [mon, fri], at: '00:00', source: guess}}",
        f"at: bureau, {LIMIT}, fields: {{total: 10, prefilled: 10, source: guess}}",
        "call: other, after: {a: order}, when: {large: true}",
    ],
)
def test_what_is_just_allowed_is_no_fault(text: str) -> None:
    """Limits that are equal, one way to say how long, a basis where one is asked for, and the last minute of a day."""
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("at: bureau, limit: {statutory: ~1, committed: ~8.1h}",
         [("s.limit.committed",
           "a committed limit is at most the statutory one, found 8.1 hours against 1 days; mend one of them")]),
        ("at: bureau, limit: {statutory: {days: {uniform: [1, 2]}, source: guess}, committed: ~9}",
         [("s.limit.statutory", "a limit is one number, found a distribution; write the number")]),
        (LIMIT, [("s", "a department handles a step of kind approval; add at")]),
        (f"at: bureau, {LIMIT}, duration: ~3",
         [("s.duration", "a step of kind approval has no duration; write limit, or work and circulation")]),
        ("kind: agency, at: bureau",
         [("s", "nothing says how long a step of kind agency takes; add duration, or work and at")]),
        ("kind: agency, work: ~3h",
         [("s.work", "a step of kind agency has work only in a department; add at, or write duration")]),
        (f"at: bureau, {LIMIT}, counted: false",
         [("s.counted", "a step of kind approval counts; to leave it out, name the law that lets it as basis")]),
        ("kind: special, duration: ~3", [("s", "a step of kind special is a special procedure; add procedure")]),
        ("kind: agency, procedure: 检测, duration: ~3",
         [("s.procedure", "a step of kind agency is no special procedure; write kind: special")]),
        ("kind: special, procedure: 技术审查, duration: ~3", [("s.procedure", UNLISTED.format("技术审查"))]),
        ("kind: special, procedure: 技术审查, counted: false, duration: ~3",
         [("s.procedure", UNLISTED.format("技术审查"))]),
        (f"at: bureau, {LIMIT}, special: [{{procedure: 听证, days: 5, source: guess}}, {{{VISIT}}}]",
         [("s.special.1.procedure", UNLISTED.format("现场核查"))]),
        (f"kind: special, procedure: 现场核查, basis: guess, duration: ~3, special: [{{{VISIT}}}]",
         [("s.special.0.procedure", UNLISTED.format("现场核查"))]),
        (f"kind: agency, duration: ~3, promise: {PROMISE}, automatic: {SYSTEM}",
         [("s.promise", "a step of kind agency decides nothing; take promise out"),
          ("s.automatic", "a step of kind agency decides nothing; take automatic out")]),
        (f"at: bureau, {LIMIT}, sits: {{weekdays: [mon], at: '24:00', source: guess}}",
         [("s.sits.at", "wanted a time of day HH:MM, found '24:00'")]),
        (f"at: bureau, {LIMIT}, sits: {{weekdays: [mon], at: '10:60', source: guess}}",
         [("s.sits.at", "wanted a time of day HH:MM, found '10:60'")]),
        (f"at: bureau, {LIMIT}, fields: {{total: 10, prefilled: 11, source: guess}}",
         [("s.fields.prefilled", "at most all 10 fields are filled in, found 11; mend one")]),
        (f"call: other, at: bureau, {LIMIT}, attend: 1, after: {{a: order}}",
         [(f"s.{key}", f"a call takes its {key} from the process it names; take it out")
          for key in ("at", "attend", "limit")]),
    ],
)  # fmt: skip
def test_what_is_just_not_allowed_is_told_where_it_stands(text: str, wrong: list[tuple[str, str]]) -> None:
    """One thing wrong is one finding, at its place."""
    assert findings(text) == wrong
