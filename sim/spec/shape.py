"""What may stand at a place of a spec: the models' annotations, followed along the data that was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import Discriminator, Field, Tag
from pydantic.fields import FieldInfo
from typing_inspection.introspection import AnnotationSource, get_literal_values, inspect_annotation, is_union_origin

from sim.spec.base import Model


@dataclass(frozen=True)
class Shape:
    """What an annotation asks for, without its wrapping: `Annotated[X, m] | None` is X with extras (m,)."""

    core: Any
    extras: tuple[Any, ...]

    @property
    def origin(self) -> Any:
        """`Union`, `Literal`, dict, tuple, or the class itself."""
        origin = get_origin(self.core) or self.core
        return Union if is_union_origin(origin) else origin

    @property
    def model(self) -> type[Model] | None:
        """The model it is, if it is one."""
        return self.core if isinstance(self.core, type) and issubclass(self.core, Model) else None

    @property
    def members(self) -> tuple[Any, ...]:
        """Members of a union but None; nothing for anything else."""
        return tuple(a for a in get_args(self.core) if a is not NoneType) if self.origin is Union else ()

    @property
    def choices(self) -> tuple[Any, ...]:
        """Values of a Literal; nothing for anything else."""
        return tuple(get_literal_values(self.core)) if self.origin is Literal else ()

    @property
    def tag(self) -> str | Callable[[Any], Any] | None:
        """The key, or the function, that tells which member of a union is meant."""
        for extra in self.extras:
            tag = extra.discriminator if isinstance(extra, Discriminator) else getattr(extra, "discriminator", None)
            if tag is not None:
                return tag.discriminator if isinstance(tag, Discriminator) else tag
        return None

    def extra(self, name: str) -> Any:
        """Return a constraint such as `ge`, `min_length` or `pattern`; None where there is none."""
        found = [getattr(e, name, None) for e in self.extras]
        return next((x for x in found if x is not None), None)


def shape(annotation: Any) -> Shape:
    """Return the shape of an annotation."""
    found = inspect_annotation(annotation, annotation_source=AnnotationSource.ANY)
    here = Shape(found.type, tuple(_flat(found.metadata)))
    if len(here.members) != 1:
        return here
    alone = shape(here.members[0])
    return Shape(alone.core, (*here.extras, *alone.extras))


def _flat(metadata: Sequence[Any]) -> Iterator[Any]:
    for extra in metadata:
        yield extra
        if isinstance(extra, FieldInfo):
            yield from extra.metadata


def models(annotation: Any) -> list[type[Model]]:
    """Return every model that may stand at a place, or below it, in the order of the reading."""
    found: dict[type[Model], None] = {}
    waiting = [annotation]
    while waiting:
        here = shape(waiting.pop(0))
        if here.model is None:
            waiting[:0] = [arg for arg in get_args(here.core) if not here.choices]
        elif here.model not in found:
            found[here.model] = None
            waiting[:0] = fields(here.model).values()
    return list(found)


def fields(model: type[Model]) -> dict[str, Any]:
    """Return key → annotation of every field of a model."""
    return {key: _annotation(field) for key, field in written(model).items()}


def written(model: type[Model]) -> dict[str, FieldInfo]:
    """Return every field of a model by the key under which it is written."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _annotation(field: FieldInfo) -> Any:
    tag = [Field(discriminator=field.discriminator)] if field.discriminator else []
    extras = (*field.metadata, *tag)
    return Annotated[field.annotation, *extras] if extras else field.annotation


def member(union: Shape, data: Any) -> Any:
    """Return the member of a union that data means, by its tag or else by its form; None where none fits."""
    if union.tag is None:
        return next((m for m in union.members if _fits(shape(m), data)), None)
    return next((m for m in union.members if _tag(union.tag, data) in tags(union, m)), None)


def _tag(tag: str | Callable[[Any], Any], data: Any) -> Any:
    if callable(tag):
        return tag(data)
    return data.get(tag) if isinstance(data, dict) else None


def tags(union: Shape, member: Any) -> tuple[Any, ...]:
    """Return the tags by which a member of a tagged union is meant."""
    inner = shape(member)
    if isinstance(union.tag, str) and inner.model:
        return shape(fields(inner.model)[union.tag]).choices
    return tuple(e.tag for e in inner.extras if isinstance(e, Tag))


def _fits(wanted: Shape, data: Any) -> bool:
    if wanted.model or wanted.origin is dict:
        return isinstance(data, dict)
    if wanted.origin is tuple:
        return isinstance(data, list)
    if wanted.origin is float:
        return isinstance(data, int | float) and not isinstance(data, bool)
    if wanted.choices:
        return isinstance(data, type(wanted.choices[0]))
    return isinstance(data, wanted.core)


@dataclass(frozen=True)
class Location:
    """A place in a file."""

    path: tuple[str | int, ...]
    """The keys and list positions that lead there, as the planner wrote them."""
    wanted: Any
    """Annotation of what is wanted there; None where nothing may stand."""
    inside: type[Model] | None = None
    """The model in which its last key stands, if it stands in one."""
    stray: bool = False
    """Whether it lies in a member of a union that the data does not mean."""


def locate(kind: Any, data: Any, loc: Sequence[str | int]) -> Location:
    """Return the place that a location of pydantic means: its names of union members are no part of the path.

    A place inside a form that stands for another (a need written as a bare id) is that of the form itself.
    """
    path: list[str | int] = []
    inside: type[Model] | None = None
    key: Any = None
    for part in loc:
        if part == "[key]":
            return Location(tuple(path), key, inside)  # the key just passed is wrong
        here = shape(kind)
        if here.members:
            meant = member(here, data)
            if meant is None:
                return Location(tuple(path), kind, inside)
            if here.tag is None and not _named(shape(meant), str(part)):
                return Location(tuple(path), kind, inside, stray=True)
            kind = meant
            continue
        if here.origin is tuple and (not isinstance(data, list) or int(part) >= len(data)):
            break
        key = get_args(here.core)[0] if here.origin is dict else None
        kind, inside = _below(here, part), here.model
        if isinstance(data, dict | list):
            path.append(part)
            data = data.get(part) if isinstance(data, dict) else data[int(part)]
    return Location(tuple(path), kind, inside)


def _named(wanted: Shape, tag: str) -> bool:
    """Return whether pydantic's name of a union's member, such as `tuple[str, ...]`, is that of this one."""
    if wanted.model:
        return wanted.model.__name__ in tag
    return tag.split("[")[0] == ("literal" if wanted.choices else wanted.origin.__name__)


def _below(here: Shape, part: str | int) -> Any:
    """Return what is wanted one part further down; None where nothing may stand."""
    if here.model:
        return fields(here.model).get(str(part))
    args = get_args(here.core)
    if here.origin is dict:
        return args[1]
    if here.origin is tuple:
        return args[0 if args[-1] is Ellipsis else int(part)]
    return None
