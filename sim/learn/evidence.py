"""From what was learnt to a place's measurements: a file to be reviewed like any other, and no code."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any

from sim.learn.measuring.everything import Findings
from sim.learn.measuring.quantities import QUANTITIES, Learnt
from sim.learn.papers import deficient, getting_ready, prepared
from sim.scenario.library import Library
from sim.spec.amounts import distribution
from sim.spec.base import Name
from sim.spec.measured import Measured
from sim.spec.process import Process
from sim.text.yamlio import dump

WINDOW_WORDS = ("收件", "受理", "窗口", "window", "accept", "intake")
"""In the name of an activity of those at the window."""
YES = ("1", "是", "true", "yes", "y", "有")
"""Texts of an attribute that mean that it is so."""
_DIGITS = 4
_COMMON = 2025
"""A year whose February has 28 days, to make cases of a month from cases a day."""
_BUSIEST = {
    "season": "; the busiest month {value:g} ({low:g}–{high:g}) times the average",
    "week": "; the busiest day of the week {value:g} ({low:g}–{high:g}) times the average working day",
}
_AT_ONCE = 0.5
"""Working days that papers may take on average, for a case to begin about when it is handed in."""


class Evidence:
    """The measurements of a place, as they are put together."""

    def __init__(self, findings: Findings, library: Library, place: str, process: Process) -> None:
        self.findings, self.library, self.place, self.process = findings, library, place, process
        self.sources: dict[str, dict[str, Any]] = {}

    def measured(self) -> Measured:
        """Return the measurements; what cannot be told is not in them."""
        return Measured.model_validate(self.plain())

    def plain(self) -> dict[str, Any]:
        """Return them as plain data."""
        practice, staff, process = self._practice(), self._staff(), self._process()
        first, last = self.findings.replay.log.period
        data = {
            "id": self.place,
            "summary": f"{self.findings.replay.log.title}，{first} 至 {last}",
            "sources": self.sources,
            "practice": practice,
            "staff": staff,
            "processes": {self.process.id: process} if process else {},
        }
        return {key: value for key, value in data.items() if value or key in ("id", "summary")}

    def _cite(self, found: Learnt, interval: tuple[float, float] | None = None, shape: str = "") -> str:
        """Put a measurement among the sources, and return its key; that of a shape is no one figure's interval."""
        log = self.findings.replay.log
        scope = "".join(c if c.isascii() and c.isalnum() else "_" for c in found.scope.lower())
        base = "_".join(filter(None, ("measured", self.place, found.quantity, scope.strip("_")))).replace("__", "_")
        low, high = map(_round, interval or (found.low, found.high))
        name: Name = QUANTITIES[found.quantity].name
        source = {
            "kind": "statistic",
            "title": f"办件记录 {log.title}",
            "date": log.period[1],
            "section": f"{name.zh}{'，' + found.scope if found.scope else ''}",
            "sha256": log.sha256,
            "period": list(log.period),
            "n": found.n,
            **({} if shape else {"interval": [low, high]}),
            "method": f"{found.method}{shape}",
        }
        if found.reason:
            source["note"] = found.reason
        # Activities with Chinese names differ in nothing that a key can hold.
        keys = (base if n == 1 else f"{base}_{n}" for n in count(1))
        key = next(key for key in keys if self.sources.get(key, source) == source)
        self.sources[key] = source
        return key

    def _told(self, quantity: str, scope: str = "") -> Learnt | None:
        found = next((x for x in self.findings.learnt if (x.quantity, x.scope) == (quantity, scope)), None)
        return found if found is not None and found.told else None

    def _practice(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for quantity, key, write in _PRACTICE:
            if found := self._told(quantity):
                data[key] = {**write(found), "source": self._cite(found)}
        for found in self.findings.scopes("work_share"):
            if found.told and not _at_window(found.scope):
                data.setdefault("work_share", {"share": _round(found.value), "source": self._cite(found)})
        for found in self.findings.scopes("work"):
            if found.told and _at_window(found.scope):
                data.setdefault("check", {"minutes": _round(found.value * 60), "source": self._minutes(found)})
        catalogue, practice = self.library.catalogue.materials, self.library.practice
        for name, scaled in (("deficiency", deficient), ("prepare", prepared)):
            result = scaled(self.findings, self.process, catalogue, practice)
            if result:
                data[name] = self._by_issuer(name, *result)
        return data

    def _minutes(self, found: Learnt) -> str:
        return self._cite(found, (found.low * 60, found.high * 60))

    def _by_issuer(self, name: str, factor: float, learnt: Learnt) -> dict[str, Any]:
        """Every issuer's value in the proportion that is assumed, all scaled to what was found."""
        data = {}
        for issuer in ("applicant", "agency", "certificate"):
            part = getattr(getattr(self.library.practice, name), issuer)
            unit = "share" if name == "deficiency" else part.unit
            value = part.share if name == "deficiency" else part.amount
            written = _scaled(value, factor)
            middle = written if isinstance(written, float) else part.mean_working_days(1) * factor
            span = (middle * learnt.low / learnt.value, middle * learnt.high / learnt.value)
            one = Learnt(learnt.quantity, issuer, learnt.value, learnt.low, learnt.high, learnt.n,
                         f"{learnt.method}; all issuers scaled alike by {factor:.3g}")  # fmt: skip
            data[issuer] = {unit: written, "source": self._cite(one, span)}
        return data

    def _staff(self) -> dict[str, Any]:
        departments = self.library.places[self.place].departments
        data: dict[str, dict[str, Any]] = {}
        for found in self.findings.scopes("officers"):
            department, _, activity = found.scope.partition("/")
            role = "window" if _at_window(activity) else "officers"
            known = department in departments and role in departments[department].staff
            if found.grade == "good" and known:
                counted = {"count": round(found.value), "source": self._cite(found)}
                if other := self._told("other", found.scope):
                    counted["other"] = {**_share(other), "source": self._cite(other)}
                data.setdefault(department, {}).setdefault(role, counted)
        return data

    def _process(self) -> dict[str, Any]:
        steps = {step: data for step in self.process.steps if (data := dict(self._step(step)))}
        arrivals = self._told("arrivals")
        demand = {"per_year": _round(arrivals.value), "source": self._cite(arrivals)} if arrivals else {}
        online = self._told("online")
        data = {
            "demand": demand,
            "season": self._season(),
            "online": {**_share(online), "source": self._cite(online)} if online and self.process.online else {},
            "attributes": dict(self._attributes()),
            "steps": steps,
        }
        return {key: value for key, value in data.items() if value}

    def _season(self) -> dict[str, Any]:
        """How a year is shared out among its months, and a week among its days, where they differ by more than chance.

        Cases begin in the records when something is handed in: where papers are got ready before that, the day of the
        week tells nothing of the day on which a case began.
        """
        year, week = (found if (found := self._told(name)) and not found.codes else None for name in ("season", "week"))
        if getting_ready(self.process, self.library.catalogue.materials, self.library.practice) > _AT_ONCE:
            week = None
        data: dict[str, Any] = {}
        if year:
            data["by_month"] = [_round(year.detail[f"month {n}"] * monthrange(_COMMON, n)[1]) for n in range(1, 13)]
        if week:
            data["by_weekday"] = [_round(week.detail[f"weekday {n}"]) for n in range(1, 8)]
        told = [found for found in (year, week) if found]
        shape = "".join(_BUSIEST[x.quantity].format(value=_round(x.value), low=_round(x.low), high=_round(x.high))
                        for x in told)  # fmt: skip
        return {**data, "source": self._cite(told[0], shape=shape)} if told else {}

    def _attributes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """How the cases were in each attribute of the process of which the records have the same values."""
        for name, attribute in self.process.attributes.items():
            found = {x.scope.partition("=")[2]: x for x in self.findings.scopes("mix") if _of(x, name) and x.told}
            yes = [x for text, x in found.items() if text.strip().lower() in YES]
            if attribute.share is not None and len(yes) == 1:
                yield name, {**_share(yes[0]), "source": self._cite(yes[0])}
            elif attribute.values and found and found.keys() <= attribute.values.keys():
                shares = _whole({value: found[value].value if value in found else 0.0 for value in attribute.values})
                most = max(found.values(), key=lambda x: x.value)
                yield name, {"values": shares, "source": self._cite(most)}

    def _step(self, step: str) -> Iterator[tuple[str, dict[str, Any]]]:
        spec = self.process.steps[step]
        pace = self._told("pace", step)
        if pace and pace.grade == "good":
            yield "pace", {**_factor(pace), "source": self._cite(pace)}
        if spec.refused and (found := self._told("refusal", step)):
            yield "refused", {"share": _round(found.value), "source": self._cite(found)}
        if spec.fails and (found := self._told("failure", step)):
            yield "fails", {"rate": _round(found.value), "source": self._cite(found)}
        if spec.fails and spec.fails.correction and (found := self._told("rework_time", step)):
            yield "correction", {**_days(found), "source": self._cite(found)}
        if spec.limit.extended and (found := self._told("extension", step)):
            yield "extension", {**_share(found), "source": self._cite(found)}
        yield from self._ways(step)
        if len(spec.special) == 1 and (found := self._told("special_time", step)):
            yield "special", {**_days(found), "source": self._cite(found)}
            if share := self._told("special", step):
                yield "special_share", {**_share(share), "source": self._cite(share)}

    def _ways(self, step: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Who applies in which way, and how long a decision on a promise takes."""
        for quantity in ("promise", "deferral"):
            # Where nobody uses a way it is not offered, which says nothing of who would.
            if (found := self._told(quantity, step)) and found.value > 0:
                yield quantity, {**_share(found), "source": self._cite(found)}
        if found := self._told("promise_time", step):
            yield "promise_time", {**_days(found), "source": self._cite(found)}


def _at_window(scope: str) -> bool:
    return any(word in scope for word in WINDOW_WORDS)


def _of(found: Learnt, attribute: str) -> bool:
    return found.scope.partition("=")[0] == attribute


def _whole(shares: Mapping[str, float]) -> dict[str, float]:
    """Shares with few digits that sum to 1 all the same: the largest takes what rounding leaves."""
    found = {value: round(share, _DIGITS) for value, share in shares.items()}
    largest = max(found, key=lambda value: found[value])
    return {**found, largest: round(1 - sum(share for value, share in found.items() if value != largest), _DIGITS)}


def _round(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _scaled(amount: Any, factor: float) -> Any:
    if isinstance(amount, int | float):
        return _round(amount * factor)
    return _plain(amount.scaled(factor))


def _plain(amount: Any) -> dict[str, Any]:
    rounded = [_round(x) for x in amount.parameters]
    return {amount.key(): rounded if len(rounded) > 1 else rounded[0]}


def _amount(found: Learnt) -> Any:
    """The fitted distribution with the mean that was found, or that mean."""
    shape = distribution(found.amount) if isinstance(found.amount, Mapping) else None
    return _round(found.value) if shape is None or not shape.mean else _plain(shape.scaled(found.value / shape.mean))


def _factor(found: Learnt) -> dict[str, Any]:
    return {"factor": _amount(found)}


def _days(found: Learnt) -> dict[str, Any]:
    return {"days": _amount(found)}


def _share(found: Learnt) -> dict[str, Any]:
    return {"share": _round(found.value)}


_PRACTICE: tuple[tuple[str, str, Callable[[Learnt], dict[str, Any]]], ...] = (
    ("pace", "pace", _factor),
    ("overdue", "overdue", _share),
    ("overrun", "overrun", _factor),
    ("correction_time", "correction", _days),
)
"""Quantity, the part of the practice rule that it stands for, and how it is written."""


def evidence_text(findings: Findings, library: Library, place: str, process: Process) -> str:
    """Return the file of measurements of a place."""
    head = "# yaml-language-server: $schema=../schema/measured.schema.json\n"
    return head + dump(Evidence(findings, library, place, process).plain())
