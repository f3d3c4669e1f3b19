"""What a chart looks at: one process of a comparison, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sim.analysis.comparison import Comparison
from sim.analysis.courses import Courses
from sim.reforms.register import CHANGED_BY
from sim.report.words import Lang
from sim.report.words import named as in_words
from sim.scenario.prepared import PreparedVariant
from sim.spec.base import Name
from sim.spec.forms import submissions
from sim.spec.process import Process


@dataclass(frozen=True)
class End:
    """The first or the last variant, and what its cases went through in the first replication."""

    variant: PreparedVariant
    process: Process
    """The way of the process that the variant stands for, when it has several."""
    courses: Courses


@dataclass(frozen=True)
class View:
    """One process of a comparison, in one language."""

    comparison: Comparison
    id: str
    lang: Lang

    @property
    def variants(self) -> tuple[PreparedVariant, ...]:
        """The variants, the baseline first."""
        return self.comparison.prepared.variants

    @property
    def name(self) -> str:
        """What the process is called."""
        return self.say(self.process(self.variants[0]).name)

    def say(self, name: Name) -> str:
        """A name in the language of the charts."""
        return in_words(self.lang, name)

    def process(self, variant: PreparedVariant) -> Process:
        """The way of the process that a variant stands for."""
        return variant.flows[self.id][0].process

    @cached_property
    def ends(self) -> tuple[End, ...]:
        """The first and the last variant in the first replication; only one where there is no other."""
        ends = self.variants[:1] + self.variants[1:][-1:]
        return tuple(End(v, self.process(v), self.comparison.courses[v.id][self.id]) for v in ends)

    def called(self, variant: PreparedVariant) -> str:
        """What a variant is called; that it adds up, when it stands on several rungs."""
        name, starts = self.say(variant.name), {v.id: v.start for v in self.variants}
        below = starts[variant.id]
        if below is None or starts[below] is None:
            return name
        return f"累计到“{name}”" if self.lang == "zh" else f'All up to "{name}"'

    def attribute(self, key: str) -> str:
        """What cases differ in is called; its key where it has no name."""
        attribute = self.process(self.variants[0]).attributes.get(key)
        return self.say(attribute.name) if attribute and attribute.name else key

    def node_name(self, node: str) -> str:
        """What a step is called, or the common submission of several."""
        processes = [self.process(v) for v in self.variants]
        named = [p.steps[node].name for p in processes if node in p.steps]
        if named:
            return self.say(named[0])
        count = max(len(submissions(p.steps).get(node, ())) for p in processes)
        return f"一次申请（{count} 项）" if self.lang == "zh" else f"One application ({count} steps)"

    def gone_by(self, step: str) -> str:
        """What the reform that took a step away is called."""
        changes = [c for v in self.variants for c in v.changes if c.process == self.id and c.path == f"steps.{step}"]
        return self.say(CHANGED_BY[changes[-1].reform]) if changes else ""
