"""The programs of one process version: submissions, steps of offices, and steps outside them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, reduce

import numpy as np

from sim.engine.population import Mask
from sim.engine.programs.binding import Binding
from sim.engine.programs.fees import fees
from sim.engine.programs.handling import Handling
from sim.engine.programs.intake import check, intake, submit, supply
from sim.engine.programs.lines import ALWAYS, SERVED, Ints, Lines, Setting, Spell, all_of, allowed, evenly
from sim.engine.programs.opinions import opinions
from sim.engine.programs.outcome import Happened, flags, outcome
from sim.engine.programs.short import shortened
from sim.engine.programs.work import Work
from sim.records.tables import Allowed, Beside, Deferral, Flag, Instruction, Op, Program
from sim.spec.categories import Category
from sim.spec.forms import submission, submits
from sim.spec.kinds import KINDS
from sim.spec.nodes import Nodes
from sim.spec.step import Step

RESTS_ON = ("attributes", "one_time_notice", "online", "overdue", "fetched", "helped")
"""What programs hang on of a process besides its steps."""


class ProgramBuilder:
    """Builds the programs of one process version; its nodes are the steps and the common submissions."""

    def __init__(self, setting: Setting, nodes: Nodes) -> None:
        self.setting, self.process = setting, setting.process
        self.forms, self.numbers = nodes.forms, nodes.numbers

    def active(self, node: str) -> Mask:
        """The cases that go through a node."""
        members = self.forms.get(node, [node])
        holds = [self.setting.population.holds(self.process.steps[m].when) for m in members]
        return reduce(np.logical_or, holds)

    def rests_on(self, node: str) -> tuple[object, ...]:
        """What the programs of a node hang on of the steps: which of them stand for it, with the work in it.

        Steps and work are told by which object they are, so that this holds as long as they are there.
        """
        steps, efforts = self.process.steps, self.setting.work_in(node)
        step = steps.get(node)
        common = submission(step.form) if step and step.form else node
        members = self.forms.get(common, [node])
        lag = step.lag if step else ()
        waited = [(self.numbers[other], steps[other].done_before is None) for other in lag]
        return id(step), id(efforts), *((member, id(steps[member])) for member in members), *waited

    def program(self, node: str, attempt: int) -> Program:
        """What the n-th attempt at a node consists of."""
        return shortened(self._program(node, attempt))

    def _program(self, node: str, attempt: int) -> Program:
        if node in self.forms:
            return self._submission(node, attempt)
        step = self.process.steps[node]
        if step.done_before is not None:
            return self._beforehand(node, attempt)
        found = self._outside(node, step, attempt) if not step.official else self._official(node, step, attempt)
        return replace(found, lines=[*self._lags(node, step, attempt), *found.lines]) if step.lag else found

    def _official(self, node: str, step: Step, attempt: int) -> Program:
        """A step of an office."""
        common = submission(step.form) if step.form else node
        return _Official(self.setting, node, step, attempt, common, self.forms.get(common, [node])).program()

    def _lags(self, node: str, step: Step, attempt: int) -> list[Instruction]:
        """What a step waits for before it starts, besides steps that must be over."""
        setting, lines = self.setting, Lines(self.setting.cases)
        category = Category.SPECIAL if step.official else KINDS[step.kind].category
        waited = {u: lag for u, lag in step.lag.items() if self.process.steps[u].done_before is None}
        for other, lag in waited.items():
            seconds = setting.seconds(lag, node, "lag", other, attempt)
            op = Op.SINCE_END if lag.since == "end" else Op.SINCE_START
            clock = setting.place.clock(lag, step.at or "")
            lines.add(op, seconds, category=category, where=clock, staff=self.numbers[other])
        return lines.lines

    @property
    def watched(self) -> frozenset[int]:
        """The nodes after whose start or end others start."""
        return frozenset(self.numbers[other] for step in self.process.steps.values() for other in step.lag)

    def _beforehand(self, node: str, attempt: int) -> Program:
        """A step done before the case: its officers work on it all the same, and the case does not wait for them."""
        branch, lines = Lines(self.setting.cases), Lines(self.setting.cases)
        Work(self.setting, self.setting.work_in(node), attempt).add(branch)
        lines.mark(Op.FORK)
        return Program(lines.lines, [branch.lines]) if branch.lines else Program([])

    def _submission(self, node: str, attempt: int) -> Program:
        """The common submission of several steps; one that comes back is only checked again."""
        members, lines = self.forms[node], Lines(self.setting.cases)
        first, going = self.process.steps[members[0]], self.active(node)
        window = first.window or first.at or ""
        if attempt:
            check(self.setting, lines, node, f"again {attempt}", window, going)
            return Program(lines.lines)
        papers = intake(self.setting, node, members)
        submit(self.setting, lines, node, papers, window, going)
        return Program(
            lines.lines,
            papers=papers.papers(self.setting),
            visits=papers.visits(self.setting, going),
            rounds=evenly(papers.rounds),
            prepare=list(papers.prepare.items()),
            corrections=papers.corrections(self.setting),
        )

    def _outside(self, node: str, step: Step, attempt: int) -> Program:
        """A step that no office handles inside a limit."""
        setting, lines = self.setting, Lines(self.setting.cases)
        category = KINDS[step.kind].category
        setting.sit(lines, step, node)
        if step.duration and KINDS[step.kind].statutory and step.duration.unit in ("days", "calendar_days"):
            days = np.ceil(setting.values(step.duration.amount, node, "duration", attempt)).astype(np.int64)
            lines.add(Op.PERIOD, days, category=category, where=int(step.duration.in_calendar_time))
        elif step.duration:
            seconds = setting.seconds(step.duration, node, "duration", attempt)
            lines.add(Op.DELAY, seconds, category=category, where=setting.place.clock(step.duration, step.at or ""))
        Work(setting, setting.work_in(node), attempt).add(lines, category=category)
        happened = outcome(setting, lines, node, step, attempt, setting.none())
        visits = all_of(step.attend, setting.cases) if step.attend else None
        paid = fees(setting, node, step, attempt)
        return Program(lines.lines, flags=flags(happened), visits=visits, fees=paid)


class _Official:
    """One attempt at a step of an office."""

    def __init__(self, setting: Setting, node: str, step: Step, attempt: int,
                 submission: str, fellows: list[str]) -> None:  # fmt: skip
        self.setting, self.node, self.step, self.attempt = setting, node, step, attempt
        self.lines = Lines(setting.cases)
        self.branches: list[list[Instruction]] = []
        self.window = step.window or step.at or ""
        self.silences: list[Allowed] = []
        self.handling = Handling(setting, node, step, attempt, setting.work_in(node))
        hands_in = submits(step) and (step.form is None or step.deferral)
        self.intake = intake(setting, submission, fellows) if hands_in else None
        self.automatic = setting.none()
        if step.automatic:
            self.automatic = setting.luck(node, "automatic") < step.automatic.share
        self.promised = self._promised() & ~self.automatic
        self.reviewed: Mask = ~(self.promised | self.automatic)

    def program(self) -> Program:
        """Submission, acceptance, review or promise, decision, and the check of a promise."""
        self._hand_in()
        supply = self._supply()
        supplied: Mask = np.any([seconds > 0 for seconds in supply.values()], axis=0) if supply else self.setting.none()
        if supplied.any():
            self.lines.mark(Op.DEFER, supplied, where=self._branch(self._returned(supply)))
        self._from_acceptance(self.lines, supply, supplied)
        happened = {Flag.AUTOMATIC: self.automatic} | self._outcome(self.lines)
        if self.step.promise:
            happened |= self._checked_later
        happened[Flag.EXTENDED] = self.handling.binding.extended & self.reviewed
        deferral = self._deferral(supply) if supplied.any() else None
        return Program(
            self.lines.lines,
            self.branches,
            flags(happened),
            papers=self._papers(),
            visits=self._visits(),
            rounds=self._rounds(),
            prepare=list(self.intake.prepare.items()) if self._hands_in and self.intake else [],
            deferral=deferral,
            corrections=self.intake.corrections(self.setting) if self._applies and self.intake else None,
            silences=self.silences,
            fees=fees(self.setting, self.node, self.step, self.attempt),
        )

    def _from_acceptance(self, lines: Lines, supply: Spell, supplied: Mask) -> None:
        """Acceptance, review or promise while papers still come, and the decision when all have arrived."""
        duty, later = self.setting.place.duty(self.step.at or ""), bool(supplied.any())
        branch = Lines(self.setting.cases) if later else lines
        lines.mark(Op.ACCEPT)
        if self.step.tacit:
            self._consent(lines, self.handling.binding, self.reviewed)
        if later:
            branch.wait(supply, supplied, category=Category.APPLICANT)
            lines.mark(Op.FORK, supplied, where=self._branch(branch))
        asked = self._ask(lines)
        self._decide(lines)
        lines.mark(Op.JOIN, asked, Beside.OPINION, Category.CIRCULATION)
        lines.mark(Op.JOIN, supplied, Beside.OTHERS, Category.APPLICANT)
        # An office decides only while it is open, whenever others are done; a system at any time.
        at_night = (lines.ends != duty) & (lines.ends != SERVED) | asked
        if later:
            at_night |= supplied & (branch.ends != duty)
        lines.mark(Op.OPEN, at_night & ~self.automatic, duty, Category.CIRCULATION)
        lines.mark(Op.DECIDE)

    def _ask(self, lines: Lines) -> Mask:
        """Ask other departments for their opinions; the cases on which any is asked."""
        asked = self.setting.none()
        for opinion, cases, handling in opinions(self.setting, self.node, self.step, self.attempt):
            branch, mask = Lines(self.setting.cases), cases & self.reviewed
            if opinion.tacit:
                self._consent(branch, handling.binding, mask)
            handling.review(branch, mask)
            lines.mark(Op.FORK, mask, self._branch(branch), staff=Beside.OPINION)
            asked = asked | mask
        return asked

    def _consent(self, lines: Lines, binding: Binding, mask: Mask) -> None:
        """From here on silence for as long as a limit is consent."""
        for bound, limit in binding.parts:
            if limit.effective is not None:
                self.silences.append(binding.allowed(limit))
                lines.mark(Op.TACIT, mask & bound, len(self.silences) - 1)

    def _outcome(self, lines: Lines) -> Happened:
        """What follows the decision: who has failed, and who is refused."""
        happened = outcome(self.setting, lines, self.node, self.step, self.attempt, self.promised | self.automatic)
        if self._check is not None:
            lines.mark(Op.FORK, self.promised, where=self._check)
        return happened

    def _branch(self, branch: Lines) -> int:
        """The number of a branch beside the main line."""
        self.branches.append(branch.lines)
        return len(self.branches) - 1

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

    @property
    def _hands_in(self) -> bool:
        """Whether this attempt is the one that hands in an application of its own."""
        return self._applies and not self.attempt

    def _hand_in(self) -> None:
        """A first application with its papers; a case that comes back is only checked again."""
        if not self._applies or self.intake is None:
            return
        if self.attempt:
            check(self.setting, self.lines, self.node, f"again {self.attempt}", self.window, ~self.automatic)
            return
        prepare = self.intake.prepare
        self.lines.wait(prepare, self.automatic, category=Category.APPLICANT)
        submit(self.setting, self.lines, self.node, self.intake, self.window, ~self.automatic)

    def _supply(self) -> Spell:
        """Applicant's time to supply what was deferred."""
        if self.step.deferral is None or self.intake is None or self.attempt:
            return {}
        return supply(self.setting, self.node, self.step, self.intake)

    def _deferral(self, supply: Spell) -> Deferral:
        """By when the papers must have come."""
        assert self.step.deferral is not None
        listed = list(supply.items())
        return Deferral(listed, allowed(self.setting, self.step.deferral.within, self.node, "within"))

    def _returned(self, supply: Spell) -> Lines:
        """A late supply returns the application: a review begun is lost, and all is handed in again."""
        everyone, lost, lines = ~self.setting.none(), Lines(self.setting.cases), Lines(self.setting.cases)
        self.handling.work(lost, self.reviewed)
        lines.mark(Op.FORK, where=self._branch(lost))
        lines.wait(supply, category=Category.APPLICANT)
        check(self.setting, lines, self.node, "returned", self.window, everyone)
        self._from_acceptance(lines, {}, self.setting.none())
        self._outcome(lines)
        return lines

    def _decide(self, lines: Lines) -> None:
        """Review, or decide on promise, or let the system decide."""
        step = self.step
        self.handling.review(lines, self.reviewed)
        if step.promise:
            wait = self.setting.spell(step.promise.decide, self.node, "decide", at=step.at or "")
            lines.wait(wait, self.promised, category=Category.CIRCULATION)
        if step.automatic:
            minutes = self.setting.values(step.automatic.minutes, self.node, "system")
            lines.add(Op.DELAY, np.rint(minutes * 60).astype(np.int64), self.automatic, where=ALWAYS)

    @cached_property
    def _fate(self) -> tuple[Mask, Mask, Mask]:
        """The cases whose promise is found false, those that broke it, and those of them that are put right."""
        promise, nobody = self.step.promise, self.setting.none()
        if promise is None:
            return nobody, nobody, nobody
        luck = self.setting.luck(self.node, "breach")
        false = self.promised & (luck < promise.false)
        breach = self.promised & ~false & (luck < promise.false + promise.breach)
        return false, breach, breach & (self.setting.luck(self.node, "rectified") < promise.rectified)

    @cached_property
    def _check(self) -> int | None:
        """The branch of the check after a decision on promise: the same inspectors, then rectified or revoked."""
        promise, setting, node = self.step.promise, self.setting, self.node
        if promise is None or not self.promised.any():
            return None
        false, breach, rectified = self._fate
        branch = Lines(setting.cases)
        window = setting.seconds(promise.check_within, node, "window")
        moment = np.rint(window * setting.luck(node, "moment")).astype(np.int64)
        clock = setting.place.clock(promise.check_within)
        branch.add(Op.DELAY, moment, self.promised, category=Category.SPECIAL, where=clock)
        self.handling.work(branch, self.promised)
        if promise.rectify:
            branch.wait(
                setting.spell(promise.rectify, node, "rectify", mask=breach), breach, category=Category.APPLICANT
            )
            self.handling.work(branch, breach)
        branch.mark(Op.REVOKE, false | (breach & ~rectified))
        return self._branch(branch)

    @property
    def _checked_later(self) -> Happened:
        """What the check of a promise finds."""
        false, breach, rectified = self._fate
        revoked = false | (breach & ~rectified)
        return {Flag.PROMISED: self.promised, Flag.BREACHED: breach, Flag.REVOKED: revoked}

    def _papers(self) -> Ints | None:
        return self.intake.papers(self.setting) if self._hands_in and self.intake else None

    def _visits(self) -> Ints:
        attended = all_of(self.step.attend, self.setting.cases)
        if self.intake is None or not self._hands_in:
            return attended
        return evenly(self.intake.visits(self.setting, ~self.setting.none()) + attended)

    def _rounds(self) -> Ints | None:
        if self.intake is None or not self._hands_in:
            return None
        return evenly(np.where(self.automatic, 0, self.intake.rounds))  # a system asks for nothing more
