"""The reference page: every key of every file, from the models themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from inspect import cleandoc
from typing import Any, get_args

from pydantic.fields import FieldInfo

from sim.records.measures.register import MEASURES
from sim.records.statistics import STATISTICS
from sim.scenario.scenario import Variant
from sim.scenario.wishes import words
from sim.spec.amounts import Amount
from sim.spec.attributes import Bounds
from sim.spec.base import Model, Name
from sim.spec.durations import Duration, Factor, Share
from sim.spec.kinds import NOT_COUNTED_BY_LAW, OFFICIAL, OUTSIDE, Procedure
from sim.spec.shape import fields, models, shape
from sim.spec.sources import Source

_PLACES = {
    "process": "`processes/GROUP/ID.yaml`",
    "place": "`processes/places/ID.yaml`",
    "scenario": "`scenarios/ID.yaml`",
    "materials": "`processes/materials.yaml`, `processes/GROUP/materials.yaml`",
    "practice": "`processes/practice.yaml`",
    "sources": "`processes/sources.yaml`, `processes/GROUP/sources.yaml`",
    "amendments": "`processes/GROUP/amendments.yaml`",
    "overlay": "what a scenario names as its `calendar`",
}
_INTRODUCTION = """\
# The language of the specs

Every key of every file. This page is generated from the models that check the files; do not edit it.

Files are YAML in UTF-8. An id is of small letters, digits and `_`, a letter first; that of a process, a place or
a scenario is the name of its file. A key that is not listed here is a fault. An editor completes and checks a file
whose first line is `# yaml-language-server: $schema=` and the path of its schema in `processes/schema/`."""
_SOURCE = """\
Every number names its `source`: the key of one of these, under `sources` of the same file or of
`processes/sources.yaml`. A key means one source everywhere."""
_AMOUNT = "A number of at least 0, or one of these distributions."
_CONDITION = """\
Attributes of the process, each with the value that a case must have: true or false for a share, a text for one of
its values, these bounds for a number. All must hold; nothing written holds for every case."""
_COMMON = {"Source": (_SOURCE, Source), "Amount": (_AMOUNT, Amount), "Condition": (_CONDITION, Bounds)}


def reference_page(files: Mapping[str, type[Model]]) -> str:
    """Return the page in Markdown, for the model of each kind of file."""
    sections = [_INTRODUCTION, *_parts(), *_files(files), *_reforms(), *_kinds(), *_measures(), *_statistics()]
    return "\n\n".join(sections) + "\n"


def common() -> list[type[Model]]:
    """Return the models that files of all kinds are made of."""
    return [m for part in (Name, Source, Amount, Bounds, Duration, Share, Factor) for m in models(part)]


def reforms() -> list[type[Model]]:
    """Return every reform that a variant may name."""
    return [m for m in models(shape(fields(Variant)["reforms"]).core) if "reform" in m.model_fields]


def _parts() -> Iterator[str]:
    yield "## Parts of all files"
    told: dict[type[Model], None] = dict.fromkeys(models(Name))
    yield from _models(told)
    for title, (text, part) in _COMMON.items():
        yield f"### {title}"
        yield text
        yield from _models(models(part))
    yield "### Numbers with their source"
    yield from _models((Duration, Share, Factor))


def _files(files: Mapping[str, type[Model]]) -> Iterator[str]:
    yield "## Files"
    yield _table(("file", "what it holds"), ((_PLACES[name], _link(model.__name__)) for name, model in files.items()))
    told = dict.fromkeys([*common(), *reforms()])
    for name, model in files.items():
        new = [m for m in models(model) if m not in told]
        told |= dict.fromkeys(new)
        yield f"## A file of kind {name}"
        yield from _models(new)


def _reforms() -> Iterator[str]:
    yield "## Reform"
    yield "An item of `reforms` of a variant; its key `reform` says which of these it is."
    for reform in reforms():
        yield from _model(reform, "、".join(shape(fields(reform)["reform"]).choices))


def _kinds() -> Iterator[str]:
    yield "## Kinds of steps"
    office = "handled by a department (`at`) within its `limit`, or in its `work` and `circulation`"
    outside = "takes its `duration`, or the `work` of a department (`at`)"
    rows = [(f"`{kind}`", "yes", office) for kind in OFFICIAL] + [(f"`{kind}`", "no", outside) for kind in OUTSIDE]
    yield _table(("kind", "counted", "time"), rows)
    others = [p for p in get_args(Procedure) if p not in NOT_COUNTED_BY_LAW]
    yield f"Procedures that stop the clock by statute: {'、'.join(NOT_COUNTED_BY_LAW)}."
    yield f"Procedures that need a `basis` to stop it: {'、'.join(others)}."


def _measures() -> Iterator[str]:
    yield "## Measures"
    rows = ((f"`{m.id}`", _named(m.name), m.unit.id, m.definition.en) for m in MEASURES.values())
    yield _table(("measure", "name", "unit", "meaning"), rows)


def _statistics() -> Iterator[str]:
    yield "## Statistics"
    rows = ((f"`{s.id}`", _named(s.name)) for s in STATISTICS.values())
    yield _table(("statistic", "name"), rows)


def _named(name: Name) -> str:
    return f"{name.en} ({name.zh})".replace("{limit}", "`limit`")


def _models(parts: Iterable[type[Model]]) -> Iterator[str]:
    for model in parts:
        yield from _model(model, model.__name__)


def _model(model: type[Model], title: str) -> Iterator[str]:
    yield f"#### {title}"
    yield cleandoc(model.__doc__ or "")
    told = [(_need(field), field.description or "") for field in model.model_fields.values()]
    written = [(f"`{key}`", words(annotation, _link)) for key, annotation in fields(model).items()]
    rows = ((*left, *right) for left, right in zip(written, told, strict=True))
    yield _table(("key", "what is written", "needed", "meaning"), rows)


def _need(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    default: Any = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f"else {default}" if isinstance(default, str | int | float) else "no"


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
