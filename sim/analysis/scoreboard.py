"""Every published figure beside what the model finds, misses and all."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sim.analysis.comparison import Comparison
from sim.analysis.estimate import Estimate
from sim.analysis.standing import Standing, Verdict, standing_of
from sim.analysis.telling import QUIETS, Quiet, quiet_of
from sim.analysis.verdict import TargetResult
from sim.records.measures.register import MEASURES
from sim.records.statistics import STATISTICS
from sim.records.units import Unit
from sim.scenario.evidence import evidence
from sim.scenario.target import DIRECTIONS, Wanted
from sim.spec.base import Name, Prose, english

DIGITS = 4


@dataclass(frozen=True)
class Row:
    """One target."""

    id: str
    name: Name
    scenario: str
    processes: tuple[str, ...]
    place: str
    measure: str
    statistic: str
    unit: str
    published_before: float | None
    published: float
    direction: str
    """Id of how a value is held against the published one."""
    tolerance: float
    """How far from it a value may be that has to equal it."""
    scope: dict[str, Any]
    before: tuple[float | None, float | None, float | None]
    """Simulated before the reforms: value and 95 % interval."""
    after: tuple[float | None, float | None, float | None]
    """Simulated after them."""
    other_reading: tuple[float | None, float | None, float | None] | None
    """The same after the reforms by the other reading of the figure; None where its measure has none."""
    runs: int
    verdict: Verdict
    as_wanted: bool
    known_miss: str | None
    known_undecided: str | None
    met_before: bool
    """Whether the baseline meets it already: flagged, not celebrated."""
    quiet: str | None
    """Id of the reason why its verdict tells nothing; None where it tells something."""
    tells_nothing: str | None
    """That reason in the words of the scenario, where it states one."""
    before_residual: float | None
    """Simulated before minus published before."""
    before_holds: bool | None
    """Whether what was published for the state before lies inside the simulated interval."""
    without_limit: tuple[Name, ...]
    """Counted steps that a total of limits takes as nothing because they have none."""
    residual: float | None
    assumed_share: float
    """Share of the numbers behind it that are assumptions."""
    source: str
    settings: tuple[str, ...] = ()
    """What was tried on the scenario."""
    inputs: str = ""
    """SHA-256 of the files and of what was tried, where something was."""

    @property
    def wanted(self) -> Wanted:
        """The values that meet the published one."""
        return Wanted(DIRECTIONS[self.direction], self.published, self.tolerance)


def rows(comparisons: Sequence[Comparison]) -> list[Row]:
    """A row per target, by its number."""
    found = [_row(c, r) for c in comparisons for r in c.targets]
    return sorted(found, key=lambda row: (_number(row.id), row.id, row.scenario))


def _number(target: str) -> int:
    """The number in a target's id; those without one stand last."""
    digits = re.search(r"\d+", target)
    return int(digits.group()) if digits else 10**9


def _row(comparison: Comparison, result: TargetResult) -> Row:
    target, prepared = result.target, comparison.prepared
    settings = tuple(dict.fromkeys(made.setting for made in prepared.settings.made))
    source, quiet, earlier = prepared.sources[target.source], quiet_of(result), result.before_residual
    return Row(
        id=target.id, name=target.name, scenario=prepared.scenario.id, processes=result.processes,
        place=prepared.scenario.place, measure=target.measure, statistic=target.statistic, unit=target.unit,
        published_before=target.published_before, published=target.bound,
        direction=target.direction.id, tolerance=target.wanted.tolerance,
        scope=target.scope.model_dump(exclude_defaults=True), before=_estimate(result.baseline),
        after=_estimate(result.estimate),
        other_reading=_estimate(result.reading.estimate) if result.reading else None,
        runs=comparison.runs[target.variant], verdict=result.verdict, as_wanted=result.as_wanted,
        known_miss=_said(target.known_miss), known_undecided=_said(target.known_undecided),
        met_before=result.met_before, quiet=quiet.id if quiet else None,
        tells_nothing=_said(target.tells_nothing), before_residual=None if earlier is None else _rounded(earlier),
        before_holds=result.before_holds, without_limit=result.without_limit, residual=_rounded(result.residual),
        assumed_share=round(evidence(prepared).assumed_share, DIGITS), source=source.citation,
        settings=settings, inputs=prepared.inputs if settings else "",
    )  # fmt: skip


def _estimate(found: Estimate) -> tuple[float | None, float | None, float | None]:
    return _rounded(found.mean), _rounded(found.low), _rounded(found.high)


def _rounded(value: float) -> float | None:
    return round(value, DIGITS) + 0.0 if math.isfinite(value) else None


def scoreboard_json(found: Sequence[Row]) -> str:
    """The rows as the text of a JSON file."""
    plain = [_plain(row) for row in found]
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _plain(row: Row) -> dict[str, Any]:
    """A row as plain data; nothing of settings where none was tried."""
    plain = asdict(row) | {"name": row.name.zh, "without_limit": [name.zh for name in row.without_limit]}
    tried = {key: plain.pop(key) for key in ("settings", "inputs")}
    return plain | (tried if row.settings else {})


def unit_of(row: Row) -> Unit:
    """The unit in which a row's values are shown."""
    return STATISTICS[row.statistic].unit(MEASURES[row.measure])


def row_standing(row: Row) -> Standing:
    """Where the target of a row stands."""
    on_record: Verdict | None = None if row.known_miss is None else "missed"
    return standing_of(row.verdict, "undecided" if row.known_undecided is not None else on_record)


def row_quiet(row: Row) -> Quiet | None:
    """Why the verdict of a row tells nothing; None where it tells something."""
    return None if row.quiet is None else QUIETS[row.quiet]


def _said(prose: Prose | None) -> str | None:
    return None if prose is None else english(prose)
