"""The eighth section: what the model does not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sim.analysis.comparison import Comparison
from sim.report.numbers import exact, number
from sim.report.page.context import Context
from sim.report.page.sources import is_recalled
from sim.report.page.table import Link
from sim.report.rules import outlived_words
from sim.report.warming import cold_words, warm_up_words
from sim.scenario.scenario import WEEK
from sim.spec.amounts import mean


@dataclass(frozen=True)
class Doubt:
    """One thing the model does not know, and the sources it concerns."""

    text: str
    links: list[Link] = field(default_factory=list)


def doubts(context: Context) -> list[Doubt]:
    """What the model does not know, the weightiest first."""
    return [*_of_evidence(context), *_of_model(context), *_of_this_run(context)]


def _of_evidence(context: Context) -> Iterator[Doubt]:
    share = number(context.evidence.assumed_share, "share")
    yield Doubt(context.say("doubt_interval"))
    yield Doubt(context.say("doubt_assumed", share=share, evidence=context.say("evidence")))
    links = [context.cite(key) for key, source in context.sources.items() if is_recalled(source)]
    if recalled := {link.text: link for link in links}:  # an article is told once, however many of its rules are used
        yield Doubt(context.say("doubt_recalled", n=len(recalled)), [*recalled.values()])


def _of_model(context: Context) -> Iterator[Doubt]:
    practice = context.comparison.prepared.practice
    yield Doubt(
        context.say(
            "doubt_practice",
            pace=exact(round(mean(practice.pace.factor), 2), "share"),
            overdue=exact(practice.overdue.share, "share"),
            work=exact(practice.work_share.share, "share"),
        ),
        [context.cite(practice.pace.source)],
    )
    yield Doubt(context.say("doubt_staff", staff=context.say("staff")))
    yield Doubt(context.say("doubt_others"))
    yield Doubt(context.say("doubt_behaviour"))


def _of_this_run(context: Context) -> Iterator[Doubt]:
    comparison = context.comparison
    if comparison.projected_years:
        yield Doubt(
            context.say("doubt_projected", years=context.listed([str(year) for year in comparison.projected_years]))
        )
    yield from map(Doubt, outlived_words(context.lang, comparison.prepared))
    yield from map(Doubt, cold_words(context.lang, comparison))
    yield from map(Doubt, warm_up_words(context.lang, comparison))
    yield from map(Doubt, _longer_than_the_warm_up(context))
    if _any(comparison, "refused_share") or _any(comparison, "lapsed_share"):
        yield Doubt(context.say("doubt_refused"))
    undecided = [r.target.id for r in comparison.targets if r.verdict == "undecided"]
    if undecided:
        yield Doubt(context.say("doubt_undecided", targets=context.listed(undecided), runs=comparison.most_runs))


def _any(comparison: Comparison, measure: str) -> bool:
    """Whether a case of any variant has more than none of something."""
    return any(
        (table[measure].to_numpy() > 0).any()
        for processes in comparison.tables.values() for tables in processes.values() for table in tables
    )  # fmt: skip


def _longer_than_the_warm_up(context: Context) -> Iterator[str]:
    """The processes of which one case in ten, before the reforms, takes longer than the weeks of warm-up there are."""
    window, base = context.comparison.prepared.scenario.window, context.variants[0].id
    if window is None or not window.warm_up:
        return
    for process in context.processes:
        weeks = context.comparison.of(base, process, "calendar_days").p90.mean / WEEK
        if weeks > window.warm_up:
            name = context.process(process)
            yield context.say("doubt_short_warm_up", process=name, weeks=round(weeks), warm_up=window.warm_up)
