"""The chart of a city's records: its bars are the days of the table, and its files are those asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.learn.days import days_of
from sim.learn.forecasting.validation import SHARES, Distance, Validation, validate
from sim.learn.gather import open_log
from sim.learn.replay import replay
from sim.learn.summary import Row
from sim.learn.tabled import FILES, tables
from sim.report.chart_register import DECISIONS
from sim.report.charts.forecast import Foretold
from sim.report.charts.learning import FORECAST_FILES, RECORDED_FILES, save_recorded
from sim.report.charts.recorded import PARTS, Recorded, parts
from sim.report.charts.style import styled
from sim.report.words import Lang

from .test_cli import call

ROOT = Path(__file__).parents[1]
NAN = float("nan")
ROWS = [
    Row("all", "", 5, 8.0, 12.0, 2.0, 1.0, 12.0, 0.8),
    Row("step", "filing", 2, 2.0, 3.0, 1.0, 0.0, 3.5, 1.0),
    Row("step", "review", 3, 12.0, 15.0, 3.0, 2.0, 17.0, NAN),
    Row("department", "bureau", 5, 8.0, 12.0, 2.0, 1.0, 12.0, 0.8),
    Row("month", "2025-01", 2, 7.0, 9.0, 0.0, 0.0, 7.0, 1.0),
    Row("month", "2025-02", 3, 9.0, 14.0, 3.0, 2.0, 15.0, 0.6),
]
"""By hand: 2 + 1 days and half a day before acceptance; 12 + 2 + 3 days."""


def drawn(rows: list[Row], lang: Lang = "zh") -> Figure:
    """The chart of some rows."""
    called = {"step": {"review": "设计方案审查"}}
    with styled():
        figure: Figure = DECISIONS["recorded"].draw(Recorded(rows, "a.csv", ("2025-01-01", "2025-02-28"), lang, called))
    return figure


def panel(figure: Figure, by: str) -> Axes:
    """One of its panels."""
    return next(axes for axes in figure.axes if axes.get_label() == by)


def test_an_application_is_cut_into_parts_that_add_up() -> None:
    """Acceptance to decision, special procedures, corrections, and what is left before acceptance."""
    assert parts(ROWS[1]) == {"counted": 2.0, "special": 0.0, "applicant": 1.0, "other": 0.5}
    assert sum(parts(ROWS[2]).values()) == 17.0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_bars_are_the_days_of_the_table(lang: Lang) -> None:
    """A row for each step, the one that takes most days in all on top; departments below, months on the right."""
    figure = drawn(ROWS, lang)
    steps = panel(figure, "step")
    assert [text.get_text() for text in steps.get_yticklabels()] == ["设计方案审查 (3)", "filing (2)"]
    widths = [(bar.get_y(), bar.get_width()) for bar in steps.patches]  # type: ignore[attr-defined]
    assert [w for _, w in widths] == [12.0, 2.0, 3.0, 2.0, 1.0, 0.5]
    assert [text.get_text() for text in steps.texts] == ["17", "3.5  100%"]
    ticks = [float(line.get_xdata()[0]) for line in steps.lines]  # type: ignore[index,arg-type]
    assert ticks == [15.0, 3.0]
    assert [text.get_text() for text in panel(figure, "month").get_yticklabels()] == ["2025-01 (2)", "2025-02 (3)"]
    assert len(panel(figure, "department").patches) == 4
    assert len(figure.legends[0].get_texts()) == len(PARTS)


def test_a_log_without_a_clock_has_its_steps_alone() -> None:
    """Nothing is said of corrections, departments and months, which nobody recorded."""
    rows = [Row("all", "", 9, 3.0, NAN, NAN, NAN, NAN, NAN), Row("step", "a", 9, 3.0, 7.0, NAN, NAN, NAN, NAN)]
    figure = drawn(rows, "en")
    assert [axes.get_label() for axes in figure.axes] == ["step"]
    assert figure.texts[0].get_text() == "9 events, 3 working days apart on average"
    assert figure.legends == []


def test_the_files_of_the_chart_are_those_that_are_told_of(tmp_path: Path) -> None:
    """PNG and SVG, the same bytes each time, and tables, of a log of one event too."""
    table = tmp_path / "log.csv"
    table.write_text("case,step,time\nA,b,2024-01-02 09:00\nA,c,2024-01-03 09:00\n", encoding="utf-8")
    found = replay(open_log(str(table))[0], days_of(None))
    for folder in ("one", "two"):
        written = save_recorded(found, None, None, tmp_path / folder, "zh")
        assert tuple(path.name for path in written) == RECORDED_FILES
    one, two = ((tmp_path / folder / RECORDED_FILES[1]).read_bytes() for folder in ("one", "two"))
    assert one == two
    assert [len(rows) for rows in tables(found).values()] == [2, 0, 2]


SPREAD = {"forecast": tuple(n / 10 for n in range(1, 100)), "came": tuple(n / 5 for n in range(1, 100))}
VALIDATION = Validation(
    date(2025, 7, 1), date(2025, 12, 31), 63.0, (),
    (Distance("case", 5.0, 4.0, 2.0, 3.0, 6.5, NAN, 90), Distance("under way", 8.0, 7.0, NAN, NAN, NAN, NAN, 40),
     Distance("1", 1.5, 1.0, 1.0, 1.0, 2.0, 2.5, 80)),
    (5.0, 5.0, 9.0), (10.0, 10.0, 18.0), (), SPREAD,
)  # fmt: skip
"""By hand: what came takes twice as long as was forecast; nobody knows last year."""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_forecast_is_drawn_beside_what_came(lang: Lang) -> None:
    """A line for each distribution that is known, and a row for each distance with its floor and its marks."""
    with styled():
        figure: Figure = DECISIONS["forecast"].draw(Foretold(VALIDATION, ["受理", "审查"], lang))
    title = {"zh": "预测偏差 5.00 个工作日，为数据自身噪声（4.00）的 1.2 倍",
             "en": "The forecast is 5.00 working days off, 1.2 times the noise of the log itself (4.00)"}  # fmt: skip
    assert figure.texts[0].get_text() == title[lang]
    spans, distances = panel(figure, "spans"), panel(figure, "distances")
    assert [tuple(line.get_xdata()) for line in spans.lines] == [SPREAD["forecast"], SPREAD["came"]]  # type: ignore[arg-type]
    assert [bar.get_width() for bar in distances.patches] == [4.0, 7.0, 1.0]  # type: ignore[attr-defined]
    marks = [(line.get_ydata()[0], line.get_xdata()[0]) for line in distances.lines]  # type: ignore[index]
    assert marks == [(0, 6.5), (0, 5.0), (1, 8.0), (2, 2.5), (2, 2.0), (2, 1.5)]
    names = [text.get_text().replace("\n", " ") for text in distances.get_yticklabels()]
    assert names[2] == {"zh": "至“审查” (80)", "en": "to 审查 (80)"}[lang]


def test_the_command_draws_a_forecast_where_one_is_asked_for(tmp_path: Path) -> None:
    """Its files stand beside those of where the days go, whose spread is what the screen tells the mean of."""
    rows = [f"A{n},a,2025-{1 + n // 10:02}-{1 + n % 10:02} 09:00\nA{n},b,2025-{1 + n // 10:02}-{1 + n % 28:02} 17:00"
            for n in range(100)]  # fmt: skip
    table = tmp_path / "log.csv"
    table.write_text("\n".join(["case,step,time", *rows]), encoding="utf-8")
    out = tmp_path / "out"
    assert call(ROOT / "tests/library", "learn", str(table), "--split", "2025-06-01", "--out", str(out)) == 0
    assert sorted(path.name for path in out.iterdir()) == sorted((*RECORDED_FILES, *FORECAST_FILES, *FILES))
    found = validate(replay(open_log(str(table))[0], days_of(None)), date(2025, 6, 1))
    assert {len(values) for values in found.spread.values()} == {len(SHARES)}
    assert found.spread["came"][49] == pytest.approx(found.came[1])
