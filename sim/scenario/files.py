"""The register of the kinds of files: what each holds, where it stands, and which checks it goes through."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.core.register import register
from sim.scenario import file_checks as checks
from sim.scenario.amendments import Amendments
from sim.scenario.library import Library
from sim.scenario.measured import measured_file
from sim.scenario.scenario import Scenario
from sim.scenario.scenario_checks import scenario_findings
from sim.spec.base import Model, Name
from sim.spec.catalogue import Catalogue
from sim.spec.findings import Finding
from sim.spec.measured import Measured
from sim.spec.overlay import CalendarOverlay
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import SourceBook

_ID, _GROUP = "ID.yaml", "GROUP"


@dataclass(frozen=True)
class FileKind:
    """A kind of file."""

    id: str
    name: Name
    model: type[Model]
    """What it holds."""
    stands: tuple[str, ...]
    """Where such files stand under the root; ID stands for any name, GROUP for any folder."""
    findings: Callable[[Any, Library], Iterator[Finding]]
    """What is wrong with one whose every key is right."""

    @property
    def schema(self) -> str:
        """The name of its schema file."""
        return f"{self.id}.schema.json"

    @cached_property
    def shared(self) -> str | None:
        """The name that every such file has; None where it is the id of what it holds."""
        name = Path(self.stands[0]).name
        return None if name == _ID else name

    @cached_property
    def folder(self) -> str | None:
        """The name of the folder in which only such files stand; None where there is none."""
        parent = Path(self.stands[0]).parent.name
        return parent if self.shared is None and parent != _GROUP else None

    def fits(self, path: Path) -> bool:
        """Whether a file of this kind would have that name, or stand in that folder."""
        return path.name == self.shared or (self.folder is not None and path.absolute().parent.name == self.folder)

    def paths(self, root: Path) -> list[Path]:
        """The files under `root` that stand where such files do and no other kind claims; a fixed one first."""
        patterns = [pattern.replace(_GROUP, "**").replace(_ID, "*.yaml") for pattern in self.stands]
        fixed = [root / pattern for pattern in patterns if "*" not in pattern]
        found = sorted({path for pattern in patterns for path in root.glob(pattern)}.difference(fixed))
        folders = {folder for folder in {path.parent for path in found} if _in_sight(folder, root)}
        seen = (path for path in found if path.parent in folders and not path.name.startswith("."))
        return [*fixed, *(path for path in seen if kind_at(path) in (self, None))]


def _in_sight(folder: Path, root: Path) -> bool:
    """Whether a folder is not behind a link to one; `strays` tells of what is, and of hidden files."""
    above = [one for one in (folder, *folder.parents) if one.is_relative_to(root)][:-2]
    return not any(one.is_symlink() for one in above)


FILES = register(
    [
        FileKind(
            "process",
            Name(zh="流程", en="process"),
            Process,
            ("processes/GROUP/ID.yaml",),
            checks.process_file,
        ),
        FileKind(
            "place",
            Name(zh="地点", en="place"),
            Place,
            ("processes/places/ID.yaml",),
            checks.place_file,
        ),
        FileKind(
            "scenario",
            Name(zh="情景", en="scenario"),
            Scenario,
            ("scenarios/ID.yaml",),
            scenario_findings,
        ),
        FileKind(
            "materials",
            Name(zh="材料目录", en="catalogue of materials"),
            Catalogue,
            ("processes/materials.yaml", "processes/GROUP/materials.yaml"),
            checks.citing_file,
        ),
        FileKind(
            "measured",
            Name(zh="实测", en="measurements of a place"),
            Measured,
            ("processes/measured/ID.yaml",),
            measured_file,
        ),
        FileKind(
            "practice",
            Name(zh="办理惯例", en="practice rule"),
            Practice,
            ("processes/practice.yaml",),
            checks.citing_file,
        ),
        FileKind(
            "sources",
            Name(zh="来源目录", en="shared sources"),
            SourceBook,
            ("processes/sources.yaml", "processes/GROUP/sources.yaml"),
            checks.citing_file,
        ),
        FileKind(
            "amendments",
            Name(zh="国家规定的变动", en="amendments"),
            Amendments,
            ("processes/GROUP/amendments.yaml",),
            checks.amendments_file,
        ),
        FileKind(
            "overlay",
            Name(zh="日历", en="calendar overlay"),
            CalendarOverlay,
            ("scenarios/calendars/ID.yaml",),
            checks.overlay_file,
        ),
    ]
)
"""Id → every kind of file; a new one is one entry here."""


def kind_at(path: Path) -> FileKind | None:
    """The kind of file that has this name or stands in this folder; None where neither tells."""
    return next((kind for kind in FILES.values() if kind.fits(path)), None)


def file_kind(model: type[Model]) -> FileKind:
    """The kind of file that holds such a model."""
    return next(kind for kind in FILES.values() if kind.model is model)


def strays(root: Path, known: Collection[Path] = ()) -> dict[Path, str]:
    """What is under `processes/` and `scenarios/` and read as nothing though it looks like a spec: place → why.

    Nothing is said of what is known.
    """
    folders = sorted({Path(pattern).parts[0] for kind in FILES.values() for pattern in kind.stands})
    found: dict[Path, str] = {}

    def closed(error: OSError) -> None:
        found[Path(error.filename)] = f"this folder cannot be read: {error.strerror}; mend its rights, or move it away"

    for folder in folders if root.is_dir() else ():
        for here, inner, files in os.walk(root / folder, onerror=closed):
            links = (Path(here, name) for name in inner if Path(here, name).is_symlink())
            found |= dict.fromkeys(links, "a link to a folder, which is not followed; put the folder itself here")
            looking = (Path(here, name) for name in files if Path(name).suffix.lower() in SUFFIXES)
            found |= {path: _astray(path) for path in looking if path not in known}
    of_kinds = {path for kind in FILES.values() for path in kind.paths(root)} if found else set()
    return {path: found[path] for path in sorted(found) if path not in of_kinds}


def _astray(path: Path) -> str:
    """Why a file that looks like a spec is not read."""
    if path.name.startswith(LOCK):
        return f"an editor has {path.name.removeprefix(LOCK)} open and not saved; save it, or delete this lock"
    if path.name.startswith("."):
        return "a hidden file, which is not read; delete it, or call it otherwise"
    if path.suffix != ".yaml":
        return f"a file of the library ends in .yaml; rename it to {path.stem}.yaml, as it is it is not read"
    return "nothing reads this folder; move it to scenarios/"


LOCK = ".#"
"""How the name of the lock begins that an editor puts beside a file with changes that are not saved."""
SUFFIXES = (".yaml", ".yml")
"""How files end that look like specs."""
