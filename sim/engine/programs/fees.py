"""What a step costs each case."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine.programs.lines import Setting
from sim.spec.amounts import values
from sim.spec.fees import Fee
from sim.spec.step import Step


def fees(setting: Setting, node: str, step: Step, attempt: int) -> NDArray[np.float64] | None:
    """By case: the yuan it pays for a step that it goes through; nothing the second time, or if it is done before."""
    if not step.fees or attempt or step.done_before is not None:
        return None
    return sum((_paid(setting, node, i, fee) for i, fee in enumerate(step.fees)), np.zeros(setting.cases))


def _paid(setting: Setting, node: str, number: int, fee: Fee) -> NDArray[np.float64]:
    population = setting.population
    yuan = values(fee.yuan, setting.luck(node, "fee", number))
    if fee.per is not None:
        yuan = yuan * np.asarray(population.attributes[fee.per], dtype=float)
    remains = np.ones(setting.cases)
    for reduction in fee.reductions:
        remains = np.where(population.holds(reduction.when), np.minimum(remains, reduction.remains), remains)
    return np.where(population.holds(fee.when), yuan * remains, 0.0)
