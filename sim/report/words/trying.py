"""Words of what a planner tries: two results side by side, officers and files, days shared out."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "diff_stated": ("改了什么", "What is stated otherwise"),
    "diff_moved": ("哪些数字动了", "Which figures moved"),
    "diff_where": ("哪里", "Where"),
    "diff_old": ("前", "Before"),
    "diff_new": ("后", "After"),
    "diff_by": ("变化", "Moved by"),
    "diff_reach": ("运气所及", "Luck alone"),
    "diff_verdict": ("{target} 的结论：{old} → {new}", "The verdict on {target}: {old} → {new}"),
    "diff_tally": (
        "{n} 个数字中 {moved} 个的变化超出各自的区间，{within} 个在区间之内，{same} 个没有变化",
        "Of {n} figures {moved} moved by more than their intervals, {within} within them, {same} not at all",
    ),
    "diff_nothing": ("两边说的是同样的内容", "Both state the same"),
}
