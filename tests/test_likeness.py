"""Names like a misspelt one, also among thousands."""

from __future__ import annotations

import difflib
import random

import pytest

from sim.core.likeness import close_matches

WORDS = ("application", "licence", "permit", "drawing", "lease", "survey", "approval", "planning", "fire", "water")


def names(count: int) -> list[str]:
    """So many names of two words and a number."""
    draw = random.Random(1)
    return [f"{draw.choice(WORDS)}_{draw.choice(WORDS)}_{n}" for n in range(count)]


def misspelt(name: str, draw: random.Random) -> str:
    """The name without one letter, or with two letters swapped."""
    at = draw.randrange(len(name) - 1)
    return name[:at] + (name[at + 1 :] if draw.random() < 0.5 else name[at + 1] + name[at] + name[at + 2 :])


def test_among_few_names_it_is_what_the_standard_library_finds() -> None:
    """Twenty names are all looked at."""
    known, draw = names(20), random.Random(2)
    for name in (misspelt(draw.choice(known), draw) for _ in range(50)):
        assert close_matches(name, known, 3, 0.6) == difflib.get_close_matches(name, known, 3, 0.6)


def test_among_many_names_the_one_meant_is_found_with_few_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand names, of which a misspelt one is compared with no more than twenty."""
    looked_at: list[int] = []

    def counted(name: str, known: tuple[str, ...], n: int, cutoff: float) -> list[str]:
        looked_at.append(len(known))
        return exact(name, known, n, cutoff)

    exact = difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", counted)
    known, draw = names(1000), random.Random(3)
    meant = [draw.choice(known) for _ in range(100)]
    found = [close_matches(misspelt(name, draw), known, 1, 0.6) for name in meant]
    assert sum([name] == near for name, near in zip(meant, found, strict=True)) >= 90
    assert max(looked_at) == 20


def test_nothing_is_like_a_name_of_other_letters() -> None:
    """Among many as among few."""
    assert close_matches("zzz", names(1000), 1, 0.6) == []
    assert close_matches("", names(1000), 1, 0.6) == []
