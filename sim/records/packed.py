"""A table of cases in less room, with every number and text as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.core.arrays import NDArray, np, pd


def packed(columns: Mapping[str, NDArray[Any]] | pd.DataFrame) -> pd.DataFrame:
    """The table of some columns, numbers as short as they stay the same, each text or other value kept once."""
    return pd.DataFrame({name: _packed(np.asarray(column)) for name, column in columns.items()})


def _packed(values: NDArray[Any]) -> object:
    if values.dtype.kind == "f":
        return _short(values, "f2", "f4")
    if values.dtype.kind == "i":
        return _short(values, "i4")
    if values.dtype.kind == "O":
        return pd.Categorical.from_codes(*pd.factorize(values))
    return values


def _short(values: NDArray[Any], *kinds: str) -> NDArray[Any]:
    """The numbers in the first of some shorter kinds that loses no digit; as they are where none does."""
    with np.errstate(over="ignore"):
        for kind in kinds:
            found: NDArray[Any] = values.astype(kind)
            if np.array_equal(found, values, equal_nan=values.dtype.kind == "f"):
                return found
    return values


def unpacked(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it was before it was packed."""
    return pd.DataFrame({name: _unpacked(column) for name, column in table.items()})


def _unpacked(column: pd.Series[Any]) -> NDArray[Any]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    values: NDArray[Any] = column.to_numpy()
    return values.astype({"f": "f8", "i": "i8"}.get(values.dtype.kind, values.dtype), copy=False)
