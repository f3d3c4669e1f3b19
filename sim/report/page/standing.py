"""Where a change stands and what it changes, in words: names instead of ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sim.reforms.diff import ABSENT, Change
from sim.report.page.context import Context
from sim.report.page.values import shown
from sim.scenario.prepared import PreparedVariant
from sim.spec import graph

WAITS = (graph.ORDER, graph.NATURE, graph.MATERIAL)
_LISTED_BY_COUNT = ("needs", "yields", "materials")
_WHOLE = 2
"""Keys of a path that means a whole step."""


class Ends(NamedTuple):
    """The variant a change starts from, and the one it leads to."""

    start: PreparedVariant
    end: PreparedVariant


@dataclass(frozen=True)
class Standing:
    """Where a change stands: something of a kind, and what of it."""

    kind: str
    """Key of the words around the names of the subjects; empty where there is no subject."""
    subject: str
    rest: tuple[str, ...]
    before: str = ""
    """For an order of steps: the one that waits."""

    @property
    def alike(self) -> Standing:
        """The standing without its subject, to compare with others."""
        return replace(self, subject="")

    def text(self, context: Context, subjects: Sequence[str]) -> str:
        """The standing in words, for all its subjects."""
        names = context.listed([context.quoted(name) for name in subjects])
        head = [context.say(self.kind, names=names, step=context.quoted(self.before))] if self.kind else []
        return context.say("path_join").join([*head, *self.rest])


def standing(context: Context, change: Change, ends: Ends) -> Standing:
    """Where a change stands."""
    head, *rest = change.path.split(".")
    if head == "steps":
        return _of_step(context, change, rest, ends)
    if head == "departments":
        return Standing("of_departments", context.department(rest[0]), _labels(context, rest[1:]))
    if head == "hours":
        return Standing("of_hours", rest[0], _labels(context, rest[1:]))
    if head == "bundles":
        return Standing("of_bundles", rest[0], _labels(context, rest[1:]))
    if head == "fetched":
        return Standing("of_fetched", context.material(rest[0]), _labels(context, rest[1:]))
    return Standing("", "", _labels(context, [head, *rest]))


def _of_step(context: Context, change: Change, keys: Sequence[str], ends: Ends) -> Standing:
    name, rest = _step(context, change, keys[0], ends), keys[1:]
    if rest[:1] == ["after"] and rest[1:]:
        return Standing("waits_for", _step(context, change, rest[1], ends), (), before=name)
    return Standing("of_steps", name, _labels(context, rest))


def _step(context: Context, change: Change, step: str, ends: Ends) -> str:
    return context.step(change.process, step, *ends)


def _labels(context: Context, keys: Sequence[str]) -> tuple[str, ...]:
    """What the keys are called; the language of a name is told by the page itself."""
    kept = [k for k in keys if k not in ("zh", "en")]
    return tuple(context.say_or(f"field {k}", context.say_or(f"role {k}", context.attribute(k))) for k in kept)


def values(context: Context, change: Change, ends: Ends) -> tuple[str, str]:
    """The old and the new value in words."""
    keys, old, new = change.path.split("."), change.old, change.new
    if keys[0] == "steps" and len(keys) == _WHOLE:
        return context.say("absent" if old == ABSENT else "present"), context.say("gone" if new == ABSENT else "there")
    if keys[0] == "steps" and "after" in keys[2:-1]:
        edge = (keys[3], keys[1])
        return _wait(context, old, change, ends.start, edge), _wait(context, new, change, ends.end, edge)
    if keys[-1] in _LISTED_BY_COUNT and isinstance(old, tuple) and isinstance(new, tuple):
        return _counted(context, change, old, new), _counted(context, change, new, old)
    key = "when" if "when" in keys else keys[-1]
    return shown(context, change.process, key, old), shown(context, change.process, key, new)


def _wait(context: Context, written: Any, change: Change, variant: PreparedVariant, edge: graph.Edge) -> str:
    """Why a step waits for another: as written, or because it needs what the other yields, which no spec writes."""
    origin = written
    if written == ABSENT and edge in (edges := graph.edges(variant.flows[change.process][0].process)):
        origin = edges[edge] if edges[edge] == graph.MATERIAL else ABSENT
    if origin == ABSENT:
        return context.say("absent after")
    return (
        context.say(f"waits {origin}") if origin in WAITS else context.say("waits law", law=context.cite(origin).text)
    )


def _counted(context: Context, change: Change, these: Sequence[Any], others: Sequence[Any]) -> str:
    """How many entries there are, and those that the other list has not."""
    key = change.path.rpartition(".")[2]
    own = [shown(context, change.process, key, x) for x in these if x not in others]
    if not own:
        return context.say("count_only", n=len(these))
    return context.say("count_with", n=len(these), names=context.listed(own))
