"""The reference page: every key of every file, from the models themselves, in either language.

The sentences stand here and below the fields in English; whoever asks for the page says how each is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
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

_TITLE = "The language of the specs"
_INTRODUCTION = """\
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
_AMOUNT = "A number of at least 0, or one of these distributions: {}."
_CSV = """\
Beside `results.json` a run writes three tables in CSV, UTF-8, for spreadsheets and other programs. Moments are written
YYYY-MM-DDTHH:MM:SS; an empty cell is one of which there is nothing to tell. A text that a spreadsheet would take for a
formula has an apostrophe before it."""
_CASES = "A line per measured case, variant and replication: {}, its attributes, these moments, and [every measure]."
_EVENTS = """\
What happened to the measured cases in the first replication of every variant, event by event: `variant`, `process`, and
these columns. The events of an attempt are the attempt as a whole, its moments, and the stretches of time it is made
of."""
_MONTHS = """\
A line per `variant`, `process` and `month` of arrival: how many `cases` of all replications together, and the mean of
some measures with both ends of its 95 % interval."""
_REFORM = """\
An item of `reforms` of a variant; its key `reform` says which of these it is, by its Chinese name or by another that is
accepted, in English with spaces, `-` or `_`."""
_OFFICE = "handled by a department (`at`) within its `limit`, or in its `work` and `circulation`"
_OUTSIDE = "takes its `duration`, or the `work` of a department (`at`)"
_BY_STATUTE = {
    True: "Procedures that stop the clock by statute: {}.",
    False: "Procedures that need a `basis` to stop it: {}.",
}
_MEASURE = "The `unit` of a target is one in which its measure is published; `%` for a statistic that is a share."
_COMMON = {"Source": (_SOURCE, Source), "Amount": (_AMOUNT, Amount), "Condition": (_CONDITION, Bounds)}

Say = Callable[[str], str]
"""From a sentence, a heading or a wish in English to how a page tells it; `{}` in it stay as they are."""


def common() -> list[type[Model]]:
    """Return the models that files of all kinds are made of."""
    return [m for part in (Name, Source, Amount, Bounds, Duration, Share, Factor) for m in models(part)]


def reference_page(chinese: Say | None = None) -> str:
    """Return the page in Markdown: in Chinese by what says its English sentences so, else in English."""
    return "\n\n".join(_Page(chinese or str, chinese is not None).blocks()) + "\n"


@dataclass(frozen=True)
class _Page:
    """The page in one language: how it tells a sentence, and whether the Chinese name of a thing stands first."""

    say: Say
    chinese: bool

    def blocks(self) -> Iterator[str]:
        """The paragraphs, headings and tables, one after the other."""
        yield self._head(1, _TITLE)
        yield from map(self._told, _INTRODUCTION.split("\n\n"))
        yield from self._parts()
        yield from self._files()
        yield from self._reforms()
        yield from self._kinds()
        yield from self._measures()
        yield from self._tables()

    def _parts(self) -> Iterator[str]:
        yield self._head(2, "Parts of all files")
        told: dict[type[Model], None] = dict.fromkeys(models(Name))
        yield from self._models(told)
        distributions = self._listed(f"`{kind.key()}`{self._bracketed(kind.called.zh)}" for kind in DISTRIBUTIONS)
        for title, (text, part) in _COMMON.items():
            yield self._head(3, title)
            yield self._told(text, distributions)
            yield from self._models(dict.fromkeys(m for m in models(part) if m not in told))
        yield self._head(3, "Numbers with their source")
        yield from self._models((Duration, Share, Factor))

    def _files(self) -> Iterator[str]:
        yield self._head(2, "Files")
        rows = ((self._code(kind.stands), self._named(kind.name), self._link(kind.model.__name__))
                for kind in FILES.values())  # fmt: skip
        yield self._table(("file", "kind", "what it holds"), rows)
        told = dict.fromkeys([*common(), *REFORMS])
        for kind in FILES.values():
            new = [m for m in models(kind.model) if m not in told]
            told |= dict.fromkeys(new)
            yield self._head(2, "A file of kind {}", kind.name.zh if self.chinese else kind.id)
            yield self._told("It stands at {}.", self._code(kind.stands, " or "))
            yield from self._models(new)

    def _reforms(self) -> Iterator[str]:
        yield self._head(2, "Reform")
        yield self._told(_REFORM)
        for reform in REFORMS:
            names = self._listed(f"{name.zh}{self._bracketed(name.en)}" for name in reform.names())
            yield from self._model(reform, names)
            yield self._told("Accepted too: {}.", self._code(reform.other_names()))

    def _kinds(self) -> Iterator[str]:
        yield self._head(2, "Kinds of steps")
        yield self._table(("kind", "meaning", "counted", "time"), map(self._kind, KINDS.values()))
        for listed, said in _BY_STATUTE.items():
            names = (f"{p.name.zh}{self._bracketed(p.name.en)}" for p in PROCEDURES.values() if p.listed == listed)
            yield self._told(said, self._listed(names))

    def _kind(self, kind: Kind) -> tuple[str, ...]:
        """A row of the table of kinds."""
        meaning = f"{self._named(kind.name)}{self.say(': ')}{self._own(kind.definition)}"
        counted = self.say("counted" if kind.counted else "not counted")
        return f"`{kind.id}`", meaning, counted, self._told(_OFFICE if kind.official else _OUTSIDE)

    def _measures(self) -> Iterator[str]:
        yield self._head(2, "Measures")
        yield self._told(_MEASURE)
        rows = (
            (f"`{m.id}`", self._named(m.name), m.unit.short.zh if self.chinese else m.unit.id,
             self._code(published_in(m.unit)), self._own(m.definition))
            for m in MEASURES.values()
        )  # fmt: skip
        yield self._table(("measure", "name", "unit", "published in", "meaning"), rows)
        yield self._head(2, "Statistics")
        yield self._table(("statistic", "name"), ((f"`{s.id}`", self._named(s.name)) for s in STATISTICS.values()))

    def _tables(self) -> Iterator[str]:
        yield self._head(2, "Tables that a run writes")
        yield self._told(_CSV)
        yield "### cases.csv"
        every = self._anchored("every measure", "Measures")
        yield self._told(_CASES, self._code(CASE_KEYS)).replace(f"[{self.say('every measure')}]", every)
        rows = ((f"`{m.id}`", self._named(m.name), self._own(m.definition)) for m in MOMENTS.values())
        yield self._table(("moment", "name", "meaning"), rows)
        yield "### events.csv"
        yield self._told(_EVENTS)
        yield self._table(("column", "meaning"), ((f"`{c.id}`", self._own(c.definition)) for c in COLUMNS.values()))
        yield self._told("Statuses: {}.", self._code((DONE, *map(status, Flag))))
        yield "### months.csv"
        yield self._told(_MONTHS)

    def _models(self, parts: Iterable[type[Model]]) -> Iterator[str]:
        for model in parts:
            yield from self._model(model, self.say(model.__name__))

    def _model(self, model: type[Model], title: str) -> Iterator[str]:
        yield f"#### {title}"
        yield from map(self._told, cleandoc(model.__doc__ or "").split("\n\n"))
        meant = meanings(model)
        rows = (
            (f"`{key}`", self.say(words(fields(model)[key], self._link)), self._need(field), self._told(meant[key]))
            for key, field in written_keys(model).items()
        )
        yield self._table(("key", "what is written", "needed", "meaning"), rows)

    def _need(self, field: FieldInfo) -> str:
        if field.is_required():
            return self.say("yes")
        default: Any = str(field.default).lower() if isinstance(field.default, bool) else field.default
        return self._told("else {}", str(default)) if isinstance(default, str | int | float) else self.say("no")

    def _told(self, text: str, *filled: str) -> str:
        """A paragraph, which may stand on several lines, with what is filled in."""
        told = self.say(" ".join(text.split())) if self.chinese else text
        return told.format(*filled) if filled else told

    def _head(self, level: int, title: str, *filled: str) -> str:
        return f"{'#' * level} {self._told(title, *filled)}"

    def _named(self, name: Name) -> str:
        """Both names of a thing, that of the page first."""
        first, second = (name.zh, name.en) if self.chinese else (name.en, name.zh)
        return f"{first}{self._bracketed(second)}".replace("{limit}", "`limit`")

    def _own(self, name: Name) -> str:
        return name.zh if self.chinese else name.en

    def _bracketed(self, text: str) -> str:
        return f"（{text}）" if self.chinese else f" ({text})"

    def _code(self, texts: Iterable[str], join: str = ", ") -> str:
        return self._listed((f"`{text}`" for text in texts), join)

    def _listed(self, texts: Iterable[str], join: str = ", ") -> str:
        return self.say(join).join(texts)

    def _link(self, name: str) -> str:
        return self._anchored(name, name)

    def _anchored(self, text: str, head: str) -> str:
        return f"[{self.say(text)}](#{self.say(head).lower().replace(' ', '-')})"

    def _table(self, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
        names = list(map(self.say, heads))
        lines = [names, ["---"] * len(names), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
