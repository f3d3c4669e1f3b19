"""Words of the frame of the page."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "runs_title": ("全部情景的结果", "All runs"),
    "runs_about": (
        "{start} 起，{runs} 次重复，种子 {seed}",
        "From {start}, {runs} replications, seed {seed}",
    ),
    "runs_lead": (
        "每个情景的最近一次结果；点名称看整页。",
        "The last run of each scenario; its name leads to its page.",
    ),
    "html_lang": ("zh-CN", "en"),
    "skip": ("跳到正文", "Skip to the content"),
    "contents": ("目录", "Contents"),
    "headline": (
        "{place}，{start} 起，{runs} 次重复，种子 {seed}",
        "{place}, from {start}, {runs} replications, seed {seed}",
    ),
    "set_value": (
        "试算 {setting}：{owner} 的 {path}，{old} → {new}",
        "Tried {setting}: {path} of {owner}, {old} → {new}",
    ),
    "staff_follows": (
        "人数未公布的部门按忙碌程度随办件量推算：{changes}；要保持现有人数，加 --set 'place.*.*+=0'",
        "Officers whose number is only assumed follow from the demand: {changes}; --set 'place.*.*+=0' keeps those of "
        "today",
    ),
    "answers": ("问题与结论", "Question and answer"),
    "measures": ("改革前后对照", "Before and after"),
    "charts": ("图", "Charts"),
    "changes": ("改革改了什么", "What the reforms change"),
    "days": ("时间花在哪里", "Where the days go"),
    "staff": ("人员与忙碌程度", "Staff and how busy they are"),
    "evidence": ("数字的依据", "What the numbers rest on"),
    "doubts": ("模型不知道什么", "What the model does not know"),
    "again": ("如何复现", "How to reproduce"),
    "list_and": ("、", ", "),
    "list_or": ("，或", ", or "),
    "list_then": ("；", "; "),
    "colon": ("：", ": "),
    "quoted": ("“{text}”", '"{text}"'),
    "in_brackets": ("{text}（{inner}）", "{text} ({inner})"),
    "counted": ("{n}\u00a0{unit}", "{n}\u00a0{unit}"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "points": ("个百分点", "percentage points"),
}
