"""What happened to the cases, event by event: for whoever looks at single cases, or mines processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim.core.arrays import Ints, NDArray, np, pd
from sim.core.register import register
from sim.records.frames import Records
from sim.records.moments import dates, handed_in
from sim.records.tables import Flag
from sim.spec.base import Name
from sim.spec.categories import Category

ATTEMPT = "attempt"
"""The event that is an attempt at a step as a whole."""
MARKS: Mapping[str, tuple[int, Callable[[Records], Ints]]] = {
    "submitted": (3, handed_in),
    "accepted": (1, lambda records: records.attempts["accepted"].to_numpy()),
    "decided": (4, lambda records: records.attempts["decided"].to_numpy()),
}
"""Events of an attempt that take no time → their place among those that begin together, and when they came."""
DONE = "done"
"""Status of an attempt of which nothing else is to say."""


@dataclass(frozen=True)
class Column:
    """A column of the table of events."""

    id: str
    name: Name
    definition: Name


def _column(key: str, zh: str, en: str, told_zh: str, told_en: str) -> Column:
    return Column(key, Name(zh=zh, en=en), Name(zh=told_zh, en=told_en))


COLUMNS = register(
    (
        _column("case", "案件", "Case", "案件序号，与 cases.csv 相同", "its number, as in cases.csv"),
        _column("step", "环节", "Step", "环节，或 form: 开头的共同申报", "the step, or a common submission `form:…`"),
        _column("attempt", "第几次", "Attempt", "第几次办这一环节，从 1 起", "which time at this step, from 1 on"),
        _column(
            "event",
            "事项",
            "Event",
            "attempt 为整次办理，submitted 提交，accepted 受理，decided 决定，其余为其中一段时间的去向",
            "`attempt` is the whole of it; `submitted`, `accepted` and `decided` are moments; anything else is where "
            "the time of a part of it goes",
        ),
        _column("queued", "开始等待", "Queued", "进入排队的时刻", "when it began to wait for officers"),
        _column("start", "开始", "Start", "开始的时刻", "when it started"),
        _column("end", "结束", "End", "结束的时刻", "when it ended"),
        _column(
            "beside", "并行", "Beside", "1 为主线之外同时进行", "1 for what runs beside the main line of the attempt"
        ),
        _column("department", "部门", "Department", "经办部门", "who handles it"),
        _column(
            "role", "岗位", "Role", "经办岗位，不计人数的空着", "the officers' role; empty where nobody counts them"
        ),
        _column("officers", "人数", "Officers", "同时占用的人数", "how many of them it occupies"),
        _column(
            "status",
            "状态",
            "Status",
            f"这次办理的结果：{DONE}，或用 + 连接的标记",
            f"what the attempt came to: `{DONE}`, or what happened, joined by `+`",
        ),
    )
)
"""Every column of the table of events, by its id."""


def events(records: Records) -> pd.DataFrame:
    """The events of the measured cases, case by case, in the order in which they began."""
    parts = [_attempts(records), *(_marks(records, moment) for moment in MARKS), _stretches(records)]
    whole = pd.concat(parts, ignore_index=True)
    whole = whole.sort_values(["case", "start", "number", "rank"], kind="stable", ignore_index=True)
    for moment in ("queued", "start", "end"):
        whole[moment] = dates(records, whole[moment].to_numpy())
    return whole[list(COLUMNS)]


def _frame(records: Records, rows: Ints, rank: int, **columns: object) -> pd.DataFrame:
    """Events of some attempts; `rank` is their order where they begin together."""
    attempts = records.attempts.iloc[rows]
    base: dict[str, object] = {
        "case": attempts["case"].to_numpy(),
        "number": attempts.index.to_numpy(),
        "rank": rank,
        "step": records.node_name[rows],
        "attempt": attempts["nth"].to_numpy() + 1,
        "queued": -1,
        "beside": 0,
        "department": _office(records, rows),
        "role": "",
        "officers": 0,
        "status": statuses(attempts["flags"].to_numpy()),
    }
    return pd.DataFrame({**base, **columns})


def statuses(flags: Ints) -> NDArray[np.object_]:
    """What attempts came to, in words."""
    known = {value: status(value) for value in np.unique(flags).tolist()}
    return np.array([known[value] for value in flags.tolist()], dtype=object)


def status(flags: int) -> str:
    """What an attempt with these flags came to."""
    return "+".join(flag.name.lower() for flag in Flag if flag & flags and flag.name) or DONE


def _office(records: Records, rows: Ints) -> NDArray[np.object_]:
    named: Sequence[str] = [node.department for node in records.nodes]
    return np.array(named, dtype=object)[records.node[rows]]


def _attempts(records: Records) -> pd.DataFrame:
    ready, finished = (records.attempts[c].to_numpy() for c in ("ready", "finished"))
    return _frame(records, np.arange(len(ready)), 0, event=ATTEMPT, start=ready, end=finished)


def _marks(records: Records, moment: str) -> pd.DataFrame:
    rank, when = MARKS[moment]
    moments = when(records)
    rows = np.flatnonzero(moments >= 0)
    return _frame(records, rows, rank, event=moment, start=moments[rows], end=moments[rows])


def _stretches(records: Records) -> pd.DataFrame:
    parts = records.activities
    category, pool = parts["category"].to_numpy(), parts["pool"].to_numpy()
    rows, queued = records.row(parts["attempt"].to_numpy()), parts["queued"].to_numpy()
    officers = pool >= 0
    department = np.where(np.isin(category, _BY_OFFICES), _office(records, rows), "")
    department[officers] = [records.tables.pools[p].department for p in pool[officers]]
    role = np.full(len(parts), "", dtype=object)
    role[officers] = [records.tables.pools[p].role for p in pool[officers]]
    return _frame(
        records, rows, 2,
        event=np.array([Category(c).id for c in category.tolist()], dtype=object),
        queued=np.where(officers, queued, -1), start=parts["started"].to_numpy(), end=parts["ended"].to_numpy(),
        beside=1 - parts["main"].to_numpy(), department=department, role=role, officers=parts["staff"].to_numpy(),
    )  # fmt: skip


_BY_OFFICES = [int(c) for c in (Category.WORK, Category.CIRCULATION, Category.SITTING)]
"""Where the time goes for which an office answers."""
