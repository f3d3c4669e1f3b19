"""Everything that a log tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sim.learn.measuring.applying import applying
from sim.learn.measuring.arriving import arriving
from sim.learn.measuring.clocking import clocking
from sim.learn.measuring.deciding import deciding, mix
from sim.learn.measuring.ordering import Order, orders
from sim.learn.measuring.quantities import Learnt
from sim.learn.measuring.sojourns import sojourns
from sim.learn.measuring.staffing import staffing
from sim.learn.measuring.view import department_views, views
from sim.learn.replay import Replay
from sim.spec.process import Process


@dataclass(frozen=True)
class Findings:
    """What was learnt from a log."""

    replay: Replay
    learnt: tuple[Learnt, ...]
    orders: tuple[Order, ...]

    def of(self, quantity: str, scope: str = "") -> Learnt:
        """Return what is known of a quantity; KeyError where it was not looked for."""
        found = next((x for x in self.learnt if (x.quantity, x.scope) == (quantity, scope)), None)
        if found is None:
            raise KeyError(f"{quantity} of {scope or 'all'}")
        return found

    def scopes(self, quantity: str) -> list[Learnt]:
        """Return a quantity of every scope."""
        return [found for found in self.learnt if found.quantity == quantity]


def learn(replay: Replay, process: Process | None = None) -> Findings:
    """Return everything that a replayed log tells."""
    return Findings(replay, tuple(_all(replay)), tuple(orders(replay, process)) if replay.log.clocked else ())


def _all(replay: Replay) -> Iterator[Learnt]:
    yield from arriving(replay)
    yield from staffing(replay)
    yield from mix(replay)
    if not replay.log.clocked:
        yield from sojourns(replay)
        return
    for view in views(replay):
        parts: Iterable[Iterable[Learnt]] = (clocking(view), applying(view), deciding(view))
        for part in parts:
            yield from part
    for view in department_views(replay):
        yield from clocking(view)
