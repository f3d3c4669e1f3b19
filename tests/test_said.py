"""What planners say instead of the words of the language is answered with what to write."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from sim.core.errors import PlannerError, misspelt, unknown
from sim.scenario.corrections import corrected
from sim.scenario.figures import Figure
from sim.scenario.files import FILES
from sim.scenario.said import FORMER, KEYS, SECTIONS, in_register
from sim.scenario.validation import faults_and_notes
from sim.scenario.wishes import words
from sim.spec.durations import Duration, Share
from sim.spec.opening import Opening, Period
from sim.spec.shape import fields, models
from sim.spec.sources import Assumption
from sim.text import clocks, yamlio

from .test_cli import call
from .test_load import faults_of

TINY = Path(__file__).parent / "library"
LAWS = ["food_law_12", "licensing_law_42", "road_rule_31", "plan", "land_law_3"]


@pytest.mark.parametrize(
    ("text", "date"),
    [("2025/3/3", "2025-03-03"), ("2025.03.03", "2025-03-03"), ("2025年3月3日", "2025-03-03"),
     ("20250303", "2025-03-03"), ("2025-3-3", "2025-03-03"),
     ("２０２５／３／３", "2025-03-03"), ("2025/2/30", ""), ("3/3/2025", ""), ("soon", "")],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text: str, date: str) -> None:
    """Where it can mean only one day."""
    assert clocks.as_date(text) == date


@pytest.mark.parametrize(
    ("text", "time"),
    [("8:30", "08:30"), ("8：30", "08:30"), ("8点", "08:00"), ("8点30分", "08:30"), ("下午2:30", "14:30"),
     ("2:30pm", "14:30"), ("24:00", "24:00"), ("25:00", ""), ("8:75", ""), ("8.5", ""), ("noon", "")],
)  # fmt: skip
def test_a_time_is_read_however_it_is_written(text: str, time: str) -> None:
    """Where it can mean only one time of day."""
    assert clocks.as_time(text) == time


@pytest.mark.parametrize(
    ("text", "period"),
    [("8:30-12:00", "08:30-12:00"), ("8:30–12:00", "08:30-12:00"), ("8:30 至 12:00", "08:30-12:00"),
     ("9点-17点", "09:00-17:00"), ("9-17", ""), ("8:30", "")],
)  # fmt: skip
def test_a_period_is_read_however_it_is_written(text: str, period: str) -> None:
    """From one time to another."""
    assert clocks.as_period(text) == period


@pytest.mark.parametrize(
    ("annotation", "found", "said"),
    [
        (fields(Share)["share"], 90, "; write 0.9"),
        (fields(Share)["share"], "90%", "; write 0.9"),
        (fields(Share)["share"], "12.5 %", "; write 0.125"),
        (fields(Share)["share"], 1.2, ""),
        (fields(Share)["share"], -1, ""),
        (fields(Duration)["days"], "20天", "; write the number alone, 20"),
        (fields(Assumption)["range"], "0-100", "; write [0, 100]"),
        (fields(Assumption)["why"], 5, "; put it in quotes, '5'"),
        (fields(Opening)["also"], "周日", ""),
        (Period, "8:30~12:00", "; write 08:30-12:00"),
        (Figure, "九成", ""),
    ],
)
def test_a_value_is_answered_with_what_was_meant(annotation: Any, found: Any, said: str) -> None:
    """Where it is nearly what is wanted."""
    assert corrected(annotation, words(annotation), found) == said


@pytest.mark.parametrize(
    ("name", "near"),
    [("licencing_law_42", "licensing_law_42"), ("licensing_law_43", ""), ("fire_law_12", ""), ("plann", "plan"),
     ("road_rule_13", ""), ("lnd_law_3", "land_law_3")],
)  # fmt: skip
def test_another_law_is_no_misspelling(name: str, near: str) -> None:
    """Another number is another article, another word another law; a slip of the pen is told."""
    assert misspelt(name, LAWS) == near


def test_of_many_known_names_those_most_alike_are_told() -> None:
    """Not the first of the alphabet."""
    known = [f"{letter}{letter}_review" for letter in "abcdefghij"] + ["site_visit", "site_check"]
    shown = unknown("step", "site_inspection_by_two", known)
    assert shown.startswith("unknown step 'site_inspection_by_two'; known: site_visit, site_check, ")
    assert shown.endswith(", …")
    assert shown.count(",") == 8


def test_every_word_for_a_key_stands_for_one() -> None:
    """No key that no file has, and no section that no file has."""
    known = {key for kind in FILES.values() for model in models(kind.model) for key in fields(model)}
    assert {key for keys in KEYS.values() for key in keys} - known == {"zh", "en"} - known
    assert set(SECTIONS) - known == {"department"} - known
    assert {key for key, _ in FORMER} <= known


def test_every_name_of_the_language_is_known() -> None:
    """Kinds, measures, statistics, units, procedures, reforms and weekdays, in both languages."""
    named = {(one.section, one.name): one.id for one in in_register()}
    assert named["measure", "审批用时"] == "counted_days"
    assert named["kind", "approval"] == "approval"
    assert named["unit", "working days"] == "工作日"
    assert named["reform", "parallel approval"] == "并联审批"
    assert named["weekday", "周日"] == "sun"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small library, to be spoiled, in the current folder."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("measure: counted_days", "measure: 审批用时",
         "targets[0].measure: unknown measure '审批用时'; write counted_days"),
        ("measure: counted_days", "measure: compression",
         "targets[0].measure: unknown measure 'compression'; write cut_share, the share that is cut; "
         "compression, in 限时办结, is what remains"),
        ("unit: 工作日", "unit: working days", "targets[0].unit: unknown unit 'working days'; write 工作日"),
        ("measure: counted_days", "measure: counted_days\n    statistic: 均值",
         "targets[0].statistic: unknown statistic '均值'; write mean"),
        ("reform: 并联审批", "reform: parralel approval",
         "variants.after.reforms[0]: unknown reform 'parralel approval', did you mean 'parallel approval'?"),
        ("place: town", "place: 试点镇", "place: 试点镇 is a name; write its id, town"),
        ("  shop: {", "  开店: {", "demand.开店: 开店 is a name; write its id, shop"),
        ("steps: [review, inspect]", "steps: [消防, inspect]",
         "variants.after.reforms[0].steps[0]: an id is of small letters, digits and _, a letter first; "
         "found '消防', did you mean inspect (消防检查)?"),
        ("steps: [review, inspect]", "steps: [Review, inspect]",
         "variants.after.reforms[0].steps[0]: an id is of small letters, digits and _, a letter first; "
         "found 'Review'; write review"),
        ("materials: [business_licence]", "materials: [营业执照]",
         "variants.after.reforms[1].materials[0]: 营业执照 is a name; write its id, business_licence"),
        ("fallback: 0.1", "fallback: 10%",
         "variants.after.reforms[1].fallback: wanted a number from 0 to 1, found '10%'; write 0.1"),
        ("at_most: 20", 'at_most: "2\\u200b0"',
         "targets[0].at_most: wanted a number or a percentage such as 90%, found '2\\u200b0'; "
         "write the number alone, 20; there is a zero width space (U+200B) in it, delete it"),
        ("source: plan\n", "source: plann\n", "targets[0].source: unknown source 'plann', did you mean 'plan'?"),
    ],
)  # fmt: skip
def test_a_scenario_is_answered_with_what_to_write(old: str, new: str, message: str, root: Path) -> None:
    """Names become ids, former words the new ones, and the line is that of the word."""
    path = root / "scenarios/faster.yaml"
    text = path.read_text(encoding="utf-8")
    head, _, tail = text.rpartition(old)
    path.write_text(f"{head}{new}{tail}", encoding="utf-8")
    faults, _ = faults_and_notes(root, [])
    assert [str(fault).split(": ", 1)[1] for fault in faults] == [message]


@pytest.mark.parametrize(
    ("words_of_the_command", "said"),
    [
        (("show", "开店"), "开店 is a name; write its id, shop"),
        (("show", "Opening a shop"), "Opening a shop is a name; write its id, shop"),
        (("compare", "更快"), "更快 is a name; write its id, faster"),
        (("check", "fastr"), "unknown scenario 'fastr', did you mean 'faster'?"),
    ],
)
def test_a_command_takes_ids_and_names_them(
    words_of_the_command: tuple[str, ...], said: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name on the command line is answered like one in a file."""
    assert call(root, *words_of_the_command) == 2
    assert capsys.readouterr().err == f"{said}\n"


def test_a_late_mistake_names_the_scenario_and_its_file(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is only found while it runs says where to look."""

    def late(prepared: object) -> None:
        raise PlannerError("a case never ends; shorten it")

    monkeypatch.setattr("sim.analysis.compare.staff_of", late)
    assert call(root, "compare", "faster", "--runs", "2", "--workers", "1") == 2
    assert capsys.readouterr().err == "scenarios/faster.yaml: faster: a case never ends; shorten it\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a:\n  b:\u00a020\n", "t:2: a: no-break space (U+00A0) in 'b:\\xa020': write a plain space after the colon"),
        ("a: 20\u00a0\n", "t:1: a: no-break space (U+00A0) in '20\\xa0': use plain spaces, or quote the text"),
        ("at\u00a0most: 3\n",
         "t:1: at\u00a0most: no-break space (U+00A0) in 'at\\xa0most': delete it, or put a plain space"),
        ("a: [b,\u200bc]\n", "t:1: a[1]: zero width space (U+200B) in '\\u200bc': use plain spaces, or quote the text"),
        ("a: 1\n\u2060b: 2\n",
         "t:2: \u2060b: word joiner (U+2060) in '\\u2060b': use plain spaces, or quote the text"),
    ],
)  # fmt: skip
def test_a_character_that_nobody_sees_is_named(text: str, said: str) -> None:
    """With its number, so that an editor can look for it."""
    assert faults_of(lambda: yamlio.parse(text, "t")) == [said]


def test_a_number_that_is_no_form_of_what_is_wanted_is_told_all_the_same(root: Path) -> None:
    """An observed time may be a number or a number and a count; one below nothing is neither."""
    path = root / "processes/licences/terrace.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("observed: [[1, 14]", "observed: [-5.5"), encoding="utf-8")
    faults, _ = faults_and_notes(root, [])
    assert [fault.message for fault in faults] == [
        "wanted a number of at least 0 or a list of 2 (each item a number of at least 0), found -5.5"
    ]
