"""A table of cases in less room, with every number and text as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.core.arrays import NDArray, np, pd


def packed(columns: Mapping[str, NDArray[Any]] | pd.DataFrame) -> pd.DataFrame:
    """The table of some columns, numbers as short as they stay the same, each text or other value kept once."""
    return pd.DataFrame({name: _packed(np.asarray(column)) for name, column in columns.items()})


def _packed(values: NDArray[Any]) -> object:
    return pd.Categorical.from_codes(*pd.factorize(values)) if values.dtype.kind == "O" else shortened(values)


def shortened(values: NDArray[Any]) -> NDArray[Any]:
    """A column whose numbers are as short as they stay the same."""
    if values.dtype.kind == "f":
        return _short(values, "f2", "f4")
    return _short(values, "i4") if values.dtype.kind == "i" else values


def _short(values: NDArray[Any], *kinds: str) -> NDArray[Any]:
    """The numbers in the first of some shorter kinds that loses no digit; as they are where none does."""
    with np.errstate(over="ignore"):
        for kind in kinds:
            found: NDArray[Any] = values.astype(kind)
            if np.array_equal(found, values, equal_nan=values.dtype.kind == "f"):
                return found
    return values


def unpacked(*tables: pd.DataFrame) -> pd.DataFrame:
    """The tables as they were before they were packed, one below the other; all have the same columns."""
    return pd.DataFrame({name: _unpacked([table[name] for table in tables]) for name in tables[0]})


def _unpacked(parts: Sequence[pd.Series[Any]]) -> NDArray[Any]:
    values: NDArray[Any] = np.concatenate([_plain(part) for part in parts])
    return values.astype({"f": "f8", "i": "i8"}.get(values.dtype.kind, values.dtype), copy=False)


def _plain(column: pd.Series[Any]) -> NDArray[Any]:
    found: NDArray[Any] = column.to_numpy(dtype=object if isinstance(column.dtype, pd.CategoricalDtype) else None)
    return found
