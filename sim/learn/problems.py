"""The register of what may be wrong with records; a code, once given, never changes."""

from __future__ import annotations

from dataclasses import dataclass

from sim.core.register import register
from sim.spec.base import Name


@dataclass(frozen=True)
class Problem:
    """A thing that records may suffer from."""

    id: str
    """Its code."""
    name: Name
    remedy: Name


def _problem(code: str, zh: str, en: str, do_zh: str, do_en: str) -> Problem:
    return Problem(code, Name(zh=zh, en=en), Name(zh=do_zh, en=do_en))


PROBLEMS = register(
    [
        _problem("L001", "时间无法识别，该行不计", "moments that cannot be read; the rows are left out",
                 "检查时间列的格式", "look at the form of the column of moments"),
        _problem("L002", "时间只有日期，没有时刻", "moments without a time of day",
                 "按法定日数计算，不足一天的不能判断", "days are counted by dates; parts of a day cannot be told"),
        _problem("L003", "环节结束时间等于开始时间", "ends written as starts",
                 "请导出实际结束时间，否则不能估计人员", "export the true ends; without them staffing cannot be told"),
        _problem("L004", "特别程序没有结束", "special procedures without an end",
                 "补全结束时间；时限为 0 的不能代替", "add the ends; a limit of 0 is no substitute"),
        _problem("L005", "重复上报", "rows uploaded more than once",
                 "已去重（SJYXBS=1、SJSCZT=3）", "counted once (SJYXBS = 1, SJSCZT = 3)"),
        _problem("L006", "状态次序颠倒", "statuses out of order",
                 "这些办件不参与估计", "these applications are left out of the estimates"),
        _problem("L007", "窗口开始前已在办", "cases under way before the window",
                 "开始部分不可见，已剔除", "their beginning is not seen; they are left out"),
        _problem("L008", "窗口结束时未办结", "cases still open at the end of the window",
                 "按删失处理：未办结的往往更久", "treated as censored: what is open takes longer"),
        _problem("L009", "节假日或周末有办理", "work on days off",
                 "核对是否系统补录，或有延时服务", "see whether it was entered later, or whether doors were open"),
        _problem("L010", "时段内有缓慢变化", "a drift within the period",
                 "缩短窗口，或分期估计", "take a shorter window, or estimate by period"),
        _problem("L011", "时段内有突变", "a break within the period",
                 "只用突变之后的数据", "use what follows the break"),
        _problem("L012", "同一事项名下疑有两种版本", "two kinds of applications under one name",
                 "核对事项版本，分开映射", "see whether the item has two versions, and map them apart"),
        _problem("L013", "状态无法识别，该行不计", "statuses that say nothing; the rows are left out",
                 "在映射文件 statuses 中说明", "say in the mapping, under statuses, what they mean"),
        _problem("L014", "缺少办理时限", "applications without a limit",
                 "提供事项清单（3.3.3），或在 columns 中指明", "give the list of items (3.3.3), or name the column"),
        _problem("L015", "同一时刻多个事件，先后不明", "several events at one moment, whose order is unknown",
                 "按状态的通常次序处理", "taken in the usual order of the statuses"),
        _problem("L016", "缺少办件编号或事项", "rows without a case or a step; left out",
                 "补全编号", "fill in the numbers"),
        _problem("L017", "只有受理，没有办结", "accepted, and never decided",
                 "可能未上报办结，也可能在办", "perhaps the decision was never uploaded, perhaps it is open"),
        _problem("L018", "数量太少", "too few of them",
                 "延长时段后再估计", "take a longer period"),
        _problem("L019", "补正没有结束", "corrections without an end",
                 "按在办处理", "treated as under way"),
    ]
)  # fmt: skip
"""Code → every problem."""
