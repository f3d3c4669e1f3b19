"""What a source is called on a line of its own."""

from __future__ import annotations

from sim.report.numbers import exact
from sim.report.words import Lang, named, say
from sim.spec.sources import Assumption, Source


def cited(lang: Lang, source: Source) -> str:
    """A source as one line: an assumption by its reason and its range, anything else by title and place."""
    if not isinstance(source, Assumption):
        return source.citation
    low, high = (exact(x, "") for x in source.range)
    return say(lang, "in_brackets", text=named(lang, source.why), inner=f"{low}–{high}")
