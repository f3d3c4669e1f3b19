"""Specs that the language brings forth: each field of each model may stand there, with a value of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from types import NoneType
from typing import Any, get_args

from pydantic import ValidationError

from sim.core.errors import PlannerError
from sim.records.units import published_in
from sim.reforms.apply import World, untouched
from sim.reforms.base import Context, PlaceReform
from sim.reforms.register import REFORMS
from sim.scenario.scenario import Demand
from sim.scenario.target import Target
from sim.scenario.trial import tried
from sim.spec.base import Model, Name
from sim.spec.calls import expanded
from sim.spec.catalogue import Material
from sim.spec.findings import Known
from sim.spec.forms import circle
from sim.spec.kinds import KINDS
from sim.spec.place import Opening, Place, StaffGroup
from sim.spec.process import Process
from sim.spec.process_checks import process_findings
from sim.spec.shape import Shape, fields, shape
from sim.spec.sources import Assumption, Law
from sim.spec.step import Step
from sim.text import yamlio
from tests.bare import FILES

SOURCES = ("act", "guess", "rule")
USUAL = (0, 0.1, 0.3, 0.5, 0.9, 1, 1, 2, 3, 5, 8, 20, 45, 0.01, 100, 400, 5000)
NAME = {"zh": "名", "en": "Name"}
DEPARTMENTS, HOURS, FORMS = ("bureau", "hall", "seals"), ("office", "late"), ("f", "g")
MATERIALS = ("form", "plan", "map", "permit", "licence", "design")
ATTRIBUTES = {"flag": True, "size": {"at_least": 5}, "sort": "red"}
STEP_FIELDS = tuple(field for field in fields(Step) if field not in ("call", "name", "kind"))
TRIES = 12
"""How often a part is made anew that no file could hold."""
DATES = ("2024-03-04", "2025-12-31", "2026-12-21", "2020-01-01", "2030-06-01", "2059-01-01", "2004-01-02", "2024-02-10")


def valid(model: type[Model], plain: Any) -> bool:
    """Whether a part of a spec is one."""
    try:
        model.model_validate(plain)
    except ValidationError:
        return False
    return True


def known() -> Known:
    """What every process that is born may name."""
    sources = {
        "act": Law(kind="law", title="法", article="第一条"),
        "rule": Law(kind="law", title="规", article="第二条", valid_from="2020-01-01"),
        "guess": Assumption(kind="assumption", why="made up", range=(0, 100)),
    }
    name = Name(zh="名", en="Name")
    papers = {m: Material(name=name, issuer="applicant", deferrable=True, shareable=True) for m in MATERIALS}
    return Known(sources, papers, {name: {} for name in DEPARTMENTS})


def holds(plain: dict[str, Any]) -> bool:
    """Whether a process has no fault, but perhaps for its calls."""
    return valid(Process, plain) and not next(process_findings(Process.model_validate(plain), known()), None)


class Birth:
    """One library being born."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.steps: list[str] = [f"s{i}" for i in range(draw.choice((1, 2, 3, 4, 5, 6, 8, 12, 30)))]
        self.processes = ["p", "inner"][: draw.choice((1, 1, 2))]
        self.variants = ["before", "after", "last"][: draw.choice((1, 2, 2, 3))]
        self._pools: Mapping[str, tuple[str, ...]] = {
            **dict.fromkeys(("steps", "step", "before", "redo", "into", "output"), tuple(self.steps)),
            **dict.fromkeys(("materials", "material", "needs", "yields", "instead"), MATERIALS),
            **dict.fromkeys(("at", "window", "department", "acting"), DEPARTMENTS),
            **dict.fromkeys(("source", "basis", "law"), SOURCES),
            **dict.fromkeys(("process", "call"), tuple(self.processes)),
            **dict.fromkeys(("variant", "start"), tuple(self.variants)), "after": tuple(self.steps),
            **dict.fromkeys(("exclude", "include"), tuple(KINDS)),
            "attribute": tuple(ATTRIBUTES), "by": ("officers", "window", "inspectors"), "form": FORMS, "hours": HOURS,
            "role": ("officers", "window"), "place": ("town",),
        }  # fmt: skip

    def files(self) -> dict[str, str]:
        """File → what is in it."""
        plain: dict[str, Any] = {
            "processes/sources.yaml": {"sources": {
                "act": {"kind": "law", "title": "法", "article": "第一条"},
                "rule": {"kind": "law", "title": "规", "article": "第二条", "valid_from": "2020-01-01"},
                "guess": {"kind": "assumption", "why": "made up", "range": [0, 100]},
            }},
            "processes/materials.yaml": {"materials": {m: self._material() for m in MATERIALS}},
            "processes/places/town.yaml": self._place(),
        }  # fmt: skip
        processes = {p: self._process(p) for p in self.processes}
        plain |= {f"processes/g/{p}.yaml": process for p, process in processes.items()}
        plain["scenarios/q.yaml"] = self._scenario(self._world(processes, plain["processes/places/town.yaml"]))
        if self.chance(0.2):
            of_processes = [reform for reform in REFORMS if not issubclass(reform, PlaceReform)]
            reform = {**self.value(self.draw.choice(of_processes), "reform"), "process": "p", "source": "rule"}
            plain["processes/amendments.yaml"] = {"amendments": [reform]}
        return {"processes/practice.yaml": FILES["processes/practice.yaml"]} | {
            name: yamlio.dump(data) for name, data in plain.items()
        }

    def _material(self) -> dict[str, Any]:
        issuer = self.draw.choice(("applicant", "applicant", "agency", "certificate"))
        return {"name": NAME, "issuer": issuer, "deferrable": self.draw.random() < 0.5, "shareable": self.chance(0.5)}

    def _place(self) -> dict[str, Any]:
        office = {"periods": ["09:00-12:00", "13:00-17:00"], "source": "guess"}
        late = self.value(Opening, "opening") if self.chance(0.3) else {**office, "days": "every_day"}
        departments: dict[str, Any] = {d: {"name": NAME} for d in DEPARTMENTS}
        for name in DEPARTMENTS:
            if self.chance(0.6):
                groups = [self._group() for _ in range(self.draw.choice((1, 1, 2)))]
                departments[name]["staff"] = {self.draw.choice(("officers", "officers", "window")): groups}
        if self.chance(0.3):
            departments["seals"] = {"by": "bureau"}
        return {"id": "town", "name": NAME, "hours": {"office": office, "late": late}, "departments": departments}

    def _group(self) -> dict[str, Any]:
        group: dict[str, Any] = {"hours": self.draw.choice(HOURS), "source": "guess"}
        if self.chance(0.5):
            return group | {"utilisation": self.draw.choice((0.3, 0.8, 0.99))}
        if self.chance(0.5):
            return group | {"count": self.draw.choice((1, 2, 5)), "other": {"share": 0.5, "source": "guess"}}
        return group | self.some(StaffGroup, ("count",))

    def _process(self, name: str) -> dict[str, Any]:
        attributes = {
            "flag": {"share": self.draw.choice((0, 0.3, 1)), "source": "guess"},
            "sort": {"values": {"red": 0.4, "blue": 0.6}, "source": "guess"},
            "size": {"number": self.draw.choice((5, {"uniform": [1, 9]}, {"exponential": 4})), "source": "guess"},
        }
        plain: dict[str, Any] = {"id": name, "name": NAME, "summary": "born", "attributes": attributes, "steps": {}}
        for i, s in enumerate(self.steps):
            versions = ({**plain, "steps": {**plain["steps"], s: self._step(i)}} for _ in range(TRIES))
            plain = next(filter(holds, versions), plain)
        if name == "p" and len(self.processes) > 1 and self.chance(0.6):
            plain["steps"]["s0"] = {"name": NAME, "call": "inner"}
        for _ in range(self.draw.choice((0, 2, 5, 10))):
            plain = self._more(plain)
        return plain

    def _more(self, plain: dict[str, Any]) -> dict[str, Any]:
        """The process with one more thing said of it; mostly what may be said of it."""
        if self.chance(0.15):
            field = self.draw.choice(("urgent", "one_time_notice", "online", "overdue", "fetched", "helped"))
            more = {**plain, field: self.value(fields(Process)[field], field)}
        else:
            name, field = self.draw.choice(self.steps), self.draw.choice(STEP_FIELDS)
            step = {**plain["steps"][name], field: self.value(fields(Step)[field], field)}
            more = {**plain, "steps": {**plain["steps"], name: step}}
        return more if holds(more) or self.chance(0.02) else plain

    def _step(self, number: int) -> dict[str, Any]:
        kind = self.draw.choice([*KINDS, *["approval"] * 4])
        step: dict[str, Any] = {"name": NAME, "kind": kind}
        if KINDS[kind].official:
            step |= {"at": self.draw.choice(DEPARTMENTS), "limit": {"statutory": self._duration()}}
        else:
            step["duration"] = self._duration()
        if KINDS[kind].procedure:
            step |= {"procedure": "听证"}
        waits = self.draw.sample(self.steps[:number], min(number, self.draw.choice((0, 1, 1, 2))))
        step["after"] = dict.fromkeys(waits, self.draw.choice(("order", "nature", "act")))
        if self.chance(0.5):
            step["needs"] = self.draw.sample(MATERIALS, self.draw.choice((1, 2)))
        if self.chance(0.15):
            step["yields"] = [MATERIALS[number % len(MATERIALS)]]
        if self.chance(0.2):
            step["form"] = self.draw.choice(FORMS)
        return step

    def _duration(self) -> dict[str, Any]:
        unit = self.draw.choice(("days", "days", "calendar_days", "hours", "minutes"))
        return {unit: self.draw.choice((0, 0.5, 1, 5, 20, 60)), "source": self.draw.choice(("act", "guess"))}

    def _condition(self) -> dict[str, Any]:
        return {name: ATTRIBUTES[name] for name in self.draw.sample(list(ATTRIBUTES), 1)}

    def _world(self, processes: dict[str, Any], place: Any) -> World | None:
        """The processes and the place before any reform; none where one of them is no process or no place."""
        if not (valid(Place, place) and all(map(holds, processes.values()))):
            return None
        made = {p: Process.model_validate(plain) for p, plain in processes.items()}
        whole = {p: expanded(process, made) for p, process in made.items()}
        return None if any(map(circle, whole.values())) else untouched(whole, Place.model_validate(place))

    def _reform(self, world: World | None) -> tuple[dict[str, Any], World | None]:
        """A reform, mostly one that may stand, and the world after it."""
        known_ = known()
        context = Context(known_.materials, known_.sources)
        for _ in range(TRIES):
            kind = self.draw.choice(REFORMS)
            plain = self.value(kind, "reform")
            if world is None or not valid(kind, plain):
                break
            try:
                return plain, tried(world, kind.model_validate(plain), context)[0]
            except PlannerError:
                if self.chance(0.03):
                    break
            except Exception:  # what the campaign is for: the input shows it
                return plain, None
        return plain, world

    def _scenario(self, world: World | None) -> dict[str, Any]:
        yearly = self.draw.choice((1, 200, 10_000))
        demand: dict[str, Any] = {p: {"per_year": yearly, "cases": 5, "source": "guess"} for p in self.processes}
        if self.chance(0.2):
            demand["p"] = {**self.value(Demand, "demand"), "cases": 5}
        variants: dict[str, Any] = {v: {"name": NAME} for v in self.variants}
        for name in self.variants[1:]:
            variants[name]["reforms"] = []
            for _ in range(self.draw.choice((0, 1, 2, 3, 5))):
                reform, world = self._reform(world)
                variants[name]["reforms"].append(reform)
            if self.chance(0.1):
                variants[name] |= {"share": 0.5, "source": "guess"}
        targets = [self._target(i) for i in range(self.draw.choice((0, 1, 2)))]
        start = self.draw.choice(DATES[:1] * 8 + DATES)
        return {"id": "q", "name": NAME, "place": "town", "start": start, "demand": demand, "variants": variants,
                "targets": targets}  # fmt: skip

    def _target(self, number: int) -> dict[str, Any]:
        """A target in a unit that its measure has."""
        plain = self.value(Target, "target")
        plain |= {"id": f"T{number}", "variant": plain.get("variant", self.variants[-1])}
        if not self.chance(0.3):
            plain.pop("scope", None)
        if valid(Target, plain) and not self.chance(0.05):
            plain["unit"] = self.draw.choice(published_in(Target.model_validate(plain).value_unit))
        return plain

    # -- any value of the language -------------------------------------------------------------------------------

    def chance(self, of: float) -> bool:
        """True so often."""
        return self.draw.random() < of

    def some(self, model: Any, names: Any) -> dict[str, Any]:
        """Some fields of a model."""
        return {name: self.value(fields(model)[name], name) for name in names}

    def value(self, annotation: Any, key: str) -> Any:
        """A value of what an annotation asks for; `key` tells which names may stand there."""
        here = shape(annotation)
        if here.choices:
            return self.draw.choice(here.choices)
        if here.model:
            return self._model(here)
        if here.members:
            written = here.extra("json_schema_input_type")
            if written is not None and self.chance(0.5) and key in self._pools:
                return self.draw.choice(self._pools[key])
            return self.value(self.draw.choice(here.members), key)
        args = get_args(here.core)
        if here.origin is dict:
            if key in ("when", "unless"):
                return self._condition()
            pool = shape(args[0]).choices or self._pools.get(key, self.steps)
            return {self.draw.choice(pool): self.value(args[1], "source" if key == "after" else key)}
        if here.origin is tuple:
            count = self.draw.choice((1, 1, 2)) if args[-1] is Ellipsis else len(args)
            items = [self.value(args[0], key) for _ in range(count)]
            return items if args[-1] is Ellipsis or self.chance(0.1) else sorted(items)
        return self._plain(here, key)

    def _model(self, here: Shape) -> Any:
        model = here.model
        assert model is not None
        required = [field.alias or name for name, field in model.model_fields.items() if field.is_required()]
        others = [name for name in fields(model) if name not in required]
        found: dict[str, Any] = {}
        for _ in range(TRIES):
            chosen = self.draw.sample(others, min(len(others), self.draw.choice((0, 1, 1, 2, 3))))
            found = self.some(model, [*required, *chosen])
            if valid(model, found):
                break
        return found

    def _plain(self, here: Shape, key: str) -> Any:
        if here.core in (bool, NoneType):
            return self.chance(0.5)
        if here.core in (float, int):
            low, high = here.extra("ge") or here.extra("gt") or 0, here.extra("le") or here.extra("lt") or 10**6
            usual = [x for x in USUAL if low <= x <= high and (here.core is float or isinstance(x, int))]
            return self.draw.choice(usual or [low]) if here.core is int or self.chance(0.9) else self.draw.random()
        pattern = here.extra("pattern") or ""
        if "-" in pattern and ":" in pattern:
            return self.draw.choice(("08:00-12:00", "09:00-17:00", "00:00-24:00", "12:00-13:00"))
        if ":" in pattern:
            return self.draw.choice(("09:00", "14:30", "00:00", "23:59"))
        if pattern == r"^\d\d-\d\d$":
            return self.draw.choice(("03-01", "10-01", "12-31", "02-29", "01-01"))
        if r"\d\d\d\d" in pattern or r"\d{4}" in pattern:
            return self.draw.choice(DATES)
        return self.draw.choice(self._pools.get(key, ("text", *self.steps)))


def born(draw: Random) -> dict[str, str]:
    """A library whose every part is of the language; most hold, some do not."""
    return Birth(draw).files()
