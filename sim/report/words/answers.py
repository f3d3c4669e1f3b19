"""Words of the question, the answers, the scope of a target and the measures."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "question": (
        "在{place}，把{variants}这 {n} 个方案放在同一批申请人身上比较，能否达到 {targets} 个公布的目标？",
        "In {place}, {n} variants ({variants}) are played for the same applicants. Are the {targets} "
        "published targets met?",
    ),
    "question_open": (
        "在{place}，把{variants}这 {n} 个方案放在同一批申请人身上比较，结果如何？",
        "In {place}, {n} variants ({variants}) are played for the same applicants. What comes of it?",
    ),
    "no_targets": ("本场景没有登记目标，只作比较。", "This scenario records no targets; it only compares."),
    "demand_year": ("每年 {n} 件", "{n} cases a year"),
    "demand_often": ("每 {n} 分钟一件", "a case every {n} minutes"),
    "demand_cold": (
        "{process}：{rate}，每次重复模拟 {cases} 件，全部计入结果。依据",
        "{process}: {rate}; {cases} cases in each replication, all of them measured. Source",
    ),
    "demand": (
        "{process}：{rate}，每次重复模拟 {cases} 件，其中前 {warm_up} 件只造成负荷、不计入结果。依据",
        "{process}: {rate}; {cases} cases in each replication, the first {warm_up} of which only load the "
        "system and are not measured. Source",
    ),
    "interrupted": (
        "运行被提前中断：下面只用了已完成的 {runs} 次重复，结论可能尚未定。",
        "The run was interrupted: what follows rests on the {runs} replications that were finished.",
    ),
    "tally": (
        "{n} 个目标：达标 {met} 个，未达标 {missed} 个（其中已登记的 {known} 个），未定 {undecided} 个。",
        "{n} targets: {met} met, {missed} missed ({known} of them on record), {undecided} undecided.",
    ),
    "met": ("达标", "Met"),
    "missed": ("未达标", "Missed"),
    "undecided": ("未定", "Undecided"),
    "known": ("已登记的未达标", "Missed, as recorded"),
    "so met": ("达标", "it is met"),
    "so missed": ("未达标", "it is missed"),
    "so undecided": ("区间跨过目标，尚不能下结论", "the interval lies across it, which decides nothing"),
    "met_before": ("改革前即已达标", "Met before the reforms already"),
    "not_as_recorded": ("与登记的未达标不符", "Not the miss on record"),
    "answer": (
        "“{variant}”方案下，{figure}为 {value}，{interval}；目标 {bound}：{verdict}{margin}。",
        'Under "{variant}", {figure} is {value}, {interval}; the target is {bound}: {verdict}{margin}.',
    ),
    "with_interval": ("95% 区间 {interval}，{runs} 次重复", "95% interval {interval}, {runs} replications"),
    "without_spread": ("{runs} 次重复全部相同", "the same in all {runs} replications"),
    "without_interval": ("只有 {runs} 次重复有此数，没有区间", "known from {runs} replications only, no interval"),
    "fewer": ("，比目标少 {by}", ", {by} below the target"),
    "more": ("，比目标多 {by}", ", {by} above the target"),
    "equal": ("，与目标相等", ", equal to the target"),
    "estimate": ("模拟值", "Simulated"),
    "target": ("公布的目标", "Published target"),
    "published_in": ("公布单位：{unit}", "published in {unit}"),
    "published_before": ("公布的改革前数值 {value}", "published for the state before: {value}"),
    "residual": ("差额（模拟值减目标）", "Residual (simulated minus target)"),
    "baseline": ("基准方案“{base}”", 'Baseline "{base}"'),
    "source": ("依据", "Source"),
    "recorded": ("登记的原因", "Reason on record"),
    "turned_by": ("什么会翻转结论", "What turns the verdict"),
    "turned_by_some": (
        "有 {n} 个假定，单独取到其范围的一端就会翻转结论：{names}",
        "{n} assumptions each turn it at one end of their ranges: {names}",
    ),
    "turned_by_none": (
        "没有哪个假定单独取到其范围的一端会翻转结论",
        "no assumption turns it by itself, at either end of its range",
    ),
    "remedy": ("如何才能达标", "What would meet it"),
    "remedy_all": ("全部计时环节的时限压到现在的 {share}", "every counted limit cut to {share} of what it is"),
    "remedy_alone": ("或仅{step}由 {now} 压到 {then} 个工作日", "or {step} alone from {now} to {then} working days"),
    "remedy_never": ("时限压到零也不够", "not even limits of zero would do"),
    "picture": (
        "{figure}：{base} {baseline}，模拟值 {estimate}，目标 {bound}",
        "{figure}: {base} {baseline}, simulated {estimate}, target {bound}",
    ),
    "key_estimate": ("模拟值与 95% 区间", "simulated, with its 95% interval"),
    "key_before": ("基准方案“{base}”", 'baseline "{base}"'),
    "key_target": ("目标，阴影一侧为达标", "target; the shaded side meets it"),
    "statistic mean": ("均值", "mean"),
    "statistic p50": ("中位数", "median"),
    "statistic p90": ("90% 分位数", "90% quantile"),
    "statistic maximum": ("最大值", "maximum"),
    "statistic mean_reduction": ("较基准方案的降幅，各业务平均", "reduction against the baseline, mean over processes"),
    "statistic total_reduction": (
        "较基准方案的降幅，各业务合计",
        "reduction against the baseline, of the sum over processes",
    ),
    "statistic share_within": ("{limit}以内的案件占比", "share of cases within {limit}"),
    "scope_clock": ("计什么", "What is measured"),
    "scope_statistic": ("统计量", "Statistic"),
    "scope_steps": ("哪些环节", "Which steps"),
    "scope_processes": ("哪些业务", "Which processes"),
    "scope_cases": ("哪些案件", "Which cases"),
    "scope_construction": ("施工", "Construction"),
    "all_steps": ("全部", "all"),
    "all_counted": ("全部计时环节", "all counted steps"),
    "only_steps": ("仅{steps}", "only {steps}"),
    "kinds_left_out": ("不含{kinds}", "without {kinds}"),
    "kinds_added": ("另计{kinds}", "and also {kinds}"),
    "all_cases": ("全部", "all"),
    "construction_in": ("计入", "included"),
    "construction_out": ("不计入", "not included"),
    "no_construction": ("该业务没有施工", "the process has none"),
    "measured counted_days": (
        "自受理至决定的工作时间；并行的环节只算一次，补正和特别程序不算",
        "working time from acceptance to decision; parallel steps once, corrections and special procedures left out",
    ),
    "measured elapsed_days": (
        "自首次提出至拿到可用证照的工作日，全部计入",
        "working days from the first submission to the usable certificate, everything in",
    ),
    "measured calendar_days": (
        "自首次提出至拿到可用证照的自然日，全部计入",
        "calendar days from the first submission to the usable certificate, everything in",
    ),
    "measured promised_days": (
        "每个部门都用满承诺时限、其他都不花时间时的工作日",
        "working days when every office uses up its committed limit and nothing else takes time",
    ),
    "measured statutory_days": (
        "每个部门都用满法定时限、其他都不花时间时的工作日",
        "working days when every office uses up its statutory limit and nothing else takes time",
    ),
    "measured touchpoints": (
        "申请人与外部机构打交道的次数；内部流转不算",
        "dealings of the applicant with an outside body; internal steps are none",
    ),
    "measured materials": (
        "申请人交的材料，同一张表下每种算一份",
        "papers the applicant hands in, each once per form",
    ),
    "measured trips": (
        "申请人到场的次数，含补正和现场配合",
        "visits in person, corrections and inspections to attend included",
    ),
    "measured forms": ("申请人填的表", "forms the applicant fills in"),
    "measured prefilled_share": (
        "表单中无须申请人填写的字段",
        "share of the form fields that are filled in for the applicant",
    ),
    "measured no_visit_share": ("一次也不跑的案件", "share of the cases without any visit"),
    "measured one_visit_share": ("最多跑一次的案件", "share of the cases with at most one visit"),
    "measured parallel_share": (
        "曾有两个计时环节同时在办的案件",
        "share of the cases in which two counted steps were under way at once",
    ),
    "measured on_time_share": (
        "在时限内作出的决定；受理当天算第 0 天",
        "share of the decisions within their limit; the day of acceptance is day 0",
    ),
    "measured revoked_share": (
        "因违背承诺而被撤销决定的案件",
        "share of the cases with a decision revoked after a broken promise",
    ),
    "measured returned_share": (
        "容缺材料逾期未补而退件的案件",
        "share of the cases returned because a deferred material came too late",
    ),
    "measured refused_share": ("不予许可的案件", "share of the cases refused"),
    "measured refused_days": (
        "自首次提出至不予许可的工作日；只算不予许可的案件",
        "working days from the first submission to the refusal; only refused cases have any",
    ),
    "measured services": ("本场景提供的事项数", "services that the scenario offers"),
    "measured yearly_cases": (
        "一年的办件量，由首件与末件之间的时间推得",
        "cases that come in a year, from the time between the first and the last",
    ),
    "measured sunday_cases": (
        "每个开放的周日办结的件数；只算此前一周都有申请的周日",
        "cases decided on a Sunday, per Sunday that was open and had a whole week of arrivals before it",
    ),
    "measured compression": (
        "一减去承诺时限之和除以法定时限之和",
        "one minus the sum of committed limits over the sum of statutory ones",
    ),
}
