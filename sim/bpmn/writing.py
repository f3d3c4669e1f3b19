"""A process as BPMN 2.0 with its diagram, as programs that draw processes read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bpmn_io import BpmnModdle

from sim.bpmn.blocks import END, START, Blocks, Flow, Node, blocks
from sim.bpmn.placing import Box, Placed, placed
from sim.bpmn.telling import flow_words, lane_words, task_words
from sim.core.version import VERSION
from sim.report.words import Lang, named
from sim.spec.catalogue import Catalogue
from sim.spec.place import Place
from sim.spec.process import Process
from sim.text.plain import named as cut
from sim.text.plain import plain

NAMESPACE = "http://bpmn.io/schema/bpmn"
"""Of processes that no engine runs."""

LONGEST = 80
"""Letters of a name that stand in a box; the documentation has the whole of a longer one."""


class Writer:
    """The elements of one process, each made once."""

    def __init__(self, process: Process, place: Place | None, catalogue: Catalogue, lang: Lang) -> None:
        self.moddle = BpmnModdle()
        self.process, self.place, self.catalogue, self.lang = process, place, catalogue, lang
        self.blocks: Blocks = blocks(process)
        self.nodes = {node.id: self._node(node) for block in self.blocks.blocks.values() for node in block.nodes}
        self.flows = {flow.id: self._flow(flow) for flow in self.blocks.flows()}

    def make(self, kind: str, **fields: Any) -> Any:
        """An element of a kind; nothing of it that is empty."""
        return self.moddle.create(kind, {key: value for key, value in fields.items() if value not in ("", None)})

    def _node(self, node: Node) -> Any:
        if node.id != node.step:
            return self.make(f"bpmn:{node.shape}", id=node.id)
        step = self.process.steps[node.step]
        whole = plain(named(self.lang, step.name))
        name = cut(whole, LONGEST)
        longer = [whole] if name != whole else []
        told = plain("; ".join([*longer, *task_words(self.lang, self.process, node.step, self.catalogue)]))
        said = [self.make("bpmn:Documentation", text=told)]
        called = {"calledElement": f"process-{step.call}"} if step.call else {}
        return self.make(f"bpmn:{node.shape}", id=node.id, name=name, documentation=said, **called)

    def _flow(self, flow: Flow) -> Any:
        source, target = self.nodes[flow.source], self.nodes[flow.target]
        said = plain(flow_words(self.lang, self.process, flow))
        made = self.make("bpmn:SequenceFlow", id=flow.id, name=said, sourceRef=source, targetRef=target)
        source.get("outgoing").append(made)
        target.get("incoming").append(made)
        return made

    def lanes(self) -> dict[str, str]:
        """Block → its lane; the ends stand in the lanes of the first and the last step."""
        steps = {name: lane_words(self.lang, step, self.place) for name, step in self.process.steps.items()}
        inner = [name for name in self.blocks.blocks if name not in (START, END)]
        return {START: steps[inner[0]], **{name: steps[name] for name in inner}, END: steps[inner[-1]]}

    def definitions(self) -> Any:
        """The whole: the pool, the process with its lanes, the diagram."""
        lanes, of = self.lanes(), self.process.id
        where = placed(self.blocks, lanes)
        name = plain(named(self.lang, self.process.name))
        rows = {lane: self.make("bpmn:Lane", id=f"lane-{i}", name=plain(lane), flowNodeRef=self._of(lane, lanes))
                for i, lane in enumerate(where.lanes, 1)}  # fmt: skip
        process = self.make("bpmn:Process", id=f"process-{of}", name=name, isExecutable=False)
        process.get("laneSets").append(self.make("bpmn:LaneSet", id=f"lanes-{of}", lanes=[*rows.values()]))
        process.get("flowElements").extend([*self.nodes.values(), *self.flows.values()])
        pool = self.make("bpmn:Participant", id=f"pool-{of}", name=name, processRef=process)
        whole = self.make("bpmn:Collaboration", id=f"collaboration-{of}", participants=[pool])
        plane = self.make("bpmndi:BPMNPlane", id=f"plane-{of}", bpmnElement=whole,
                          planeElement=[*self._drawn(where, pool, rows)])  # fmt: skip
        diagram = self.make("bpmndi:BPMNDiagram", id=f"diagram-{of}", plane=plane)
        return self.make("bpmn:Definitions", id=f"definitions-{of}", targetNamespace=NAMESPACE,
                         exporter="reform-simulator", exporterVersion=VERSION, rootElements=[whole, process],
                         diagrams=[diagram])  # fmt: skip

    def _of(self, lane: str, lanes: dict[str, str]) -> list[Any]:
        own = (block.nodes for name, block in self.blocks.blocks.items() if lanes[name] == lane)
        return [self.nodes[node.id] for nodes in own for node in nodes]

    def _drawn(self, where: Placed, pool: Any, rows: dict[str, Any]) -> Iterator[Any]:
        yield self._shape(pool, where.pool, isHorizontal=True)
        for lane, row in rows.items():
            yield self._shape(row, where.lanes[lane], isHorizontal=True)
        for node, box in where.nodes.items():
            yield self._shape(self.nodes[node], box)
        for flow, points in where.ways.items():
            way = [self.make("dc:Point", x=x, y=y) for x, y in points]
            label = self._label(where.labels[flow]) if flow in where.labels else None
            yield self.make(
                "bpmndi:BPMNEdge", id=f"edge-{flow}", bpmnElement=self.flows[flow], waypoint=way, label=label
            )

    def _shape(self, element: Any, box: Box, **more: Any) -> Any:
        ident = f"shape-{element.get('id')}"
        return self.make("bpmndi:BPMNShape", id=ident, bpmnElement=element, bounds=self._bounds(box), **more)

    def _label(self, box: Box) -> Any:
        return self.make("bpmndi:BPMNLabel", bounds=self._bounds(box))

    def _bounds(self, box: Box) -> Any:
        return self.make("dc:Bounds", x=box.x, y=box.y, width=box.width, height=box.height)


def bpmn(process: Process, place: Place | None, catalogue: Catalogue, lang: Lang) -> str:
    """Return a process as BPMN 2.0 XML; departments have the names that the place gives them, else their ids."""
    writer = Writer(process, place, catalogue, lang)
    return str(writer.moddle.to_xml(writer.definitions(), {"format": True}).xml)
