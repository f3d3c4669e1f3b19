"""The pages in a real browser: wide, narrow and on paper, in both languages, with and without script."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

import pytest
from axe_core_python.selenium import Axe
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait

from sim.analysis.compare import compare
from sim.decide.bought import bought
from sim.report.output import report
from sim.report.page.context import Context
from sim.report.page.first import verdicts
from sim.report.words import LANGS, Lang
from sim.scenario.desk import Desk
from sim.scenario.load import load_library
from sim.whatif.asked import Asked
from sim.whatif.server import address, server

from .test_report_bought import overlapping

ROOT = Path(__file__).parents[1]
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER),
    reason="chromium and its driver are programs of the machine and no part of the lock; .ci/run installs both",
)
SIZES = {1280: 900, 390: 844}
"""Width of a window → its height, in CSS pixels."""
PATIENCE = 90
GLYPHS = """
const seen = new Map(), canvas = document.createElement('canvas'), ink = canvas.getContext('2d');
canvas.width = canvas.height = 32;
const drawn = (text, font) => {
  ink.clearRect(0, 0, 32, 32); ink.font = '20px ' + font; ink.fillText(text, 4, 24);
  return canvas.toDataURL();
};
const lost = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const font = getComputedStyle(walker.currentNode.parentElement).fontFamily;
  if (!seen.has(font)) seen.set(font, drawn('\\u{10FFFD}', font));
  for (const c of walker.currentNode.data) if (c.trim() && drawn(c, font) === seen.get(font)) lost.add(c);
}
return [...lost];
"""
"""Characters that are drawn as the sign for one that no font has."""
OVERFLOW = """
const wide = document.documentElement.clientWidth;
return [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || !box.height || box.right <= wide + 1 || box.right < 0) return false;
  for (let up = e; up; up = up.parentElement)
    if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return false;
  return true;
}).map(e => e.tagName + '.' + e.getAttribute('class')).slice(0, 5);
"""
"""What reaches beyond the window to the right, but for what scrolls by itself."""


SMALLEST = """
const texts = [...document.querySelectorAll('.chart svg text')].filter(e => e.getClientRects().length);
return Math.min(...texts.map(e => {
  const drawn = e.getScreenCTM();
  return parseFloat(getComputedStyle(e).fontSize) * Math.hypot(drawn.a, drawn.b);
}));
"""
"""The size of the smallest text of the charts, in CSS pixels as it is shown."""
SEEN = """
return [...document.querySelectorAll('figure:has(.chart)')].map(figure =>
  [...figure.querySelectorAll('.chart')].filter(e => e.getClientRects().length).map(e => e.className).join());
"""
"""Of each chart, which of its drawings is seen."""


@contextmanager
def browsing(width: int, script: bool = True) -> Iterator[Chrome]:
    """A browser with a window of some width."""
    options = ChromeOptions()
    options.binary_location = BROWSER or ""
    for word in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
    ):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = Chrome(options=options, service=Service(DRIVER))
    try:
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": SIZES[width], "deviceScaleFactor": 1, "mobile": width < 800})  # fmt: skip
        yield driver
    finally:
        driver.quit()


def asked_for(driver: Chrome) -> set[str]:
    """Every address that the page fetched, by its scheme and its host."""
    told = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [one["params"]["request"]["url"] for one in told if one["method"] == "Network.requestWillBeSent"]
    return {"/".join(url.split("/")[:3]) if url.startswith("http") else url.split(":")[0] for url in urls}


def complaints(driver: Chrome) -> list[str]:
    """What the console tells."""
    return [entry["message"] for entry in driver.get_log("browser") if "favicon" not in entry["message"]]


def barriers(driver: Chrome) -> list[str]:
    """What keeps readers of the screen, or those who see little contrast, from reading the page."""
    found = Axe().run(driver, options={"runOnly": ["wcag2a", "wcag2aa"]})
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[Lang, Path]:
    """The page of a headline scenario, played twice, in both languages, with what each part of its answer buys."""
    found = compare(Desk(ROOT).prepare("high_voltage_power"), runs=2)
    shares = bought(found)
    return {lang: report(found, tmp_path_factory.mktemp(lang), lang=lang, remedies={}, bought=shares) for lang in LANGS}


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("lang", LANGS)
def test_the_page_reads_in_a_browser(pages: dict[Lang, Path], lang: Lang, width: int) -> None:
    """Every character has a glyph, nothing overflows, nothing is fetched or complained of, and axe finds no barrier."""
    with browsing(width) as driver:
        driver.get(pages[lang].as_uri())
        found: dict[str, Any] = {
            "glyphs": driver.execute_script(GLYPHS),
            "overflow": driver.execute_script(OVERFLOW),
            "fetched": asked_for(driver),
            "console": complaints(driver),
            "barriers": barriers(driver),
        }
    assert found == {"glyphs": [], "overflow": [], "fetched": {"file", "data"}, "console": [], "barriers": []}


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_screen_answers_and_the_page_is_short(pages: dict[Lang, Path], lang: Lang) -> None:
    """At 1280 px the first chart begins above 900 px, and the whole, folded, ends above 6,000."""
    with browsing(1280) as driver:
        driver.get(pages[lang].as_uri())
        chart = driver.execute_script("return document.querySelector('figure .chart').getBoundingClientRect().top")
        length = driver.execute_script("return document.documentElement.scrollHeight")
    assert (chart < 900, length <= 6000) == (True, True), f"{chart} {length}"


@pytest.mark.parametrize("lang", LANGS)
def test_on_a_phone_charts_are_drawn_anew(pages: dict[Lang, Path], lang: Lang) -> None:
    """No text of a chart is below 11 pixels at 390, nothing scrolls sideways, and each chart is there once.

    On paper it is the wide one, but for what each reform buys, whose type would be too small to read.
    """
    with browsing(390) as driver:
        driver.get(pages[lang].as_uri())
        found = {
            "sideways": driver.execute_script("return document.documentElement.scrollWidth"),
            "seen": driver.execute_script(SEEN),
        }
        smallest = driver.execute_script(SMALLEST)
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        printed = driver.execute_script(SEEN)
    assert found == {"sideways": 390, "seen": ["chart narrow"] * 5}
    assert smallest >= 11
    assert printed == ["chart narrow", *["chart wide"] * 4]


def test_the_page_is_printed_whole(pages: dict[Lang, Path]) -> None:
    """What is folded on the screen is on the paper."""
    with browsing(1280) as driver:
        driver.get(pages["en"].as_uri())
        told = driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
    assert base64.b64decode(told["data"]).count(b"/Type /Page\n") > 8


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> dict[Lang, Path]:
    """The page of a cut and a parallel review: sixteen days, ten with either, six with both; seven are wanted."""
    found, shares = overlapping(), bought(overlapping())
    return {lang: report(found, tmp_path_factory.mktemp(lang), lang=lang, remedies={}, bought=shares) for lang in LANGS}


SWITCHED: dict[Lang, list[str]] = {
    "zh": [
        "全部实施：审批用时（均值）为 6.00 个工作日，目标 ≤ 7 个工作日，达标。",
        "只实施“并联审批”：审批用时（均值）为 10.00 个工作日，目标 ≤ 7 个工作日，未达标。",
        "一项也不实施：审批用时（均值）为 16.00 个工作日，目标 ≤ 7 个工作日，未达标。",
    ],
    "en": [
        "With all of them: counted time (mean) is 6.00 working days; the target is ≤ 7 working days: met.",
        'With "parallel approval" only: counted time (mean) is 10.00 working days; the target is ≤ 7 working days: '
        "missed.",
        "With none of them: counted time (mean) is 16.00 working days; the target is ≤ 7 working days: missed.",
    ],
}
"""What is said with all on, without the first, and without the second too."""


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("lang", LANGS)
def test_a_click_tells_what_the_rest_comes_to(shared: dict[Lang, Path], lang: Lang, width: int) -> None:
    """Figure and verdict are those of the attribution, by the one script that the page allows; nothing is fetched."""
    with browsing(width) as driver:
        driver.get(shared[lang].as_uri())
        box = driver.find_element(By.ID, "switches")
        told = [said(box)]
        for switch in box.find_elements(By.TAG_NAME, "input"):
            switch.click()
            told.append(said(box))
        found = {
            "told": told,
            "glyphs": driver.execute_script(GLYPHS),
            "overflow": driver.execute_script(OVERFLOW),
            "fetched": asked_for(driver),
            "console": complaints(driver),
            "barriers": barriers(driver),
        }
    assert found == {
        "told": SWITCHED[lang], "glyphs": [], "overflow": [], "fetched": {"file", "data"}, "console": [],
        "barriers": [],
    }  # fmt: skip


def said(box: WebElement) -> str:
    """What the switches tell."""
    return box.find_element(By.CSS_SELECTOR, "[role=status]").text.replace("\u00a0", " ")


def test_without_script_every_combination_stands_in_a_table(shared: dict[Lang, Path]) -> None:
    """There is nothing to switch, and a sentence says where the combinations are: folded, none, either and both."""
    with browsing(1280, script=False) as driver:
        driver.get(shared["en"].as_uri())
        shown = [driver.find_element(By.ID, name).is_displayed() for name in ("switches", "unswitched")]
        rows = driver.find_elements(By.CSS_SELECTOR, "table.subsets tbody tr")
        folded = [row.is_displayed() for row in rows]
        rows[0].find_element(By.XPATH, "ancestor::details/summary").click()
        texts = [row.text.replace("\u00a0", " ") for row in rows]
    assert (shown, folded) == ([False, True], [False] * 4)
    assert texts == [
        "With none of them 16.00 working days missed",
        'With "time limit" only 10.00 working days missed',
        'With "parallel approval" only 10.00 working days missed',
        "With all of them 6.00 working days met",
    ]


def test_on_paper_there_is_nothing_to_click(shared: dict[Lang, Path]) -> None:
    """What was switched on is told there all the same."""
    with browsing(1280) as driver:
        driver.get(shared["en"].as_uri())
        box = driver.find_element(By.ID, "switches")
        box.find_element(By.TAG_NAME, "input").click()
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        labels = [label.is_displayed() for label in box.find_elements(By.TAG_NAME, "label")]
        told = said(box)
    assert (labels, told) == ([False, False], SWITCHED["en"][1])


@pytest.fixture(scope="module", params=LANGS)
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """The small scenario, asked in either language."""
    root = Path(shutil.copytree(ROOT / "tests/library", tmp_path_factory.mktemp("whatif") / "desk"))
    return Asked(root / "scenarios/faster.yaml", load_library(root), request.param)


@pytest.fixture
def where(asked: Asked, tmp_path: Path) -> Iterator[str]:
    """The address of a page to try things on."""
    with server(asked, "token", tmp_path) as serving:
        Thread(target=serving.serve_forever, daemon=True).start()
        yield address(serving, "token")
        serving.shutdown()


ANSWER = "return [document.getElementById('answer').innerText, document.getElementById('working').hidden]"
"""The answer and whether nothing is being played, at one moment; read one by one they may be of two answers."""


def exact(driver: Chrome, command: str) -> str:
    """The text of the answer when it is the exact one to a command."""

    def come(driver: Chrome) -> str | bool:
        text, ended = driver.execute_script(ANSWER)
        return str(text) if command in text and ended else False

    return str(WebDriverWait(driver, PATIENCE).until(come))


@pytest.mark.parametrize("width", SIZES)
def test_a_slider_that_is_moved_brings_the_verdict_of_compare(asked: Asked, where: str, width: int) -> None:
    """The figures, the verdict and the command; the address of the page is a link to the same."""
    setting = "process.shop.review.limit.committed.days=2"
    wanted = compare(asked.prepared([setting]))
    with browsing(width) as driver:
        driver.get(where)
        exact(driver, "run.py compare faster")
        driver.execute_script(
            "const i = document.querySelector('input[name^=\"process.shop.review.limit.committed\"]');"
            "i.value = 2; i.dispatchEvent(new Event('input', {bubbles: true}))"
        )
        text = exact(driver, f"--set {setting}")
        found = {
            "link": unquote(driver.current_url).partition("?")[2],
            "glyphs": driver.execute_script(GLYPHS),
            "overflow": driver.execute_script(OVERFLOW),
            "fetched": asked_for(driver),
            "console": complaints(driver),
            "barriers": barriers(driver),
        }
    told = verdicts(Context(wanted, asked.lang))
    assert [
        (one.standing in text, one.value.replace("\u00a0", " ") in text.replace("\u00a0", " ")) for one in told
    ] == [(True, True) for _ in told]
    assert found == {
        "link": f"set={setting}",
        "glyphs": [],
        "overflow": [],
        "fetched": {where.rstrip("/").removesuffix("/token"), "data"} & found["fetched"],
        "console": [],
        "barriers": [],
    }


def test_without_script_a_form_does_what_the_sliders_do(asked: Asked, where: str) -> None:
    """A reform that is switched off and sent is off in the answer."""
    with browsing(1280, script=False) as driver:
        driver.get(where)
        driver.find_element(By.CSS_SELECTOR, "input[type=checkbox]").click()
        before = driver.find_element(By.ID, "answer")
        driver.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
        WebDriverWait(driver, PATIENCE).until(staleness_of(before))
        text = driver.find_element(By.ID, "answer").text
    assert "run.py compare faster --set 'after.并联审批=off'" in text
