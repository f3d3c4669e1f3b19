"""The seventh section: what the numbers rest on, how much is assumed, and every source in full."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.numbers import exact, number
from sim.report.page.context import Context
from sim.report.page.table import Cell, Column, Row, RowGroup, Table, cells
from sim.scenario.evidence import KINDS
from sim.spec.sources import Assumption, Law, Observation, Source, standing

MOST = 12
"""Assumptions in the table; the list of sources has them all."""


@dataclass(frozen=True)
class Entry:
    """One source in full."""

    anchor: str
    text: str
    remarks: str


@dataclass(frozen=True)
class Kind:
    """The sources of one kind."""

    title: str
    entries: list[Entry]


def share(context: Context) -> str:
    """How many numbers there are, and how many are assumed."""
    found = context.evidence
    total = sum(found.counts.values())
    return context.say(
        "evidence_share", n=total, assumed=found.counts["assumption"], share=number(found.assumed_share, "share")
    )


def counts(context: Context) -> Table:
    """The numbers by the kind of their source."""
    total = max(sum(context.evidence.counts.values()), 1)
    rows = [
        Row(Cell(context.say(f"source_kind {kind}")), cells(str(n), number(n / total, "share")))
        for kind in KINDS
        if (n := context.evidence.counts[kind])
    ]
    columns = [Column(context.say("kind"), numbers=False), Column(context.say("numbers")), Column(context.say("share"))]
    return Table(context.say("evidence_counts"), columns, [RowGroup(rows)], kind="counts")


def assumptions(context: Context) -> Table | None:
    """The assumptions most used, with reason and range; None where nothing is assumed."""
    ranked = context.evidence.assumptions
    if not ranked:
        return None
    rows = []
    for key, (source, n) in list(ranked.items())[:MOST]:
        low, high = (exact(x, "") for x in source.range)
        rows.append(
            Row(
                Cell(context.assumption(key), to=context.cite(key).to),
                cells(context.name(source.why), f"{low}–{high}", str(n)),
            )
        )
    columns = [
        Column(context.say("assumption"), numbers=False),
        Column(context.say("why"), numbers=False),
        Column(context.say("range")),
        Column(context.say("numbers")),
    ]
    caption = context.say("assumptions", n=len(rows), all=len(ranked))
    return Table(caption, columns, [RowGroup(rows)], kind="assumptions")


def kinds(context: Context) -> list[Kind]:
    """Every source used, by kind."""
    found = context.sources
    by_kind = {kind: [_entry(context, k, s) for k, s in found.items() if standing(s) == kind] for kind in KINDS}
    return [Kind(context.say(f"source_kind {kind}"), entries) for kind, entries in by_kind.items() if entries]


def _entry(context: Context, key: str, source: Source) -> Entry:
    if isinstance(source, Assumption):
        low, high = (exact(x, "") for x in source.range)
        return Entry(
            f"source-{key}",
            context.assumption(key),
            context.say("list_then").join([context.say("of_range", low=low, high=high), context.name(source.why)]),
        )
    remarks = [key, *_standing(context, source), *([context.name(source.note)] if source.note else [])]
    text = source.why if isinstance(source, Observation) and source.measured else source.citation
    return Entry(f"source-{key}", text, context.say("list_then").join(remarks))


def _standing(context: Context, source: Source) -> list[str]:
    """Which version is cited, since when and until when it is in force, and whether it was read."""
    said = []
    if isinstance(source, Law) and source.date:
        said.append(context.say("version", date=source.date))
    if valid_from := getattr(source, "valid_from", None):
        said.append(context.say("valid_from", date=valid_from))
    if valid_to := getattr(source, "valid_to", None):
        said.append(context.say("valid_to", date=valid_to))
    if successor := getattr(source, "succeeded_by", None):
        said.append(context.say("succeeded_by", rule=successor))
    if is_recalled(source):
        said.append(context.say("recalled"))
    return said


def is_recalled(source: Source) -> bool:
    """Whether a law is cited from memory."""
    return isinstance(source, Law) and source.checked == "recalled"
