"""A scenario with settings that a planner tries: its files changed in memory, and checked as if they said so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from sim.core.errors import Fault, SpecError
from sim.scenario.addresses import PLACE, PRACTICE, PROCESS, SCENARIO, Papers, Spot, cited_beside, spots
from sim.scenario.files import FILES
from sim.scenario.library import Input, Library, Spec
from sim.scenario.load import load_document, load_scenario
from sim.scenario.scenario import Scenario
from sim.scenario.setting import OFF, NowhereError, Setting, setting
from sim.spec.calls import called
from sim.spec.sources import Assumption
from sim.text import yamlio
from sim.text.document import Document, KeyPath, dotted, without

Key = tuple[str, str]
"""Kind and id of a file."""


class Officers(NamedTuple):
    """A setting of officers whose number follows from an assumed utilisation: it speaks of those there are today."""

    department: str
    role: str
    setting: Setting


@dataclass(frozen=True)
class Made:
    """What a setting changed."""

    setting: str
    """As it was written."""
    owner: str
    """The file, by the id of what it holds."""
    path: str
    old: Any
    """What was written there; None for nothing."""
    new: Any
    """What stands there now; None where it is only known when officers are counted."""
    officers: tuple[str, str] | None = None
    """Department and role, where it is the number of officers that no file states."""


@dataclass(frozen=True)
class Settings:
    """The settings of a scenario, and what of them only those who count officers can reckon."""

    made: tuple[Made, ...] = ()
    officers: tuple[Officers, ...] = ()
    demand: Mapping[str, float] = field(default_factory=dict)
    """Process → how many times as many cases come as its file says, where that was set."""


NOTHING_SET = Settings()


def with_settings(path: Path, library: Library, texts: Sequence[str]) -> tuple[Spec[Scenario], Library, Settings]:
    """Return a scenario and its library as if their files said what is set.

    Raises PlannerError for a setting that means nothing here, SpecError with every fault, each with the settings that
    brought it about.
    """
    spec = load_scenario(path, library)
    if not texts:
        return spec, library, NOTHING_SET
    bench = _Bench(spec, library)
    for one in map(setting, texts):
        bench.apply(one)
    try:
        changed, after = bench.checked()
    except SpecError as error:
        raise named(error, bench.made) from None
    return changed, after, Settings(tuple(bench.made), tuple(bench.officers), _faster(spec.model, changed.model))


def papers(path: Path, library: Library) -> Papers:
    """Return the files of a scenario as plain data; raises PlannerError."""
    return _Bench(load_scenario(path, library), library).papers


def fitting(spec: Spec[Scenario], library: Library, texts: Sequence[str]) -> tuple[list[str], dict[str, NowhereError]]:
    """Return the settings that lead somewhere in a scenario, and of each other one why it does not.

    Raises PlannerError for one that leads somewhere and means nothing there.
    """
    bench, found, nowhere = _Bench(spec, library), [], {}
    for one in map(setting, texts):
        try:
            bench.apply(one)
            found.append(one.text)
        except NowhereError as error:
            nowhere[one.text] = error
    return found, nowhere


def written(path: Path, library: Library, texts: Sequence[str]) -> tuple[Document, Document, list[Made]]:
    """Return the file of a scenario, the same with what is set in it, and what is set in other files.

    Raises PlannerError for a setting that means nothing here.
    """
    spec = load_scenario(path, library)
    bench = _Bench(spec, library)
    for one in map(setting, texts):
        bench.apply(one)
    here = (SCENARIO, spec.model.id)
    elsewhere = [made for made in bench.made if made.owner != spec.model.id or made.officers]
    return spec.document, without(bench.files[here][1], bench.out), elsewhere


def named(error: SpecError, made: Sequence[Made]) -> SpecError:
    """Return the faults of files that were right before, each with the settings that brought it about."""
    return SpecError([replace(f, message=f"{f.message}; set by {_culprits(f, made)}") for f in error.faults])


def _culprits(fault: Fault, made: Sequence[Made]) -> str:
    """The settings at or around the place of a fault, else all of that file, else all."""
    here = [one for one in made if one.owner == Path(fault.file).stem]
    near = [one for one in here if _overlap(one.path, fault.path)]
    return " and ".join(dict.fromkeys(f"--set {one.setting}" for one in near or here or made))


def _overlap(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and (long == short or long.startswith((f"{short}.", f"{short}[")))


def _faster(before: Scenario, after: Scenario) -> dict[str, float]:
    def yearly(scenario: Scenario, process: str) -> float:
        demand = scenario.demand[process]
        return 0.0 if isinstance(demand.arrivals, str) else demand.yearly

    pairs = {p: (yearly(before, p), yearly(after, p)) for p in after.demand if p in before.demand}
    return {p: now / then for p, (then, now) in pairs.items() if then and now and then != now}


class _Bench:
    """The files of a scenario, as documents that settings change one after another."""

    def __init__(self, spec: Spec[Scenario], library: Library) -> None:
        self.spec, self.library = spec, library
        self.made: list[Made] = []
        self.officers: list[Officers] = []
        self.files: dict[Key, tuple[Path, Document]] = {(SCENARIO, spec.model.id): (spec.path, spec.document)}
        self._read(PLACE, spec.model.place)
        self._read(PRACTICE, PRACTICE)
        for process in dict.fromkeys(p for name in spec.model.demand for p in sorted(called(name, library.processes))):
            self._read(PROCESS, process)
        self.changed: dict[Key, list[str]] = {}
        self.out: set[KeyPath] = set()
        """Reforms that are taken out, by where they stand; they go last, so that others are still found by number."""

    def _read(self, kind: str, name: str) -> None:
        path = next(path for path in FILES[kind].paths(self.library.root) if path.stem == name)
        self.files[kind, name] = path, yamlio.read(path)

    @property
    def papers(self) -> Papers:
        """The files as they stand now."""
        data = {key: document.data for key, (_, document) in self.files.items()}
        processes = {name: written for (kind, name), written in data.items() if kind == PROCESS}
        scenario, place = data[SCENARIO, self.spec.model.id], data[PLACE, self.spec.model.place]
        return Papers(scenario, place, data[PRACTICE, PRACTICE], processes)

    def apply(self, one: Setting) -> None:
        """Change what a setting speaks of; raises PlannerError."""
        papers = self.papers
        for spot in spots(one, papers):
            if one.takes_out and isinstance(papers.value(spot), Mapping):
                self.out.add(spot.path)
                self._note(one, spot, papers.value(spot)["reform"], OFF)
            elif spot.officers:
                self._staff(one, spot, papers)
            elif spot.path[0] == "targets" and papers.value(spot) is None and len(spot.path) == 2:
                self._write(one, spot, _target(one, papers))
            else:
                self._write(one, spot, one.of(self._present(spot, papers.value(spot))))

    def _staff(self, one: Setting, spot: Spot, papers: Papers) -> None:
        """Change a number of officers: a stated one at its place, one that is only assumed when it is known."""
        group, (department, role) = papers.value(spot), spot.officers or ("", "")
        if one.operator == "=" and not isinstance(one.value, int):
            address = ".".join(map(str, one.parts))
            raise one.wrong(f"officers are a whole number, found {one.value}; or write {address}.utilisation")
        count = self._counted(department, role) or group.get("count")
        if count is None:
            self.officers.append(Officers(department, role, one))
            self._note(one, spot, f"utilisation {group['utilisation']:g}", None, (department, role))
            return
        self._write(one, spot._replace(path=(*spot.path, "count")), round(one.on(count)), count)
        self._forget(spot._replace(path=(*spot.path, "utilisation")))

    def _counted(self, department: str, role: str) -> int | None:
        """The officers that the place's own records count, where its file only assumes them."""
        measured = self.library.measured.get(self.spec.model.place)
        counted = measured.staff.get(department, {}).get(role) if measured else None
        groups = self.library.places[self.spec.model.place].departments[department].staff[role]
        return counted.count if counted and len(groups) == 1 and self._assumed(groups[0].source) else None

    def _assumed(self, key: str) -> bool:
        place = self.library.places[self.spec.model.place]
        return isinstance(self.library.sources_of(place, self.spec.model).get(key), Assumption)

    def _present(self, spot: Spot, written: Any) -> Any:
        """The value in force: what the place's own records say of a demand that its file assumes, else what stands."""
        if spot.kind != SCENARIO or spot.path[0] != "demand" or spot.path[-1] != "per_year":
            return written
        process, measured = str(spot.path[1]), self.library.measured.get(self.spec.model.place)
        found = measured.processes.get(process) if measured else None
        assumed = self._assumed(self.spec.model.demand[process].source)
        return found.demand.per_year if found and found.demand and assumed else written

    def _write(self, one: Setting, spot: Spot, new: Any, old: Any = None) -> None:
        key, written = (spot.kind, spot.id), self.papers.value(spot)
        path, document = self.files[key]
        data = deepcopy(document.data)
        _put(data, spot.path, new)
        self.files[key] = path, replace(document, data=data)
        self._note(one, spot, written if old is None else old, new)

    def _forget(self, spot: Spot) -> None:
        """Take a key out that what was written in its place leaves no room for."""
        path, document = self.files[spot.kind, spot.id]
        data = deepcopy(document.data)
        _at(data, spot.path[:-1]).pop(spot.path[-1], None)
        self.files[spot.kind, spot.id] = path, replace(document, data=data)

    def _note(self, one: Setting, spot: Spot, old: Any, new: Any, officers: tuple[str, str] | None = None) -> None:
        where = dotted(spot.path)
        self.changed.setdefault((spot.kind, spot.id), []).append(f"{where} {one.operator} {one.value!r}")
        self.made.append(Made(one.text, spot.id, where, old, new, officers))

    def checked(self) -> tuple[Spec[Scenario], Library]:
        """The scenario and its library after all settings; raises SpecError."""
        library = self._unmeasured()
        for kind, name in (key for key in self.changed if key[0] != SCENARIO):
            path, document = self._hashed((kind, name))
            library = _with(library, kind, load_document(path, document, FILES[kind].model, library))
        path, document = self._hashed((SCENARIO, self.spec.model.id))
        return load_document(path, document, Scenario, library), library

    def _hashed(self, key: Key) -> tuple[Path, Document]:
        """A document whose hash tells it from that of its file."""
        path, document = self.files[key]
        told = "\n".join([document.sha256, *self.changed.get(key, [])])
        left = without(document, self.out) if key[0] == SCENARIO else document
        return path, replace(left, sha256=hashlib.sha256(told.encode()).hexdigest())

    def _unmeasured(self) -> Library:
        """The library without the measurements in whose place something is set."""
        place = self.spec.model.place
        measured = self.library.measured.get(place)
        if measured is None:
            return self.library
        plain = measured.model_dump(exclude_none=True, by_alias=True)
        for way in filter(None, (_measurement(kind, path) for (kind, _), path in self._paths())):
            _drop(plain, way)
        left = type(measured).model_validate(plain)
        return replace(self.library, measured={**self.library.measured, place: left})

    def _paths(self) -> Iterator[tuple[Key, tuple[str, ...]]]:
        for key, texts in self.changed.items():
            for text in texts:
                parts = text.split(" ")[0].replace("[", ".").replace("]", "").split(".")
                yield key, ((key[1], *parts) if key[0] == PROCESS else tuple(parts))


def _measurement(kind: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """Where measurements of what is set would stand; nothing where there are none of its sort."""
    match kind, path:
        case ("scenario", ("demand", process, *_)):
            return ("processes", process, "demand")
        case ("place", ("departments", department, "staff", role, *_)):
            return ("staff", department, role)
        case ("practice", (key, *_)):
            return ("practice", key)
        case ("process", (process, "steps", step, *_)):
            return ("processes", process, "steps", step)
    return ()


def _drop(plain: dict[str, Any], way: Iterable[str]) -> None:
    *above, last = way
    inner: Any = plain
    for key in above:
        inner = inner.get(key, {})
    inner.pop(last, None)


def _target(one: Setting, papers: Papers) -> dict[str, Any]:
    """A target that is only asked, called by its address; on the authority of what the demand rests on."""
    key = str(one.parts[1])
    return {"id": key, "name": {"zh": key, "en": key}, "source": cited_beside(papers.scenario["demand"]), **one.value}


def _put(data: Any, path: KeyPath, new: Any) -> None:
    """Write a value, and the part in which it stands where that is not there, on the authority of the one beside it."""
    *way, last = path
    if way and isinstance(around := _at(data, way[:-1]), dict):
        around.setdefault(way[-1], [] if isinstance(last, int) else {"source": cited_beside(around)})
    within = _at(data, way)
    if isinstance(within, list) and last == len(within):
        within.append(new)
    else:
        within[last] = new


def _at(data: Any, path: Iterable[str | int]) -> Any:
    for part in path:
        data = data[part]
    return data


def _with(library: Library, kind: str, spec: Spec[Any]) -> Library:
    """The library with one file in the place of the one of its kind and id."""
    model, inputs = spec.model, Input.of(spec)
    inputs_now = tuple(inputs if (i.kind, i.id) == (inputs.kind, inputs.id) else i for i in library.inputs)
    changed: dict[str, dict[str, Any]] = {
        PLACE: {"places": {**library.places, getattr(model, "id", ""): model}},
        PROCESS: {"processes": {**library.processes, getattr(model, "id", ""): model}},
        PRACTICE: {"practice": model},
    }
    return replace(library, inputs=inputs_now, **changed[kind])
