"""Files to start from: a place, a process or a scenario, commented, that validates as it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from string import Template
from typing import Literal, get_args

from sim.core.errors import PlannerError, SpecError, unknown
from sim.scenario.files import FILES
from sim.scenario.library import Library
from sim.scenario.load import load_document
from sim.scenario.prepare import prepare
from sim.scenario.scenario import Scenario
from sim.spec.catalogue import Material
from sim.spec.place import Department, Place
from sim.text.reading import shown
from sim.text.yamlio import parse

Beginning = Literal["place", "process", "scenario"]
BEGINNINGS: tuple[Beginning, ...] = get_args(Beginning)
GROUP = "drafts"
"""Folder of processes that belong to no group yet."""
_FOLDER = Path(__file__).parent / "beginnings"
_ID = re.compile(r"^[a-z][a-z0-9_]*$")
_MATERIALS = 2
_HOURS = {"window": "hall"}
"""Role → the hours it keeps, where they are not those of the office."""
_REFORMS = ("{reform: 限时办结, compression: 0.5, source: reform_to_check}",
            "{reform: 一次性告知, source: reform_to_check}",
            "{reform: 帮办代办, factor: 0.5, source: reform_to_check}")  # fmt: skip
"""Reforms of which a scenario begins with the first that changes anything."""
_AFTER = "  after:\n    name: {zh: 改革后, en: After}\n    reforms:\n      - "
_NO_AFTER = "  # after: {name: {zh: 改革后, en: After}, reforms: [{reform: …, source: reform_to_check}]}"
_BUREAU = "  approval_bureau: {name: {zh: 行政审批局, en: Approval bureau}}"
"""The department of a place where no other tells which there are."""


@dataclass(frozen=True)
class Asked:
    """What is asked for besides the kind and the id; what is left out is chosen."""

    group: str = GROUP
    """Folder of a process."""
    process: str | None = None
    """Process of a scenario."""
    place: str | None = None
    """Place of a scenario, and the one whose departments a new place has too; else those of all places."""
    lang: str = "zh"
    """Language of the comments."""


def begun(kind: Beginning, name: str, library: Library, asked: Asked) -> tuple[Path, str]:
    """Return where the file of a new place, process or scenario belongs, and its text.

    Raises PlannerError where the id is none, or is taken, or what it would rest on is missing.
    """
    if not _ID.match(name):
        raise PlannerError(f"an id is of small letters, digits and _, a letter first; found {name!r}")
    path = place_of(kind, name, library, asked.group)
    texts = {"place": _place, "process": _process, "scenario": _scenario}
    return path, texts[kind](path, library, asked)


def place_of(kind: Beginning, name: str, library: Library, group: str) -> Path:
    """Return where such a file belongs; raises PlannerError where there is one of the id, or no such folder may be."""
    if not _ID.match(group):
        raise PlannerError(f"--group: a folder is of small letters, digits and _, a letter first; found {group!r}")
    path = library.root / FILES[kind].stands[0].replace("GROUP", group).replace("ID", name)
    taken = [file for file in FILES[kind].paths(library.root) if file.stem == name]
    if taken or path.exists():
        raise PlannerError(f"there is {shown((taken or [path])[0])} already; choose another id")
    return path


def _filled(kind: Beginning, lang: str, **values: str) -> str:
    template = (_FOLDER / f"{kind}.{lang}.yaml").read_text(encoding="utf-8")
    return Template(template).substitute(values)


def _process(path: Path, library: Library, asked: Asked) -> str:
    """A process at the department that most steps name of those that every place has, with common materials."""
    places = list(library.places.values())
    everywhere = [d for d in _departments(library) if all(d in place.departments for place in places)]
    if not everywhere:
        raise PlannerError("there is no department that every place has; begin with `run.py new place ID`")
    steps = [step for process in library.processes.values() for step in process.steps.values()]
    handled = Counter(step.at for step in steps)
    needed = Counter(need.material for step in steps for need in step.needs)
    handed_in = (m for m, material in library.catalogue.materials.items() if _handed_in(material))
    materials = sorted(handed_in, key=lambda m: -needed[m])[:_MATERIALS]
    department = max(everywhere, key=lambda d: handled[d])
    return _filled("process", asked.lang, id=path.stem, department=department, materials=", ".join(materials))


def _handed_in(material: Material) -> bool:
    """Whether an applicant has it, so that no step has to yield it."""
    return material.issuer == "applicant"


def _departments(library: Library) -> list[str]:
    return list(dict.fromkeys(name for place in library.places.values() for name in place.departments))


def _place(path: Path, library: Library, asked: Asked) -> str:
    """A place with the departments of another, or of all, called without its name, each with the roles it has there."""
    other = _known("place", asked.place, library.places)
    found: dict[str, str] = {}
    for place in [library.places[other]] if other else library.places.values():
        found = {key: _department(key, department, place) for key, department in place.departments.items()} | found
    departments = "\n".join(found.values() or [_BUREAU])
    return _filled("place", asked.lang, id=path.stem, departments=departments)


def _department(key: str, department: Department, place: Place) -> str:
    """A department as a place writes it: as many as a utilisation asks for in each role that it has elsewhere."""
    if department.name is None:
        return f"  {key}: {{by: {department.by}}}"
    zh, en = (dumps(_bare(name, place), ensure_ascii=False) for name in (department.name.zh, department.name.en))
    lines = [f"  {key}:", f"    name: {{zh: {zh}, en: {en}}}", *(["    staff:"] if department.staff else [])]
    for role in department.staff:
        group = f"utilisation: 0.7, hours: {_HOURS.get(role, 'office')}, source: utilisation_to_check"
        lines.append(f"      {role}: [{{{group}}}]")
    return "\n".join(lines)


def _bare(called: str, place: Place) -> str:
    """What a department is called without the names of its city and district, with 市, 区 and the like or without."""
    own = re.findall(r".+?(?:[市区县旗州盟]|$)", place.name.zh)
    for name in (*own, *(part[:-1] for part in own), *place.name.en.split(", ")):
        called = called.replace(name, "") or called
    return " ".join(called.split())


def _scenario(path: Path, library: Library, asked: Asked) -> str:
    """A scenario with the first reform that changes its process, or with none where none of them does."""
    process = _known("process", asked.process, library.processes) or _likely(path.stem, library)
    place = _known("place", asked.place, library.places) or next(iter(library.places), "")
    if not process or not place:
        raise PlannerError("a scenario asks of a process in a place; begin with `run.py new place ID`, then a process")
    wrong: list[SpecError] = []
    for after in (*(_AFTER + reform for reform in _REFORMS), _NO_AFTER):
        text = _filled("scenario", asked.lang, id=path.stem, place=place, process=process, after=after)
        try:
            prepare(load_document(path, parse(text, shown(path)), Scenario, library), library)
        except SpecError as error:
            wrong.append(error)
            continue
        return text
    raise wrong[-1]


def _likely(name: str, library: Library) -> str:
    """The process whose id the scenario's begins with, the longest of several; else the first."""
    alike = [process for process in library.processes if name.startswith(process)]
    return max(alike, key=len, default=next(iter(library.processes), ""))


def _known(kind: str, name: str | None, known: Iterable[str]) -> str | None:
    """The name that is asked for; raises PlannerError where it is not known."""
    if name is not None and name not in known:
        raise PlannerError(unknown(kind, name, known))
    return name
