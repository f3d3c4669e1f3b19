"""Processes exchanged with programs that draw them, in BPMN 2.0."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import networkx as nx
import pytest
from bpmn_io import check

from sim.bpmn.blocks import blocks
from sim.bpmn.placing import Box, placed
from sim.bpmn.reading import Choice, Drawn, Task, parsed
from sim.bpmn.starting import started
from sim.bpmn.telling import lane_words
from sim.bpmn.writing import Writer, bpmn
from sim.cli.diagrams import place_of
from sim.core.errors import PlannerError
from sim.report.words import LANGS, Lang
from sim.scenario.library import Library
from sim.scenario.load import load_library
from sim.spec import graph
from sim.spec.kinds import KINDS
from sim.spec.process import Process
from sim.text.yamlio import parse

from .test_cli import call

ROOT = Path(__file__).parents[1]
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:vendor" id="d" targetNamespace="t">
  <process id="P_1" name="Stalls">
    <laneSet id="ls"><lane id="l1" name=" Approval
      bureau "><flowNodeRef>Activity_1a</flowNodeRef><flowNodeRef>Activity_2</flowNodeRef></lane></laneSet>
    <startEvent id="s"/>
    <task id="Activity_1a" name="Accept" x:colour="red"/>
    <exclusiveGateway id="Gateway_1" name="How large?"/>
    <userTask id="Activity_2" name="Look at it"/>
    <manualTask id="_9" name="Measure it"/>
    <subProcess id="Activity_4" name="Decide"><task id="inner"/></subProcess>
    <exclusiveGateway id="back"/>
    <endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="Activity_1a"/>
    <sequenceFlow id="f2" sourceRef="Activity_1a" targetRef="Gateway_1"/>
    <sequenceFlow id="f3" name="small" sourceRef="Gateway_1" targetRef="Activity_4"/>
    <sequenceFlow id="f4" name="large" sourceRef="Gateway_1" targetRef="Activity_2"/>
    <sequenceFlow id="f5" sourceRef="Gateway_1" targetRef="_9"/>
    <sequenceFlow id="f6" sourceRef="Activity_2" targetRef="Activity_4"/>
    <sequenceFlow id="f7" sourceRef="_9" targetRef="Activity_4"/>
    <sequenceFlow id="f8" sourceRef="Activity_4" targetRef="back"/>
    <sequenceFlow id="f9" sourceRef="back" targetRef="e"/>
    <sequenceFlow id="f10" name="again" sourceRef="back" targetRef="Activity_1a"/>
  </process>
</definitions>
"""


@pytest.fixture(scope="module")
def library() -> Library:
    """The whole library."""
    return load_library(ROOT)


def written(library: Library, process: Process, lang: Lang = "zh") -> str:
    """A process of the library as a diagram."""
    return bpmn(process, place_of(library, process), library.catalogue, lang)


def order(process: Process) -> set[tuple[str, str]]:
    """What waits for what, without what is implied."""
    return set(nx.transitive_reduction(graph.digraph(graph.predecessors(process))).edges)


def test_every_process_of_the_library_comes_back_from_its_diagram(library: Library) -> None:
    """Steps, names, departments, order, conditions and returns are the same; special procedures lose what they are."""
    for name in library.processes:
        process = library.whole(name)
        text = started(parsed(written(library, process), name), "mine", name, library, "zh")
        back = Process.model_validate(parse(text, "mine.yaml").data)
        assert (sorted(back.steps), back.name.zh) == (sorted(process.steps), process.name.zh)
        assert order(back) == order(process)
        for step_id, step in process.steps.items():
            again = back.steps[step_id]
            returns = step.fails is not None and step.fails.redo in (None, step_id)
            told = (again.name.zh, bool(again.when), again.fails is not None)
            assert told == (step.name.zh, bool(step.when), returns), (name, step_id)
            if not KINDS[step.kind].procedure and step.call is None:
                assert again.at == step.at, (name, step_id)


@pytest.mark.parametrize("lang", LANGS)
def test_every_diagram_is_whole(lang: Lang, library: Library) -> None:
    """Nothing refers to what is not there, and the same process is the same file."""
    for name in library.processes:
        process = library.whole(name)
        text = written(library, process, lang)
        report = check(text)
        assert (report.ok, report.errors, report.warnings) == (True, [], []), name
        assert text == written(library, process, lang)


def test_nothing_is_drawn_over_anything_else(library: Library) -> None:
    """No two nodes overlap, none leaves its lane, and no flow runs through a node that it does not lead to or from."""
    for name in library.processes:
        whole = blocks(library.whole(name))
        lanes = Writer(library.whole(name), None, library.catalogue, "en").lanes()
        found = placed(whole, lanes)
        assert not [pair for pair in combinations(found.nodes.values(), 2) if overlap(*pair)], name
        for block_id, block in whole.blocks.items():
            assert all(inside(found.nodes[node.id], found.lanes[lanes[block_id]]) for node in block.nodes), name
        for flow in whole.flows():
            others = [box for node, box in found.nodes.items() if node not in (flow.source, flow.target)]
            lines = [line(*ends) for ends in pairwise(found.ways[flow.id])]
            assert not [box for box in others for drawn in lines if overlap(box, drawn)], (name, flow)
            assert all(drawn.width == 0 or drawn.height == 0 for drawn in lines), (name, flow)


def line(begin: tuple[float, float], end: tuple[float, float]) -> Box:
    """A line as a box without width or without height."""
    (a, b), (c, d) = begin, end
    return Box(min(a, c), min(b, d), abs(a - c), abs(b - d))


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have a point in common."""
    beside = one.x + one.width < other.x or other.x + other.width < one.x
    return not (beside or one.y + one.height < other.y or other.y + other.height < one.y)


def inside(one: Box, other: Box) -> bool:
    """Whether a box lies in another."""
    across = other.x <= one.x and one.x + one.width <= other.x + other.width
    return across and other.y <= one.y and one.y + one.height <= other.y + other.height


def test_steps_may_be_called_as_anything_of_the_diagram(library: Library) -> None:
    """The process, its pool, its lanes, its ends, its flows: a step of the same id stands there beside them."""
    names = ["start_event", "pool", "lane_1", "mine", "diagram", "a", "a_to_b", "b", "a_di", "join_b", "end_event"]
    kind = "name: {zh: 环节, en: Step}, kind: construction, duration: {days: 1, source: s}"
    after = {later: f", after: {{{earlier}: nature}}" for earlier, later in pairwise(names)}
    lines = "\n".join(f"  {name}: {{{kind}{after.get(name, '')}}}" for name in names)
    source = "sources: {s: {kind: assumption, why: made up for a test, range: [1, 2]}}"
    spec = f"id: mine\nname: {{zh: 我的, en: Mine}}\nsummary: made up for a test\n{source}\nsteps:\n{lines}\n"
    process = Process.model_validate(parse(spec, "mine.yaml").data)
    text = bpmn(process, None, library.catalogue, "en")
    report = check(text)
    assert (report.ok, report.errors, report.warnings) == (True, [], [])
    assert [task.id for task in parsed(text, "mine.bpmn").tasks] == names


def test_lanes_are_departments_or_whoever_does_such_steps(library: Library) -> None:
    """By the names of a place that has them all, in the language of the diagram."""
    process = library.whole("high_voltage_power")
    place = place_of(library, process)
    told = {step_id: lane_words("en", step, place) for step_id, step in process.steps.items()}
    company = "State Grid Xinxiang power supply company"
    assert told == dict.fromkeys(process.steps, company) | {
        "customer_design": "agency work",
        "works": "construction",
    }


def test_a_diagram_of_another_program_is_read_as_it_was_drawn() -> None:
    """Tasks in order with lane, waits without those implied, the ways of a choice, and what a flow back returns to."""
    assert parsed(FOREIGN, "stalls.bpmn") == Drawn(
        name="Stalls",
        tasks=[
            Task("Activity_1a", "Accept", "Approval bureau", after=[], when={}),
            Task("Activity_2", "Look at it", "Approval bureau", ["Activity_1a"], {"Gateway_1": [1]}),
            Task("_9", "Measure it", "", ["Activity_1a"], {"Gateway_1": [2]}),
            Task("Activity_4", "Decide", "", ["Activity_2", "_9"], {}),
        ],
        choices={"Gateway_1": Choice("Gateway_1", "How large?", ["small", "large", "3"])},
        again={"Activity_4": "Activity_1a"},
    )


@pytest.mark.parametrize("lang", LANGS)
def test_a_diagram_begins_a_process_that_validates(
    lang: Lang, bare_desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the diagram does not tell is assumed and says so; ids that no spec may have are made ones that it may."""
    (bare_desk / "stalls.bpmn").write_text(FOREIGN, encoding="utf-8")
    made = bare_desk / "processes/drafts/stalls.yaml"
    assert call(bare_desk, "new", "process", "stalls", "--from", str(bare_desk / "stalls.bpmn"), "--lang", lang) == 0
    assert capsys.readouterr().out == f"{made}\nrun.py validate {made}\n"
    assert call(bare_desk, "validate", str(made)) == 0
    assert capsys.readouterr().out == "no faults\n"
    data = parse(made.read_text(encoding="utf-8"), "stalls.yaml").data
    assert {key: source["kind"] for key, source in data["sources"].items()} == {
        "limits_to_check": "assumption",
        "shares_to_check": "assumption",
    }
    assert data["attributes"]["gateway_1"]["values"] == {"small": 0.333, "large": 0.333, "3": 0.334}
    steps = data["steps"]
    assert list(steps) == ["activity_1a", "activity_2", "step_3", "activity_4"]
    assert steps["activity_2"]["when"] == {"gateway_1": "large"}
    assert steps["activity_4"]["after"] == {"activity_2": "order", "step_3": "order"}
    assert steps["activity_4"]["fails"] == {"rate": 0.2, "redo": "activity_1a", "source": "shares_to_check"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<not bpmn", "x.bpmn: it is no BPMN 2.0; save the diagram as BPMN 2.0 XML"),
        (FOREIGN.replace("process", "choreography"),
         "x.bpmn: there is no process in it; save it as BPMN 2.0 XML with a process"),
        (FOREIGN.replace('"_9"', '"审查"'),
         "x.bpmn: a part of it cannot be read: illegal ID <审查>; change it where it was drawn"),
        (FOREIGN[: FOREIGN.index("<laneSet")] + "</process></definitions>",
         "x.bpmn: there is no task in its process; draw one for each step"),
    ],
)  # fmt: skip
def test_what_is_no_diagram_of_a_process_is_told(text: str, told: str) -> None:
    """With what to do."""
    with pytest.raises(PlannerError) as raised:
        parsed(text, "x.bpmn")
    assert str(raised.value) == told


def test_show_writes_the_diagram_before_and_after(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first variant of a scenario and the last; both can be read again."""
    words = ["show", "shop", "--after", "faster", "--out", str(tmp_path)]
    assert call(ROOT / "tests/library", *words) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [f"{tmp_path}/before.bpmn", f"{tmp_path}/after.bpmn"]
    for name in ("before.bpmn", "after.bpmn"):
        assert parsed((tmp_path / name).read_text(encoding="utf-8"), name).tasks
