"""What a prepared scenario says of each case, for the plain interpreter: its luck, its order, its papers, its hours."""

from __future__ import annotations

from collections import Counter, namedtuple
from datetime import datetime, time
from types import SimpleNamespace as Record
from typing import Any

import numpy as np

from sim.core.draws import Draws
from sim.engine.population import Population
from sim.scenario.prepared import Prepared
from sim.spec.amounts import values

from .walked import DAY, Calendar

Part = namedtuple("Part", "step at work limit when classes again", defaults=((), None))
"""Officers' work of a file, as the spec has it before the reforms."""
Length = tuple[str | None, int]
"""How a time passes, and its seconds: in "office" hours, in working "days" of equal length, None for day and night."""


def waits(steps: dict[str, Any]) -> tuple[dict[str, set[str]], dict[str, list[str]]]:
    """Node → what is directly before it; and form → the steps that are handed in with it."""
    given = {material: s for s, step in steps.items() for material in step.yields}
    before = {s: {given[n.material] for n in x.needs if n.material in given} | {*x.after} for s, x in steps.items()}
    with_ = {s: [u for u, lag in x.lag.items() if lag.since == "start"] for s, x in steps.items()}
    before = {s: earlier.union(*(before[u] for u in with_[s])) for s, earlier in before.items()}
    forms: dict[str, list[str]] = {}
    for s, step in steps.items():
        if step.form and step.official and step.needs and not step.done_before:
            forms.setdefault(f"form:{step.form}", []).append(s)
    first = {form: [m for m in members if not above(before, m) & {*members}] for form, members in forms.items()}
    for form, members in first.items():
        before[form] = set().union(*(before[m] for m in members))
        before |= {m: {form} for m in members}
    return before, forms


def above(before: dict[str, set[str]], node: str) -> set[str]:
    """Whatever must be over before a node."""
    return before[node].union(*(above(before, u) for u in before[node]))


def hours_of_files(prepared: Prepared, variant: Any, process: str) -> dict[str, list[Part]]:
    """Step → the work of a file: that of the spec, wherever the reforms have it done."""
    steps, now = (v.flows[process][0].process.steps for v in (prepared.variants[0], variant))
    found = {s: hours_of_step(s, step) for s, step in steps.items()}
    for reform in prepared.scenario.variants[variant.id].reforms:
        if reform.reform in ("合并办理", "联合踏勘"):
            parts = [p._replace(when=p.when or steps[s].when) for s in found if s in reform.steps for p in found[s]]
            found[reform.into] = [visit(parts)] if reform.reform == "联合踏勘" else parts
        elif reform.reform == "备案制":
            found |= {s: [Part(s, steps[s].at, None, reform.committed, {})] for s in reform.steps}
        elif reform.reform == "下放":
            found |= {s: [p._replace(at=reform.at) for p in found[s]] for s in reform.steps}
    return {s: hours_of_step(s, step) for s, step in now.items()} | found


def visit(parts: list[Part]) -> Part:
    """Parts done at the same time: the longest, and everybody else along."""
    first = max(parts, key=lambda p: p.work.mean_working_days(8 * 3600))
    who: dict[tuple[str, str], int] = {}
    for p in parts:
        for at, role, staff in [(p.at, p.work.by, p.work.staff), *((c.at, c.by, c.staff) for c in p.work.along)]:
            who[at, role] = max(staff, who.get((at, role), 0))
    own = who.pop((first.at, first.work.by))
    along = tuple(Record(at=at, by=role, staff=staff) for (at, role), staff in who.items())
    return first._replace(work=first.work.model_copy(update={"staff": own, "along": along}))


def hours_of_step(s: str, step: Any) -> list[Part]:
    """The officers' work of a file in a step, as it is written."""
    usual, again = step.limit, step.fails and step.fails.again
    limit = bound(usual, usual) if step.official else None
    own = [(c.when, c.work, bound(c.limit, usual)) for c in step.classes]
    working = step.work or limit or any(work for _, work, _ in own)
    return [Part(s, step.at, step.work, limit, {}, own, again and bound(again, usual))] if working else []


def bound(own: Any, usual: Any) -> Any:
    """The limit to which an office works that has some limits of its own, or else the usual ones."""
    if own.committed or not own.statutory:
        return own.committed or usual.committed or usual.statutory
    days = [x.mean_working_days(8 * 3600) for x in (usual.committed, own.statutory) if x]
    return usual.committed if usual.committed and days[0] <= days[1] else own.statutory


class Told:
    """One variant of a scenario of one process; luck is drawn under what its step (or paper) and its purpose are."""

    def __init__(self, prepared: Prepared, number: int, draws: Draws) -> None:
        self.variant, self.practice = prepared.variants[number], prepared.practice
        self.materials, self.departments = prepared.catalogue.materials, self.variant.place.departments
        self.calendar = Calendar(prepared, self.variant.place.hours, self.departments)
        ((name, demand),) = prepared.scenario.demand.items()
        ways = self.variant.flows[name]
        listed = [datetime.fromisoformat(m) - datetime.combine(prepared.start, time()) for m in demand.arrivals or ()]
        count = demand.cases or len(listed)
        self.people = Population(ways[0].process, count, draws)
        self.cases, arrived = list[Record](), 0.0
        for i in range(count):
            case = Record(
                number=i, done=set(), running={}, tries=Counter(), since={}, ended="", granted=True, finished=-1
            )
            arrived += 0 if listed else self.value(demand.every_minutes, case, "arrival") * 60
            way = ways[sum(self.luck(case, "flow") >= top for top in np.cumsum([w.share for w in ways[:-1]]))]
            case.arrived, case.worked, case.process = round(arrived), 0, way.process
            if listed:
                case.arrived = int(listed[i].total_seconds())
            case.before, case.forms = waits(way.process.steps)
            case.hours = hours_of_files(prepared, self.variant if way is ways[0] else prepared.variants[0], name)
            case.urgent = bool(way.process.urgent) and self.holds(case, way.process.urgent)
            self.cases.append(case)

    def luck(self, case: Record, *key: Any) -> float:
        """One number in [0, 1)."""
        return float(self.people.uniform(*key)[case.number])

    def value(self, amount: Any, case: Record, *key: Any) -> float:
        """What luck makes of an amount."""
        return float(values(amount, np.array([self.luck(case, *key)]))[0])

    def length(self, time: Any, case: Record, *key: Any) -> Length:
        """How long luck makes a time."""
        unit = {"minutes": 60, "hours": 3600, "days": self.calendar.day, "calendar_days": DAY}[time.unit]
        seconds = round(self.value(time.amount, case, *key) * unit)
        return {"days": "days", "calendar_days": None}.get(time.unit, "office"), seconds

    def holds(self, case: Record, condition: Any) -> bool:
        """Whether all of a condition holds for a case."""
        return all(self.has(case, case.process.attributes[name], name, wanted) for name, wanted in condition.items())

    def has(self, case: Record, spec: Any, name: str, wanted: Any) -> bool:
        """Whether the attribute of a case is as wanted, or within bounds."""
        u = self.luck(case, "attribute", name)
        if spec.share is not None:
            return (u < spec.share) == wanted
        if spec.values is not None:
            low = sum(list(spec.values.values())[: list(spec.values).index(wanted)])
            return low <= u < low + spec.values[wanted]
        number = self.value(spec.number, case, "attribute", name)
        enough = wanted.at_least is None or number >= wanted.at_least
        return enough and (wanted.below is None or number < wanted.below)

    def papers(self, case: Record, node: str, members: list[str]) -> tuple[dict[str, str], dict[str, str]]:
        """What is handed in at once, and what may come later: each material once → the first step that asks for it."""
        steps, owners, now, asked = case.process.steps, dict[str, str](), set(), set()
        inside = {material for s in members for material in steps[s].yields}
        for s in members:
            own, late = steps[s].deferral, ()
            if own and self.luck(case, node, "deferral") < own.uptake and self.holds(case, own.when):
                late = own.materials
            for need in (n for n in steps[s].needs if n.material not in inside):
                owner = owners.setdefault(need.material, s)
                base = case.process.fetched.get(need.material)
                needed = self.holds(case, steps[s].when) and self.holds(case, need.when)
                if needed and not (base and self.luck(case, owner, need.material, "fetch") >= base.fallback):
                    asked.add(need.material)
                    now |= {need.material} - {*late}
        at_once, later = ({m: s for m, s in owners.items() if m in some} for some in (now, asked - now))
        return at_once, later

    def preparing(self, case: Record, papers: dict[str, str]) -> list[Length]:
        """The applicant's times to get papers ready."""
        specs = {m: self.materials[m] for m in papers}
        times = {m: spec.prepare or getattr(self.practice.prepare, spec.issuer) for m, spec in specs.items()}
        return [self.length(time, case, papers[m], m, "prepare") for m, time in times.items()]

    def rounds(self, case: Record, papers: dict[str, str]) -> int:
        """How often papers go back: each as often as it is deficient in a row, together where all is told at once."""
        times, helped = [0], case.process.helped
        for m, owner in papers.items():
            share = (self.materials[m].deficiency or getattr(self.practice.deficiency, self.materials[m].issuer)).share
            u, share, n = self.luck(case, owner, m, "deficient"), share * (helped.factor if helped else 1), 0
            while share > 0 and 1 - u <= share ** (n + 1):
                n += 1
            times.append(n)
        return max(times) if case.process.one_time_notice else sum(times)

    def taken(self, limit: Any, case: Record, step: str, nth: int, extended: Any = None) -> Length:
        """The share of a limit that an office takes, more than all of it where it overruns it; extended for some."""
        slow = self.luck(case, step, "overdue", nth) < (case.process.overdue or self.practice.overdue).share
        rule = self.practice.overrun if slow else self.practice.pace
        hours, seconds = self.length(limit, case, step, "limit", nth)
        factor = self.value(rule.factor, case, step, "overrun" if slow else "pace", nth)
        if extended and self.luck(case, step, "extended", nth) < extended.share.share:
            _, more = self.length(extended, case, step, "limit", nth)
            return hours, seconds + round(factor * more)
        return hours, round(factor * seconds)

    def limit_of(self, case: Record, step: Any, nth: int) -> tuple[Any, Any]:
        """The limit that binds a case in an attempt at a step, and its extension."""
        own = step.limit
        if nth and step.fails and step.fails.again:
            own = step.fails.again
        elif cases := next((c for c in step.classes if self.holds(case, c.when)), None):
            own = cases.limit
        return bound(own, step.limit), own.extended or step.limit.extended

    def in_office(self, hours: str | None, seconds: int) -> int:
        """A time in seconds of office hours: of seven calendar days five are worked, as long as an office is open."""
        return seconds if hours else round(seconds * (5 / 7 * self.calendar.day / DAY))

    def parts(self, row: Record) -> dict[tuple[Any, ...], int]:
        """Who works on a file → seconds: department, role, how many, their clock where nobody counts, who is along."""
        found: Counter[tuple[Any, ...]] = Counter()
        for part in (p for p in row.case.hours[row.node] if self.holds(row.case, p.when)):
            later = part.again if row.nth and part.again else None
            own = next((c for c in part.classes if self.holds(row.case, c[0])), (None, None, part.limit))
            work, limit = own[1] or part.work, later or own[2]
            if work:
                hours, seconds = self.length(work, row.case, part.step, "work", row.nth)
                along = tuple((c.at, c.by, c.staff) for c in work.along)
                found[part.at, work.by, work.staff, hours and "office", along] += seconds
            elif part.limit:
                whole = self.in_office(*self.taken(limit, row.case, part.step, row.nth))
                found[part.at, "officers", 1, "office", ()] += round(whole * self.practice.work_share.share)
        return found
