"""What was found as bytes and back again: plain data, arrays, tables and records of our own, and nothing that runs.

The tree of it is JSON, the arrays in it are NumPy's, those of one type one behind the other; what is unpacked equals
what was packed, bit for bit.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from io import BytesIO
from math import prod
from typing import Any

from sim.core.arrays import NDArray, np, pd

_TREE = "tree"
_PLAIN = (bool, int, float, str)
_MAPPINGS = {"dict": dict, "Counter": Counter}
_LISTS: dict[str, Callable[[list[Any]], Any]] = {"list": list, "tuple": tuple}
_OURS = "sim."


class _Arrays:
    """The arrays of a thing while it is packed, those of one type one behind the other."""

    def __init__(self) -> None:
        self._parts: dict[Any, list[NDArray[Any]]] = {}
        self._ends: dict[Any, int] = {}

    def add(self, array: NDArray[Any]) -> list[int]:
        """Keep an array; return which of the types it has, where it begins, and its shape."""
        parts, start = self._parts.setdefault(array.dtype, []), self._ends.get(array.dtype, 0)
        parts.append(array.ravel())
        self._ends[array.dtype] = start + array.size
        return [list(self._parts).index(array.dtype), start, *array.shape]

    def whole(self) -> dict[str, NDArray[Any]]:
        """The types by number, each with all that is kept of it."""
        return {str(kind): np.concatenate(parts) for kind, parts in enumerate(self._parts.values())}


class _Kept:
    """The arrays of a thing that was packed."""

    def __init__(self, whole: Mapping[str, NDArray[Any]]) -> None:
        self._whole = whole

    def get(self, kind: int, start: int, *shape: int) -> NDArray[Any]:
        """Return an array by what `add` told of it; raises ValueError where it was never kept."""
        return self._whole[str(kind)][start : start + prod(shape)].reshape(shape)


def pack(thing: Any) -> bytes:
    """Return a thing as bytes; raises TypeError for one of a kind that could not be made again."""
    arrays = _Arrays()
    tree = json.dumps(_plain(thing, arrays), ensure_ascii=False, separators=(",", ":")).encode()
    stream = BytesIO()
    np.savez(stream, allow_pickle=False, **arrays.whole(), **{_TREE: np.frombuffer(tree, dtype=np.uint8)})
    return stream.getvalue()


def unpack(raw: bytes) -> Any:
    """Return what was packed; raises an error of some kind for bytes that were not packed by this program."""
    with np.load(BytesIO(raw), allow_pickle=False) as found:
        arrays = dict(found)
    return _thing(json.loads(arrays[_TREE].tobytes()), _Kept(arrays))


def _plain(thing: Any, arrays: _Arrays) -> Any:
    """A thing as JSON has it: itself, or a list of its kind and what it is made from."""

    def all_of(things: Any) -> list[Any]:
        return [one if type(one) in _PLAIN else _plain(one, arrays) for one in things]

    kind = type(thing).__name__
    if thing is None or type(thing) in _PLAIN:
        return thing
    if isinstance(thing, np.ndarray) and not thing.dtype.hasobject:
        return ["array", arrays.add(thing)]
    if isinstance(thing, np.generic):
        return ["scalar", arrays.add(np.array(thing))]
    if isinstance(thing, pd.DataFrame):
        if not all(type(name) is str for name in thing):
            raise TypeError("no table of columns without names is kept")
        return ["table", list(thing), _columns(thing, arrays), _index(thing.index, arrays)]
    if type(thing) in _MAPPINGS.values():
        return [kind, all_of(thing), all_of(thing.values())]
    if type(thing) in (list, tuple):
        return [kind, all_of(thing)]
    if is_dataclass(thing) and type(thing).__module__.startswith(_OURS):
        values = {field.name: _plain(getattr(thing, field.name), arrays) for field in fields(thing)}
        return ["record", type(thing).__module__, type(thing).__qualname__, values]
    raise TypeError(f"no {type(thing).__module__}.{kind} is kept")


def _thing(plain: Any, arrays: _Kept) -> Any:
    """What stands there as JSON."""
    if not isinstance(plain, list):
        return plain
    kind, *parts = plain
    if kind in _MAPPINGS:
        keys, values = ([_thing(part, arrays) for part in side] for side in parts)
        return _MAPPINGS[kind](dict(zip(keys, values, strict=True)))
    if kind in _LISTS:
        return _LISTS[kind]([_thing(part, arrays) for part in parts[0]])
    if kind == "array":
        return arrays.get(*parts[0])
    if kind == "scalar":
        return arrays.get(*parts[0])[()]
    if kind == "table":
        names, columns, index = parts
        return _table(names, columns, index, arrays)
    module, name, values = parts
    return _record(module, name)(**{key: _thing(value, arrays) for key, value in values.items()})


def _columns(table: Any, arrays: _Arrays) -> list[list[Any]]:
    """The columns of a table as JSON has them; those of numbers of one type are taken out at once."""
    kinds = dict(table.dtypes.items())
    numbers = {kind for kind in kinds.values() if isinstance(kind, np.dtype) and not kind.hasobject}
    found: dict[str, list[Any]] = {}
    for kind in dict.fromkeys(kinds.values()):
        if kind in numbers:
            names = [name for name, own in kinds.items() if own == kind]
            values = table[names].to_numpy().T
            found |= {name: ["numbers", arrays.add(own)] for name, own in zip(names, values, strict=True)}
    return [found.get(name) or _column(table[name], arrays) for name in kinds]


def _column(column: Any, arrays: _Arrays) -> list[Any]:
    """A column, or an index, as JSON has it; of texts and categories, each once."""
    if isinstance(column.dtype, pd.CategoricalDtype) and not column.dtype.ordered:
        return ["kinds", arrays.add(column.array.codes), _column(column.array.categories, arrays)]
    if isinstance(column.dtype, pd.StringDtype):
        codes, texts = pd.factorize(column)
        return ["texts", arrays.add(codes), texts.tolist()]
    if column.dtype == object:
        return ["objects", [_plain(one, arrays) for one in column]]
    if isinstance(column.dtype, np.dtype):
        return ["numbers", arrays.add(column.to_numpy())]
    raise TypeError(f"no column of {column.dtype} is kept")


def _index(index: Any, arrays: _Arrays) -> list[Any]:
    if isinstance(index, pd.RangeIndex):
        return ["range", index.start, index.stop, index.step]
    return _column(index, arrays)


def _table(names: list[str], columns: list[list[Any]], index: list[Any], arrays: _Kept) -> Any:
    rows = pd.RangeIndex(*index[1:]) if index[0] == "range" else pd.Index(_values(*index, arrays=arrays))
    values = (_values(*column, arrays=arrays) for column in columns)
    return pd.DataFrame(dict(zip(names, values, strict=True)), rows, columns=pd.Index(names, dtype="str"))


def _values(kind: str, *parts: Any, arrays: _Kept) -> Any:
    """The values of a column."""
    if kind == "texts":
        codes, texts = parts
        return pd.array(np.array([*texts, np.nan], dtype=object)[arrays.get(*codes)], dtype="str")
    if kind == "kinds":
        codes, kinds = parts
        return pd.Categorical.from_codes(arrays.get(*codes), pd.Index(_values(*kinds, arrays=arrays)))
    if kind == "objects":
        return np.array([*(_thing(one, arrays) for one in parts[0]), None], dtype=object)[:-1]
    return arrays.get(*parts[0])


def _record(module: str, name: str) -> Callable[..., Any]:
    """A class of our own that only holds data."""
    found = getattr(import_module(module), name) if module.startswith(_OURS) else None
    if not (isinstance(found, type) and is_dataclass(found)):
        raise TypeError(f"{module}.{name} is no record of ours")
    return found
