"""A starting spec of a process that no file describes, drawn from a table of events for a planner to correct."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from sim.core.errors import PlannerError
from sim.learn.happenings import DECIDED, What
from sim.learn.measuring import found
from sim.learn.measuring.quantities import Learnt
from sim.learn.replay import Replay
from sim.scenario.library import Library
from sim.spec.kinds import KINDS
from sim.text.yamlio import dump

OFTEN, MOST = 0.1, 40
"""Steps in fewer cases than this share, or beyond this number, are left out of a draft."""
FIRST = 0.9
"""Share of the cases that have both from which on one step counts as before the other."""
EVERY = 0.97
"""Share of the cases from which on every case goes through a step."""
_SEEN = 10
_ID = re.compile(r"^[a-z][a-z0-9_]*$")


@dataclass(frozen=True)
class _Steps:
    """The steps of a draft: in how many cases each is, when it first was over, how often it came again."""

    names: dict[int, str]
    first: pd.DataFrame
    """By case and step: working days at which it first was over."""
    began: pd.Series
    cases: int
    again: dict[int, float]


def draft_file(library: Library, name: str) -> Path:
    """Return where a draft goes; raises PlannerError where the name is no id, or another file has it already."""
    if not _ID.match(name):
        raise PlannerError(f"--draft: an id is of small letters, digits and _, a letter first; found {name!r}")
    path = library.root / "processes/drafts" / f"{name}.yaml"
    if name in library.processes or path.exists():
        raise PlannerError(f"--draft: there is a process {name} already; choose another id")
    return path


def draft(replay: Replay, library: Library, name: str) -> str:
    """Return a spec that validates: steps, their order with its evidence, branches, loops, limits and times.

    Raises PlannerError where no step is frequent enough.
    """
    steps = _steps(replay)
    if not steps.names:
        raise PlannerError("no step is in a tenth of the cases; is the column of steps the right one?")
    order = _order(steps)
    data, notes = _process(replay, library, name, steps, order)
    text = "# yaml-language-server: $schema=../schema/process.schema.json\n"
    text += "# Drafted from records: every order here is habit as far as the moments tell; say which is law.\n"
    text += "".join(f"# {line}\n" for line in notes)
    return text + dump(data)


def _steps(replay: Replay) -> _Steps:
    log = replay.log
    ends = [int(what) for what in (What.DONE, *DECIDED)]
    events = log.events[log.events["what"].isin(ends)]
    own = log.applications.iloc[events["application"].to_numpy()]
    moment = events["moment"].to_numpy()
    rows = pd.DataFrame({"case": own["case"].to_numpy(), "step": own["step"].to_numpy(),
                         "at": replay.days.exact(np.zeros_like(moment), moment)})  # fmt: skip
    count = rows["case"].nunique()
    inside = rows.groupby("step")["case"].nunique().sort_values(ascending=False)
    chosen = [int(s) for s in inside[inside >= max(OFTEN * count, 2)].index[:MOST] if s >= 0]
    rows = rows[rows["step"].isin(chosen)]
    first = rows.groupby(["case", "step"])["at"].min().unstack()
    runs = rows.groupby("step").size()
    begun = log.events.groupby(log.applications["case"].to_numpy()[log.events["application"].to_numpy()])[
        "moment"
    ].min()
    began = pd.Series(replay.days.exact(np.zeros(len(begun), dtype=np.int64), begun.to_numpy()), index=begun.index)
    again = {s: float(1 - first[s].notna().sum() / runs[s]) for s in chosen}
    return _Steps({s: _id(log.steps[s], n) for n, s in enumerate(chosen, 1)}, first, began, count, again)


def _id(text: str, number: int) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    if not re.search(r"[a-z]", plain) or not text.isascii():
        return f"step_{number:02d}"
    return plain if plain[0].isalpha() else f"s_{plain}"


def _order(steps: _Steps) -> dict[tuple[int, int], tuple[float, int]]:
    """Which step is directly before which → in what share of how many cases; no circle, nothing told twice."""
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(steps.names)
    shares: dict[tuple[int, int], tuple[float, int]] = {}
    for a in steps.names:
        for b in steps.names:
            both = steps.first[a].notna() & steps.first[b].notna()
            n = int(both.sum())
            if a != b and n >= max(_SEEN, 0.02 * steps.cases):
                gap = steps.first.loc[both, b] - steps.first.loc[both, a]
                # What has one and the same moment is in no order; it speaks for neither.
                told = int((gap != 0).sum())
                share = float((gap > 0).sum() / told) if told else 0.0
                if share >= FIRST and told >= n / 2:
                    shares[a, b] = share, n
    for pair, _ in sorted(shares.items(), key=lambda item: (-item[1][0], -item[1][1])):
        if not nx.has_path(graph, pair[1], pair[0]):
            graph.add_edge(*pair)
    return {pair: shares[pair] for pair in nx.transitive_reduction(graph).edges}


def _process(replay: Replay, library: Library, name: str, steps: _Steps,
             order: dict[tuple[int, int], tuple[float, int]]) -> tuple[dict[str, Any], list[str]]:  # fmt: skip
    log, key = replay.log, f"measured_{name}"
    first, last = log.period
    sources = {key: {"kind": "statistic", "title": f"办件记录 {log.title}", "date": last,
                     "section": "起草规格", "sha256": log.sha256, "period": [first, last], "n": steps.cases,
                     "method": "drafted from the order of moments"}}  # fmt: skip
    attributes: dict[str, Any] = {}
    written: dict[str, Any] = {}
    notes = []
    known = library.crews
    for step, step_id in steps.names.items():
        share = float(steps.first[step].notna().sum() / steps.cases)
        data: dict[str, Any] = {"name": {"zh": log.steps[step], "en": log.steps[step]}}
        data |= _handled(replay, steps, order, step, key, known)
        before = [a for a, b in order if b == step]
        if before:
            data["after"] = {steps.names[a]: "order" for a in before}
        if share < EVERY:
            attributes[f"has_{step_id}"] = {"share": round(share, 4), "source": key}
            data["when"] = {f"has_{step_id}": True}
        if steps.again[step] >= 0.01:
            data["fails"] = {"rate": round(min(steps.again[step], 0.95), 4), "source": key}
        written[step_id] = data
        told = ", ".join(f"{steps.names[a]} ({order[a, step][0]:.0%} of {order[a, step][1]})" for a in before)
        notes.append(f"{step_id}: in {share:.0%} of {steps.cases} cases" + (f", after {told}" if told else ""))
    summary = f"起草自 {log.title}，{first} 至 {last}，待核对"
    data = {"id": name, "name": {"zh": name, "en": name}, "summary": summary, "sources": sources,
            "attributes": attributes, "steps": written}  # fmt: skip
    return {key: value for key, value in data.items() if value}, notes


def _handled(replay: Replay, steps: _Steps, order: dict[tuple[int, int], tuple[float, int]], step: int, key: str,
             known: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:  # fmt: skip
    """Who handles a step and how long: an office inside its limit where both are known, else only its time."""
    log = replay.log
    own = replay.applications[replay.applications["step"] == step]
    numbers = own.loc[own["department"] >= 0, "department"]
    department = log.departments[int(numbers.mode().iloc[0])] if len(numbers) else ""
    limit = float(own["limit"].median()) if own["limit"].notna().any() else np.nan
    if department in known and np.isfinite(limit):
        return {"kind": _official(), "at": department, "limit": {"committed": {"days": limit, "source": key}}}
    learnt = _time(steps, order, step)
    amount = learnt.amount if learnt.amount is not None else 0.0
    return {"kind": "agency", "duration": {"days": amount if learnt.n else 0.0, "source": key}}


def _official() -> str:
    return next(kind.id for kind in KINDS.values() if kind.official)


def _time(steps: _Steps, order: dict[tuple[int, int], tuple[float, int]], step: int) -> Learnt:
    """The working days from when the steps before it were over to when it is."""
    mine = steps.first[step].dropna()
    before = [a for a, b in order if b == step]
    since = steps.first.loc[mine.index, before].max(axis=1) if before else pd.Series(np.nan, index=mine.index)
    since = since.fillna(steps.began)
    days = np.maximum((mine - since.loc[mine.index]).to_numpy(), 0.0)
    return found.time("sojourn", "", days, mine.index.to_numpy())
