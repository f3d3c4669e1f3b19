"""Words of the sections that show where an answer comes from."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "process": ("业务", "Process"),
    "overview": (
        "{n} 项业务一览：均值，“{first}” → “{last}”",
        'The {n} processes at a glance: means, "{first}" → "{last}"',
    ),
    "overview_note": ("只有一个数的，前后相同。", "Where there is one number only, nothing changes."),
    "glance": ("{process}：各方案均值", "{process}: means by variant"),
    "glance_note": (
        "表中为全部案件；目标的口径可能只含一部分案件或环节，故与上一节的数值可以不同。"
        "末列为最后一个方案对第一个方案的变化；区间见下表。",
        "Over all cases; the scope of a target may take in only some cases or steps, so that its value above can "
        "differ. The last column is the change from the first variant to the last; intervals stand in the next table.",
    ),
    "full": ("{process}：全部指标", "{process}: every measure"),
    "full_note": (
        "均值、分位数、标准差与最小、最大值取自全部重复的全部案件；均值的 95% 区间按重复之间的差异求得，"
        "{runs} 次重复，占比的区间是精确的。"
        "差额与“{base}”逐次配对："
        "两个方案面对同一批申请人、同样的运气，故区间一般比两个均值各自的区间窄；重复次数不同时只取共有的重复。"
        "区间不含 0，差额才站得住。"
        "占比的差额以百分点计，不列分位数与离散程度。",
        "Means, quantiles, deviations and ends are those of the cases of all replications together; the 95% intervals "
        'of the means come from the {runs} replications, and that of a share is exact. Differences to "{base}" are '
        "paired: both variants see the same applicants and the same luck, so their intervals are as a rule narrower "
        "than those of the two means; of unequal numbers of replications those of both are taken. "
        "A difference stands only if its interval leaves out 0. Differences of shares are in percentage "
        "points, and shares have no quantiles and no spread.",
    ),
    "by_month": ("{process}：按申请月份", "{process}: by month of arrival"),
    "by_month_note": (
        "案件按着手的月份归组，{runs} 次重复合在一起；括号内是均值的 95% 区间。其余方案见 months.csv。",
        "Cases by the month in which they arrived, those of all {runs} replications together; in brackets the 95% "
        "intervals of the means. Other variants stand in months.csv.",
    ),
    "cases": ("件数", "Cases"),
    "month": ("月份", "Month"),
    "measure": ("指标", "Measure"),
    "unit": ("单位", "Unit"),
    "variant": ("方案", "Variant"),
    "change": ("变化", "Change"),
    "mean": ("均值", "Mean"),
    "interval": ("95% 区间", "95% interval"),
    "p50": ("中位数", "Median"),
    "deviation": ("标准差", "Standard deviation"),
    "ends": ("最小–最大", "Smallest–largest"),
    "p90": ("90% 分位", "90% quantile"),
    "difference": ("较{base}", "Against {base}"),
    "difference_interval": ("差额的 95% 区间", "95% interval of it"),
    "no_spread": ("无波动", "no spread"),
    "known_in": ("{runs} 次重复中有", "in {runs} {runs:replication|replications}"),
    "same_measures": (
        "下列指标各方案、各次重复都一样（–表示没有）：{names}。",
        " The same in every variant and replication (– where there is none): {names}.",
    ),
    "chart_of": ("{process}：{chart}", "{process}: {chart}"),
    "chart_read": ("{title}。{alternative}", "{title}. {alternative}"),
    "chart_source": (
        "来源：情景 {scenario}，{runs} 次重复，种子 {seed}，输入文件 {inputs}",
        "Source: scenario {scenario}, {runs} replications, seed {seed}, input files {inputs}",
    ),
    "search_source": (
        "来源：情景 {scenario}，试过 {tried} 种做法，{worlds} 个世界，种子 {seed}，输入文件 {inputs}",
        "Source: scenario {scenario}, {tried} choices tried, {worlds} {worlds:world|worlds}, seed {seed}, input files "
        "{inputs}",
    ),
    "worlds_source": (
        "来源：{scenarios}，各项假设在其范围内一起抽取",
        "Source: {scenarios}, with all assumptions drawn together from their ranges",
    ),
    "diff_source": (
        "来源：{n} 个数字在前后两份结果里都有",
        "Source: {n} {n:figure|figures} that both results have",
    ),
    "recorded_source": ("来源：{title}，{first} 至 {last}", "Source: {title}, {first} to {last}"),
    "chart_numbers": ("图中数字", "The numbers of the chart"),
    "chart_data": ("图中数据（CSV）", "Its data (CSV)"),
    "changes_of": ("{variant}（在“{start}”的基础上）", '{variant} (built on "{start}")'),
    "changes_by_law": (
        "“{variant}”：情景开始时已经施行的国家规定",
        '"{variant}": national rules in force when the scenario starts',
    ),
    "changes_share": (
        "{share} 的案件走改革后的路径，其余照“{start}”办理。依据",
        'A share of {share} of the cases goes the reformed way, the others go the way of "{start}". Source',
    ),
    "changes_none": ("没有改动。", "Nothing is changed."),
    "changes_caption": ("{variant}：逐项改动", "{variant}: every change"),
    "what": ("改了哪里", "What"),
    "old": ("原来", "Before"),
    "new": ("现在", "After"),
    "days_note": (
        "每件案件从提出到拿到证照的时间，沿实际走过的关键路径逐段归类，既不重叠也不遗漏。"
        "工作日与自然日是两把尺子，不能相加。夜间、周末和假日只在自然日里出现：机关的列为“{off_duty}”，"
        "申请人、中介、施工等的算在各自名下。",
        "The time of each case, from the first submission to the usable certificate, is cut along its "
        "realised critical path: nothing overlaps, nothing is left over. Working days and calendar days are "
        "two rulers and cannot be added. Nights, weekends and holidays are seen by the second only: those of an "
        'office as "{off_duty}", those of applicants, agencies and construction as theirs.',
    ),
    "days_by_category": ("{process}：每件平均用时，按去向", "{process}: mean time per case, by where it goes"),
    "days_by_step": (
        "{process}：每件平均用时，按环节与去向（工作日）",
        "{process}: mean time per case by step and where it goes (working days)",
    ),
    "days_by_step_note": (
        "只计落在关键路径上的时间：与别的环节同时进行、没有拖长案件的部分不在其中。–表示不足 0.005 日。",
        "Only time on the critical path: what runs beside something longer does not lengthen the case and is not "
        "here. – stands for less than 0.005 days.",
    ),
    "slack_by_step": ("{process}：关键路径与余量", "{process}: critical paths and slack"),
    "slack_note": (
        "首次重复中准予许可的案件。关键路径：环节若再长一点，案件就更长；并列的几条都算。"
        "余量：环节还能再长多少个工作日而不拖长案件，走过该环节的案件的平均。",
        "Granted cases of the first replication. A step is on a critical path where the case would take longer if it "
        "did, on each of several paths that take equally long; its slack is how many working days longer it might take "
        "without the case taking longer, on average of the cases that went through it.",
    ),
    "step": ("环节", "Step"),
    "on_critical_path": ("在关键路径上", "On a critical path"),
    "slack": ("余量", "Slack"),
    "category": ("去向", "Where it goes"),
    "in_working": ("按工作日", "In working days"),
    "in_calendar": ("按自然日", "In calendar days"),
    "span": ("跨度（自然日）", "Calendar days"),
    "total": ("合计", "Total"),
    "total_is": ("合计（等于{measure}均值）", "Total (the mean of {measure})"),
    "total_all": ("合计（含未获准的案件）", "Total (cases not granted included)"),
    "common_form": ("共同申报（{form}）", "Common submission ({form})"),
    "staff_statement": (
        "没有任何公布的数据说明各部门有多少办事人员。凡注明“推算”的人数，"
        "都由假设的利用率和改革前的业务量推出，不是事实；改革前后用同样的人数，"
        "除非改革本身增员；申报改在综合窗口受理的，窗口人员随之过去。",
        "No published figure tells how many officers a department has. A number marked as derived follows "
        "from an assumed utilisation and from the demand before the reforms; it is no fact. It is the same "
        "before and after, unless a reform adds staff; where applications are handed in at a common counter, clerks go "
        "along.",
    ),
    "staff_whole": (
        "人数取整，且至少够一次需要同时到场的人数；业务量小的部门因此远低于假设的利用率，几乎不排队。",
        "Officers come in whole numbers, and as many as one job needs at once; departments with few cases "
        "therefore stay far below the utilisation assumed and have hardly any queue.",
    ),
    "staff_none": ("本情景没有人员限制，谁也不排队。", "No staff is stated in this scenario: nobody ever queues."),
    "staff_caption": (
        "人数与利用率（利用率：开放时间中人员在办案的比例）",
        "Officers and utilisation (the share of their open time in which they work on cases)",
    ),
    "staff_idle": ("本情景不涉及的部门：{names}。", "Departments with nothing to do in this scenario: {names}."),
    "department": ("部门", "Department"),
    "role": ("岗位", "Role"),
    "officers": ("人数", "Officers"),
    "derived": ("{n}（推算）", "{n} (derived)"),
    "stated": ("{n}（给定）", "{n} (stated)"),
    "assumed": ("假设的利用率", "Utilisation assumed"),
    "utilisation_of": ("利用率：{variant}", "Utilisation: {variant}"),
    "evidence_share": (
        "本情景用到 {n} 个数字，其中 {assumed} 个（{share}）是假设。",
        "The scenario uses {n} numbers; {assumed} of them ({share}) are assumptions.",
    ),
    "evidence_counts": ("数字按依据的种类", "Numbers by the kind of their source"),
    "kind": ("种类", "Kind"),
    "numbers": ("数字个数", "Numbers"),
    "share": ("占比", "Share"),
    "source_kind law": ("法律法规", "Law"),
    "source_kind plan": ("规划", "Plan"),
    "source_kind notice": ("通知、意见", "Notice"),
    "source_kind guide": ("办事指南", "Guide"),
    "source_kind statistic": ("统计", "Statistic"),
    "source_kind measured": ("实测", "Measured"),
    "source_kind assumption": ("假设", "Assumption"),
    "assumptions": ("用得最多的 {n} 个假设（共 {all} 个）", "The {n} {n:assumption|assumptions} most used (of {all})"),
    "assumption": ("假设", "Assumption"),
    "why": ("理由", "Reason"),
    "range": ("可能的范围", "Plausible range"),
    "swings": ("最能左右结论的假设", "The assumptions that sway the answers most"),
    "swings_note": (
        "一次只动一个假设，取其范围的两端，其余不变；同样的案件，重复 {runs} 次。",
        "One assumption is moved at a time to either end of its range, the others stay; the same cases, "
        "{runs} replications.",
    ),
    "unmoved": ("没有移动的假设，和移动了也不影响目标的假设", "Assumptions that were not moved, or move no target"),
    "unmoved_why": ("原因", "Why"),
    "unmoved_no_number": ("没有数字以它为依据", "no number rests on it"),
    "unmoved_outside": (
        "以它为依据的数字不在范围内：{told}",
        "the numbers that rest on it lie outside its range: {told}",
    ),
    "unmoved_impossible": ("取不到 {told}", "cannot be {told}"),
    "unmoved_no_effect": ("取两端都不改变任何目标", "neither end changes any target"),
    "at_low": ("取低值时", "At the low end"),
    "at_high": ("取高值时", "At the high end"),
    "turns": ("结论是否翻转", "Verdict turns"),
    "cite_assumption": ("假设 {key}（{low}–{high}）", "assumption {key} ({low}–{high})"),
    "all_sources": ("全部依据", "Every source"),
    "recalled": ("凭记忆引用，待核对原文", "cited from memory, to be read again"),
    "valid_from": ("自 {date} 施行", "in force from {date}"),
    "valid_to": ("施行至 {date}", "in force until {date}"),
    "succeeded_by": ("由{rule}接替", "succeeded by {rule}"),
    "version": ("{date} 版本", "version of {date}"),
    "of_range": ("范围 {low}–{high}", "range {low}–{high}"),
    "doubt_interval": (
        "95% 区间只反映运气（抽到哪些案件、补正几次），不反映假设对不对。假设错了，区间不会因此变宽。",
        "The 95% intervals tell of luck (which cases come, how often papers are returned), not of whether "
        "the assumptions are right. A wrong assumption makes no interval wider.",
    ),
    "doubt_assumed": (
        "全部数字中 {share} 是假设，见“{evidence}”。",
        '{share} of all numbers are assumptions; see "{evidence}".',
    ),
    "doubt_practice": (
        "各部门在时限内办得多快，没有公布的数据。全部部门、改革前后用同一条假设：平均用掉时限的 {pace}，"
        "{overdue} 的决定超时，其中 {work} 的时间真正有人在办。改革只改时限、顺序和材料，不改努力程度。",
        "How fast offices act inside their limits is not published. One assumption serves all of them, "
        "before and after: they take {pace} of a limit on average, {overdue} of the decisions overrun it, "
        "and officers work for {work} of the time. A reform changes limits, order and papers, never how hard "
        "people work.",
    ),
    "doubt_staff": (
        "没有任何公布的数据说明人数，见“{staff}”。",
        'No published figure tells staff numbers; see "{staff}".',
    ),
    "doubt_others": (
        "只有本情景的案件占用人员；同一部门的其他业务不在模型里，排队可能被低估。",
        "Only the cases of this scenario occupy the staff; whatever else the departments do is not in the "
        "model, so that queues may be too short.",
    ),
    "doubt_behaviour": (
        "申请人的行为不随改革改变：不会因为办得快而多来，也不会因为有人帮办而少准备。",
        "Applicants do not change with the reforms: no more of them come because things go faster.",
    ),
    "doubt_projected": (
        "{years} 年的放假安排国务院尚未公布：放假日期按《全国年节及纪念日放假办法》（2024 年修订）推算，"
        "调休上班日是假设（同一规则与 2025、2026 年的通知无出入，与 2019—2024 年的通知每年相差 2 至 6 天）。"
        "公布后可在情景的 calendar: 中给出。",
        "The State Council has not announced the holidays of {years} yet: they are projected from the holiday "
        "regulation as amended in 2024, and the weekends worked for them are an assumption (the same rule "
        "differs from the notices for 2025 and 2026 on no date, from those for 2019 to 2024 on 2 to 6 dates a "
        "year). Once announced they can be given in the scenario's calendar: file.",
    ),
    "outlived_ended": (
        "{rule}已于 {last} 失效，由{successor}接替，新规定未核对；仍按旧规定模拟的有：{by}。",
        "{rule} ended on {last} and was succeeded by {successor}, which was not read; still played by the old rule: "
        "{by}.",
    ),
    "outlived_ends": (
        "{rule}施行至 {last}，此后到来的案件仍按它模拟：{by}。",
        "{rule} ends on {last}; cases that come later are still played by it: {by}.",
    ),
    "own_small": (
        "本情景的案件至多占所经人员工时的 {share}（{who}）；其余工作在首件到来前早已进行，"
        "在办案件多少不影响排队：不需要预热。",
        "Its cases take at most {share} of the hours of the officers they meet ({who}), whose other work has been "
        "going on when the first one comes: no queue depends on how many are under way, and no warm-up is needed.",
    ),
    "own_large": (
        "本情景的案件占所经人员工时的比例最高为 {share}（{who}）：排队取决于在办案件多少，所以先有预热。",
        "Its cases take up to {share} of the hours of officers they meet ({who}): queues depend on how many are under "
        "way, which is why cases that are not measured come first.",
    ),
    "own_cold": (
        "本情景的案件占所经人员工时的比例最高为 {share}（{who}），却没有预热：最先到的案件遇到的队列可能偏短。",
        "Its cases take up to {share} of the hours of officers they meet ({who}), and nothing warms the system up: the "
        "first of them may meet queues that are too short.",
    ),
    "own_too_much": (
        "案件要用的工时是现有人员工时的 {share}（{variant}：{who}）：无论如何办不完，用时随模拟的周数增加。",
        'Cases ask for {share} of the hours that there are ({who}, "{variant}"): nobody can keep up, and times grow '
        "with the weeks simulated.",
    ),
    "cold": (
        "预热不足：“{variant}”方案下的{process}，自案件到来的第 {start} 天起计入结果，而第 {warm} 天以前到的"
        "案件平均 {early} 个工作日，其后 {later} 个工作日（MSER-5）；请把 {key} 提高到 {enough}。",
        'Not warm yet when measuring begins: {process}, "{variant}", is measured from day {start} of arrivals on; '
        "cases that came before day {warm} took {early} working days on average, later ones {later} (MSER-5). Raise "
        "{key} to {enough}.",
    ),
    "doubt_short_warm_up": (
        "{process}的案件有十分之一要 {weeks} 周以上才办结，长过 {warm_up} 周的预热："
        "后段环节的部门没有更早的案件要办，可能偏闲。",
        "One case in ten of {process} takes more than {weeks} weeks, longer than the warm-up of {warm_up}: offices "
        "late on its way have no older cases to do, and may be less busy than they are.",
    ),
    "cold_open": (
        "未见稳定：“{variant}”方案下的{process}，计入结果的前一半时间到的案件平均 {early} 个工作日，"
        "后一半 {later} 个工作日，没有从哪一天起不再变化（MSER-5）；请加长 {key}，并看人手是否够用。",
        'Never warm: {process}, "{variant}": measured cases of the first half of the time took {early} working days '
        "on average, those of the second half {later}, and nothing tells from when on they are alike (MSER-5). "
        "Lengthen {key}, and see whether the officers can cope.",
    ),
    "doubt_refused": (
        "用时类指标只算准予许可的案件；不予许可和逾期未补正的另列。",
        "Times are those of the cases that were granted; refused and lapsed ones are listed apart.",
    ),
    "doubt_undecided": (
        "{targets} 离目标太近，{runs} 次重复仍不能下结论。",
        "{targets}: too close to the target for {runs} replications to decide.",
    ),
    "doubt_recalled": (
        "{n} 条法律依据凭记忆引用，尚未核对原文：",
        "{n} {n:law is|laws are} cited from memory and {n:was|were} not read again:",
    ),
    "again_how": ("在本项目目录下运行：", "In the folder of this project, run:"),
    "again_same": (
        "同样的文件、种子和重复次数给出逐字节相同的结果，与并行的进程数无关。",
        "The same files, seed and number of replications give the same bytes, whatever the number of workers.",
    ),
    "again_runs": (
        "种子 {seed}，{runs} 次重复。情景规定每个方案至少 {least} 次，其结论未定时最多 {most} 次。",
        "Seed {seed}, {runs} replications. The scenario asks for at least {least} of each variant, and for at most "
        "{most} of one while a verdict on it is undecided.",
    ),
    "again_files": (
        "同一文件夹中的 results.json、cases.csv、events.csv 和 months.csv 载有本页的全部数字、每一件案件、"
        "首次重复中的每一个事项和各月份的结果。本页对应的 results.json 的 "
        "SHA-256 为",
        "results.json, cases.csv, events.csv and months.csv in the same folder hold every number of this page, every "
        "case, every event of the first replication, and the results by month. "
        "SHA-256 of the results.json that belongs to this page:",
    ),
}
