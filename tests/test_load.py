"""Reading files: what a library holds, and that no fault hides another."""

import shutil
from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import SpecError
from sim.scenario.library import Library, Spec
from sim.scenario.load import kind_of, load_library, load_process, load_scenario, scenario_paths, validate_path
from sim.scenario.reading import read
from sim.scenario.scenario import Scenario
from sim.scenario.validation import validate
from sim.spec.catalogue import Catalogue
from sim.spec.flags import flags
from sim.spec.overlay import CalendarOverlay
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.process import Process
from sim.spec.sources import SourceBook
from sim.spec.step import Need
from sim.text import yamlio

TINY = Path(__file__).parent / "library"
NAME = "name: {zh: 测试, en: Test}\n"
STEP = f"""\
steps:
  review:
    {NAME.strip()}
    at: bureau
    limit: {{statutory: {{days: 5, source: licensing_law}}}}
"""


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small library, to be spoiled, in the current folder."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path()


def faults_of(load: Callable[[], object]) -> list[str]:
    """The faults that a function raises."""
    with pytest.raises(SpecError) as raised:
        load()
    return [str(fault) for fault in raised.value.faults]


def test_a_library_holds_all_files_below_processes(library: Library) -> None:
    """Processes, their folders, places, materials and shared sources are all there."""
    assert list(library.processes) == ["bar", "cafe", "shop", "terrace", "well"]
    assert library.groups == dict.fromkeys(["bar", "cafe", "shop", "terrace", "well"], "licences")
    assert list(library.places) == ["baicheng", "town", "village"]
    assert list(library.catalogue.materials) == ["application", "lease", "business_licence", "drawing", "permit"]
    assert list(library.sources) == ["licensing_law", "procedures_law", "order_law", "new_law", "plan", "guess"]
    assert library.practice.summary == "办理时间占时限的一部分。"


def test_sources_of_a_file_are_its_own_and_the_shared_ones(library: Library) -> None:
    """A process may cite its own sources besides those of all."""
    assert list(library.sources_of(library.processes["cafe"])) == [*library.sources, "shop_rule"]


def test_the_faults_of_all_files_come_at_once(copy: Path) -> None:
    """A wrong key in one process hides neither that of another nor an unknown name in a third."""
    folder = copy / "processes/licences"
    (folder / "one.yaml").write_text(f"id: one\n{NAME}{STEP}")
    (folder / "two.yaml").write_text(f"id: two\n{NAME}summary: x\n{STEP}    touch: true\n")
    (folder / "three.yaml").write_text(f"id: three\n{NAME}summary: x\n{STEP}    window: bureu\n")
    assert faults_of(lambda: load_library(copy)) == [
        "processes/licences/one.yaml:1: summary: key 'summary' is missing; add it: "
        "text or the keys zh, en, what it covers, from where to where, in a line or two",
        "processes/licences/three.yaml:9: steps.review.window: unknown department 'bureu', did you mean 'bureau'?",
        "processes/licences/two.yaml:9: steps.review.touch: unknown key 'touch', did you mean 'touchpoint'?",
    ]


def test_a_fault_in_a_shared_file_blames_no_other_file(copy: Path) -> None:
    """Processes are not said to cite unknown sources when it is the book of sources that cannot be read."""
    (copy / "processes/sources.yaml").write_text("sources: {guess: {kind: assumption, why: x, range: [2, 1]}}\n")
    assert faults_of(lambda: load_library(copy)) == [
        "processes/sources.yaml:1: sources.guess: the range must go from low to high, found [2.0, 1.0]; swap the two"
    ]


def test_a_missing_shared_file_is_named(copy: Path) -> None:
    """Without the catalogue there is no library."""
    (copy / "processes/materials.yaml").unlink()
    assert faults_of(lambda: load_library(copy)) == ["processes/materials.yaml:1: no such file: check the name"]


def test_two_processes_may_not_have_one_id(copy: Path) -> None:
    """The second of two files with one name is refused, whatever its folder."""
    (copy / "processes/more").mkdir()
    shutil.copy(copy / "processes/licences/cafe.yaml", copy / "processes/more/cafe.yaml")
    assert faults_of(lambda: load_library(copy)) == [
        "processes/more/cafe.yaml:1: id: processes/licences/cafe.yaml has the id cafe already; choose another"
    ]


def test_what_all_share_may_stand_beside_a_group_but_once(copy: Path) -> None:
    """A group may have its own sources and materials, which every file may use and none may repeat."""
    folder = copy / "processes/licences"
    (folder / "materials.yaml").write_text("materials:\n  photo: {name: {zh: 照片, en: Photo}, issuer: applicant}\n")
    assert list(load_library(copy).catalogue.materials)[-1] == "photo"
    (folder / "materials.yaml").write_text("materials:\n  lease: {name: {zh: 租约, en: Lease}, issuer: applicant}\n")
    (folder / "sources.yaml").write_text("sources:\n  plan: {kind: law, title: 条例, article: 第三条}\n")
    assert faults_of(lambda: load_library(copy)) == [
        "processes/licences/materials.yaml:2: materials.lease: lease stands in processes/materials.yaml too; keep one",
        "processes/licences/sources.yaml:2: sources.plan: plan stands in processes/sources.yaml too; keep one",
    ]


def test_processes_may_not_call_one_another_in_a_circle(copy: Path) -> None:
    """Neither of two processes that call each other could ever be over."""
    with (copy / "processes/licences/cafe.yaml").open("a") as file:
        file.write("  bar:\n    name: {zh: 开酒吧, en: Opening a bar}\n    call: bar\n")
    assert faults_of(lambda: load_library(copy)) == [
        "processes/licences/bar.yaml:13: steps.shop.call: cafe calls bar in its turn; break the circle",
        "processes/licences/cafe.yaml:14: steps.bar.call: bar calls cafe in its turn; break the circle",
    ]


@pytest.mark.parametrize(("start", "early"), [("2025-06-30", True), ("2025-07-01", False), ("2025-07-02", False)])
def test_a_rule_applies_from_its_very_day(start: str, early: bool, copy: Path) -> None:
    """A bar follows a rule of 1 July: a run of 30 June may not use it, one of 1 July may; so may a reform."""
    path = copy / "scenarios/faster.yaml"
    text = path.read_text(encoding="utf-8").replace("2025-01-06", start).replace("shop:", "bar:")
    head = text.partition("  after:")[0]
    reform = "{reform: 一次性告知, source: new_law}"
    path.write_text(f"{head}  after: {{name: {{zh: 后, en: After}}, reforms: [{reform}]}}\n", encoding="utf-8")
    said = [fault.message for fault in validate_path(path, load_library(copy))]
    wrong = f"applies only from 2025-07-01, but the run starts {start}; start later"
    assert said == ([f"bar.grant follows new_law, which {wrong}", f"new_law {wrong}"] if early else [])


def test_a_process_and_a_scenario_load_as_checked_models(library: Library) -> None:
    """What is loaded is the model, with the document it came from."""
    process = load_process(TINY / "processes/licences/shop.yaml", library)
    scenario = load_scenario(TINY / "scenarios/faster.yaml", library)
    assert process.model == library.processes["shop"]
    assert scenario.model.id == "faster"
    assert scenario.document.line(("targets", 0, "measure")) == 17


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("processes/licences/shop.yaml", Process),
        ("processes/places/town.yaml", Place),
        ("processes/materials.yaml", Catalogue),
        ("processes/practice.yaml", Practice),
        ("processes/sources.yaml", SourceBook),
        ("scenarios/faster.yaml", Scenario),
        ("scenarios/calendars/2027.yaml", CalendarOverlay),
    ],
)
def test_the_kind_of_a_file_is_known_by_its_keys(path: str, kind: type, library: Library) -> None:
    """A file is recognised wherever it lies, and a right one has no faults."""
    document = yamlio.read(TINY / path)
    assert kind_of(Path("elsewhere.yaml"), document.data).model is kind
    assert validate_path(TINY / path, library) == []


def test_the_folder_decides_where_the_keys_do_not() -> None:
    """A file with a name and nothing else is what its folder holds."""
    keys = {"id": "x", "name": "x"}
    assert kind_of(Path("processes/places/x.yaml"), keys).model is Place
    assert kind_of(Path("scenarios/x.yaml"), keys).model is Scenario
    assert kind_of(Path("processes/licences/x.yaml"), keys).model is Process


def test_scenarios_are_the_files_of_their_folder(library: Library) -> None:
    """Calendars below that folder are none."""
    assert scenario_paths(TINY) == [TINY / "scenarios/faster.yaml", TINY / "scenarios/pavement.yaml"]


def test_a_fault_inside_a_short_form_stands_at_the_form() -> None:
    """A need written as a bare id has no key `material` that a fault could point to."""
    document = yamlio.parse("needs: [lease]\n", "x.yaml")
    spec = Spec(Path("x.yaml"), document, Need(material="lease"))
    assert str(spec.fault(("needs", 0, "material"), "wrong")) == "x.yaml:1: needs[0]: wrong"


def test_an_unread_reference_is_no_fault_of_the_form(tmp_path: Path) -> None:
    """Reading alone checks keys and values, not names of other files."""
    path = tmp_path / "elsewhere.yaml"
    path.write_text(f"id: x\n{NAME}summary: x\n{STEP}    window: nowhere\n")
    assert read(path, Process).model.steps["review"].window == "nowhere"


def test_flags_show_what_is_allowed_but_should_be_seen() -> None:
    """A procedure off the statute's list, an uncounted office, a notice of assumed length, a source for nothing."""
    text = f"""\
id: x
{NAME}summary: x
sources:
  rule: {{kind: law, title: 条例, article: 第一条}}
  idle: {{kind: law, title: 条例, article: 第二条}}
  habit: {{kind: assumption, why: 惯例, range: [1, 9]}}
{STEP}    counted: false
    basis: rule
    special:
      - {{procedure: 检测, days: 3, source: rule}}
      - {{procedure: 现场核查, days: 3, source: rule, basis: rule}}
  visit:
    {NAME}    kind: special
    procedure: 技术审查
    basis: rule
    duration: {{days: 3, source: rule}}
  post:
    {NAME}    kind: notice
    duration: {{calendar_days: 7, source: habit}}
  longer_post:
    {NAME}    kind: notice
    duration: {{calendar_days: 30, source: rule}}
  build:
    {NAME}    kind: construction
    duration: {{days: 30, source: habit}}
"""
    process = Process.model_validate(yamlio.parse(text, "x.yaml").data)
    assert flags(process, process.sources) == [
        "steps.review.special[1]: 现场核查 stops the clock although it is not on the statute's list",
        "steps.review: a step of kind approval is left out of the count",
        "steps.visit: 技术审查 stops the clock although it is not on the statute's list",
        "steps.post: no rule says how long the public notice lasts: its duration is an assumption",
        "sources.idle: nothing in this file cites this source",
    ]


def test_a_source_that_orders_two_steps_is_used() -> None:
    """A law named only as the reason of an edge is not reported as idle."""
    text = f"id: x\n{NAME}summary: x\nsources: {{rule: {{kind: law, title: 条例, article: 第一条}}}}\n{STEP}"
    text += f"  grant:\n    {NAME}    at: bureau\n    after: {{review: rule}}\n"
    process = Process.model_validate(yamlio.parse(text, "x.yaml").data)
    assert flags(process, process.sources) == []


def nodes(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value in some data, but for the data itself."""
    for key, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*path, key)
        yield from nodes(inner, (*path, key))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(["processes/licences/shop.yaml", "processes/places/town.yaml", "scenarios/faster.yaml"]),
    place=st.integers(0, 10_000),
    spoilt=st.sampled_from([None, True, -1, 2.5, "x", "权", "2025-13-01", [], [[]], {}, {"a": 1}, {"source": "plan"}]),
)
def test_no_spoilt_value_breaks_the_checks(library: Library, name: str, place: int, spoilt: Any) -> None:
    """Whatever stands anywhere in a file, the answer is a list of faults at places of that file."""
    document = yamlio.read(TINY / name)
    paths = list(nodes(document.data))
    *above, key = paths[place % len(paths)]
    reduce(lambda data, part: data[part], above, document.data)[key] = spoilt
    with TemporaryDirectory() as folder:
        path = Path(folder, Path(name).name)
        path.write_text(yamlio.dump(document.data), encoding="utf-8")
        found = validate(path, library)
    assert all(fault.file == path.as_posix() and fault.line > 0 for fault in found)
