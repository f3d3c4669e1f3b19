"""Rows of numbers in memory, found by their address: compiled code that reads and writes them counts no references.

An array that is passed to a compiled function is counted as in use while it runs; with functions as small as these,
that counting takes longer than what they do. A row costs nothing. Whoever makes the memory keeps it as long as it is
used, and gives the true address and enough room: nobody checks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from llvmlite import ir
from numba import from_dtype, types
from numba.core import cgutils
from numba.extending import intrinsic

from sim.engine.fast.row import Row, columns
from sim.engine.fast.translating import Linked

F = TypeVar("F", bound=Callable[..., Any])


R = TypeVar("R", bound=Row)


def compiled(function: F) -> F:
    """The function as a part of whatever calls it, once that is compiled."""
    return cast(F, Linked(function))


def taken_in(function: F) -> F:
    """The same, and taken into whatever calls it however long it is: for what is done at every attempt."""
    return cast(F, Linked(function, taken_in=True))


def rows_of(kind: type[R], number: type[np.integer[Any]] = np.int64) -> Callable[[int, int], R]:
    """The compiled function that gives a row of some kind: of those that begin at an address, the n-th from 0."""
    lies = columns(kind, number)
    record, size = from_dtype(lies), lies.itemsize

    @intrinsic  # type: ignore[untyped-decorator]
    def row(typing_context: Any, first: Any, nth: Any) -> Any:
        del typing_context, first, nth

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            del signature
            address, n = arguments
            place = builder.add(address, builder.mul(n, ir.Constant(ir.IntType(64), size)))
            return builder.inttoptr(place, context.get_value_type(record))

        return record(types.int64, types.int64), generate

    return cast(Callable[[int, int], R], row)


class Number(Row):
    """A single whole number."""

    value: int


numbers, shorts, switches = rows_of(Number), rows_of(Number, np.int32), rows_of(Number, np.int8)
"""The n-th number of those that begin at an address: of eight bytes, of four, and of one."""


AHEAD = 1024
"""How many bytes behind a row that is written memory is made ready: a dozen rows of a log and more."""
_TO_READ, _TO_WRITE = 0, 1


def _wish(context: Any, builder: Any, address: Any, what_for: int) -> Any:
    """Bid the processor to have ready what stands at an address; a wish, which may be wrong."""
    whole, pointer = ir.IntType(32), ir.IntType(8).as_pointer()
    wish = ir.FunctionType(ir.VoidType(), [pointer, whole, whole, whole])
    function = cgutils.get_or_insert_function(builder.module, wish, "llvm.prefetch.p0i8")
    builder.call(function, [builder.inttoptr(address, pointer), whole(what_for), whole(3), whole(1)])
    return context.get_dummy_value()


@intrinsic  # type: ignore[untyped-decorator]
def _fetch(typing_context: Any, address: Any) -> Any:
    """Bid the processor to have ready what stands at an address."""
    del typing_context, address

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        del signature
        return _wish(context, builder, arguments[0], _TO_READ)

    return types.none(types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def make_ready_behind(typing_context: Any, row: Any) -> Any:
    """Bid the processor to make ready the memory in which rows a little behind this one will be written."""
    del typing_context

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        del signature
        place = builder.ptrtoint(arguments[0], ir.IntType(64))
        return _wish(context, builder, builder.add(place, ir.Constant(ir.IntType(64), AHEAD)), _TO_WRITE)

    return types.none(row), generate


@compiled
def by_case(address: int, step: int, index: int) -> int:
    """What is known of a case by its number; 0 where nothing is known of any."""
    if not address:
        return 0
    place = address + step * index
    _fetch(place + 8 * step)
    return shorts(place, 0).value
