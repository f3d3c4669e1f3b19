"""The colours and names of the categories of time, and how a common submission is named; no drawing library in it."""

from __future__ import annotations

from sim.report.words import Lang
from sim.spec.categories import Category

FORM = "form:"
"""What the name of a common submission starts with."""
COLOURS: dict[Category, str] = {
    Category.WORK: "#123C69",
    Category.CIRCULATION: "#7FB2DD",
    Category.QUEUE: "#C4452D",
    Category.SITTING: "#6B2F2A",
    Category.APPLICANT: "#E8B33C",
    Category.SPECIAL: "#8A5A9E",
    Category.AGENCY: "#3F9683",
    Category.CONSTRUCTION: "#BDBDBD",
    Category.OFF_DUTY: "#ECECEC",
}
"""Category → colour, in the order of every stack; what an office answers for first."""
CATEGORY_NAMES: dict[Lang, dict[Category, str]] = {
    "zh": {
        Category.WORK: "办理", Category.CIRCULATION: "内部流转", Category.QUEUE: "排队", Category.SITTING: "等待会期",
        Category.APPLICANT: "申请人", Category.SPECIAL: "特别程序", Category.AGENCY: "中介",
        Category.CONSTRUCTION: "施工", Category.OFF_DUTY: "非工作时间",
    },
    "en": {
        Category.WORK: "Officers' work", Category.CIRCULATION: "Circulation", Category.QUEUE: "Queue",
        Category.SITTING: "Until the sitting", Category.APPLICANT: "Applicant", Category.SPECIAL: "Special procedure",
        Category.AGENCY: "Agency", Category.CONSTRUCTION: "Construction", Category.OFF_DUTY: "Off duty",
    },
}  # fmt: skip
