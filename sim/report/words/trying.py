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
    "capacity": ("人数与办件量", "Officers and files"),
    "capacity_title": (
        "{variant}：{runs} 次重复，同一批申请人；每次只变一类人员，其他事务的件数不随人数变",
        "{variant}: {runs} replications, the same applicants; one role is changed at a time, and other matters stay as "
        "many whatever the number of officers",
    ),
    "capacity_role": ("部门、岗位", "Department, role"),
    "capacity_officers": ("人数", "Officers"),
    "capacity_files": ("办件量", "Files"),
    "capacity_days": ("审批用时（天）", "Counted days"),
    "capacity_on_time": ("按时率", "On time"),
    "capacity_wait": ("排队（工时）", "Waiting (h)"),
    "capacity_busy": ("忙碌程度", "Busy"),
    "capacity_today": ("{n}（现有）", "{n} (today)"),
    "capacity_knee": ("{n}（拐点）", "{n} (knee)"),
    "capacity_both": ("{n}（现有，拐点）", "{n} (today, knee)"),
    "capacity_full": (
        "{role}：现有 {today} 人，其他事务占 {other} 人，本情景占 {own} 人；办件量到 {full} 倍时全部占满",
        "{role}: {today} today, other matters take {other}, these files {own}; at {full} times the files all are taken",
    ),
    "capacity_first": ("最先占满的是 {role}", "The first to be overrun are {role}"),
    "capacity_behind": (
        "{role}：每件在决定之后的核查从 {old} 工时变为 {new} 工时（决定之前 {before} → {after}）",
        "{role}: work behind the decision goes from {old} to {new} hours per case (before it {before} → {after})",
    ),
    "capacity_enough": (
        "{role}：按时率达到 {asked} 最少要 {n} 人（{share}）",
        "{role}: {n} are the fewest for {asked} on time ({share})",
    ),
    "capacity_sure": ("；有 95 % 把握要 {n} 人", "; at 95 % confidence {n}"),
    "capacity_unsure": (
        "；到 {n} 人也没有 95 % 的把握，多做几次重复再看",
        "; up to {n} it is not sure at 95 %, try more --runs",
    ),
    "capacity_never": (
        "{role}：{n} 人时按时率为 {share}，仍不到 {asked}：耽误的不是排队",
        "{role}: {n} come to {share}, still below {asked}: it is not for queues that limits are missed",
    ),
    "capacity_cold": (
        "{role}：按件数应占 {load} 人，统计期内只见到 {seen} 人：预热不够，排队被低估，给情景加长 warm_up",
        "{role}: the files ask for {load} officers, but only {seen} were seen at work while cases came: it is measured "
        "before it is warm, and queues are understated; give the scenario a longer warm_up",
    ),
    "capacity_knee_rule": (
        "拐点：排队曲线离两端连线最远处（Kneedle，2011）",
        "Knee: where the curve of waiting lies farthest below the line between its ends (Kneedle, 2011)",
    ),
    "budget": ("时限分配", "Days shared out"),
    "budget_title": (
        "{target}：{days} 天分给各部门（{variant}，{runs} 次重复）",
        "{target}: {days} days shared out among departments ({variant}, {runs} replications)",
    ),
    "budget_department": ("部门", "Department"),
    "budget_coming": ("来件占比", "Cases that come"),
    "budget_now": ("现在用时（天）", "Days now"),
    "budget_part": ("占总用时", "Part of the time"),
    "budget_limit": ("现在时限合计", "Limits now"),
    "budget_keeps": ("在其内的占比", "Kept now"),
    "budget_days": ("应分得（天）", "Days shared out"),
    "budget_chance": (
        "这样分，每个部门都有 {chance}（{low}–{high}）的把握不超过自己的天数；现在平均用时 {found} 天",
        "So each department keeps its days in {chance} of its cases ({low}–{high}); the mean is {found} days now",
    ),
    "budget_none": (
        "天数比各部门最快的案件加起来还少：按比例缩短，没有一个部门能守住；现在平均用时 {found} 天",
        "These are fewer days than the fastest cases of all departments take: cut in proportion, nobody keeps them; "
        "the mean is {found} days now",
    ),
    "budget_sure": (
        "天数比各部门最慢的案件加起来还多：按比例放宽，每个部门都能守住；现在平均用时 {found} 天",
        "These are more days than the slowest cases of all departments take: widened in proportion, all keep them; the "
        "mean is {found} days now",
    ),
    "budget_rule": (
        "同时办理的时间由同时在办的部门平分；均值目标按来件占比加权，其他目标按件件都来计算",
        "A moment at which several are at work falls to them in equal parts; for a mean, departments weigh with the "
        "share of the cases that come, for other targets as if every case came",
    ),
    "diff_nothing": ("两边说的是同样的内容", "Both state the same"),
}
