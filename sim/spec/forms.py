"""Common submissions: steps with the same form share one application."""

from __future__ import annotations

from collections.abc import Mapping

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
