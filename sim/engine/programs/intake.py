"""A submission: the papers the applicant hands in, and how often they come back before acceptance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import PlannerError
from sim.engine.population import Mask
from sim.engine.programs.lines import Ints, Lines, Setting, Spell, allowed, evenly, together
from sim.records.tables import WINDOW, Corrections, Op
from sim.spec.bounds import RETURNS
from sim.spec.categories import Category
from sim.spec.durations import Duration
from sim.spec.step import Step

ACCEPTANCE_DAYS = 5
"""Working days within which a window accepts or says what is missing (行政许可法 第三十二条)."""


@dataclass(frozen=True)
class Intake:
    """What one submission asks of each case."""

    handed: Mapping[str, Mask]
    """Material → cases that hand it in before acceptance."""
    deferred: Mapping[str, Mask]
    """Material → cases that supply it after acceptance."""
    prepare: Spell
    """Applicant's time to get the papers ready."""
    rounds: Ints
    """How often the application comes back."""
    owners: Mapping[str, str]
    """Material → the first step that asks for it, whose luck decides."""
    complete: Duration | None = None
    """By when, from the first notice on, the application must be complete."""

    def papers(self, setting: Setting) -> Ints:
        """By case: how many papers it hands in, those supplied later included."""
        masks = [*self.handed.values(), *self.deferred.values()]
        return evenly(reduce(np.add, (m.astype(np.int64) for m in masks), setting.zeros()))

    def visits(self, setting: Setting, going: Mask) -> Ints:
        """By case: visits to hand in, to correct and to collect; none for those online."""
        visits = setting.practice.visits
        in_person = visits.submit + visits.collect + visits.correct * self.rounds
        return evenly(np.where(going & ~_online(setting), in_person, 0).astype(np.int64))

    def corrections(self, setting: Setting) -> Corrections | None:
        """By when it must be complete, and the visits of a case that never is; none where there is no deadline."""
        if self.complete is None:
            return None
        visits = setting.practice.visits
        made = (np.where(_online(setting), 0, n).astype(np.int64) for n in (visits.submit, visits.correct))
        return Corrections(allowed(setting, self.complete, "complete"), *map(evenly, made))


def _online(setting: Setting) -> Mask:
    """The cases that make no visit."""
    share = setting.process.online.share if setting.process.online else 0
    return setting.luck("online") < share


def intake(setting: Setting, node: str, members: Sequence[str]) -> Intake:
    """The papers of a submission for some steps: each material once, however many of them need it.

    A material is deferred where every step that needs it lets it come later; what one of the steps
    yields another gets without the applicant.
    """
    asked: dict[str, Mask] = {}
    at_once: dict[str, Mask] = {}
    owners: dict[str, str] = {}
    steps = {s: setting.process.steps[s] for s in members}
    inside = {material for step in steps.values() for material in step.yields}
    for step_id, step in steps.items():
        going, defers = setting.population.holds(step.when), _defers(setting, node, step)
        for need in (n for n in step.needs if n.material not in inside):
            owner = owners.setdefault(need.material, step_id)
            mask = going & setting.population.holds(need.when) & _asked(setting, owner, need.material)
            later = step.deferral is not None and need.material in step.deferral.materials
            asked[need.material] = asked.get(need.material, setting.none()) | mask
            at_once[need.material] = at_once.get(need.material, setting.none()) | (mask & ~defers if later else mask)
    late = {m: mask & ~at_once[m] for m, mask in asked.items()}
    deadlines = [step.correct_within for step in steps.values() if step.correct_within]
    complete = max(deadlines, key=lambda time: time.mean_working_days(setting.place.day), default=None)
    rounds = _faults(setting, at_once, owners)
    return Intake(at_once, late, _preparing(setting, at_once, owners), rounds, owners, complete)


def supply(setting: Setting, node: str, step: Step, papers: Intake) -> Spell:
    """Applicant's time to supply the papers that a step has let come later; none where there are none."""
    own = step.deferral.materials if step.deferral else ()
    late = {m: mask for m, mask in papers.deferred.items() if m in own}
    wrong = _faults(setting, late, papers.owners) > 0
    correction = setting.spell(setting.practice.correction, node, "supply", mask=wrong)
    return together(_preparing(setting, late, papers.owners), correction)


def _asked(setting: Setting, owner: str, material: str) -> Mask:
    """The cases of which a material is asked: all, or those for which fetching it fails."""
    fetched = setting.process.fetched.get(material)
    return ~setting.none() if fetched is None else setting.luck(owner, material, "fetch") < fetched.fallback


def _defers(setting: Setting, node: str, step: Step) -> Mask:
    """The cases that use 容缺受理 in a step; who does in one step of a submission does in all."""
    if step.deferral is None:
        return setting.none()
    return (setting.luck(node, "deferral") < step.deferral.uptake) & setting.population.holds(step.deferral.when)


def _preparing(setting: Setting, papers: Mapping[str, Mask], owners: Mapping[str, str]) -> Spell:
    """Applicant's time to get the papers ready, one after another."""
    spells = []
    for material, mask in papers.items():
        spec = setting.materials[material]
        duration = spec.prepare or getattr(setting.practice.prepare, spec.issuer)
        spells.append(setting.spell(duration, owners[material], material, "prepare", mask=mask))
    return together(*spells)


def _faults(setting: Setting, papers: Mapping[str, Mask], owners: Mapping[str, str]) -> Ints:
    """Rounds of correction: each paper is deficient a geometric number of times.

    With 一次性告知 all faults of a round are put right together; without it each costs a round of its own.
    """
    total = setting.zeros()
    factor = setting.process.helped.factor if setting.process.helped else 1.0
    for material, mask in papers.items():
        spec = setting.materials[material]
        share = (spec.deficiency or getattr(setting.practice.deficiency, spec.issuer)).share * factor
        times = np.where(mask, _geometric(share, setting.luck(owners[material], material, "deficient")), 0)
        total = np.maximum(total, times) if setting.process.one_time_notice else total + times
    return total


def _geometric(share: float, u: NDArray[np.float64]) -> Ints:
    """How often a trial of this share happens in a row before it first does not."""
    if share > RETURNS:
        raise PlannerError(f"a paper that is deficient {share:.3%} of the times comes back without end; "
                           f"give a deficiency of at most {RETURNS}")  # fmt: skip
    if share <= 0:
        return np.zeros(len(u), dtype=np.int64)
    times: Ints = np.floor(np.log1p(-u) / np.log(share)).astype(np.int64)
    return times


def submit(setting: Setting, lines: Lines, node: str, papers: Intake, window: str, mask: Mask) -> None:
    """Prepare, hand in, be checked; put right and be checked again as often as it takes."""
    lines.wait(papers.prepare, mask, category=Category.APPLICANT)
    check(setting, lines, node, 0, window, mask)
    for turn in range(1, int(papers.rounds.max(initial=0)) + 1):
        back = mask & (papers.rounds >= turn)
        correct(setting, lines, node, turn, papers, back)
        check(setting, lines, node, turn, window, back)


def correct(setting: Setting, lines: Lines, node: str, turn: int, papers: Intake, mask: Mask) -> None:
    """The applicant puts right what the window has found; where there is a deadline, the application may lapse."""
    for clock, seconds in setting.spell(setting.practice.correction, node, "correction", turn, mask=mask).items():
        op, staff = (Op.DELAY, 0) if papers.complete is None else (Op.CORRECT, turn)
        lines.add(op, seconds, mask, category=Category.APPLICANT, where=clock, staff=staff)


def check(setting: Setting, lines: Lines, node: str, turn: int | str, window: str, mask: Mask) -> None:
    """The window checks an application for completeness; its silence for too long is an acceptance."""
    looked_through = setting.seconds(setting.practice.check, node, "check", turn)
    queues = setting.place.pool(window, WINDOW, 1) >= 0
    silent = looked_through.max(initial=0) > ACCEPTANCE_DAYS * setting.place.day or not setting.place.regular(window)
    if not (queues or silent):
        setting.serve(lines, window, WINDOW, looked_through, mask)
        return
    lines.mark(Op.SUBMIT, mask)
    setting.serve(lines, window, WINDOW, looked_through, mask)
    lines.add(Op.CHECKED, np.full(setting.cases, ACCEPTANCE_DAYS), mask)
