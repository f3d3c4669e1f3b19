"""Ways to spoil a file: in its values, as a planner errs or a sceptic tries, and in its text, as an editor may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

from sim.text import yamlio

NUMBERS = (
    0, 1, -1, 2, 3, 7, 10, 0.5, 0.05, 0.95, 0.99999, 1.5, 12, 30, 90, 100, 365, 1000, 5300, 100_000, 1_000_000, 10**9,
    10**12, 10**15, 10**17, 1e-3, 1e-9, 1e-12, 1e-300, 1e15, 1e300, -0.0, -5.5,
)  # fmt: skip
TEXTS = (
    "", " ", "a", "order", "nature", "after", "before", "office", "officers", "window", "guess", "true", "[/]", "[red]",
    "=1+1", "$x^$", "\\frac", "<b>", "&amp;", "{{ x }}", "%s", "../..", "/dev/zero", "null", "NaN", "inf", "T1", "天",
    "工作日", "自然日", "件", "%", "２０２４", "\u200b", "\u202e右", "x" * 3000, "审" * 400, "a_b", "1a", "A", "a-b",
    "2024-02-30", "2024-02-29", "0001-01-01", "9999-12-31", "2060-12-31", "2060-01-01", "2004-01-01", "1900-01-01",
    "2024", "2061", "00:00", "24:00", "09:99", "09:00-09:00", "17:00-09:00", "00:00-24:00", "workdays", "every_day",
)  # fmt: skip
BITS = ("\t", "  ", "\n", "：", "，", "“", "'", '"', "#", "- ", ": ", "{", "}", "[", "]", "&a ", "*a", "!!x ", "|", ">",
        "\x1b", "\u3000", "\x00", "?", "%", "@", "\r", "\u2028")  # fmt: skip

Place = tuple[str | int, ...]


def spoiled(text: str, draw: Random, donor: str) -> str:
    """The text of a file with one to three things wrong; parts of the donor's may come into it."""
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        text = _in_values(text, draw, donor) if draw.random() < 0.8 else _in_text(text, draw)
    return text


def _in_values(text: str, draw: Random, donor: str) -> str:
    """The file with one of its values, keys or items otherwise; as it is where it is no file any more."""
    try:
        data = deepcopy(yamlio.parse(text, "fuzzed").data)
        other = yamlio.parse(donor, "donor").data
    except Exception:  # a text spoiled before
        return _in_text(text, draw)
    draw.choice(CHANGES)(data, draw, other)
    return yamlio.dump(data)


def _in_text(text: str, draw: Random) -> str:
    lines = text.split("\n")
    at = draw.randrange(len(lines))
    match draw.randrange(7):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, draw.choice(lines))
        case 2:
            other = draw.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = " " * draw.randrange(1, 5) + lines[at]
        case 4:
            lines[at] = lines[at].removeprefix("  ")
        case 5:
            spot = draw.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:spot] + draw.choice(BITS) + lines[at][spot:]
        case 6:
            whole = "\n".join(lines)
            return whole[: draw.randrange(len(whole) + 1)]
    return "\n".join(lines)


def _places(data: Any, place: Place = ()) -> Iterator[Place]:
    """Every place in plain data below its top."""
    for key, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*place, key)
        yield from _places(inner, (*place, key))


def _at(data: Any, place: Place) -> Any:
    for part in place:
        data = data[part]
    return data


def _some(data: Any, draw: Random, wanted: Callable[[Any], bool] = lambda _: True) -> Place | None:
    places = [place for place in _places(data) if wanted(_at(data, place))]
    return draw.choice(places) if places else None


def _set(data: Any, place: Place, value: Any) -> None:
    _at(data, place[:-1])[place[-1]] = value


def _number(data: Any, draw: Random, _: Any) -> None:
    """A number becomes another."""
    place = _some(data, draw, lambda x: isinstance(x, int | float) and not isinstance(x, bool))
    if place:
        old = _at(data, place)
        _set(data, place, draw.choice([*NUMBERS, old * 10, old * 1000, old / 10, old + 1, -old, float(old), old * 1e9]))


def _text(data: Any, draw: Random, _: Any) -> None:
    """A text becomes another, or one of those in the file."""
    place = _some(data, draw, lambda x: isinstance(x, str))
    if place:
        texts = [_at(data, other) for other in _places(data) if isinstance(_at(data, other), str)]
        _set(data, place, draw.choice(texts if draw.random() < 0.6 else TEXTS))


def _name(data: Any, draw: Random, _: Any) -> None:
    """An id becomes a key of the file, as a step that waits for another, or for itself."""
    place = _some(data, draw, lambda x: isinstance(x, str))
    keys = [str(part) for other in _places(data) for part in other[-1:]]
    if place:
        _set(data, place, draw.choice(keys))


def _gone(data: Any, draw: Random, _: Any) -> None:
    """A key or an item is missing."""
    if place := _some(data, draw):
        del _at(data, place[:-1])[place[-1]]


def _kind(data: Any, draw: Random, _: Any) -> None:
    """A value of another kind stands there."""
    if place := _some(data, draw):
        _set(data, place, draw.choice([None, True, False, [], {}, [1], {"a": 1}, *NUMBERS, *TEXTS]))


def _swapped(data: Any, draw: Random, _: Any) -> None:
    """Two values change places."""
    one, two = _some(data, draw), _some(data, draw)
    if one and two and one[: len(two)] != two and two[: len(one)] != one:
        a, b = _at(data, one), _at(data, two)
        _set(data, one, b)
        _set(data, two, a)


def _grafted(data: Any, draw: Random, other: Any) -> None:
    """A part of this file or of another stands where something else stood, or besides it."""
    source = data if draw.random() < 0.5 else other
    place, graft = _some(data, draw), _some(source, draw)
    if place and graft:
        part = deepcopy(_at(source, graft))
        holder = _at(data, place[:-1])
        if draw.random() < 0.5:
            _set(data, place, part)
        elif isinstance(holder, list):
            holder.insert(draw.randrange(len(holder) + 1), part)
        else:
            holder[str(graft[-1])] = part


def _twice(data: Any, draw: Random, _: Any) -> None:
    """An item of a list or an entry stands there once more, an entry under another name."""
    if place := _some(data, draw):
        holder, part = _at(data, place[:-1]), deepcopy(_at(data, place))
        if isinstance(holder, list):
            holder.append(part)
        else:
            holder[f"{place[-1]}_2"] = part


def _waits(data: Any, draw: Random, _: Any) -> None:
    """A step waits for another, needs what another yields, yields it too, stands on its form or fails back to it."""
    steps = data.get("steps") if isinstance(data, dict) else None
    whole = {s: x for s, x in steps.items() if isinstance(x, dict)} if isinstance(steps, dict) else {}
    if not whole:
        return
    one, two = (draw.choice(list(whole)) for _ in range(2))
    yields = [m for x in whole.values() if isinstance(x.get("yields"), list) for m in x["yields"]]
    step = whole[one]
    match draw.randrange(6):
        case 0:
            step["after"] = {**_dict(step.get("after")), two: draw.choice(("order", "nature"))}
        case 1 if yields:
            step["needs"] = [*_list(step.get("needs")), draw.choice(yields)]
        case 2 if yields:
            step["yields"] = [*_list(step.get("yields")), draw.choice(yields)]
        case 3:
            step["form"] = draw.choice(("f", "g"))
            whole[two]["form"] = draw.choice(("f", "g"))
        case 4:
            step["fails"] = {"rate": draw.choice((0.1, 0.5, 0.9, 0.95)), "redo": two, "source": "guess"}
        case _:
            step["done_before"] = "zone"


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _shuffled(data: Any, draw: Random, _: Any) -> None:
    """The entries of a mapping, or the items of a list, stand in another order."""
    place = _some(data, draw, lambda x: isinstance(x, list | dict) and len(x) > 1)
    if place:
        part = _at(data, place)
        if isinstance(part, list):
            draw.shuffle(part)
        else:
            entries = list(part.items())
            draw.shuffle(entries)
            part.clear()
            part.update(entries)


CHANGES: tuple[Callable[[Any, Random, Any], None], ...] = (
    _number, _number, _number, _text, _text, _name, _name, _gone, _kind, _swapped, _grafted, _grafted, _twice, _waits,
    _waits, _shuffled,
)  # fmt: skip
