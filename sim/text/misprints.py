"""What goes wrong when people type YAML, Chinese punctuation above all: found, explained and mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

from sim.text.invisible import INVISIBLE, called

Spot: TypeAlias = Literal["key", "beside", "below", "item", "flow item", "flow value"]
# beside: a value on its key's line; below: a value on a line of its own.

_ANYWHERE: tuple[Spot, ...] = ("key", "beside", "below", "item", "flow item", "flow value")
_FOR_A_KEY: tuple[Spot, ...] = ("key", "below", "item", "flow item")  # where `key: value` may have been meant
_DASHES = r"^\s*(?:- +)*"
_WORD = r"(?:[A-Za-z][A-Za-z0-9_-]*|[^\s#：:，“”]{1,8})"  # an id, or a Chinese word too short for a sentence
_NAME = r"[^\W\d][\w.-]*"
_HIDDEN = "invisible character"
_SHOWN = 30
_SEARCHED = 500  # characters of a line: more would be slow on a hostile file
_CHECK = "check the indentation, colons and quotes here and on the line above"
_UNFIT = "this does not fit the lines above: check the indentation and closing quotes"
_ADVICE = (
    (
        "mapping values are not allowed",
        "': ' cannot stand here: quote text that holds ': ', or check the indentation",
    ),
    ("expected ':'", "no ': ' on this line: write `key: value`"),
    ("expected ','", "a comma is missing, or the bracket opened here is not closed"),
    ("end of stream", "the quote opened here is not closed"),
    ("cannot start any token", "a text cannot begin with @, ` or %: quote it"),
    ("unknown escape", "a backslash in double quotes: use single quotes"),
    ("sequence entries are not allowed", "'- ' cannot follow text: begin a new line"),
    ("alphabetic or numeric", "a text cannot begin with & or *: quote it"),
    ("tag handle", "a text cannot begin with !: quote it"),
    ("mapping keys are not allowed", "a text cannot begin with ?: quote it"),
    ("node content", "a bracket without its pair, or a comma too many: quote what is text"),
    ("comment or line break", "after | or > the text begins on the next line"),
    ("expected key", _UNFIT),
    ("'-' indicator", _UNFIT),
    ("<block end>", _UNFIT),
)


class _Misprint(NamedTuple):
    wrong: str
    remedy: str
    spots: tuple[Spot, ...]
    scalar: str  # how it looks in an unquoted text
    line: str  # how it looks in a line that is no YAML
    mend: Callable[[str], str]  # the line as it was meant

    def message(self, text: str) -> str:
        hidden = re.search(f"[{INVISIBLE}]", text) if self.wrong == _HIDDEN else None
        return f"{called(hidden[0]) if hidden else self.wrong} in {short(text)}: {self.remedy}"


def short(text: str) -> str:
    """Return the text in quotes on one line, its end cut off when it is long."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def in_scalar(text: str, spot: Spot) -> str:
    """Return what is probably wrong with an unquoted text standing at `spot`, or ""."""
    if not _any_of(spot).search(text):
        return ""
    for misprint in _MISPRINTS:
        if spot in misprint.spots and re.search(misprint.scalar, text):
            return misprint.message(text)
    return ""


@cache
def _any_of(spot: Spot) -> re.Pattern[str]:
    """How anything that may be wrong at a spot looks: most texts hold nothing of it, and one search tells."""
    return re.compile("|".join(f"(?:{misprint.scalar})" for misprint in _MISPRINTS if spot in misprint.spots))


def in_line(line: str) -> tuple[str, str]:
    """Return what is probably wrong with a line that is no YAML, or "", and the line mended."""
    for misprint in _MISPRINTS:
        if re.search(misprint.line, line[:_SEARCHED]):
            return misprint.message(line.strip(" \t")), misprint.mend(line)
    return "", line


def advice(problem: str) -> str:
    """Return what to do about a problem that the YAML parser names in its own words."""
    return next((remedy for sign, remedy in _ADVICE if sign in problem), f"{problem}: {_CHECK}")


def needs_quotes(text: str) -> bool:
    """Return whether the text, unquoted, would be taken for a misprint at some spot."""
    return any(in_scalar(text, spot) for spot in _ANYWHERE)


def _half_width(line: str) -> str:
    return re.sub("[［｛］｝＃－]", lambda found: unicodedata.normalize("NFKC", found[0]), line)


_MISPRINTS = (
    _Misprint(
        wrong="tab instead of spaces",
        remedy="indent with two spaces for each level",
        spots=(),
        scalar="",
        line=r"^ *\t",
        mend=lambda line: line.expandtabs(2),
    ),
    _Misprint(
        wrong=_HIDDEN,
        remedy="use plain spaces, or quote the text",
        spots=_ANYWHERE,
        scalar=f"^[{INVISIBLE}]|[{INVISIBLE}]$",
        line=f"^ *[{INVISIBLE}]",
        mend=lambda line: re.sub(f"[{INVISIBLE}]", "  ", line),
    ),
    _Misprint(
        wrong=_HIDDEN,
        remedy="delete it, or put a plain space",
        spots=("key",),
        scalar=f"[{INVISIBLE}]",
        line=f"^[^\"'#]*[{INVISIBLE}][^\"'#]*:",
        mend=lambda line: re.sub(f"[{INVISIBLE}]", " ", line),
    ),
    _Misprint(
        wrong=_HIDDEN,
        remedy="write a plain space after the colon",
        spots=_FOR_A_KEY,
        scalar=rf"^{_NAME}:[{INVISIBLE}]",
        line=rf"{_DASHES}{_NAME}:[{INVISIBLE}]",
        mend=lambda line: re.sub(f"[{INVISIBLE}]", " ", line),
    ),
    _Misprint(
        wrong="full-width colon",
        remedy="write ': ' after a key, or quote the text",
        spots=_FOR_A_KEY,
        scalar=rf"^{_WORD}\s*：",
        line=rf"{_DASHES}{_WORD}\s*：",
        mend=lambda line: line.replace("：", ": ", 1),
    ),
    _Misprint(
        wrong="no space after the colon",
        remedy="write ': ' after a key, or quote the text",
        spots=_FOR_A_KEY,
        scalar=rf"^{_NAME}:(?!//)\S",
        line=rf"{_DASHES}{_NAME}:(?!//)\S",
        mend=lambda line: line.replace(":", ": ", 1),
    ),
    _Misprint(
        wrong="Chinese comma",
        remedy="write ', ' between items, or quote the text",
        spots=("flow item",),
        scalar="[，、]",
        line=r"\[[^\]{#]*，",
        mend=lambda line: line.replace("，", ", "),
    ),
    _Misprint(
        wrong="Chinese comma",
        remedy="write ', ' between items, or quote the text",
        spots=("flow value",),
        scalar=rf"，\s*{_WORD}\s*[：:]",  # {zh: 甲，en：B}; a comma alone may well belong to a title
        line=rf"，\s*{_WORD}\s*[：:]",
        mend=lambda line: line.replace("，", ", "),
    ),
    _Misprint(
        wrong="curly quotes",
        remedy="write straight quotes, or none",
        spots=_ANYWHERE,
        scalar="^(?!“[^”]+”.|‘[^’]+’.)[“”‘’]",  # a title may begin with a quoted word: “十四五”规划
        line='"[^"“”]*”|“[^"“”]*"',
        mend=lambda line: re.sub("[“”]", '"', line),
    ),
    _Misprint(
        wrong="full-width character",
        remedy="type it half-width, or quote the text",
        spots=_ANYWHERE,
        scalar=r"^[［｛＃]|^－\s|\s＃|^[－＋]?[０-９][０-９．]*$",
        line=r"^\s*[－＃]|[:-] *[［｛]",
        mend=_half_width,
    ),
)
