"""Officers' work on a case, what classes of cases ask for otherwise, and times that lie between steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from sim.spec.attributes import Condition
from sim.spec.base import Id, Model
from sim.spec.bounds import CREW
from sim.spec.durations import OFFICE_DAY, Duration
from sim.spec.limit import Limit, Tacit


class Companion(Model):
    """Officers of another department who come along on a visit (联合踏勘)."""

    at: Id
    """Department whose officers they are."""
    staff: Annotated[int, Field(ge=1, le=CREW)] = 1
    """How many of them."""
    by: Id = "officers"
    """Which staff of the department."""


class Work(Duration):
    """Officers' work on one case; occupies staff."""

    staff: Annotated[int, Field(ge=1, le=CREW)] = 1
    """Officers needed at once; a substantive on-site check needs two (行政许可法 第三十四条)."""
    by: Id = "officers"
    """Staff of the department that does it."""
    along: Annotated[tuple[Companion, ...], Field(strict=False)] = ()
    """Officers of other departments who do it with them (联合踏勘): it starts when all are there, and takes as long."""


def gathered(works: Sequence[tuple[str, Work]]) -> tuple[str, Work]:
    """Some work, each of a department, done at the same time: as long as the longest, by which the others come along.

    Officers of one department and one role are the same for all of it, as many as are wanted at most.
    """
    at, longest = max(works, key=lambda one: one[1].mean_working_days(OFFICE_DAY))
    wanted: dict[tuple[str, str], int] = {}
    for department, work in works:
        for who in (Companion(at=department, staff=work.staff, by=work.by), *work.along):
            wanted[who.at, who.by] = max(who.staff, wanted.get((who.at, who.by), 0))
    staff = wanted.pop((at, longest.by))
    along = tuple(Companion(at=d, staff=n, by=role) for (d, role), n in wanted.items())
    return at, longest.model_copy(update={"staff": staff, "along": along})


class CaseClass(Model):
    """A class of cases (A、B、C 类) that has a limit or work of its own in a step."""

    when: Annotated[Condition, Field(min_length=1)]
    """Cases of the class."""
    limit: Limit = Limit()
    """What of the limit they have otherwise; the rest is the step's."""
    work: Work | None = None
    """Officers' work on them; the step's when left out."""


class Opinion(Model):
    """An opinion (征求意见) for which a review asks another department: from acceptance on, while its own clock runs.

    The review is decided when all that it has asked for are in.
    """

    at: Id
    """Department that is asked."""
    limit: Limit = Limit()
    """How long it may take; how long it takes follows from the general rule."""
    work: Work | None = None
    """Work of its officers; by the general rule when left out."""
    when: Condition = {}
    """Cases on which it is asked; all when left out."""
    tacit: Tacit | None = None
    """Whether it agrees by silence: not answered within its limit, it is not waited for any more."""


class Lag(Duration):
    """How long after another step a step may start; it waits at least so long, on the clock of the duration."""

    since: Literal["end", "start"] = "end"
    """Whether the time runs from the `end` of the other step, or from its `start`: its end is then not waited for."""
