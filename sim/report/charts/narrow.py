"""A drawing for a phone: as wide as its screen, with blocks one below the other, and no type smaller than is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.charts.style import FAINT, INK, Cell, bare, figure
from sim.report.charts.writing import ems, wrapped

WIDTH, SIDE = 5.0, 0.06
"""Inches of the drawing, and of the margin at either side; on a screen of 390 pixels a point is then a pixel."""
TITLE, NAME, TEXT = 15.0, 12.5, 11.5
"""Points of the finding, of what a block is called, and of everything else."""
LEADING = 1.3
"""Lines stand so many sizes of type apart."""
BAR, BELOW = 0.2, 0.11
"""Inches of a bar, and from its foot to the next row."""
ROOM = (WIDTH - 2 * SIDE) * 72 * 0.95
"""Points that a line of text may take, by what its characters usually measure."""


@dataclass(frozen=True)
class Block:
    """A part of the drawing: its height, and what draws it into a figure given where its top is; both in inches."""

    height: float
    draw: Callable[[Figure, float], None]


def stacked(blocks: Sequence[Block]) -> Figure:
    """The blocks one below the other."""
    height = sum(block.height for block in blocks) + 2 * SIDE
    drawn, top = figure(WIDTH, height), height - SIDE
    for block in blocks:
        block.draw(drawn, top)
        top -= block.height
    return drawn


def headed(title: str, subtitle: str) -> list[Block]:
    """The finding, and how it is to be read."""
    return [words(title, TITLE, label="title", after=0.06), words(subtitle, TEXT, FAINT, label="subtitle")]


def gap(height: float) -> Block:
    """Nothing, so many inches high."""
    return Block(height, lambda _drawn, _top: None)


def words(text: str, size: float = TEXT, color: str = INK, *, after: float = 0.1, label: str = "") -> Block:
    """A text in as many lines as it takes."""
    lines = wrapped(text, ROOM / size)

    def draw(drawn: Figure, top: float) -> None:
        height = drawn.get_size_inches()[1]
        drawn.text(SIDE / WIDTH, top / height, "\n".join(lines), size=size, va="top", color=color, label=label,
                   linespacing=LEADING * 0.92)  # fmt: skip

    return Block(len(lines) * size * LEADING / 72 + after, draw)


def panel(
    tall: float, draw: Callable[[Axes], None], *, below: float = 0.0, left: float = SIDE, right: float = SIDE
) -> Block:
    """Axes as wide as the drawing and so many inches tall, with room for what stands at their foot and sides."""

    def add(drawn: Figure, top: float) -> None:
        height = drawn.get_size_inches()[1]
        axes = drawn.add_axes((left / WIDTH, (top - tall) / height, 1 - (left + right) / WIDTH, tall / height))
        draw(axes)

    return Block(tall + below, add)


def keys(handles: Sequence[Artist], length: float = 1.8) -> list[Block]:
    """What colours and lines mean: in columns what is short, below it what takes more than half of the width."""
    own = (length + 2.4) * TEXT
    long = [handle for handle in handles if ems(str(handle.get_label())) * TEXT + own > ROOM / 2]
    short = [handle for handle in handles if handle not in long]
    return [_key(some, length, own) for some in (short, long) if some]


def _key(handles: Sequence[Artist], length: float, own: float) -> Block:
    labels = [wrapped(str(handle.get_label()), (ROOM - own) / TEXT) for handle in handles]
    columns = max(int(ROOM / (max(ems(line) for lines in labels for line in lines) * TEXT + own)), 1)
    deep = ceil(len(handles) / columns)
    lines = max(sum(map(len, labels[first : first + deep])) for first in range(0, len(labels), deep))

    def draw(drawn: Figure, top: float) -> None:
        for handle, label in zip(handles, labels, strict=True):
            handle.set_label("\n".join(label))
        drawn.legend(handles=list(handles), ncols=columns, fontsize=TEXT, frameon=False, loc="upper left",
                     bbox_to_anchor=(SIDE / WIDTH, top / drawn.get_size_inches()[1]), borderaxespad=0, borderpad=0,
                     handlelength=length, columnspacing=1.2, labelspacing=0.4)  # fmt: skip

    return Block(lines * TEXT * 1.5 / 72 + 0.08, draw)


@dataclass(frozen=True)
class Rows:
    """Rows in which a name stands above its bar."""

    names: Sequence[str]
    bar: float = BAR
    """Inches of the bar."""

    @cached_property
    def lines(self) -> list[list[str]]:
        """The lines of each name."""
        return [wrapped(name, ROOM / TEXT) for name in self.names]

    @property
    def pitch(self) -> float:
        """Inches of a row."""
        return max(map(len, self.lines), default=1) * TEXT * LEADING / 72 + self.bar + BELOW

    @property
    def cell(self) -> Cell:
        """Where its bar stands in a row."""
        below = (self.bar / 2 + BELOW) / self.pitch
        return Cell(self.bar / self.pitch, 1 - below, below)

    def write_on(self, axes: Axes) -> None:
        """Write the names above the bars; what runs behind them is thinned."""
        box = {"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 0.6}
        for row, lines in enumerate(self.lines):
            foot = row - self.cell.bar / 2 - 0.03 / self.pitch
            axes.text(0, foot, "\n".join(lines), transform=axes.get_yaxis_transform(), size=TEXT, va="bottom",
                      bbox=box, zorder=6, label="row name", linespacing=LEADING * 0.92)  # fmt: skip


def barred(rows: Rows, draw: Callable[[Axes, Cell], None], below: float = 0.35) -> Block:
    """A panel of such rows, the bars of which are drawn into cells, with room for the numbers at its foot."""

    def fill(axes: Axes) -> None:
        axes.set_yticks([])
        bare(axes)
        draw(axes, rows.cell)
        axes.set_ylim(len(rows.names) - 1 + rows.cell.below + 0.1, -rows.cell.above - 0.1)
        rows.write_on(axes)

    return panel(rows.pitch * (len(rows.names) + 0.2), fill, below=below, left=2 * SIDE, right=4 * SIDE)
