"""Opinions of other departments, which are asked for while a review runs."""

from __future__ import annotations

from collections.abc import Iterator

from sim.engine.population import Mask
from sim.engine.programs.handling import Handling
from sim.engine.programs.lines import Setting
from sim.spec.effort import effort
from sim.spec.step import Step
from sim.spec.work import Opinion


def opinions(setting: Setting, node: str, step: Step, attempt: int) -> Iterator[tuple[Opinion, Mask, Handling]]:
    """Each opinion of an attempt, the cases on which it is asked, and how the department handles it.

    A department gives it as an office handles a step: by the same rule, with luck of its own.
    """
    for opinion in step.opinions:
        name = f"{node}/{opinion.at}"
        given = Step(name=step.name, at=opinion.at, limit=opinion.limit, work=opinion.work)
        handling = Handling(setting, name, given, attempt, effort(name, given))
        yield opinion, setting.population.holds(opinion.when), handling
