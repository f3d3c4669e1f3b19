"""Common submissions: steps with the same form share one application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.spec import graph
from sim.spec.process import Process
from sim.spec.step import Step

_FORM = "form:"
"""What the name of a common submission starts with; no id has a colon."""


def submits(step: Step) -> bool:
    """Whether a step takes an application: an office's step that needs papers and is not done beforehand."""
    return step.official and bool(step.needs) and step.done_before is None


def submission(form: str) -> str:
    """The name of the common submission under a form."""
    return _FORM + form


def is_submission(node: str) -> bool:
    """Whether a node is a common submission and no step."""
    return node.startswith(_FORM)


def form_of(node: str) -> str:
    """The form of a common submission."""
    return node.removeprefix(_FORM)


def submissions(steps: Mapping[str, Step]) -> dict[str, list[str]]:
    """Common submission → its steps, in the order written."""
    found: dict[str, list[str]] = {}
    for step_id, step in steps.items():
        if step.form and submits(step):
            found.setdefault(submission(step.form), []).append(step_id)
    return found


def before_nodes(process: Process) -> dict[str, list[str]]:
    """What is directly before each node, when common submissions stand before their first steps."""
    before = {step: list(earlier) for step, earlier in graph.waits(process).items()}
    elders = graph.ancestors(before)
    for form, members in submissions(process.steps).items():
        roots = [m for m in members if not elders[m] & set(members)]
        before[form] = list(dict.fromkeys(u for root in roots for u in before[root]))
        for root in roots:
            before[root] = [form]
    return before


def order_nodes(process: Process) -> dict[str, list[str]]:
    """What comes before each node in their order: a step that starts with another stands behind that one too."""
    starts = graph.started_with(process)
    return {node: [*earlier, *starts.get(node, ())] for node, earlier in before_nodes(process).items()}


def circle(process: Process) -> list[str]:
    """A circle in which steps and common submissions wait for one another, first node repeated at the end; or nothing.

    A submission waits for what its first steps wait for. Two may each hold a step that waits for a step of the other.
    """
    starts = graph.started_with(process)
    steps = {step: [*earlier, *starts[step]] for step, earlier in graph.predecessors(process).items()}
    return graph.cycle(steps) or graph.cycle(order_nodes(process))


def said(ring: Sequence[str]) -> str:
    """A circle in words."""
    return " → ".join(f"form {form_of(node)}" if is_submission(node) else node for node in ring)
