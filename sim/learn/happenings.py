"""The register of what can happen to an application, and how records write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from sim.core.register import register
from sim.spec.base import Name


class What(IntEnum):
    """What a row of a log says; 1 to 15 are the ministry's 办理状态 (BLZT)."""

    SUBMITTED = 1
    WITHDRAWN = 2
    ACCEPTED = 3
    NOT_ACCEPTED = 4
    DECLINED = 5
    CORRECTION = 6
    CORRECTED = 7
    TAKEN_UP = 8
    SPECIAL = 9
    SPECIAL_OVER = 10
    GRANTED = 11
    GRANTED_DEFERRED = 12
    REFUSED = 13
    RECALLED = 14
    REVOKED = 15
    STARTED = 20
    DONE = 21
    EXTENDED = 22

    @property
    def id(self) -> str:
        """As a mapping names it."""
        return self.name.lower()


@dataclass(frozen=True)
class Happening:
    """One thing that can happen: what it is called, and the words that records have for it."""

    what: What
    name: Name
    words: tuple[str, ...] = ()
    """Written for it in records, besides its number and its Chinese name."""

    @property
    def id(self) -> str:
        """As a mapping names it."""
        return self.what.id


_TOLD: tuple[tuple[What, str, str, tuple[str, ...]], ...] = (
    (What.SUBMITTED, "接件", "handed in", ("收件", "申请", "提交", "已接件", "register")),
    (What.WITHDRAWN, "撤件", "withdrawn before acceptance", ("申请人撤件",)),
    (What.ACCEPTED, "窗口受理", "accepted", ("受理", "已受理", "准予受理", "予以受理")),
    (What.NOT_ACCEPTED, "不受理", "not accepted", ()),
    (What.DECLINED, "不予受理", "acceptance refused", ()),
    (What.CORRECTION, "补正开始", "sent back to be corrected", ("补正", "补正告知", "退回补正", "一次性告知")),
    (What.CORRECTED, "补正结束", "corrected", ("补正完成", "已补正")),
    (What.TAKEN_UP, "部门受理", "taken up by the department", ("部门接件",)),
    (What.SPECIAL, "特别程序开始", "a special procedure begins", ("特别程序启动", "特殊程序开始", "挂起")),
    (What.SPECIAL_OVER, "特别程序结束", "a special procedure is over", ("特殊程序结束", "解挂")),
    (What.GRANTED, "办结通过", "granted", ("通过", "准予许可", "办结", "已办结", "审批通过", "批准", "准予")),
    (What.GRANTED_DEFERRED, "容缺通过", "granted with papers to follow", ("容缺办结",)),
    (What.REFUSED, "不通过", "refused", ("不予许可", "办结不通过", "驳回", "不予批准")),
    (What.RECALLED, "撤回", "recalled by the applicant", ("申请人撤回",)),
    (What.REVOKED, "撤销", "revoked", ("撤销许可",)),
    (What.STARTED, "开始", "work begins", ("start", "assign")),
    (What.DONE, "完成", "done", ("complete", "completed", "end", "已办", "结束")),
    (What.EXTENDED, "延长审批", "the limit is extended", ("延期", "延长", "批准延期")),
)
HAPPENINGS = register(Happening(what, Name(zh=zh, en=en), words) for what, zh, en, words in _TOLD)
"""Id → everything that can happen."""


def status_words() -> Mapping[str, What]:
    """Return every text that means a happening by itself → the happening: its number, names and words."""
    found: dict[str, What] = {}
    for happening in HAPPENINGS.values():
        numbers = [str(int(happening.what)), f"{int(happening.what):02d}"] if happening.what < What.STARTED else []
        for text in (*numbers, happening.name.zh, happening.id, *happening.words):
            found[text] = happening.what
    return found


DECIDED = (What.GRANTED, What.GRANTED_DEFERRED, What.REFUSED)
"""What ends the counted time."""
GIVEN_UP = (What.WITHDRAWN, What.NOT_ACCEPTED, What.DECLINED, What.RECALLED)
"""What ends an application without a decision."""
RANK = {
    What.SUBMITTED: 0,
    What.CORRECTION: 1,
    What.CORRECTED: 2,
    What.ACCEPTED: 3,
    What.TAKEN_UP: 4,
    What.STARTED: 5,
    What.SPECIAL: 6,
    What.SPECIAL_OVER: 7,
    What.EXTENDED: 8,
    What.DONE: 9,
    What.GRANTED: 10,
    What.GRANTED_DEFERRED: 10,
    What.REFUSED: 10,
    What.WITHDRAWN: 11,
    What.NOT_ACCEPTED: 11,
    What.DECLINED: 11,
    What.RECALLED: 11,
    What.REVOKED: 12,
}
"""The order in which things of one moment are taken: a date without a time tells none."""
