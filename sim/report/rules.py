"""What is told of the rules that a run outlives, in words that screen, page and commands share."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.words import Lang, named, say
from sim.scenario.prepared import Prepared


def outlived_words(lang: Lang, prepared: Prepared) -> Iterator[str]:
    """Yield a sentence for every rule that has ended, or ends within the run, and is followed all the same."""
    for rule in prepared.outlived:
        source = prepared.sources[rule.key]
        yield say(
            lang,
            "outlived_ended" if rule.ended else "outlived_ends",
            rule=source.citation,
            last=rule.last,
            successor=getattr(source, "succeeded_by", None),
            by=say(lang, "list_and").join(named(lang, name) for name in rule.by),
        )
