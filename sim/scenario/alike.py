"""What variants have alike, held once: it is the same thing in all of them, as can be told without looking into it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sim.scenario.prepared import Flow, PreparedVariant

T = TypeVar("T")


def alike(variants: Sequence[PreparedVariant]) -> Iterator[PreparedVariant]:
    """Yield the variants, a step or its work being the one of the first variant that has it so."""
    kept: dict[Hashable, list[Any]] = {}

    def held(parts: Mapping[str, T], *of: str) -> dict[str, T]:
        return {name: _first(kept.setdefault((*of, name), []), part) for name, part in parts.items()}

    def flow(way: Flow) -> Flow:
        steps, process = held(way.process.steps, "step", way.process.id), way.process
        return replace(way, process=process.model_copy(update={"steps": steps}),
                       efforts=held(way.efforts, "effort", process.id))  # fmt: skip

    for variant in variants:
        flows = {process: tuple(map(flow, ways)) for process, ways in variant.flows.items()}
        yield replace(variant, flows=flows)


def _first(kept: list[T], part: T) -> T:
    """The first of those kept that is equal; the part itself, kept from now on, where none is."""
    for found in kept:
        if found == part:
            return found
    kept.append(part)
    return part
