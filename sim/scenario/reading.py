"""One file as a model, and what is wrong with it: every fault at once, with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.core.errors import Fault, SpecError
from sim.scenario import checks, wording
from sim.scenario.extremes import extremes
from sim.scenario.library import Library, Spec
from sim.scenario.officially import officially
from sim.scenario.said import Others, nobody
from sim.spec.base import Model
from sim.text import yamlio
from sim.text.document import Document

M = TypeVar("M", bound=Model)


def read(path: Path, kind: type[M], others: Others = nobody) -> Spec[M]:
    """Return the file as a model, without checks against other files; raise SpecError with every fault.

    `others` tells what other files call things, for names that stand where ids should.
    """
    return modelled(path, yamlio.read(path), kind, others)


def modelled(path: Path, document: Document, kind: type[M], others: Others) -> Spec[M]:
    """Return the document of a file as a model; raise SpecError with every fault."""
    document = officially(document)
    faults = list(wording.empty(document))
    try:
        model = kind.model_validate(document.data)
    except ValidationError as error:
        raise SpecError([*faults, *wording.faults(document, kind, error, others)]) from None
    if faults:
        raise SpecError(faults)
    return Spec(path, document, model)


def faults_of(spec: Spec[Any], library: Library) -> Iterator[Fault]:
    """Yield every fault of a file whose every key is right, checked against the library."""
    if extreme := list(extremes(spec.document)):
        yield from extreme  # no other check has to reckon with them
        return
    stem = spec.path.stem
    name = getattr(spec.model, "id", stem)
    if name != stem:
        message = f"the id is not the file's name: write {stem}, or call the file {name}.yaml"
        yield spec.fault(("id",), message)
    for finding in checks.findings(spec.model, library):
        yield spec.fault(*finding)
