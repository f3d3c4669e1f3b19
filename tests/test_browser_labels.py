"""Labels of the charts in a real browser: none lies on another, on the screen, on a phone and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from selenium.webdriver import Chrome

from sim.report.words import LANGS, Lang
from sim.whatif.asked import Asked

from .test_browser import GLYPHS, OVERFLOW, SIZES, asked, browsing, exact, pages, pytestmark, where

__all__ = ["asked", "pages", "pytestmark", "where"]
PAPER = 718
"""Width of A4 between its margins, in CSS pixels."""
OVERLAPPING = """
// The corners of the ink of a text, turned as it is drawn: a box of a line has room above and below that.
const corners = text => {
  const b = text.getBBox(), m = text.getScreenCTM(), top = b.y + b.height * 0.25, bottom = b.y + b.height * 0.8;
  return [[b.x, top], [b.x + b.width, top], [b.x + b.width, bottom], [b.x, bottom]]
    .map(([x, y]) => [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]);
};
// How far two turned boxes reach into each other: the least over the directions of their sides.
const depth = (one, other) => Math.min(...[one, other].flatMap(box => [0, 1].map(side => {
  const [ax, ay] = box[side], [bx, by] = box[side + 1], length = Math.hypot(bx - ax, by - ay) || 1;
  const along = points => points.map(([x, y]) => ((bx - ax) * x + (by - ay) * y) / length);
  const [p, q] = [along(one), along(other)];
  return Math.min(Math.max(...p), Math.max(...q)) - Math.max(Math.min(...p), Math.min(...q));
})));
const found = [];
for (const chart of document.querySelectorAll('svg')) {
  if (!chart.getBoundingClientRect().width) continue;
  const texts = [...chart.querySelectorAll('text')].filter(t => t.textContent.trim() && t.getBBox().width);
  const boxes = texts.map(corners);
  for (let i = 0; i < texts.length; i++)
    for (let j = 0; j < i; j++)
      if (depth(boxes[i], boxes[j]) > 1) found.push(texts[j].textContent + ' / ' + texts[i].textContent);
}
return found;
"""


def labels(driver: Chrome) -> dict[str, Any]:
    """What is wrong with a page as it lies there: glyphs, what overflows, labels on labels."""
    return {
        "glyphs": driver.execute_script(GLYPHS),
        "overflow": driver.execute_script(OVERFLOW),
        "overlapping": driver.execute_script(OVERLAPPING),
    }


RIGHT: dict[str, Any] = {"glyphs": [], "overflow": [], "overlapping": []}


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("lang", LANGS)
def test_no_label_lies_on_another(pages: dict[Lang, Path], lang: Lang, width: int) -> None:
    """On the wide screen and on a phone, with everything unfolded."""
    with browsing(width) as driver:
        driver.get(pages[lang].as_uri())
        driver.execute_script("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        assert labels(driver) == RIGHT


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_whole_on_paper_without_script(pages: dict[Lang, Path], lang: Lang) -> None:
    """As wide as A4 between its margins; what needs no script needs none there either."""
    with browsing(1280) as driver:
        paper = {"width": PAPER, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", paper)
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        driver.get(pages[lang].as_uri())
        assert labels(driver) == RIGHT


def test_labels_that_touch_are_seen() -> None:
    """Upright or turned, but not two lines of one label, and not what is not shown."""
    texts = [(10, 20, "one", ""), (16, 22, "upon", ""), (10, 60, "line", ""), (10, 71, "below", "")]
    texts += [(100, 20, "turned", "rotate(90 100 20)"), (103, 40, "over", "rotate(90 103 40)")]
    drawn = "".join(
        f'<text x="{x}" y="{y}" font-size="11" transform="{turn}">{text}</text>' for x, y, text, turn in texts
    )
    page = f'<svg width="300" height="200">{drawn}</svg><div hidden><svg>{drawn}</svg></div>'
    with browsing(1280) as driver:
        driver.get(f"data:text/html,{quote(page)}")
        assert driver.execute_script(OVERLAPPING) == ["one / upon", "turned / over"]


def test_the_page_to_try_things_on_reads_on_paper_too(asked: Asked, where: str) -> None:
    """Its answer is what somebody takes into a meeting; both languages, as wide as A4 between its margins."""
    with browsing(1280) as driver:
        driver.get(where)
        exact(driver, "run.py compare faster")
        paper = {"width": PAPER, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", paper)
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        assert labels(driver) == RIGHT, asked.lang
