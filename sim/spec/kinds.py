"""The kinds of steps, and the special procedures."""

from __future__ import annotations

from typing import Literal

OFFICIAL = ("approval", "filing", "registration", "service", "internal")
"""Kinds of steps that an office handles inside a limit; they are counted."""
OUTSIDE = ("special", "notice", "agency", "construction", "applicant")
"""Kinds of steps that take their own time and are not counted."""
Kind = Literal[
    "approval", "filing", "registration", "service", "internal",
    "special", "notice", "agency", "construction", "applicant",
]  # fmt: skip
NOT_COUNTED_BY_LAW = ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审")
"""Special procedures that the statute itself leaves out of the limit (行政许可法 第四十五条)."""
Procedure = Literal[
    "听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审", "现场核查", "技术审查", "委托评估",
]  # fmt: skip
