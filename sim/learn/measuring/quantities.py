"""The register of the quantities that may be learnt, and how surely one is known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sim.core.register import register
from sim.spec.base import Name

Grade = Literal["good", "weak", "none"]
Choice = Literal["empirical", "fitted", "stated"]
GRADES: Mapping[Grade, Name] = {
    "good": Name(zh="可用", en="good"),
    "weak": Name(zh="较弱", en="weak"),
    "none": Name(zh="无法判断", en="cannot be told"),
}
FEW, SOME = 10, 30
"""Fewer observations than FEW tell nothing, fewer than SOME little."""
WIDE = 0.35
"""An interval wider to one side than this share of the value is a weak one."""


@dataclass(frozen=True)
class Quantity:
    """Something of a city that a model wants to know."""

    id: str
    name: Name
    unit: Literal["share", "days", "number", "hours", "yearly", "factor"]
    definition: Name


def _quantity(name: str, unit: Any, zh: str, en: str, means_zh: str, means_en: str) -> Quantity:
    return Quantity(name, Name(zh=zh, en=en), unit, Name(zh=means_zh, en=means_en))


QUANTITIES = register(
    [
        _quantity(
            "handling",
            "days",
            "办理用时",
            "Handling time",
            "受理至决定的工作日，补正和特别程序不计",
            "working days from acceptance to decision, stops left out",
        ),
        _quantity(
            "pace",
            "factor",
            "用时占时限的比例",
            "Pace",
            "未超期办件的用时除以时限",
            "handling time over the limit, of decisions within it",
        ),
        _quantity(
            "overdue",
            "share",
            "超期比例",
            "Overdue share",
            "用时超过时限的决定",
            "decisions whose time is longer than the limit",
        ),
        _quantity(
            "overrun",
            "factor",
            "超期倍数",
            "Overrun",
            "超期办件的用时除以时限",
            "handling time over the limit, of decisions that overran it",
        ),
        _quantity(
            "extension",
            "share",
            "延长审批比例",
            "Extension share",
            "批准延长时限的办件",
            "applications whose limit was extended",
        ),
        _quantity(
            "on_time",
            "share",
            "按时办结率",
            "On-time share",
            "按法定日数在时限内的决定",
            "decisions within the limit by the legal count",
        ),
        _quantity(
            "correction",
            "share",
            "补正比例",
            "Correction share",
            "受理前至少退回一次的申请",
            "applications sent back at least once before acceptance",
        ),
        _quantity(
            "rounds",
            "number",
            "补正次数",
            "Correction rounds",
            "每件申请受理前的补正次数",
            "corrections before acceptance, per application",
        ),
        _quantity(
            "correction_time",
            "days",
            "每次补正用时",
            "Time of a correction",
            "申请人每次补正的工作日",
            "working days that the applicant takes for a correction",
        ),
        _quantity(
            "applicant",
            "days",
            "申请人准备时间",
            "Applicant's time",
            "前一事项办结至本事项申请的工作日",
            "working days from the decision before to this application",
        ),
        _quantity(
            "special",
            "share",
            "特别程序比例",
            "Special procedures",
            "办理中进入特别程序的申请",
            "applications with a special procedure inside",
        ),
        _quantity(
            "special_time",
            "days",
            "特别程序用时",
            "Time of a special procedure",
            "每次特别程序的工作日",
            "working days of a special procedure",
        ),
        _quantity(
            "failure",
            "share",
            "未通过后重来的比例",
            "Failure share",
            "未通过、同一案件又再申请的决定",
            "refusals after which the case applied again",
        ),
        _quantity(
            "rework_time",
            "days",
            "重来前的时间",
            "Time before coming back",
            "未通过至再次申请的工作日",
            "working days from a refusal to the next application",
        ),
        _quantity(
            "refusal",
            "share",
            "不予许可比例",
            "Refusal share",
            "未通过且不再申请的决定",
            "refusals after which the case did not apply again",
        ),
        _quantity(
            "deferral",
            "share",
            "容缺受理比例",
            "Uptake of late papers",
            "容缺通过的决定",
            "granted with papers to follow",
        ),
        _quantity(
            "promise",
            "share",
            "告知承诺比例",
            "Uptake of promises",
            "以告知承诺方式审批的申请",
            "applications decided on a promise",
        ),
        _quantity(
            "promise_time",
            "days",
            "承诺办理用时",
            "Time of a decision on promise",
            "告知承诺件受理至决定的工作日",
            "working days from acceptance to decision on a promise",
        ),
        _quantity(
            "online", "share", "网上申请比例", "Online share", "不到窗口的申请", "applications not made at a window"
        ),
        _quantity(
            "mix", "share", "案件构成", "Mix of cases", "各属性值的比例", "share of cases with a value of an attribute"
        ),
        _quantity(
            "arrivals",
            "yearly",
            "每年案件数",
            "Arrivals",
            "窗口内开始的案件折合一年",
            "cases that began in the window, for a year",
        ),
        _quantity(
            "dispersion",
            "factor",
            "到达的过度离散",
            "Overdispersion",
            "每周到达数的方差除以均值，1 为泊松",
            "variance of weekly arrivals over their mean; 1 is Poisson",
        ),
        _quantity(
            "season", "factor", "淡旺季", "Season", "最忙月份与平均月份之比", "the busiest month over the average one"
        ),
        _quantity(
            "week",
            "factor",
            "一周的忙闲",
            "Week",
            "最忙的星期几与平均工作日之比",
            "the busiest day of the week over the average working day",
        ),
        _quantity(
            "officers",
            "number",
            "经办人数",
            "Officers",
            "有办理记录的不同经办人",
            "different officers who worked on files",
        ),
        _quantity(
            "work", "hours", "每件工时", "Work on a file", "每件办理的工作小时", "working hours of officers on a file"
        ),
        _quantity(
            "work_share",
            "share",
            "工时占用时的比例",
            "Work share",
            "工时除以办理用时",
            "officers' work over the handling time",
        ),
        _quantity(
            "occupied",
            "share",
            "被本导出占用的时间",
            "Occupied by these files",
            "经办人时间中办理这些办件的比例",
            "share of the officers' time that these files take",
        ),
        _quantity(
            "queue",
            "days",
            "等待经办的时间",
            "Wait for an officer",
            "受理至开始审查的工作日",
            "working days from acceptance to the first piece of work",
        ),
        _quantity(
            "other",
            "share",
            "其他工作占用",
            "Other work",
            "按等待时间推算的其他工作占比",
            "share of officers' time for other matters, from how long files wait",
        ),
        _quantity(
            "sojourn",
            "days",
            "环节间隔",
            "Time to complete a step",
            "同一案件上一事件至本环节完成的工作日",
            "working days from the event before to the end of the step",
        ),
        _quantity(
            "span",
            "days",
            "案件全程",
            "Span of a case",
            "案件首个至末个事件的工作日",
            "working days from the first event of a case to its last",
        ),
    ]
)
"""Id → every quantity."""
UNITS: Mapping[str, str] = {
    "share": "share", "days": "working_days", "number": "count", "hours": "count", "yearly": "count", "factor": "count",
}  # fmt: skip


@dataclass(frozen=True)
class Learnt:
    """One quantity of one step, department or of the whole place."""

    quantity: str
    scope: str
    """Id of the step or department; nothing for the whole."""
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    n: int = 0
    """Observations it rests on."""
    method: str = ""
    """In a phrase: how it was found."""
    choice: Choice = "empirical"
    amount: Any = None
    """The distribution as a spec writes it, where one was fitted."""
    grade: Grade = "none"
    reason: str = ""
    """Why it is no better than its grade."""
    codes: tuple[str, ...] = ()
    detail: Mapping[str, float] = field(default_factory=dict)
    """What else was found with it: the days of each month, the fit of each distribution."""

    @property
    def told(self) -> bool:
        """Whether anything can be told."""
        return self.grade != "none"

    def doubted(self, code: str, reason: str, worst: Grade = "weak") -> Learnt:
        """Return it with a problem that makes it no better than a grade."""
        order: list[Grade] = ["good", "weak", "none"]
        grade = max(self.grade, worst, key=order.index)
        why = reason if not self.reason or self.grade == "good" else f"{self.reason}; {reason}"
        return replace(self, grade=grade, reason=why, codes=(*self.codes, code))


def graded(found: Learnt) -> Learnt:
    """Return what was found with the grade that its number and its interval give it."""
    if found.n < FEW or not math.isfinite(found.value):
        return replace(
            found, grade="none", reason=f"{found.n} observations, fewer than {FEW}", codes=(*found.codes, "L018")
        )
    half = max(found.value - found.low, found.high - found.value)
    if found.n < SOME:
        return replace(found, grade="weak", reason=f"{found.n} observations", codes=(*found.codes, "L018"))
    small = found.value if QUANTITIES[found.quantity].unit != "share" else max(found.value, 0.1)
    if not math.isfinite(half) or half > WIDE * max(abs(small), 1e-9):
        return replace(found, grade="weak", reason="a wide interval")
    return replace(found, grade="good")


def untold(quantity: str, scope: str, reason: str, *codes: str, n: int = 0) -> Learnt:
    """Return a quantity that cannot be told, and why."""
    return Learnt(quantity, scope, n=n, reason=reason, codes=codes)
