"""Targets of nobody: conditions that no case can meet, whatever is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from sim.core.errors import Fault
from sim.scenario.library import Spec
from sim.scenario.prepared import PreparedVariant
from sim.scenario.scenario import Scenario
from sim.scenario.target import Target
from sim.spec.amounts import support
from sim.spec.attributes import Attribute, Bounds, Value, clash
from sim.spec.process import Process


def targets_of_nobody(spec: Spec[Scenario], variants: Sequence[PreparedVariant]) -> Iterator[Fault]:
    """Yield every scope that no case of the target's variant can be in, or in which none goes through a step."""
    by_id = {variant.id: variant for variant in variants}
    for i, target in enumerate(spec.model.targets):
        ways = _ways(target, by_id[target.variant])
        never = [never_met(target.scope.when, way.attributes) for way in ways]
        if all(never):
            message = f"no case of variant {target.variant} can have this {never[0]}; speak of cases that there are"
            yield spec.fault(("targets", i, "scope", "when", str(never[0])), message)
        elif target.scope.steps and not any(_passed(target, way) for way in ways):
            message = f"no case of variant {target.variant} that is in scope goes through any of them; mend the scope"
            yield spec.fault(("targets", i, "scope", "steps"), message)


def _ways(target: Target, variant: PreparedVariant) -> list[Process]:
    """Every version of a process through which cases of the target go."""
    names = [target.scope.process] if target.scope.process else list(variant.flows)
    return [flow.process for name in names for flow in variant.flows[name]]


def _passed(target: Target, way: Process) -> bool:
    """Whether some case in scope may go through one of the steps; those that a reform took out are told elsewhere."""
    found = [way.steps[s].when for s in target.scope.steps or () if s in way.steps]
    apart = [clash(when, target.scope.when) or never_met(when, way.attributes) for when in found]
    return not found or not all(apart)


def never_met(condition: Mapping[str, Value | Bounds], attributes: Mapping[str, Attribute]) -> str | None:
    """The first attribute of which no case has what a condition asks for; none where some case may have all."""
    return next((n for n, value in condition.items() if n in attributes and not _may_be(attributes[n], value)), None)


def _may_be(attribute: Attribute, wanted: Value | Bounds) -> bool:
    if attribute.share is not None:
        return attribute.share > 0 if wanted is True else attribute.share < 1
    if attribute.values is not None:
        return attribute.values.get(str(wanted), 0) > 0
    assert attribute.number is not None
    assert isinstance(wanted, Bounds)
    low, high = support(attribute.number)
    least = -inf if wanted.at_least is None else wanted.at_least
    below = inf if wanted.below is None else wanted.below
    return high >= least and low < below and least < below
