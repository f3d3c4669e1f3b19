"""Reforms of the papers: deferred, fetched, on one form, told at once, checked by helpers, online."""

from __future__ import annotations

from typing import Any, Literal

from sim.core.errors import ReformError, unknown
from sim.reforms.base import Context, Ids, Probability, ProcessReform
from sim.reforms.primitives import Rewrite, change, one_form, step_of
from sim.spec.attributes import Condition
from sim.spec.base import Id
from sim.spec.durations import Duration, Share
from sim.spec.process import Fetched, Helped, Process
from sim.spec.step import Deferral, Fields, Step


class DeferMaterials(ProcessReform):
    """容缺受理: accepted with secondary materials missing, decided only when all have arrived."""

    english = ("acceptance with papers to follow",)

    reform: Literal["容缺受理"]
    """`容缺受理`."""
    steps: Ids
    """Steps that accept so."""
    materials: Ids
    """Materials that may be missing."""
    within: Duration
    """Time to supply them."""
    uptake: Probability = 1
    """Share of applicants who use it."""
    uptake_source: Id | None = None
    """Where `uptake` comes from, where that is not `source`: key of a source."""
    when: Condition = {}
    """Cases allowed it."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process in which each step defers those of the materials that it asks for."""
        for material in self.materials:
            if material not in context.materials:
                raise ReformError(unknown("material", material, context.materials))
            if not context.materials[material].deferrable:
                raise ReformError(f"{material} is a main material and may not be missing; "
                                  "容缺受理 takes only materials that the catalogue marks deferrable")  # fmt: skip
        changes: dict[str, dict[str, Any]] = {}
        for step_id in self.steps:
            step = step_of(process, step_id)
            asked = tuple(n.material for n in step.needs if n.material in self.materials)
            if not asked:
                raise ReformError(f"{step_id} needs none of {', '.join(self.materials)}; take it out of the steps")
            changes[step_id] = {"deferral": Deferral(source=self.source, materials=asked, within=self.within,
                                                     uptake=self.uptake, uptake_source=self.uptake_source,
                                                     when=self.when)}  # fmt: skip
        return Rewrite(change(process, changes))


class ShareData(ProcessReform):
    """数据共享免提交, 免证办: a material is fetched, not asked for; a share of calls falls back."""

    english = ("data sharing",)
    aliases = {"免证办": "数据共享", "数据共享免提交": "数据共享"}

    reform: Literal["数据共享"]
    """`数据共享`."""
    materials: Ids
    """Materials fetched."""
    fallback: Probability
    """Share of calls that fail."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process in which the materials are fetched."""
        asked = {need.material for step in process.steps.values() for need in step.needs}
        for material in self.materials:
            if material not in context.materials:
                raise ReformError(unknown("material", material, context.materials))
            if not context.materials[material].shareable:
                raise ReformError(f"no database holds {material}: the catalogue does not mark it shareable")
            if material not in asked:
                raise ReformError(f"no step of {process.id} asks for {material}; take it out of the materials")
        fetched = dict.fromkeys(self.materials, Fetched(source=self.source, fallback=self.fallback))
        return Rewrite(process.model_copy(update={"fetched": {**process.fetched, **fetched}}))


class OneWindow(ProcessReform):
    """一窗受理·一表申请: one submission, one form, one window; each material handed in once."""

    english = ("one window, one form",)
    aliases = {"一表申请": "一窗受理"}

    reform: Literal["一窗受理"]
    """`一窗受理`."""
    steps: Ids
    """Steps that share the submission."""
    form: Id
    """Name of the common form."""
    window: Id | None = None
    """Department whose counter takes it; that of the first step when left out."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process in which those steps share one submission."""
        del context
        for step_id in self.steps:
            step = step_of(process, step_id)
            if not (step.official and step.needs):
                raise ReformError(f"{step_id} takes no application; take it out of the steps")
        return Rewrite(one_form(process, self.steps, self.form, self.window))


class OneTimeNotice(ProcessReform):
    """一次性告知: all faults of an application are told at once."""

    english = ("one-time notice of all faults",)

    reform: Literal["一次性告知"]
    """`一次性告知`."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with one-time notice."""
        del context
        return Rewrite(process.model_copy(update={"one_time_notice": True}))


class Prefill(ProcessReform):
    """表单预填: a share of the fields of a form is filled in from data the government holds."""

    english = ("prefilled forms",)

    reform: Literal["表单预填"]
    """`表单预填`."""
    steps: Ids
    """Steps whose forms are filled in."""
    share: Probability
    """Share of the fields filled in, rounded to whole fields."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with those forms filled in."""
        del context
        return Rewrite(change(process, {s: {"fields": self._filled(s, step_of(process, s))} for s in self.steps}))

    def _filled(self, step_id: str, step: Step) -> Fields:
        if step.fields is None:
            raise ReformError(f"{step_id} says nothing of the fields of its form; add fields to the step")
        return Fields(source=self.source, total=step.fields.total, prefilled=round(step.fields.total * self.share))


class Help(ProcessReform):
    """帮办代办, 证前指导: helpers look at materials before they are handed in."""

    english = ("help with the papers",)
    aliases = {"证前指导": "帮办代办"}

    reform: Literal["帮办代办"]
    """`帮办代办`."""
    factor: Probability
    """What remains of each material's probability of being deficient."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with helpers."""
        del context
        return Rewrite(process.model_copy(update={"helped": Helped(source=self.source, factor=self.factor)}))


class Online(ProcessReform):
    """全程网办: a share of the cases is handled without a visit."""

    english = ("handling online",)

    reform: Literal["全程网办"]
    """`全程网办`."""
    share: Probability
    """Share of cases handled without a visit."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process with that share online."""
        del context
        return Rewrite(process.model_copy(update={"online": Share(source=self.source, share=self.share)}))
