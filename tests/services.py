"""Small services in YAML, before and after reforms; what is the same in all of them is filled in here.

`~5` stands for five working days, `~5h`, `~5m` and `~5c` for hours, minutes and calendar days, each with
a source. A step needs no name, and a reform no source. The first case comes on a Monday at 09:00.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from sim.core.errors import SpecError
from sim.records.frames import Records
from sim.records.measures.register import values
from sim.scenario.prepared import Prepared
from sim.spec import graph
from sim.spec.process import Process
from sim.spec.scope import Scope
from sim.spec.sources import Law

from .small import PRACTICE, SOURCE, model, play, scenario, world

MATERIALS = """
materials:
  form: {name: {zh: 申请表, en: Form}, issuer: applicant}
  plan: {name: {zh: 图纸, en: Plan}, issuer: applicant, deferrable: true}
  map: {name: {zh: 地图, en: Map}, issuer: applicant, deferrable: true}
  letter: {name: {zh: 承诺书, en: Letter}, issuer: applicant}
  licence: {name: {zh: 营业执照, en: Licence}, issuer: certificate, shareable: true}
  permit: {name: {zh: 许可证, en: Permit}, issuer: certificate, shareable: true}
  opinion: {name: {zh: 意见书, en: Opinion}, issuer: certificate}
"""
PLACE = """
id: town
name: {zh: 小城, en: Town}
hours:
  office: {periods: ["09:00-17:00"], source: guess}
  hall: {periods: ["09:00-17:00"], source: guess}
departments:
  bureau: {name: {zh: 局, en: Bureau}}
  hall: {name: {zh: 大厅, en: Hall}}
"""
ACT = "{kind: law, title: 城乡规划法, article: 第四十条}"
_LENGTH = re.compile(r"~([\d.]+)([hmc]?)")
_UNIT = {"": "days", "h": "hours", "m": "minutes", "c": "calendar_days"}


SOURCES = SOURCE | {"act": Law(kind="law", title="城乡规划法", article="第四十条")}
"""What edges and reforms may cite: a guess, or the law `act`."""


def filled(text: str) -> str:
    """The text with its lengths of time written out."""
    return _LENGTH.sub(lambda found: f"{{{_UNIT[found[2]]}: {found[1]}, source: guess}}", text)


def service(steps: str, **head: str) -> str:
    """A process of these steps; `act` is a law that edges may cite."""
    named = re.sub(r"^(  \w+): \{", r"\1: {name: {zh: 步骤, en: Step}, at: bureau, ", steps.strip("\n"), flags=re.M)
    named = re.sub(r"at: bureau, (.*\bat: [a-z])", r"\1", named)
    lines = [f"{key}: {value}" for key, value in ({"sources": f"{{act: {ACT}}}"} | head).items()]
    return filled("\n".join(["id: service", "name: {zh: 服务, en: Service}", "summary: made for a test", *lines,
                             "steps:", named, ""]))  # fmt: skip


def staffed(*roles: str, count: int = 1) -> str:
    """The town whose bureau has so many officers of each role, and as many at the windows of its hall."""
    staff = ", ".join(f"{role}: [{{count: {count}, hours: office, source: guess}}]" for role in roles)
    window = f"staff: {{window: [{{count: {count}, hours: hall, source: guess}}]}}"
    place = PLACE.replace("en: Bureau}}", f"en: Bureau}}, staff: {{{staff}}}}}")
    return place.replace("en: Hall}}", f"en: Hall}}, {window}}}")


def practised(prepare: float = 0, correction: float = 0, deficient: float = 0, certificate: float = 0,
              check: float = 0, pace: str = "1") -> str:  # fmt: skip
    """The general rule with days to prepare a paper and to correct it, shares deficient, and minutes to check."""
    text = PRACTICE.replace("check: {minutes: 0", f"check: {{minutes: {check}")
    text = text.replace("applicant: {days: 0", f"applicant: {{days: {prepare}")
    text = text.replace("correction: {days: 0", f"correction: {{days: {correction}")
    text = text.replace("certificate: {share: 0", f"certificate: {{share: {certificate}")
    text = text.replace("pace: {factor: 1", f"pace: {{factor: {pace}")
    return text.replace("applicant: {share: 0", f"applicant: {{share: {deficient}")


def reformed(steps: str, *reforms: str, cases: int = 1, place: str = PLACE, practice: str = PRACTICE,
             demand: str = "every_minutes: 540", start: str = "2024-03-04", targets: str = "",
             runs: str = "", weeks: int = 0, warm_up: int = 0, **head: str) -> Prepared:  # fmt: skip
    """The service before and after some reforms; the cases of some weeks, where they are given."""
    sourced = [
        reform.strip() if "source:" in reform else f"{{source: guess, {reform.strip()[1:]}" for reform in reforms
    ]
    listed = ", ".join(map(filled, sourced))
    after = f"  after: {{name: {{zh: 改革后, en: After}}, reforms: [{listed}]}}\n{filled(targets)}\n{runs}"
    question = scenario(cases, demand, start=start, variants=after, weeks=weeks, warm_up=warm_up)
    return world(service(steps, **head), question, place=place, practice=practice, materials=MATERIALS)


def pair(steps: str, other: str, cases: tuple[int, int] = (1, 1), place: str = PLACE, after: str = "",
         targets: str = "", **head: str) -> Prepared:  # fmt: skip
    """Two processes of one town, `service` and `other`; cases of both come every minute from 00:01 on."""
    reforms = f"  after: {{name: {{zh: 改革后, en: After}}, reforms: [{after}]}}\n{targets}"
    question = scenario(cases[0], "every_minutes: 1", variants=filled(reforms))
    demand = f"{{every_minutes: 1, cases: {cases[1]}, source: guess}}"
    question = question.replace("variants:", f"  other: {demand}\nvariants:")
    beside = service(other).replace("id: service", "id: other")
    return world(service(steps, **head), question, place=place, materials=MATERIALS, beside=beside)


def refusal(steps: str, *reforms: str, **more: Any) -> str:
    """Why the reforms are refused."""
    with pytest.raises(SpecError) as error:
        reformed(steps, *reforms, **more)
    (fault,) = error.value.faults
    return fault.message


def after(prepared: Prepared) -> Process:
    """The process after the reforms."""
    return prepared.variants[1].flows["service"][0].process


def edges(prepared: Prepared) -> dict[tuple[str, str], str]:
    """What waits for what after the reforms, and why."""
    return graph.edges(after(prepared))


def changes(prepared: Prepared) -> list[str]:
    """What the reforms changed, as a planner reads it."""
    return [str(change) for change in prepared.variants[1].changes]


def measured(found: Records, measure: str, **scope: Any) -> list[float]:
    """A measure of each case, without noise of the last digits."""
    return [round(value, 9) + 0 for value in values(measure, found, Scope(**scope)).tolist()]


def compared(prepared: Prepared, *measures: str) -> Iterator[tuple[float, float]]:
    """Each measure of the one case, before and after."""
    before, reformed_ = play(prepared, 0), play(prepared, 1)
    for measure in measures:
        ((old,), (new,)) = measured(before, measure), measured(reformed_, measure)
        yield old, new


def written(text: str) -> Process:
    """The process that a text describes."""
    spec: Process = model(text, Process)
    return spec


__all__ = [
    "ACT",
    "MATERIALS",
    "PLACE",
    "SOURCES",
    "after",
    "changes",
    "compared",
    "edges",
    "filled",
    "measured",
    "pair",
    "play",
    "practised",
    "reformed",
    "refusal",
    "service",
    "staffed",
    "written",
]
