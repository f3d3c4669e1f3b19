"""Whether a target speaks of anything: the steps its scope names, as the variants have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.core.errors import Fault, unknown
from sim.reforms.diff import ABSENT
from sim.scenario.library import Spec
from sim.scenario.prepared import PreparedVariant
from sim.scenario.scenario import Scenario
from sim.scenario.target import Target
from sim.spec.step import Step
from sim.text.document import KeyPath


def scope_faults(spec: Spec[Scenario], variants: Sequence[PreparedVariant]) -> Iterator[Fault]:
    """Yield every step in a scope that no variant has, and every scope in which the target's variant has no step."""
    by_id = {variant.id: variant for variant in variants}
    for i, target in enumerate(spec.model.targets):
        path: KeyPath = ("targets", i, "scope")
        wrong = list(_unknown_steps(spec, variants, target, path))
        yield from wrong
        if not wrong and (message := _empty(target, _of(target, by_id[target.variant]), by_id)):
            yield spec.fault((*path, "steps") if target.scope.steps else path, message)


def _unknown_steps(
    spec: Spec[Scenario], variants: Sequence[PreparedVariant], target: Target, path: KeyPath
) -> Iterator[Fault]:
    known = {step for variant in variants for step in _of(target, variant)}
    for j, step in enumerate(target.scope.steps or ()):
        if step not in known:
            yield spec.fault((*path, "steps", j), unknown("step", step, known))


def _of(target: Target, variant: PreparedVariant) -> dict[str, Step]:
    """The steps of every way that the cases of a target go in a variant."""
    processes = [target.scope.process] if target.scope.process else list(variant.flows)
    flows = [flow for process in processes for flow in variant.flows[process]]
    return {step: x for flow in reversed(flows) for step, x in flow.process.steps.items()}


def _empty(target: Target, steps: dict[str, Step], variants: dict[str, PreparedVariant]) -> str:
    """Why nothing is left that a target speaks of; "" where something is."""
    scope, measure = target.scope, target.measure_record
    chosen = [s for s in scope.steps or steps if s in steps and steps[s].kind not in scope.exclude]
    left = [s for s in chosen if steps[s].done_before is None]
    counted = [s for s in left if steps[s].is_counted or steps[s].kind in scope.include]
    if measure.goes_in or (counted if measure.counted_steps else left):
        return ""
    gone = [s for s in scope.steps or () if s not in steps]
    if gone and not chosen:
        by = [r for s in gone if (r := _taken_by(s, target.variant, variants))]
        why = f"{' and '.join(dict.fromkeys(by))} took {', '.join(gone)} out of" if by else f"{', '.join(gone)} not in"
        wrong = f"{why} variant {target.variant}, so that nothing is left to measure"
        return f"{wrong}; name steps that are, or another variant"
    uncounted = [s for s in left if s not in counted] if measure.counted_steps else []
    if uncounted:
        kinds = ", ".join(dict.fromkeys(steps[s].kind for s in uncounted))
        return f"none of {', '.join(uncounted)} counts for {target.measure}; add their kind to include: [{kinds}]"
    return f"no step is left that {target.measure} could be of in variant {target.variant}; mend the scope"


def _taken_by(step: str, variant: str, variants: dict[str, PreparedVariant]) -> str:
    """The reform that took a step out of a variant, or of one it starts from."""
    at: str | None = variant
    while at is not None:
        for change in variants[at].changes:
            if change.path == f"steps.{step}" and change.new == ABSENT:
                return change.reform
        at = variants[at].start
    return ""
