"""The register of special procedures, which stop the clock of a limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sim.core.register import register
from sim.spec.base import Name


@dataclass(frozen=True)
class Procedure:
    """A special procedure, written by its Chinese name."""

    name: Name
    listed: bool
    """Whether the statute itself leaves it out of the limit (行政许可法 第四十五条); any other needs a basis."""

    @property
    def id(self) -> str:
        """How a spec writes it."""
        return self.name.zh


PROCEDURES = register(
    [
        Procedure(Name(zh="听证", en="hearing"), listed=True),
        Procedure(Name(zh="招标", en="tender"), listed=True),
        Procedure(Name(zh="拍卖", en="auction"), listed=True),
        Procedure(Name(zh="检验", en="inspection of goods"), listed=True),
        Procedure(Name(zh="检测", en="testing"), listed=True),
        Procedure(Name(zh="检疫", en="quarantine"), listed=True),
        Procedure(Name(zh="鉴定", en="appraisal"), listed=True),
        Procedure(Name(zh="专家评审", en="expert review"), listed=True),
        Procedure(Name(zh="现场核查", en="on-site check"), listed=False),
        Procedure(Name(zh="技术审查", en="technical review"), listed=False),
        Procedure(Name(zh="委托评估", en="commissioned assessment"), listed=False),
    ]
)
"""Id → every special procedure; a new one is one line here."""

if TYPE_CHECKING:
    ProcedureId = str
else:
    ProcedureId = Literal[tuple(PROCEDURES)]


def listed(procedure: str | None) -> bool:
    """Whether it is a procedure that the statute itself leaves out of the limit."""
    return procedure is not None and PROCEDURES[procedure].listed
