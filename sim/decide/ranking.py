"""Assumptions ranked over all targets: which verdicts they turn, how far they move them, what to measure first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.analysis.answers import Doubts, Effect
from sim.analysis.comparison import Comparison
from sim.analysis.in_worlds import InWorlds
from sim.records.statistics import SAME
from sim.spec.sources import Uncertain


@dataclass(frozen=True)
class Ranked:
    """What an assumption does to all targets."""

    key: str
    part: str
    """Value of a mix whose share is moved; nothing where plain numbers are."""
    assumption: Uncertain
    turned: tuple[str, ...]
    """Targets whose verdict it turns by itself."""
    swing: float
    """How far it moves the targets, each in shares of what moves it most, on average; 0 to 1."""
    worth: Mapping[str, float]
    """Target → by how much the share of worlds in which its verdict is right would grow if it were measured."""

    @property
    def called(self) -> str:
        """The assumption, with the value of a mix whose share is moved."""
        return f"{self.key}: {self.part}" if self.part else self.key


def ranking(comparison: Comparison, doubts: Doubts, worlds: Mapping[str, InWorlds] | None = None) -> list[Ranked]:
    """Every assumption that moves a target, what is most worth a measurement first.

    Then those that turn more verdicts, then those that move the targets further.
    """
    moved: dict[tuple[str, str], dict[str, Effect]] = {}
    for result in comparison.targets:
        for effect in doubts.effects[result.target.id]:
            moved.setdefault((effect.key, effect.part), {})[result.target.id] = effect
    most = {target: max((e.swing for e in effects), default=0.0) for target, effects in doubts.effects.items()}
    moving = [target for target, swing in most.items() if swing > SAME]
    targets = {result.target.id: result.target for result in comparison.targets}
    worth = _worth(worlds or {})
    found = [
        Ranked(
            key=key,
            part=part,
            assumption=next(iter(effects.values())).assumption,
            turned=tuple(name for name, effect in effects.items() if effect.turns(targets[name])),
            swing=sum(effects[name].swing / most[name] for name in moving if name in effects) / max(len(moving), 1),
            worth=worth.get((key, part), {}),
        )
        for (key, part), effects in moved.items()
    ]
    return sorted(found, key=lambda one: (-sum(one.worth.values()), -len(one.turned), -one.swing, one.called))


def _worth(worlds: Mapping[str, InWorlds]) -> dict[tuple[str, str], dict[str, float]]:
    """Assumption → target → what a measurement is worth, where it is worth anything."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for target, one in worlds.items():
        for lever in one.levers:
            if lever.worth > SAME:
                found.setdefault((lever.key, lever.part), {})[target] = lever.worth
    return found
