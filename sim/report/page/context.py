"""What every section of the page asks for: the words, and the names of things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.analysis.comparison import Comparison
from sim.records.measures.base import Measure
from sim.records.measures.register import MEASURES
from sim.records.tables import SUBMISSION
from sim.reforms.register import CHANGED_BY
from sim.report import words
from sim.report.numbers import exact, runs_of
from sim.report.page.table import Link
from sim.report.worlds import assumption_called
from sim.scenario.evidence import Evidence, evidence
from sim.scenario.prepared import PreparedVariant
from sim.spec import forms
from sim.spec.base import Name, Prose
from sim.spec.kinds import KINDS
from sim.spec.sources import Assumption, Law, Source
from sim.spec.step import Step


@dataclass(frozen=True)
class Context:
    """A comparison told in one language."""

    comparison: Comparison
    lang: words.Lang

    def say(self, key: str, /, *values: object, **fields: object) -> str:
        """The words of a key."""
        return words.say(self.lang, key, *values, **fields)

    def say_or(self, key: str, default: str) -> str:
        """The words of a key, or a default where the catalogue does not know it."""
        return words.say_or(self.lang, key, default)

    def name(self, name: Prose) -> str:
        """A name or a sentence in the language of the page."""
        return words.named(self.lang, name)

    def inline(self, name: Name) -> str:
        """A name inside a sentence, where English begins it with a small letter."""
        text = self.name(name)
        return text[:1].lower() + text[1:] if self.lang == "en" else text

    def quoted(self, text: str) -> str:
        """A text in quotation marks."""
        return self.say("quoted", text=text)

    def listed(self, texts: list[str]) -> str:
        """Texts one after another."""
        return self.say("list_and").join(texts)

    @property
    def variants(self) -> tuple[PreparedVariant, ...]:
        """The variants, the baseline first."""
        return self.comparison.prepared.variants

    @property
    def base(self) -> str:
        """What the baseline is called."""
        return self.name(self.variants[0].name)

    @property
    def headline(self) -> str:
        """Where, from when, how often and from which seed it was played."""
        return self.say(
            "headline",
            place=self.name(self.variants[0].place.name),
            start=self.comparison.prepared.scenario.start,
            runs=runs_of(self.comparison.runs),
            seed=self.comparison.seed,
        )

    def variant(self, name: str) -> PreparedVariant:
        """The variant of an id."""
        return next(v for v in self.variants if v.id == name)

    @property
    def processes(self) -> list[str]:
        """The processes, in the order of the scenario."""
        return list(self.comparison.prepared.scenario.demand)

    def process(self, process: str) -> str:
        """What a process is called."""
        return self.name(self.variants[0].flows[process][0].process.name)

    @cached_property
    def evidence(self) -> Evidence:
        """What the numbers rest on."""
        return evidence(self.comparison.prepared)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every source of the page: those of its numbers, and the laws that fix the order of steps."""
        known, found = self.comparison.prepared.sources, dict(self.evidence.sources)
        for variant in self.variants:
            for process in self.processes:
                reasons = (key for step in self.steps(process, variant).values() for key in step.after.values())
                found |= {key: known[key] for key in reasons if key in known}
        return found

    def assumption(self, key: str, part: str = "") -> str:
        """What an assumption is called, with the value of a mix whose share is drawn."""
        return assumption_called(self.lang, self.comparison.prepared.sources, key, part)

    def attribute(self, key: str) -> str:
        """What cases differ in is called; its key where it has no name."""
        for process in self.processes:
            attribute = self.variants[0].flows[process][0].process.attributes.get(key)
            if attribute and attribute.name:
                return self.name(attribute.name)
        return key

    def cite(self, key: str) -> Link:
        """The citation of a source, leading to its place in the list of sources."""
        source = self.comparison.prepared.sources.get(key)
        if source is None:
            return Link(key)
        if isinstance(source, Assumption):
            low, high = (exact(x, "") for x in source.range)
            text = self.say("cite_assumption", key=self.assumption(key), low=low, high=high)
        else:
            text = f"{source.title}{source.article}" if isinstance(source, Law) else source.citation
        return Link(text, f"source-{key}" if key in self.sources else "")

    def steps(self, process: str, variant: PreparedVariant) -> Mapping[str, Step]:
        """The steps of every way that cases of a variant go, the main way's first."""
        found: dict[str, Step] = {}
        for flow in variant.flows[process]:
            found = {**flow.process.steps, **found}
        return found

    def step(self, process: str, node: str, *variants: PreparedVariant) -> str:
        """What a step, or a common submission, is called; by the first variant that knows it."""
        if forms.is_submission(node):
            return self.say("common_form", form=forms.form_of(node))
        for variant in (*variants, *self.variants):
            if node in (known := self.steps(process, variant)):
                return self.name(known[node].name)
        return node

    def material(self, key: str) -> str:
        """What a material is called."""
        known = self.comparison.prepared.catalogue.materials
        return self.name(known[key].name) if key in known else key

    def department(self, key: str) -> str:
        """What a department is called."""
        department = self.variants[0].place.departments.get(key)
        return self.name(department.name) if department and department.name else key

    def kind(self, kind: str) -> str:
        """What a kind of step is called, or that of a common submission."""
        return self.say("field form") if kind == SUBMISSION else self.name(KINDS[kind].name)

    def reform(self, reform: str) -> str:
        """What a reform is called, given as a scenario writes it."""
        return self.name(CHANGED_BY[reform])

    def measure(self, name: str) -> Measure:
        """A measure."""
        return MEASURES[name]
