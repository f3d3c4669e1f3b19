"""From a mapping and its tables to the log: read in pieces, put in order, every application once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from sim.core.errors import Fault, PlannerError, SpecError, unknown
from sim.core.workdays import DAY
from sim.learn.gathering import Gathering, Vocabulary
from sim.learn.happenings import RANK, What
from sim.learn.log import Log, Origin
from sim.learn.mapping.forms import KINDS
from sim.learn.mapping.guess import guessed
from sim.learn.mapping.model import MappedTable, Mapping
from sim.learn.moments import moments, second_of
from sim.learn.reading.databases import database_tables, is_address
from sim.learn.reading.exports import ending, tables_of
from sim.learn.reading.table import Table
from sim.learn.reading.texts import text_table
from sim.learn.rows import TAKE, Piece
from sim.scenario.library import Spec
from sim.scenario.reading import read

_RANKS = np.zeros(max(RANK) + 1, dtype=np.int64)
_RANKS[[int(what) for what in RANK]] = list(RANK.values())


def open_log(source: str) -> tuple[Log, Mapping, bool]:
    """Return the log that a mapping file, a table, a folder or a database gives, the mapping, and if it was guessed.

    Raises SpecError with every fault of a mapping, PlannerError where nothing can be read.
    """
    if not is_address(source) and ending(Path(source)) in (".yaml", ".yml"):
        spec = read(Path(source), Mapping)
        folder = Path(source).parent
        return gather(spec.model, folder, list(_tables(spec, folder))), spec.model, False
    tables = tables_of(source)
    mapping = guessed(tables, Path())
    by_name = {(table.file, table.name): table for table in tables}
    chosen = [(m, _found(m, by_name)) for m in mapping.tables]
    return gather(mapping, Path(), chosen), mapping, True


def _found(mapped: MappedTable, tables: dict[tuple[str, str], Table]) -> Table:
    return next(t for (file, name), t in tables.items() if mapped.table in (None, name) and _same(file, mapped.file))


def _same(one: str, other: str) -> bool:
    return one == other or (not is_address(one) and Path(one).resolve() == Path(other).resolve())


def _tables(spec: Spec[Mapping], folder: Path) -> Iterator[tuple[MappedTable, Table]]:
    """Every table of a mapping with its columns tried; all faults come at once."""
    faults: list[Fault] = []
    found: list[tuple[MappedTable, Table]] = []
    for n, mapped in enumerate(spec.model.tables):
        try:
            table = _opened(mapped, folder)
        except PlannerError as error:
            faults.append(spec.fault(("tables", n, "file"), str(error)))
            continue
        faults += _column_faults(spec, n, table)
        found.append((mapped, table))
    if faults:
        raise SpecError(faults)
    yield from found


def _opened(mapped: MappedTable, folder: Path) -> Table:
    path = folder / mapped.file
    if is_address(mapped.file):
        tables = database_tables(mapped.file)
    elif mapped.encoding and path.is_file():
        return _in_encoding(path, mapped.encoding)
    else:
        tables = tables_of(str(path))
    by_name = {table.name: table for table in tables}
    if mapped.table is None and len(tables) == 1:
        return tables[0]
    if mapped.table not in by_name:
        raise PlannerError(unknown("table", mapped.table or "", by_name))
    return by_name[mapped.table]


def _in_encoding(path: Path, encoding: str) -> Table:
    try:
        return text_table(path, encoding)
    except LookupError:
        raise PlannerError(f"unknown encoding {encoding!r}; write utf-8, gb18030 or leave it out") from None


def _column_faults(spec: Spec[Mapping], n: int, table: Table) -> Iterator[Fault]:
    mapped = spec.model.tables[n]
    fields = [field.id for field in KINDS[mapped.kind].fields]
    for field, column in mapped.columns.items():
        place = ("tables", n, "columns", field)
        if field not in fields:
            yield spec.fault(place, unknown("field", field, fields), key=True)
        elif column not in table.columns:
            yield spec.fault(place, unknown("column", column, table.columns))
    for name, column in mapped.attributes.items():
        if column not in table.columns:
            yield spec.fault(("tables", n, "attributes", name), unknown("column", column, table.columns))
    for field in KINDS[mapped.kind].needed:
        if field not in mapped.columns:
            yield spec.fault(("tables", n, "columns"), f"a table of {mapped.kind} needs {field!r}; name its column")
    if mapped.kind == "events" and not {"moment", "start"} & set(mapped.columns):
        yield spec.fault(("tables", n, "columns"), "a table of events needs 'moment' or 'start'; name its column")


def gather(mapping: Mapping, folder: Path, tables: list[tuple[MappedTable, Table]]) -> Log:
    """Return the log of some tables; PlannerError where no row of them can be used."""
    del folder
    words = Vocabulary(mapping.steps)
    own = words if all(mapped.kind == "events" for mapped, _ in tables) else Vocabulary({})
    gathering = Gathering(words, Vocabulary(mapping.departments), own)
    origins = []
    for mapped, table in tables:
        rows = 0
        for piece in table.pieces():
            rows += len(piece)
            TAKE[mapped.kind](Piece(mapped, piece, mapping).valid(gathering), gathering)
        origins.append(Origin(Path(table.file).name, table.name, table.sha256, rows))
    if not any(len(part) for part in gathering.events):
        read_rows = sum(origin.rows for origin in origins)
        raise PlannerError(f"{', '.join(o.file for o in origins)}: {read_rows} rows and nothing that happened in any; "
                           "look at the columns of moments and statuses in the mapping")  # fmt: skip
    return _ordered(gathering, mapping, tuple(origins))


def _ordered(gathering: Gathering, mapping: Mapping, origins: tuple[Origin, ...]) -> Log:
    events = pd.concat(gathering.events, ignore_index=True)
    applications = _described(gathering)
    events = _separated(events)
    applications = _also_separated(applications, events)
    events = _without_spare(events)
    once = events.drop_duplicates(["application", "what", "moment"])
    gathering.met["L005"] += len(events) - len(once)
    numbers = pd.Index(applications["application"])
    once = once.assign(application=numbers.get_indexer(once["application"]))
    once = once[once["application"] >= 0].assign(rank=lambda rows: _RANKS[rows["what"].to_numpy()])
    once = once.sort_values(["application", "moment", "rank"], kind="stable").drop(
        columns=["rank", "loose", "spare", "base"]
    )
    codes, _ = pd.factorize(once["officer"].where(once["officer"] > 0))
    once["officer"] = codes.astype(np.int32)
    cases, hashes = pd.factorize(applications["case"])
    applications = applications.assign(case=cases).drop(columns="application")
    first = second_of(date.fromisoformat(mapping.first)) if mapping.first else int(once["moment"].min())
    last = second_of(date.fromisoformat(mapping.last)) + DAY if mapping.last else int(once["moment"].max())
    steps = gathering.steps.texts
    over = [mapping.steps.get(text, text) for text in mapping.last_steps]
    return Log(
        events=once.reset_index(drop=True), applications=applications.reset_index(drop=True), steps=steps,
        departments=gathering.departments.texts, activities=gathering.activities.texts,
        cases=tuple(f"{value:016x}" for value in hashes), items=gathering.items, origins=origins,
        first=first, last=last, met={code: count for code, count in sorted(gathering.met.items()) if count},
        ends=tuple(steps.index(step) for step in over if step in steps),
        attributes={name: words.texts for name, words in gathering.attributes.items()},
    )  # fmt: skip


_NUMBERED = ("step", "department", "online", "promised")


def _described(gathering: Gathering) -> pd.DataFrame:
    """A row an application, each column from the first table that knows it."""
    seen = pd.DataFrame({"application": pd.concat([part["application"] for part in gathering.events]).unique()})
    seen["case"] = np.zeros(len(seen), dtype=np.uint64)
    whole = pd.concat([*gathering.applications, seen], ignore_index=True)
    # Numbers of 64 bits must never meet a gap, which would make floats of them.
    cases = whole.loc[whole["case"] != 0, ["application", "case"]].drop_duplicates("application")
    for name in _NUMBERED:
        column = whole[name] if name in whole else pd.Series(np.nan, index=whole.index)
        whole[name] = column.where(column != -1)
    if "due_written" in whole:
        due = moments(whole.pop("due_written").fillna(""))[0].astype(float)
        whole["due"] = np.where(due < 0, np.nan, due)
    found = whole.drop(columns="case").groupby("application", sort=False).first().reset_index()
    at = pd.Index(cases["application"]).get_indexer(found["application"])
    own = found["application"].to_numpy()
    found["case"] = np.where(at >= 0, cases["case"].to_numpy()[at], own) if len(cases) else own
    for name in (*_NUMBERED, *(c for c in found if str(c).startswith("_"))):
        found[name] = found[name].fillna(-1).astype(np.int64)
    for name in ("limit", "due"):
        found[name] = found[name].astype(float) if name in found else np.nan
    return found


def _separated(events: pd.DataFrame) -> pd.DataFrame:
    """The events with a number of their own for each execution where no application holds them together."""
    loose = events["loose"].to_numpy(dtype=bool)
    events["base"] = events["application"]
    if loose.any():
        part = events[loose].sort_values("moment", kind="stable")
        nth = part.groupby(["application", "what"]).cumcount()
        own = part["application"].to_numpy() + nth.to_numpy(dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        events.loc[part.index, "application"] = own
    return events


def _also_separated(applications: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    own = events.loc[events["loose"], ["application", "base"]].drop_duplicates("application")
    if own.empty:
        return applications
    wide = own.merge(
        applications.assign(base=applications["application"]).drop(columns="application"), on="base", how="left"
    )
    held = applications[~applications["application"].isin(own["base"])]
    return pd.concat([held, wide.drop(columns="base")], ignore_index=True)


def _without_spare(events: pd.DataFrame) -> pd.DataFrame:
    """The events without those that another table tells better, and with an end to each paper returned."""
    spare = events["spare"].to_numpy(dtype=bool)
    if not spare.any():
        return events
    better = events.loc[~spare, ["application", "what"]].drop_duplicates()
    told = events.merge(better.assign(told=True), on=["application", "what"], how="left")["told"].fillna(False)
    events = events[~(spare & told.to_numpy(dtype=bool))]
    back = events[events["spare"] & (events["what"] == int(What.CORRECTION))]
    if back.empty:
        return events
    later = events[~events["spare"]].sort_values("moment")
    key = pd.merge_asof(back.sort_values("moment"), later[["application", "moment"]].assign(next=later["moment"]),
                        on="moment", by="application", direction="forward", allow_exact_matches=False)  # fmt: skip
    ended = key[key["next"].notna()]
    closing = ended.assign(what=np.int8(What.CORRECTED), moment=ended["next"].astype(np.int64)).drop(columns="next")
    return pd.concat([events, closing[events.columns]], ignore_index=True)
