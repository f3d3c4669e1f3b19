"""What planners say instead of the words of the language: Chinese keys, former words, names instead of ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.core.errors import nearest
from sim.records.measures.register import MEASURES
from sim.records.statistics import STATISTICS
from sim.records.units import PUBLISHED
from sim.reforms.register import REFORM_NAMES
from sim.scenario.wishes import ID
from sim.spec.base import Name
from sim.spec.kinds import KINDS
from sim.spec.opening import WEEKDAYS
from sim.spec.procedures import PROCEDURES

KEYS: Mapping[str, tuple[str, ...]] = {
    "编号": ("id",), "标识": ("id",), "名称": ("name",), "名字": ("name",), "中文": ("zh",), "英文": ("en",),
    "摘要": ("summary",), "概述": ("summary",), "说明": ("summary", "note", "why"), "备注": ("note",),
    "来源": ("source", "sources"), "出处": ("source", "sources"), "依据": ("source", "sources", "basis", "law"),
    "理由": ("why",), "原因": ("why", "known_miss"), "标题": ("title",), "条款": ("article",), "条": ("article",),
    "日期": ("date",), "章节": ("section",), "文号": ("number",), "范围": ("range", "scope"), "种类": ("kind",),
    "类型": ("kind",), "类别": ("kind",), "环节": ("steps",), "步骤": ("steps",), "属性": ("attributes",),
    "部门": ("at", "departments", "department"), "窗口": ("window",), "人员": ("staff",), "编制": ("staff",),
    "人数": ("count", "staff"), "数量": ("count",), "利用率": ("utilisation",), "忙碌程度": ("utilisation",),
    "材料": ("needs", "materials", "material"), "申请材料": ("needs", "materials"), "证照": ("yields",),
    "产出": ("yields",), "前置": ("after",), "前置环节": ("after",), "之后": ("after",), "条件": ("when",),
    "表单": ("form",), "时限": ("limit",), "期限": ("limit", "within"), "法定时限": ("statutory",),
    "法定": ("statutory",), "承诺时限": ("committed",), "承诺": ("committed", "promise"), "工作日": ("days",),
    "天": ("days",), "日": ("days",), "天数": ("days",), "自然日": ("calendar_days",), "日历日": ("calendar_days",),
    "小时": ("hours",), "时": ("hours",), "分钟": ("minutes",), "分": ("minutes",), "时长": ("duration",),
    "用时": ("duration",), "办理": ("work",), "流转": ("circulation",), "特别程序": ("special", "procedure"),
    "时段": ("periods",), "办公时间": ("hours",), "占比": ("share",), "比例": ("share", "rate"),
    "概率": ("share", "rate"),
    "地方": ("place",), "地点": ("place",), "城市": ("place",), "开始": ("start",), "开始日期": ("start",),
    "日历": ("calendar",), "需求": ("demand",), "办件量": ("demand", "per_year"), "年办件量": ("per_year",),
    "每年": ("per_year",), "案件数": ("cases",), "件数": ("cases",), "方案": ("variants", "variant"),
    "情景": ("variants",), "改革": ("reforms", "reform"), "改革措施": ("reforms",), "目标": ("targets",),
    "指标": ("measure",), "统计量": ("statistic",), "单位": ("unit",), "不超过": ("at_most",), "至多": ("at_most",),
    "最多": ("at_most",), "不少于": ("at_least",), "至少": ("at_least",), "最少": ("at_least",), "业务": ("process",),
    "流程": ("process",), "重复次数": ("runs",), "预热": ("warm_up",), "节假日": ("holidays",), "调休": ("workdays",),
    "压缩比例": ("compression",),
}  # fmt: skip
"""A Chinese word → the keys that it may stand for; the first that may stand there is meant."""

FORMER: Mapping[tuple[str, str], str] = {
    (
        "measure",
        "compression",
    ): "write cut_share, the share that is cut; compression, in 限时办结, is what remains",
}
"""A key and a word that it took in an earlier version → what to write instead."""

SECTIONS: Mapping[str, str] = {
    "at": "departments", "window": "departments", "department": "departments", "by": "departments",
    "process": "processes", "demand": "processes", "call": "processes", "place": "places", "steps": "steps",
    "after": "steps", "redo": "steps", "materials": "materials", "needs": "materials", "material": "materials",
    "yields": "materials", "fetched": "materials", "instead": "materials", "variant": "variants",
    "start": "variants", "departments": "departments",
}  # fmt: skip
"""A key whose value is an id → the section of a file in which things of that sort stand."""

_DAYS = tuple(f"周{day}" for day in "一二三四五六日")


class Named(NamedTuple):
    """Something by one of its names."""

    name: str
    section: str
    """The key under which things of its sort stand."""
    id: str


Others = Callable[[], Iterable[Named]]
"""What other files call things; asked only where a name is not that of an id."""


def nobody() -> Iterable[Named]:
    """No other file."""
    return ()


def in_document(data: Any, section: str = "") -> Iterator[Named]:
    """Yield everything in plain data that has an id and a name."""
    if not isinstance(data, dict):
        return
    for key, inner in ((str(k), x) for k, x in data.items()):
        name = inner.get("name") if isinstance(inner, dict) else None
        if isinstance(name, dict) and re.fullmatch(ID, key):
            yield from (Named(text, section, key) for text in name.values() if isinstance(text, str))
        yield from in_document(inner, key)


def in_register() -> Iterator[Named]:
    """Yield everything that the language itself names, under the key that takes its id."""
    told: list[tuple[str, str, Name]] = [
        *(("kind", kind.id, kind.name) for kind in KINDS.values()),
        *(("measure", measure.id, measure.name) for measure in MEASURES.values()),
        *(("statistic", statistic.id, statistic.name) for statistic in STATISTICS.values()),
        *(("unit", unit.id, unit.name) for unit in PUBLISHED.values()),
        *(("procedure", procedure.id, procedure.name) for procedure in PROCEDURES.values()),
        *(("reform", zh, name) for zh, name in REFORM_NAMES.items()),
    ]
    for section, key, name in told:
        yield from (Named(text, section, key) for text in (name.zh, *name.en.split("|")))
    yield from (Named(zh, "weekday", day) for zh, day in zip(_DAYS, WEEKDAYS, strict=True))


def meant_key(written: str, known: Collection[str]) -> str:
    """The key that a Chinese word stands for among those known; "" where it stands for none."""
    return next((key for key in KEYS.get(written.strip(), ()) if key in known), "")


def meant_ids(text: str, path: Sequence[str | int], named: Iterable[Named]) -> list[str]:
    """The ids of what has this name; of the sort that stands at the path, where such a one has it."""
    found = [one for one in named if one.name.casefold() == text.strip().casefold()]
    return _sorted_out(found, path)


def near_name(text: str, path: Sequence[str | int], named: Iterable[Named]) -> Named | None:
    """What has the name nearest to a text, of the sort that stands at the path; None where none is near."""
    section = _section(path)
    known = {one.name: one for one in named if one.section == section}
    inside = [name for name in known if len(text) > 1 and (text in name or name in text)]
    name = min(inside, key=lambda name: abs(len(name) - len(text)), default="") or nearest(text, known)
    return known.get(name)


def _sorted_out(found: list[Named], path: Sequence[str | int]) -> list[str]:
    fitting = [one for one in found if one.section == _section(path)]
    return list(dict.fromkeys(one.id for one in fitting or found))


def _section(path: Sequence[str | int]) -> str:
    """The section whose ids stand at a path."""
    keys = [part for part in path if isinstance(part, str)]
    return next((SECTIONS[key] for key in reversed(keys[-2:]) if key in SECTIONS), "")
