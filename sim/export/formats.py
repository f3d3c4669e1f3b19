"""The formats in which what was found leaves the program, by the ending of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.analysis.answers import Remedy
    from sim.decide.attributed import Attribution
    from sim.export.report import Draw
    from sim.report.page.context import Context


@dataclass(frozen=True)
class Found:
    """What is exported: a comparison in one language, what would meet its missed targets, and its charts."""

    context: Context
    remedies: Mapping[str, Remedy]
    draw: Draw
    bought: Attribution | None = None
    """What each part of the answer buys, where that was shared out."""


def _workbook(found: Found) -> bytes:
    from sim.export.sheets import book
    from sim.export.workbook import workbook

    return workbook(*book(found.context, found.remedies))


def _word(found: Found) -> bytes:
    from sim.export.report import written
    from sim.export.word import word

    return word(written(found.context, found.remedies, found.draw))


def _markdown(found: Found) -> bytes:
    from sim.export.markdown import markdown
    from sim.export.report import not_drawn, written

    return markdown(written(found.context, found.remedies, not_drawn)).encode()


def _slides(found: Found) -> bytes:
    from sim.export.slides import slides
    from sim.export.talk import talk

    return slides(talk(found.context, found.draw))


def _pdf(found: Found) -> bytes:
    from sim.export.printed import pdf

    return pdf(found.context, found.remedies, found.bought)


FORMATS: dict[str, Callable[[Found], bytes]] = {
    "xlsx": _workbook,
    "docx": _word,
    "pptx": _slides,
    "md": _markdown,
    "pdf": _pdf,
}
"""Ending → the content of the file; its libraries are read when it is first asked for."""
