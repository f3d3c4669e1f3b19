"""A forecast held against the last part of the log that it was not made from.

The distance of two samples of times is Wasserstein's, in working days: how far the one must be moved to be the other.
A forecast is judged beside the noise of the log against itself, below which nothing can be told, and beside two naive
ones: recent cases drawn again, and last year again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import PlannerError
from sim.learn.forecasting.paths import Paths, Player, paths
from sim.learn.moments import day_of, second_of
from sim.learn.replay import Replay

Floats = NDArray[np.float64]
HALF_LIVES = (63.0, 126.0, 252.0, 504.0, np.inf)
"""Working days over which what a case shows of those to come fades to a half: a quarter of a year, half a year, …"""
HALF_YEAR = 184
LEAST = 20
"""Cases below which a part of a log is compared with nothing."""
SHARES = tuple(n / 100 for n in range(1, 100))
"""Shares of the cases by which a distribution is told."""
_PLAYS, _TRIALS, _FOLDS, _STEPS = 100, 12, 6, 20
_YEAR = 250.0
"""Working days of a year, about."""
_NOTHING = np.empty(0)
_LUCKY, _DRIFT, _BETTER = 1.5, 2.0, 0.95


@dataclass(frozen=True)
class Distance:
    """How far a forecast is from what came, in working days."""

    what: str
    """`case`, `under way`, or the step."""
    held_out: float
    floor: float
    """The log against itself: two samples of the same number drawn from what came."""
    in_sample: float
    in_sample_floor: float
    recent: float
    """Recent cases drawn again."""
    last_year: float
    n: int

    @property
    def ratio(self) -> float:
        """Held out over the floor."""
        return self.held_out / self.floor if self.floor else float("nan")


@dataclass(frozen=True)
class Validation:
    """What a forecast is worth."""

    split: date
    last: date
    half_life: float
    """Working days over which cases fade to half their weight, as chosen inside the training part; infinite: never."""
    tried: tuple[tuple[float, float], ...]
    """Half-life and its mean error on parts of the training part that were held out in their turn."""
    distances: tuple[Distance, ...]
    forecast: tuple[float, float, float]
    """Mean, median and 90 % quantile of the spans that are forecast."""
    came: tuple[float, float, float]
    warnings: tuple[str, ...]
    spread: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """`forecast`, `came`, `recent` and `last_year`, of those that are known → the span within which each share of
    SHARES of its cases stays."""


def wasserstein(one: Floats, other: Floats) -> float:
    """Return the distance of two samples, their quantiles compared one by one."""
    orders = (np.arange(200) + 0.5) / 200
    gap = np.quantile(one, orders) - np.quantile(other, orders)
    return float(np.abs(gap).mean())


def validate(replay: Replay, split: date | None = None, seed: int = 1) -> Validation:
    """Return how well the part before the split foretells the part after it, the last half year when left out.

    Raises PlannerError where either part holds too few cases.
    """
    whole = paths(replay)
    day = split or day_of(replay.log.last) - timedelta(days=HALF_YEAR)
    at = _axis(replay, day)
    known, came = whole.until(at), whole.since(at)
    if min(len(known.began), len(came.began)) < LEAST:
        raise PlannerError(f"{len(known.began)} cases began before {day} and {len(came.began)} after it; a forecast is "
                           f"held against at least {LEAST} on each side: choose another --split")  # fmt: skip
    random = np.random.default_rng(seed)
    half_life, tried = _chosen(known, came.seen - known.seen, random)
    player = Player(known, known.fading(half_life), random)
    distances = [_new_cases(known, came, player, random), *_steps(known, came, player, random)]
    if under_way := _under_way(whole, known, player, random):
        distances.insert(1, under_way)
    played = np.concatenate([_played(player, came) for _ in range(_PLAYS)])
    warnings = tuple(_warnings(known, distances[0], random))
    naive = {"recent": _recent(known, came), "last_year": _last_year(known, came)}
    spread = {name: tuple(map(float, np.quantile(spans, SHARES)))
              for name, spans in {"forecast": played, "came": came.spans(), **naive}.items()
              if len(spans) >= LEAST}  # fmt: skip
    spans = _told(played), _told(came.spans())
    return Validation(day, day_of(replay.log.last), half_life, tried, tuple(distances), *spans, warnings, spread)


def _axis(replay: Replay, day: date) -> float:
    moment = np.array([second_of(day)])
    return float(replay.days.exact(np.zeros_like(moment), moment)[0])


def _told(spans: Floats) -> tuple[float, float, float]:
    return float(spans.mean()), float(np.median(spans)), float(np.quantile(spans, 0.9))


def _played(player: Player, came: Paths) -> Floats:
    """The spans of the cases that came, their own beginnings, played by what was known before."""
    return np.array([player.new(float(age))[0].max(initial=0.0) for age in came.ages])


def _chosen(known: Paths, horizon: float, random: np.random.Generator) -> tuple[float, tuple[tuple[float, float], ...]]:
    """The half-life to forecast so many days with, and what was tried.

    Parts of what is known are held out in their turn. What happened last has been held out of nothing, so that the
    shortest half-life is taken that is not worse than the best by more than a standard error (Breiman et al. 1984).
    """
    length = min(horizon, (known.seen - float(known.began[0])) / _FOLDS)
    errors = []
    for back in range(1, _FOLDS):
        at = known.seen - back * length
        before, after = known.until(at), known.between(at, at + length)
        if min(len(before.began), len(after.began)) >= LEAST:
            errors.append(_errors(before, after, random))
    if not errors:
        return np.inf, ()
    mean = np.mean(errors, axis=0)
    best = int(mean.argmin())
    spread = float(np.std([part[best] for part in errors], ddof=1)) / len(errors) ** 0.5 if len(errors) > 1 else 0.0
    chosen = HALF_LIVES[int((mean <= mean[best] + spread).argmax())]
    return chosen, tuple(zip(HALF_LIVES, map(float, mean), strict=True))


def _errors(before: Paths, after: Paths, random: np.random.Generator) -> list[float]:
    """By half-life: the distance of what is forecast from what is known until then to what came."""
    truth, near = after.spans(), dict[int, NDArray[np.intp]]()
    players = [Player(before, before.fading(half_life), random, near) for half_life in HALF_LIVES]
    return [wasserstein(np.concatenate([_played(player, after) for _ in range(_TRIALS)]), truth) for player in players]


def _floor(spans: Floats, random: np.random.Generator) -> float:
    """The distance between two samples drawn from the same cases."""
    n = len(spans)
    return float(np.mean([wasserstein(random.choice(spans, n), random.choice(spans, n)) for _ in range(200)]))


def _mean(play: Callable[[], Floats], truth: Floats) -> float:
    return float(np.mean([wasserstein(play(), truth) for _ in range(_PLAYS)]))


def _new_cases(known: Paths, came: Paths, player: Player, random: np.random.Generator) -> Distance:
    """The cases that began after the split."""
    truth = came.spans()
    inside = known.since(known.seen - (came.seen - known.seen))
    own, n = inside.spans(), len(truth)
    naive, again = _recent(known, came), _last_year(known, came)
    return Distance(
        "case", _mean(lambda: _played(player, came), truth), _floor(truth, random),
        _mean(lambda: _played(player, inside), own) if len(own) >= LEAST else np.nan,
        _floor(own, random) if len(own) >= LEAST else np.nan,
        _mean(lambda: random.choice(naive, n), truth),
        _mean(lambda: random.choice(again, n), truth) if len(again) >= LEAST else np.nan, n,
    )  # fmt: skip


def _recent(known: Paths, came: Paths) -> Floats:
    """The spans of the cases of as long a time before the split, of all where they are too few."""
    own = known.since(known.seen - (came.seen - known.seen)).spans()
    return own if len(own) >= LEAST else known.spans()


def _last_year(known: Paths, came: Paths) -> Floats:
    """The spans of the cases of the same time a year before."""
    return known.between(known.seen - _YEAR, known.seen - _YEAR + came.seen - known.seen).spans()


def _under_way(whole: Paths, known: Paths, player: Player, random: np.random.Generator) -> Distance | None:
    """The cases that were under way at the split: how much longer they lasted by the end, from their state then."""
    everyone = np.arange(len(known.began))
    age = known.ages
    quiet = np.array([known.quiet(age[c], np.array([c]))[0] for c in everyone])
    steps = np.diff(np.where(np.isinf(known.offsets), np.nan, known.offsets), axis=1)
    patience = float(np.nanquantile(steps, 0.98)) if np.isfinite(steps).any() else 0.0
    open_ = everyone[quiet <= max(patience, 1.0)]
    if len(open_) < LEAST:
        return None
    before = known.spans()[open_]
    truth = whole.spans()[: len(everyone)][open_] - before
    horizon = whole.seen - known.began[open_]

    def play() -> Floats:
        ends = [player.goes_on(int(c), float(h))[0].max(initial=0.0) for c, h in zip(open_, horizon, strict=True)]
        return np.array(ends) - before

    nothing = float("nan")
    return Distance(
        "under way", _mean(play, truth), _floor(truth, random), nothing, nothing, nothing, nothing, len(open_)
    )


def _steps(known: Paths, came: Paths, player: Player, random: np.random.Generator) -> list[Distance]:
    """The days from the beginning of a case to each step that came often enough, the most frequent ones."""
    length = came.seen - known.seen
    inside, year = known.since(known.seen - length), known.between(known.seen - _YEAR, known.seen - _YEAR + length)
    truth, own, again = (_by_step(_ways(part)) for part in (came, inside, year))
    played, repeated = (_by_step([player.new(float(age)) for _ in range(5) for age in part.ages])
                        for part in (came, inside))  # fmt: skip
    often = sorted((step for step in truth if len(truth[step]) >= LEAST), key=lambda step: -len(truth[step]))[:_STEPS]

    def far(mine: Mapping[int, Floats], step: int, seen: Mapping[int, Floats]) -> float:
        one, other = mine.get(step, _NOTHING), seen.get(step, _NOTHING)
        return _mean(lambda: random.choice(one, len(other)), other) if min(len(one), len(other)) >= LEAST else np.nan

    def floor(step: int, seen: Mapping[int, Floats]) -> float:
        return _floor(seen[step], random) if len(seen.get(step, _NOTHING)) >= LEAST else np.nan

    return [Distance(str(step), far(played, step, truth), floor(step, truth), far(repeated, step, own),
                     floor(step, own), far(own, step, truth), far(again, step, truth), len(truth[step]))
            for step in often]  # fmt: skip


def _ways(some: Paths) -> list[tuple[Floats, NDArray[np.int64]]]:
    """Offsets and steps of every case, as far as they were seen."""
    seen = np.isfinite(some.offsets)
    return [(row[own], steps[own]) for row, steps, own in zip(some.offsets, some.steps, seen, strict=True)]


def _by_step(ways: Sequence[tuple[Floats, NDArray[np.int64]]]) -> dict[int, Floats]:
    if not ways:
        return {}
    offsets = np.concatenate([way[0] for way in ways])
    steps = np.concatenate([way[1] for way in ways])
    return {int(step): offsets[steps == step] for step in np.unique(steps)}


def _warnings(known: Paths, case: Distance, random: np.random.Generator) -> list[str]:
    found = []
    half = known.seen - (known.seen - float(known.began[0])) / 2
    horizon = np.full(len(known.began), (known.seen - half) / 2)
    spans = known.spans(horizon)
    old = known.began <= half
    late = ~old & (known.ages >= horizon)
    if min(old.sum(), late.sum()) >= LEAST:
        moved = wasserstein(spans[old], spans[late]) / max(_floor(spans[late], random), 1e-9)
        if moved > _DRIFT:
            found.append(f"drift: the later half of the training part is {moved:.1f} times the noise from the earlier")
    if case.held_out <= min(case.recent, np.nan_to_num(case.last_year, nan=np.inf)) and (
        case.in_sample > _LUCKY * case.in_sample_floor
    ):
        found.append("lucky: it wins held out and does not in sample")
    if case.recent < _BETTER * case.held_out:
        found.append("recent cases drawn again do better")
    return found
