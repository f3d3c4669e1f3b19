"""What the program says in Chinese: its English messages, recognised by the clauses of a catalogue and said anew.

A message is one clause or several, joined by `; `. The catalogue `messages.zh.po` has every clause as it stands in the
code, with {0}, {1}, … where something is filled in, which may be a clause again. What it does not know stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sim.core.errors import Fault, PlannerError, SpecError
from sim.report.catalogue import MESSAGES, REFERENCE, entries
from sim.report.filling import closed, opened
from sim.report.words import Lang

_SLOT = re.compile(r"\{(\d+|_)\}")
_CLAUSE = "; "
_SUFFIX = (",", " ")
"""What a clause begins with that is said after something else."""
_HEAD = "s_"
"""What it is said after, in the pattern."""
_ADD = "; add it: "
"""What stands before what a missing key asks for, and its meaning."""
_DEEPEST = 6
"""How many times what is filled in may be a clause itself."""


@dataclass(frozen=True)
class Clause:
    """One clause of the catalogue, and how it is recognised."""

    english: str
    chinese: str

    @cached_property
    def after(self) -> bool:
        """Whether it is said after something else, which has to be a clause too."""
        return self.english.startswith(_SUFFIX)

    @cached_property
    def fixed(self) -> list[str]:
        """What of it is not filled in."""
        return _SLOT.split(self.english)[::2]

    @cached_property
    def _longest(self) -> str:
        return max(self.fixed, key=len)

    def found(self, text: str) -> dict[str, str] | None:
        """What is filled in where a text is this clause; None where it is not."""
        if self._longest not in text:  # so most are told apart, of which no pattern is ever made
            return None
        found = self._pattern.fullmatch(text)
        return found and found.groupdict()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        pattern, seen = f"(?P<{_HEAD}>.+)" if self.after else "", set[str]()
        for nth, part in enumerate(_SLOT.split(self.english)):
            if nth % 2 == 0:
                pattern += re.escape(part)
            else:
                filled = r"\S+" if self.after else ".*?"  # what is said after something else takes one word
                pattern += f"(?P=s{part})" if part in seen else f"(?P<s{part}>{filled})"
                seen.add(part)
        return re.compile(pattern, re.DOTALL)


def told(error: PlannerError, lang: Lang) -> str:
    """An error in a language: each of its faults at its place, or its lines."""
    if lang == "en":
        return str(error)
    if isinstance(error, SpecError):
        return "\n".join(_fault(fault) for fault in error.faults)
    return said(str(error), lang)


def said(text: str, lang: Lang) -> str:
    """A text of the program in a language, line by line; what stands before a colon stays where it is no clause."""
    return text if lang == "en" else "\n".join(map(_line, text.split("\n")))


def help_text(text: str) -> str:
    """A help text in Chinese, paragraph by paragraph; as it is where the catalogue does not have it."""
    whole = entries(MESSAGES)
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return "\n\n".join(whole.get(one) or _sentence(one) or one for one in paragraphs)


def reference_text(text: str) -> str:
    """A sentence of the reference page in Chinese, or what a key asks for; as it is where no catalogue has it."""
    return entries(REFERENCE).get(text) or said(text, "zh")


def _fault(fault: Fault) -> str:
    place = f"{fault.path}: " if fault.path else ""
    return f"{fault.file}:{fault.line}: {place}{_line(fault.message)}"


def _line(line: str) -> str:
    """A line in Chinese from the first colon on after which a clause begins, or from its own beginning."""
    for begin in (0, *(colon.end() for colon in re.finditer(": ", line))):
        if _clause(line[begin:].partition(_CLAUSE)[0]) is not None:
            return line[:begin] + (_sentence(line[begin:]) or "")
    return _sentence(line) or line


def _sentence(text: str, depth: int = 0) -> str | None:
    """A text of clauses in Chinese; None where none of them is known."""
    if meant := _meant(text):
        before, meaning, after = meant
        return "；".join(filter(None, (f"{_sentence(before, depth)}，{meaning}", _sentence(after, depth) or after)))
    parts = text.split(_CLAUSE)
    found = [_clause(part, depth) for part in parts]
    if all(clause is None for clause in found):
        return None
    return "；".join(part if clause is None else clause for part, clause in zip(parts, found, strict=True))


def _meant(text: str) -> tuple[str, str, str] | None:
    """What stands before the meaning of a key, that in Chinese, and what follows; None where none is told."""
    begin = text.find(_ADD)
    for english, chinese in _meanings() if begin >= 0 else ():
        before, told, after = text[begin:].partition(f", {english}")
        if told and after.startswith(("", _CLAUSE)[bool(after)]):
            return text[:begin] + before, chinese, after.removeprefix(_CLAUSE)
    return None


@lru_cache(maxsize=1)
def _meanings() -> list[tuple[str, str]]:
    """The sentences of the reference page as faults tell them, the longest first."""
    told = [(one.rstrip("."), chinese.rstrip("。")) for one, chinese in entries(REFERENCE).items() if one[-1:] == "."]
    return sorted(((one[:1].lower() + one[1:], chinese) for one, chinese in told), key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=1)
def _parts() -> dict[str, str]:
    """What the parts of files are called where a message names one, as "a duration"."""
    names = [
        (one.lower(), chinese) for one, chinese in entries(REFERENCE).items() if re.fullmatch("[A-Z][A-Za-z]+", one)
    ]
    return {f"{'an' if one[0] in 'aeiou' else 'a'} {one}": chinese for one, chinese in names}


def _clause(text: str, depth: int = 0) -> str | None:
    if depth > _DEEPEST:
        return None
    if part := _parts().get(text):
        return part
    for clause in _catalogue():
        found = clause.found(text)
        if found is None:
            continue
        filled = {name: _sentence(value, depth + 1) for name, value in found.items()}
        if clause.after and filled[_HEAD] is None:
            continue  # what it would come after is no clause, so that this is none either
        whole = f"{{_}}{clause.chinese}" if clause.after else clause.chinese
        return closed(_SLOT.sub(lambda slot: filled[f"s{slot[1]}"] or found[f"s{slot[1]}"], opened(whole)))  # noqa: B023
    return None


@lru_cache(maxsize=1)
def _catalogue() -> list[Clause]:
    """Every clause: those that stand alone first, and of them those that say most."""
    clauses = (Clause(*entry) for entry in entries(MESSAGES).items())
    return sorted(clauses, key=lambda clause: (clause.after, -sum(map(len, clause.fixed))))
