"""The programs of one process version: submissions, steps of offices, and steps outside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from sim.engine.population import Mask, Population
from sim.engine.programs.handling import Handling
from sim.engine.programs.intake import check, intake, submit, supply
from sim.engine.programs.lines import ALWAYS, OFFICE, Ints, Lines, NumberedPlace, Setting, clock_of
from sim.records.tables import Flag, Instruction, Op, Program
from sim.spec import graph
from sim.spec.amounts import values
from sim.spec.catalogue import Material
from sim.spec.categories import Category
from sim.spec.forms import submission, submissions, submits
from sim.spec.kinds import KINDS
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.step import Promise, Step


class ProgramBuilder:
    """Builds the programs of one process version; its nodes are the steps and the common submissions."""

    def __init__(self, process: Process, materials: Mapping[str, Material], practice: Practice,
                 place: NumberedPlace, population: Population) -> None:  # fmt: skip
        self.setting = Setting(process, materials, practice, place, population)
        self.process = process
        self.forms = submissions(process.steps)
        self.before = _with_forms(process, self.forms)
        self.nodes = graph.order(self.before)

    def active(self, node: str) -> Mask:
        """The cases that go through a node."""
        members = self.forms.get(node, [node])
        holds = [self.setting.population.holds(self.process.steps[m].when) for m in members]
        mask: Mask = np.any(holds, axis=0)
        return mask

    def program(self, node: str, attempt: int) -> Program:
        """What the n-th attempt at a node consists of."""
        if node in self.forms:
            return self._submission(node)
        step = self.process.steps[node]
        if step.done_before is not None:
            return Program([])
        if not step.official:
            return self._outside(node, step, attempt)
        common = submission(step.form) if step.form else node
        return _Official(self.setting, node, step, attempt, common, self.forms.get(common, [node])).program()

    def _submission(self, node: str) -> Program:
        """The common submission of several steps."""
        members = self.forms[node]
        first, going = self.process.steps[members[0]], self.active(node)
        papers, lines = intake(self.setting, node, members), Lines(self.setting.cases)
        submit(self.setting, lines, node, papers, first.window or first.at or "", going)
        return Program(
            lines.lines, papers=papers.papers(self.setting), visits=papers.visits(self.setting, going).tolist()
        )

    def _outside(self, node: str, step: Step, attempt: int) -> Program:
        """A step that no office handles inside a limit."""
        setting, lines = self.setting, Lines(self.setting.cases)
        category = KINDS[step.kind].category
        if step.sits:
            lines.mark(Op.SIT, where=setting.place.sitting(step.sits))
        if step.duration:
            seconds = setting.seconds(step.duration, node, "duration", attempt)
            lines.add(Op.DELAY, seconds, category=category, where=clock_of(step.duration))
        if step.work:
            seconds = setting.seconds(step.work, node, "work", attempt)
            setting.serve(lines, step.at or "", step.work.by, seconds, staff=step.work.staff, category=category)
        flags = _outcome(setting, lines, node, step, attempt, setting.none())
        visits = [step.attend] * setting.cases if step.attend else None
        return Program(lines.lines, flags=_listed(flags), visits=visits)


class _Official:
    """One attempt at a step of an office."""

    def __init__(self, setting: Setting, node: str, step: Step, attempt: int,
                 submission: str, fellows: list[str]) -> None:  # fmt: skip
        self.setting, self.node, self.step, self.attempt = setting, node, step, attempt
        self.lines = Lines(setting.cases)
        self.branches: list[list[Instruction]] = []
        self.window = step.window or step.at or ""
        self.handling = Handling(setting, node, step, attempt)
        hands_in = submits(step) and (step.form is None or step.deferral)
        self.intake = intake(setting, submission, fellows) if hands_in else None
        self.automatic = setting.luck(node, "automatic") < (step.automatic.share if step.automatic else 0)
        self.promised = self._promised() & ~self.automatic

    def program(self) -> Program:
        """Submission, acceptance, review or promise, decision, and the check of a promise."""
        self._hand_in()
        supply, late = self._supply()
        if late.any():
            self._return_late(supply, late)
        self.lines.mark(Op.ACCEPT)
        in_time = (supply > 0) & ~late
        if in_time.any():
            branch = Lines(self.setting.cases)
            branch.add(Op.DELAY, supply, in_time, category=Category.APPLICANT, where=OFFICE)
            self._fork(branch, in_time)
        self._decide()
        self.lines.mark(Op.JOIN, in_time)
        self.lines.mark(Op.DECIDE)
        unreviewed = self.promised | self.automatic
        flags = _outcome(self.setting, self.lines, self.node, self.step, self.attempt, unreviewed)
        flags |= _flag(self.automatic, Flag.AUTOMATIC) | _flag(late, Flag.RETURNED) | _flag(in_time, Flag.DEFERRED)
        if self.step.promise and self.promised.any():
            flags |= self._check_later(self.step.promise)
        return Program(self.lines.lines, self.branches, _listed(flags), self._papers(), self._visits())

    def _promised(self) -> Mask:
        """The cases that decide on promise."""
        promise = self.step.promise
        if promise is None:
            return self.setting.none()
        return (self.setting.luck(self.node, "promise") < promise.uptake) & self.setting.population.holds(promise.when)

    @property
    def _applies(self) -> bool:
        """Whether this attempt hands in an application of its own, not through a common form."""
        return self.intake is not None and self.step.form is None

    def _hand_in(self) -> None:
        """A first application with its papers; a case that comes back is only checked again."""
        if not self._applies or self.intake is None:
            return
        if self.attempt:
            check(self.setting, self.lines, self.node, f"again {self.attempt}", self.window, ~self.automatic)
            return
        prepare = self.intake.prepare
        self.lines.add(Op.DELAY, prepare, self.automatic, category=Category.APPLICANT, where=OFFICE)
        submit(self.setting, self.lines, self.node, self.intake, self.window, ~self.automatic)

    def _supply(self) -> tuple[Ints, Mask]:
        """Time to supply what was deferred, and the cases in which that is later than allowed."""
        if self.step.deferral is None or self.intake is None or self.attempt:
            return self.setting.zeros(), self.setting.none()
        seconds = supply(self.setting, self.node, self.step, self.intake)
        return seconds, seconds > self.setting.seconds(self.step.deferral.within, self.node, "within")

    def _fork(self, branch: Lines, mask: Mask) -> None:
        """Start a branch beside the main line."""
        self.lines.mark(Op.FORK, mask, where=len(self.branches))
        self.branches.append(branch.lines)

    def _return_late(self, supply: Ints, late: Mask) -> None:
        """A late supply returns the application: the review begun is lost, and all is handed in again."""
        lost = Lines(self.setting.cases)
        self.handling.work(lost, late)
        self._fork(lost, late)
        self.lines.add(Op.DELAY, supply, late, category=Category.APPLICANT, where=OFFICE)
        check(self.setting, self.lines, self.node, "returned", self.window, late)

    def _decide(self) -> None:
        """Review, or decide on promise, or let the system decide."""
        step = self.step
        self.handling.review(self.lines, ~(self.promised | self.automatic))
        if step.promise:
            seconds = self.setting.seconds(step.promise.decide, self.node, "decide")
            clock = clock_of(step.promise.decide)
            self.lines.add(Op.DELAY, seconds, self.promised, category=Category.CIRCULATION, where=clock)
        if step.automatic:
            minutes = values(step.automatic.minutes, self.setting.luck(self.node, "system"))
            self.lines.add(Op.DELAY, np.rint(minutes * 60).astype(np.int64), self.automatic, where=ALWAYS)

    def _check_later(self, promise: Promise) -> Ints:
        """The check after a decision on promise: the same inspectors, then rectified or revoked."""
        setting, node, promised = self.setting, self.node, self.promised
        luck = setting.luck(node, "breach")
        false = promised & (luck < promise.false)
        breach = promised & ~false & (luck < promise.false + promise.breach)
        rectified = breach & (setting.luck(node, "rectified") < promise.rectified)
        branch = Lines(setting.cases)
        window = setting.seconds(promise.check_within, node, "window")
        moment = np.rint(window * setting.luck(node, "moment")).astype(np.int64)
        branch.add(Op.DELAY, moment, promised, category=Category.SPECIAL, where=clock_of(promise.check_within))
        self.handling.work(branch, promised)
        if promise.rectify:
            wait = setting.seconds(promise.rectify, node, "rectify")
            branch.add(Op.DELAY, wait, breach, category=Category.APPLICANT, where=clock_of(promise.rectify))
            self.handling.work(branch, breach)
        self._fork(branch, promised)
        revoked = false | (breach & ~rectified)
        return _flag(promised, Flag.PROMISED) | _flag(breach, Flag.BREACHED) | _flag(revoked, Flag.REVOKED)

    def _papers(self) -> list[int] | None:
        if self.intake is None or not self._applies or self.attempt:
            return None
        return self.intake.papers(self.setting)

    def _visits(self) -> list[int]:
        attended = np.full(self.setting.cases, self.step.attend)
        if self.intake is None or not self._applies or self.attempt:
            listed: list[int] = attended.tolist()
            return listed
        in_all: list[int] = (self.intake.visits(self.setting, ~self.setting.none()) + attended).tolist()
        return in_all


def _outcome(setting: Setting, lines: Lines, node: str, step: Step, attempt: int, unreviewed: Mask) -> Ints:
    """Failed and refused cases as flags, with the applicant's time before a failed one comes back."""
    failed, refused = setting.none(), setting.none()
    if step.fails:
        failed = (setting.luck(node, "fails", attempt) < step.fails.rate) & ~unreviewed
        if step.fails.correction:
            wait = setting.seconds(step.fails.correction, node, "put right", attempt)
            lines.add(Op.DELAY, wait, failed, category=Category.APPLICANT, where=OFFICE)
    if step.refused:
        refused = (setting.luck(node, "refused", attempt) < step.refused.share) & ~failed & ~unreviewed
    return _flag(failed, Flag.FAILED) | _flag(refused, Flag.REFUSED)


def _flag(mask: Mask, flag: Flag) -> Ints:
    return np.where(mask, int(flag), 0).astype(np.int64)


def _listed(flags: Ints) -> list[int] | None:
    found: list[int] | None = flags.tolist() if flags.any() else None
    return found


def _with_forms(process: Process, forms: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """What is directly before each node, when common submissions stand before their first steps."""
    before = {step: list(earlier) for step, earlier in graph.predecessors(process).items()}
    elders = graph.ancestors(before)
    for form, members in forms.items():
        roots = [m for m in members if not elders[m] & set(members)]
        before[form] = list(dict.fromkeys(u for root in roots for u in before[root]))
        for root in roots:
            before[root] = [form]
    return before
