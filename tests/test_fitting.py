"""Tables on screens of any width: no figure is cut."""

from __future__ import annotations

import io
import re

import pytest
from rich.table import Table

from sim.report.screen.console import console

ROWS = [
    ("Counted time on the critical path", "working days", "57.2 32.0–82.4", "97.5% 61.8%–100.0%", "遵守"),
    ("Visits", "count", "5.00", "0.32 0.00–1.38", "missed, as is on record"),
]
TOTAL = {"Measure": "Together", "After": "+4.90 [+1.69, +8.12]"}
FIGURE = re.compile(r"\d[\d.%–]*")


def printed(width: int) -> str:
    """The table on a screen of that width."""
    table = Table(title="A question", show_footer=True)
    for head, side in (("Measure", "left"), ("Unit", "left"), ("One after another under the law of 2025", "right"),
                       ("After", "right"), ("Verdict", "left")):  # fmt: skip
        table.add_column(head, footer=TOTAL.get(head, ""), justify=side)  # type: ignore[arg-type]
    for row in ROWS:
        table.add_row(*row)
    screen = io.StringIO()
    console(screen, width).print(table)
    return screen.getvalue()


@pytest.mark.parametrize("width", [200, 120, 100, 80, 60, 40])
def test_every_figure_stands_whole_whatever_the_width(width: int) -> None:
    """Nothing is left out for an ellipsis, and no figure is torn over two lines."""
    text = printed(width)
    wanted = sorted(figure for row in [*ROWS, TOTAL.values()] for cell in row for figure in FIGURE.findall(cell))
    found = FIGURE.findall(text)
    assert sorted(figure for figure in found if figure != "2025") == wanted
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= width


def test_a_table_that_does_not_fit_is_told_row_by_row() -> None:
    """A row's first cell, and below it what stands in the others with the heads of their columns; the total last."""
    assert printed(60).splitlines()[:6] == [
        "A question",
        "Measure Counted time on the critical path",
        "  Unit: working days",
        "  One after another under the law of 2025: 57.2 32.0–82.4",
        "  After: 97.5% 61.8%–100.0%",
        "  Verdict: 遵守",
    ]
    assert printed(60).splitlines()[-2:] == ["Measure Together", "  After: +4.90 [+1.69, +8.12]"]
    assert printed(90).splitlines()[1].startswith("┏")
