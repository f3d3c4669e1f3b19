"""The statutory clock, replayed from records: by hand, and against the engine that played the cases."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.learn import tabled
from sim.learn.days import days_of
from sim.learn.gather import open_log
from sim.learn.replay import Replay, case_days, replay
from sim.learn.writing.exports import gbt, spgl
from sim.learn.writing.happened import happened
from sim.records.measures.register import values
from sim.spec.scope import Scope

from .city import city, played, read_back

ITEMS = "GCDM,SPSXBM,SPSXSLBM,SXBLSX\n"
DETAILS = "GCDM,SPSXSLBM,BLZT,BLSJ,SJYXBS,SJSCZT\n"


def replayed(folder: Path, items: list[str], details: list[str]) -> Replay:
    """The applications of a small export, eight hours a working day from 8:30 to 12:00 and 13:30 to 18:00."""
    (folder / "SPGL_XMSPSXBLXXB.csv").write_text(ITEMS + "\n".join(items) + "\n", encoding="utf-8")
    text = DETAILS + "\n".join(f"{row},1,3" for row in details) + "\n"
    (folder / "SPGL_XMSPSXBLXXXXB.csv").write_text(text, encoding="utf-8")
    return replay(open_log(str(folder))[0], days_of(None))


def told(found: Replay, *columns: str) -> list[float]:
    """Some numbers of the only application."""
    return [round(float(found.applications[column].iloc[0]), 6) for column in columns]


def test_the_clock_runs_from_acceptance_to_decision_less_what_stops_it(tmp_path: Path) -> None:
    """Over the Spring Festival of 2024, whose make-up days are Sunday 4 and Sunday 18 February.

    Accepted Monday 5 February 10:00, special procedure from Tuesday 6 at 10:00 to Monday 19 at 10:00, decided Tuesday
    20 at 14:30: a day before it, and after it a day and three hours of eight.
    """
    rows = ["P,S1,1,2024-02-02 09:00:00", "P,S1,6,2024-02-02 11:00:00", "P,S1,7,2024-02-04 11:00:00",
            "P,S1,3,2024-02-05 10:00:00", "P,S1,9,2024-02-06 10:00:00", "P,S1,10,2024-02-19 10:00:00",
            "P,S1,11,2024-02-20 14:30:00"]  # fmt: skip
    found = replayed(tmp_path, ["P,A,S1,3"], rows)
    assert told(found, "counted", "legal", "on_time", "rounds", "specials") == [2.375, 2.0, 1.0, 1.0, 1.0]
    # Friday 2 February 11:00 to Sunday 4, which is worked for the festival, 11:00 is one day.
    assert told(found, "applicant_days") == [1.0]
    assert told(found, "elapsed")[0] == told(found, "counted")[0] + told(found, "special_days")[0] + told_before(found)


def told_before(found: Replay) -> float:
    """Working days from submission to acceptance of the only application."""
    row = found.applications.iloc[0]
    start, end = (np.array([int(row[name])]) for name in ("submitted", "accepted"))
    return float(found.days.exact(start, end)[0])


def test_a_date_without_a_time_is_counted_by_dates(tmp_path: Path) -> None:
    """The day of acceptance is day 0: from Monday to Thursday are three days, whatever the hour."""
    rows = ["P,S1,3,2024-03-04", "P,S1,11,2024-03-07 08:31:00"]
    found = replayed(tmp_path, ["P,A,S1,2"], rows)
    assert told(found, "counted", "legal", "on_time") == [3.0, 3.0, 0.0]


@pytest.mark.parametrize(
    ("rows", "met"),
    [
        (["P,S1,3,2024-03-04 09:00:00", "P,S1,11,2024-03-01 09:00:00"], {"L006": 1}),
        (["P,S1,3,2024-03-04 09:00:00", "P,S1,9,2024-03-05 09:00:00", "P,S1,11,2024-03-08 09:00:00"], {"L004": 1}),
        (["P,S1,3,2024-03-04 09:00:00", "P,S1,9,2024-03-05 09:00:00"], {"L008": 1}),
        (["P,S1,1,2024-03-04 09:00:00", "P,S1,6,2024-03-05 09:00:00", "P,S1,3,2024-03-08 09:00:00",
          "P,S1,11,2024-03-09 09:00:00"], {"L019": 1}),
    ],
)  # fmt: skip
def test_what_is_out_of_order_or_has_no_end_is_counted(rows: list[str], met: dict[str, int], tmp_path: Path) -> None:
    """Such an application is left out of the clock, or taken as far as it can be told."""
    found = replayed(tmp_path, ["P,A,S1,5"], rows)
    assert {code: count for code, count in found.met.items() if count} == met


@pytest.mark.parametrize("variant", [0, 1])
@pytest.mark.parametrize("count", [2, 30])
def test_the_replay_of_played_cases_is_what_the_engine_measured(variant: int, count: int, tmp_path: Path) -> None:
    """Counted days, elapsed days and the on-time share of every case come back from its records, to the second."""
    prepared = city(count, cases=60)
    records = played(prepared, variant=variant)
    measured = {name: values(name, records, Scope()) for name in ("counted_days", "on_time_share")}
    wanted = records.cases.assign(**measured).set_index("case")
    for name, tables in (("spgl", spgl(happened(records, prepared.start), 3)),
                         ("gbt", gbt(happened(records, prepared.start)))):  # fmt: skip
        log = read_back(tables, tmp_path / name)
        found = replay(log, days_of(prepared.variants[0].place))
        days = case_days(found)
        granted = np.sort(wanted["counted_days"].dropna().to_numpy())
        refused = found.applications[found.applications["outcome"] == 13].groupby("case").size().index
        own = days[~days["case"].isin(_ended_refused(found, refused))]
        np.testing.assert_allclose(np.sort(own["counted"].to_numpy()), granted, atol=1e-9)
        share = found.usable.groupby("case")["on_time"].mean()
        np.testing.assert_allclose(np.sort(share.to_numpy()), np.sort(wanted["on_time_share"].to_numpy()), atol=1e-9)


def _ended_refused(found: Replay, cases: pd.Index) -> list[int]:
    """The cases whose last decision is a refusal."""
    last = found.usable.sort_values("decided").groupby("case")["outcome"].last()
    return [case for case in cases if last[case] == 13]


def test_cases_and_applications_are_handed_over_as_tables(tmp_path: Path) -> None:
    """A row for every application and for every case decided in all, whose days are those of the replay, by hash."""
    rows = "办件编号,项目,事项名称,申请时间,受理时间,办结时间\n"
    rows += "a,P1,filing,2025-03-03 09:00,2025-03-03 10:00,2025-03-05 10:00\n"
    rows += "b,P1,review,2025-03-05 11:00,2025-03-05 11:00,2025-03-06 11:00\n"
    rows += "c,P2,filing,2025-03-03 09:00,2025-03-03 10:00,\n"
    (tmp_path / "files.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(WHOLE, encoding="utf-8")
    found = replay(open_log(str(tmp_path / "map.yaml"))[0], days_of(None))
    days, cases, applications = (table for _, table in tabled.tables(found).items())
    assert days[["by", "n", "counted", "elapsed"]].to_numpy().tolist()[:2] == [
        ["all", 2, 1.5, 1.5625], ["case", 1, 3.0, 3.25],
    ]  # fmt: skip
    one, other = found.log.cases
    assert cases[["case", "began", "over", "counted", "elapsed"]].to_numpy().tolist() == [
        [one, "2025-03-03 09:00:00", "2025-03-06 11:00:00", 3.0, 3.25]
    ]
    wanted = ["case", "step", "submitted", "accepted", "decided", "outcome", "counted"]
    assert applications[wanted].astype(object).fillna("").to_numpy().tolist() == [
        [one, "filing", "2025-03-03 09:00:00", "2025-03-03 10:00:00", "2025-03-05 10:00:00", "granted", 2.0],
        [one, "review", "2025-03-05 11:00:00", "2025-03-05 11:00:00", "2025-03-06 11:00:00", "granted", 1.0],
        [other, "filing", "2025-03-03 09:00:00", "2025-03-03 10:00:00", "", "", ""],
    ]
    everything = "".join(table.to_csv() for table in (days, cases, applications))
    assert "P1" not in everything


WHOLE = """
tables:
  - file: files.csv
    kind: files
    columns: {application: 办件编号, case: 项目, step: 事项名称, submitted: 申请时间, accepted: 受理时间}
  - {file: files.csv, kind: results, columns: {application: 办件编号, decided: 办结时间}}
"""
