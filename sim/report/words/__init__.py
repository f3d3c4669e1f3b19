"""Every word of the page in both languages, side by side; {fields} are filled in, {n:case|cases} agrees with n."""

from __future__ import annotations

import re
from typing import Literal, get_args

from sim.report.filling import filled_in
from sim.report.words import answers, deciding, drawing, exporting, frame, listing, sections, spec, trying, whatif
from sim.spec.base import Prose

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
WORDS = {
    **frame.WORDS, **answers.WORDS, **deciding.WORDS, **drawing.WORDS, **exporting.WORDS, **sections.WORDS,
    **listing.WORDS, **spec.WORDS, **trying.WORDS, **whatif.WORDS,
}  # fmt: skip

_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")
"""What would end a line, or leave one, within a name or a sentence."""
_COUNTED = re.compile(r"(?<=\d) (?=[\u4e00-\u9fff])")
"""The space between a number and what it counts, in Chinese."""
_BESIDE = re.compile("(?<=[，。；：、？！）》”]) (?=\\w)|(?<=\\w) (?=[，。；：、？！（《“])")
"""A space between a Chinese mark, which has its own, and a letter or number."""


def named(lang: Lang, name: Prose) -> str:
    """A name or a sentence in one of the two languages; as it was written where it is in one only."""
    told = name if isinstance(name, str) else name.zh if lang == "zh" else name.en
    return _BREAKS.sub(" ", told)


def say(lang: Lang, key: str, /, *values: object, **fields: object) -> str:
    """The words of a key, with its fields filled in; numbers go with what they count."""
    said = filled_in(WORDS[key][LANGS.index(lang)], *values, **fields)
    return _COUNTED.sub("\u00a0", _BESIDE.sub("", said)) if lang == "zh" else said


def say_or(lang: Lang, key: str, default: str) -> str:
    """The words of a key, or a default where the catalogue does not know it."""
    return say(lang, key) if key in WORDS else default
