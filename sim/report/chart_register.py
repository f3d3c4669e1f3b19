"""The register of charts: what each is called, what it shows, and where its drawing stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sim.core.register import register
from sim.spec.base import Name

Draw = Callable[[Any], Any]
"""From a view of a comparison to a figure, or to a table."""


@dataclass(frozen=True)
class Chart:
    """A chart: its words, and how it is drawn."""

    id: str
    """What its files are called."""
    name: Name
    look: Name
    """What to look at."""
    alternative: Name
    """What is read to those who do not see it; {section} is where its numbers stand as a table."""
    section: str
    """Key of the words for that section of the page."""
    draw: Draw
    narrow: Draw | None = None
    """How it is drawn for a phone; None where it stands on no page."""
    data: Draw | None = None
    """The table of what it shows; None where what is written beside it has its numbers."""


def drawing(module: str, name: str = "") -> Draw:
    """What a module of the charts defines under a name, its own when left out; read, with its library, when used."""

    def draw(view: Any) -> Any:
        return getattr(import_module(f"sim.report.charts.{module}"), name or module)(view)

    return draw


CHARTS = register(
    (
        Chart(
            "process_map",
            name=Name(zh="流程图", en="Process map"),
            look=Name(
                zh="看斜线框和红色点划线：被改革取消的环节与顺序。剩下的先后次序里，有法律依据的不能并联，只是惯例的才可以。",
                en="Look at hatched boxes and red dash-dotted arrows: steps and orders that the reforms take away. Of "
                "the orders that remain, those with a law behind them cannot be loosened, those of habit can.",
            ),
            alternative=Name(
                zh="方框是环节，箭头是先后；改革前的在上，改革后的在下。改动逐条列在“{section}”一节。",
                en="Boxes are steps, arrows what waits for what; the state before stands above the state after. Every "
                'change is listed in the section "{section}".',
            ),
            section="changes",
            draw=drawing("process_map"),
            narrow=drawing("narrow_process_map"),
            data=drawing("data", "process_map"),
        ),
        Chart(
            "gantt",
            name=Name(zh="甘特图", en="Gantt chart"),
            look=Name(
                zh="一件典型的案件，不是均值。看同一时刻有几个环节在办：改革前一个接一个，改革后应有重叠；横向最长的几条决定总时长。",
                en="One typical case, not a mean. Look how many steps are under way at once: "
                "one after another before, overlapping after. The longest bars decide the length.",
            ),
            alternative=Name(
                zh="每行一个环节，横条是它的起止，颜色是时间的去向；先是改革前，后是改革后。各环节的平均用时列在“{section}”一节。",
                en="A row for each step, a bar from its start to its end, coloured by where the time goes; the state "
                'before comes first, then the state after. The mean time of each step is in the section "{section}".',
            ),
            section="days",
            draw=drawing("gantt"),
            narrow=drawing("narrow_gantt"),
            data=drawing("data", "gantt"),
        ),
        Chart(
            "distribution",
            name=Name(zh="用时分布", en="Distribution of times"),
            look=Name(
                zh="看目标线右侧还剩多少案件：均值达标不等于人人达标。",
                en="Look how many cases remain beyond the target: a mean that meets it does not mean that each case "
                "does.",
            ),
            alternative=Name(
                zh="每个方案一行，竖条是多少案件用多少天，竖线是目标。均值、区间与分位数列在“{section}”一节。",
                en="A row for each variant, upright bars for how many cases take how long, a line for each target. "
                'Means, intervals and quantiles are in the section "{section}".',
            ),
            section="measures",
            draw=drawing("distribution"),
            narrow=drawing("narrow_distribution"),
            data=drawing("data", "distribution"),
        ),
        Chart(
            "time_split",
            name=Name(zh="时间构成", en="Where the time goes"),
            look=Name(
                zh="看哪一段变短了：若只有内部流转变短而申请人、施工不变，申请人的感受会小于审批用时的变化。",
                en="Look which part shrinks: where only circulation does, the applicant feels less than the counted "
                "time suggests.",
            ),
            alternative=Name(
                zh="每个方案一条，按时间的去向分段，旁边是最费时的环节。全部数字列在“{section}”一节。",
                en="A bar for each variant, cut by where the time goes, beside the longest steps. All its numbers are "
                'in the section "{section}".',
            ),
            section="days",
            draw=drawing("time_split"),
            narrow=drawing("narrow_time_split"),
            data=drawing("data", "time_split"),
        ),
    )
)
"""Every chart by its id, in the order in which they are read; a new one is a file of the charts and a record here."""
DECISIONS = register(
    (
        Chart(
            "waterfall",
            name=Name(zh="各项改革的份额", en="What each reform buys"),
            look=Name(
                zh="看最长的几段：应得份额与次序无关。圆点是单独实施，竖线是最后加上；两者相差大的，与其他改革重叠或互相促进。",
                en="Look at the longest bars: fair shares do not depend on the order. The dot is what it does alone, "
                "the tick what it does last; far apart, it overlaps with others or needs them.",
            ),
            alternative=Name(
                zh="自上而下：改革前、每项改革的应得份额、改革后，虚线是目标。数字列在“{section}”一节。",
                en="From the top: the state before, the fair share of each reform, the state after; a dashed line for "
                'the target. The numbers are in the section "{section}".',
            ),
            section="attribution",
            draw=drawing("waterfall"),
            narrow=drawing("narrow_waterfall"),
            data=drawing("data", "waterfall"),
        ),
        Chart(
            "pareto",
            name=Name(zh="做法与代价", en="What could be done, and its cost"),
            look=Name(
                zh="看目标线以内最靠左的绿色圆点：它是最省的做法。线上的点，没有更省而又更好的。",
                en="Look for the leftmost green circle within the target: the cheapest that is enough. Nothing that "
                "costs less does better than the points on the line.",
            ),
            alternative=Name(
                zh="每点一种做法，横轴是代价，纵轴是结果，虚线是目标。数字列在“{section}”一节。",
                en="A point for each choice, its cost across and what it comes to upwards; a dashed line for the "
                'target. The numbers are in the section "{section}".',
            ),
            section="searched",
            draw=drawing("pareto"),
            narrow=drawing("narrow_deciding", "narrow_pareto"),
            data=drawing("deciding_data", "pareto"),
        ),
        Chart(
            "tornado",
            name=Name(zh="假设的影响", en="What the assumptions move"),
            look=Name(
                zh="看最长的红色斜纹条：它所指的假设最该先量准，范围之内结论就会改变。",
                en="Look at the longest red, hatched bars: these assumptions turn the verdict within their ranges, and "
                "are the first to be measured.",
            ),
            alternative=Name(
                zh="每项假设一条，从其范围一端的结果到另一端，实线是现在，虚线是目标。数字列在“{section}”一节。",
                en="A bar for each assumption from the result at one end of its range to that at the other, a line for "
                'now, a dashed one for the target. The numbers are in the section "{section}".',
            ),
            section="doubts",
            draw=drawing("tornado"),
            narrow=drawing("narrow_deciding", "narrow_tornado"),
            data=drawing("deciding_data", "tornado"),
        ),
        Chart(
            "worlds",
            name=Name(zh="假设之内达标的比例", en="How often each target holds"),
            look=Name(
                zh="看红色斜纹条：这些目标的结论取决于谁也不知道的数，先量准它们再下结论。",
                en="Look at the red, hatched bars: these verdicts hang on numbers that nobody knows; measure them "
                "first.",
            ),
            alternative=Name(
                zh="每个目标一条，长度是达到目标的世界所占比例，旁边是九成世界的结果。数字列在“{section}”一节。",
                en="A bar for each target, as long as the share of worlds that meet it, beside it what nine worlds in "
                'ten come to. The numbers are in the section "{section}".',
            ),
            section="worlds",
            draw=drawing("worlds"),
            narrow=drawing("narrow_deciding", "narrow_worlds"),
            data=drawing("deciding_data", "worlds"),
        ),
        Chart(
            "moved",
            name=Name(zh="前后变动", en="What changed"),
            look=Name(
                zh="看长出黑线的条：变动比抽样的运气大。",
                en="Look at the bars beyond the black lines: they moved by more than the luck of the draws.",
            ),
            alternative=Name(
                zh="每个数字一条，长度是相对于原值的变动，黑线是只凭运气可能的差别。数字列在“{section}”一节。",
                en="A bar for each figure, as long as its change in percent of what it was, a black line for what luck "
                'alone may do. The numbers are in the section "{section}".',
            ),
            section="diff_moved",
            draw=drawing("moved"),
            narrow=drawing("narrow_deciding", "narrow_moved"),
            data=drawing("deciding_data", "moved"),
        ),
        Chart(
            "capacity",
            name=Name(zh="人数与办件量", en="Officers and files"),
            look=Name(
                zh="看色格从哪里变深：办件量再多、人再少就要排队。看曲线在哪里变平：再加人就没有用了。",
                en="Look where the cells turn dark: with more files, or fewer officers, queues form. Look where a "
                "curve turns flat: from there on more officers do not help.",
            ),
            alternative=Name(
                zh="每格是一种人数和一种办件量下的按时率与用时，每条曲线是一类人员的等待。数字在“{section}”的表格里。",
                en="A cell for each number of officers and of files with its on-time share and days, a curve for "
                "each role of how waiting falls. The numbers are in the table of "
                '"{section}".',
            ),
            section="capacity",
            draw=drawing("capacity"),
            narrow=drawing("narrow_deciding", "narrow_capacity"),
            data=drawing("deciding_data", "capacity"),
        ),
        Chart(
            "budget",
            name=Name(zh="时限分配", en="Days shared out"),
            look=Name(
                zh="看每个部门下面的绿条与竖线：绿条短于竖线的部门现在的时限太宽，长于竖线的太紧。",
                en="Look at the green bar, the lower one of each department, and the tick: where the bar is shorter "
                "than the tick the limit is too wide now, where it is longer too tight.",
            ),
            alternative=Name(
                zh="每个部门两条：现在的平均天数和应分得的天数，竖线是现在的时限合计。数字在“{section}”的表格里。",
                en="Two bars for each department, its mean days now and those shared out, a tick for its limits now. "
                'The numbers are in the table of "{section}".',
            ),
            section="budget",
            draw=drawing("budget"),
            narrow=drawing("narrow_deciding", "narrow_budget"),
            data=drawing("deciding_data", "budget"),
        ),
        Chart(
            "recorded",
            name=Name(zh="记录中时间的去向", en="Where the days go in the records"),
            look=Name(
                zh="看有纹路的部分有多长：那是申请人和特别程序的时间，缩短时限改变不了。看竖线离横条多远：慢的那一成要等多久。",
                en="Look how much has a pattern: the days of applicants and of special procedures, which no shorter "
                "limit changes. Look how far the tick is from the bar: how long the slowest tenth waits.",
            ),
            alternative=Name(
                zh="每个环节、部门和月份一条，按时间的去向分段。数字在“{section}”的表格里。",
                en="A bar for each step, department and month, cut by where the days go. "
                'The numbers are in the table of "{section}".',
            ),
            section="days",
            draw=drawing("recorded"),
            narrow=drawing("narrow_deciding", "narrow_recorded"),
            data=drawing("deciding_data", "recorded"),
        ),
        Chart(
            "forecast",
            name=Name(zh="预测与实际", en="Forecast and what came"),
            look=Name(
                zh="看虚线离粗实线多远。看绿色圆点是否在灰条以内：在其内的，已分不清预测偏差和数据自身的噪声；空心标记在圆点左边的，简单重抽比它预测得更好。",
                en="Look how far the dashed line is from the thick one. Look whether the "
                "green circles are within the grey bars, which is as near as noise lets anything be; an open mark "
                "left of a circle is a naive forecast that does better.",
            ),
            alternative=Name(
                zh="曲线是案件全程的累计分布：实际、预测和两种简单预测；每行一项，是它们与实际的距离，灰条是噪声底。数字在“{section}”的表格里。",
                en="Curves of the shares of cases within so many days: what came, the forecast, and two naive ones; "
                "a row each for how far they are from what came, a grey bar for the noise floor. The "
                'numbers are in the table of "{section}".',
            ),
            section="days",
            draw=drawing("forecast"),
            narrow=drawing("narrow_deciding", "narrow_forecast"),
            data=drawing("deciding_data", "forecast"),
        ),
    )
)
"""Charts of what a planner decides by, drawn from what was found for it; registered like the others."""
FORMATS: dict[str, dict[str, Any]] = {
    "png": {"dpi": 150, "metadata": {"Software": None}},
    "svg": {"metadata": {"Date": None, "Creator": None}},
}
"""File ending → how it is written: without a date or a program, so that the same chart is the same file."""


def files_of(*names: str) -> tuple[str, ...]:
    """What charts of these names are written to, one file for each format, relative to their folder."""
    return tuple(f"{name}.{ending}" for name in names for ending in FORMATS)
