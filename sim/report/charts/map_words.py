"""The words of the process map."""

from __future__ import annotations

from sim.report.words import Lang

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "{name}：步骤 {b} → {a} 个，环环相扣的最长链条 {lb} → {la} 步",
        "freed_title": "，{freed} 处习惯先后不再等候",
        "same": "{name}：{b} 个步骤及其先后不变（最长链条 {lb} 步），改的是时限和办法",
        "one": "{name}：{b} 个步骤，环环相扣的最长链条 {lb} 步",
        "panel": "{title}：{steps} 个步骤，最长链条 {longest} 步",
        "before": "改革前",
        "after": "改革后",
        "played": "自左向右，逐行续读；其他箭头已包含的先后不再画出。框内为时限或通常用时，"
        "框角百分数为多少办件以该步骤为关键路径",
        "planned": "自左向右，逐行续读；其他箭头已包含的先后不再画出。框内为时限或通常用时，"
        "关键路径（并列的全部画出）和框角的余量（工作日）按此计算",
        "narrow": "自上而下；同一底色内的步骤互不等候，其他箭头已包含的先后不再画出。框内为时限或通常用时，"
        "百分数为多少办件以该步骤为关键路径",
        "too_many": "{steps} 个步骤，多于一图能看清的 {most} 个；run.py show 逐步列出",
        "slack": "余",
        "form": "一次申请、一张表单",
        "new": "新增",
        "promise": "告知承诺",
        "deferral": "容缺受理",
        "automatic": "秒批",
        "done_before": "事先完成",
        "some": "部分办件",
        "gone": "取消或合并",
        "days": "工作日",
        "calendar_days": "自然日",
        "hours": "小时",
        "minutes": "分钟",
        "about": "约 ",
        "legal": "依法，或凭前一步的证件材料",
        "nature": "事理使然",
        "order": "仅凭习惯",
        "freed": "仅凭习惯，改革后不再等候",
        "critical": "关键路径",
        "goes": "改革中取消、并入他步或事先完成",
        "official": "计入审批用时",
        "and": "、",
    },
    "en": {
        "title": "{name}: {b} → {a} steps, longest chain of waiting {lb} → {la} steps",
        "freed_title": ", habits of waiting ended: {freed}",
        "same": "{name}: the same {b} steps in the same order (longest chain {lb}); limits and ways changed",
        "one": "{name}: {b} steps, longest chain of waiting {lb} steps",
        "panel": "{title}: {steps} steps, longest chain {longest}",
        "before": "Before",
        "after": "After",
        "played": "Left to right, line by line; an order that other arrows imply is not drawn. "
        "In a box: limit or usual time; at its corner: share of cases with it on their critical path",
        "planned": "Left to right, line by line; an order that other arrows imply is not drawn. "
        "In a box: limit or usual time, from which follow the critical paths (all at a tie) and, at its corner, "
        "the slack in working days",
        "narrow": "From the top; steps on one band do not wait for one another, and an order that other arrows imply "
        "is not drawn. In a box: limit or usual time, and the share of cases with it on their critical path",
        "too_many": "{steps} steps, more than the {most} that a map can show; run.py show lists them in order",
        "slack": "slack",
        "form": "one application, one form",
        "new": "new",
        "promise": "on promise",
        "deferral": "papers later",
        "automatic": "automatic",
        "done_before": "done before",
        "some": "some cases",
        "gone": "dropped or merged",
        "days": "work. days",
        "calendar_days": "cal. days",
        "hours": "hours",
        "minutes": "minutes",
        "about": "≈ ",
        "legal": "by law, or for a paper of the step before",
        "nature": "by nature",
        "order": "by habit only",
        "freed": "by habit, ended by reforms",
        "critical": "critical path",
        "goes": "dropped, merged or done before",
        "official": "counted",
        "and": ", ",
    },
}
