import pickle

import pytest

from sim.core.errors import CalendarError, Fault, PlannerError, ReformError, SpecError, did_you_mean, unknown

LATER = Fault("a.yaml", 12, "steps.review", "no such material")
EARLIER = Fault("a.yaml", 9, "", "duplicate key")


def test_fault_is_shown_with_its_place() -> None:
    """A fault reads file, line, path, message; a fault of the whole file has no path to show."""
    assert [str(LATER), str(EARLIER)] == [
        "a.yaml:12: steps.review: no such material",
        "a.yaml:9: duplicate key",
    ]


def test_spec_error_lists_each_fault_once_in_reading_order() -> None:
    """Line 9 comes before line 12, however the faults were found and however often."""
    error = SpecError([LATER, EARLIER, LATER])
    assert error.faults == (EARLIER, LATER)
    assert str(error) == "a.yaml:9: duplicate key\na.yaml:12: steps.review: no such material"


def test_spec_error_survives_the_way_back_from_another_process() -> None:
    """A worker's error reaches the planner with all its faults."""
    assert pickle.loads(pickle.dumps(SpecError([LATER, EARLIER]))).faults == (EARLIER, LATER)


@pytest.mark.parametrize("kind", [SpecError, ReformError, CalendarError])
def test_every_mistake_of_a_planner_is_a_planner_error(kind: type[Exception]) -> None:
    """One except clause is enough to keep a traceback from the planner."""
    assert issubclass(kind, PlannerError)


@pytest.mark.parametrize(
    ("name", "known", "suggestion"),
    [
        ("acept", ["accept", "decide"], ", did you mean 'accept'?"),
        ("审察", ["审查", "受理"], ", did you mean '审查'?"),
        ("住健局", ["住建局", "自然资源局"], ", did you mean '住建局'?"),
        ("业务受理环节", ["业务办结", "公示"], ""),
        ("联合验收", ["竣工验收", "公示"], ", did you mean '竣工验收'?"),
        ("zzz", ["accept"], ""),
        ("accept", [], ""),
    ],
)
def test_nearest_name_is_suggested(name: str, known: list[str], suggestion: str) -> None:
    """A short name may differ in half of its characters, a long one in few; else nothing is suggested."""
    assert did_you_mean(name, known) == suggestion


@pytest.mark.parametrize(
    ("name", "known", "message"),
    [
        ("acept", ["decide", "accept"], "unknown step 'acept', did you mean 'accept'?"),
        ("zzz", ["b", "a"], "unknown step 'zzz'; known: a, b"),
        ("zzz", list("hgfedcba"), "unknown step 'zzz'; known: a, b, c, d, e, f, g, h"),
        ("zzz", list("ihgfedcba"), "unknown step 'zzz'; known: a, b, c, d, e, f, g, h, …"),
        ("zzz", [], "unknown step 'zzz'; known: none"),
    ],
)
def test_unknown_name_is_answered_with_what_is_known(name: str, known: list[str], message: str) -> None:
    """Without a near name at most eight known ones are listed, sorted, so that a set gives the same text."""
    assert unknown("step", name, known) == message
    assert unknown("step", name, set(known)) == message
