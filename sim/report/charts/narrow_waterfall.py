"""What each part buys, for a phone: the names above the bars."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.charts import waterfall
from sim.report.charts.narrow import Rows, headed, keys, panel, stacked
from sim.report.charts.waterfall import Shared


def narrow_waterfall(view: Shared) -> Figure:
    """The same bars as in the wide drawing, each below its name."""
    if not view.found.known:
        return stacked(headed(view.name, view.say("unknown")))
    rows = Rows(waterfall.ends(view))

    def draw(axes: Axes) -> None:
        waterfall.bars(axes, view, rows.cell, ticks=5)
        rows.write_on(axes)

    return stacked(
        [
            *headed(*waterfall.headings(view)),
            panel(rows.pitch * (len(rows.names) + 0.2), draw, below=0.35),
            *keys(waterfall.explained(view)),
        ]
    )
