"""Sentences with their names filled in: in Chinese a space sets numbers and Latin letters apart, and nothing else."""

from __future__ import annotations

import re

from sim.report.plurals import Agreeing

_CHINESE = r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff60“”‘’]"
"""Characters and marks of Chinese, which stand next to one another without a space."""
_EDGE = re.compile(rf"(?<={_CHINESE}) (?=\{{)|(?<=\}}) (?={_CHINESE})")
"""The space between what a sentence says itself and what is filled in."""
_KEPT = "\x1f"
"""Stands for such a space until it is known what is filled in; no text has it."""
_NEEDLESS = re.compile(rf"(?<={_CHINESE}){_KEPT}(?={_CHINESE})")
_FILL = Agreeing()


def filled_in(text: str, /, *values: object, **fields: object) -> str:
    """A sentence with its fields filled in, {n:case|cases} by the number n; see `closed`."""
    return closed(_FILL.format(opened(text), *values, **fields))


def opened(text: str) -> str:
    """A sentence with {fields} whose spaces beside them are marked, for `closed` once they are filled in."""
    return _EDGE.sub(_KEPT, text)


def closed(text: str) -> str:
    """A sentence marked by `opened` that leaves a space beside numbers and Latin letters, none between Chinese."""
    return _NEEDLESS.sub("", text).replace(_KEPT, " ")
