"""How many officers work how long on a file, where records say when work began and ended."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.learn.happenings import What
from sim.learn.measuring import found
from sim.learn.measuring.quantities import Learnt, graded, untold
from sim.learn.measuring.survival import clusters
from sim.learn.replay import Replay

_ALIKE = 0.9
"""Share of ends equal to their starts from which on no end is believed."""
_OTHER_STEPS = 60
_MOST_OFFICERS = 200
_NO_WAIT, _GROWING = 0.02, 0.97
"""A mean wait of this share of a file's length is none; a load beyond this is a queue that grows."""
STAFFED = ("officers", "work", "work_share", "occupied", "queue", "other")


def staffing(replay: Replay) -> Iterator[Learnt]:
    """Yield officers, work on a file, how busy they are with it and with what else; the scope is `department/work`."""
    events = replay.log.events
    work = events[(events["what"] == int(What.STARTED)) & (events["activity"] >= 0)]
    ended = work[work["end"] >= work["moment"]]
    alike = float((ended["end"] == ended["moment"]).mean()) if len(ended) else 1.0
    if not len(ended) or alike >= _ALIKE:
        reason = "ends are written as starts" if len(ended) else "no start of work is recorded, only what was done when"
        for quantity in STAFFED:
            yield untold(quantity, "", reason, "L003", n=len(work))
        return
    own = replay.applications.iloc[ended["application"].to_numpy()]
    pieces = ended.assign(department=own["department"].to_numpy(), case=own["case"].to_numpy(),
                          accepted=own["accepted"].to_numpy(), counted=own["counted"].to_numpy(),
                          promised=own["promised"].to_numpy())  # fmt: skip
    seconds = replay.days.exact(pieces["moment"].to_numpy(), pieces["end"].to_numpy())
    pieces = pieces.assign(days=seconds)
    doubted = alike > 1 - _ALIKE
    for (department, activity), part in pieces.groupby(["department", "activity"]):
        for learnt in _pool(
            replay, f"{_named(replay.log.departments, department)}/{_activity(replay, activity)}", part
        ):
            yield learnt.doubted("L003", f"{alike:.0%} of the ends equal their starts") if doubted else learnt


def _named(names: tuple[str, ...], number: int) -> str:
    return names[number] if number >= 0 else ""


def _activity(replay: Replay, number: int) -> str:
    return replay.log.activities[number]


def _pool(replay: Replay, scope: str, part: pd.DataFrame) -> Iterator[Learnt]:
    officers = _officers(scope, part)
    yield officers
    hours = part["days"].to_numpy() * replay.days.day / 3600
    yield found.time("work", scope, hours, part["case"].to_numpy())
    after = part[part["accepted"].ge(0) & (part["moment"] >= part["accepted"]) & (part["promised"] != 1)]
    per_file = after.groupby("application").agg(days=("days", "sum"), counted=("counted", "first"),
                                                begun=("moment", "min"), accepted=("accepted", "first"),
                                                case=("case", "first"))  # fmt: skip
    timed = per_file[per_file["counted"].gt(0)]
    if len(timed):
        yield _ratio("work_share", scope, timed)
    span = replay.days.exact(np.array([replay.log.first]), np.array([replay.log.last]))[0]
    if officers.told:
        occupied = _occupied(scope, part, officers, span)
        yield occupied
        wait = replay.days.exact(per_file["accepted"].to_numpy(), per_file["begun"].to_numpy())
        queue = found.time("queue", scope, wait, per_file["case"].to_numpy(), fit=False)
        yield queue
        yield _other(scope, officers, queue, part, occupied)


def _officers(scope: str, part: pd.DataFrame) -> Learnt:
    """Different officers; those never seen are reckoned from those seen once and twice (Chao 1984)."""
    known = part[part["officer"] >= 0]
    together = _at_once(part)
    if not len(known):
        least = Learnt("officers", scope, together, together, np.inf, len(part), "most files worked on at once")
        return graded(least).doubted("L003", "no officers are named; so many at least")
    seen = known["officer"].value_counts()
    once, twice = int((seen == 1).sum()), int((seen == 2).sum())
    unseen = once * (once - 1) / (2 * (twice + 1))
    count = float(len(seen))
    return graded(Learnt("officers", scope, count, max(count, together), count + unseen, len(known),
                         "different officers named, and those never seen (Chao)"))  # fmt: skip


def _at_once(part: pd.DataFrame) -> float:
    moments = np.concatenate([part["moment"].to_numpy(), part["end"].to_numpy()])
    change = np.repeat([1, -1], len(part))
    return float(np.cumsum(change[np.lexsort((change, moments))]).max(initial=0))


def _ratio(quantity: str, scope: str, timed: pd.DataFrame) -> Learnt:
    """Work over handling time, all files together."""
    work, counted = timed["days"].to_numpy(), timed["counted"].to_numpy()
    value = work.sum() / counted.sum()
    spread = clusters(work - value * counted, timed["case"].to_numpy())
    error = 1.96 * np.sqrt(sum(part.sum() ** 2 for part in spread)) / counted.sum()
    learnt = Learnt(
        quantity, scope, value, max(value - error, 0.0), value + error, len(timed), "ratio of sums over cases"
    )
    return graded(learnt)


def _occupied(scope: str, part: pd.DataFrame, officers: Learnt, span: float) -> Learnt:
    busy = part["days"].sum() / span
    error = 1.96 * float(np.sqrt((part["days"] ** 2).sum())) / span
    value = busy / officers.value
    low, high = (busy - error) / max(officers.high, 1), (busy + error) / officers.low
    method = "working time on these files over the time of all officers"
    return graded(Learnt("occupied", scope, value, max(low, 0.0), high, len(part), method))


def _other(scope: str, officers: Learnt, queue: Learnt, part: pd.DataFrame, occupied: Learnt) -> Learnt:
    """What else must occupy the officers, for files to wait as long as they do (Erlang C, files of one length)."""
    if not queue.told:
        return untold("other", scope, "how long files wait cannot be told", *queue.codes, n=queue.n)
    length, servers = float(part["days"].mean()), round(officers.value)
    if not 0 < occupied.value < 1 or servers > _MOST_OFFICERS or length <= 0:
        return untold("other", scope, "the officers are busier than there is time", n=len(part))
    if queue.value < _NO_WAIT * length:
        return untold("other", scope, "nobody waits, so that nothing tells what else they do", n=queue.n)
    # Nobody knows how long the other files are: as long as these, half or twice as long.
    low, value, high = (
        _load(servers, wait / (length * longer)) - own
        for wait, longer, own in (
            (queue.low, 2.0, occupied.high),
            (queue.value, 1.0, occupied.value),
            (queue.high, 0.5, occupied.low),
        )
    )
    if value + occupied.value > _GROWING:
        return untold("other", scope, "files wait so long that the queue grows, which tells no load", n=queue.n)
    method = "from the wait for an officer, by Erlang C; other files half to twice as long as these"
    learnt = Learnt("other", scope, max(value, 0.0), max(low, 0.0), max(high, 0.0), queue.n, method)
    return graded(learnt).doubted("L018", "one queue and files of like length are taken for granted")


def _load(servers: int, wait: float) -> float:
    """The utilisation at which the mean wait is so many times the length of a file."""
    low, high = 0.0, 0.9999
    for _ in range(_OTHER_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _wait(servers, middle) < wait else (low, middle)
    return (low + high) / 2


def _wait(servers: int, load: float) -> float:
    """The mean wait over the length of a file (Erlang C)."""
    blocked = 1.0
    for server in range(1, servers + 1):  # Erlang B by its recursion
        blocked = servers * load * blocked / (server + servers * load * blocked)
    waiting = blocked / (1 - load * (1 - blocked))
    return waiting / (servers * (1 - load))
