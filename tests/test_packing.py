"""What was found as bytes and back again, and nothing that runs."""

from __future__ import annotations

import math
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.estimate import Estimate
from sim.analysis.replications import replicate
from sim.core.packing import pack, unpack
from sim.engine.counters import staff_of
from sim.scenario.desk import load, prepare

LIBRARY = Path(__file__).parent / "library"
THINGS: list[Any] = [
    None, True, 0, 1, -0.0, 0.1, math.inf, 2**70, "", "办结", [], (), {}, [1, (2, [3])], {"a": 1, "b": [2.5]},
    {1: "one", ("a", 2): None}, Counter({"x": 2}), Estimate(1.0, 0.5, 1.5, 10), {"of": [Estimate(0.1, 0.1, 0.1, 2)]},
    np.float64(0.1), np.int64(3), np.array([1.5, -0.0]), np.array([[1, 2], [3, 4]], dtype=np.int32), np.array([], bool),
    np.array(["a", "bc"]), np.array(["2025-03-03"], dtype="datetime64[s]"),
]  # fmt: skip


def packed(thing: Any) -> Any:
    """A thing that was packed and unpacked."""
    return unpack(pack(thing))


@pytest.mark.parametrize("thing", THINGS, ids=repr)
def test_what_is_unpacked_is_what_was_packed(thing: Any) -> None:
    """In kind, order and every bit."""
    found = packed(thing)
    assert type(found) is type(thing)
    assert repr(found) == repr(thing)


def test_what_is_no_number_stays_so() -> None:
    """By itself, in a list and in an array."""
    alone, (listed,), array = packed((math.nan, [math.nan], np.array([math.nan])))
    assert (math.isnan(alone), math.isnan(listed), np.isnan(array).tolist()) == (True, True, [True])


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"n": [1, 2], "x": [0.1, math.nan], "who": pd.array(["甲", None], dtype="str")}),
        pd.DataFrame({"yes": [True, False], "short": np.array([0.5, math.nan], dtype="f2")}),
        pd.DataFrame({"kind": pd.Categorical.from_codes([1, -1, 0], np.array(["乙", "甲"], dtype=object))}),
        pd.DataFrame({"kind": pd.Categorical.from_codes([0, 1], np.array([True, (1, "a")], dtype=object))}),
        pd.DataFrame({"any": np.array([None, (1, 2)], dtype=object)}, index=[7, 3]),
        pd.DataFrame({"when": np.array(["2025-03-03"], dtype="datetime64[ns]")}, index=pd.Index(["a"], dtype="str")),
        pd.DataFrame({"n": np.array([], dtype=np.int32)}),
        pd.DataFrame({"n": [1, 2, 3]}, index=pd.RangeIndex(4, 10, 2)),
    ],
)  # fmt: skip
def test_a_table_comes_back_whole(table: pd.DataFrame) -> None:
    """Its columns with their types, its rows with their names, what is missing as such."""
    pd.testing.assert_frame_equal(packed(table), table, check_exact=True, check_index_type="exact")


def test_a_replication_comes_back_whole() -> None:
    """All that a scenario is judged by; packed again it gives the same bytes."""
    prepared = prepare("faster", load(LIBRARY))
    raw = pack(replicate(prepared, staff_of(prepared), 1, 0))
    assert pack(unpack(raw)) == raw


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        ({1}, "no builtins.set is kept"),
        (len, "no builtins.builtin_function_or_method is kept"),
        ([object()], "no builtins.object is kept"),
        (np.array([{}]), "no numpy.ndarray is kept"),
        (pd.DataFrame({1: [1]}), "no table of columns without names is kept"),
        (pd.DataFrame({"c": pd.period_range("2025", "2026", freq="Y")}), "no column of period[Y-DEC] is kept"),
        (pd.DataFrame({"c": pd.Categorical(["a"], ordered=True)}), "no column of category is kept"),
    ],
)
def test_what_could_not_be_made_again_is_refused(thing: Any, message: str) -> None:
    """Rather than kept as something else."""
    with pytest.raises(TypeError) as error:
        pack(thing)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("module", "name"),
    [("subprocess", "Popen"), ("sim.core.files", "write_whole"), ("sim.core.errors", "PlannerError")],
)
def test_nothing_but_records_of_ours_is_made(module: str, name: str) -> None:
    """Whatever somebody wrote into a file: no function is called, no other class made."""
    stream = BytesIO()
    tree = f'["record","{module}","{name}",{{}}]'.encode()
    np.savez(stream, tree=np.frombuffer(tree, dtype=np.uint8))
    with pytest.raises(TypeError) as error:
        unpack(stream.getvalue())
    assert str(error.value) == f"{module}.{name} is no record of ours"
