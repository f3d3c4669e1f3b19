"""Values of the spec language in words: durations, shares, conditions, names instead of ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.reforms.diff import ABSENT
from sim.report.conditions import conditions
from sim.report.filling import filled_in
from sim.report.numbers import exact
from sim.report.page.context import Context
from sim.spec.amounts import Distribution, distribution
from sim.spec.durations import UNITS
from sim.spec.procedures import PROCEDURES

PERCENT = ("share", "uptake", "breach", "rectified", "false", "rate", "fallback", "factor", "utilisation", "remains")
"""Keys whose numbers are shares."""
SILENT = ("source",)
"""Keys that are told elsewhere: the source stands above what rests on it."""


def condition(context: Context, when: Mapping[str, Any]) -> str:
    """A condition on the cases: attribute and value."""
    return context.listed(list(conditions(context.lang, when, context.attribute)))


def shown(context: Context, process: str, key: str, value: Any) -> str:
    """A value that stands under a key of a process."""
    if value in (None, ABSENT, {}, ()):
        return context.say_or(f"absent {key}", context.say("absent"))
    if isinstance(value, bool):
        return context.say("yes" if value else "no")
    if isinstance(value, int | float):
        return exact(value, "share" if key in PERCENT else "")
    if isinstance(value, Mapping):
        return _mapping(context, process, key, value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return context.listed([shown(context, process, key, x) for x in value])
    return named(context, process, key, str(value))


def named(context: Context, process: str, key: str, value: str) -> str:
    """What an id under a key is called."""
    kinds: dict[tuple[str, ...], Callable[[str], str]] = {
        ("material", "materials", "yields"): context.material,
        ("at", "window"): context.department,
        ("redo", "steps"): lambda x: context.quoted(context.step(process, x)),
        ("by",): lambda x: context.say_or(f"role {x}", x),
        ("kind",): context.kind,
        ("procedure",): lambda x: context.name(PROCEDURES[x].name),
        ("weekdays", "also", "days"): lambda x: context.say_or(f"day {x}", x),
        ("since",): lambda x: context.say(f"since {x}"),
        ("then",): lambda x: context.say(f"then {x}"),
        ("basis", "law"): lambda x: context.cite(x).text,
    }
    return next((name(value) for keys, name in kinds.items() if key in keys), value)


def _mapping(context: Context, process: str, key: str, value: Mapping[str, Any]) -> str:
    if key in ("when", "unless", "urgent"):
        return condition(context, value)
    if key == "share":
        return shown(context, process, key, value["share"])
    if "material" in value:
        return _need(context, value)
    if unit := _unit(value):
        return _duration(context, process, value, unit)
    if spread := distribution(value):
        return told(context, spread)
    return _labelled(context, process, value)


def _need(context: Context, value: Mapping[str, Any]) -> str:
    name = context.material(value["material"])
    when = value.get("when")
    return context.say("in_brackets", text=name, inner=condition(context, when)) if when else name


def _unit(value: Mapping[str, Any]) -> str | None:
    """The unit of an amount of time; the days and the hours of a timetable are none."""
    return next((u for u in UNITS if isinstance(value.get(u), int | float | Mapping)), None)


def _duration(context: Context, process: str, value: Mapping[str, Any], unit: str) -> str:
    """An amount with its unit, and whatever else stands beside it, such as the staff it takes."""
    amount = value[unit]
    spread = distribution(amount) if isinstance(amount, Mapping) else None
    written = told(context, spread) if spread else exact(amount, "")
    said = context.say(f"amount {unit}", n=written)
    rest = _labelled(context, process, {k: v for k, v in value.items() if k not in UNITS})
    return context.say("list_then").join(filter(None, [said, rest]))


def told(context: Context, spread: Distribution) -> str:
    """A distribution in words."""
    return filled_in(context.name(spread.told), *(exact(x, "") for x in spread.parameters))


def _labelled(context: Context, process: str, value: Mapping[str, Any]) -> str:
    """The parts that are there, each with its label."""
    parts = {k: v for k, v in value.items() if k not in SILENT and v not in (None, {}, ())}
    said = [field(context, k) + context.say("colon") + shown(context, process, k, v) for k, v in parts.items()]
    return context.say("list_then").join(said)


def field(context: Context, key: str) -> str:
    """What a key of the spec language is called."""
    return context.say_or(f"field {key}", key)
