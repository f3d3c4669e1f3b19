"""Words of the question, the answers, the scope of a target and the measures."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "question": (
        "在{place}，把{variants}这 {n} 个方案放在同一批申请人身上比较，能否达到 {targets} 个公布的目标？",
        "In {place}, {n} {n:variant|variants} ({variants}) {n:is|are} played for the same applicants. "
        "{targets:Is|Are} the {targets} published {targets:target|targets} met?",
    ),
    "question_open": (
        "在{place}，把{variants}这 {n} 个方案放在同一批申请人身上比较，结果如何？",
        "In {place}, {n} {n:variant|variants} ({variants}) {n:is|are} played for the same applicants. "
        "What comes of it?",
    ),
    "in_worlds": (
        "把各项假设在其范围内一起抽取 {n} 次：九成在 {low} 至 {high} 之间，{share} 达到目标（{least} 至 {most}）",
        "With all assumptions drawn together from their ranges, {low} to {high} in nine worlds of ten, and met in "
        "{share} of {n} (between {least} and {most} of all)",
    ),
    "in_worlds_same": (
        "把各项假设在其范围内一起抽取 {n} 次，结果都是 {value}，与假设无关。",
        "With all assumptions drawn together from their ranges it is {value} in all {n} worlds: on none does it hang.",
    ),
    "in_worlds_asked": ("，要求 {share}", "; {share} are asked for"),
    "in_worlds_hangs": ("；主要取决于 {levers}。", "; it hangs most on {levers}."),
    "in_worlds_none": ("；没有一项假设单独起主要作用。", "; on no assumption alone."),
    "flip": (
        "{id}：{key} 从 {now} 变到 {then}，结论就会改变。",
        "{id} turns where {key} goes from {now} to {then}.",
    ),
    "turned_in": (
        "在 {sides} 之内，{density} 的世界结论相反，占相反世界的 {coverage}。",
        " Within {sides} the verdict is another in {density} of the worlds, which are {coverage} of all such worlds.",
    ),
    "measure_first": (
        "先量准 {key}：判断正确的世界会多 {worth}。",
        " Measure {key} first: the verdict would be right in {worth} more of the worlds.",
    ),
    "worlds": ("假设之内", "Over the assumptions"),
    "worlds_left_out": (
        "另有 {n} 个抽到的世界不能成立，未计入。",
        " {n} more {n:world|worlds} that {n:was|were} drawn cannot be and {n:is|are} left out.",
    ),
    "first_found": (
        "{name}：“{variant}”方案下，{figure}为 {value}，目标 {bound}，{verdict}",
        '{name}: under "{variant}", {figure} is {value}; the target is {bound}: {verdict}',
    ),
    "first_end": ("。", "."),
    "first_sure": ("；不取决于任何一项假设。", ", whatever the assumptions."),
    "first_worlds": (
        "。这是各项假设取中间值的结果；在其范围内，九成在 {low} 至 {high}之间，目标在 {share} 的世界里成立。",
        ". That is with our middle assumptions; over their ranges it is {low} to {high} in nine worlds of ten, and the "
        "target holds in {share} of the worlds.",
    ),
    "first_changed": (
        "改变最大的是{measure}：{process}由 {first}变为 {last}（{change}）。",
        "What changes most is {measure}: {process} goes from {first} to {last} ({change}).",
    ),
    "first_same": ("没有一项指标较“{base}”有所改变。", 'No measure changes against "{base}".'),
    "first_holds": ("{n} 个世界中 {share} 成立", "holds in {share} of {n} worlds"),
    "hangs_on": ("主要取决于 {levers}。", "It hangs most on {levers}."),
    "targets": ("各项目标", "The targets"),
    "no_targets": ("本情景没有登记目标，只作比较。", "This scenario records no targets; it only compares."),
    "demand_year": ("每年 {n} 件", "{n} {n:case|cases} a year"),
    "demand_often": ("每 {n} 分钟一件", "a case every {n} {n:minute|minutes}"),
    "demand_listed": (
        "按实际到达时间（{first} 至 {last}，{n} 件）",
        "{n} {n:case|cases} as they came ({first} to {last})",
    ),
    "demand_shaped": ("{rate}，按{shapes}分布", "{rate}, shared out by {shapes}"),
    "demand_by_month": ("月份", "month"),
    "demand_by_weekday": ("星期", "weekday"),
    "demand_by_hour": ("钟点", "hour"),
    "demand_cold": (
        "{process}：{rate}，每次重复模拟 {cases} 件，全部计入结果。依据",
        "{process}: {rate}; {cases} {cases:case|cases} in each replication, all of them measured. Source",
    ),
    "demand": (
        "{process}：{rate}，每次重复模拟 {cases} 件，其中前 {warm_up} 件只造成负荷、不计入结果。依据",
        "{process}: {rate}; {cases} {cases:case|cases} in each replication, the first {warm_up} of which only load the "
        "system and are not measured. Source",
    ),
    "demand_window": (
        "{process}：{rate}，每次重复平均有 {cases} 件计入结果。依据",
        "{process}: {rate}; {cases} {cases:case|cases} on average are measured in each replication. Source",
    ),
    "window": (
        "每次重复计入自 {date} 起 {weeks} 周内提出的案件，各项业务同期；"
        "此前 {warm_up} 周的案件只造成负荷、不计入结果，其后仍有案件到来。",
        "Each replication measures the cases that come in {weeks} {weeks:week|weeks} from {date} on, the same for each "
        "process. Those of the {warm_up} {warm_up:week|weeks} before only load the system and are not measured, and "
        "cases go on coming after.",
    ),
    "window_cold": (
        "每次重复计入自 {date} 起 {weeks} 周内提出的案件，各项业务同期；没有预热。",
        "Each replication measures the cases that come in {weeks} {weeks:week|weeks} from {date} on, the same for each "
        "process; nothing warms the system up.",
    ),
    "interrupted": (
        "运行被提前中断：下面只用了已完成的 {runs} 次重复，结论可能尚未定。",
        "The run was interrupted: what follows rests on the {runs} replications that were finished.",
    ),
    "tally": (
        "{n} 个目标。{counts}。",
        "{n} {n:target|targets}. {counts}.",
    ),
    "tally_of": ("{standing} {n} 个", "{n} {standing}"),
    "telling": ("有所发现的结论 {n} 个：{counts}", "{n} telling {n:verdict|verdicts}: {counts}"),
    "quiet_others": (
        "另有 {n} 个只说明输入，或改革前即已达标",
        "{n} {n:other says|others say} what went in or {n:was|were} met before",
    ),
    "befores": (
        "{n} 个公布的改革前数值，{inside} 个在模拟区间内",
        "of {n} {n:figure|figures} published for the state before, {inside} {inside:lies|lie} inside the simulated "
        "interval",
    ),
    "tells_nothing": ("为何说明不了什么", "Why it tells nothing"),
    "no_limit": ("没有时限、按零计的环节", "Steps without a limit, counted as nothing"),
    "before_residual": ("改革前的差额（模拟值减公布值）", "Residual before the reforms (simulated minus published)"),
    "before_inside": ("公布值在模拟区间内", "published figure inside the simulated interval"),
    "before_outside": ("公布值在模拟区间外", "published figure outside the simulated interval"),
    "answer": (
        "“{variant}”方案下，{figure}为 {value}，{interval}；目标 {bound}：{verdict}{margin}。",
        'Under "{variant}", {figure} is {value}, {interval}; the target is {bound}: {verdict}{margin}.',
    ),
    "with_interval": ("95% 区间 {interval}，{runs} 次重复", "95% interval {interval}, {runs} replications"),
    "without_spread": ("{runs} 次重复全部相同", "the same in all {runs} replications"),
    "without_interval": (
        "只有 {runs} 次重复有此数，没有区间",
        "known from {runs} {runs:replication|replications} only, no interval",
    ),
    "fewer": ("，比目标少 {by}", ", {by} below the target"),
    "more": ("，比目标多 {by}", ", {by} above the target"),
    "equal": ("，与目标相等", ", equal to the target"),
    "extreme minimum": (
        "{runs} 次重复全部案件中最小的一件；模拟的案件越多，它越小",
        "the smallest of all cases of {runs} {runs:replication|replications}; it shrinks with their number",
    ),
    "extreme maximum": (
        "{runs} 次重复全部案件中最大的一件；模拟的案件越多，它越大",
        "the largest of all cases of {runs} {runs:replication|replications}; it grows with their number",
    ),
    "other_reading": ("另一种读法", "The other reading"),
    "reading": ("{measure} {value}", "{measure}: {value}"),
    "reading_verdict": ("按此为{verdict}", "by which it is {verdict}"),
    "readings_differ": (
        "与更长的环节同时进行的审批只计入审批用时，不在关键路径上；改革可能只改变其中之一",
        "approval beside something longer is in the counted time and not on the critical path, and a reform may change "
        "one and not the other",
    ),
    "left_open": ("按 {level} 区间 {interval} 判断", "judged on the {level} interval {interval}"),
    "across_wider": ("，{judged}，尚不能下结论", ", {judged}, which decides nothing"),
    "across": ("，区间跨过目标，尚不能下结论", ", the interval lies across the target, which decides nothing"),
    "estimate": ("模拟值", "Simulated"),
    "target": ("公布的目标", "Published target"),
    "published_in": ("公布单位：{unit}", "published in {unit}"),
    "published_as": (
        "公布的是 {value}，按每天 {hours} 小时折算",
        "published as {value}, converted at {hours} hours a day",
    ),
    "published_before": ("公布的改革前数值 {value}", "published for the state before: {value}"),
    "residual": ("差额（模拟值减目标）", "Residual (simulated minus target)"),
    "baseline": ("基准方案“{base}”", 'Baseline "{base}"'),
    "source": ("依据", "Source"),
    "recorded": ("登记的原因", "Reason on record"),
    "turned_by": ("什么会翻转结论", "What turns the verdict"),
    "turned_by_some": (
        "有 {n} 个假设，单独取到其范围的一端就会翻转结论：{names}",
        "{n} {n:assumption turns|assumptions each turn} it at one end of {n:its range|their ranges}: {names}",
    ),
    "turned_by_none": (
        "没有哪个假设单独取到其范围的一端会翻转结论",
        "no assumption turns it by itself, at either end of its range",
    ),
    "remedy": ("如何才能达标", "What would meet it"),
    "remedy_all": (
        "全部计时环节的时限压到现在的 {share}（不足一天按一天计）",
        "every counted limit cut to {share} of what it is, rounded up to whole days",
    ),
    "remedy_alone": (
        "或仅{step}由 {now} 压到 {then} 个工作日",
        "or {step} alone from {now} to {then} {then:working day|working days}",
    ),
    "remedy_not_sensible": (
        "时限也不够：压到现在的四分之一，不短于半个工作日或办理本身所需的时间，仍不能达标",
        "nor would limits of a quarter of what they are, none below half a working day or the work itself",
    ),
    "remedy_sure": ("（{n} 次重复，次次达标）", " (met in each of {n} replications)"),
    "further": ("另加{sets}即可", "it would do to add {sets}"),
    "further_officers": ("{department}增 {n} 人", "{n} more {n:officer|officers} at {department}"),
    "further_tried": (
        "另加{reforms}，全部用上也不够",
        "not even all further reforms that were tried would do together: {reforms}",
    ),
    "further_staff_tried": (
        "再给{departments}各增 {n} 人也不够",
        "nor would {n} more officers at each of {departments} do",
    ),
    "further_none": ("没有可以另加的改革", "no further reform could be tried"),
    "so_many_steps": ("{n} 个环节", "{n} {n:step|steps}"),
    "as_in": ("如“{variant}”", 'as in "{variant}"'),
    "picture": (
        "{figure}：{base} {baseline}，模拟值 {estimate}，目标 {bound}",
        "{figure}: {base} {baseline}, simulated {estimate}, target {bound}",
    ),
    "key_estimate": ("模拟值与 95% 区间", "simulated, with its 95% interval"),
    "key_worlds": ("假设范围内九成的世界", "nine worlds of ten over the ranges of the assumptions"),
    "tornado_assumption": ("假设", "Assumption"),
    "tornado_range_low": ("范围下限", "Range from"),
    "tornado_range_high": ("范围上限", "Range to"),
    "tornado_at_low": ("下限时的结果", "Result at its low end"),
    "tornado_at_high": ("上限时的结果", "Result at its high end"),
    "tornado_now": ("现在的结果", "Result now"),
    "tornado_bound": ("目标", "Target"),
    "tornado_turns": ("结论是否改变", "Turns the verdict"),
    "tornado_key": (
        "横条是一项假设从范围低端到高端时目标的变化；黑线是现在的结果，绿线是目标，红色并带 ● 的会改变结论。",
        "A bar is what a target comes to from the low to the high end of one assumption's range; the black line is "
        "what it comes to now, the green one the target; red bars, with ●, turn the verdict.",
    ),
    "key_before": ("基准方案“{base}”", 'baseline "{base}"'),
    "key_target": ("目标，阴影部分为达标", "target; the shaded part meets it"),
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
}
