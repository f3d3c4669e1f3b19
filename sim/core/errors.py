"""What can be wrong with a planner's files, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.core.likeness import close_matches

_SHORT_NAME = 4
_NAMES_SHOWN = 8


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one place; its text is `file:line: path: message`."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}: {place}{self.message}"


class PlannerError(Exception):
    """A mistake a planner can mend: shown without a traceback, exit code 2."""


class SpecError(PlannerError):
    """Everything wrong with a file, in reading order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(set(faults)))
        super().__init__(self.faults)  # what pickle passes on when the error crosses to another process

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


class ReformError(PlannerError):
    """A reform that has no effect, is illegal or is excluded where it is applied."""


class CalendarError(PlannerError):
    """A date outside the years whose working days are known."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ", did you mean 'x'?" for the known name nearest to `name`, or "" when none is near."""
    # Two to four characters, as most Chinese names have, share too little for the usual 0.6.
    cutoff = 0.3 if len(name) <= _SHORT_NAME else 0.6
    near = close_matches(name, known, n=1, cutoff=cutoff)
    return f", did you mean {near[0]!r}?" if near else ""


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Return "unknown step 'acept', did you mean 'accept'?", or the known names when none is near."""
    names = sorted(known)
    return f"unknown {kind} {name!r}" + (did_you_mean(name, names) or f"; known: {_listed(names)}")


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMES_SHOWN]) or "none"
    return shown + (", …" if len(names) > _NAMES_SHOWN else "")
