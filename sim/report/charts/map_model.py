"""What the process map shows: which steps and edges stand, which a reform takes away, and which decide the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from sim.report.charts.view import View
from sim.spec import graph
from sim.spec.forms import form_of, is_submission, submissions
from sim.spec.planned import planned_lengths
from sim.spec.process import Process

if TYPE_CHECKING:
    import networkx as nx

Edge = tuple[str, str]
Style = Literal["legal", "nature", "order", "freed"]
"""Why an edge stands: by law or for a paper, by nature, by habit, or by a habit that a reform ends."""


@dataclass(frozen=True)
class MapModel:
    """One variant of a process as its map shows it."""

    title: str
    process: Process
    edges: Mapping[Edge, Style]
    """The edges that no others imply, and why they stand."""
    forms: Mapping[str, tuple[str, ...]]
    """Common submission → its steps, two at least."""
    gone: Mapping[str, str]
    """Step that the other variant lacks → the reform that took it away."""
    critical: frozenset[str]
    """The steps on a critical path; of several paths as long, those of all."""
    links: frozenset[Edge]
    """Those steps, each with one that comes directly after it on a critical path."""
    deciding: Mapping[str, float] = field(default_factory=dict)
    """Step → share of the cases that have it on a critical path."""
    slack: Mapping[str, float] = field(default_factory=dict)
    """Step → working days that it might take longer without the whole taking longer."""

    @property
    def longest(self) -> int:
        """Steps of the longest chain in which each waits for the one before it."""
        return len(graph.critical_path(graph.predecessors(self.process), dict.fromkeys(self.process.steps, 1.0)))

    @property
    def freed(self) -> int:
        """How many of the edges are habits that reforms end."""
        return sum(style == "freed" for style in self.edges.values())

    @property
    def before(self) -> dict[str, list[str]]:
        """Step → those it directly waits for, in an order in which they can be done."""
        found: dict[str, list[str]] = {s: [] for s in graph.order(graph.predecessors(self.process))}
        for u, v in self.edges:
            found[v].append(u)
        return found

    @property
    def critical_edges(self) -> frozenset[Edge]:
        """The edges along the critical paths, also past steps that the cases did not go through."""
        import networkx as nx

        drawn = nx.DiGraph(list(self.edges))
        return frozenset(e for u, v in self.links for e in pairwise(_way(drawn, u, v)))


def played_models(view: View) -> list[MapModel]:
    """The map of the first variant and that of the last one, with the critical path of the cases played."""
    found = []
    for end, after in zip(view.ends, (view.ends[-1].process, None), strict=False):
        gone = {s: view.gone_by(s) for s in end.process.steps if after and s not in after.steps}
        courses, links = end.courses, usual(end.courses.links)
        cases, steps = max(len(courses.cases), 1), courses.slack.set_index("node")
        model = MapModel(
            title=view.called(end.variant),
            process=end.process,
            edges=drawn_edges(end.process, after),
            forms=_forms(end.process),
            gone=gone,
            critical=_steps(links),
            links=_between_steps(links),
            deciding={str(s): n / cases for s, n in steps["critical"].items()},
        )
        found.append(model)
    return found


def planned_models(process: Process, after: Process | None, titles: Sequence[str]) -> list[MapModel]:
    """The map of a process, and of what reforms make of it, with the path that is longest by limits."""
    found = []
    for title, version, other in zip(titles, (process, after), (after, None), strict=True):
        if version is not None:
            gone = {s: "" for s in version.steps if other and s not in other.steps}
            before, lengths = graph.predecessors(version), planned_lengths(version)
            critical, links = graph.critical_links(before, lengths)
            edges, slack = drawn_edges(version, other), graph.slack(before, lengths)
            found.append(
                MapModel(title, version, edges, _forms(version), gone, critical, frozenset(links), slack=slack)
            )
    return found


def _forms(process: Process) -> dict[str, tuple[str, ...]]:
    common = submissions(process.steps)
    return {form_of(node): tuple(members) for node, members in common.items() if len(members) > 1}


def drawn_edges(process: Process, after: Process | None) -> dict[Edge, Style]:
    """The edges that no others imply; those of habit that `after` no longer keeps are told apart."""
    import networkx as nx

    kept = nx.transitive_reduction(graph.digraph(graph.predecessors(process))).edges
    elders = graph.ancestors(graph.predecessors(after)) if after else {}
    styles: dict[str, Style] = {graph.ORDER: "order", graph.NATURE: "nature"}
    found: dict[Edge, Style] = {}
    for (u, v), origin in graph.edges(process).items():
        ended = origin == graph.ORDER and u in elders and v in elders and u not in elders[v]
        if (u, v) in kept:
            found[u, v] = "freed" if ended else styles.get(origin, "legal")
    return found


def usual(links: Mapping[Edge, int]) -> frozenset[Edge]:
    """The links from the most frequent end back to whatever most often came before, until it starts.

    Where several came as often, all of them.
    """
    before: dict[str, dict[str, int]] = {}
    for (u, v), n in links.items():
        before.setdefault(v, {})[u] = n
    found: set[Edge] = set()
    waiting, seen = [""], {""}
    while waiting:
        step = waiting.pop()
        most = max(before.get(step, {}).values(), default=0)
        for u in (u for u, n in before.get(step, {}).items() if n == most):
            found.add((u, step))
            waiting += [u] if u not in seen else []
            seen.add(u)
    return frozenset(found)


def _steps(links: Iterable[Edge]) -> frozenset[str]:
    """The steps that links lead to or from, without common submissions."""
    return frozenset(s for link in links for s in link if s and not is_submission(s))


def _between_steps(links: Iterable[Edge]) -> frozenset[Edge]:
    """The links from step to step, past common submissions."""
    known = set(links)
    past = {(u, w) for u, v in known if is_submission(v) for x, w in known if x == v}
    return frozenset(e for e in known | past if all(s and not is_submission(s) for s in e))


def _way(drawn: nx.DiGraph, start: str, end: str) -> list[str]:
    """The shortest way along drawn edges; only the start where there is none."""
    import networkx as nx

    if not (start in drawn and end in drawn and nx.has_path(drawn, start, end)):
        return [start]
    return list(nx.shortest_path(drawn, start, end))
