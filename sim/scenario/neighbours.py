"""The files that a scenario names: a calendar, a table of arrivals."""

from __future__ import annotations

from pathlib import Path

from sim.core.errors import SpecError
from sim.scenario.library import Spec
from sim.scenario.scenario import Scenario


def neighbour(spec: Spec[Scenario], key: tuple[str, ...], name: str, root: Path) -> Path:
    """Return the file of a name that a scenario gives under a key, relative to itself.

    Raises SpecError where there is none, and where it lies neither below the root of the library nor below the
    scenario's own folder, links followed: nobody's other files are read, and told of.
    """
    path = spec.path.parent / name
    if not _is_file(path):
        raise SpecError([spec.fault(key, f"no file {name} from here; mend the name")])
    if not any(path.resolve().is_relative_to(folder.resolve()) for folder in (root, spec.path.parent)):
        wrong = f"{name} is outside the library and is not read; put the file below its root"
        raise SpecError([spec.fault(key, wrong)])
    return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that is longer than the system takes, or has a character that none may have
        return False
