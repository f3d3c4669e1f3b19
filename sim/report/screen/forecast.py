"""A forecast beside what came, on the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from sim.learn.forecasting.validation import Validation
from sim.report.filling import filled_in
from sim.report.messages import said
from sim.report.numbers import NOTHING, number
from sim.report.words import Lang

WORDS = {
    "zh": {
        "title": "预测与实际：{split} 之前的数据预测之后至 {last}（Wasserstein 距离，工作日）",
        "columns": ("", "数量", "留出", "噪声底", "倍数", "样本内", "样本内噪声底", "近期重抽", "去年同期"),
        "case": "新案件全程", "under way": "在办案件剩余",
        "half_life": "越早的案件权重越小，半衰期 {days} 个工作日（在训练部分内选定）",
        "all": "所有案件权重相同",
        "spans": "全程均值、中位数、90% 分位：预测 {forecast}；实际 {came}",
    },
    "en": {
        "title": "Forecast and what came: from before {split}, to {last} (Wasserstein distance, working days)",
        "columns": ("", "n", "held out", "floor", "ratio", "in sample", "floor in sample", "recent again", "last year"),
        "case": "new cases", "under way": "cases under way, what is left",
        "half_life": "older cases weigh less, half as much every {days} working days, as chosen in the training part",
        "all": "all cases weigh the same",
        "spans": "span, mean, median, 90 % quantile: forecast {forecast}; came {came}",
    },
}  # fmt: skip


def print_validation(console: Console, validation: Validation, steps: Sequence[str], lang: Lang) -> None:
    """Print the distances of a forecast, per case and per step, beside the noise floor and the naive forecasts."""
    words = WORDS[lang]
    table = Table(
        title=filled_in(str(words["title"]), split=validation.split, last=validation.last), title_justify="left"
    )
    for column in words["columns"]:
        table.add_column(column)
    for d in validation.distances:
        name = words.get(d.what) or steps[int(d.what)]
        numbers = (d.held_out, d.floor, d.ratio, d.in_sample, d.in_sample_floor, d.recent, d.last_year)
        table.add_row(str(name), str(d.n), *map(_number, numbers))
    console.print(table)
    half_life = validation.half_life
    faded = filled_in(str(words["half_life"]), days=f"{half_life:g}")
    console.print(faded if math.isfinite(half_life) else str(words["all"]))
    forecast, came = (", ".join(map(_number, spans)) for spans in (validation.forecast, validation.came))
    console.print(filled_in(str(words["spans"]), forecast=forecast, came=came), highlight=False)
    for warning in validation.warnings:
        console.print(said(warning, lang))


def _number(value: float) -> str:
    return number(value, "working_days") if math.isfinite(value) else NOTHING
