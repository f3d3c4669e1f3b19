"""Words of what a planner decides by."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "attribution": ("哪项改革省了多少", "What each reform buys"),
    "attribution_of": ("{name}：“{first}”{before} → “{last}”{after}", '{name}: {before} "{first}" → {after} "{last}"'),
    "attribution_runs": (
        "{runs} 次重复，种子 {seed}；各项组合 {coalitions} 种，其中不同的 {worlds} 种，面对同一批申请人",
        "{runs} replications, seed {seed}; {coalitions} coalitions, {worlds} of them different, on the same applicants",
    ),
    "part_reform": ("改革", "Reform"),
    "part_bundle": ("改革组合", "Bundle"),
    "bought_alone": ("单独实施", "Alone"),
    "bought_last": ("最后加上", "Last"),
    "bought_stacked": ("按书写次序叠加", "Stacked as written"),
    "bought_share": ("应得份额（Shapley）", "Fair share (Shapley)"),
    "bought_whole": ("合计", "The whole"),
    "share_error": ("±{error}（抽样）", "±{error} (sampling)"),
    "part_and_more": ("{names}等 {n} 项", "{names} and others, {n} in all"),
    "part_told": ("{name}（{inner}）", "{name} ({inner})"),
    "buys_most": (
        "单独实施变动最大的是{part}：{alone}；按应得份额变动最大的是{fair}：{share}。",
        "Alone, {part} does most: {alone}. In fair share it is {fair}: {share}.",
    ),
    "needed_parts": (
        "缺一不可，拿掉任何一项目标就不再达到：{parts}。",
        "Without any one of these the target is missed: {parts}.",
    ),
    "overlap": (
        "{first}与{second}相互重叠，合在一起比各自相加少 {by}{interval}。",
        "{first} and {second} overlap: together they do {by} less than the sum of both{interval}.",
    ),
    "complement": (
        "{first}与{second}相互促进，合在一起比各自相加多 {by}{interval}。",
        "{first} and {second} help one another: together they do {by} more than the sum of both{interval}.",
    ),
    "more_pairs": (
        "另有 {n} 对也超出噪声，见 JSON。",
        "{n} more {n:pair exceeds|pairs exceed} the noise; the JSON file has them.",
    ),
    "stands_not_alone": (
        "{part}不能单独实施，单独时按未实施计：{why}",
        "{part} cannot stand alone, and counts as nothing there: {why}",
    ),
    "bundle_in_part": (
        "{part}单独实施时有一项不能成立，按未实施计：{why}",
        "{part} stands alone but for a reform that is refused there: {why}",
    ),
    "switches": ("开关各项，看结果", "Switch each on and off"),
    "switches_without": (
        "浏览器允许运行脚本时，可在此逐项开关；各种组合的结果也都列在下面的表中。",
        "Where the browser may run scripts each can be switched here; every combination stands in the table below too.",
    ),
    "switches_all": ("各种组合的结果", "What every combination comes to"),
    "switches_note": (
        "每种组合重复模拟 {runs} 次，首屏结论为 {all} 次，面对同一批申请人，故数字可与首屏略有出入；"
        "其结论只看这些次数的 95% 区间。一种组合按书写次序实施，其中能实施多少算多少。",
        "Each combination rests on {runs} replications, what stands above on {all}, with the same applicants and luck, "
        "so that figures may differ a little; its verdict is that of the 95% interval of these. A combination is what "
        "can be applied of it, in the written order.",
    ),
    "switches_of": ("组合", "Combination"),
    "switches_figure": ("模拟值及 95% 区间", "Simulated, with the 95% interval"),
    "switches_verdict": ("结论（目标 {bound}）", "Verdict (target {bound})"),
    "switched": (
        "{parts}：{figure}为 {value}，目标 {bound}，{verdict}。",
        "{parts}: {figure} is {value}; the target is {bound}: {verdict}.",
    ),
    "switched_nothing": ("{parts}：没有案件有此数。", "{parts}: no case has such a number."),
    "switched_all": ("全部实施", "With all of them"),
    "switched_some": ("只实施{parts}", "With {parts} only"),
    "switched_none": ("一项也不实施", "With none of them"),
    "switched_refused": (
        "{part}在这一组合中不能实施，按未实施计：{why}。",
        "{part} cannot be applied here, and counts as nothing: {why}.",
    ),
    "switched_in_part": (
        "{part}中有一项在这一组合中不能实施，按未实施计：{why}。",
        "One reform of {part} cannot be applied here, and counts as nothing: {why}.",
    ),
    "not_shared_out": (
        "不能分摊：只有{parts}时，没有案件有此数。",
        "Not shared out: with {parts} alone no case has such a number.",
    ),
    "no_parts": ("没有任何改革", "no reform"),
    "orders_sampled": (
        "各项太多，不能穷尽所有组合：抽取了 {n} 种次序，抽样误差列在应得份额之后，并已计入其区间。",
        "Too many for every coalition: {n} orders were sampled. The error of that stands after the fair share, and its "
        "interval holds it.",
    ),
    "indices": (
        "{name}：不确定从何而来（{n} 个世界，占方差的份额）",
        "{name}: where the spread comes from (shares of the variance over {n} worlds)",
    ),
    "index_first": ("单独（一阶）", "By itself (first order)"),
    "index_total": ("连同相互作用（总阶）", "With all it does together (total order)"),
    "indices_none": (
        "不确定从何而来无法算出：有的世界不能成立（{why}）。",
        "Where the spread comes from cannot be told: some worlds cannot be ({why}).",
    ),
    "ranked": ("先量准哪一项：各项目标合计", "What to measure first, over all targets"),
    "ranked_worth": ("量准之后，判断正确的世界增加", "Measured, the verdict is right in more worlds by"),
    "ranked_of": ("{target} {worth}", "{target} {worth}"),
    "ranked_turns": ("单独就能翻转", "Turns by itself"),
    "ranked_swing": ("平均变动（最大的一项为 100%）", "Moves the targets (most: 100%)"),
    "ranked_note": (
        "次序：先看量准它能让多少世界的判断变对，再看它单独翻转几个目标，再看它让目标变动多少。",
        "In order of what a measurement is worth, then of the targets it turns by itself, then of how far it moves "
        "them.",
    ),
    "difference_note": (
        "数字为与不实施时之差，括号内为逐次配对的 95% 区间：抽签的噪声，不是假设的不确定性。各项应得份额之和恰为合计。",
        "Differences from being without it, with paired 95% intervals of the draws, not of the assumptions. The fair "
        "shares sum exactly to the whole.",
    ),
    "searched": ("怎样才能达标，最省的做法", "What is enough, and cheapest"),
    "searched_of": (
        "{targets}：在 {chance} 的情形中全部达到",
        "{targets}: all met in {chance} of the futures",
    ),
    "choice": ("做法", "What is done"),
    "choice_cost": ("代价", "Cost"),
    "choice_changes": ("改动项数", "Changes"),
    "choice_holds": ("达标的情形", "Futures that hold"),
    "choice_number": ("{name}（{unit}）", "{name} ({unit})"),
    "choice_as": ("在本次查找中", "In this search"),
    "choice_best": ("最省", "cheapest"),
    "choice_alike": ("同样代价，也够", "as cheap, enough too"),
    "choice_open": ("难分", "too close to tell"),
    "choice_near": ("不更贵，但不够", "no dearer, not enough"),
    "choice_front": ("前沿", "front"),
    "choice_everything": ("全部实施", "all there is"),
    "choice_nothing": ("什么也不做", "nothing at all"),
    "choice_staff": ("{name}增 {n} 人", "{n} more at {name}"),
    "choice_hours": ("{name}窗口每周多开 {n} 天", "{name} windows open {n} {n:day|days} more"),
    "choice_times": ("{share}（{holds}/{futures}）", "{share} ({holds}/{futures})"),
    "found_best": (
        "最省的做法：{choice}（{cost}）。按 {confidence} 的把握：它在多于 {low} 的情形中达标；"
        "凡达标情形不少于 {high} 的做法，没有比它更省的。",
        "Cheapest: {choice} ({cost}). With {confidence} confidence it holds in more than {low} of the futures, and "
        "nothing that holds in {high} or more is cheaper.",
    ),
    "found_cut": (
        "更省的做法没有试完（试了 {n} 种）：也许还有更省的。用 --budget 多试一些。",
        "Not everything cheaper was tried ({n} were): there may be something cheaper. Give a larger --budget.",
    ),
    "found_nothing": (
        "凡能做的全部做了，也不够：{share}的情形达标。需要别的改革、更多人员，或另定目标。",
        "Not even all together is enough: it holds in {share} of the futures. It takes other reforms, more officers, "
        "or another target.",
    ),
    "found_standing": ("什么也不做就够了。", "Nothing has to be done."),
    "cost_changes": ("{n} 项改动", "{n} {n:change|changes}"),
    "cost_priced": ("代价 {n}", "cost {n}"),
    "future_note": (
        "一种情形是一次重复：同一批申请人、同样的运气，用于每种做法；数字是各情形的均值。"
        "共试 {tried} 种做法，另有 {refused} 种因其中一项不能成立而不必试；{worlds} 个世界，种子 {seed}。",
        "A future is one replication: the same applicants and luck for whatever is done; numbers are means over them. "
        "{tried} choices were tried, {refused} not, since something in them is refused; {worlds} "
        "{worlds:world|worlds}, seed {seed}.",
    ),
    "limit_of": ("{step}的时限：现为 {now} 个工作日", "Limit of {step}: now {now} working days"),
    "limit": ("时限（工作日）", "Limit (working days)"),
    "limit_enough": (
        "{step}须由 {now} 压到 {needed} 个工作日。",
        "{step} must come down from {now} to {needed} {needed:working day|working days}.",
    ),
    "limit_never": ("{step}的时限压到最短也不够。", "Not even the shortest limit of {step} is enough."),
}
