"""From corrections and waits to the papers behind them: how often one is deficient, how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sim.learn.measuring.everything import Findings
from sim.learn.measuring.quantities import Learnt
from sim.spec import graph
from sim.spec.catalogue import Material
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.step import Step

Materials = Mapping[str, Material]
Scaled = tuple[float, Learnt] | None
_HALVINGS, _TERMS = 60, 200
_MOST = 0.95
"""Share deficient beyond which no scale is looked for."""


def deficient(findings: Findings, process: Process, materials: Materials, practice: Practice) -> Scaled:
    """Return the factor by which all shares deficient are scaled to give the corrections found; None where untold.

    The proportion between issuers is kept: corrections alone do not tell whose paper it was.
    """
    steps = _steps(findings, "rounds", process, materials)
    if not steps:
        return None
    shares = {step: [_share(m, practice) for m in papers] for step, (_, papers) in steps.items()}
    most = max((share for listed in shares.values() for share in listed), default=0.0)
    wanted = sum(found.value * found.n for found, _ in steps.values())

    def expected(factor: float) -> float:
        return sum(found.n * _rounds([s * factor for s in shares[step]], process.one_time_notice)
                   for step, (found, _) in steps.items())  # fmt: skip

    # Where no correction at all is recorded, they may not be recorded at all.
    if not wanted or not most or not expected(1.0) or expected(_MOST / most) < wanted:
        return None
    return _solved(expected, wanted, _MOST / most), _pooled([found for found, _ in steps.values()])


def prepared(findings: Findings, process: Process, materials: Materials, practice: Practice) -> Scaled:
    """Return the factor by which all times to get papers ready give the waits found; None where untold."""
    # What an agency or a builder does in between is not the applicant's getting ready.
    before = graph.predecessors(process)
    steps = {
        step: known
        for step, known in _steps(findings, "applicant", process, materials).items()
        if before[step] and all(process.steps[earlier].official for earlier in before[step])
    }
    expected = sum(found.n * sum(_days(m, practice) for m in papers) for found, papers in steps.values())
    wanted = sum(found.n * found.value for found, _ in steps.values())
    return (wanted / expected, _pooled([found for found, _ in steps.values()])) if expected and wanted else None


def getting_ready(process: Process, materials: Materials, practice: Practice) -> float:
    """Return the longest mean working days that papers of a step take with which a case may begin."""
    before = graph.predecessors(process)
    first = [step for name, step in process.steps.items() if not before[name]]
    return max((sum(_days(m, practice) for m in _papers(step, materials)) for step in first), default=0.0)


def _steps(
    findings: Findings, quantity: str, process: Process, materials: Materials
) -> dict[str, tuple[Learnt, list[Material]]]:
    """The steps with papers of which the quantity is known, and those papers."""
    found = {}
    for learnt in findings.scopes(quantity):
        step = process.steps.get(learnt.scope)
        if step is not None and learnt.told and step.form is None and (papers := _papers(step, materials)):
            found[learnt.scope] = (learnt, papers)
    return found


def _papers(step: Step, materials: Materials) -> list[Material]:
    """What every case hands in; a paper that only some need is left out, and with it the step's certainty."""
    return [materials[need.material] for need in step.needs if need.material in materials and not need.when]


def _share(material: Material, practice: Practice) -> float:
    found: float = (material.deficiency or getattr(practice.deficiency, material.issuer)).share
    return found


def _days(material: Material, practice: Practice) -> float:
    found: float = (material.prepare or getattr(practice.prepare, material.issuer)).mean_working_days(8 * 3600)
    return found


def _rounds(shares: list[float], together: bool) -> float:
    """Corrections expected of papers deficient so often: all added, or the worst's where all are told at once."""
    if not together:
        return sum(share / (1 - share) for share in shares)
    total = 0.0
    for turn in range(1, _TERMS):
        none = 1.0
        for share in shares:
            none *= 1 - share**turn
        total += 1 - none
    return total


def _solved(expected: Callable[[float], float], wanted: float, most: float) -> float:
    low, high = 0.0, most
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if expected(middle) < wanted else (low, middle)
    return (low + high) / 2


def _pooled(found: list[Learnt]) -> Learnt:
    """The mean of some steps together, their errors taken as independent."""
    n = sum(x.n for x in found)
    value = sum(x.n * x.value for x in found) / n
    below = sum((x.n * (x.value - x.low)) ** 2 for x in found) ** 0.5 / n
    above = sum((x.n * (x.high - x.value)) ** 2 for x in found) ** 0.5 / n
    return Learnt(
        found[0].quantity, "", value, max(value - below, 0.0), value + above, n, found[0].method, grade="good"
    )
