"""What a planner may move on the page: reforms, and every number of a scenario that its files state, as settings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from sim.core.errors import PlannerError
from sim.records.tables import PoolKey
from sim.reforms.register import REFORM_NAMES
from sim.report.words import Lang, named, say, say_or
from sim.scenario.addresses import PLACE, PRACTICE, PROCESS, Papers, spots
from sim.scenario.prepared import Prepared
from sim.scenario.setting import OFF, is_distribution, setting
from sim.spec.amounts import distribution
from sim.spec.process import Process
from sim.spec.sources import Assumption
from sim.text.document import KeyPath

Group = Literal["reforms", "demand", "staff", "assumptions", "limits"]
GROUPS: tuple[Group, ...] = ("reforms", "demand", "staff", "assumptions", "limits")
LIMITS = ("committed", "statutory", "extended")
"""Keys of a limit that hold how long it is."""
LEAST = 0.01
MORE = 2.0
"""How many times as much as now a number may become where nothing says how far it may be off."""


@dataclass(frozen=True)
class Control:
    """Something that a planner may move: a reform that is on or off, or a number between two ends."""

    group: Group
    label: str
    small: str
    """Where it stands, or what it rests on."""
    addresses: tuple[str, ...]
    """What is set, all of them alike."""
    operator: str = "="
    now: float = 1
    low: float = 0
    high: float = 1
    whole: bool = False
    toggle: bool = False
    """Whether it is a reform, which is there or not."""

    @property
    def key(self) -> str:
        """By what a form knows it."""
        return f"{' '.join(self.addresses)} {self.operator}"

    @property
    def step(self) -> float:
        """The least move of its slider: a hundredth of its way, at a round number."""
        if self.whole:
            return 1
        wide = (self.high - self.low) / 100
        exponent = 0
        while wide and wide < 1:
            wide, exponent = wide * 10, exponent - 1
        return round((5 if wide >= 5 else 2 if wide >= 2 else 1) * 10.0**exponent, 10)

    def settings(self, value: float) -> list[str]:
        """The settings by which it becomes a value; none where it is that already."""
        if self.toggle:
            return [] if value else [f"{address}={OFF}" for address in self.addresses]
        if abs(value - self.now) < 1e-9:
            return []
        return [f"{address}{self.operator}{value:.10g}" for address in self.addresses]

    def given(self, form: Sequence[str] | None) -> float:
        """Where it stands by what a form says of it; a reform that is not named there is off."""
        if self.toggle:
            return float(form is not None)
        return _as_number(form[-1], self.now) if form else self.now

    def value(self, settings: Mapping[str, Any]) -> float:
        """Where it stands when some settings are tried, given by address with operator."""
        found = settings.get(f"{self.addresses[0]}{self.operator}")
        if self.toggle:
            return 0 if found == OFF else 1
        return self.now if found is None else _as_number(found, self.now)


def _as_number(value: Any, otherwise: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return otherwise


def controls(prepared: Prepared, papers: Papers, officers: Mapping[PoolKey, int], lang: Lang) -> list[Control]:
    """Return everything that may be moved, in the order of the page; what no address leads to is left out.

    `officers` are those whom the cases meet.
    """
    maker = _Maker(prepared, papers, officers, lang)
    found = [*maker.reforms(), *maker.demands(), *maker.officers(), *maker.assumptions(), *maker.limits()]
    return [control for control in found if _leads_somewhere(control, papers)]


def by_address(settings: Iterable[str]) -> dict[str, Any]:
    """Address with operator → the value that a setting of it has; what is no setting is left out."""
    found = {}
    for text in settings:
        with suppress(PlannerError):
            one = setting(text)
            found[f"{'.'.join(map(str, one.parts))}{one.operator}"] = one.value
    return found


def _leads_somewhere(control: Control, papers: Papers) -> bool:
    value = 0.0 if control.toggle else control.high
    try:
        return all(spots(setting(text), papers) for text in control.settings(value))
    except PlannerError:
        return False


@dataclass(frozen=True)
class _Maker:
    """Walks through the files of a scenario."""

    prepared: Prepared
    papers: Papers
    met: Mapping[PoolKey, int]
    lang: Lang

    @property
    def processes(self) -> Mapping[str, Process]:
        """The processes that are played, and those that they call."""
        assert self.prepared.origin is not None
        return self.prepared.origin.processes

    def reforms(self) -> Iterator[Control]:
        """Every reform, and after each the numbers that stand in it."""
        for variant, written in self.papers.scenario["variants"].items():
            reforms = written.get("reforms", [])
            for nth, reform in enumerate(reforms):
                yield from self._reform(variant, reforms, nth, reform)

    def _reform(self, variant: str, reforms: Sequence[Mapping[str, Any]], nth: int,
                reform: Mapping[str, Any]) -> Iterator[Control]:  # fmt: skip
        same = [n for n, other in enumerate(reforms) if other["reform"] == reform["reform"]]
        which = f"[{same.index(nth)}]" if len(same) > 1 else ""
        address = f"{variant}.{reform['reform']}{which}"
        rung = named(self.lang, self.prepared.scenario.variants[variant].name)
        label = named(self.lang, REFORM_NAMES[reform["reform"]]).split("|")[0]
        steps = [*reform.get("steps", []), *filter(None, [reform.get("step")])]
        where = f"{rung}{say(self.lang, 'colon')}{self._named(steps)}" if steps else rung
        yield Control("reforms", label, where, (address,), toggle=True)
        for path, value, source in _numbers(reform, (), None):
            called, at = f"{label} · {self._key(path)}", f"{address}.{'.'.join(map(str, path))}"
            number = self._number("reforms", called, where, at, value, source)
            if number:
                yield number

    def demands(self) -> Iterator[Control]:
        """How many cases of each process come, as a factor."""
        for process, demand in self.papers.scenario["demand"].items():
            form = next((form for form in ("per_year", "every_minutes") if form in demand), None)
            if form:
                label = named(self.lang, self.processes[process].name)
                yield Control("demand", label, say(self.lang, f"whatif_{form}"), (f"demand.{process}.{form}",),
                              "*=", low=0.5, high=MORE)  # fmt: skip

    def officers(self) -> Iterator[Control]:
        """The officers of every role that the cases come to."""
        for (department, role), count in self.met.items():
            place = self.prepared.variants[0].place.departments.get(department)
            label = named(self.lang, place.name) if place and place.name else department
            called, most = say_or(self.lang, f"role {role}", role), max(2 * count, count + 3)
            address = f"place.{department}.{role}"
            yield Control("staff", label, called, (address,), now=count, low=1, high=most, whole=True)

    def assumptions(self) -> Iterator[Control]:
        """Every assumption of practice, place and processes, with all numbers that rest on it."""
        found: dict[str, list[tuple[str, Any]]] = {}
        for head, written in self._files():
            for path, value, source in _numbers(written, (), None):
                if source is not None:
                    found.setdefault(source, []).append((f"{head}.{'.'.join(map(str, path))}", value))
        for key, at in found.items():
            if isinstance(assumption := self.prepared.sources.get(key), Assumption):
                yield from self._assumption(key, assumption, at)

    def _assumption(self, key: str, source: Assumption, at: Sequence[tuple[str, Any]]) -> Iterator[Control]:
        label = named(self.lang, source.name) if source.name else key
        low, high = source.range
        plain = {value for _, value in at if not is_distribution(value)}
        addresses = tuple(address for address, _ in at)
        if len(plain) == 1 and len(at) == sum(not is_distribution(value) for _, value in at):
            now = float(next(iter(plain)))
            if low <= now <= high and low < high:
                yield Control("assumptions", label, key, addresses, now=now, low=low, high=high)
            return
        means = {_mean(value) for _, value in at}
        if len(means) == 1 and (now := next(iter(means))) and low < high:
            yield Control(
                "assumptions", label, key, addresses, "*=", low=round(low / now, 4), high=round(high / now, 4)
            )

    def limits(self) -> Iterator[Control]:
        """The limits of every step, up to twice as long as now."""
        for process, written in self.papers.processes.items():
            for step, of_step in written["steps"].items():
                limit = of_step.get("limit") if isinstance(of_step, Mapping) else None
                for path, value, _ in _numbers(limit, (), None):
                    if path and path[0] in LIMITS and _plain(value):
                        yield self._limit(process, step, path, value, limit)

    def _limit(self, process: str, step: str, path: KeyPath, value: float, limit: Any) -> Control:
        """A limit: one committed is at most the statutory one beside it."""
        label, at = named(self.lang, self.processes[process].steps[step].name), ".".join(map(str, path))
        beside = {key: limit[key].get(path[-1]) for key in LIMITS if isinstance(limit.get(key), Mapping)}
        low = beside.get("committed") or min(1, value) if path[0] == "statutory" else min(1, value)
        high = beside.get("statutory") or value * MORE if path[0] == "committed" else value * MORE
        whole = isinstance(value, int)
        address = f"process.{process}.{step}.limit.{at}"
        return Control("limits", label, at, (address,), now=value, low=low, high=high, whole=whole)

    def _files(self) -> Iterator[tuple[str, Any]]:
        """Every file besides the scenario, and with what an address of it begins."""
        yield PRACTICE, {k: v for k, v in self.papers.practice.items() if k != "sources"}
        yield PLACE, {k: v for k, v in self.papers.place.items() if k not in ("sources", "departments")}
        for name, written in self.papers.processes.items():
            plain = {k: v for k, v in written.items() if k not in ("sources", "steps")}
            yield f"{PROCESS}.{name}", {**plain, **written["steps"]}

    def _number(self, group: Group, label: str, small: str, address: str, value: Any,
                source: str | None) -> Control | None:  # fmt: skip
        if is_distribution(value):
            return None
        rests = self.prepared.sources.get(source or "")
        low, high = rests.range if isinstance(rests, Assumption) else (math.nan, math.nan)
        if not low <= value <= high:  # nothing says how far it may be off
            low, high = LEAST, 1.0 if value <= 1 else value * MORE
        share = isinstance(value, float) or value <= 1
        return Control(group, label, small, (address,), now=value, low=low, high=high, whole=not share)

    def _key(self, path: KeyPath) -> str:
        return say_or(self.lang, f"whatif_{path[0]}", ".".join(map(str, path)))

    def _named(self, steps: Sequence[str]) -> str:
        processes = [self.processes[name] for name in self.papers.processes]
        names = [next((named(self.lang, p.steps[step].name) for p in processes if step in p.steps), step)
                 for step in steps]  # fmt: skip
        return say(self.lang, "list_and").join(names)


def _numbers(written: Any, path: KeyPath, source: str | None) -> Iterator[tuple[KeyPath, Any, str | None]]:
    """Every number, and every distribution, in plain data, with where it stands and the source it stands beside."""
    if is_distribution(written) or _plain(written):
        yield path, written, source
    elif isinstance(written, Mapping):
        own = written.get("source", source)
        for key, value in written.items():
            if key not in ("source", "when", "unless", "name", "sources"):
                yield from _numbers(value, (*path, key), own if isinstance(own, str) else source)


def _plain(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _mean(value: Any) -> float:
    found = distribution(value) if is_distribution(value) else None
    return round(found.mean if found else float(value), 9)
