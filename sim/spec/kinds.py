"""The register of the kinds of steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sim.core.register import register
from sim.spec.base import Name
from sim.spec.categories import Category


@dataclass(frozen=True)
class Kind:
    """A kind of step: what it is, who handles it, and where its time goes."""

    id: str
    name: Name
    definition: Name
    category: Category
    """Where the time goes that it takes of its own; of an office's step, that of its officers."""
    official: bool = False
    """Whether an office handles it inside a limit; any other takes its own time."""
    counted: bool = False
    """Whether its time is counted where the step says nothing of it."""
    procedure: bool = False
    """Whether it is a special procedure, and must say which."""
    statutory: bool = False
    """Whether a rule fixes its length, which no city's reform moves."""


KINDS = register(
    [
        Kind(
            "approval",
            Name(zh="审批", en="approval"),
            Name(
                zh="机关审查申请，作出准予或者不予的决定",
                en="an office examines an application, and grants or refuses it",
            ),
            Category.WORK,
            official=True,
            counted=True,
        ),
        Kind(
            "filing",
            Name(zh="备案", en="filing"),
            Name(zh="材料齐全即为办结，不作审查", en="an office takes papers on record; over when they are complete"),
            Category.WORK,
            official=True,
            counted=True,
        ),
        Kind(
            "registration",
            Name(zh="登记", en="registration"),
            Name(zh="机关将事项记入登记簿", en="an office enters something in a register"),
            Category.WORK,
            official=True,
            counted=True,
        ),
        Kind(
            "service",
            Name(zh="公共服务", en="service"),
            Name(zh="单位提供服务，如接入、开户", en="a body renders a service, such as a connection or an account"),
            Category.WORK,
            official=True,
            counted=True,
        ),
        Kind(
            "internal",
            Name(zh="内部环节", en="internal step"),
            Name(zh="机关内部的环节，申请人不参与", en="a step inside an office, in which the applicant has no part"),
            Category.WORK,
            official=True,
            counted=True,
        ),
        Kind(
            "special",
            Name(zh="特别程序", en="special procedure"),
            Name(
                zh="听证、检验、专家评审等停止计时的程序",
                en="a hearing, a test, an expert review: what stops the clock",
            ),
            Category.SPECIAL,
            procedure=True,
        ),
        Kind(
            "notice",
            Name(zh="公示", en="public notice"),
            Name(zh="按规定的期限向社会公开，听取意见", en="something is posted for as long as a rule says"),
            Category.SPECIAL,
            statutory=True,
        ),
        Kind(
            "agency",
            Name(zh="中介服务", en="agency work"),
            Name(zh="设计、测绘、图审等中介机构的工作", en="work of an agency: design, survey, review of drawings"),
            Category.AGENCY,
        ),
        Kind(
            "construction",
            Name(zh="施工", en="construction"),
            Name(zh="工程施工", en="works are built"),
            Category.CONSTRUCTION,
        ),
        Kind(
            "applicant",
            Name(zh="申请人自办", en="applicant's time"),
            Name(zh="申请人自行办理的事情", en="what the applicant does alone"),
            Category.APPLICANT,
        ),
    ]
)
"""Id → every kind of step; a new one is one entry here."""

if TYPE_CHECKING:
    KindId = str
else:
    KindId = Literal[tuple(KINDS)]
