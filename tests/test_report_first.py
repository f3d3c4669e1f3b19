"""The first screen of the page: the answer in a sentence, what it hangs on, and every verdict on a line."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sim.analysis.in_worlds import InWorlds, Lever
from sim.analysis.telling import leading
from sim.report.page import first
from sim.report.page.context import Context
from sim.report.words import Lang

from .reported import AFTER, Tags, comparison_of, exact, said

WORLDS = InWorlds(tuple(range(1, 21)), (True,) * 12 + (False,) * 8, (Lever("pace", "", 0.9, 0.2),))
"""Twenty worlds of 1 to 20 days: nine in ten lie between 1.95 and 19.05, twelve meet the twelve."""


def plain(texts: list[str]) -> list[str]:
    """Sentences with ordinary spaces."""
    return [text.replace("\u00a0", " ") for text in texts]


def in_worlds(found: InWorlds) -> Context:
    """The comparison with worlds drawn for its first target."""
    result, *others = exact().targets
    return Context(replace(exact(), targets=[replace(result, in_worlds=found), *others]), "en")


def test_the_page_begins_with_what_was_found() -> None:
    """Without worlds the first sentence holds name, variant, figure, bound and verdict, and nothing follows it."""
    assert plain(first.sentences(Context(exact(), "zh"))) == [
        "用时：“改革后”方案下，审批用时（均值）为 10.00 个工作日，目标 ≤ 12 个工作日，达标。"
    ]


def test_the_range_over_worlds_stands_beside_it_and_what_it_hangs_on_after_it() -> None:
    """A figure of the middle assumptions never stands alone where worlds were drawn."""
    assert plain(first.sentences(in_worlds(WORLDS))) == [
        'Time: under "After", counted time (mean) is 10.00 working days; the target is ≤ 12 working days: met. '
        "That is with our middle assumptions; over their ranges it is 1.95 to 19.05 working days in nine worlds of "
        "ten, and the target holds in 60% of the worlds.",
        "It hangs most on pace. Measure pace first: the verdict would be right in 20% more of the worlds.",
    ]


def test_what_hangs_on_nothing_says_so() -> None:
    """The same in all worlds, it has no range."""
    found = replace(WORLDS, values=(10.0,) * 20, met=(True,) * 20, levers=())
    (sentence,) = plain(first.sentences(in_worlds(found)))
    assert sentence.endswith("the target is ≤ 12 working days: met, whatever the assumptions.")


def test_a_target_that_tells_nothing_does_not_lead() -> None:
    """The page begins with the first that tells something; where none does, with the first."""
    one, two = exact().targets
    quiet = [replace(r, target=r.target.model_copy(update={"tells_nothing": "it goes in"})) for r in (one, two)]
    led = [leading(targets) for targets in ([quiet[0], two], quiet, [])]
    assert led == [two, quiet[0], None]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", "改变最大的是审批用时：服务<甲>由 14.0 个工作日变为 10.0 个工作日（−28.6%）。"),
        (
            "en",
            "What changes most is counted time: Service <A> goes from 14.0 working days to 10.0 working days (−28.6%).",
        ),
    ],
)
def test_without_targets_the_page_begins_with_what_changed_most(lang: Lang, sentence: str) -> None:
    """14 to 10 days of review is 28.6 % less; of the 24 days of the whole the same four are only a sixth."""
    assert plain(first.sentences(Context(comparison_of(AFTER, ""), lang))) == [sentence]


def test_one_variant_changes_nothing() -> None:
    """Where there is nothing to set beside the first variant, the page says so."""
    assert first.sentences(Context(comparison_of("", ""), "en")) == ['No measure changes against "Before".']


def test_every_verdict_has_its_line_that_leads_to_all_of_it() -> None:
    """Badge, value, bound and share of worlds stand on it; what is said of a target in full is folded below."""
    (line, other) = first.verdicts(in_worlds(WORLDS))
    told = (line.id, line.name, line.standing, line.quiet, *plain([line.value, line.bound, line.worlds]))
    assert told == ("T1", "Time", "met", "", "10.00 working days", "≤ 12 working days", "holds in 60% of 20 worlds")
    assert other.worlds == ""
    tags = Tags(said(exact(), "en")).tags
    links = [a["href"] for tag, a in tags if tag == "a" and str(a.get("href")).startswith("#target-")]
    folded = [f"#{a['id']}" for tag, a in tags if tag == "details" and "id" in a]
    assert links == folded == ["#target-T1", "#target-T2"]


def test_what_explains_the_answer_is_folded() -> None:
    """No table stands open: the page can be overlooked, and each part is opened by the words that head it."""
    text = said(exact(), "en")
    outside = re.sub(r"<details\b.*?</details>", "", text, flags=re.DOTALL)
    assert ("<table" in text, "<table" in outside) == (True, False)
    assert re.findall(r'<section id="(\w+)"', outside) == ["answers", "charts", "targets"]
    heads = re.findall(r"<summary>(.*?)</summary>", text, re.DOTALL)
    assert [" ".join(re.sub(r"<[^>]+>", " ", head).split()) for head in heads] == [
        "T1 Time met", "T2 Shorter missed (on record)", "4 Before and after", "5 What the reforms change",
        "6 Where the days go", "7 Staff and how busy they are", "8 What the numbers rest on",
        "9 What the model does not know", "10 How to reproduce",
    ]  # fmt: skip
