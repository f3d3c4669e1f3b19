"""The smallest library that runs, as files: what a test changes of it is all that the test is about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

HEAD = "id: p\nname: {zh: 服务, en: Service}\nsummary: made up\nattributes:\n  flag: {share: 0.5, source: guess}\n"
STEP_A = "  a: {name: {zh: 甲, en: A}, at: bureau, needs: [form], limit: {statutory: {days: 5, source: act}}}\n"
STEP_B = "  b: {name: {zh: 乙, en: B}, at: bureau, after: {a: order}, limit: {statutory: {days: 5, source: act}}}\n"
QUESTION = """\
id: q
name: {zh: 问, en: Question}
place: town
start: 2024-03-04
demand:
  p: {per_year: 200, cases: 5, source: guess}
variants:
  before: {name: {zh: 前, en: Before}}
"""
AFTER = """\
  after:
    name: {zh: 后, en: After}
    reforms:
      - {reform: 并联审批, steps: [a, b], source: act}
targets:
  - {id: T1, name: {zh: 标, en: T}, measure: counted_days, at_most: 12, unit: 工作日, source: act}
"""
FILES = {
    "processes/sources.yaml": """\
sources:
  act: {kind: law, title: 法, article: 第一条}
  guess: {kind: assumption, why: made up, range: [0, 100]}
""",
    "processes/materials.yaml": """\
materials:
  form: {name: {zh: 申请表, en: Form}, issuer: applicant}
  permit: {name: {zh: 许可证, en: Permit}, issuer: certificate, shareable: true}
  plan: {name: {zh: 图纸, en: Plan}, issuer: applicant, deferrable: true}
""",
    "processes/practice.yaml": """\
summary: made up
pace: {factor: 1, source: guess}
overdue: {share: 0, source: guess}
overrun: {factor: 1, source: guess}
work_share: {share: 0.1, source: guess}
check: {minutes: 5, source: guess}
prepare:
  applicant: {days: 1, source: guess}
  agency: {days: 1, source: guess}
  certificate: {days: 0, source: guess}
deficiency:
  applicant: {share: 0.1, source: guess}
  agency: {share: 0.1, source: guess}
  certificate: {share: 0, source: guess}
correction: {days: 1, source: guess}
visits: {submit: 1, correct: 1, collect: 1, source: guess}
""",
    "processes/places/town.yaml": """\
id: town
name: {zh: 城, en: Town}
hours:
  office: {periods: ["09:00-12:00", "13:00-17:00"], source: guess}
departments:
  bureau: {name: {zh: 局, en: Bureau}, staff: {officers: [{utilisation: 0.8, hours: office, source: guess}]}}
""",
    "processes/g/p.yaml": HEAD + "steps:\n" + STEP_A + STEP_B,
    "scenarios/q.yaml": QUESTION + AFTER,
}
"""File → what is in it."""


def bare_library(folder: Path, changed: Mapping[str, str]) -> Path:
    """Write the library into a folder, with some files otherwise or besides, and return the folder."""
    for name, text in {**FILES, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
