"""Checks of a process against what it names: steps, reasons, materials, departments."""

from __future__ import annotations

import pytest

from sim.spec.catalogue import Catalogue
from sim.spec.findings import Known, departments
from sim.spec.place import Place
from sim.spec.process import Process
from sim.spec.process_checks import process_findings

from .services import MATERIALS, SOURCES, service
from .small import model

PLACES = """
id: {id}
name: {{zh: 小城, en: Town}}
hours: {{office: {{periods: ["09:00-17:00"], source: guess}}}}
departments:
  bureau: {{name: {{zh: 局, en: Bureau}}, staff: {{{roles}}}}}
  {more}
"""
GROUP = "[{count: 1, hours: office, source: guess}]"
TOWN: Place = model(PLACES.format(id="town", roles=f"officers: {GROUP}", more="seals: {by: bureau}"), Place)
VILLAGE: Place = model(PLACES.format(id="village", roles=f"window: {GROUP}", more=""), Place)
KNOWN = Known(SOURCES, model(MATERIALS, Catalogue).materials, departments(TOWN, VILLAGE))
OK = "limit: {statutory: ~5}"
WORK = "work: {hours: 1, source: guess, by: %s}"
CATALOGUE = "form, letter, licence, map, opinion, permit, plan"


def findings(steps: str, **head: str) -> list[tuple[str, str]]:
    """What is wrong with a process of these steps, besides `z`: the place, and the message."""
    process: Process = model(service(steps, **head), Process)
    return [(".".join(map(str, found.path)), found.message) for found in process_findings(process, KNOWN)]


def test_the_departments_of_several_places_have_the_roles_of_all() -> None:
    """The seals are kept by the bureau of the town, with its officers; the village has no seals."""
    assert departments(TOWN, VILLAGE) == {"bureau": {"officers": 100, "window": 100}, "seals": {"officers": 1}}
    assert departments(VILLAGE, TOWN) == departments(TOWN, VILLAGE)
    orphan = TOWN.model_copy(update={"departments": {"seals": TOWN.departments["seals"]}})
    assert departments(orphan) == {"seals": {}}
    assert departments() == {}


@pytest.mark.parametrize(
    ("steps", "head"),
    [
        (f"  a: {{{OK}}}\n  b: {{after: {{a: order}}, {OK}}}\n  c: {{after: {{a: act, b: nature}}, {OK}}}", {}),
        (f"  a: {{{OK}}}\n  b: {{after: {{a: order}}, fails: {{rate: 0.1, redo: a, source: guess}}, {OK}}}", {}),
        (f"  a: {{fails: {{rate: 0.1, redo: a, source: guess}}, {OK}}}", {}),
        (f"  a: {{fails: {{rate: 0.1, source: guess}}, {OK}}}", {}),
        (f"  a: {{yields: [permit], {OK}}}\n  b: {{needs: [permit, form], yields: [opinion], {OK}}}", {}),
        (f"  a: {{yields: [permit, permit], {OK}}}", {}),
        (f"  a: {{needs: [licence], {OK}}}", {"fetched": "{licence: {fallback: 0, source: guess}}"}),
        (f"  a: {{at: seals, window: bureau, {WORK % 'officers'}, {OK}}}", {}),
        (f"  a: {{{WORK % 'inspectors'}, {OK}}}", {}),
        (f"  a: {{needs: [form, plan, map], {OK}, "
         "deferral: {materials: [map, plan], within: ~5, source: guess}}", {}),
    ],
)  # fmt: skip
def test_what_names_only_what_there_is_has_no_fault(steps: str, head: dict[str, str]) -> None:
    """Reasons of every origin, loops back to the step itself or one before, papers, windows, roles like no other."""
    assert findings(steps, **head) == []


@pytest.mark.parametrize(
    ("steps", "head", "wrong"),
    [
        (f"  a: {{{OK}}}\n  b: {{after: {{aa: order, a: guess, b: habit}}, {OK}}}", {},
         [("steps.b.after.aa", "unknown step 'aa', did you mean 'a'?"),
          ("steps.b.after.a", "an assumption puts nothing in order, found guess; write order, or cite the law"),
          ("steps.b.after.b", "unknown reason 'habit'; known: act, nature, order"),
          ("steps.b", "the steps wait for one another in a circle: b → b; take one of these edges out")]),
        (f"  a: {{after: {{nobody: guess}}, {OK}}}", {},
         [("steps.a.after.nobody", "unknown step 'nobody'; known: a"),
          ("steps.a.after.nobody",
           "an assumption puts nothing in order, found guess; write order, or cite the law")]),
        (f"  a: {{after: {{c: order}}, {OK}}}\n  b: {{after: {{a: order}}, {OK}}}\n"
         f"  c: {{after: {{b: order}}, fails: {{rate: 0.1, redo: x, source: guess}}, {OK}}}", {},
         [("steps.a", "the steps wait for one another in a circle: a → b → c → a; take one of these edges out")]),
        (f"  a: {{fails: {{rate: 0.1, redo: b, source: guess}}, {OK}}}\n"
         f"  b: {{after: {{a: order}}, fails: {{rate: 0.1, redo: c, source: guess}}, {OK}}}\n  d: {{{OK}}}", {},
         [("steps.a.fails.redo", "b does not come before a; name a or a step before it"),
          ("steps.b.fails.redo", "unknown step 'c'; known: a, b, d")]),
        (f"  a: {{needs: [form, from, {{material: maps}}], yields: [permit, permits], {OK}}}\n"
         f"  b: {{yields: [opinion, permit], {OK}}}\n  c: {{yields: [permit], {OK}}}", {},
         [("steps.a.needs.1.material", "unknown material 'from', did you mean 'form'?"),
          ("steps.a.needs.2.material", "unknown material 'maps', did you mean 'map'?"),
          ("steps.a.yields.1", "unknown material 'permits', did you mean 'permit'?"),
          ("steps.b.yields.1", "a yields permit already; let one step yield it"),
          ("steps.c.yields.0", "a yields permit already; let one step yield it")]),
        (f"  a: {{needs: [form], {OK}}}",
         {"fetched": "{form: {fallback: 0, source: guess}, licence: {fallback: 0, source: guess}, "
                     "q9: {fallback: 0, source: guess}}"},
         [("fetched.form", "no database holds form; the catalogue marks what is shareable"),
          ("fetched.licence", "no step needs licence; take it out"),
          ("fetched.q9", f"unknown material 'q9'; known: {CATALOGUE}")]),
        (f"  a: {{at: bureaus, window: seal, {WORK % 'officer'}, {OK}}}\n  b: {{at: seals, {WORK % 'officer'}, {OK}}}",
         {}, [("steps.a.at", "unknown department 'bureaus', did you mean 'bureau'?"),
              ("steps.a.window", "unknown department 'seal', did you mean 'seals'?"),
              ("steps.b.work.by", "unknown role 'officer', did you mean 'officers'?")]),
        (f"  a: {{needs: [form, plan, q9], {OK}, "
         "deferral: {materials: [plan, map, form, q9], within: ~5, source: guess}}", {},
         [("steps.a.needs.2.material", f"unknown material 'q9'; known: {CATALOGUE}"),
          ("steps.a.deferral.materials.1", "unknown material needed here 'map'; known: form, plan, q9"),
          ("steps.a.deferral.materials.2", "form may not be missing; the catalogue marks what is deferrable")]),
        (f"  a: {{when: {{large: true}}, {OK}}}", {"urgent": "{small: true}", "attributes": "{}"},
         [("urgent.small", "unknown attribute 'small'; known: none"),
          ("steps.a.when.large", "unknown attribute 'large'; known: none")]),
        ("  a: {limit: {statutory: {days: 5, source: nowhere}}, promise_excluded: x, basis: act}", {},
         [("steps.a.limit.statutory.source",
           "unknown source 'nowhere'; known: act, guess; cite one, or add nowhere under sources")]),
    ],
)  # fmt: skip
def test_what_names_what_there_is_not_is_told_where_it_stands(
    steps: str, head: dict[str, str], wrong: list[tuple[str, str]]
) -> None:
    """Every wrong name is one finding, at its place in the list."""
    assert findings(steps, **head) == wrong
