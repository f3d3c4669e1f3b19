"""What variants have alike, held once: it is the same thing in all of them, as can be told without looking into it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from sim.scenario.prepared import Flow, PreparedVariant

T = TypeVar("T")


class Alike:
    """Steps and the work in them as the first variant has them that has them so; they are there as long as this is."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, list[Any]] = {}

    def of(self, variant: PreparedVariant) -> PreparedVariant:
        """Return the variant, each of its steps and the work in it being the first that is equal."""
        flows = {process: tuple(map(self._flow, ways)) for process, ways in variant.flows.items()}
        return replace(variant, flows=flows)

    def _flow(self, way: Flow) -> Flow:
        process, steps = way.process, self._held(way.process.steps, "step", way.process.id)
        return replace(way, process=process.model_copy(update={"steps": steps}),
                       efforts=self._held(way.efforts, "effort", process.id))  # fmt: skip

    def _held(self, parts: Mapping[str, T], *of: str) -> dict[str, T]:
        return {name: _first(self._kept.setdefault((*of, name), []), part) for name, part in parts.items()}


def _first(kept: list[T], part: T) -> T:
    """The first of those kept that is equal; the part itself, kept from now on, where none is."""
    for found in kept:
        if found == part:
            return found
    kept.append(part)
    return part
