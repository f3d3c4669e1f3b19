"""Words of the page to try things on."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "whatif_title": ("试一试：{name}", "What if: {name}"),
    "whatif_lead": (
        "移动左边的任何一项，右边随之给出结论。先给出少量重复的初步结果，再给出与命令行相同的结果。没有改动任何文件。",
        "Move anything on the left, and the answer follows on the right: first a look from few replications, then what "
        "the command line finds. No file is changed.",
    ),
    "whatif_controls": ("可以移动的数字", "What may be moved"),
    "whatif_answer": ("结论", "The answer"),
    "whatif_play": ("计算", "Play"),
    "whatif_reset": ("恢复原状", "As it was"),
    "whatif_group_reforms": ("改革", "Reforms"),
    "whatif_group_demand": ("办件量", "How many come"),
    "whatif_group_staff": ("人员", "Officers"),
    "whatif_group_assumptions": ("假设", "Assumptions"),
    "whatif_group_limits": ("时限", "Limits"),
    "whatif_per_year": ("每年件数的倍数", "times as many a year"),
    "whatif_every_minutes": ("来件间隔的倍数", "times as long between cases"),
    "whatif_uptake": ("采用比例", "uptake"),
    "whatif_share": ("比例", "share"),
    "whatif_factor": ("剩余比例", "what remains"),
    "whatif_compression": ("压缩到", "compressed to"),
    "whatif_fallback": ("调用失败比例", "calls that fail"),
    "whatif_breach": ("承诺不实比例", "promises broken"),
    "whatif_rectified": ("整改成功比例", "put right"),
    "whatif_within": ("补交期限", "time to supply"),
    "whatif_decide": ("决定用时", "time to decide"),
    "whatif_check_within": ("核查期限", "time to check"),
    "whatif_rectify": ("整改期限", "time to put right"),
    "whatif_look": (
        "初步结果：{runs} 次重复，正在继续计算",
        "A first look: {runs} replications, more are being played",
    ),
    "whatif_exact": (
        "结果：{runs} 次重复，与下面的命令相同",
        "The answer: {runs} replications, as the command below finds",
    ),
    "whatif_middle": ("{name}：{n} 件，半数不超过 {value}", "{name}: {n} cases, half of them within {value}"),
    "whatif_spread_note": (
        "每根柱子是所用天数相近的案件；黑线为中位数，绿线为目标；最后一根柱子含更长的案件。",
        "Each bar holds the cases that take about as long; black is the median, green the target; the last bar has the "
        "longer ones too.",
    ),
    "whatif_same": ("同样的结果可以用命令得到：", "The same is found by"),
    "whatif_wrong": ("这样设置不成立：", "It cannot be set like this:"),
    "whatif_enough": ("怎样才能达到目标", "What would meet it"),
    "whatif_save": ("另存为情景文件", "Save as a scenario"),
    "whatif_kept": ("已保存，可以校验和比较：", "Saved; it validates and compares:"),
    "whatif_nothing_missed": ("没有未达到的目标。", "No target is missed."),
    "whatif_shares": (
        "第一个目标的变化由各项改革分摊（Shapley）",
        "What each reform buys of the first target (Shapley)",
    ),
    "whatif_working": ("正在计算……", "Playing …"),
    "whatif_lost": ("没有得到答复：程序可能已经停止。", "No answer came: the program may have been stopped."),
    "whatif_open": ("在浏览器中打开：{address}", "Open in a browser: {address}"),
}
