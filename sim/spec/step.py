"""One step (办理环节) of a process, and everything that may be said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from sim.spec.attributes import Condition
from sim.spec.base import Id, Model, Name, Text
from sim.spec.bounds import FIELDS, RETURNS, TIMES
from sim.spec.durations import Duration, Minutes, Share
from sim.spec.fees import Fee
from sim.spec.kinds import KINDS, KindId
from sim.spec.limit import Limit, Tacit
from sim.spec.procedures import ProcedureId
from sim.spec.sitting import Sitting
from sim.spec.sources import Sourced
from sim.spec.work import CaseClass, Lag, Opinion, Work


class Need(Model):
    """A material that a step needs, perhaps only of some cases."""

    material: Id
    """Id of the material in the catalogue."""
    when: Condition = {}
    """Cases of which it is asked; all when left out."""


def _need(written: Any) -> Any:
    return {"material": written} if isinstance(written, str) else written


NeedOrId = Annotated[Need, BeforeValidator(_need, json_schema_input_type=Id | Need)]
"""A need, or only the id of a material that every case needs."""


class Special(Duration):
    """A special procedure inside a step, between the officers' work and the decision; stops the clock."""

    procedure: ProcedureId
    """Which special procedure."""
    when: Condition = {}
    """Cases that need it."""
    limit: Duration | None = None
    """Its own limit (限时办结)."""
    basis: Id | None = None
    """Source that lets it stop the clock, when it is not on the statute's list."""


class Automatic(Share):
    """A system that decides a share of the cases by itself, day and night (秒批)."""

    minutes: Minutes
    """Minutes it takes."""


class Fails(Sourced):
    """The step's check fails for a share of attempts; the case is put right and comes back."""

    rate: Annotated[float, Field(ge=0, le=RETURNS)]
    """Share of attempts that fail."""
    redo: Id | None = None
    """Step from which the case is redone; this step alone when left out."""
    correction: Duration | None = None
    """Applicant's time to put things right before coming back."""
    again: Limit | None = None
    """What of the limit the second and later attempts at the step have otherwise (复审, 复验)."""
    at_most: Annotated[int, Field(ge=1)] | None = None
    """How often a case may fail; without end when left out."""
    then: Literal["refused", "granted"] | None = None
    """What becomes of a case that fails once more: it is `refused`, or `granted` all the same."""


class Deferral(Sourced):
    """容缺受理: accepted with some materials missing, decided only when all have arrived."""

    materials: Annotated[tuple[Id, ...], Field(strict=False)]
    """Materials that may be missing at acceptance."""
    within: Duration
    """Time to supply them after acceptance; later than this the application is returned."""
    uptake: Annotated[float, Field(ge=0, le=1)] = 1
    """Share of applicants who use it."""
    uptake_source: Id | None = None
    """Where `uptake` comes from, where that is not `source`: key of a source."""
    when: Condition = {}
    """Cases that are allowed it, for example those of good credit."""


class Promise(Sourced):
    """告知承诺: decided on the applicant's promise, checked after the decision."""

    decide: Duration
    """Time from acceptance to decision."""
    uptake: Annotated[float, Field(ge=0, le=1)]
    """Share of the applicants allowed it who choose it."""
    uptake_source: Id | None = None
    """Where `uptake` comes from, where that is not `source`: key of a source."""
    check_within: Duration
    """The check is made at a time within this window after the decision."""
    breach: Annotated[float, Field(ge=0, le=1)] = 0
    """Share of checks that find the promise not kept."""
    rectify: Duration | None = None
    """Applicant's time to rectify, after which inspectors look again."""
    rectified: Annotated[float, Field(ge=0, le=1)] = 1
    """Share of breaches that are rectified; the others are revoked."""
    false: Annotated[float, Field(ge=0, le=1)] = 0
    """Share of checks that find the promise false: revoked at once, credit gone."""
    when: Condition = {}
    """Cases that are allowed it, for example those of good credit."""
    law: Id | None = None
    """Named statute that allows it where the general rule excludes it."""


class Fields(Sourced):
    """The form of a submission: how many fields it has and how many are filled in for the applicant."""

    total: Annotated[int, Field(ge=1, le=FIELDS)]
    """Fields of the form."""
    prefilled: Annotated[int, Field(ge=0, le=FIELDS)] = 0
    """Fields filled in from data the government holds."""


class Step(Model):
    """One step (办理环节) of a process."""

    name: Name
    """What the step is called."""
    kind: KindId = "approval"
    """What sort of step it is; official kinds are counted, the others not."""
    at: Id | None = None
    """Department that handles it."""
    window: Id | None = None
    """Department whose window takes the application; the handling one when left out."""
    after: dict[Id, Id] = {}
    """Steps before it → why: `order` (habit), `nature` (it cannot be otherwise), or the key of the law."""
    lag: dict[Id, Lag] = {}
    """Step → how long after it this one may start: after its end, where it is waited for, or after its start."""
    needs: Annotated[tuple[NeedOrId, ...], Field(strict=False)] = ()
    """Materials it needs; one that another step yields is a legal edge by itself."""
    yields: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    """Materials (证照批文) it gives out."""
    when: Condition = {}
    """Cases that go through it; all when left out."""
    form: Id | None = None
    """Steps with the same form share one submission: one form, one window, one acceptance."""
    correct_within: Duration | None = None
    """Deadline for putting the application right (补正期限), from the first notice on; what is not complete by then
    lapses. Steps of one form have the longest of theirs."""
    limit: Limit = Limit()
    """How long the office may take."""
    classes: Annotated[tuple[CaseClass, ...], Field(strict=False)] = ()
    """Classes of cases with a limit or work of their own; the first that holds counts, else the step's own."""
    work: Work | None = None
    """Officers' work; by the general rule when left out."""
    opinions: Annotated[tuple[Opinion, ...], Field(strict=False)] = ()
    """Opinions of other departments that its review asks for."""
    tacit: Tacit | None = None
    """Whether it counts as granted when its limit ends without a decision."""
    circulation: Duration | None = None
    """Internal circulation, occupies nobody; by the general rule when left out."""
    duration: Duration | None = None
    """How long a step of an uncounted kind takes."""
    special: Annotated[tuple[Special, ...], Field(strict=False)] = ()
    """Special procedures between the work and the decision."""
    sits: Sitting | None = None
    """Fixed times at which the work can start."""
    automatic: Automatic | None = None
    """A system that decides some cases by itself."""
    procedure: ProcedureId | None = None
    """Which special procedure a step of kind `special` is."""
    counted: bool | None = None
    """Whether its time is counted; by its kind when left out."""
    basis: Id | None = None
    """Source that lets an official step, or a procedure not on the statute's list, stay uncounted."""
    fails: Fails | None = None
    """How often the case comes back."""
    refused: Share | None = None
    """Share of cases refused (不予许可)."""
    touchpoint: bool | None = None
    """Whether it is a 环节 of the applicant; a submission is one when left out."""
    attend: Annotated[int, Field(ge=0, le=TIMES)] = 0
    """Visits the applicant makes to attend it, besides handing in and collecting."""
    fees: Annotated[tuple[Fee, ...], Field(strict=False)] = ()
    """What the applicant pays for it; nothing is known of it when left out."""
    fields: Fields | None = None
    """The form of its submission."""
    promise_excluded: Text | None = None
    """Why 告知承诺 is not allowed here, for example 直接涉及公共安全."""
    deferral: Deferral | None = None
    """容缺受理 of some materials."""
    promise: Promise | None = None
    """告知承诺."""
    call: Id | None = None
    """Another process that the case goes through here; the step then has a name, `after` and `when` alone."""
    done_before: Text | None = None
    """Who does it before the case starts (区域评估): the work remains, the case does not wait for it."""

    @property
    def official(self) -> bool:
        """Whether an office handles it inside a limit."""
        return KINDS[self.kind].official

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments that have to do with it, the handling one first."""
        works = [self.work, *(c.work for c in self.classes), *(opinion.work for opinion in self.opinions)]
        others = [*(opinion.at for opinion in self.opinions), *(c.at for work in works if work for c in work.along)]
        return tuple(dict.fromkeys(d for d in (self.at, self.window, *others) if d))

    @property
    def is_counted(self) -> bool:
        """Whether its time counts as 审批用时."""
        return KINDS[self.kind].counted if self.counted is None else self.counted

    def limits(self, attempt: int = 0) -> tuple[tuple[Condition, Limit], ...]:
        """The limits of an attempt, each with the cases that it binds: the first that holds counts."""
        if attempt and self.fails and self.fails.again:
            return (({}, self.fails.again.over(self.limit)),)
        return (*((c.when, c.limit.over(self.limit)) for c in self.classes), ({}, self.limit))

    def with_limits(self, own: Callable[[Limit], Limit], others: Callable[[Limit], Limit]) -> dict[str, Any]:
        """What changes of the step when its own limit becomes another, and those of classes and later attempts too."""
        classes = tuple(
            c.model_copy(update={"limit": others(c.limit.over(self.limit))}) if c.limit.states_any else c
            for c in self.classes
        )
        changes: dict[str, Any] = {"limit": own(self.limit)} | ({"classes": classes} if classes else {})
        if self.fails and self.fails.again:
            again = others(self.fails.again.over(self.limit))
            changes["fails"] = self.fails.model_copy(update={"again": again})
        return changes
