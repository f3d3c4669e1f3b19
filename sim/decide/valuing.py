"""What coalitions are worth: each distinct world played once, on the same applicants with the same luck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sim.analysis.together import most_together
from sim.core.arrays import Floats
from sim.core.errors import CalendarError, naming
from sim.core.jobs import jobs
from sim.core.progress import Tell
from sim.decide.coalitions import Coalitions, in_order
from sim.decide.luck import Luck
from sim.decide.questions import Question, reading
from sim.records.frames import all_records
from sim.records.tables import Staff
from sim.scenario.prepared import Prepared, PreparedVariant

BLOCK = 16
"""Coalitions that a process takes at once; neighbours share what they begin with, and often the whole world."""


@dataclass
class Player:
    """Plays variants and reads what is asked of them; remembers what it has played."""

    prepared: Prepared
    staff: Staff
    questions: Sequence[Question]
    seed: int
    runs: int
    coalitions: Coalitions = field(compare=False)
    _known: dict[str, tuple[Floats, ...]] = field(default_factory=dict, compare=False)
    _luck: list[Luck] = field(default_factory=list, compare=False)

    def worth(self, members: int) -> Worth:
        """What a coalition is worth."""
        found = self.coalitions.of(members)
        if found.key not in self._known:
            self._known[found.key] = self.readings(found.variant)
        return Worth(members, found.key, found.refused, self._known[found.key])

    def readings(self, variant: PreparedVariant) -> tuple[Floats, ...]:
        """By question: its reading over all replications, and without each of them in turn."""
        if not self._luck:
            most, numbers = most_together(self.prepared.scenario), range(self.runs)
            self._luck = [Luck(self.seed, numbers[first : first + most]) for first in numbers[::most]]
        samples = []
        for luck in self._luck:
            for played in luck.played(self.prepared, variant, self.staff):
                found = all_records(*played)
                samples.append([question.values(found) for question in self.questions])
        return tuple(reading(q, [one[n] for one in samples]) for n, q in enumerate(self.questions))


@dataclass(frozen=True)
class Worth:
    """What a coalition is worth."""

    members: int
    key: str
    """The same for the same world."""
    refused: tuple[tuple[int, str], ...]
    """Part → why one of its reforms is left out of it."""
    readings: tuple[Floats, ...]
    """By question."""


def _block(player: Player, block: Sequence[int]) -> list[Worth]:
    return [player.worth(members) for members in block]


def worths(player: Player, members: Iterable[int], workers: int, tell: Tell) -> dict[int, Worth]:
    """Coalition → what it is worth; which processes found it makes no difference."""
    asked = in_order(members, len(player.coalitions.parts))
    blocks = [asked[n : n + BLOCK] for n in range(0, len(asked), BLOCK)]
    if workers > 1 and len(blocks) < workers:
        blocks = [asked[n::workers] for n in range(workers)]
    found: dict[int, Worth] = {}
    decides = player, player.coalitions.parts
    with naming(player.prepared.where), jobs(min(workers, len(blocks)), _block, player, decides) as run:
        try:
            for some in run(blocks):
                found |= {worth.members: worth for worth in some}
                tell(len(found), len(asked))
        except CalendarError as error:
            raise player.prepared.located(error) from None
    return found
