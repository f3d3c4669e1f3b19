"""What a diagram says in words: lanes, the flows that only some cases go along, what is known of a task."""

from __future__ import annotations

from collections.abc import Iterator

from sim.bpmn.blocks import EITHER, Flow
from sim.report.numbers import exact
from sim.report.words import Lang, named, say
from sim.spec import graph
from sim.spec.attributes import Bounds, Condition
from sim.spec.catalogue import Catalogue
from sim.spec.kinds import KINDS
from sim.spec.place import Place
from sim.spec.planned import planned_days
from sim.spec.process import Process
from sim.spec.step import Step


def lane_words(lang: Lang, step: Step, place: Place | None) -> str:
    """The lane of a step: the department that handles it, else who does such steps."""
    if step.at is None:
        return named(lang, KINDS[step.kind].name)
    department = place.departments.get(step.at) if place else None
    return named(lang, department.name) if department and department.name else step.at


def flow_words(lang: Lang, process: Process, flow: Flow) -> str:
    """Which cases go along a flow; "" where all do."""
    if flow.said == "when":
        return condition_words(lang, process, process.steps[flow.source.removeprefix(EITHER)].when)
    return say(lang, f"bpmn_{flow.said}") if flow.said else ""


def condition_words(lang: Lang, process: Process, when: Condition) -> str:
    """A condition on the cases."""
    return say(lang, "list_and").join(_compared(lang, process, key, wanted) for key, wanted in when.items())


def _compared(lang: Lang, process: Process, key: str, wanted: object) -> str:
    attribute = process.attributes.get(key)
    called = named(lang, attribute.name) if attribute and attribute.name else key
    if isinstance(wanted, Bounds):
        ends = {"at_least": wanted.at_least, "below": wanted.below}
        said = [say(lang, end, n=exact(value, "")) for end, value in ends.items() if value is not None]
        return f"{called} {say(lang, 'list_and').join(said)}"
    value = say(lang, "yes" if wanted else "no") if isinstance(wanted, bool) else wanted
    return f"{called} = {value}"


def task_words(lang: Lang, process: Process, name: str, catalogue: Catalogue) -> Iterator[str]:
    """What is known of a step: its kind, its time, its papers, what it waits for and why."""
    step = process.steps[name]
    yield named(lang, KINDS[step.kind].name)
    yield say(lang, "bpmn_days", n=exact(round(planned_days(step), 2), ""))
    for key, materials in (("bpmn_needs", [need.material for need in step.needs]), ("bpmn_yields", [*step.yields])):
        if materials:
            known = catalogue.materials
            names = [named(lang, known[m].name) if m in known else m for m in materials]
            yield say(lang, key, names=say(lang, "list_and").join(names))
    for (earlier, later), origin in graph.edges(process).items():
        if later == name:
            yield say(lang, "bpmn_after", step=named(lang, process.steps[earlier].name), why=_why(lang, origin))
    if step.fails and step.fails.redo not in (None, name):
        yield say(lang, "bpmn_redo", step=named(lang, process.steps[step.fails.redo].name))


def _why(lang: Lang, origin: str) -> str:
    known = (graph.ORDER, graph.NATURE, graph.MATERIAL)
    return say(lang, f"bpmn_why {origin}") if origin in known else origin
