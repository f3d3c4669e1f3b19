"""The page as a file: it stands alone, reads everywhere, and is written whole or not at all."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from sim.report import font
from sim.report.drawings import Drawing
from sim.report.files import WATERFALL_FILES, report_files
from sim.report.output import report
from sim.report.page import figures
from sim.report.page.page import write
from sim.report.words import LANGS, Lang

from .reported import AFTER, Tags, comparison_of, exact, html, noisy, said

SVG = """<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="72pt" height="36pt" viewBox="0 0 72 36" xmlns="http://www.w3.org/2000/svg">
 <metadata><a href="http://example.org"/></metadata>
 <defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
 <g id="axes_1"><path clip-path="url(#p1)"/><use xlink:href="#m1"/><text>龘字</text></g>
</svg>
"""


def test_a_chart_keeps_to_itself() -> None:
    """A chart in the page has ids of its own, no style that reaches outside, no address, and words to be read."""
    assert str(figures.inlined(SVG, "x-", 'A "map" <1>')) == (
        '<svg role="img" aria-label="A &#34;map&#34; &lt;1&gt;" viewBox="0 0 72 36" '
        'style="max-width:96px;stroke-linejoin:round;stroke-linecap:butt">'
        '<defs></defs>\n <g id="x-axes_1"><path clip-path="url(#x-p1)"/><use xlink:href="#x-m1"/>'
        "<text>龘字</text></g>\n</svg>"
    )


Charts = dict[str, dict[str, Drawing]]


@pytest.fixture
def chart() -> Charts:
    """One chart of the service, with a narrow drawing and numbers."""
    return {"service": {"gantt": Drawing({"svg": SVG.encode()}, SVG.encode(), "环节,天\n办理,2\n")}}


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_needs_nothing_else(chart: Charts, lang: Lang) -> None:
    """Nothing is loaded from anywhere, no script runs, and the page names its language."""
    text = html(exact(), lang, charts=chart)
    tags = Tags(text)
    assert not re.search(r"https?://|@import|<script|<link|<img|<iframe", text)
    addresses = [*tags.values("href"), *tags.values("xlink:href")]
    assert {v[:1] if v.startswith("#") else v.split(",")[0] for v in addresses} == {
        "#",
        "data:text/csv;charset=utf-8;base64",
    }
    assert tags.values("src") == []
    assert re.findall(r"url\((?!#)(.{12})", text) == ["data:font/wo"]
    assert tags.tags[0] == ("html", {"lang": {"zh": "zh-CN", "en": "en"}[lang]})


def test_the_numbers_of_a_chart_can_be_saved_from_the_page(chart: Charts) -> None:
    """As a file that a spreadsheet opens with its Chinese characters, beside the line that says where they are from."""
    (link,) = [a for tag, a in Tags(html(exact(), charts=chart)).tags if tag == "a" and "download" in a]
    content = base64.b64decode((link["href"] or "").partition(",")[2])
    assert (link["download"], content.decode("utf-8-sig")) == ("question-service-gantt.csv", "环节,天\n办理,2\n")
    assert content.startswith(b"\xef\xbb\xbf")


def test_the_font_holds_every_character_of_the_page(chart: Charts) -> None:
    """The font in the page draws every character of the page that the whole font has, those of the charts too."""
    text = html(exact(), charts=chart)
    found = re.search(r"base64,([A-Za-z0-9+/=]+)\)", text)
    assert found
    own = set(TTFont(BytesIO(base64.b64decode(found.group(1)))).getBestCmap())
    whole = set(TTFont(font.font_file(), lazy=True).getBestCmap())
    used = set(map(ord, Tags(text).text))
    assert used & whole <= own
    assert {chr(c) for c in used - whole} == set()
    assert ord("龘") in own
    assert len(own) < 1000


def test_names_cannot_break_the_page() -> None:
    """A name with < in it is shown as it is written, wherever it stands."""
    text = said(exact())
    assert "服务<甲>" in Tags(text).text
    assert "<甲>" not in text
    assert "服务&lt;甲&gt;" in text


def test_tables_can_be_read_aloud() -> None:
    """Every head of a table says what it heads, every section has its title, every picture its words."""
    tags = Tags(said(exact())).tags
    assert {a.get("scope") for tag, a in tags if tag == "th"} == {"col", "row", "rowgroup"}
    assert all(a.get("aria-label") for tag, a in tags if tag == "svg")
    sections = [a.get("id") for tag, a in tags if tag == "section"]
    assert sections == [
        "answers", "charts", "targets", "measures", "changes", "days", "staff", "evidence", "doubts", "again",
    ]  # fmt: skip
    ids = {a.get("id") for _, a in tags}
    assert all(a.get("aria-labelledby") in ids for tag, a in tags if tag == "section")


def test_the_same_comparison_gives_the_same_bytes(tmp_path: Path) -> None:
    """The page depends on nothing but what it shows, not even on what was kept from the page before."""
    write(noisy(), {}, {}, tmp_path, "zh")
    first = (tmp_path / "index.html").read_bytes()
    font.subset.cache_clear()
    write(noisy(), {}, {}, tmp_path, "zh")
    assert (tmp_path / "index.html").read_bytes() == first


def test_a_scenario_without_targets_has_a_page() -> None:
    """A scenario that only compares says so and shows its tables."""
    text = said(comparison_of(AFTER, ""), "en")
    assert "This scenario records no targets; it only compares." in text
    assert 'class="answer' not in text


def test_an_unknown_language_is_refused() -> None:
    """The page is written in Chinese or English."""
    with pytest.raises(ValueError, match=r"^the page is written in one of zh, en, not in fr$"):
        html(exact(), "fr")  # type: ignore[arg-type]


def test_a_failed_page_leaves_the_old_file(tmp_path: Path) -> None:
    """A page that cannot be made writes nothing."""
    (tmp_path / "index.html").write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="no <svg> element"):
        write(exact(), {}, {"service": {"gantt": Drawing({"svg": b"no picture"})}}, tmp_path, "zh")
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "old"


def test_the_font_is_cut_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Another run that needs the same characters takes what was kept, and one that needs others cuts again."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cut: list[frozenset[str]] = []
    real = font._cut

    def counting(characters: frozenset[str]) -> bytes:
        cut.append(characters)
        return real(characters)

    monkeypatch.setattr(font, "_cut", counting)
    for text in ("办结", "办结", "受理"):
        font.subset.cache_clear()
        font.subset(frozenset(text))
    assert cut == [frozenset("办结"), frozenset("受理")]


def test_charts_are_the_same_on_any_number_of_processes(tmp_path: Path) -> None:
    """So are all other files; two processes draw beside this one."""
    for workers in (1, 2):
        report(noisy(), tmp_path / str(workers), workers=workers)
    files = sorted(path.relative_to(tmp_path / "1") for path in (tmp_path / "1").rglob("*") if path.is_file())
    assert len(files) == len(report_files(noisy().prepared.scenario)) - len(WATERFALL_FILES)
    assert [(tmp_path / "2" / file).read_bytes() == (tmp_path / "1" / file).read_bytes() for file in files] == [
        True
    ] * len(files)


def test_charts_of_several_processes_fold() -> None:
    """Those of the first are open; those of a single one do not fold."""
    chart = {"process_map": Drawing({"svg": SVG.encode()})}
    one = exact()
    variants = [replace(v, flows={**v.flows, "other": v.flows["service"]}) for v in one.prepared.variants]
    two = replace(one, prepared=replace(one.prepared, variants=tuple(variants)))
    folds = [
        [attrs for tag, attrs in Tags(html(comparison, charts=dict.fromkeys(names, chart))).tags
         if tag == "details" and attrs.get("class") == "process"]
        for comparison, names in ((one, ("service",)), (two, ("service", "other")))
    ]  # fmt: skip
    assert [["open" in attrs for attrs in found] for found in folds] == [[], [True, False]]
