"""Searching what to do for the targets: the cheapest set of reforms, officers and hours that holds often enough."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sim.core.errors import PlannerError
from sim.core.jobs import jobs
from sim.core.progress import Tell, silent
from sim.decide.luck import Lucks
from sim.decide.questions import Question
from sim.decide.searching.futures import Futures, World
from sim.decide.searching.levers import Chosen, Lever, by_cost, cost_of, most_of
from sim.decide.searching.searched import Searched, Tried
from sim.decide.searching.selection import Rule, Trial, selected, tried
from sim.decide.searching.trials import Trials, futures_of, mean_of
from sim.records.tables import Staff
from sim.scenario.prepared import Prepared

ASK = "--set 'target.Q={measure: counted_days, at_most: 20, unit: 工作日}'"
"""How a target is asked that no file has."""
BUDGET = 400
"""Choices that are tried at most on the way up, when nothing else is asked for."""
NEAR = 5
"""Cheaper choices that are told though they do not hold often enough."""
SAME = 1e-9


def search(
    prepared: Prepared,
    questions: Sequence[Question],
    found: Sequence[Lever],
    rule: Rule,
    *,
    seed: int = 1,
    workers: int = 1,
    budget: int = BUDGET,
    worlds: Sequence[Prepared] = (),
    staff: Staff | None = None,
    luck: Lucks | None = None,
    tell: Tell = silent,
) -> Searched:
    """The cheapest choice in which every target asked is met in the share of futures asked, and what lies about it.

    A future is one replication, of the scenario or of the `worlds` by turns. All that could be done is tried first: if
    that does not hold nothing else is tried, since doing all is taken to be no worse than doing some of it. Then it is
    taken back, thing by thing, for as long as the rest holds; all choices that cost no more than what is left are then
    tried from the cheapest up. `staff` are the officers there are, where they are not to be derived anew; `luck` that
    of the seed, where other choices of the scenario are tried with it too. Raises PlannerError where nothing could be
    done, or no target is asked.
    """
    if not found:
        raise PlannerError("nothing could be done: the scenario has no reforms; add some, or name --staff")
    if not any(question.wanted for question in questions):
        raise PlannerError("nothing says what is to be met; add a target to the scenario, or ask one: " + ASK)
    places = [World(world, found, staff) for world in worlds or (prepared,)]
    futures = Futures(places, questions, luck or Lucks(seed))
    with jobs(workers, futures_of, futures) as run:
        return _Search(Trials(run, questions, rule), prepared, found, seed, places, budget, tell).searched()


@dataclass
class _Search:
    """Looks for the cheapest choice that holds."""

    desk: Trials
    prepared: Prepared
    levers: Sequence[Lever]
    seed: int
    worlds: Sequence[World]
    budget: int
    tell: Tell
    trials: dict[Chosen, Trial[Chosen]] = field(default_factory=dict)
    refused: int = 0
    cut: float = math.inf
    """The cost at which the budget ended."""

    def searched(self) -> Searched:
        """What was found."""
        everything = self._on_trial(self.worlds[0].applicable(most_of(self.levers)))
        if everything.verdict != "not_enough":
            least = self._less(everything.candidate)
            ceiling = cost_of(self.levers, least)
            for level in selected(self._upto(ceiling), self.desk.evaluate, self.desk.rule, len(self.trials)):
                self.trials |= {trial.candidate: trial for trial in level if not self._holds(trial.candidate)}
                self.tell(min(len(self.trials), self.budget), self.budget)
        return self._told(everything)

    def _holds(self, chosen: Chosen) -> bool:
        return chosen in self.trials and self.trials[chosen].verdict == "enough"

    def _on_trial(self, chosen: Chosen) -> Trial[Chosen]:
        """A choice tried by itself."""
        trial = Trial(chosen, cost_of(self.levers, chosen), len(self.trials) + 1)
        tried([trial], self.desk.evaluate, self.desk.rule)
        self.trials[chosen] = trial
        return trial

    def _less(self, chosen: Chosen) -> Chosen:
        """What is left of a choice that holds when all that it can do without is taken back, the dearest first."""
        for i in sorted(range(len(chosen)), key=lambda i: (-self.levers[i].cost, i)):
            while chosen[i]:
                less = self.worlds[0].applicable((*chosen[:i], chosen[i] - 1, *chosen[i + 1 :]))
                if self._on_trial(less).verdict != "enough":
                    break
                chosen = less
        return chosen

    def _upto(self, ceiling: float) -> Iterator[tuple[float, Chosen]]:
        """The choices that cost no more than one that holds, but for those of which something is refused."""
        for n, (cost, chosen) in enumerate(by_cost(self.levers)):
            if cost > ceiling + SAME:
                return
            if n - self.refused >= self.budget:
                self.cut = cost
                return
            if self.worlds[0].applicable(chosen) != chosen:
                self.refused += 1
                continue
            yield cost, chosen

    def _told(self, everything: Trial[Chosen]) -> Searched:
        told = {chosen: self.desk.told(trial) for chosen, trial in self.trials.items()}
        ranked = sorted(told.values(), key=lambda t: (t.cost, -t.share, self._far(t)))
        best = next((one for one in ranked if one.verdict == "enough"), None)
        within = best.cost + SAME if best else math.inf
        reached = [one for one in ranked if one.cost <= within and one is not best]
        near: dict[float, Tried] = {}
        for one in (one for one in reached if one.verdict == "not_enough"):
            near.setdefault(round(one.cost, 9), one)
        return Searched(
            prepared=self.prepared,
            questions=tuple(self.desk.questions),
            levers=tuple(self.levers),
            rule=self.desk.rule,
            seed=self.seed,
            worlds=len(self.worlds),
            everything=told[everything.candidate],
            best=best,
            alike=tuple(one for one in reached if one.verdict == "enough"),
            open=tuple(one for one in reached if one.verdict == "open"),
            near=tuple(list(near.values())[-NEAR:]),
            front=tuple(self._front(told)),
            tried=len(self.trials),
            refused=self.refused,
            complete=best is not None and self.cut >= best.cost - SAME,
            priced=bool(self.prepared.scenario.costs),
        )

    def _front(self, told: Mapping[Chosen, Tried]) -> Iterator[Tried]:
        """Those than which nothing that costs as little does better: Pareto's front of cost and number."""
        best: Tried | None = None
        for one in sorted(told.values(), key=lambda t: (t.cost, self._far(t))):
            if best is None or self._betters(one, best):
                best = one
                yield one

    def _betters(self, one: Tried, other: Tried) -> bool:
        """Whether a choice does better on the futures that both were tried on, by more than luck explains."""
        if self._far(one) >= self._far(other):
            return False
        pairs = zip(self.desk.came[one.chosen], self.desk.came[other.chosen], strict=False)
        apart = mean_of([a.numbers[0] - b.numbers[0] for a, b in pairs])
        return not apart.runs or not apart.low <= 0 <= apart.high

    def _far(self, one: Tried) -> float:
        """How far the first number is from the best there could be: the less, the better."""
        value, wanted = one.numbers[0].mean, self.desk.questions[0].wanted
        if math.isnan(value):
            return math.inf
        if wanted is not None and math.isfinite(wanted.lowest) and math.isfinite(wanted.highest):
            return abs(value - wanted.bound)
        return -value if wanted is not None and math.isfinite(wanted.lowest) else value
