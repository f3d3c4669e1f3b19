"""A drawn process as the file of a process to start from: what the drawing does not tell is marked as assumed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from json import dumps
from typing import Literal

from sim.bpmn.reading import Choice, Drawn, Task
from sim.core.errors import PlannerError
from sim.scenario.library import Library
from sim.spec.kinds import KINDS
from sim.text.plain import plain

Lang = Literal["zh", "en"]
_SYNONYMS = {"申请人": "applicant", "applicant": "applicant", "施工单位": "construction", "中介机构": "agency",
             "建设单位": "applicant", "customer": "applicant"}  # fmt: skip
"""Lane → the kind of its steps, besides the names of the kinds."""
_WORDS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {
        "schema": "zh/process.schema.json",
        "head": "由 BPMN 图（{file}）生成：环节、部门、先后、适用取自图上，其余都是待核实的假设，请逐项换成有依据的",
        "summary": "由流程图生成，范围和依据待补",
        "limits": "图上没有时限，待按办事指南核实",
        "shares": "图上没有比例，待按本地办件记录核实",
        "unknown": "泳道“{lane}”不是已知的部门，暂记在此；编号见 run.py list departments",
        "no_lane": "图上没有写由谁办理，暂记在此；编号见 run.py list departments",
        "several": "图上只有走“{ways}”的才办；一个条件写不下，请改写",
        "order": "先后都暂记为惯例（order），有法律依据的写法律的键，事理如此的写 nature",
        "choice": "图上的分支“{name}”，各支的比例待核实",
    },
    "en": {
        "schema": "process.schema.json",
        "head": "Made from the BPMN diagram {file}: steps, departments, order and conditions are drawn there; all "
        "else is assumed, to be replaced by what has a source",
        "summary": "Made from a diagram; its scope and its sources are still to be written",
        "limits": "the diagram tells no limit; to be read in the guide to the service",
        "shares": "the diagram tells no share; to be counted in the records of the city",
        "unknown": 'the lane "{lane}" is no department that is known; put here for now, see run.py list departments',
        "no_lane": "the diagram does not say who does it; put here for now, see run.py list departments",
        "several": 'drawn for those alone that go "{ways}"; one condition cannot say so, write another',
        "order": "each wait is put down as habit (order); write the key of the law where there is one, or nature",
        "choice": 'the choice "{name}" of the diagram; the shares of its ways are to be checked',
    },
}


def started(drawn: Drawn, name: str, file: str, library: Library, lang: Lang) -> str:
    """Return the text of a process of this id, which validates as it stands.

    Raises PlannerError where no department is known at which its steps could be.
    """
    return "\n".join(_Start(drawn, name, file, library, lang).lines()) + "\n"


class _Start:
    """The file of one drawn process."""

    def __init__(self, drawn: Drawn, name: str, file: str, library: Library, lang: Lang) -> None:
        self.drawn, self.name, self.file, self.library, self.words = drawn, name, file, library, _WORDS[lang]
        self.steps = _ids([task.id for task in drawn.tasks], "step")
        used = {choice for task in drawn.tasks for choice, ways in task.when.items() if len(ways) == 1}
        self.choices = {key: choice for key, choice in drawn.choices.items() if key in used}
        self.attributes = _ids([*self.choices], "choice")
        self.departments = _called(library)
        self.most = _most_used(library)

    def lines(self) -> Iterator[str]:
        yield f"# yaml-language-server: $schema=../schema/{self.words['schema']}"
        yield f"# {self.words['head'].format(file=plain(self.file))}"
        yield f"id: {self.name}"
        called = _quoted(self.drawn.name or self.name)
        yield f"name: {{zh: {called}, en: {called}}}"
        yield f"summary: {_quoted(self.words['summary'])}"
        yield "sources:"
        yield f"  limits_to_check: {{kind: assumption, why: {_quoted(self.words['limits'])}, range: [1, 60]}}"
        if self.choices or self.drawn.again:
            yield f"  shares_to_check: {{kind: assumption, why: {_quoted(self.words['shares'])}, range: [0.05, 0.95]}}"
        if self.choices:
            yield "attributes:"
            for choice in self.choices.values():
                yield from self._attribute(choice)
        yield "steps:"
        yield f"  # {self.words['order']}"
        for task in self.drawn.tasks:
            yield from self._step(task)

    def _attribute(self, choice: Choice) -> Iterator[str]:
        yield f"  # {self.words['choice'].format(name=choice.name or choice.id)}"
        count = len(choice.ways)
        shares = [round(1 / count, 3)] * (count - 1)
        shares.append(round(1 - sum(shares), 3))
        values = ", ".join(f"{_quoted(way)}: {share:g}" for way, share in zip(choice.ways, shares, strict=True))
        yield f"  {self.attributes[choice.id]}: {{values: {{{values}}}, source: shares_to_check}}"

    def _step(self, task: Task) -> Iterator[str]:
        yield f"  {self.steps[task.id]}:"
        yield f"    name: {{zh: {_quoted(task.name)}, en: {_quoted(task.name)}}}"
        yield from self._doer(task)
        if task.after:
            yield f"    after: {{{', '.join(f'{self.steps[one]}: order' for one in task.after)}}}"
        yield from self._when(task)
        if task.id in self.drawn.again:
            first = self.drawn.again[task.id]
            redo = "" if first == task.id else f"redo: {self.steps[first]}, "
            yield f"    fails: {{rate: 0.2, {redo}source: shares_to_check}}"

    def _doer(self, task: Task) -> Iterator[str]:
        """Who does it, and how long that may take."""
        known = self.departments.get(_bare(task.lane))
        kind = _kind(task.lane) if known is None else None
        if kind:
            yield f"    kind: {kind}"
            yield "    duration: {days: 5, source: limits_to_check}"
            return
        if known is None:
            yield f"    # {self.words['unknown' if task.lane else 'no_lane'].format(lane=task.lane)}"
        yield f"    at: {known or self.most}"
        yield "    limit: {statutory: {days: 5, source: limits_to_check}}"

    def _when(self, task: Task) -> Iterator[str]:
        """The cases that it is drawn for; a comment where a condition of one value cannot tell them."""
        when = []
        for key, ways in task.when.items():
            names = [self.drawn.choices[key].ways[way] for way in ways]
            if len(names) == 1:
                when.append(f"{self.attributes[key]}: {_quoted(names[0])}")
            else:
                yield f"    # {self.words['several'].format(ways=', '.join(names))}"
        if when:
            yield f"    when: {{{', '.join(when)}}}"


def _quoted(text: str) -> str:
    """A text as YAML, whatever is in it."""
    return dumps(plain(text), ensure_ascii=False)


def _ids(given: list[str], otherwise: str) -> dict[str, str]:
    """Given id → an id as specs have them, all different."""
    found: dict[str, str] = {}
    for number, one in enumerate(given, 1):
        made = re.sub("[^a-z0-9_]+", "_", one.lower()).strip("_")
        made = made if re.match("[a-z]", made) else f"{otherwise}_{number}"
        while made in found.values():
            made += f"_{number}"
        found[one] = made
    return found


def _bare(text: str) -> str:
    return " ".join(plain(text).lower().split())


def _kind(lane: str) -> str | None:
    """The kind of the steps in a lane that is no department's; nothing where an office does them."""
    for kind in KINDS.values():
        if not (kind.official or kind.procedure) and _bare(lane) in (kind.name.zh, kind.name.en, kind.id):
            return kind.id
    return _SYNONYMS.get(_bare(lane))


def _called(library: Library) -> dict[str, str]:
    """What departments are called, by any place or by id → their id."""
    found: dict[str, str] = {}
    for place in library.places.values():
        for key, department in place.departments.items():
            names = (department.name.zh, department.name.en) if department.name else ()
            for name in (key, *names):
                found.setdefault(_bare(name), key)
    return found


def _most_used(library: Library) -> str:
    """The department at which most steps are, of those that every place has."""
    places = list(library.places.values())
    everywhere = [d for d in (places[0].departments if places else ()) if all(d in p.departments for p in places)]
    if not everywhere:
        raise PlannerError("there is no department that every place has; begin with `run.py new place ID`")
    counted = Counter(step.at for process in library.processes.values() for step in process.steps.values())
    return max(everywhere, key=lambda d: counted[d])
