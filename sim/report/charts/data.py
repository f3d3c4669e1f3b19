"""What each chart shows as a table, with heads and names in the language of the chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from sim.records.measures.register import MEASURES
from sim.report.attributed import by_share, part_names
from sim.report.charts.distribution import bins
from sim.report.charts.distribution_rows import question, variant_rows
from sim.report.charts.map_model import MapModel, Style, played_models
from sim.report.charts.map_words import WORDS as MAP
from sim.report.charts.split import by_step
from sim.report.charts.target_lines import bound_for
from sim.report.charts.timeline import case_line, typical
from sim.report.charts.view import View
from sim.report.charts.waterfall import Shared
from sim.report.words import Lang, named
from sim.spec.amounts import mean

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "variant": "方案", "step": "环节", "legal": "先后：依法或凭证件材料", "nature": "先后：事理使然",
        "order": "先后：仅凭习惯", "freed": "先后：仅凭习惯，改革后不再等候", "limit": "时限或通常用时",
        "unit": "单位", "share": "以其为关键路径的办件占比", "gone": "取消或并入它的改革", "form": "一次申请的各环节",
        "what": "时间去向", "from": "起", "to": "止", "beside": "与办理并行或事后", "accepted": "受理",
        "decided": "办结", "cases": "件数", "mean": "平均", "low": "95% 区间下限", "high": "95% 区间上限",
        "target": "目标", "days": "每件工作日", "part": "部分", "fair": "应得份额", "alone": "单独实施",
        "last": "最后加上", "all": "合计", "and": "、",
    },
    "en": {
        "variant": "Variant", "step": "Step", "legal": "Waits by law, or for a paper of",
        "nature": "Waits by nature for", "order": "Waits by habit for",
        "freed": "Waits by a habit that reforms end for", "limit": "Limit or usual time", "unit": "Unit",
        "share": "Share of cases with it on the critical path", "gone": "Taken away by",
        "form": "Steps of the same application", "what": "Where the time goes", "from": "From", "to": "To",
        "beside": "Beside the step, or after", "accepted": "accepted", "decided": "decided", "cases": "Cases",
        "mean": "Mean", "low": "95% interval from", "high": "95% interval to", "target": "Target",
        "days": "Working days per case", "part": "Part", "fair": "Fair share", "alone": "Alone", "last": "Last",
        "all": "the whole", "and": "; ",
    },
}  # fmt: skip
REASONS: tuple[Style, ...] = ("legal", "nature", "order", "freed")
Row = dict[str, object]


def process_map(view: View) -> pd.DataFrame:
    """A line for each variant and step: for what it waits and why, its limit, how often it decides, where it went."""
    return table(WORDS[view.lang], (row for model in played_models(view) for row in _mapped(view, model)))


def _mapped(view: View, model: MapModel) -> Iterator[Row]:
    joined = WORDS[view.lang]["and"].join
    for key, step in model.process.steps.items():
        length = step.limit.effective or step.duration
        together = next((members for members in model.forms.values() if key in members), ())
        yield {
            "variant": model.title,
            "step": view.say(step.name),
            **{reason: joined(_before(view, model, key, reason)) for reason in REASONS},
            "limit": mean(length.amount) if length else None,
            "unit": MAP[view.lang][length.unit] if length else "",
            "share": model.deciding.get(key, 0.0),
            "gone": model.gone.get(key, ""),
            "form": joined(view.node_name(other) for other in together),
        }


def _before(view: View, model: MapModel, step: str, reason: Style) -> list[str]:
    return [view.node_name(u) for (u, v), style in model.edges.items() if (v, style) == (step, reason)]


def gantt(view: View) -> pd.DataFrame:
    """A line for each stretch of the typical case in either variant, and for each acceptance and decision."""
    return table(WORDS[view.lang], _stretches(view))


def _stretches(view: View) -> Iterator[Row]:
    case = typical([end.courses for end in view.ends])
    for end in view.ends if case is not None else ():
        line, variant = case_line(end.courses, case or 0), view.called(end.variant)
        for piece in line.pieces:
            yield {
                "variant": variant, "step": view.node_name(piece.node), "what": view.say(piece.category.called),
                "from": piece.start, "to": piece.end, "unit": MAP[view.lang]["days"], "beside": int(piece.beside),
            }  # fmt: skip
        for mark, moments in (("accepted", line.accepted), ("decided", line.decided)):
            for node, day in moments:
                yield {
                    "variant": variant, "step": view.node_name(node), "what": WORDS[view.lang][mark],
                    "from": day, "to": day, "unit": MAP[view.lang]["days"], "beside": 0,
                }  # fmt: skip


def distribution(view: View) -> pd.DataFrame:
    """A line for each bar: how many cases of a variant take so long; with the mean and the bound of the variant."""
    return table(WORDS[view.lang], _bars(view))


def _bars(view: View) -> Iterator[Row]:
    asked = question(view)
    rows, unit = variant_rows(view, asked), view.say(MEASURES[asked.measure].unit.short)
    longest = max((float(shown.days.max()) for shown in rows), default=0.0)
    for shown in rows:
        bound = bound_for(asked, shown)
        edges = bins(longest, bound)
        counts, _ = np.histogram(shown.days, edges)
        for start, end, cases in zip(edges[:-1], edges[1:], counts.tolist(), strict=True):
            if cases == 0:
                continue
            yield {
                "variant": view.say(shown.variant.name), "from": start, "to": end, "unit": unit, "cases": cases,
                "mean": shown.mean.mean, "low": shown.mean.low, "high": shown.mean.high, "target": bound,
            }  # fmt: skip


def time_split(view: View) -> pd.DataFrame:
    """A line for each variant, step and category of time: the mean days of the critical path."""
    return table(
        WORDS[view.lang],
        (
            {"variant": view.say(v.name), "step": view.node_name(node), "what": view.say(c.called), "days": days}
            for v in view.variants
            for node, split in by_step(view, v).items()
            for c, days in split.items()
        ),
    )


def waterfall(view: Shared) -> pd.DataFrame:
    """A line for each part: its fair share with its interval, what it does alone and last; one for the whole."""
    found, names = view.found, part_names(view.attribution, view.lang)
    wanted = found.question.wanted
    unit, target = named(view.lang, found.question.unit.short), wanted.bound if wanted else None
    shares = [(names[b.part.id], b.share, b.alone.mean, b.last.mean) for b in by_share(found)] if found.known else []
    whole = (WORDS[view.lang]["all"], found.whole, None, None)
    return table(
        WORDS[view.lang],
        (
            {
                "part": part, "fair": share.mean, "low": share.low, "high": share.high, "alone": alone, "last": last,
                "unit": unit, "target": target,
            }
            for part, share, alone, last in (*shares, whole)
        ),
    )  # fmt: skip


def table(heads: Mapping[str, str], rows: Iterator[Row]) -> pd.DataFrame:
    """The rows under their heads; a key that has none is one itself."""
    return pd.DataFrame([{heads.get(key, key): value for key, value in row.items()} for row in rows])
