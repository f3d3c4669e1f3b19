"""The page of each chart that a planner decides by, in a real browser: wide and narrow, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.report.chart_register import DECISIONS
from sim.report.charts.paged import save_pages
from sim.report.words import LANGS, Lang

from .test_browser import SIZES, SMALLEST, asked_for, barriers, browsing, complaints, pytestmark
from .test_browser_labels import RIGHT, labels
from .test_charts_alone import views

__all__ = ["pytestmark"]


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_a_chart_reads_in_a_browser(tmp_path: Path, lang: Lang, width: int) -> None:
    """Unfolded: as the page of a run does, and on a phone in letters that are read."""
    found = {}
    with browsing(width) as driver:
        for name, view in views(lang).items():
            *_, page = save_pages(DECISIONS[name], {name: view}, "log.csv", tmp_path)
            driver.get(page.as_uri())
            driver.execute_script("document.querySelectorAll('details').forEach(part => { part.open = true; })")
            found[name] = labels(driver) | {"barriers": barriers(driver), "console": complaints(driver)}
            assert width > 400 or driver.execute_script(SMALLEST) >= 11
        fetched = asked_for(driver)
    assert found == dict.fromkeys(DECISIONS, RIGHT | {"barriers": [], "console": []})
    assert fetched == {"file", "data"}
