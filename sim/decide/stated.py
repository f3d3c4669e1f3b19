"""Two scenarios held against each other by meaning: what their files state otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from sim.decide.moved import Said
from sim.reforms.diff import ABSENT, changed_values
from sim.scenario.prepare import main_flows
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Scenario, Variant
from sim.spec.base import Model
from sim.text.document import dotted

APART = {"sources", "variants", "targets", "demand"}
"""Parts of a scenario that are told by themselves."""


def stated(before: Prepared, after: Prepared) -> tuple[Said, ...]:
    """Return what the second scenario states otherwise: its question, demand, reforms, targets, processes and place."""
    return tuple(_all(before, after))


def _all(before: Prepared, after: Prepared) -> Iterator[Said]:
    old, new = before.scenario, after.scenario
    yield from _parts("", *({k: v for k, v in side.model_dump().items() if k not in APART} for side in (old, new)))
    yield from _by_key("demand", old.demand, new.demand)
    yield from _by_key("target", *({target.id: target for target in side.targets} for side in (old, new)))
    yield from _variants(old, new)
    yield from _models("practice", before.practice, after.practice)
    here, there = (side.variants[0] for side in (before, after))
    yield from _by_key("process", main_flows(here), main_flows(there))
    if here.place.id == there.place.id:
        yield from _models(f"place.{here.place.id}", here.place, there.place)


def _variants(before: Scenario, after: Scenario) -> Iterator[Said]:
    old, new = before.variants, after.variants
    yield from _by_key("variant", old, new, lambda where, a, b: _variant(where, a, b))


def _variant(where: str, before: Variant, after: Variant) -> Iterator[Said]:
    yield from _parts(where, *(side.model_dump(exclude={"reforms"}) for side in (before, after)))
    yield from _reforms(where, before.reforms, after.reforms)


def _reforms(where: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Said]:
    """Reforms taken out, put in, or changed in their numbers; those that name the same steps are the same."""
    old, new = ([_called(reform) for reform in side] for side in (before, after))
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            for one, other in zip(before[i:j], after[k:m], strict=True):
                yield from _models(f"{where}.{_called(one)}", one, other)
        else:
            yield from (Said(f"{where}.{name}", name, None) for name in old[i:j])
            yield from (Said(f"{where}.{name}", None, name) for name in new[k:m])


def _called(reform: Any) -> str:
    steps = [*(getattr(reform, "steps", None) or ()), *filter(None, [getattr(reform, "step", None)])]
    return f"{reform.reform}[{', '.join(steps)}]" if steps else str(reform.reform)


def _by_key(kind: str, before: Mapping[str, Any], after: Mapping[str, Any], told: Any = None) -> Iterator[Said]:
    for key in dict.fromkeys((*before, *after)):
        where = f"{kind}.{key}"
        if key not in before or key not in after:
            yield Said(where, *(key if key in side else None for side in (before, after)))
        else:
            yield from (told or _models)(where, before[key], after[key])


def _models(where: str, before: Model, after: Model) -> Iterator[Said]:
    for change in changed_values("", "", before, after, ""):
        old, new = (None if value == ABSENT else value for value in (change.old, change.new))
        yield Said(f"{where}.{change.path}", old, new)


def _parts(where: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Said]:
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield Said(dotted((where, key)) if where else key, before.get(key), after.get(key))
