"""The reference page: every key of every file, from the models themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import cleandoc
from typing import Any

from pydantic.fields import FieldInfo

from sim.records.events import COLUMNS, DONE, status
from sim.records.measures.register import MEASURES
from sim.records.moments import CASE_KEYS, MOMENTS
from sim.records.statistics import STATISTICS
from sim.records.tables import Flag
from sim.records.units import published_in
from sim.reforms.register import REFORMS
from sim.scenario.files import FILES
from sim.scenario.wishes import words
from sim.spec.amounts import KINDS as DISTRIBUTIONS
from sim.spec.amounts import Amount
from sim.spec.attributes import Bounds
from sim.spec.base import Model, Name
from sim.spec.durations import Duration, Factor, Share
from sim.spec.kinds import KINDS, Kind
from sim.spec.meanings import meanings
from sim.spec.procedures import PROCEDURES
from sim.spec.shape import fields, models
from sim.spec.shape import written as written_keys
from sim.spec.sources import Source

_INTRODUCTION = """\
# The language of the specs

Every key of every file. This page is generated from the models that check the files; do not edit it.

Files are YAML in UTF-8. An id is of small letters, digits and `_`, a letter first; that of a process, a place or
a scenario is the name of its file. A key that is not listed here is a fault. An editor completes and checks a file
whose first line is `# yaml-language-server: $schema=` and the path of its schema in `processes/schema/`."""
_SOURCE = """\
Every number names its `source`: the key of one of these, under `sources` of the same file or of
`processes/sources.yaml`. A key means one source everywhere."""
_CONDITION = """\
Attributes of the process, each with the value that a case must have: true or false for a share, a text for one of
its values, these bounds for a number. All must hold; nothing written holds for every case."""
_AMOUNT = f"""\
A number of at least 0, or one of these distributions: \
{", ".join(f"`{kind.key()}` ({kind.called.zh})" for kind in DISTRIBUTIONS)}."""
_CSV = """\
Beside `results.json` a run writes three tables in CSV, UTF-8, for spreadsheets and other programs. Moments are written
YYYY-MM-DDTHH:MM:SS; an empty cell is one of which there is nothing to tell. A text that a spreadsheet would take for a
formula has an apostrophe before it."""
_CASES = f"""\
A line per measured case, variant and replication: {", ".join(f"`{key}`" for key in CASE_KEYS)}, its attributes, these
moments, and [every measure](#measures)."""
_EVENTS = """\
What happened to the measured cases in the first replication of every variant, event by event: `variant`, `process`, and
these columns. The events of an attempt are the attempt as a whole, its moments, and the stretches of time it is made
of."""
_MONTHS = """\
A line per `variant`, `process` and `month` of arrival: how many `cases` of all replications together, and the mean of
some measures with both ends of its 95 % interval."""
_COMMON = {"Source": (_SOURCE, Source), "Amount": (_AMOUNT, Amount), "Condition": (_CONDITION, Bounds)}


def reference_page() -> str:
    """Return the page in Markdown."""
    sections = [_INTRODUCTION, *_parts(), *_files(), *_reforms(), *_kinds(), *_measures(), *_statistics(), *_tables()]
    return "\n\n".join(sections) + "\n"


def common() -> list[type[Model]]:
    """Return the models that files of all kinds are made of."""
    return [m for part in (Name, Source, Amount, Bounds, Duration, Share, Factor) for m in models(part)]


def _parts() -> Iterator[str]:
    yield "## Parts of all files"
    told: dict[type[Model], None] = dict.fromkeys(models(Name))
    yield from _models(told)
    for title, (text, part) in _COMMON.items():
        yield f"### {title}"
        yield text
        yield from _models(dict.fromkeys(m for m in models(part) if m not in told))
    yield "### Numbers with their source"
    yield from _models((Duration, Share, Factor))


def _files() -> Iterator[str]:
    yield "## Files"
    rows = ((_code(kind.stands, ", "), f"{kind.name.en} ({kind.name.zh})", _link(kind.model.__name__))
            for kind in FILES.values())  # fmt: skip
    yield _table(("file", "kind", "what it holds"), rows)
    told = dict.fromkeys([*common(), *REFORMS])
    for kind in FILES.values():
        new = [m for m in models(kind.model) if m not in told]
        told |= dict.fromkeys(new)
        yield f"## A file of kind {kind.id}"
        yield f"It stands at {_code(kind.stands, ' or ')}."
        yield from _models(new)


def _reforms() -> Iterator[str]:
    yield "## Reform"
    yield "An item of `reforms` of a variant; its key `reform` says which of these it is."
    for reform in REFORMS:
        yield from _model(reform, ", ".join(f"{name.zh} ({name.en})" for name in reform.names()))


def _kinds() -> Iterator[str]:
    yield "## Kinds of steps"
    yield _table(("kind", "meaning", "counted", "time"), map(_kind, KINDS.values()))
    by_statute = {True: "Procedures that stop the clock by statute", False: "Procedures that need a `basis` to stop it"}
    for listed, said in by_statute.items():
        names = [p.name for p in PROCEDURES.values() if p.listed == listed]
        yield f"{said}: {', '.join(f'{name.zh} ({name.en})' for name in names)}."


def _kind(kind: Kind) -> tuple[str, ...]:
    """A row of the table of kinds."""
    meaning = f"{kind.name.zh}：{kind.definition.zh}; {kind.name.en}: {kind.definition.en}"
    office = "handled by a department (`at`) within its `limit`, or in its `work` and `circulation`"
    outside = "takes its `duration`, or the `work` of a department (`at`)"
    return f"`{kind.id}`", meaning, "yes" if kind.counted else "no", office if kind.official else outside


def _measures() -> Iterator[str]:
    yield "## Measures"
    yield "The `unit` of a target is one in which its measure is published; `%` for a statistic that is a share."
    rows = (
        (f"`{m.id}`", _named(m.name), m.unit.id, _code(published_in(m.unit), ", "), m.definition.en)
        for m in MEASURES.values()
    )
    yield _table(("measure", "name", "unit", "published in", "meaning"), rows)


def _statistics() -> Iterator[str]:
    yield "## Statistics"
    rows = ((f"`{s.id}`", _named(s.name)) for s in STATISTICS.values())
    yield _table(("statistic", "name"), rows)


def _tables() -> Iterator[str]:
    yield "## Tables that a run writes"
    yield _CSV
    yield "### cases.csv"
    yield _CASES
    rows = ((f"`{m.id}`", _named(m.name), m.definition.en) for m in MOMENTS.values())
    yield _table(("moment", "name", "meaning"), rows)
    yield "### events.csv"
    yield _EVENTS
    yield _table(("column", "meaning"), ((f"`{c.id}`", c.definition.en) for c in COLUMNS.values()))
    flags = ", ".join(f"`{status(flag)}`" for flag in Flag)
    yield f"Statuses: `{DONE}`, {flags}."
    yield "### months.csv"
    yield _MONTHS


def _named(name: Name) -> str:
    return f"{name.en} ({name.zh})".replace("{limit}", "`limit`")


def _models(parts: Iterable[type[Model]]) -> Iterator[str]:
    for model in parts:
        yield from _model(model, model.__name__)


def _model(model: type[Model], title: str) -> Iterator[str]:
    yield f"#### {title}"
    yield cleandoc(model.__doc__ or "")
    meant = meanings(model)
    told = [(_need(field), meant.get(key, "")) for key, field in written_keys(model).items()]
    written = [(f"`{key}`", words(annotation, _link)) for key, annotation in fields(model).items()]
    rows = ((*left, *right) for left, right in zip(written, told, strict=True))
    yield _table(("key", "what is written", "needed", "meaning"), rows)


def _need(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    default: Any = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f"else {default}" if isinstance(default, str | int | float) else "no"


def _code(texts: Iterable[str], join: str) -> str:
    return join.join(f"`{text}`" for text in texts)


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
