"""Applying reforms in order under the legal guard, and telling what they changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .. import graph
from ..durations import KINDS, UNITS
from ..errors import ReformError
from ..language.place import Place
from ..language.process import NOT_COUNTED_BY_LAW, Process
from .named import Context, PlaceReform, ProcessReform
from .primitives import Rewrite


@dataclass(frozen=True)
class World:
    """The processes of a scenario and the place they run in, before or after reforms."""

    processes: Mapping[str, Process]
    place: Place


@dataclass(frozen=True)
class Change:
    """One value that a reform changed: where, from what, to what, by which reform, on whose authority."""

    reform: str
    process: str
    path: str
    old: Any
    new: Any
    source: str

    def __str__(self) -> str:
        return f"{self.path}: {_shown(self.old)} → {_shown(self.new)}"


ABSENT = "—"
"""Stands in a diff for what is not there."""
_KINDS = {kind.__name__.lower() for kind in KINDS}


def apply(world: World, reform: ProcessReform | PlaceReform, context: Context) -> tuple[World, list[Change]]:
    """The world after one reform, and what it changed; raises ReformError where the guard refuses it."""
    name = str(getattr(reform, "reform", ""))
    if isinstance(reform, PlaceReform):
        place = reform.rewrite_place(world.place)
        changes = _changes(name, world.place.id, world.place, place, reform.source)
        after = replace(world, place=place)
    else:
        target = _target(world, reform)
        before = world.processes[target]
        rewrite = reform.rewrite(before, context)
        _guard(before, rewrite)
        if context.sources[reform.source].kind != "law":
            _guard_floor(before, rewrite)
        changes = _changes(name, target, before, rewrite.process, reform.source)
        after = replace(world, processes={**world.processes, target: _checked(rewrite.process)})
    if not changes:
        raise ReformError("the reform changes nothing here; take it out, or apply it where it has an effect")
    return after, changes


def _target(world: World, reform: ProcessReform) -> str:
    if reform.process is None and len(world.processes) == 1:
        return next(iter(world.processes))
    if reform.process is None or reform.process not in world.processes:
        raise ReformError(f"process must name one of {', '.join(world.processes)}; found {reform.process}")
    return reform.process


def _checked(process: Process) -> Process:
    """The process, read again, so that no reform can leave a part the language does not allow."""
    return Process.model_validate(process.model_dump())


def _guard(before: Process, rewrite: Rewrite) -> None:
    """Refuse a rewrite that loses an ancestor or a legal edge it has no right to lose."""
    old, new = graph.predecessors(before), graph.predecessors(rewrite.process)
    if ring := graph.cycle(new):
        raise ReformError(f"the steps would wait for one another in a circle: {' → '.join(ring)}")
    after = graph.ancestors(new)

    def now(step: str) -> str:
        return rewrite.into.get(step, step)

    for step, elders in graph.ancestors(old).items():
        if step in rewrite.dropped:
            continue
        here = now(step)
        fellows = rewrite.together if step in rewrite.together else frozenset()
        lost = {now(e) for e in elders - rewrite.dropped - fellows} - after[here] - {here}
        if lost:
            raise ReformError(f"{step} would no longer wait for {', '.join(sorted(lost))}; "
                              "a reform may only loosen the order among its own steps")  # fmt: skip
    for (u, v), origin in graph.legal_edges(before).items():
        if not {u, v} & rewrite.dropped and now(u) != now(v) and now(u) not in after[now(v)]:
            raise ReformError(f"{u} → {v} is a legal edge ({origin}) and may not be dropped")


def _guard_floor(before: Process, rewrite: Rewrite) -> None:
    """Refuse a rewrite that shortens a statutory wait, unless a law orders it: no city's reform moves that floor."""
    for step_id, step in before.steps.items():
        if step.kind == "notice" or step.procedure in NOT_COUNTED_BY_LAW:
            now = rewrite.process.steps.get(rewrite.into.get(step_id, step_id))
            if now is None or now.done_before or now.when != step.when or now.duration != step.duration:
                raise ReformError(f"{step_id} is a statutory wait and stands as it is; only a law changes it")


def _changes(reform: str, owner: str, old: Any, new: Any, source: str) -> list[Change]:
    """Every value that differs, in the order of the spec; the same value on another authority is no change."""
    pairs = _differences("", _bare(old.model_dump()), _bare(new.model_dump()))
    return [Change(reform, owner, path, a, b, source) for path, a, b in pairs]


def _bare(value: Any) -> Any:
    """The value without its sources and without what it leaves out."""
    if isinstance(value, Mapping):
        return {k: _bare(v) for k, v in value.items() if k != "source" and v is not None}
    return tuple(map(_bare, value)) if isinstance(value, list | tuple) else value


def _differences(path: str, old: Any, new: Any) -> Iterable[tuple[str, Any, Any]]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping) and not (_is_length(old) or _is_length(new)):
        for key in dict.fromkeys((*old, *new)):
            yield from _differences(f"{path}.{key}" if path else key, old.get(key, ABSENT), new.get(key, ABSENT))
    else:
        yield path, old, new


def _is_length(part: Mapping[str, Any]) -> bool:
    """Whether a part is a length of time, which is told as a whole."""
    amounts = (part[unit] for unit in UNITS if unit in part)
    return any(
        isinstance(a, int | float) or (isinstance(a, Mapping) and len(a) == 1 and {*a} <= _KINDS) for a in amounts
    )


def _shown(value: Any) -> str:
    """A value of a diff as a planner reads it."""
    if isinstance(value, Mapping):
        return _shown_part(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _shown_part(part: Mapping[str, Any]) -> str:
    """A part of a spec by its name, as a material or a length of time, or else in full."""
    if "name" in part:
        return str(part["name"]["zh"])
    unit = next((u for u in UNITS if isinstance(part.get(u), int | float)), None)
    title = str(part["material"]) if "material" in part else f"{part[unit]:g} {unit}" if unit else ""
    rest = {k: v for k, v in part.items() if k not in ("material", unit) and v not in ({}, ())}
    inner = ", ".join(f"{k}: {_shown(v)}" for k, v in rest.items())
    return f"{title} ({inner})" if title and inner else title or f"{{{inner}}}"
