"""What a reform is: data with one method that rewrites a process, or a place."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, get_args

from pydantic import AfterValidator, Field, GetJsonSchemaHandler

from sim.reforms.primitives import Rewrite
from sim.spec import graph
from sim.spec.base import Id, Name
from sim.spec.catalogue import Material
from sim.spec.place import Place
from sim.spec.process import Process
from sim.spec.sources import Source, Sourced


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    twice = [name for i, name in enumerate(names) if name in names[:i]]
    if twice:
        raise ValueError(f"{twice[0]} is named twice; name it once")
    return names


Ids = Annotated[tuple[Id, ...], Field(min_length=1, strict=False), AfterValidator(_once)]
Probability = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True)
class Context:
    """What a reform may look up besides the process it rewrites."""

    materials: Mapping[str, Material]
    sources: Mapping[str, Source]


class _Reform(Sourced):
    """A reform, with the source that orders it."""

    english: ClassVar[tuple[str, ...]]
    """What it is called in English, under each of the Chinese names that `reform` may be."""
    aliases: ClassVar[Mapping[str, str]] = {}
    """What plans call it too → which of its Chinese names is meant."""

    process: Id | None = None
    """Process it changes; may be left out when the scenario has one."""

    @classmethod
    def names(cls) -> tuple[Name, ...]:
        """What it is called; the Chinese name is how a scenario writes it."""
        chinese = get_args(cls.model_fields["reform"].annotation)
        return tuple(Name(zh=zh, en=en) for zh, en in zip(chinese, cls.english, strict=True))

    @classmethod
    def other_names(cls) -> Mapping[str, str]:
        """Every other name by which a scenario may write it → the Chinese one that it goes by."""
        return {**{name.en: name.zh for name in cls.names()}, **cls.aliases}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The schema, which offers every name that is accepted."""
        schema = super().__get_pydantic_json_schema__(core_schema, handler)
        written = handler.resolve_ref_schema(schema)["properties"]["reform"]
        written.pop("const", None)
        written["enum"] = [*(name.zh for name in cls.names()), *cls.other_names()]
        return schema


class ProcessReform(_Reform):
    """A reform of one process."""

    @abstractmethod
    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The rewritten process; raises ReformError where the reform is refused."""


class PlaceReform(_Reform):
    """A reform of a place's staff or hours."""

    @abstractmethod
    def rewrite_place(self, place: Place) -> Place:
        """The changed place; raises ReformError where the reform is refused."""


def fixed(earlier: str, later: str, origin: str, context: Context) -> str:
    """Why an edge may not go."""
    law = context.sources.get(origin)
    why = {
        graph.NATURE: "it cannot be otherwise",
        graph.MATERIAL: f"{later} needs what {earlier} yields",
    }.get(origin)
    return f"{earlier} → {later} is a legal edge ({law.citation if law else why}) and may not be dropped"
