"""What a map says of a step: how long it may take, what reforms did to it, and how often it decides the time."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.charts.map_model import MapModel
from sim.report.charts.map_words import WORDS
from sim.report.numbers import brief, percent
from sim.report.words import Lang
from sim.spec.amounts import mean
from sim.spec.categories import Category
from sim.spec.durations import Duration
from sim.spec.kinds import KINDS
from sim.spec.process import Process
from sim.spec.step import Step

SMALL_SLACK = 0.005
"""Working days of slack that would show as none."""
COUNTED = Category.CIRCULATION
"""Of an office's step that counts; any other has that of where its time goes."""


@dataclass(frozen=True)
class StepWords:
    """The steps of a map in words, held against the process as it was."""

    model: MapModel
    baseline: Process
    lang: Lang

    def note(self, step_id: str, step: Step) -> str:
        """How long the step may take, or usually takes; with what it was before where a reform changed it."""
        length, old = _length(step), self.baseline.steps.get(step_id)
        if length is None:
            return ""
        before, words = _length(old) if old else None, WORDS[self.lang]
        was = ""
        if before and before.unit == length.unit and mean(before.amount) != mean(length.amount):
            was = f"{brief(mean(before.amount))} → "
        about = "" if isinstance(length.amount, int | float) else words["about"]
        return f"{about}{was}{brief(mean(length.amount))} {words[length.unit]}"

    def reforms(self, step_id: str, step: Step) -> str:
        """What reforms did to the step; nothing where they left it alone."""
        words = WORDS[self.lang]
        if step_id in self.model.gone:
            return self.model.gone[step_id] or words["gone"]
        ways = [k for k in ("promise", "deferral", "automatic", "done_before") if getattr(step, k) is not None]
        old = self.baseline.steps.get(step_id)
        if old is None:
            ways.insert(0, "new")
        elif old.when != step.when:
            ways.append("some")
        return " ".join(words[k] for k in ways)

    def share(self, step_id: str) -> str:
        """How often the step decides, if not always; nothing where it never does."""
        share = self.model.deciding.get(step_id, 0)
        return percent(share) if 0.005 < share < 0.995 else ""

    def slack(self, step_id: str) -> str:
        """How much longer it might take; nothing where it decides."""
        slack = self.model.slack.get(step_id, 0.0)
        return f"{WORDS[self.lang]['slack']} {brief(slack)}" if slack > SMALL_SLACK else ""


def category_of(step: Step) -> Category:
    """The category by which a box is coloured."""
    if step.official:
        return COUNTED if step.is_counted else Category.SPECIAL
    return KINDS[step.kind].category


def _length(step: Step) -> Duration | None:
    return step.limit.effective or step.duration
