"""What officers can do, in words and numbers that screen, files and chart share."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from io import StringIO
from typing import Any

from sim.analysis.estimate import Estimate
from sim.decide.capacity import Capacity, Enough, Point, Role
from sim.report.numbers import DIGITS, exact, number, percent
from sim.report.words import Lang, named, say, say_or

COLD = 0.75
"""Share of the officers that the files ask for below which those seen at work tell that it is not warm."""
COLUMNS = ("department", "role", "curve", "officers", "demand",
           *(f"{name}{end}" for name in ("days", "on_time", "wait_hours", "busy")
             for end in ("", "_low", "_high")))  # fmt: skip


def role_name(found: Capacity, role: Role, lang: Lang) -> str:
    """What officers are called: their department, and their role by its name where it has one."""
    department = found.variant.place.departments[role.pool[0]]
    called = named(lang, department.name) if department.name else role.pool[0]
    post = say_or(lang, f"role {role.pool[1]}", role.pool[1])
    return f"{called}{post}" if lang == "zh" else f"{called} {post}"


def sentences(found: Capacity, lang: Lang) -> Iterator[str]:
    """Yield what the curves come to: who is overrun first, when, how many are enough, what lies behind decisions."""
    yield say(lang, "capacity_first", role=role_name(found, found.roles[0], lang))
    for role in found.roles:
        called = role_name(found, role, lang)
        full = exact(round(role.full, 1), "") if math.isfinite(role.full) else "∞"
        yield say(lang, "capacity_full", role=called, today=role.today, other=number(role.other, ""),
                  own=number(role.own, ""), full=full)  # fmt: skip
        if cold(role):
            seen = number(_today(role).busy.mean * role.today, "")
            yield say(lang, "capacity_cold", role=called, load=number(role.own + role.other, ""), seen=seen)
        first, now = role.behind
        if max(first["behind"], now["behind"]) > 0:
            hours = {"old": first["behind"], "new": now["behind"], "before": first["before"], "after": now["before"]}
            yield say(lang, "capacity_behind", role=called, **{key: number(x, "") for key, x in hours.items()})
        if role.enough:
            yield _enough(called, role.enough, lang)


def cold(role: Role) -> bool:
    """Whether officers were seen at work less than the files ask for, since it is measured before it is warm."""
    asked = min(role.own + role.other, role.today)
    return bool(_today(role).busy.mean * role.today < COLD * asked)


def _today(role: Role) -> Point:
    return next(point for point in role.by_demand if point.demand == 1)


def _enough(called: str, enough: Enough, lang: Lang) -> str:
    asked = percent(enough.asked)
    if enough.point is None:
        share = number(enough.best.on_time.mean, "share")
        return say(lang, "capacity_never", role=called, n=enough.best.officers, share=share, asked=asked)
    share = number(enough.point.on_time.mean, "share")
    text = say(lang, "capacity_enough", role=called, n=enough.point.officers, share=share, asked=asked)
    if enough.sure is None:
        return text + say(lang, "capacity_unsure", n=enough.best.officers)
    return text + say(lang, "capacity_sure", n=enough.sure.officers)


def capacity_json(found: Capacity) -> str:
    """All that was found as JSON; null where there is no number, or no end."""
    roles = [{**asdict(role), "pool": {"department": role.pool[0], "role": role.pool[1]},
              "full_at_times_the_files": role.full, "cold": cold(role)} for role in found.roles]  # fmt: skip
    scenario = found.prepared.scenario.id
    tried = [made.setting for made in found.prepared.settings.made]
    head = {"scenario": scenario, "variant": found.variant.id, "seed": found.seed, "runs": found.runs,
            "inputs": found.prepared.inputs, "settings": tried}  # fmt: skip
    plain = _plain({**head, "roles": roles, "grid": [asdict(point) for point in found.grid]})
    return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return round(value, DIGITS) if math.isfinite(value) else None
    return value


def capacity_csv(found: Capacity) -> str:
    """The points of all curves and of the grid, a row each."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for role in found.roles:
        for curve, points in (("officers", role.by_officers), ("demand", role.by_demand)):
            rows.writerows([*role.pool, curve, *_row(point)] for point in points)
    rows.writerows([*found.roles[0].pool, "grid", *_row(point)] for point in found.grid)
    return text.getvalue()


def _row(point: Point) -> list[object]:
    estimates = (point.days, point.on_time, point.wait, point.busy)
    return [point.officers, f"{point.demand:g}", *(x for found in estimates for x in _ends(found))]


def _ends(found: Estimate) -> list[str]:
    return [f"{x:.6g}" if math.isfinite(x) else "" for x in (found.mean, found.low, found.high)]
