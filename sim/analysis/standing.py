"""Where a target stands: its verdict, and which one is on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sim.core.register import register
from sim.spec.base import Name

Verdict = Literal["met", "missed", "undecided"]
Tone = Literal["good", "alarm", "known", "open"]
"""Key of the colour in which a standing is shown."""


@dataclass(frozen=True)
class Standing:
    """A verdict on a target, and the verdict that is on record for it, if one is."""

    id: str
    verdict: Verdict
    on_record: Verdict | None
    words: Name
    tone: Tone
    as_wanted: bool
    """Whether `check` passes."""


def _standing(
    key: str, verdict: Verdict, recorded: Verdict | None, zh: str, en: str, tone: Tone, wanted: bool
) -> Standing:
    return Standing(key, verdict, recorded, Name(zh=zh, en=en), tone, wanted)


STANDINGS = register((
    _standing("met", "met", None, "达标", "met", "good", True),
    _standing("missed", "missed", None, "未达标", "missed", "alarm", False),
    _standing("recorded", "missed", "missed", "未达标（已登记）", "missed (on record)", "known", True),
    _standing("undecided", "undecided", None, "未定", "undecided", "open", False),
    _standing("near", "undecided", "undecided", "未定（已登记）", "undecided (on record)", "known", True),
    _standing(
        "met_unlike_record", "met", "missed",
        "达标，但登记为未达标", "met, but a miss is on record", "open", False,
    ),
    _standing(
        "undecided_unlike_record", "undecided", "missed",
        "未定，但登记为未达标", "undecided, but a miss is on record", "open", False,
    ),
    _standing(
        "met_unlike_near", "met", "undecided",
        "达标，但登记为未定", "met, but it is on record as undecided", "open", False,
    ),
    _standing(
        "missed_unlike_near", "missed", "undecided",
        "未达标，但登记为未定", "missed, but it is on record as undecided", "alarm", False,
    ),
))  # fmt: skip
"""Every standing, by its id, in the order in which they are counted."""
_BY_VERDICT = {(standing.verdict, standing.on_record): standing for standing in STANDINGS.values()}


def counts(standings: Iterable[Standing]) -> dict[Standing, int]:
    """How often each standing occurs, in the order of the register; those that do not are left out."""
    found = list(standings)
    return {standing: n for standing in STANDINGS.values() if (n := found.count(standing))}


def standing_of(verdict: Verdict, on_record: Verdict | None) -> Standing:
    """The standing of a target with this verdict, and the one on record for it."""
    return _BY_VERDICT[verdict, on_record]
