"""Where the address of a setting leads: to values in the files of a scenario, as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sim.core.errors import unknown
from sim.reforms.register import official
from sim.scenario.setting import Part, Setting, is_distribution
from sim.spec.process import Process
from sim.text.document import KeyPath

ALL = "*"
SCENARIO, PLACE, PRACTICE, PROCESS = "scenario", "place", "practice", "process"


class Spot(NamedTuple):
    """A value in one of the files."""

    kind: str
    """Kind of the file."""
    id: str
    """Which of its kind."""
    path: KeyPath
    officers: tuple[str, str] | None = None
    """Department and role, where it is a group of officers whose number may only be assumed."""


@dataclass(frozen=True)
class Papers:
    """The files of a scenario as plain data."""

    scenario: Mapping[str, Any]
    place: Mapping[str, Any]
    practice: Mapping[str, Any]
    processes: Mapping[str, Mapping[str, Any]]
    """Those that it plays, and those they call."""

    def of(self, spot: Spot) -> Mapping[str, Any]:
        """The file of a value."""
        if spot.kind == PROCESS:
            return self.processes[spot.id]
        return {SCENARIO: self.scenario, PLACE: self.place, PRACTICE: self.practice}[spot.kind]

    def value(self, spot: Spot) -> Any:
        """What is written at a spot; None for nothing."""
        found: Any = self.of(spot)
        for part in spot.path:
            inside = found.get(part) if isinstance(found, Mapping) else None
            listed = isinstance(found, list) and isinstance(part, int) and part < len(found)
            found = found[part] if listed else inside
        return found


def spots(setting: Setting, papers: Papers) -> list[Spot]:
    """Return the values that a setting speaks of, at least one; raises PlannerError."""
    head, *rest = setting.parts
    way = _HEADS.get(head.name, _of_variant)
    known = (*_HEADS, *papers.scenario["variants"])
    if head.name not in known:
        raise setting.nowhere(unknown("address", head.name, known))
    if not rest:
        raise setting.wrong(_too_short(head.name, _below(head.name, papers)))
    return list(way(setting, rest, papers))


def _below(head: str, papers: Papers) -> list[str]:
    """What may follow the first part of an address."""
    variant = papers.scenario["variants"].get(head, {})
    return {
        "demand": list(papers.scenario["demand"]),
        "place": list(papers.place["departments"]),
        "process": list(papers.processes),
        "practice": [key for key in papers.practice if key not in ("summary", "sources")],
        "target": [target["id"] for target in papers.scenario.get("targets", [])],
        "window": ["weeks", "warm_up"],
    }.get(head, [*dict.fromkeys(reform["reform"] for reform in variant.get("reforms", [])), *_PLAIN])


def _of_demand(setting: Setting, parts: Sequence[Part], papers: Papers) -> Iterator[Spot]:
    demand = papers.scenario["demand"]
    _known(setting, "process", parts[0].name, demand)
    yield _scenario_spot(setting, papers, ("demand", parts[0].name), parts[1:])


def _of_target(setting: Setting, parts: Sequence[Part], papers: Papers) -> Iterator[Spot]:
    targets = {target["id"]: n for n, target in enumerate(papers.scenario.get("targets", []))}
    if parts[0].name not in targets and len(parts) == 1 and isinstance(setting.value, Mapping):
        yield _new_target(setting, papers, len(targets))
        return
    _known(setting, "target", parts[0].name, targets)
    yield _scenario_spot(setting, papers, ("targets", targets[parts[0].name]), parts[1:])


def _new_target(setting: Setting, papers: Papers, nth: int) -> Spot:
    """Where a target goes that the file does not have, if the scenario has the process and the variant it speaks of."""
    scope = setting.value.get("scope")
    for kind, name, known in (
        ("process", scope.get("process") if isinstance(scope, Mapping) else None, papers.scenario["demand"]),
        ("variant", setting.value.get("variant", "after"), papers.scenario["variants"]),
    ):
        if name is not None:
            _known(setting, kind, str(name), known)
    return Spot(SCENARIO, papers.scenario["id"], ("targets", nth))


def _of_window(setting: Setting, parts: Sequence[Part], papers: Papers) -> Iterator[Spot]:
    """The weeks that are simulated, of a scenario that states them."""
    if "window" not in papers.scenario:
        raise setting.nowhere("the scenario has no window; its demand says how many cases there are")
    yield _scenario_spot(setting, papers, ("window",), parts)


def _of_practice(setting: Setting, parts: Sequence[Part], papers: Papers) -> Iterator[Spot]:
    yield _checked(setting, papers, Spot(PRACTICE, "practice", _path(parts)))


def _of_place(setting: Setting, parts: Sequence[Part], papers: Papers) -> Iterator[Spot]:
    """A key of the place, or the officers of departments."""
    first, departments = parts[0].name, papers.place["departments"]
    if first in papers.place and first not in departments:
        yield _checked(setting, papers, Spot(PLACE, papers.place["id"], _path(parts)))
        return
    if first != ALL:
        _known(setting, "department", first, departments)
    if len(parts) == 1:
        raise setting.wrong(_too_short(f"place.{first}", _roles(departments.get(first, {})) or [ALL]))
    if first != ALL and (by := departments[first].get("by")):
        raise setting.wrong(f"{by} does the work of {first}; write place.{by}")
    chosen = list(departments) if first == ALL else [first]
    found = [spot for name in chosen for spot in _of_department(setting, name, parts[1:], papers)]
    if not found:
        raise setting.nowhere(unknown("role", parts[1].name, _roles(*(departments[name] for name in chosen))))
    yield from found


def _of_department(setting: Setting, name: str, parts: Sequence[Part], papers: Papers) -> Iterator[Spot]:
    """The officers of a role, in the place and wherever a variant has others; or another key of the department."""
    department, role = papers.place["departments"][name], parts[0].name
    if role in department and role not in _roles(department):
        yield _checked(setting, papers, Spot(PLACE, papers.place["id"], ("departments", name, *_path(parts))))
        return
    for key, groups in department.get("staff", {}).items():
        if role in (ALL, key):
            nth, field = _group(setting, f"{name}.{key}", parts, groups), [part.name for part in parts[1:]]
            where = ("departments", name, "staff", key, nth, *field)
            yield Spot(PLACE, papers.place["id"], where, None if field else (name, key))
            yield from _in_variants(papers, (name, key, nth), field)


def _in_variants(papers: Papers, group: tuple[str, str, int], field: list[str]) -> Iterator[Spot]:
    name, role, nth = group
    for variant, written in papers.scenario["variants"].items():
        groups = written.get("place", {}).get("staff", {}).get(name, {}).get(role, [])
        if nth < len(groups):
            where = ("variants", variant, "place", "staff", name, role, nth, *(field or ["count"]))
            yield Spot(SCENARIO, papers.scenario["id"], where)


def _group(setting: Setting, called: str, parts: Sequence[Part], groups: Sequence[Any]) -> int:
    """The number of a group of officers of one role."""
    which = parts[0].which
    if which.isdecimal() and int(which) < len(groups):
        return int(which)
    if which or len(groups) > 1:
        known = ", ".join(f"{parts[0].name}[{n}]" for n in range(len(groups)))
        raise setting.wrong(f"{called} has {len(groups)} {'group' if len(groups) == 1 else 'groups'}; write {known}")
    return 0


def _roles(*departments: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(role for department in departments for role in department.get("staff", {})))


def _of_process(setting: Setting, parts: Sequence[Part], papers: Papers) -> Iterator[Spot]:
    """A step or another key of a process; the process need only be named where there are several with such a one."""
    first, *rest = parts
    if first.name in papers.processes and rest:
        yield _in_process(setting, first.name, rest, papers)
        return
    holding = [name for name, written in papers.processes.items() if first.name in written["steps"]]
    if not holding:
        holding = [name for name in papers.processes if first.name in Process.model_fields]
    if not holding:
        steps = [step for written in papers.processes.values() for step in written["steps"]]
        raise setting.nowhere(unknown("step", first.name, {*steps, *papers.processes}))
    if len(holding) > 1:
        raise setting.wrong(f"{' and '.join(holding)} have {first.name}; write process.{holding[0]}.{first.name}")
    yield _in_process(setting, holding[0], parts, papers)


def _in_process(setting: Setting, process: str, parts: Sequence[Part], papers: Papers) -> Spot:
    steps = papers.processes[process]["steps"]
    if parts[0].name not in steps and parts[0].name not in Process.model_fields:
        raise setting.nowhere(unknown("step", parts[0].name, steps))
    above = ("steps",) if parts[0].name in steps else ()
    return _checked(setting, papers, Spot(PROCESS, process, (*above, *_path(parts))))


def _of_variant(setting: Setting, parts: Sequence[Part], papers: Papers) -> Iterator[Spot]:
    """A reform of a variant or of one that it builds on, the nearest; or another key of the variant."""
    name, variants = setting.parts[0].name, papers.scenario["variants"]
    if parts[0].name in _PLAIN:
        yield _scenario_spot(setting, papers, ("variants", name), parts)
        return
    for above in _chain(name, variants):
        reforms = variants[above].get("reforms", [])
        same = [n for n, reform in enumerate(reforms) if _called(parts[0].name, reform["reform"])]
        if same:
            nth = _which(setting, parts[0], above, same, reforms)
            yield _scenario_spot(setting, papers, ("variants", above, "reforms", nth), parts[1:])
            return
    there = {r["reform"] for above in _chain(name, variants) for r in variants[above].get("reforms", [])}
    raise setting.nowhere(unknown("reform", parts[0].name, there))


_PLAIN = ("name", "start", "share", "demand", "place", "source")
"""Keys of a variant besides its reforms."""


def _chain(name: str, variants: Mapping[str, Any]) -> Iterator[str]:
    """A variant and those that it builds on, the nearest first."""
    order = list(variants)
    while True:
        yield name
        above = variants[name].get("start") or next(iter(order[: order.index(name)][-1:]), None)
        if above is None:
            return
        name = above


def _called(text: str, reform: str) -> bool:
    """Whether a reform has this name, in Chinese or in English."""
    return official(text) == reform


def _which(setting: Setting, part: Part, variant: str, same: Sequence[int], reforms: Sequence[Any]) -> int:
    """The reform of a variant that is meant among those of one name, by its number or by a step that it names."""
    steps = {n: [*reforms[n].get("steps", []), *filter(None, [reforms[n].get("step")])] for n in same}
    if part.which:
        named = [n for k, n in enumerate(same) if part.which == str(k) or part.which in steps[n]]
        if len(named) == 1:
            return named[0]
    elif len(same) == 1:
        return same[0]
    known = ", ".join(f"{part.name}[{k}]" + (f" ({', '.join(steps[n])})" if steps[n] else "")
                      for k, n in enumerate(same))  # fmt: skip
    times = "once" if len(same) == 1 else "twice" if len(same) == 2 else f"{len(same)} times"
    raise setting.wrong(f"{part.name} stands {times} in {variant}; write {known}, by number or by a step of it")


def _scenario_spot(setting: Setting, papers: Papers, above: KeyPath, parts: Sequence[Part]) -> Spot:
    spot = Spot(SCENARIO, papers.scenario["id"], (*above, *_path(parts)))
    if not parts and setting.takes_out and above[2:3] == ("reforms",):
        return spot
    if not parts:
        value = papers.value(spot)
        raise setting.wrong(_too_short(".".join(map(str, setting.parts)), [key for key in value if key != "source"]))
    return _checked(setting, papers, spot)


def _checked(setting: Setting, papers: Papers, spot: Spot) -> Spot:
    """A spot whose way is there, but for its last key, and for a part that states one number, as a limit does.

    It is no whole part that only a number is set to.
    """
    missing = len(spot.path) - 1 if _states_one(setting, papers, spot) else len(spot.path)
    for length in range(1, missing):
        above = papers.value(spot._replace(path=spot.path[:length]))
        if not isinstance(above, Mapping | list):
            before = papers.value(spot._replace(path=spot.path[: length - 1]))
            raise setting.wrong(_nothing_below(spot.path[:length], above, before))
    value = papers.value(spot)
    if isinstance(value, Mapping) and not isinstance(setting.value, Mapping) and not is_distribution(value):
        keys = [key for key in value if key not in ("source", "name")]
        raise setting.wrong(_too_short(".".join(map(str, setting.parts)), keys))
    if isinstance(spot.path[-1], int) and value is None:
        raise setting.wrong(f"there is no [{spot.path[-1]}] there; count from 0")
    return spot


def _states_one(setting: Setting, papers: Papers, spot: Spot) -> bool:
    """Whether a part that is not there yet is made with one number, beside others that cite a source."""
    *way, part, _ = ("", *spot.path)
    above = papers.value(spot._replace(path=tuple(way[1:])))
    return setting.operator == "=" and cited_beside(above) is not None and isinstance(part, str) and part not in above


def cited_beside(parts: Any) -> str | None:
    """The source that the first of some parts beside one another cites; None where none does."""
    found = parts.values() if isinstance(parts, Mapping) else ()
    return next((part["source"] for part in found if isinstance(part, Mapping) and "source" in part), None)


def _nothing_below(path: KeyPath, found: Any, above: Any) -> str:
    key = str(path[-1])
    if found is None:
        known = above if isinstance(above, Mapping) else [f"[{n}]" for n in range(len(above or ()))]
        return unknown("key", key, map(str, known))
    return f"{key} is {found}, which has no parts; leave out what follows it"


def _path(parts: Sequence[Part]) -> KeyPath:
    return tuple(
        x for part in parts for x in ((part.name, int(part.which)) if part.which.isdecimal() else (part.name,))
    )


def _known(setting: Setting, kind: str, name: str, known: Mapping[str, Any]) -> None:
    if name not in known:
        raise setting.nowhere(unknown(kind, name, known))


def _too_short(address: str, keys: Sequence[str]) -> str:
    return f"{address} has several parts; name one: {', '.join(f'{address}.{key}' for key in keys[:8])}"


_HEADS: dict[str, Callable[[Setting, Sequence[Part], Papers], Iterator[Spot]]] = {
    "demand": _of_demand,
    "place": _of_place,
    "process": _of_process,
    "practice": _of_practice,
    "target": _of_target,
    "window": _of_window,
}
"""What an address may begin with besides a variant."""
