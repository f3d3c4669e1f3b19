"""A document in Markdown, as merge requests show it; tables in the pipes of GitHub and GitLab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.export.document import Block, Bullets, Document, Grid, Heading, Line, Paragraph
from sim.text.plain import marked

_MANNERS = {"plain": "{}", "strong": "**{}**", "note": "_{}_"}


def markdown(document: Document) -> str:
    """Return the text; pictures are left out, for a merge request does not hold them."""
    tables = iter(range(1, len(document.blocks) + 1))
    return "\n".join(line for block in document.blocks for line in _block(document, block, tables)).rstrip("\n") + "\n"


def _block(document: Document, block: Block, tables: Iterator[int]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield from (f"{'#' * (block.level + 1)} {marked(block.text)}", "")
    elif isinstance(block, Paragraph):
        yield from (_MANNERS[block.manner].format(marked(block.text.strip())), "")
    elif isinstance(block, Bullets):
        yield from (*(f"- {marked(item.strip())}" for item in block.items), "")
    elif isinstance(block, Grid):
        caption = document.numbered.format(label=document.labels[0], n=next(tables), text=block.caption)
        yield from (f"**{marked(caption)}**", "", *_grid(block), "")
        if block.note:
            yield from (f"_{marked(block.note.strip())}_", "")


def _grid(block: Grid) -> Iterator[str]:
    yield _row(block.heads)
    yield f"| {' | '.join('---:' if number else '---' for number in block.to_right)} |"
    for line in block.lines:
        yield _row(_cells(line, len(block.heads)), strong=line.manner != "plain")


def _cells(line: Line, count: int) -> list[str]:
    return [*line.cells, *[""] * (count - len(line.cells))]


def _row(cells: Sequence[str], *, strong: bool = False) -> str:
    texts = [marked(cell.strip()) for cell in cells]
    return f"| {' | '.join(f'**{text}**' if strong and text else text for text in texts)} |"
