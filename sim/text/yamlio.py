"""YAML text becomes plain data that knows its lines; nothing in it is executed. Only this imports yaml."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from sim.core.errors import Fault, SpecError
from sim.text import reading
from sim.text.document import Document, KeyPath, Lines, dotted
from sim.text.misprints import Spot, advice, in_line, in_scalar, needs_quotes, short
from sim.text.reading import Text, one_fault

VERSION: str = yaml.__version__
_MAX_BYTES = 1_000_000
_MAX_DEPTH = 50
_MAX_MENDS = 20  # each mended misprint costs one more reading
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
# YAML 1.1 would read 9:00 as 540, 012 as 10, no as false. Over eighteen digits are a code.
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?")
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTROL = re.compile(
    "[^\t\x20-\x7e\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # among them what turns the direction of the rest of a line, so that a file reads otherwise than it is
_TAGS = {str: "str", int: "int", float: "float", bool: "bool", type(None): "null"}
_ESCAPED = re.compile("[\t\u2028\u2029]")
_STANDARD = "tag:yaml.org,2002:"


def read(path: Path) -> Document:
    """Return the document in a file; raise SpecError with every fault in it."""
    return document(text(path))


def text(path: Path) -> Text:
    """Return the text of a file; raise SpecError where it is none."""
    return reading.read(path, _MAX_BYTES, "larger than 1 MB, a spec is a few kB: check the name")


def document(text: Text) -> Document:
    """Return the document in the text of a file; raise SpecError with every fault in it."""
    return replace(parse(text.text, text.file), sha256=text.sha256)


def parse(text: str, file: str) -> Document:
    """Return the document in a text, `file` being its name in faults; raise SpecError with all of them."""
    lines = _BREAK.split(text.removeprefix("\ufeff"))
    if _CONTROL.search("".join(lines)):
        raise SpecError(_controls(file, lines))
    faults: list[Fault] = []
    builder = _build(file, lines, faults)
    faults += builder.faults
    if faults:
        raise SpecError(faults)
    if not isinstance(builder.data, dict):
        raise one_fault(file, _not_a_mapping(builder.data), builder.lines[()].value)
    return Document(file, builder.data, builder.lines)


def _controls(file: str, lines: Sequence[str]) -> list[Fault]:
    """Return the first control character of every line that has one."""
    return [
        Fault(file, number, "", f"control character {found[0]!r}: delete it")
        for number, line in enumerate(lines, 1)
        if (found := _CONTROL.search(line))
    ]


def dump(data: Any) -> str:
    """Return plain data as block-style YAML, keys in the given order, which `parse` reads back unchanged."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)


class _Builder:
    """Data built from YAML events, so that an alias or a tag is refused before it can do anything."""

    def __init__(self, file: str, lines: Sequence[str]) -> None:
        self.file = file
        self.data: Any = None
        self.lines: dict[KeyPath, Lines] = {(): Lines(1, 1)}
        self.faults: list[Fault] = []
        self._events: Iterator[Any] = yaml.parse("\n".join(lines) + "\n", Loader=_Loader)

    def build(self) -> None:
        """Fill `data`, `lines` and `faults`; raise YAMLError where the text is no YAML at all."""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return
        event = next(self._events)
        self.lines[()] = Lines(_line(event), _line(event))
        self.data = self._node(event, (), "below")
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._refuse(after, (), "a second document starts here: keep one in a file, the other in its own")

    def _refuse(self, event: Any, place: KeyPath, message: str) -> None:
        self.faults.append(Fault(self.file, _line(event), dotted(place), message))

    def _node(self, event: Any, place: KeyPath, spot: Spot) -> Any:
        if event.anchor or event.tag:  # an alias has an anchor
            self._refuse_references(event, place)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place, spot)
        if isinstance(event, yaml.AliasEvent):
            return None
        if len(place) >= _MAX_DEPTH:
            self._refuse(event, (), f"nested deeper than {_MAX_DEPTH} levels: look for brackets left open")
            raise SpecError(self.faults)
        build = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._sequence
        return build(place, bool(event.flow_style))

    def _refuse_references(self, event: Any, place: KeyPath) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, place, f"alias '*{event.anchor}': specs use none, write the value out")
        elif event.anchor:
            self._refuse(event, place, f"anchor '&{event.anchor}': specs use none, write the value out")
        if tag := getattr(event, "tag", None):
            name = tag.replace(_STANDARD, "!!")
            self._refuse(event, place, f"tag {short(name)}: specs use none, write the plain value")

    def _scalar(self, event: Any, place: KeyPath, spot: Spot) -> Any:
        if event.style:
            if hidden := _CONTROL.search(event.value.replace("\n", "")):
                shown = place[:-1] if spot == "key" else place
                self._refuse(event, shown, f"control character {hidden[0]!r} behind a backslash: delete it")
            return event.value
        if wrong := in_scalar(event.value, spot):
            self._refuse(event, place, wrong)
        return _plain(event.value)

    def _sequence(self, place: KeyPath, flow: bool) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            child = (*place, len(items))
            line = _line(event)
            self.lines[child] = Lines(line, line)
            items.append(self._node(event, child, "flow item" if flow else "item"))
        return items

    def _mapping(self, place: KeyPath, flow: bool) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, place)
            child = (*place, key)
            if key in data:
                first = self.lines[child].key
                self._refuse(event, child, f"duplicate key {short(key)}, first on line {first}: keep one")
            value = next(self._events)
            lines = Lines(_line(event), _line(value))
            self.lines.setdefault(child, lines)
            spot: Spot = "beside" if lines.key == lines.value else "below"
            data[key] = self._node(value, child, "flow value" if flow else spot)
        return data

    def _key(self, event: Any, place: KeyPath) -> str:
        child = (*place, getattr(event, "value", "?"))
        self._node(event, child, "key")
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, place, "a key that is no text: quote a text that begins with [, { or *")
        elif event.value == "<<":
            self._refuse(event, child, "merge key '<<': specs use none, write the keys out")
        elif not event.value and not event.style:
            self._refuse(event, place, "no key before ':': write `key: value`")
        return str(child[-1])


def _build(file: str, lines: list[str], faults: list[Fault]) -> _Builder:
    """Return what could be built; what stops YAML joins `faults`, mended if possible to find what follows."""
    mended: set[int] = set()
    while True:
        builder = _Builder(file, lines)
        try:
            builder.build()
            return builder
        except yaml.MarkedYAMLError as error:
            problem, suspects = str(error.problem), _suspects(error, lines)
        culprit = next((n for n in suspects if n not in mended and in_line(lines[n - 1])[0]), None)
        if culprit is None or len(mended) == _MAX_MENDS:
            if mended.isdisjoint(suspects):
                faults.append(Fault(file, suspects[0], "", f"not valid YAML: {advice(problem)}"))
            return builder
        wrong, lines[culprit - 1] = in_line(lines[culprit - 1])
        faults.append(Fault(file, culprit, "", wrong))
        mended.add(culprit)


def _suspects(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> list[int]:
    """Return the lines that may have caused an error, the likeliest first."""
    begun = error.context_mark if re.search("scanning|quoted|flow", error.context or "") else None
    marks = (begun or error.problem_mark, error.problem_mark)
    opened, noticed = (min(_number(mark), len(lines)) for mark in marks)
    before = (number for number in range(noticed - 1, 0, -1) if lines[number - 1].strip())
    return [opened, noticed, next(before, noticed)]


def _plain(text: str) -> Any:
    """Return what an unquoted text means: a truth value, a number, nothing, or itself."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


def _number(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


def _line(event: Any) -> int:
    return _number(event.start_mark)


def _not_a_mapping(data: Any) -> str:
    if data is None:
        return "nothing is written here: write `key: value` lines"
    found = "a list" if isinstance(data, list) else short(str(data))
    return f"a file holds `key: value` lines, found {found}: give it a key"


class _Dumper(yaml.SafeDumper):
    """Quotes what `parse` would read as something else, and nothing more."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is yaml.ScalarNode and implicit[0]:
            return _STANDARD + _TAGS[type(_plain(value))]
        return super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (asked of every value)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 (always in)
        super().increase_indent(flow, False)

    def represent_str(self, data: str) -> yaml.ScalarNode:
        style = '"' if _ESCAPED.search(data) else "'" if needs_quotes(data) else "|" if "\n" in data else None
        return self.represent_scalar(_STANDARD + "str", data, style)


_Dumper.add_representer(str, _Dumper.represent_str)
