"""The library put together from its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.scenario.amendments import Amendments
from sim.scenario.library import Broken, Input, Library, Spec
from sim.scenario.private import joined
from sim.spec.base import Model
from sim.spec.catalogue import Catalogue
from sim.spec.measured import Measured
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import SourceBook


def assembled(
    root: Path,
    shared: Sequence[Spec[Any]],
    processes: Mapping[str, Process],
    groups: Mapping[str, str],
    inputs: Iterable[Input],
    right: Iterable[Path],
    broken: Iterable[Broken] = (),
) -> Library | None:
    """Return the library of all that processes share and of the processes; None without a practice rule.

    `right` are the files of both.
    """

    def of(kind: type[Model]) -> Iterator[Any]:
        return (spec.model for spec in shared if isinstance(spec.model, kind))

    practice = next(of(Practice), None)
    if practice is None:
        return None
    return Library(
        root=root,
        sources={key: source for book in of(SourceBook) for key, source in book.sources.items()},
        catalogue=joined(list(of(Catalogue))),
        practice=practice,
        places={place.id: place for place in of(Place)},
        processes=processes,
        amendments=tuple(of(Amendments)),
        groups=groups,
        measured={measured.id: measured for measured in of(Measured)},
        inputs=tuple(inputs),
        broken=tuple(sorted(broken, key=lambda file: file.file)),
        right=frozenset(right),
    )
