"""Values that are found when they are first asked for."""

from __future__ import annotations

import pickle

import pytest

from sim.core.later import Later


def test_a_value_is_found_once_and_only_when_asked_for() -> None:
    """The keys are known before; another one is none."""
    asked: list[str] = []

    def find(key: str) -> str:
        asked.append(key)
        return key.upper()

    found = Later(["a", "b"], find)
    assert (list(found), len(found), "a" in found, asked) == (["a", "b"], 2, True, [])
    assert (found["a"], found["a"], asked) == ("A", "A", ["a"])
    with pytest.raises(KeyError):
        found["c"]


def test_it_goes_whole_to_another_process() -> None:
    """What finds the values stays behind."""
    assert pickle.loads(pickle.dumps(Later(["a"], lambda key: key.upper()))) == {"a": "A"}
