"""Tables of cases take little room, and come back as they were."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.records.packed import packed, unpacked

ROWS = 1000


def table(rows: int) -> pd.DataFrame:
    """A table with a column of each kind."""
    number = np.arange(rows)
    return pd.DataFrame({
        "case": number,
        "seconds": number * 2**40,
        "flag": number % 2.0,
        "days": np.where(number % 7, number * 3.0, np.nan),
        "hours": number / 3,
        "most": np.where(number % 5, 1e300, -np.inf),
        "sort": np.array(["甲", "=1+1"] * rows, dtype=object)[:rows],
        "large": np.array([True, False] * rows, dtype=object)[:rows],
        "arrived": np.where(number % 3, np.datetime64("2024-03-04T09:00:01"), np.datetime64("NaT")),
    })  # fmt: skip


@pytest.mark.parametrize("rows", [0, 1, ROWS])
def test_a_packed_table_comes_back_as_it_was(rows: int) -> None:
    """Every number to its last digit, texts, truth, what is missing, and the kinds of the columns."""
    pd.testing.assert_frame_equal(unpacked(packed(table(rows))), table(rows), check_exact=True)


def test_packed_tables_come_back_one_below_the_other() -> None:
    """Columns that were packed in different ways, of other texts, are as they were."""
    tables = [table(3), table(1), table(ROWS)]
    both = unpacked(*map(packed, tables))
    pd.testing.assert_frame_equal(both, pd.concat(tables, ignore_index=True), check_exact=True)


def test_columns_are_as_short_as_they_can_be() -> None:
    """Two bytes for whole numbers up to 2,048, four up to 2²⁴, eight for what has more digits; a byte for a text."""
    width = {name: column.array.nbytes // ROWS for name, column in packed(table(ROWS)).items()}
    assert width == {
        "case": 4, "seconds": 8, "flag": 2, "days": 4, "hours": 8, "most": 8, "sort": 1, "large": 1, "arrived": 8,
    }  # fmt: skip
