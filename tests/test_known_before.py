"""What can be known from the files is told before anything is played: in its file, in its line, with what to do."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from sim.scenario.validation import faults_and_notes

from .bare import AFTER, FILES, HEAD, QUESTION, STEP_A, STEP_B, bare_library

P, Q = "processes/g/p.yaml", "scenarios/q.yaml"
INNER = HEAD.replace("id: p", "id: inner") + "steps:\n"
X = "  x: {name: {zh: 丙, en: X}, at: bureau, limit: {statutory: {days: 5, source: act}}%s}\n"
CALL = "  c: {name: {zh: 叫, en: C}, call: inner%s}\n"
WORKS = "  w: {name: {zh: 工, en: W}, kind: construction, after: {b: nature}, duration: {%s, source: guess}}\n"
BOTH = "steps:\n" + STEP_A + STEP_B


def process(*steps: str, head: str = HEAD) -> dict[str, str]:
    """The process with some steps besides a and b."""
    return {P: head + BOTH + "".join(steps)}


def calling(inner: str, *steps: str, when: str = "") -> dict[str, str]:
    """The process with a call to another, and some steps besides."""
    return {"processes/g/inner.yaml": INNER + inner, **process(CALL % when, *steps)}


def numbered(name: str, calls: int, below: str) -> str:
    """A process that calls another some times."""
    steps = "".join(f"  c{i}: {{name: {{zh: 叫, en: C}}, call: {below}}}\n" for i in range(calls))
    return HEAD.replace("id: p", f"id: {name}") + "steps:\n" + steps


def nested(depth: int, width: int) -> dict[str, str]:
    """Processes that each call the next so many times, the last one the process with two steps."""
    names = [f"n{i}" for i in range(depth)] + ["p"]
    return {f"processes/g/{n}.yaml": numbered(n, width, m) for n, m in pairwise(names)}


def replaced(file: str, old: str, new: str) -> dict[str, str]:
    """A file of the library with a text in it that is another."""
    assert old in FILES[file]
    return {file: FILES[file].replace(old, new)}


def reforms(*written: str) -> dict[str, str]:
    """The scenario with these reforms instead of its own."""
    listed = "\n      - ".join(written)
    own = "{reform: 并联审批, steps: [a, b], source: act}"
    return {Q: QUESTION + AFTER.replace(own, listed)}


CIRCLES = {
    "in two forms": (
        process(
            X.replace("  x:", "  a1:") % ", needs: [form], form: f",
            X.replace("  x:", "  b1:") % ", needs: [form], form: g, after: {a1: order}",
            X.replace("  x:", "  b2:") % ", needs: [form], form: g",
            X.replace("  x:", "  a2:") % ", needs: [form], form: f, after: {b2: order}",
        ),
        f"{P}:9: steps.a1: the steps wait for one another in a circle: a1 → form g → b2 → form f → a1; "
        "take one of these edges out, or give its steps other forms",
    ),
    "in two windows of reforms": (
        {
            P: HEAD + "steps:\n" + STEP_A + STEP_B.replace("after:", "needs: [form], after:")
            + X.replace("  x:", "  b2:") % ", needs: [form]"
            + X.replace("  x:", "  a2:") % ", needs: [form], after: {b2: order}",
            **reforms("{reform: 一窗受理, steps: [a, a2], form: f, source: act}",
                      "{reform: 一窗受理, steps: [b, b2], form: g, source: act}"),
        },
        f"{Q}:13: variants.after.reforms[1]: the steps would wait for one another in a circle: "
        "a → form g → b2 → form f → a",
    ),
    "through a call": (
        calling(X % ", needs: [permit]", X.replace("  x:", "  d:") % ", after: {c: order}, yields: [permit]"),
        f"{P}:9: steps.c.call: with its steps here, steps.c__x: the steps wait for one another in a circle: "
        "c__x → d → c__x; take one of these edges out",
    ),
}  # fmt: skip
CALLS = {
    "a condition that none could meet": (
        calling(X % ", when: {flag: true}", when=", when: {flag: false}"),
        f"{P}:9: steps.c.when.flag: x asks for another flag itself; say the cases of one of them otherwise",
    ),
    "a product that there is already": (
        calling(X % ", yields: [permit]", X.replace("  x:", "  d:") % ", yields: [permit]"),
        f"{P}:10: steps.d.yields[0]: c__x yields permit already; let one step yield it",
    ),
    "a step of that name": (
        calling(X % "", X.replace("  x:", "  c__x:") % ""),
        f"{P}:10: steps.c__x: the call c brings a step c__x too; choose another id",
    ),
    "a way back to several beginnings": (
        calling(X % "" + X.replace("  x:", "  y:") % "",
                X.replace("  x:", "  d:") % ", after: {c: order}, fails: {rate: 0.1, redo: c, source: guess}"),
        f"{P}:10: steps.d.fails.redo: c begins with several steps, x, y; name a step before it, or d",
    ),
    "what is said of all cases": (
        {"processes/g/inner.yaml": INNER.replace("attributes:", "one_time_notice: true\nattributes:") + X % "",
         **process(CALL % "")},
        f"{P}:9: steps.c.call: one_time_notice of inner would not hold here; write it in p as well, or in neither",
    ),
    "an attribute of two kinds": (
        {"processes/g/one.yaml": INNER.replace("inner", "one").replace("flag:", "size:") + X % "",
         "processes/g/two.yaml": INNER.replace("inner", "two").replace("flag: {share: 0.5", "size: {share: 0.2")
         + X % "",
         **process((CALL % "").replace("inner", "one"), (CALL % "").replace("inner", "two").replace("  c:", "  d:"))},
        f"{P}:10: steps.d.call: c and d know size differently; say under attributes here which holds",
    ),
    "a condition on another kind of attribute": (
        calling(X % ", when: {flag: true}") | {
            P: HEAD.replace("{share: 0.5", "{number: 5") + BOTH + CALL % ""},
        f"{P}:9: steps.c.call: with its steps here, steps.c__x.when.flag: flag is a number, found true; "
        "write bounds, at_least or below",
    ),
    "more steps than can be held": (
        nested(7, 3),
        "processes/g/n0.yaml:7: steps.c0.call: a process has at most 2,000 steps, found 4,374 with those of the calls; "
        "call less",
    ),
    "too many inside one another": (
        nested(21, 1),
        "processes/g/n0.yaml:7: steps.c0.call: 21 calls stand inside one another, at most 20; call less",
    ),
}  # fmt: skip
TIMES = {
    "days beyond every calendar": (
        process(WORKS % "calendar_days: 3000000"),
        f"{P}:9: steps.w.duration: a time is at most 20 years, found 3e+06 calendar_days; write a shorter one",
    ),
    "working days": (
        process(WORKS % "days: 5230"),
        f"{P}:9: steps.w.duration: a time is at most 20 years, found 5230 days; write a shorter one",
    ),
    "days beyond 64 bits": (
        process(WORKS % "calendar_days: 1.0e15"),
        f"{P}:9: steps.w.duration: a time is at most 20 years, found 1e+15 calendar_days; write a shorter one",
    ),
    "a long tail": (
        process(WORKS % "calendar_days: {lognormal: [300, 3000]}"),
        f"{P}:9: steps.w.duration: a time is at most 20 years, found one of ten thousand longer than 239379 "
        "calendar_days; write a shorter one",
    ),
    "a tail without end": (
        process(WORKS % "days: {lognormal: [1, 1000]}"),
        f"{P}:9: steps.w.duration.days: the 90 % quantile is at most 100 times the median, found 1000 and 1",
    ),
    "a number that is none": (
        replaced(Q, "at_most: 12", "at_most: 1.0e+300"),
        f"{Q}:14: targets[0].at_most: a number is 0, or from 1e-09 to 1e+12 in size, found 1e+300; mend it",
    ),
    "a number that is nothing": (
        replaced("processes/places/town.yaml", "0.8", "0.0000000001"),
        "processes/places/town.yaml:6: departments.bureau.staff.officers[0].utilisation: wanted a number of at least "
        "0.001 and below 1, found 1e-10",
    ),
    "a factor": (
        replaced("processes/practice.yaml", "overrun: {factor: 1", "overrun: {factor: 101"),
        "processes/practice.yaml:4: overrun: a factor is at most 100, found 101; write a lower one",
    ),
    "cases that never come": (
        replaced(Q, "per_year: 200, cases: 5", "every_minutes: 10000000, cases: 5"),
        f"{Q}:6: demand.p.every_minutes: a time is at most 20 years, found 1e+07 minutes; write a shorter one",
    ),
    "cases all at once": (
        replaced(Q, "per_year: 200, cases: 5", "every_minutes: 0.0001, cases: 5"),
        f"{Q}:6: demand.p: at most 1e+09 cases come in a year, found 5.256e+09; let more minutes pass",
    ),
    "cases that come a thousandth as fast": (
        {Q: QUESTION.replace("cases: 5", "cases: 20")
         + "  after: {name: {zh: 后, en: After}, demand: {p: 0.001}, source: guess}\n"},
        f"{Q}:6: demand.p.cases: 20 cases take 100 years to come, and the calendar ends 2060-12-31; ask for fewer",
    ),
    "more cases than memory": (
        replaced(Q, "cases: 5", "cases: 1000000"),
        f"{Q}:6: demand.p.cases: wanted a whole number from 1 to 100000, found 1000000",
    ),
    "a path beyond the calendar": (
        process(WORKS % "calendar_days: 5000") | replaced(Q, "2024-03-04", "2048-03-04"),
        f"{Q}:4: start: the calendar ends 2060-12-31, and a case lasts longer; start earlier",
    ),
    "offices that never open": (
        {"processes/places/town.yaml": FILES["processes/places/town.yaml"].replace(
            "departments:", '  late: {periods: ["18:00-20:00"], days: [sun], source: guess}\ndepartments:'),
         "scenarios/calendars/plain.yaml": "sources:\n  x: {kind: assumption, why: made up, range: [0, 1]}\nyears:\n"
         "  '2030': {source: x}\n",
         Q: FILES[Q].replace("start: 2024-03-04", "start: 2030-01-01\ncalendar: calendars/plain.yaml")},
        f"{Q}:4: start: the late hours of town do not come once before 2031-01-01; mend the place, or the calendar",
    ),
}  # fmt: skip
ROUNDS = {
    "a paper that is never complete": (
        replaced("processes/materials.yaml", "en: Form}, issuer: applicant",
                 "en: Form}, issuer: applicant, deficiency: {share: 0.99999, source: guess}"),
        "processes/materials.yaml:2: materials.form.deficiency.share: wanted a number from 0 to 0.95, found 0.99999",
    ),
    "rounds of rounds": (
        process(*(X.replace("  x:", f"  r{i}:") % f", after: {{{'b' if i == 0 else f'r{i - 1}'}: order}}, "
                  "fails: {rate: 0.9, redo: a, source: guess}" for i in range(3))),
        f"{P}:7: steps.a: failing steps send a case back at most 100 times, found 1,000 times through a on average; "
        "lower a rate, or redo less",
    ),
}  # fmt: skip
BOOK = "processes/amendments.yaml"
OLD = "sources:\n  old: {kind: law, title: 法, article: 第二条, valid_from: 2020-01-01}\n"
AMENDED = OLD + "amendments:\n  - {reform: 并联审批, process: p, steps: [a, b], source: old}\n"
MEASURED = (
    "id: town\nsummary: made up\nsources:\n"
    "  log: {kind: statistic, title: 导出, date: 2025-01-01, section: 表一}\n"
    "processes: {p: {steps: {a: {pace: {factor: 0.5, source: log}}}}}\n"
)
REFORMS = {
    "nothing is left": (
        reforms("{reform: 取消, steps: [a, b], source: act}"),
        f"{Q}:12: variants.after.reforms[0]: the reform would leave steps: wanted `key: value` lines of at least one "
        "(each value a step), found no keys",
    ),
    "an amendment of a step that there is not": (
        {BOOK: OLD + "amendments:\n  - {reform: 并联审批, process: p, steps: [a, zzz], source: old}\n"},
        f"{BOOK}:4: amendments[0]: unknown step 'zzz'; known: a, b",
    ),
    "an amendment after a later one": (
        {BOOK: OLD + "  new: {kind: law, title: 法, article: 第三条, valid_from: 2021-01-01}\namendments:\n"
         "  - {reform: 并联审批, process: p, steps: [a, b], source: new}\n"
         "  - {reform: 限时办结, process: p, compression: 0.5, source: old}\n"},
        f"{BOOK}:6: amendments[1].source: old applies from 2020-01-01, and one above from 2021-01-01; put the oldest "
        "first",
    ),
    "an amendment of a place": (
        {BOOK: OLD + "amendments:\n  - {reform: 增员, process: p, department: bureau, count: 9, source: old}\n"},
        f"{BOOK}:4: amendments[0]: a national rule changes processes; leave staff and hours to scenarios",
    ),
}  # fmt: skip
ONCE = {
    "a process that cannot be read": (
        {P: FILES[P].replace("attributes:", "atributes:"), BOOK: AMENDED,
         "processes/g/two.yaml": numbered("two", 2, "p")},
        f"{P}:4: atributes: unknown key 'atributes', did you mean 'attributes'?",
    ),
    "a circle in a process that an amended one calls": (
        {**calling(X % ", after: {x: nature}"), BOOK: AMENDED},
        "processes/g/inner.yaml:7: steps.x: the steps wait for one another in a circle: x → x; take one of "
        "these edges out",
    ),
    "a circle in a process that a measured one calls": (
        {**calling(X % ", after: {x: nature}"), "processes/measured/town.yaml": MEASURED},
        "processes/g/inner.yaml:7: steps.x: the steps wait for one another in a circle: x → x; take one of "
        "these edges out",
    ),
}  # fmt: skip
TWO = ", work: {hours: 1, staff: 2, source: guess}"
ONE = replaced("processes/places/town.yaml", "utilisation: 0.8", "count: 1")
OFFICERS = {
    "two where one is": (
        process(X % TWO) | ONE,
        f"{P}:9: steps.x.work.staff: no group of officers of bureau has 2 who could work on one case at once, the "
        "largest has 1; raise its count, or ask for fewer",
    ),
    "two where one is left": (
        process(X % TWO) | replaced("processes/places/town.yaml", "utilisation: 0.8", "count: 2")
        | reforms("{reform: 减员, department: bureau, count: 1, source: act}"),
        f"{Q}:12: variants.after.reforms[0]: the reform would leave p.x with 2 officers to work on one case at once, "
        "and bureau without such a group",
    ),
    "two in this place": (
        process(X % TWO) | ONE | {"processes/places/city.yaml":
                                  FILES["processes/places/town.yaml"].replace("town", "city").replace("Town", "City")},
        f"{Q}:3: place: town has no such group at bureau, and p.x needs 2 officers at once; raise a count",
    ),
}  # fmt: skip
NOBODY = {
    "of no share": (
        {P: FILES[P].replace("share: 0.5", "share: 0")}
        | replaced(Q, "工作日, source: act", "工作日, source: act, scope: {when: {flag: true}}"),
        f"{Q}:14: targets[0].scope.when.flag: no case of variant after can have this flag; speak of cases that there "
        "are",
    ),
    "that go another way": (
        process(X % ", when: {flag: false}")
        | replaced(Q, "工作日, source: act", "工作日, source: act, scope: {when: {flag: true}, steps: [x]}"),
        f"{Q}:14: targets[0].scope.steps: no case of variant after that is in scope goes through any of them; "
        "mend the scope",
    ),
}  # fmt: skip
ALL = {
    f"{kind}: {name}": case
    for kind, cases in (
        ("circle", CIRCLES), ("call", CALLS), ("time", TIMES), ("rounds", ROUNDS), ("reform", REFORMS),
        ("officers", OFFICERS), ("nobody", NOBODY), ("once", ONCE),
    )
    for name, case in cases.items()
}  # fmt: skip


@pytest.mark.parametrize(("changed", "told"), ALL.values(), ids=ALL.keys())
def test_it_is_told_before_the_run_once_and_in_its_line(
    changed: dict[str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each kind one, the whole message, and nothing besides it."""
    monkeypatch.chdir(bare_library(tmp_path, changed))
    assert [str(fault) for fault in faults_and_notes(Path(), [])[0]] == [told]


def test_the_library_that_they_change_has_no_fault(tmp_path: Path) -> None:
    """Every fault above comes of the change."""
    assert faults_and_notes(bare_library(tmp_path, {}), [])[0] == []
