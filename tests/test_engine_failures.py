"""Cases that are sent back, refused or passed by, line by line: `case step category queued started ended`."""

from __future__ import annotations

from sim.engine.play import simulate
from sim.records.log import ATTEMPT
from sim.records.tables import Flag

from .made import made, outcome, takes
from .small import frame, log_of, scenario, service, world

FAILED, REFUSED = int(Flag.FAILED), int(Flag.REFUSED)


def test_a_failed_check_is_redone_from_an_earlier_step() -> None:
    """What lies between the step gone back to and the failed one is done again, with the luck of the next attempt."""
    before = {"draw": [], "review": ["draw"], "sign": ["review"]}
    attempts = {"draw": [takes(10), takes(3)], "review": [takes(5, FAILED), takes(4)], "sign": [takes(1)]}
    assert outcome(made(before, attempts, redo={"review": ["draw", "review"]})) == (
        ["0 draw work 0 0 10", "0 review work 10 10 15", "0 draw#2 work 15 15 18", "0 review#2 work 18 18 22",
         "0 sign work 22 22 23"],
        [(23, 0)],
    )  # fmt: skip


def test_a_failed_step_alone_is_tried_again_until_it_succeeds() -> None:
    """A step that goes back to itself repeats; a step beside it goes on undisturbed."""
    attempts = {"check": [takes(5, FAILED), takes(5, FAILED), takes(5)], "other": [takes(12)], "end": [takes(1)]}
    tables = made({"check": [], "other": [], "end": ["check", "other"]}, attempts, redo={"check": ["check"]})
    assert outcome(tables) == (
        ["0 check work 0 0 5", "0 other work 0 0 12", "0 check#2 work 5 5 10", "0 check#3 work 10 10 15",
         "0 end work 15 15 16"],
        [(16, 0)],
    )  # fmt: skip


def test_what_has_not_started_waits_for_what_is_done_again() -> None:
    """A step that needs the drawing, and waits for something else, does not start on a drawing sent back."""
    before = {"draw": [], "slow": [], "review": ["draw"], "build": ["draw", "slow"]}
    attempts = {"draw": [takes(2), takes(9)], "slow": [takes(6)], "review": [takes(1, FAILED), takes(1)],
                "build": [takes(5)]}  # fmt: skip
    assert outcome(made(before, attempts, redo={"review": ["draw", "review"]})) == (
        ["0 draw work 0 0 2", "0 slow work 0 0 6", "0 review work 2 2 3", "0 draw#2 work 3 3 12",
         "0 review#2 work 12 12 13", "0 build work 12 12 17"],
        [(17, 0)],
    )  # fmt: skip


def test_a_branch_under_way_goes_on_while_another_is_redone() -> None:
    """A step that already runs is neither stopped nor repeated when its predecessor is done again."""
    before = {"draw": [], "review": ["draw"], "tender": ["draw"], "end": ["review", "tender"]}
    attempts = {"draw": [takes(2), takes(2)], "review": [takes(1, FAILED), takes(1)], "tender": [takes(20)],
                "end": [takes(1)]}  # fmt: skip
    assert outcome(made(before, attempts, redo={"review": ["draw", "review"]})) == (
        ["0 draw work 0 0 2", "0 review work 2 2 3", "0 tender work 2 2 22", "0 draw#2 work 3 3 5",
         "0 review#2 work 5 5 6", "0 end work 22 22 23"],
        [(23, 0)],
    )  # fmt: skip


TWO_REVIEWS = {"draw": [], "plan": ["draw"], "fire": ["plan"], "flood": ["plan"], "end": ["fire", "flood"]}


def test_two_failures_at_once_are_put_right_together() -> None:
    """A second failure that goes back to the step already being redone adds nothing, and both are checked again."""
    attempts = {"draw": [takes(1)], "plan": [takes(2), takes(10)], "fire": [takes(5, FAILED), takes(1)],
                "flood": [takes(1, FAILED), takes(1)], "end": [takes(1)]}  # fmt: skip
    assert outcome(made(TWO_REVIEWS, attempts, redo={"fire": ["plan", "fire"], "flood": ["plan", "flood"]})) == (
        ["0 draw work 0 0 1", "0 plan work 1 1 3", "0 fire work 3 3 8", "0 flood work 3 3 4", "0 plan#2 work 4 4 14",
         "0 fire#2 work 14 14 15", "0 flood#2 work 14 14 15", "0 end work 15 15 16"],
        [(16, 0)],
    )  # fmt: skip


def test_what_is_gone_back_to_waits_for_what_is_already_done_again() -> None:
    """A plan sent back while the drawing before it is being redone is not begun on the old drawing."""
    attempts = {"draw": [takes(1), takes(9)], "plan": [takes(2), takes(2)], "fire": [takes(5, FAILED), takes(1)],
                "flood": [takes(1, FAILED), takes(1)], "end": [takes(1)]}  # fmt: skip
    redo = {"fire": ["plan", "fire"], "flood": ["draw", "plan", "flood"]}
    assert outcome(made(TWO_REVIEWS, attempts, redo=redo)) == (
        ["0 draw work 0 0 1", "0 plan work 1 1 3", "0 fire work 3 3 8", "0 flood work 3 3 4", "0 draw#2 work 4 4 13",
         "0 plan#2 work 13 13 15", "0 fire#2 work 15 15 16", "0 flood#2 work 15 15 16", "0 end work 16 16 17"],
        [(17, 0)],
    )  # fmt: skip


def test_what_waits_to_be_done_again_waits_for_everything_sent_back_meanwhile() -> None:
    """The joint plan waits for both drawings; one is sent back once more after it was redone, by another review."""
    before = {"land": [], "east": ["land"], "west": ["land"], "plan": ["east", "west"], "joint": ["plan"],
              "slow": ["east"]}  # fmt: skip
    attempts = {"land": [takes(1), takes(1)], "east": [takes(1), takes(1), takes(10)], "west": [takes(1), takes(6)],
                "plan": [takes(1), takes(1)], "joint": [takes(1, FAILED), takes(1)],
                "slow": [takes(5, FAILED), takes(1)]}  # fmt: skip
    redo = {"joint": ["land", "east", "west", "plan", "joint"], "slow": ["east", "slow"]}
    assert outcome(made(before, attempts, redo=redo)) == (
        ["0 land work 0 0 1", "0 east work 1 1 2", "0 west work 1 1 2", "0 slow work 2 2 7", "0 plan work 2 2 3",
         "0 joint work 3 3 4", "0 land#2 work 4 4 5", "0 east#2 work 5 5 6", "0 west#2 work 5 5 11",
         "0 east#3 work 7 7 17", "0 plan#2 work 17 17 18", "0 slow#2 work 17 17 18", "0 joint#2 work 18 18 19"],
        [(19, 0)],
    )  # fmt: skip


def test_a_result_that_was_overtaken_no_longer_counts() -> None:
    """A plan sent back to before it while it is being made is made anew; the old one is thrown away."""
    attempts = {"draw": [takes(1)] * 3, "plan": [takes(2), takes(10), takes(9)], "fire": [takes(5, FAILED), takes(1)],
                "flood": [takes(1, FAILED), takes(1)], "end": [takes(9)]}  # fmt: skip
    redo = {"fire": ["draw", "plan", "fire"], "flood": ["draw", "plan", "flood"]}
    assert outcome(made(TWO_REVIEWS, attempts, redo=redo)) == (
        ["0 draw work 0 0 1", "0 plan work 1 1 3", "0 fire work 3 3 8", "0 flood work 3 3 4", "0 draw#2 work 4 4 5",
         "0 plan#2 work 5 5 15", "0 draw#3 work 8 8 9", "0 plan#3 work 9 9 18", "0 fire#2 work 18 18 19",
         "0 flood#2 work 18 18 19", "0 end work 19 19 28"],
        [(28, 0)],
    )  # fmt: skip


def test_a_result_that_was_sent_back_before_it_was_ready_does_not_count() -> None:
    """A plan made from a drawing that is being redone is thrown away; the next one waits for the drawing."""
    attempts = {"draw": [takes(1), takes(1), takes(5)], "plan": [takes(2), takes(5), takes(9)], "end": [takes(1)],
                "fire": [takes(5, FAILED), takes(1)], "flood": [takes(1, FAILED), takes(1)]}  # fmt: skip
    redo = {"fire": ["draw", "plan", "fire"], "flood": ["draw", "plan", "flood"]}
    assert outcome(made(TWO_REVIEWS, attempts, redo=redo)) == (
        ["0 draw work 0 0 1", "0 plan work 1 1 3", "0 fire work 3 3 8", "0 flood work 3 3 4", "0 draw#2 work 4 4 5",
         "0 plan#2 work 5 5 10", "0 draw#3 work 8 8 13", "0 plan#3 work 13 13 22", "0 fire#2 work 22 22 23",
         "0 flood#2 work 22 22 23", "0 end work 23 23 24"],
        [(24, 0)],
    )  # fmt: skip


ROUNDABOUT = """
  draw: {name: {zh: 设计, en: Draw}, at: bureau}
  plan: {name: {zh: 规划, en: Plan}, at: bureau, after: {draw: order}}
  map: {name: {zh: 测绘, en: Map}, at: bureau, after: {draw: order}}
  model: {name: {zh: 模型, en: Model}, at: bureau, after: {plan: order}}
  review: {name: {zh: 审查, en: Review}, at: bureau, after: {model: order, map: order},
    fails: {rate: 0.5, redo: plan, source: guess}}
  tender: {name: {zh: 招标, en: Tender}, at: bureau, after: {plan: order}}
"""


def test_only_what_lies_between_is_done_again() -> None:
    """Back to the plan: the plan, what came of it on the way to the failed review, and the review; nothing beside."""
    tables, _ = log_of(world(service(ROUNDABOUT), scenario(1, "every_minutes: 1")))
    names = [node.id for node in tables.flows[0].nodes]
    redo = {names[step]: [names[n] for n in again] for step, again in tables.flows[0].redo.items()}
    assert redo == {"review": ["plan", "model", "review"]}


def test_a_refused_case_starts_nothing_new_and_ends_when_what_runs_is_over() -> None:
    """After a refusal a parallel step is finished, whatever comes of it, and nothing follows."""
    before = {"fire": [], "flood": [], "end": ["fire", "flood"], "visit": ["flood"]}
    for flag in (0, FAILED, REFUSED):
        attempts = {"fire": [takes(5, REFUSED)], "flood": [takes(8, flag)], "end": [takes(1)], "visit": [takes(1)]}
        tables = made(before, attempts, redo={"flood": ["flood"]})
        assert outcome(tables) == (["0 fire work 0 0 5", "0 flood work 0 0 8"], [(8, 1)])


def test_a_refusal_on_the_spot_keeps_the_steps_beside_it_from_starting() -> None:
    """A system that refuses in no time ends the case before the step that would start with it."""
    tables = made({"system": [], "review": []}, {"system": [takes(0, REFUSED)], "review": [takes(5)]})
    assert outcome(tables) == ([], [(0, 1)])


def test_steps_that_are_not_for_a_case_take_no_time() -> None:
    """What follows a step passed by waits for its predecessors only; a case with no step ends as it comes."""
    before = {"draw": [], "plan": ["draw"], "end": ["plan"]}
    active = {"draw": [True, False], "plan": [False, False], "end": [True, False]}
    tables = made(before, {n: [takes(2)] for n in before}, arrivals=[0, 1], active=active)
    assert outcome(tables) == (["0 draw work 0 0 2", "0 end work 2 2 4"], [(1, 0), (4, 0)])


def test_the_cause_of_a_run_is_what_it_waited_for_last() -> None:
    """Runs name the run that let them start, across steps passed by and steps done again."""
    before = {"draw": [], "slow": [], "skipped": ["slow"], "review": ["draw", "skipped"]}
    attempts = {"draw": [takes(2)], "slow": [takes(6)], "skipped": [takes(1)],
                "review": [takes(1, FAILED), takes(1)]}  # fmt: skip
    active = {"skipped": [False]}
    tables = made(before, attempts, redo={"review": ["review"]}, active=active)
    runs = frame(simulate(tables).attempts, ATTEMPT)[["attempt", "node", "nth", "cause", "ready", "finished"]]
    assert runs.to_numpy().tolist() == [
        [0, 0, 0, -1, 0, 120],
        [1, 1, 0, -1, 0, 360],
        [2, 3, 0, 1, 360, 420],
        [3, 3, 1, 2, 420, 480],
    ]
