"""What was learnt from a city's records, on the screen: what is wrong with them, what they tell, where the days go."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.learn.looking import Found
from sim.learn.measuring.everything import Findings
from sim.learn.measuring.ordering import Order
from sim.learn.measuring.quantities import GRADES, QUANTITIES, UNITS, Learnt
from sim.learn.problems import PROBLEMS
from sim.learn.summary import Row
from sim.report.filling import filled_in
from sim.report.messages import said
from sim.report.numbers import NOTHING, number
from sim.report.words import Lang, named, say, say_or
from sim.spec.amounts import KINDS

COLOURS = {"good": "green", "weak": "yellow", "none": "red"}
WORDS = {
    "zh": {
        "read": "{cases} 个案件，{applications} 件申请，{events} 个事件，{first} 至 {last}",
        "guessed": "列的含义是猜的：用 --map FILE 写成映射文件，核对后改用它",
        "problems": "数据的问题",
        "problem": ("代码", "环节", "问题", "数量", "占比", "说明", "怎么办"),
        "grades": "能判断什么",
        "grade": ("环节", "指标", "等级", "数量", "值（95 % 区间）", "分布", "原因"),
        "days": "时间花在哪里（工作日）",
        "row": ("", "", "件数", "办理用时", "90% 分位", "补正", "特别程序", "全程", "按时"),
        "orders": "先后次序：数据与规格",
        "order": ("在前", "在后", "案件", "先后成立", "结论", "依据"),
        "no_problem": "没有发现问题",
        "more": "另有 {n} 行未列出；--check 全部列出",
        "by": {"all": "全部", "case": "整个案件", "step": "环节", "department": "部门", "month": "月份"},
        "standing": {
            "confirmed": "一致", "broken": "数据不遵守", "not in the spec": "规格中没有", "not seen": "数据不足",
        },
        "kind": {"empirical": "经验", "fitted": "拟合", "stated": "给定"},
        "all": "全部",
    },
    "en": {
        "read": "{cases} cases, {applications} applications, {events} events, {first} to {last}",
        "guessed": "The columns were guessed: write them down with --map FILE, look them through and use that file",
        "problems": "What the records suffer from",
        "problem": ("code", "step", "problem", "count", "share", "detail", "what to do"),
        "grades": "What they tell",
        "grade": ("step", "quantity", "grade", "n", "value (95 % interval)", "distribution", "reason"),
        "days": "Where the days go (working days)",
        "row": ("", "", "n", "counted", "p90", "corrections", "special", "elapsed", "on time"),
        "orders": "Which step waits for which: the records beside the spec",
        "order": ("before", "after", "cases", "in order", "standing", "told by"),
        "no_problem": "no problem was found",
        "more": "{n} more rows; --check lists them all",
        "by": {"all": "all", "case": "whole cases", "step": "step", "department": "department", "month": "month"},
        "standing": {
            "confirmed": "confirmed", "broken": "not kept", "not in the spec": "not in the spec", "not seen": "too few",
        },
        "kind": {"empirical": "empirical", "fitted": "fitted", "stated": "stated"},
        "all": "all",
    },
}  # fmt: skip
_SHOWN = 40


def print_read(console: Console, findings: Findings, guessed: bool, lang: Lang) -> None:
    """Print how much was read, and that the columns were guessed where no mapping named them."""
    log = findings.replay.log
    first, last = log.period
    text = str(WORDS[lang]["read"])
    console.print(filled_in(text, cases=len(log.cases), applications=len(log.applications), events=len(log.events),
                              first=first, last=last), highlight=False)  # fmt: skip
    if guessed:
        console.print(str(WORDS[lang]["guessed"]), highlight=False)


def print_problems(console: Console, problems: Iterable[Found], lang: Lang) -> None:
    """Print what the records suffer from, each with its code and what to do."""
    rows = [
        (p.code, p.scope, named(lang, PROBLEMS[p.code].name), f"{p.count}/{p.of}", number(p.share, "share"),
         said(p.detail, lang), named(lang, PROBLEMS[p.code].remedy))
        for p in problems
    ]  # fmt: skip
    if not rows:
        console.print(str(WORDS[lang]["no_problem"]))
        return
    _table(console, lang, "problems", "problem", rows)


def print_learnt(console: Console, learnt: Sequence[Learnt], lang: Lang, whole: bool = False) -> None:
    """Print every quantity with its grade, interval and reason; the first rows only where not the whole is wanted."""
    rows = [_learnt(found, lang) for found in learnt]
    _table(console, lang, "grades", "grade", rows if whole else rows[:_SHOWN])
    if not whole and len(rows) > _SHOWN:
        console.print(filled_in(str(WORDS[lang]["more"]), n=len(rows) - _SHOWN))


def _learnt(found: Learnt, lang: Lang) -> tuple[str | Text, ...]:
    quantity = QUANTITIES[found.quantity]
    unit = UNITS[quantity.unit]
    value = f"{number(found.value, unit)} ({number(found.low, unit)}–{number(found.high, unit)})"
    kind: str = WORDS[lang]["kind"][found.choice]  # type: ignore[index]
    shape = f"{kind}{say(lang, 'colon')}{_amount(found.amount, lang)}" if found.amount is not None else ""
    grade = Text(named(lang, GRADES[found.grade]), style=COLOURS[found.grade])
    codes = f" {', '.join(dict.fromkeys(found.codes))}" if found.codes else ""
    scope = found.scope or str(WORDS[lang]["all"])
    return (scope, named(lang, quantity.name), grade, str(found.n), value if found.told else NOTHING,
            shape if found.told else "", _why(found.reason, lang) + codes)  # fmt: skip


def _why(reason: str, lang: Lang) -> str:
    """Why it is weak or cannot be told, clause by clause; a problem of the records by its name."""
    if lang == "en":
        return reason
    problems = {problem.name.en: problem.name.zh for problem in PROBLEMS.values()}
    clauses = []
    for clause in reason.split("; "):
        problem, _, detail = clause.partition(" (")
        known = problems.get(problem)
        clauses.append(f"{known}（{said(detail.removesuffix(')'), lang)}）" if known else said(clause, lang))
    return "；".join(clauses)


def _amount(amount: object, lang: Lang) -> str:
    if isinstance(amount, dict):
        names = {kind.key(): named(lang, kind.called) for kind in KINDS}
        return " ".join(f"{names.get(kind, kind)} {parameters}" for kind, parameters in amount.items())
    return f"{amount:g}" if isinstance(amount, float) else str(amount)


def print_days(console: Console, rows: Sequence[Row], lang: Lang) -> None:
    """Print where the days go."""
    _table(console, lang, "days", "row", [_day_row(row, lang) for row in rows[:_SHOWN]])


def _day_row(row: Row, lang: Lang) -> tuple[str, ...]:
    by: dict[str, str] = WORDS[lang]["by"]  # type: ignore[assignment]
    days = map(_days, (row.counted, row.p90, row.applicant, row.special, row.elapsed))
    on_time = number(row.on_time, "share") if math.isfinite(row.on_time) else NOTHING
    return (by[row.by], row.name, str(row.n), *days, on_time)


def _days(value: float) -> str:
    return number(value, "working_days") if math.isfinite(value) else NOTHING


def print_orders(console: Console, orders: Sequence[Order], lang: Lang) -> None:
    """Print which step waits for which."""
    standing = WORDS[lang]["standing"]
    rows = [
        (o.before, o.after, str(o.n),
         f"{number(o.share, 'share')} ({number(o.low, 'share')}–{number(o.high, 'share')})" if o.n else NOTHING,
         standing[o.standing], say_or(lang, f"told_by {o.told_by}", o.told_by))  # type: ignore[index]
        for o in orders
    ]  # fmt: skip
    if rows:
        _table(console, lang, "orders", "order", rows)


def _table(console: Console, lang: Lang, title: str, head: str, rows: Iterable[tuple[str | Text, ...]]) -> None:
    table = Table(title=str(WORDS[lang][title]), title_justify="left")
    for column in WORDS[lang][head]:
        table.add_column(column)
    for row in rows:
        table.add_row(*row)
    console.print(table)
