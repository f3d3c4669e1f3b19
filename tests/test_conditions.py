"""Conditions on cases in words, by the names of the attributes."""

from __future__ import annotations

from typing import Any

import pytest

from sim.report.charts.target_words import scope_words
from sim.report.charts.view import View
from sim.report.conditions import conditions
from sim.report.words import Lang
from sim.spec.attributes import Attribute, Bounds
from sim.spec.base import Name
from sim.spec.scope import Scope

from .reported import exact

WHEN: dict[str, Any] = {"big": True, "area": Bounds(at_least=100, below=500.5), "kind": "food", "floors": 3.0}


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", ["<big> = 是", "<area> ≥ 100", "<area> < 500.5", "<kind> = food", "<floors> = 3"]),
        ("en", ["<big> = yes", "<area> ≥ 100", "<area> < 500.5", "<kind> = food", "<floors> = 3"]),
    ],
)
def test_a_condition_tells_values_and_each_bound(lang: Lang, told: list[str]) -> None:
    """Of what attributes are called; bounds read alike where they come from a file."""
    plain = WHEN | {"area": {"at_least": 100, "below": 500.5}}
    assert [list(conditions(lang, when, "<{}>".format)) for when in (WHEN, plain)] == [told, told]


@pytest.mark.parametrize(("lang", "told"), [("zh", "只计 急件 = 否 的办件"), ("en", "only cases with urgent = no")])
def test_charts_call_attributes_by_their_names(lang: Lang, told: str) -> None:
    """As the page does; one without a name by its key."""
    view = View(exact(), "service", lang)
    process = view.process(view.variants[0])
    attributes = {"urgent": Attribute(name=Name(zh="急件", en="urgent"), share=0.5, source="guess")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(View, "process", lambda *_: process.model_copy(update={"attributes": attributes}))
        assert scope_words(view, Scope(when={"urgent": False})) == told
        assert scope_words(view, Scope(when={"gone": False})) == told.replace("急件", "gone").replace("urgent", "gone")
