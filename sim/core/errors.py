"""What can be wrong with a planner's files, and how it is said."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sim.core.likeness import close_matches

_SHORT_NAME = 4
_NAMES_SHOWN = 8
_SLIP = 0.85
"""How alike the keys of a law are of which one is misspelt."""


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


@contextmanager
def naming(where: str) -> Iterator[None]:
    """Put where it happened before every mistake that is found meanwhile and does not say so itself."""
    try:
        yield
    except SpecError:
        raise
    except PlannerError as error:
        raise PlannerError(f"{where}: {error}") from error


class ReformError(PlannerError):
    """A reform that has no effect, is illegal or is excluded where it is applied."""


class CalendarError(PlannerError):
    """A date outside the years whose working days are known."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that a misspelt one is nearest to; "" where none is near."""
    # Two to four characters, as most Chinese names have, share too little for the usual 0.6.
    cutoff = 0.3 if len(name) <= _SHORT_NAME else 0.6
    return next(iter(close_matches(name, known, n=1, cutoff=cutoff)), "")


def misspelt(name: str, known: Iterable[str]) -> str:
    """The known key of a source of which one is a slip of the pen; "" where it may well be of something else.

    Another number is another article, and another word another law.
    """
    near = difflib.get_close_matches(name, known, n=1, cutoff=_SLIP)
    return near[0] if near and re.findall(r"\d+", near[0]) == re.findall(r"\d+", name) else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ", did you mean 'x'?" for the known name nearest to `name`, or "" when none is near."""
    near = nearest(name, known)
    return f", did you mean {near!r}?" if near else ""


def named(text: str, ids: Iterable[str]) -> str:
    """Return that a text is a name, and whose: "施工许可 is a name; write its id, construction_permit"."""
    return f"{text} is a name; write its id, {' or '.join(ids)}"


def unknown(kind: str, name: str, known: Iterable[str], near: Callable[[str, list[str]], str] = nearest) -> str:
    """Return "unknown step 'acept', did you mean 'accept'?", or the known names when none is near."""
    names = sorted(known)
    meant = near(name, names)
    return f"unknown {kind} {name!r}" + (f", did you mean {meant!r}?" if meant else f"; known: {_listed(name, names)}")


def _listed(name: str, names: list[str]) -> str:
    """The names in their order; of too many those that are most like the one that is not among them."""
    if len(names) <= _NAMES_SHOWN:
        return ", ".join(names) or "none"
    return ", ".join([*sorted(names, key=lambda known: -_alike(name, known))[:_NAMES_SHOWN], "…"])


def _alike(name: str, known: str) -> float:
    return difflib.SequenceMatcher(None, name.casefold(), known.casefold()).ratio()
