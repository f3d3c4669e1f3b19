"""Checks of one step by itself: how long it takes, what stops the clock, what it may decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.spec.durations import OFFICE_DAY, Duration
from sim.spec.findings import Finding
from sim.spec.forms import submits
from sim.spec.kinds import KINDS
from sim.spec.limit import Limit
from sim.spec.procedures import listed
from sim.spec.step import Step
from sim.text.document import KeyPath

_CLOSE = 1e-9


def step_findings(path: KeyPath, step: Step) -> Iterator[Finding]:
    """Yield everything wrong with a step whose every key is right."""
    if step.call is not None:
        yield from _call(path, step)
        return
    for check in STEP_CHECKS:
        yield from check(path, step)


def _call(path: KeyPath, step: Step) -> Iterator[Finding]:
    given = {field for field, known in Step.model_fields.items() if getattr(step, field) != known.default}
    for field in sorted(given - {"name", "after", "when", "call"}):
        message = f"a call takes its {field} from the process it names; take it out"
        yield Finding((*path, field), message, key=True)


def _limits(path: KeyPath, step: Step) -> Iterator[Finding]:
    """Yield what is wrong with the limit of a step, of its classes of cases and of its later attempts."""
    yield from _limit((*path, "limit"), step.limit)
    for i, cases in enumerate(step.classes):
        if cases.limit.states_any:
            yield from _limit((*path, "classes", i, "limit"), cases.limit.over(step.limit))
    if step.fails and step.fails.again:
        yield from _limit((*path, "fails", "again"), step.fails.again.over(step.limit))


def _limit(path: KeyPath, limit: Limit) -> Iterator[Finding]:
    statutory, committed, extended = limit.statutory, limit.committed, limit.extended
    given = {"statutory": statutory, "committed": committed, "extended": extended}
    vague = [field for field, limit in given.items() if limit and not isinstance(limit.amount, int | float)]
    for field in vague:
        yield Finding((*path, field), "a limit is one number, found a distribution; write the number")
    if statutory and committed and not vague and _length(committed) > _length(statutory) + _CLOSE:
        found = f"found {_said(committed)} against {_said(statutory)}"
        message = f"a committed limit is at most the statutory one, {found}; mend one of them"
        yield Finding((*path, "committed"), message)
    if extended and limit.effective is None:
        yield Finding((*path, "extended"), "an extension lengthens a limit; write statutory or committed beside it")
    if extended and limit.effective and extended.in_calendar_time != limit.effective.in_calendar_time:
        message = f"an extension runs in the days of its limit, found {extended.unit} after {limit.effective.unit}"
        yield Finding((*path, "extended"), f"{message}; write both in one unit")


def _length(limit: Duration) -> float:
    return limit.mean_working_days(OFFICE_DAY)


def _said(limit: Duration) -> str:
    return f"{limit.amount:g} {limit.unit}"


def _office(path: KeyPath, step: Step) -> Iterator[Finding]:
    """Yield what an office's step lacks."""
    if not step.official:
        return
    if step.at is None:
        yield Finding(path, f"a department handles a step of kind {step.kind}; add at", key=True)
    if not (step.limit.effective or step.work or step.circulation or step.duration):
        message = f"nothing says how long a step of kind {step.kind} takes; add limit, or work or circulation"
        yield Finding(path, message, key=True)
    if step.duration:
        message = f"a step of kind {step.kind} has no duration; write limit, or work and circulation"
        yield Finding((*path, "duration"), message, key=True)


def _classes(path: KeyPath, step: Step) -> Iterator[Finding]:
    """Yield the classes of cases that change nothing, or what the step has not, or for which no case is left."""
    for i, cases in enumerate(step.classes):
        place = (*path, "classes", i)
        if not (cases.limit.states_any or cases.work):
            yield Finding(place, "a class has a limit or work of its own; add limit or work, or take it out", key=True)
        if cases.limit.states_any and step.limit.effective is None:
            message = "a class changes the limit of its step, which has none; write that of all other cases as limit"
            yield Finding((*place, "limit"), message, key=True)
        if cases.work and step.at is None:
            yield Finding((*place, "work"), "officers of a department work on a case; add at to the step", key=True)
        first = next((j for j, other in enumerate(step.classes[:i]) if other.when == cases.when), None)
        if first is not None:
            message = f"classes[{first}] has all these cases already; say other cases, or take one of the two out"
            yield Finding((*place, "when"), message)


def _rework(path: KeyPath, step: Step) -> Iterator[Finding]:
    """Yield what a rework that happens at most so often leaves open."""
    if step.fails is None or (step.fails.at_most is None) == (step.fails.then is None):
        return
    if step.fails.then is None:
        message = "nothing says what becomes of a case that fails once more; add then, refused or granted"
        yield Finding((*path, "fails", "at_most"), message, key=True)
    else:
        message = "a case that may fail without end is never at its last failure; add at_most, or take then out"
        yield Finding((*path, "fails", "then"), message, key=True)


def _opinions(path: KeyPath, step: Step) -> Iterator[Finding]:
    """Yield the opinions that nobody asks for, that have no end, or that one department gives twice."""
    for i, opinion in enumerate(step.opinions):
        place = (*path, "opinions", i)
        yield from _limit((*place, "limit"), opinion.limit)
        if not step.official:
            yield Finding(place, f"a step of kind {step.kind} reviews nothing; take opinions out", key=True)
        if not (opinion.limit.effective or opinion.work):
            yield Finding(place, f"nothing says how long {opinion.at} takes; add limit, or work", key=True)
        if opinion.tacit and opinion.limit.effective is None:
            yield Finding((*place, "tacit"), "silence lasts until a limit ends; add limit", key=True)
        asked = [(other.at, other.when) for other in step.opinions[:i]]
        if (opinion.at, opinion.when) in asked:
            message = f"opinions[{asked.index((opinion.at, opinion.when))}] asks {opinion.at} already; take one out"
            yield Finding((*place, "at"), message)


def _tacit(path: KeyPath, step: Step) -> Iterator[Finding]:
    """Yield what does not go with a decision by silence."""
    if step.tacit is None:
        return
    place = (*path, "tacit")
    if not step.official:
        yield Finding(place, f"a step of kind {step.kind} decides nothing; take tacit out", key=True)
    elif step.limit.effective is None:
        yield Finding(place, "silence lasts until a limit ends; add limit", key=True)
    if step.special:
        message = "a special procedure stops the clock that silence runs by; make it a step of its own"
        yield Finding((*path, "special"), message, key=True)
    if step.deferral:
        message = "papers that are still to come are not granted by silence; take deferral or tacit out"
        yield Finding((*path, "deferral"), message, key=True)


def _outside(path: KeyPath, step: Step) -> Iterator[Finding]:
    """Yield what a step outside the offices lacks, or has from them without being there."""
    if step.official:
        return
    if not (step.duration or step.work):  # a limit alone binds, but says nothing of the time that is taken
        message = f"nothing says how long a step of kind {step.kind} takes; add duration, or work and at"
        yield Finding(path, message, key=True)
    for field, given in (("limit", step.limit.effective), ("work", step.work)):
        if given and step.at is None:
            message = f"a step of kind {step.kind} has {field} only in a department; add at, or write duration"
            yield Finding((*path, field), message, key=True)


def _count(path: KeyPath, step: Step) -> Iterator[Finding]:
    kind = KINDS[step.kind]
    if kind.counted and not step.is_counted and step.basis is None:
        message = f"a step of kind {step.kind} counts; to leave it out, name the law that lets it as basis"
        yield Finding((*path, "counted"), message)
    if kind.procedure and step.procedure is None:
        yield Finding(path, f"a step of kind {step.kind} is a special procedure; add procedure", key=True)
    if not kind.procedure and step.procedure:
        meant = " or ".join(k.id for k in KINDS.values() if k.procedure)
        message = f"a step of kind {step.kind} is no special procedure; write kind: {meant}"
        yield Finding((*path, "procedure"), message, key=True)


def _procedures(path: KeyPath, step: Step) -> Iterator[Finding]:
    inner = [((*path, "special", i), s.procedure, s.basis) for i, s in enumerate(step.special)]
    own = [] if step.counted else [(path, step.procedure, step.basis)]
    for place, procedure, basis in [*own, *inner]:
        if procedure and not listed(procedure) and basis is None:
            message = f"{procedure} is not on the statute's list of what stops the clock; name what lets it as basis"
            yield Finding((*place, "procedure"), message)


def _decisions(path: KeyPath, step: Step) -> Iterator[Finding]:
    for field in ("promise", "automatic"):
        if getattr(step, field) and not step.official:
            yield Finding((*path, field), f"a step of kind {step.kind} decides nothing; take {field} out", key=True)
    if step.promise and step.promise_excluded and step.promise.law is None:
        remedy = "name the statute that allows it as law, or take promise out"
        message = f"告知承诺 is excluded here: {step.promise_excluded}; {remedy}"
        yield Finding((*path, "promise"), message, key=True)


def _corrections(path: KeyPath, step: Step) -> Iterator[Finding]:
    if step.correct_within and not submits(step):
        message = "nothing is handed in here that could be put right; add needs, or take correct_within out"
        yield Finding((*path, "correct_within"), message, key=True)


def _sitting(path: KeyPath, step: Step) -> Iterator[Finding]:
    if (sits := step.sits) is None:
        return
    if bool(sits.weekdays) == bool(sits.dates):
        found = "both" if sits.dates else "neither"
        message = f"a panel sits on weekdays or on dates of the month, found {found}; name one"
        yield Finding((*path, "sits"), message, key=True)
    if sits.of_month and not sits.weekdays:
        message = "only weekdays are the first or the third of a month; name weekdays, or take of_month out"
        yield Finding((*path, "sits", "of_month"), message, key=True)
    if sits.at >= "24:00" or sits.at[3:] > "59":
        yield Finding((*path, "sits", "at"), f"wanted a time of day HH:MM, found {sits.at!r}")


def _form(path: KeyPath, step: Step) -> Iterator[Finding]:
    if step.fields and step.fields.prefilled > step.fields.total:
        message = f"at most all {step.fields.total} fields are filled in, found {step.fields.prefilled}; mend one"
        yield Finding((*path, "fields", "prefilled"), message)


STEP_CHECKS: tuple[Callable[[KeyPath, Step], Iterator[Finding]], ...] = (
    _limits,
    _classes,
    _rework,
    _opinions,
    _tacit,
    _office,
    _outside,
    _count,
    _procedures,
    _decisions,
    _corrections,
    _sitting,
    _form,
)
"""Every check of a step; a new one is one function above and its name here."""
