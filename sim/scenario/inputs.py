"""The hash of the inputs: whether two results rest on the same files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sim.scenario.library import Input, Library, Spec
from sim.scenario.scenario import Scenario
from sim.spec.calls import called
from sim.spec.measured import Measured
from sim.spec.overlay import CalendarOverlay
from sim.spec.place import Place
from sim.spec.process import Process


def inputs_hash(spec: Spec[Scenario], calendar: Spec[CalendarOverlay] | None, library: Library,
                tables: Iterable[Input]) -> str:  # fmt: skip
    """Return the SHA-256 over the bytes of all files that a scenario rests on.

    Those are its own, its calendar, its tables of arrivals, its place with what was measured there, its processes and
    those they call, and what all files share: practice, sources, materials, amendments. Where they stand does not
    matter.
    """
    own = [Input.of(spec), *([Input.of(calendar)] if calendar else []), *tables]
    rested_on = sorted([*own, *(i for i in library.inputs if _used(i, spec.model, library))])
    lines = "".join(f"{i.kind} {i.id} {i.sha256}\n" for i in rested_on)
    return hashlib.sha256(lines.encode()).hexdigest()


def _used(file: Input, scenario: Scenario, library: Library) -> bool:
    if file.kind == Process.__name__:
        return any(file.id in called(process, library.processes) for process in scenario.demand)
    return file.kind not in (Place.__name__, Measured.__name__) or file.id == scenario.place
