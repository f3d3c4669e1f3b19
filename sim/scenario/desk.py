"""Where a question begins: the library under a folder, and its scenarios by name, ready to run."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from sim.core import roots
from sim.core.doors import Door
from sim.core.errors import Fault, PlannerError, SpecError, named, unknown
from sim.core.phases import phase
from sim.scenario.library import Library, Spec
from sim.scenario.load import load_scenario, read_library, scenario_paths
from sim.scenario.prepare import prepared_with
from sim.scenario.prepared import Prepared
from sim.scenario.scenario import Scenario
from sim.scenario.setting import NowhereError
from sim.scenario.settings import fitting
from sim.text import yamlio


def load(root: Path | str | None = None) -> Library:
    """Return the library under a folder with `processes/` and `scenarios/`.

    When left out it is that of the current folder, else that of the project. A file with faults is left out, with a
    warning; what needs it is refused when it is asked for.
    """
    library = read_library(roots.library_root(None if root is None else Path(root)))
    for note in library.left_out():
        warnings.warn(note, stacklevel=2)
    return library


def prepare(scenario: Path | str, library: Library, settings: Sequence[str] = ()) -> Prepared:
    """Return a scenario ready to run, given by its id or as the path of a YAML file.

    `settings` are tried as if its files said so: `after.告知承诺.uptake=0.6`, `demand.x.per_year*=1.3`. Raises
    PlannerError where there is none of that name or a setting means nothing, SpecError with every fault of the file.
    """
    return prepared_with(scenario_path(scenario, library.root), library, settings)


def scenario_path(scenario: Path | str, root: Path) -> Path:
    """Return the file of a scenario, given by its id or as the path of a YAML file; raises PlannerError."""
    if isinstance(scenario, Path) or scenario.endswith((".yaml", ".yml")):
        return Path(scenario)
    known = {path.stem: path for path in scenario_paths(root)}
    if scenario not in known:
        ids = [key for key, path in known.items() if scenario in _names(path)]
        raise PlannerError(named(scenario, ids) if ids else unknown("scenario", scenario, known))
    return known[scenario]


def _names(path: Path) -> Collection[str]:
    """What a scenario is called in its file; nothing where that cannot be read."""
    try:
        name = yamlio.read(path).data.get("name")
    except SpecError:
        return ()
    return name.values() if isinstance(name, dict) else ()


def prepare_all(
    paths: Iterable[Path], library: Library, wanted: Callable[[Scenario], object], settings: Sequence[str] = ()
) -> tuple[dict[str, Prepared], dict[str, PlannerError]]:
    """Return the scenarios of these files that are wanted, ready to run, and what is wrong with the others.

    Both by the name of the file, by its path where two have one name: a file with faults keeps no other from being
    run. A setting is tried on every scenario that has what it speaks of; raises PlannerError where none has it.
    """
    ready: dict[str, Prepared] = {}
    wrong: dict[str, PlannerError] = {}
    nowhere: list[Mapping[str, NowhereError]] = []
    for path in dict.fromkeys(paths):
        name = str(path) if path.stem in {*ready, *wrong} else path.stem
        try:
            spec = load_scenario(path, library)
            if wanted(spec.model):
                texts, left = fitting(spec, library, settings) if settings else ([], {})
                nowhere.append(left)
                ready[name] = prepared_with(path, library, texts)
        except PlannerError as error:
            wrong[name] = error
    if nowhere and (everywhere := set.intersection(*map(set, nowhere))):
        raise next(error for text, error in nowhere[0].items() if text in everywhere)
    return ready, wrong


class Desk:
    """Where the commands work: the library and the scenarios under a root, read when first asked for."""

    settings: Sequence[str] = ()
    """What is tried on every scenario that is made ready here."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.reports = roots.reports_folder(root)
        self._told: set[str] = set()
        self._notes: list[str] = []

    @cached_property
    def library(self) -> Library:
        """Everything under processes/ that is right; raises SpecError where nothing is without what is wrong."""
        return read_library(self.root)

    @property
    def notes(self) -> list[str]:
        """What is wrong with files that nothing asked for rests on, a line each."""
        read = self.__dict__.get("library")  # a command that needs no library has nothing to note
        return [*self._notes, *(read.left_out(self._told) if read else [])]

    def told(self, error: PlannerError) -> None:
        """Remember that the faults of some files are told."""
        self._told |= {fault.file for fault in getattr(error, "faults", ())}

    def scenarios(self) -> list[Spec[Scenario]]:
        """All scenarios that are right; the others are noted."""
        found = []
        for path in self.paths:
            try:
                found.append(load_scenario(path, self.library))
            except SpecError as error:
                self.note(error)
        return found

    def note(self, error: PlannerError) -> None:
        """Note a scenario that is wrong and that nothing asked for."""
        self.told(error)
        faults: tuple[Fault, ...] = getattr(error, "faults", ())
        number = f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'}"
        files = " and ".join(dict.fromkeys(fault.file for fault in faults))
        self._notes.append(f"{files} is wrong and left out ({number}); `run.py validate` tells what to mend")

    def headline(self, name: str) -> bool:
        """Whether a scenario that is wrong says that `run.py` alone runs it."""
        path = self.path(name)
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        return bool(re.search(r"^headline: *true", text, re.MULTILINE))

    @property
    def paths(self) -> list[Path]:
        """The files of all scenarios."""
        return scenario_paths(self.root)

    def path(self, name: str) -> Path:
        """The file of a scenario, given by its id or as a path; raises PlannerError."""
        return scenario_path(name, self.root)

    def prepare(self, name: str) -> Prepared:
        """A scenario ready to run, given by its id or as a path; raises SpecError with every fault."""
        library = self.library
        with phase("library"):
            return prepare(name, library, self.settings)

    def ready(
        self, paths: Iterable[Path], wanted: Callable[[Scenario], object]
    ) -> tuple[dict[str, Prepared], dict[str, PlannerError]]:
        """The scenarios of these files that are wanted, ready to run, and what is wrong with others."""
        library = self.library
        with phase("library"):
            return prepare_all(paths, library, wanted, self.settings)

    def to_check(self, names: Sequence[str]) -> tuple[dict[str, Prepared], dict[str, PlannerError]]:
        """The scenarios of these names that have targets, of all where none is named, and what is wrong with others.

        One without targets is wrong where it is named, or where none has any; raises PlannerError where there is none.
        """
        ready, wrong = self.ready([self.path(name) for name in names] or self.paths, lambda _: True)
        asked = {name: prepared for name, prepared in ready.items() if prepared.scenario.targets}
        if names or not (asked or wrong):
            bare = [name for name in ready if name not in asked]
            wrong |= {name: PlannerError(f"{name}: it has no targets to check; add some") for name in bare}
        if not (asked or wrong):
            raise PlannerError(f"no scenario below {self.root}, nothing to check; name a file, or another root")
        return asked, wrong

    def door(self, out: Path | None, name: str, files: tuple[str, ...]) -> Door:
        """The folder for files: the one asked for, else the one of this name under reports/."""
        if out is not None:
            return Door("--out", out, files)
        return Door("the report", self.reports / name, files, "name another folder with --out")

    def over_all(self, out: Path | None = None) -> tuple[Door, ...]:
        """The page over all runs, which stands beside reports in their own folders; none where one was asked for."""
        return (
            ()
            if out is not None
            else (Door("the report", self.reports, ("index.html",), "name another folder with --out"),)
        )
