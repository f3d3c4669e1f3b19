"""The engine agrees with a plain interpreter of the specs, case by case and second by second."""

from __future__ import annotations

from itertools import pairwise
from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.records.frames import records
from sim.records.log import ATTEMPT, CASE
from sim.records.tables import Flag
from sim.scenario.prepared import Prepared

from .interpreter import interpreted
from .mechanisms import CLOSED, FRIDAYS, HAPPENS, NIGHTS, ONE, PROMISE, RULE, SPECS, Spec
from .services import PLACE, filled, measured, reformed
from .small import frame, log_of
from .walked import DAY

TIMES = ("case", "node", "nth", "ready", "accepted", "decided", "finished")


def engine(prepared: Prepared, variant: int) -> dict[str, Any]:
    """What the engine makes of a variant."""
    tables, log = log_of(prepared, variant)
    rows = frame(log.attempts, ATTEMPT)
    rows["node"] = [tables.flows[f].nodes[n].id for f, n in zip(rows["flow"], rows["node"], strict=True)]
    cases = frame(log.cases, CASE).sort_values("case")
    found = records(tables, log, 0)
    served = found.activities[found.activities["pool"] >= 0]
    owner = found.attempts["case"].loc[served["attempt"]].to_numpy()
    worked = found.by_case(owner, (served["busy"] * served["staff"]).to_numpy())
    measures = {m: [None if isnan(x) else x for x in measured(found, m)]
                for m in ("counted_days", "elapsed_days", "calendar_days")}  # fmt: skip
    return {
        "attempts": sorted(map(tuple, rows[list(TIMES)].to_numpy().tolist())),
        "ends": cases["finished"].tolist(),
        "granted": found.granted.tolist(),
        "hours": [int(w) for w in worked],
        "happened": int(np.bitwise_or.reduce(rows["flags"].to_numpy(), initial=0)),
        **measures,
    }


def plain(prepared: Prepared, variant: int) -> dict[str, Any]:
    """What the interpreter makes of it."""
    found = interpreted(prepared, variant)
    day, between = found.calendar.day, found.calendar.between

    def days(number: Any) -> list[float | None]:
        return [round(number(c), 9) + 0 if c.granted else None for c in found.cases]

    def counted(case: Any) -> float:
        rows = [r for r in found.rows if r.case is case and counts(r)]
        total = 0
        marks = sorted({m for r in rows for span in [(r.start, r.end), *r.stops] for m in span})
        for a, b in pairwise(marks):
            if any(r.start <= a and b <= r.end and not any(s <= a and b <= e for s, e in r.stops) for r in rows):
                total += between(a, b)
        return total / day

    return {
        "attempts": sorted(
            (r.case.number, r.node, r.nth, r.ready, r.accepted, r.decided, r.finished) for r in found.rows
        ),
        "ends": [c.finished for c in found.cases],
        "granted": [c.granted for c in found.cases],
        "hours": [c.worked for c in found.cases],
        "counted_days": days(counted),
        "elapsed_days": days(lambda c: between(c.arrived, c.finished) / day),
        "calendar_days": days(lambda c: (c.finished - c.arrived) / DAY),
    }


def counts(row: Any) -> bool:
    """Whether an attempt counts, from acceptance to decision; a common submission only from when silence took it."""
    row.start, row.end = (
        row.ready if row.accepted < 0 else row.accepted,
        row.finished if row.decided < 0 else row.decided,
    )
    if row.step is None:
        return row.accepted >= 0
    if row.accepted < 0:
        row.stops = []
    row.stops = [(a, b) for a, b in row.stops if row.start <= a and b <= row.end]
    by_kind = row.step.kind in ("approval", "filing", "registration", "service", "internal")
    return not row.step.done_before and (by_kind if row.step.counted is None else row.step.counted)


def agree(prepared: Prepared) -> Flag:
    """Compare every variant, part by part; what happened to some of the cases."""
    happened = Flag(0)
    for variant in range(len(prepared.variants)):
        ours, theirs = plain(prepared, variant), engine(prepared, variant)
        happened |= Flag(theirs.pop("happened"))
        for part, expected in ours.items():
            assert theirs[part] == expected, f"{part} of variant {variant}"
    return happened


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_the_engine_does_what_a_spec_says(spec: Spec) -> None:
    """Every attempt at every step is ready, accepted, decided and finished at the same second, and so on."""
    agree(spec.prepared())


@pytest.mark.parametrize("flag", Flag)
def test_whatever_may_happen_to_a_case_happens_in_a_small_spec(flag: Flag) -> None:
    """Besides taking time: each flag is set in the spec that is there for it."""
    (name,) = (name for name, shown in HAPPENS.items() if shown == flag)
    assert flag in agree(SPECS[name].prepared())


NAMES = "abcde"
DAYS = st.sampled_from([0, 0.5, 1, 2, 3.5, 7, 12])
LENGTHS = st.builds(lambda n, unit: f"~{n}{unit}", DAYS, st.sampled_from(["", "h", "c"]))


@st.composite
def graphs(draw: st.DrawFn) -> str:
    """Two to five steps in some order, each with its own time, failures and special procedures."""
    lines, before = [], dict[str, set[str]]()
    for n in range(draw(st.integers(2, 5))):
        earlier = draw(st.sets(st.sampled_from(NAMES[:n]))) if n else set()
        before[NAMES[n]] = earlier.union(*(before[u] for u in earlier))
        parts = [f"after: {{{', '.join(f'{u}: order' for u in sorted(earlier))}}}", *_time(draw)]
        if draw(st.booleans()):
            redo = draw(st.sampled_from([NAMES[n], *sorted(before[NAMES[n]])]))
            correction = draw(st.sampled_from(["", "correction: ~1, ", "correction: ~2c, "]))
            rate = draw(st.sampled_from([0.2, 0.5]))
            often = draw(st.sampled_from(["", "at_most: 1, then: refused, ", "at_most: 2, then: granted, "]))
            again = draw(st.sampled_from(["", "again: {statutory: ~2}, "])) if "limit:" in "".join(parts) else ""
            parts.append(f"fails: {{rate: {rate}, redo: {redo}, {correction}{often}{again}source: guess}}")
        if draw(st.integers(0, 4)) == 0:
            parts.append("refused: {share: 0.2, source: guess}")
        if earlier and draw(st.integers(0, 2)) == 0:
            parts.append(f"lag: {{{min(earlier)}: {draw(LENGTHS)}}}")
        lines.append(f"  {NAMES[n]}: {{{', '.join(parts)}}}")
    return "\n".join(lines)


def _time(draw: st.DrawFn) -> list[str]:
    kind = draw(st.sampled_from(["approval", "approval", "approval", "notice", "construction"]))
    if kind != "approval":
        return [f"kind: {kind}", f"duration: {draw(LENGTHS)}"]
    length = draw(LENGTHS)
    more = draw(st.sampled_from(["", "", ", extended: {days: 2, share: 0.4, source: guess}"]))
    parts = [f"limit: {{statutory: {length}{more if 'c' not in length else ''}}}"]
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"\n      opinions: [{{at: hall, limit: {{statutory: {draw(LENGTHS)}}}}}]")
    if draw(st.booleans()):
        parts.append(f"needs: [{', '.join(sorted(draw(st.sets(st.sampled_from(['form', 'plan', 'licence'])))))}]")
    if draw(st.booleans()):
        parts.append(f"work: ~{draw(st.sampled_from([0, 2, 9]))}h")
    if draw(st.booleans()):
        special = filled(draw(LENGTHS)).removesuffix("}")
        parts.append(f"special: [{special}, procedure: 听证}}]")
    if draw(st.integers(0, 3)) == 0:
        parts.append("sits: {weekdays: [tue, fri], at: '10:00', source: guess}")
    return parts


@settings(derandomize=True, max_examples=40, deadline=None, database=None)
@given(graphs(), st.sampled_from([RULE, NIGHTS]), st.sampled_from(["", "a"]), st.sampled_from([PLACE, FRIDAYS, CLOSED]))
def test_the_engine_does_what_any_small_spec_says(steps: str, practice: str, promised: str, place: str) -> None:
    """Two to five steps in any order, by any clock, that fail, refuse and stop; some decided on a promise."""
    more = [PROMISE[:-1] + ", false: 0.3, breach: 0.3}"] if promised and "  a: {after: {}, limit" in steps else [ONE]
    start = "2024-03-04" if place == PLACE else "2024-04-26"
    agree(reformed(steps, *more, cases=6, demand="every_minutes: 701", practice=practice, place=place, start=start))
