"""What happened to the cases, event by event: for whoever looks at single cases, or mines processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sim.core.arrays import Ints, Mask, np, pd
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
    "accepted": (1, lambda records: records.of_attempts["accepted"]),
    "decided": (4, lambda records: records.of_attempts["decided"]),
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
    """The events of the measured cases, case by case, in the order in which they began; texts are categories."""
    words = _Words(records)
    parts = [_attempts(words), *(_marks(words, moment) for moment in MARKS), _stretches(words)]
    whole = pd.concat(parts, ignore_index=True)
    order = np.lexsort([whole[key].to_numpy() for key in ("rank", "number", "start", "case")])
    whole = whole[list(COLUMNS)].take(order).reset_index(drop=True)
    for moment in ("queued", "start", "end"):
        whole[moment] = dates(records, whole[moment].to_numpy())
    return whole


class _Words:
    """The texts in the events of some records, and columns of them from numbers."""

    def __init__(self, records: Records) -> None:
        self.records = records
        pools = records.tables.pools
        self._flags = np.unique(records.of_attempts["flags"])
        self._step = _Texts(node.id for node in records.nodes)
        self._event = _Texts([ATTEMPT, *MARKS, *(category.id for category in sorted(Category))])
        self._department = _Texts([*(n.department for n in records.nodes), *(p.department for p in pools), ""])
        self._role = _Texts([*(pool.role for pool in pools), ""])
        self._status = _Texts(map(status, self._flags.tolist()))

    def steps(self, rows: Ints) -> pd.Categorical:
        """The steps of some attempts."""
        return self._step.column(self.records.node[rows])

    def events(self, name: str, count: int) -> pd.Categorical:
        """An event so many times."""
        return self._event.column(np.full(count, [ATTEMPT, *MARKS].index(name)))

    def categories(self, numbers: Ints) -> pd.Categorical:
        """The events of stretches of some categories."""
        return self._event.column(1 + len(MARKS) + np.searchsorted(sorted(Category), numbers))

    def departments(self, rows: Ints, answers: Mask | bool, pools: Ints | int = -1) -> pd.Categorical:
        """The departments of some pools, where there is none those of some attempts, if an office answers for it."""
        nodes, nobody = len(self.records.nodes), -1
        numbers = np.where(answers, self.records.node[rows], nobody)
        return self._department.column(np.where(pools >= 0, pools + nodes, numbers))

    def roles(self, pools: Ints) -> pd.Categorical:
        """The roles of some pools; nothing where there is none."""
        return self._role.column(pools)

    def statuses(self, rows: Ints) -> pd.Categorical:
        """What some attempts came to."""
        flags = self.records.of_attempts["flags"][rows]
        return self._status.column(np.searchsorted(self._flags, flags))


class _Texts:
    """Texts by their number, each kept once; the last has the number -1 too."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._code, self._texts = pd.factorize(np.array(list(texts), dtype=object))

    def column(self, numbers: Ints) -> pd.Categorical:
        """A column of the texts with some numbers."""
        return pd.Categorical.from_codes(self._code[numbers], self._texts)


def _frame(words: _Words, rows: Ints, rank: int, **columns: object) -> pd.DataFrame:
    """Events of some attempts; `rank` is their order where they begin together."""
    attempts, count = words.records.attempts, len(rows)
    base: dict[str, object] = {
        "case": attempts["case"].to_numpy()[rows].astype(np.int32),
        "number": attempts.index.to_numpy()[rows],
        "rank": np.full(count, rank, dtype=np.int8),
        "step": words.steps(rows),
        "attempt": attempts["nth"].to_numpy()[rows].astype(np.int32) + 1,
        "queued": np.full(count, -1),
        "beside": np.zeros(count, dtype=np.int8),
        "department": words.departments(rows, answers=True),
        "role": words.roles(np.full(count, -1)),
        "officers": np.zeros(count, dtype=np.int32),
        "status": words.statuses(rows),
    }
    return pd.DataFrame(base | columns)


def status(flags: int) -> str:
    """What an attempt with these flags came to."""
    return "+".join(flag.name.lower() for flag in Flag if flag & flags and flag.name) or DONE


def _attempts(words: _Words) -> pd.DataFrame:
    ready, finished = (words.records.of_attempts[c] for c in ("ready", "finished"))
    event = words.events(ATTEMPT, len(ready))
    return _frame(words, np.arange(len(ready)), 0, event=event, start=ready, end=finished)


def _marks(words: _Words, moment: str) -> pd.DataFrame:
    rank, when = MARKS[moment]
    moments = when(words.records)
    rows = np.flatnonzero(moments >= 0)
    return _frame(words, rows, rank, event=words.events(moment, len(rows)), start=moments[rows], end=moments[rows])


def _stretches(words: _Words) -> pd.DataFrame:
    parts = words.records.activities
    category, pool = parts["category"].to_numpy(), parts["pool"].to_numpy()
    rows = words.records.row(parts["attempt"].to_numpy())
    return _frame(
        words, rows, 2, event=words.categories(category), queued=np.where(pool >= 0, parts["queued"].to_numpy(), -1),
        start=parts["started"].to_numpy(), end=parts["ended"].to_numpy(),
        beside=(1 - parts["main"].to_numpy()).astype(np.int8),
        department=words.departments(rows, np.isin(category, _BY_OFFICES), pool),
        role=words.roles(pool), officers=parts["staff"].to_numpy().astype(np.int32),
    )  # fmt: skip


_BY_OFFICES = [int(c) for c in (Category.WORK, Category.CIRCULATION, Category.SITTING)]
"""Where the time goes for which an office answers."""
