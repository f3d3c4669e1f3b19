"""What a target speaks of, in words that screen, page and charts share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sim.analysis.answers import Added, Effect, Further, Remedy, Unmoved
from sim.analysis.comparison import Comparison
from sim.analysis.standing import Standing, counts, standing_of
from sim.analysis.telling import Quiet
from sim.analysis.verdict import TargetResult, judge
from sim.records.units import PUBLISHED, Unit
from sim.reforms.register import REFORM_NAMES
from sim.report.filling import filled_in
from sim.report.messages import said
from sim.report.numbers import NOTHING, Written, beside, exact, fine, interval, number
from sim.report.plurals import agreeing
from sim.report.words import Lang, named, say
from sim.scenario.target import Target, Wanted
from sim.spec.place import Place

LISTED = 4
"""Steps of a reform that are named one by one; of more it is told how many."""


def with_unit(lang: Lang, text: str, unit: Unit) -> str:
    """A number with what it counts; a share says it itself."""
    return say(lang, "counted", n=text, unit=agreeing(text, named(lang, unit.counted))) if unit.counted else text


def statistic_words(lang: Lang, target: Target) -> str:
    """The statistic of a target, with its limit where it has one."""
    unit = target.measure_record.unit
    limit = "" if target.limit is None else with_unit(lang, exact(target.limit, unit.id), unit)
    return filled_in(named(lang, target.statistic_record.name), limit=limit)


def bound_words(lang: Lang, target: Target) -> str:
    """The bound of a target with its sign and unit."""
    wanted, unit = target.wanted, target.value_unit
    signed = f"{wanted.direction.sign}\u00a0{value_words(lang, wanted, unit)}"
    counted = agreeing(exact(wanted.bound, unit.id), named(lang, unit.counted)) if unit.counted else ""
    return say(lang, "counted", n=signed, unit=counted) if counted else signed


def value_words(lang: Lang, wanted: Wanted, unit: Unit) -> str:
    """The value that a target wants, with its tolerance where it has one; percentage points where that is of shares."""
    value = exact(wanted.bound, unit.id)
    if not wanted.tolerance:
        return value
    if unit.counted:
        return f"{value}\u00a0±\u00a0{exact(wanted.tolerance, unit.id)}"
    return f"{value}\u00a0±\u00a0{exact(wanted.tolerance * 100, '')} {say(lang, 'points')}"


def published_words(lang: Lang, comparison: Comparison, target: Target) -> str:
    """How a figure was published that is held against days in another unit; "" for one that was published in days."""
    how = comparison.prepared.converted.get(target.id)
    if how is None:
        return ""
    bound = exact(next(value for field, value in how.values.items() if field != "published_before"), "")
    value = f"{target.direction.sign}\u00a0{bound}\u00a0{agreeing(bound, named(lang, PUBLISHED[how.unit].name))}"
    return say(lang, "published_as", value=value, hours=exact(round(how.hours, 4), ""))


def judged_words(lang: Lang, result: TargetResult) -> str:
    """The wider interval that left a verdict open, where the one of 95 % does not show why; else nothing."""
    if result.verdict != "undecided" or judge(result.target, result.estimate) == "undecided":
        return ""
    written = interval(result.judged_on, result.target.value_unit.id, beside(result.target.meets, fine))
    return say(lang, "left_open", level=exact(round(result.judged_on.level, 4), "share"), interval=written)


def reading_words(lang: Lang, result: TargetResult) -> str:
    """What a figure comes to when it is read in the other way, and where that differs; nothing where it has one way."""
    reading, target = result.reading, result.target
    if reading is None:
        return ""
    unit, written = target.value_unit, beside(target.meets, fine)
    value = with_unit(lang, written(reading.estimate.mean, unit.id), unit)
    spread = interval(reading.estimate, unit.id, written)
    told = value if spread == NOTHING else f"{value} {spread}"
    said = [say(lang, "reading", measure=named(lang, reading.measure.name), value=told)]
    if reading.verdict != result.verdict:
        said.append(say(lang, "reading_verdict", verdict=named(lang, standing_of(reading.verdict, None).words)))
    if result.readings_differ:
        said.append(say(lang, "readings_differ"))
    return say(lang, "list_then").join(said)


def what_would_meet(lang: Lang, comparison: Comparison, result: TargetResult, remedy: Remedy) -> str:
    """What would meet a missed target, in a sentence: further reforms and officers, else shorter limits."""
    variant = next(v for v in comparison.prepared.variants if v.id == result.target.variant)
    steps = variant.flows[result.process][0].process.steps

    def called(step: str) -> str:
        return say(lang, "quoted", text=named(lang, steps[step].name) if step in steps else step)

    said = _further(lang, comparison, variant.place, remedy, called)
    if remedy.limited and not remedy.enough:
        said += _shorter_limits(lang, remedy, called)
    sure = say(lang, "remedy_sure", n=remedy.futures) if remedy.futures else ""
    return say(lang, "list_then").join(said) + sure


def _shorter_limits(lang: Lang, remedy: Remedy, called: Callable[[str], str]) -> list[str]:
    if remedy.together is None:
        return [say(lang, "remedy_not_sensible")]
    said = [say(lang, "remedy_all", share=number(remedy.together, "share"))]
    for step, (now, then) in remedy.alone.items():
        said.append(say(lang, "remedy_alone", step=called(step), now=exact(now, ""), then=exact(then, "")))
    return said


def _further(
    lang: Lang, comparison: Comparison, place: Place, remedy: Remedy, called: Callable[[str], str]
) -> list[str]:
    """The sets of reforms and officers that would do, or that all that was tried would not."""

    def office(department: str) -> str:
        name = place.departments[department].name
        return named(lang, name) if name else department

    def told(added: Added) -> str:
        reforms = [_reform_words(lang, comparison, further, called) for further in added.reforms]
        more = [say(lang, "further_officers", department=office(d), n=n) for d, n in added.officers.items()]
        return say(lang, "list_and").join([*reforms, *more])

    if remedy.enough:
        return [say(lang, "further", sets=say(lang, "list_or").join(dict.fromkeys(map(told, remedy.enough))))]
    reforms = [_reform_words(lang, comparison, further, called) for further in remedy.tried]
    listed = say(lang, "list_and").join(dict.fromkeys(reforms))
    said = [say(lang, "further_tried", reforms=listed) if reforms else say(lang, "further_none")]
    if remedy.officers:
        departments = say(lang, "list_and").join(map(office, remedy.officers))
        said.append(say(lang, "further_staff_tried", departments=departments, n=remedy.more))
    return said


def _reform_words(lang: Lang, comparison: Comparison, further: Further, called: Callable[[str], str]) -> str:
    name, few = named(lang, REFORM_NAMES[further.reform]), len(further.steps) <= LISTED
    steps = say(lang, "list_and").join(map(called, further.steps))
    listed = steps if few else say(lang, "so_many_steps", n=len(further.steps))
    by_id = {v.id: v for v in comparison.prepared.variants}
    origin = say(lang, "as_in", variant=named(lang, by_id[further.variant].name)) if further.variant else ""
    return say(lang, "in_brackets", text=name, inner=origin or listed) if origin or listed else name


def end_words(lang: Lang, target: Target, effect: Effect, end: int, written: Written) -> str:
    """What a target's estimate would be at an end of a range, 0 or 1, and what it would ask for where that moves."""
    unit, value = target.value_unit.id, (effect.low, effect.high)[end]
    text = written(value, unit)
    if effect.bounds is None:
        return text
    return say(
        lang, "in_brackets", text=text, inner=f"{target.direction.sign} {exact(round(effect.bounds[end], 4), unit)}"
    )


def unmoved_words(lang: Lang, unmoved: Unmoved) -> str:
    """Why an assumption, or an end of it, was not moved."""
    return say(lang, f"unmoved_{unmoved.reason}", told=said(unmoved.told, lang))


def tally_words(lang: Lang, told: Iterable[tuple[Standing, Quiet | None]], shown: Callable[[Standing], str]) -> str:
    """How many verdicts tell something, by standing, and how many do not; `shown` gives the words of a standing."""
    found = list(told)
    telling = counts(standing for standing, quiet in found if quiet is None)
    listed = say(lang, "list_and").join(say(lang, "tally_of", n=n, standing=shown(x)) for x, n in telling.items())
    said = [say(lang, "telling", n=sum(telling.values()), counts=listed or "0")]
    if others := len(found) - sum(telling.values()):
        said.append(say(lang, "quiet_others", n=others))
    return say(lang, "list_then").join(said)


def befores_words(lang: Lang, inside: Sequence[bool]) -> str:
    """How many of the figures published for the state before the model finds again."""
    return say(lang, "befores", n=len(inside), inside=sum(inside))
