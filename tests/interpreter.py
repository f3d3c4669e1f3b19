"""A plain interpreter of the specs: what DESIGN.md says of a case, played moment by moment.

It knows no tables and no programs. It plays what `told` reads off a prepared scenario, and tells when every attempt at
a step was ready, accepted, decided and finished. Cases are played one after another, or all together where officers are
counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from types import SimpleNamespace as Record
from typing import Any

from sim.core.draws import Draws
from sim.scenario.prepared import Prepared

from .served import Served
from .told import Length, above, hours_of_step
from .walked import Meeting

SILENCE = 5
"""Working days after which an office that has said nothing has accepted (行政许可法 第三十二条)."""


def interpreted(prepared: Prepared, variant: int = 0, seed: int = 1, replication: int = 0) -> _Interpreter:
    """The variant of a scenario, played to its end: its `cases`, and its `rows`, one per attempt at a step."""
    return _Interpreter(prepared, variant, Draws(seed, replication)).play()


class _Interpreter(Served):
    def play(self) -> _Interpreter:
        counted = any(department.staff for department in self.departments.values())
        for together in [self.cases] if counted else [[case] for case in self.cases]:
            for case in together:
                self.hall.at(case.arrived, self.go_on, case)
            self.hall.until_the_end()
        return self

    # -- a case among its steps --------------------------------------------------------------------------

    def go_on(self, case: Record) -> None:
        """Start every step for which all before it is over; a refused or revoked case starts nothing more."""
        while not case.ended and (node := next((n for n in case.before if self.may_start(case, n)), None)):
            if not any(self.holds(case, case.process.steps[m].when) for m in case.forms.get(node, [node])):
                case.done.add(node)
                continue
            row = Record(case=case, node=node, step=case.process.steps.get(node), nth=case.tries[node], ready=self.now,
                         accepted=-1, decided=-1, outcome="granted", void=False, stops=[], silent=False)  # fmt: skip
            case.tries[node], case.running[node] = row.nth + 1, row
            case.since[node, "start"] = self.now
            self.hall.go_on(self.attempt(row))
        if not case.running and case.finished < 0:
            case.finished = self.now

    def may_start(self, case: Record, node: str) -> bool:
        under_way = node in case.running and not case.running[node].void
        with_ = [u for u, x in case.process.steps[node].lag.items() if x.since == "start"] if ":" not in node else []
        begun = all(case.tries[u] or u in case.done for u in with_)
        return node not in case.done and not under_way and begun and case.before[node] <= case.done

    def attempt(self, row: Record) -> Iterator[Any]:
        case, node = row.case, row.node
        yield from self.hand_in(row, node, case.forms[node]) if node in case.forms else self.handle(row)
        if row.silent:
            return
        row.finished = self.now
        self.rows.append(row)
        if case.running.get(node) is row:  # else it is under way anew already
            del case.running[node]
            if not (case.ended or row.void):
                self.conclude(case, row)
            self.go_on(case)

    def conclude(self, case: Record, row: Record) -> None:
        """Over, refused, or sent back: what lies between is done again too, and what of it is under way is void."""
        if row.outcome in ("refused", "lapsed"):
            case.ended, case.granted = row.outcome, False
        elif row.outcome == "granted":
            case.done.add(row.node)
            case.since[row.node, "end"] = self.now
        first = row.step.fails.redo or row.node if row.outcome == "failed" else None
        for n in case.before if first else ():
            if n in (first, row.node) or (first in above(case.before, n) and n in above(case.before, row.node)):
                case.done.discard(n)
                if n in case.running and n != first:
                    case.running[n].void = True

    # -- an application ----------------------------------------------------------------------------------

    def hand_in(self, row: Record, node: str, members: list[str], *, seen: bool = True) -> Iterator[Any]:
        """Prepare, hand in and be looked at, as often as it takes; what comes back later is only looked at again."""
        case, (now, _) = row.case, self.papers(row.case, node, members)
        if row.nth and seen:
            yield from self.look(row, node, members[0], f"again {row.nth}")
        if row.nth:
            return
        yield from self.spend(row, *self.preparing(case, now))
        deadlines = [s.correct_within for s in map(case.process.steps.get, members) if s.correct_within]
        within, told = max(deadlines, key=lambda x: x.mean_working_days(self.calendar.day), default=None), -1
        for turn in range(1 + self.rounds(case, now)) if seen else ():
            if turn:
                told = self.now if told < 0 else told
                back = self.length(self.practice.correction, case, node, "correction", turn)
                if within and (due := self.due(row, within, told, "complete")) < self.after(back):
                    row.outcome = "lapsed"
                    yield max(due, self.now)
                    return
                yield from self.spend(row, back)
            yield from self.look(row, node, members[0], turn)

    def look(self, row: Record, node: str, at: str, turn: Any) -> Iterator[Any]:
        """The window looks an application through; silent for too long, it has accepted on the day it came."""
        step, came = row.case.process.steps[at], self.now
        yield from self.engage(row.case, step.window or step.at, "window", 1,
                               self.length(self.practice.check, row.case, node, "check", turn))  # fmt: skip
        if row.accepted < 0 and self.now > self.calendar.midnight(came, SILENCE, calendar=False):
            row.accepted = came

    def supply(self, row: Record) -> list[Length]:
        """The applicant's time for the papers that come after acceptance."""
        step, case = row.step, row.case
        form = f"form:{step.form}" if step.form else row.node
        if step.deferral is None or row.nth:
            return []
        _, later = self.papers(case, form, case.forms.get(form, [row.node]))
        own = {m: s for m, s in later.items() if m in step.deferral.materials}
        wrong = [self.length(self.practice.correction, case, row.node, "supply")] if self.rounds(case, own) else []
        return self.preparing(case, own) + wrong

    # -- a step ------------------------------------------------------------------------------------------

    def handle(self, row: Record) -> Iterator[Any]:
        step, node, case = row.step, row.node, row.case
        lags = {u: lag for u, lag in step.lag.items() if not (step.done_before or case.process.steps[u].done_before)}
        for other, lag in lags.items():
            time, since = self.length(lag, case, node, "lag", other, row.nth), case.since.get((other, lag.since), -1)
            if since >= 0 and self.after(time, start=since, at=step.at) > self.now:
                row.ready = self.after(time, start=since, at=step.at)
                yield row.ready
        if step.done_before:
            self.hall.go_on(self.work(row))
        elif not step.official:
            yield from self.outside(row)
        else:
            row.system = bool(step.automatic) and self.luck(case, node, "automatic") < step.automatic.share
            allowed = step.promise and not row.system and self.holds(case, step.promise.when)
            row.promise = step.promise if allowed and self.luck(case, node, "promise") < step.promise.uptake else None
            if step.needs and not step.form:
                yield from self.hand_in(row, node, [node], seen=not row.system)
            if row.outcome != "lapsed":
                yield from self.decide(row)

    def decide(self, row: Record) -> Iterator[Any]:
        """Accepted, perhaps with papers to come; reviewed, promised or left to a system; decided when all is there."""
        step, supply = row.step, self.supply(row)
        reviewed = not (row.system or row.promise)
        comes = self.after(*supply)
        if comes > self.now and comes > self.due(row, step.deferral.within, self.now, row.node, "within"):
            self.hall.go_on(self.work(row) if reviewed else iter(()))  # the review begun is lost
            row.accepted = -1
            yield from self.spend(row, *supply)
            yield from self.look(row, row.node, row.node, "returned")
            comes = self.now
        row.accepted = self.now if row.accepted < 0 else row.accepted
        yield from self.handled(row, reviewed=reviewed)
        if row.silent:
            return
        if comes > self.now:
            yield from self.spend(row, (None, comes - self.now))
        if not row.system:
            yield self.settled(step.at, self.now)
        row.decided = self.now
        yield from self.outcome(row, reviewed=reviewed)
        if row.promise:
            self.hall.go_on(self.check_promise(row))

    def handled(self, row: Record, *, reviewed: bool) -> Iterator[Any]:
        """Left to a system, promised, or reviewed, while others are asked and silence may be consent."""
        step, meeting = row.step, Meeting()
        if reviewed and step.tacit:
            self.hall.at(max(self.end_of_limit(row, step, row.node, row.accepted), self.now), self.consent, row)
        for opinion in step.opinions if reviewed else ():
            if self.holds(row.case, opinion.when):
                self.ask(row, opinion, meeting)
        if row.system:
            yield self.now + round(self.value(step.automatic.minutes, row.case, row.node, "system") * 60)
        elif row.promise:
            yield self.after(self.length(step.promise.decide, row.case, row.node, "decide"), at=step.at)
        else:
            yield from self.review(row)
        if not row.silent:
            yield meeting

    def consent(self, row: Record) -> None:
        """Silence is consent, if nothing was decided yet."""
        if row.decided >= 0 or row.silent:
            return
        row.silent, row.decided, row.finished, row.outcome = True, self.now, self.now, "granted"
        self.rows.append(row)
        if row.case.running.get(row.node) is row:
            del row.case.running[row.node]
            if not (row.case.ended or row.void):
                self.conclude(row.case, row)
            self.go_on(row.case)

    def ask(self, row: Record, opinion: Any, meeting: Meeting) -> None:
        """Another department gives its opinion, as an office handles a step."""
        name, meeting.left, given = f"{row.node}/{opinion.at}", meeting.left + 1, Record(over=False)
        step = Record(at=opinion.at, sits=None, circulation=None, special=(), limit=opinion.limit, work=opinion.work,
                      fails=None, classes=(), official=True)  # fmt: skip

        def over() -> None:
            if not given.over:
                given.over = True
                meeting.done(self.hall)

        def answer() -> Iterator[Any]:
            asked = Record(case=row.case, node=name, nth=row.nth, step=step, silent=False)
            yield from self.review(asked)
            over()

        row.case.hours[name] = hours_of_step(name, step)
        if opinion.tacit:
            self.hall.at(max(self.end_of_limit(row, step, name, self.now), self.now), over)
        self.hall.go_on(answer())

    def review(self, row: Record) -> Iterator[Any]:
        """The sitting, the work, what is left of the handling time, the special procedures."""
        step, case, node = row.step, row.case, row.node
        if step.sits:
            yield self.calendar.sitting(step.sits, step.at, node, self.now)
        (limit, extended), worked = self.limit_of(case, step, row.nth), sum(self.parts(row).values())
        yield from self.work(row)
        if row.silent:
            return
        hours: str | None = "office"
        rest = 0
        if step.circulation:
            hours, rest = self.length(step.circulation, case, node, "circulation", row.nth)
        elif limit:
            hours, whole = self.taken(limit, case, node, row.nth, extended)
            rest = max(round(whole * (1 - worked / max(self.in_office(hours, whole), 1))), 0)
        due = self.after((hours, rest), at=step.at)
        yield due if hours or not rest else self.settled(step.at, due)
        for i, special in enumerate(step.special):
            if self.holds(case, special.when):
                yield from self.spend(row, self.length(special, case, node, "special", i, row.nth))

    def outcome(self, row: Record, *, reviewed: bool) -> Iterator[Any]:
        step, case, node = row.step, row.case, row.node
        failed = reviewed and step.fails and self.luck(case, node, "fails", row.nth) < step.fails.rate
        earlier = sum(self.luck(case, node, "fails", n) < step.fails.rate for n in range(row.nth)) if failed else 0
        if failed and earlier >= (step.fails.at_most or earlier + 1):
            failed = False
            row.outcome = step.fails.then
        if failed:
            row.outcome = "failed"
            if step.fails.correction:
                yield from self.spend(row, self.length(step.fails.correction, case, node, "put right", row.nth))
        elif reviewed and step.refused and self.luck(case, node, "refused", row.nth) < step.refused.share:
            row.outcome = "refused"

    def outside(self, row: Record) -> Iterator[Any]:
        """A step that no office handles inside a limit."""
        step, time = row.step, row.step.duration
        if step.sits:
            yield self.calendar.sitting(step.sits, step.at, row.node, self.now)
        if time and step.kind == "notice" and time.unit in ("days", "calendar_days"):
            days = ceil(self.value(time.amount, row.case, row.node, "duration", row.nth))
            yield self.calendar.midnight(self.now, days, calendar=time.unit == "calendar_days")
        elif time:
            yield self.after(self.length(time, row.case, row.node, "duration", row.nth), at=step.at)
        yield from self.work(row)
        yield from self.outcome(row, reviewed=True)

    def check_promise(self, row: Record) -> Iterator[Any]:
        """After the decision the same officers look; what is not kept is put right, or revoked."""
        case, node, promise = row.case, row.node, row.promise
        hours, window = self.length(promise.check_within, case, node, "window")
        yield self.after((hours, round(window * self.luck(case, node, "moment"))))
        yield from self.work(row)
        found = self.luck(case, node, "breach")
        breach = promise.false <= found < promise.false + promise.breach
        if breach and promise.rectify:
            yield self.after(self.length(promise.rectify, case, node, "rectify"))
            yield from self.work(row)
        if found < promise.false or (breach and self.luck(case, node, "rectified") >= promise.rectified):
            case.granted, case.ended = False, case.ended or "revoked"
            self.go_on(case)
