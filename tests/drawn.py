"""Small services made at random, with everything that the language has: for what must hold of any spec."""

from __future__ import annotations

from random import Random

from sim.core.errors import SpecError
from sim.scenario.prepared import Prepared

from .mechanisms import ACTING, BOTH, CLOSED, DEFER, FRIDAYS, MIX, NIGHTS, ONE, PROMISE, RULE, SEASONS, SHIFTS
from .services import PLACE, reformed, staffed

OTHERS = "other_file: {hours: {exponential: 3}, source: guess}\n"
BUSY = staffed("officers", "inspectors", count=3).replace("count: 3,", "count: 3, other: {share: 0.5, source: guess},")
PLACES = (
    PLACE, BOTH, CLOSED, FRIDAYS, SEASONS, SHIFTS, ACTING, BUSY, BUSY, staffed("officers", "window"),
    staffed("officers", "inspectors", count=2),
    BOTH.replace("count: 1,", "count: 1, other: {share: 0.4, source: guess},"),
)  # fmt: skip
REFORMS = (
    ONE, DEFER, DEFER.replace("~5", "~20h"), DEFER.replace("~5", "~4c"), PROMISE,
    PROMISE[:-1] + ", false: 0.2, breach: 0.4, rectify: ~1, rectified: 0.5}",
    "{reform: 秒批, steps: [a], share: 0.5, minutes: {uniform: [5, 300]}}",
    "{reform: 绿色通道, when: {large: true}}", "{reform: 绿色通道, when: {kind: new}}",
    "{reform: 一窗受理, steps: [a, b], form: joint}", "{reform: 限时办结, compression: 0.5}",
    "{reform: 取消, steps: [b], unless: {large: true}}", "{reform: 分级分类, attribute: large, share: 0.1}",
    "{reform: 超时默认, steps: [a]}",
    "{reform: 联合踏勘, steps: [a, b], into: visit, name: {zh: 联合踏勘, en: Joint visit}}",
    "{reform: 帮办代办, factor: 0.5}", "{reform: 数据共享, materials: [licence, permit], fallback: 0.4}",
)  # fmt: skip
DEMANDS = ("every_minutes: 701", "every_minutes: {exponential: 150}", "every_minutes: 60", "per_year: 3000")
LINE = ",\n      "
"""Between the parts of a step: what is on the line of its name says where it is."""
LENGTHS = ("~0.5", "~1", "~2", "~3.5", "~7", "~3h", "~9h", "~1c", "~4.5c", "~0")


def drawn(seed: int) -> Prepared | None:
    """A service before and after one to three reforms; None where a reform does not fit what came out."""
    rng = Random(seed)
    steps = "\n".join(_step(rng, n) for n in range(rng.randint(2, 6)))
    place, night = rng.choice(PLACES), rng.random() < 0.3
    practice = (NIGHTS if night else RULE) + (OTHERS if "other:" in place else "")
    if rng.random() < 0.3:
        practice = practice.replace("check: {minutes: 20", "check: {minutes: {uniform: [20, 2000]}")
    try:
        return reformed(
            steps, *rng.sample(REFORMS, rng.randint(1, 3)), cases=rng.choice((5, 20, 60)), place=place,
            demand=rng.choice(DEMANDS), practice=practice, attributes=MIX,
            start=rng.choice(("2024-03-04", "2024-04-26", "2024-09-28")),
        )  # fmt: skip
    except SpecError:
        return None


def _step(rng: Random, n: int) -> str:
    """One step, after some of those before it."""
    earlier = [u for u in "abcdef"[:n] if rng.random() < 0.5]
    parts = [f"after: {{{', '.join(f'{u}: order' for u in earlier)}}}", *_time(rng, first=not n)]
    if rng.random() < 0.3:
        parts.append(f"when: {{{rng.choice(('large: true', 'kind: new', 'area: {at_least: 30}'))}}}")
    if rng.random() < 0.4:
        correction = rng.choice(("", "correction: ~1, ", "correction: ~2c, "))
        redo = rng.choice(["abcdef"[n], *earlier])
        last = rng.choice(("", "", "at_most: 1, then: granted, ", "at_most: 2, then: refused, "))
        parts.append(f"fails: {{rate: {rng.choice((0.2, 0.5))}, redo: {redo}, {correction}{last}source: guess}}")
    if rng.random() < 0.15:
        parts.append("refused: {share: 0.2, source: guess}")
    if earlier and rng.random() < 0.25:
        lag = rng.choice(("~3", "~30h", "{days: 2.5, since: start, source: guess}"))
        parts.append(f"lag: {{{rng.choice(earlier)}: {lag}}}")
    return f"  {'abcdef'[n]}: {{{LINE.join(parts)}}}"


def _time(rng: Random, first: bool) -> list[str]:
    """What a step takes: that of an office mostly, and of the first one, else a notice or works."""
    if not first and rng.random() < 0.2:
        return [f"kind: {rng.choice(('notice', 'construction', 'applicant'))}", f"duration: {rng.choice(LENGTHS)}"]
    parts = [f"limit: {{statutory: {rng.choice(LENGTHS)}}}"]
    if first or rng.random() < 0.6:
        papers = rng.sample(("form", "map", "licence", "permit"), rng.randint(1, 4))
        parts.append(f"needs: [{', '.join(papers)}, plan]")
        if rng.random() < 0.3:
            parts.append(f"correct_within: {rng.choice(('~1', '~3', '~9c', '~33h'))}")
    if rng.random() < 0.6:
        by = rng.choice(("", "by: inspectors, ", "by: inspectors, staff: 2, "))
        with_them = "hall, by: window" if by else "bureau, by: inspectors"
        along = rng.choice(("", "", f"along: [{{at: {with_them}}}], "))
        parts.append(f"work: {{hours: {rng.choice(('0', '2', '{uniform: [0, 9]}'))}, {by}{along}source: guess}}")
    if rng.random() < 0.25:
        work = rng.choice(("", "work: {hours: 9, source: guess}, ", "work: {hours: 7, by: window, source: guess}, "))
        tacit = rng.choice(("", "tacit: {source: act}, "))
        parts.append(f"opinions: [{{at: hall, {work}{tacit}limit: {{statutory: {rng.choice(LENGTHS[:6])}}}}}]")
    if rng.random() < 0.2:
        parts.append(f"circulation: {rng.choice(LENGTHS[:-1])}")
    if rng.random() < 0.3:
        parts.append("special: [{procedure: 检测, calendar_days: {uniform: [0, 3]}, source: guess}]")
    if rng.random() < 0.25:
        at_most = rng.choice(("", "at_most: 2, ", "notice: {days: 2}, "))
        parts.append(f"sits: {{weekdays: [tue, fri], at: '10:00', {at_most}source: guess}}")
    return parts
