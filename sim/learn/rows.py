"""What the rows of each kind of table say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.learn.gathering import Gathering, Hashes, Vocabulary, hashed
from sim.learn.happenings import What, status_words
from sim.learn.log import Item
from sim.learn.mapping import model

EXTENSION = ("1", "01", "延长审批", "延长", "延期")
"""Texts of a special procedure that is an extension (GB/T 39046, A.7)."""
RETURNED = "退回"
CORRECTING = "补正"
_UPLOADED, _NOT_VALID = "3", ("0", "false", "否")
_WORK = int(What.STARTED)


class Piece:
    """A piece of a table, its columns by field; a field that is not there is empty."""

    def __init__(self, mapped: model.MappedTable, rows: pd.DataFrame, mapping: model.Mapping) -> None:
        self.mapped, self.rows, self.mapping = mapped, rows, mapping

    def __getitem__(self, name: str) -> pd.Series:
        column = self.mapped.columns.get(name)
        if column is None:
            return pd.Series("", index=self.rows.index, dtype=object)
        return self.rows[column]

    def has(self, name: str) -> bool:
        """Return whether a column holds this field."""
        return name in self.mapped.columns

    def number(self, name: str) -> NDArray[np.float64]:
        """Return the numbers of a field; not-a-number where none is written, or 0, by which vendors write nothing."""
        found = pd.to_numeric(self[name], errors="coerce").to_numpy(dtype=float)
        return np.where(found > 0, found, np.nan)

    def among(self, name: str, yes: tuple[str, ...]) -> NDArray[np.int64]:
        """Return 1 where a field is one of some texts, 0 where it is another, -1 where it is empty."""
        text = self[name].str.strip()
        return np.where(text == "", -1, text.isin(yes)).astype(np.int64)

    def kept(self, keep: pd.Series) -> Piece:
        """Return the rows of a mask."""
        return Piece(self.mapped, self.rows[keep], self.mapping)

    def valid(self, gathering: Gathering) -> Piece:
        """Return the rows that count: valid, uploaded, and with what the table says nothing without."""
        good = pd.Series(True, index=self.rows.index)
        if self.has("valid"):
            good &= ~self["valid"].str.strip().isin(_NOT_VALID)
        if self.has("uploaded") and (self["uploaded"].str.strip() == _UPLOADED).any():
            good &= self["uploaded"].str.strip() == _UPLOADED
        gathering.met["L005"] += int((~good).sum())
        named = self[_KEY[self.mapped.kind]].str.strip() != ""
        gathering.met["L016"] += int((good & ~named).sum())
        return self.kept(good & named)

    def attributes(self, gathering: Gathering) -> dict[str, NDArray[np.int64]]:
        """Return the numbers of the values of every attribute that the table holds."""
        found = {}
        for name, column in self.mapped.attributes.items():
            words = gathering.attributes.setdefault(name, Vocabulary({}))
            found[f"_{name}"] = words.numbers(self.rows[column], column)
        return found


_KEY = {
    "events": "case",
    "files": "application",
    "handlings": "application",
    "results": "application",
    "procedures": "application",
    "items": "application",
    "details": "application",
    "specials": "application",
    "limits": "step",
}
"""Kind of table → the field without which a row is of nobody."""


def _statuses(piece: Piece, gathering: Gathering, field: str) -> NDArray[np.int64]:
    """The happening of each row; 0 where its text says nothing."""
    words = {**status_words(), **{text: What[name.upper()] for text, name in piece.mapping.statuses.items()}}
    found: NDArray[np.int64] = piece[field].str.strip().map(words).fillna(0).to_numpy(dtype=np.int64)
    gathering.met["L013"] += int((found == 0).sum())
    return found


def _events(piece: Piece, gathering: Gathering) -> None:
    named = piece["step"].str.strip() != ""
    gathering.met["L016"] += int((~named).sum())
    piece = piece.kept(named)
    case, step = hashed(piece["case"].str.strip()), gathering.steps.numbers(piece["step"], piece.mapped.columns["step"])
    status = _statuses(piece, gathering, "status") if piece.has("status") else np.full(len(case), int(What.DONE))
    loose = not piece.has("application") and not bool(((status > 0) & (status < _WORK)).any())
    own = piece["application"] if piece.has("application") else piece["step"].str.strip()
    application = hashed(piece["case"].str.strip(), own)
    gathering.describe(
        application, case=case, step=step, department=gathering.departments.numbers(piece["department"]),
        limit=piece.number("limit"), **piece.attributes(gathering),
    )  # fmt: skip
    known = status > 0
    if piece.has("start"):
        gathering.happen(application, What.STARTED, piece["start"], officer=piece["officer"], activity=step,
                         end=piece["end"], loose=loose, missing=True)  # fmt: skip
        if piece.has("end"):
            gathering.happen(application, What.DONE, piece["end"], officer=piece["officer"], activity=step,
                             loose=loose, missing=True)  # fmt: skip
    if piece.has("moment"):
        part = piece.kept(pd.Series(known, index=piece.rows.index))
        gathering.happen(application[known], status[known], part["moment"], officer=part["officer"],
                         activity=step[known], loose=loose)  # fmt: skip


def _files(piece: Piece, gathering: Gathering) -> None:
    application = hashed(piece["application"].str.strip())
    case = piece["case"].str.strip()
    case = case.where(case != "", piece["application"].str.strip())
    known = {
        "case": hashed(case) if piece.has("case") or piece.has("step") else np.zeros(len(case), dtype=np.uint64),
        "step": gathering.steps.numbers(piece["step"], piece.mapped.columns.get("step", "")),
        "department": gathering.departments.numbers(piece["department"]),
        "limit": piece.number("limit"),
        "online": piece.among("channel", piece.mapping.online),
        "promised": piece.among("promised", piece.mapping.promised),
        "due_written": piece["due"].to_numpy(dtype=object),
    }
    gathering.describe(application, **known, **piece.attributes(gathering))
    if piece.has("submitted"):
        gathering.happen(application, What.SUBMITTED, piece["submitted"], missing=True)
    if piece.has("accepted"):
        gathering.happen(application, What.ACCEPTED, piece["accepted"], missing=True)


def _handlings(piece: Piece, gathering: Gathering) -> None:
    application = hashed(piece["application"].str.strip())
    activity = gathering.activities.numbers(piece["activity"], piece.mapped.columns["activity"])
    correcting = piece["activity"].str.contains(CORRECTING, regex=False)
    paused = (piece["special"].str.strip() != "") & (piece["special_start"] == piece["start"])
    worked = (~correcting & ~paused).to_numpy(dtype=bool)
    work, part = piece.kept(~correcting & ~paused), piece.kept(correcting)
    gathering.happen(application[worked], What.STARTED, work["start"], officer=work["officer"], end=work["end"],
                     activity=activity[worked])  # fmt: skip
    back_again = correcting.to_numpy(dtype=bool)
    gathering.happen(application[back_again], What.CORRECTION, part["start"])
    gathering.happen(application[back_again], What.CORRECTED, part["end"], missing=True)
    returned = (piece["action"].str.contains(RETURNED, regex=False) & ~correcting).to_numpy(dtype=bool)
    if returned.any() and not correcting.any():
        back = piece.kept(pd.Series(returned, index=piece.rows.index))
        end = back["end"].where(back["end"].str.strip() != "", back["start"])
        gathering.happen(application[returned], What.CORRECTION, end, spare=True)
    gathering.describe(application, department=gathering.departments.numbers(piece["department"]))
    _procedure(piece, gathering, application, "special_start", "special_end")


def _procedure(piece: Piece, gathering: Gathering, application: Hashes, start: str, end: str) -> None:
    """Special procedures that begin and end; an extension lengthens the limit and stops nothing."""
    begun = piece[start].str.strip() != ""
    longer = piece["special"].str.strip().isin(EXTENSION)
    for mask, what in ((begun & longer, What.EXTENDED), (begun & ~longer, What.SPECIAL)):
        gathering.happen(application[mask.to_numpy(dtype=bool)], what, piece[start][mask])
    over = begun & ~longer & (piece[end].str.strip() != "")
    gathering.happen(application[over.to_numpy(dtype=bool)], What.SPECIAL_OVER, piece[end][over])


def _procedures(piece: Piece, gathering: Gathering) -> None:
    _procedure(piece, gathering, hashed(piece["application"].str.strip()), "start", "end")


def _results(piece: Piece, gathering: Gathering) -> None:
    words = {**status_words(), **{text: What[name.upper()] for text, name in piece.mapping.statuses.items()}}
    text = piece["result"].str.strip()
    refused = text.str.contains("不", regex=False)
    told = text.map({word: int(what) for word, what in words.items() if not word.isdigit()}).fillna(0)
    what = np.where(told > 0, told, np.where(refused, int(What.REFUSED), int(What.GRANTED))).astype(np.int64)
    gathering.happen(hashed(piece["application"].str.strip()), what, piece["decided"], missing=True)


def _items(piece: Piece, gathering: Gathering) -> None:
    gathering.describe(
        hashed(piece["application"].str.strip()), case=hashed(piece["case"].str.strip()),
        step=gathering.steps.numbers(piece["step"], piece.mapped.columns["step"]),
        department=gathering.departments.numbers(piece["department"]), limit=piece.number("limit"),
        online=piece.among("channel", piece.mapping.online),
        promised=piece.among("promised", piece.mapping.promised), **piece.attributes(gathering),
    )  # fmt: skip


def _details(piece: Piece, gathering: Gathering) -> None:
    status = _statuses(piece, gathering, "status")
    known = status > 0
    part = piece.kept(pd.Series(known, index=piece.rows.index))
    gathering.happen(hashed(part["application"].str.strip()), status[known], part["moment"], officer=part["officer"])


def _specials(piece: Piece, gathering: Gathering) -> None:
    application = hashed(piece["application"].str.strip())
    longer = piece["special"].str.strip().isin(EXTENSION)
    for mask, what in ((longer, What.EXTENDED), (~longer, What.SPECIAL)):
        gathering.happen(application[mask.to_numpy(dtype=bool)], what, piece["start"][mask], spare=True)
    if piece.has("end"):
        gathering.happen(application, What.SPECIAL_OVER, piece["end"], spare=True, missing=True)


def _limits(piece: Piece, gathering: Gathering) -> None:
    limits = piece.number("limit")
    columns = (piece[name].str.strip() for name in ("step", "name", "before", "version"))
    for limit, step, name, before, version in zip(limits, *columns, strict=True):
        gathering.steps.number(step)
        earlier = tuple(
            piece.mapping.steps.get(b.strip(), b.strip()) for b in before.replace("，", ",").split(",") if b
        )
        gathering.items[piece.mapping.steps.get(step, step)] = Item(name or step, float(limit), earlier, version)


TAKE: Mapping[str, Callable[[Piece, Gathering], None]] = {
    "events": _events,
    "files": _files,
    "handlings": _handlings,
    "results": _results,
    "procedures": _procedures,
    "items": _items,
    "details": _details,
    "specials": _specials,
    "limits": _limits,
}
"""Kind of table → what takes its rows in."""
