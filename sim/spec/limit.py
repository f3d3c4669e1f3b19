"""Limits: how long an office may take, by statute and by its own promise, and by how much that may be extended."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo

from sim.spec.base import Id, Model
from sim.spec.durations import OFFICE_DAY, Duration, Share
from sim.spec.sources import Sourced


def _share(written: Any, info: ValidationInfo) -> Any:
    """A bare number rests on the source of what it stands in."""
    if isinstance(written, bool | dict) or not isinstance(written, int | float):
        return written
    return {"share": written, "source": info.data.get("source", "source")}


ShareOrNumber = Annotated[
    Share, BeforeValidator(_share, json_schema_input_type=Annotated[float, Field(ge=0, le=1)] | Share)
]
"""A share with a source of its own, or only the number where the source beside it covers that too."""


class Extension(Duration):
    """An approved extension of a limit (行政许可法 第四十二条: 20 + 10 days).

    An office that has used up the limit takes its usual part of the extension too, and is on time within both.
    Totals of limits leave it out, as guides do.
    """

    share: ShareOrNumber
    """Share of the cases for which it is approved."""


class Tacit(Sourced):
    """Silence is consent (超时默认): what is not answered within its limit counts as granted when that ends.

    Nobody waits for the office any more; its officers still work the file off.
    """


class Limit(Model):
    """How long an office may take, by statute and by its own promise."""

    statutory: Duration | None = None
    """Statutory limit (法定时限)."""
    committed: Duration | None = None
    """Committed limit (承诺时限); never above the statutory one."""
    extended: Extension | None = None
    """An approved extension (延长审批) of whichever limit the office works to, for a share of the cases."""

    @property
    def effective(self) -> Duration | None:
        """The limit the office works to: the committed one, else the statutory one."""
        return self.committed or self.statutory

    @property
    def states_any(self) -> bool:
        """Whether anything is stated."""
        return any(getattr(self, field) is not None for field in Limit.model_fields)

    def over(self, usual: Limit) -> Limit:
        """Return the usual limit with whatever of it is stated otherwise here.

        A statutory limit that is stated here and shorter than what is usually committed binds by itself.
        """
        stated = {field: getattr(self, field) for field in Limit.model_fields if getattr(self, field) is not None}
        if self.statutory and usual.committed and _days(self.statutory) < _days(usual.committed):
            stated.setdefault("committed", None)
        return usual.model_copy(update=stated)


def _days(limit: Duration) -> float:
    return limit.mean_working_days(OFFICE_DAY)


class Bundle(Model):
    """One limit over several steps (联办时限): whether it is kept is judged for the whole, and not step by step.

    No source says how the steps share it: each gets an equal part of their longest chain, and one that has less of its
    own leaves the rest to the others.
    """

    steps: Annotated[tuple[Id, ...], Field(min_length=1, strict=False)]
    """Steps that it binds as a whole; what of them is counted counts, parallel steps once."""
    limit: Limit
    """The limit of the whole."""
