"""Settings tried on the command line: where they lead, what they change, and what is said of a wrong one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sim.analysis.compare import compare
from sim.cli import commands
from sim.core.errors import PlannerError
from sim.engine.staffing import derived_staff
from sim.report.results import results_json
from sim.report.settings import setting_words
from sim.scenario.desk import Desk
from sim.scenario.prepared import Prepared
from sim.scenario.setting import setting

from .test_cli import call

ROOT = Path(__file__).parents[1]
PROMISE = "      - {reform: 告知承诺, steps: [grant], decide: {days: 1, source: plan}, uptake: 0.4, "
PROMISE += "check_within: {days: 30, source: guess}, breach: 0.03, rectify: {days: 10, source: guess}, source: plan}\n"
SHARING = "      - {reform: 数据共享, materials: [business_licence], fallback: 0.1, source: plan}"
LATER = "  later: {name: {zh: 再后, en: Later}, reforms: [{reform: 取消, steps: [design, review], source: plan}]}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the small library that a test may change."""
    return Path(shutil.copytree(ROOT / "tests/library", tmp_path / "desk"))


def rewrite(path: Path, old: str, new: str) -> None:
    """Change the text of a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def tried(root: Path, *texts: str) -> Prepared:
    """The scenario with some settings."""
    desk = Desk(root)
    desk.settings = texts
    return desk.prepare("faster")


def refused(root: Path, *texts: str) -> str:
    """What is said of settings that are wrong, the folder of the library left out."""
    with pytest.raises(PlannerError) as caught:
        tried(root, *texts)
    return str(caught.value).replace(f"{root.as_posix()}/", "")


def made(prepared: Prepared) -> list[tuple[str, str, Any, Any]]:
    """What settings changed: file, path, old and new."""
    return [(one.owner, one.path, one.old, one.new) for one in prepared.settings.made]


@pytest.mark.parametrize(
    ("text", "owner", "path", "old", "new"),
    [
        ("demand.shop.per_year*=1.3", "faster", "demand.shop.per_year", 500, 650),
        ("after.数据共享.fallback=0.5", "faster", "variants.after.reforms[1].fallback", 0.1, 0.5),
        ("after.data sharing.fallback+=0.2", "faster", "variants.after.reforms[1].fallback", 0.1, 0.3),
        ("after.Data_Sharing[0].fallback*=3", "faster", "variants.after.reforms[1].fallback", 0.1, 0.3),
        ("after.demand.shop=1.3", "faster", "variants.after.demand.shop", 2, 1.3),
        ("after.share=0.5", "faster", "variants.after.share", None, 0.5),
        ("target.T1.at_most-=5", "faster", "targets[0].at_most", 20, 15),
        ("process.grant.limit.statutory.days*=0.5", "shop", "steps.grant.limit.statutory.days", 20, 10),
        ("process.shop.grant.limit.committed.days=5", "shop", "steps.grant.limit.committed.days", None, 5),
        ("process.attributes.large.share=0.6", "shop", "attributes.large.share", 0.3, 0.6),
        ("practice.pace.factor=0.3", "practice", "pace.factor", {"uniform": [0.5, 1]}, 0.3),
        ("practice.pace.factor*=0.5", "practice", "pace.factor", {"uniform": [0.5, 1]}, {"uniform": [0.25, 0.5]}),
        ("place.bureau.officers-=1", "town", "departments.bureau.staff.officers[0].count", 2, 1),
        ("place.bureau.officers[0]*=1.6", "town", "departments.bureau.staff.officers[0].count", 2, 3),
        ("place.bureau.officers.count=7", "town", "departments.bureau.staff.officers[0].count", 2, 7),
    ],
)
def test_an_address_leads_to_a_value(root: Path, text: str, owner: str, path: str, old: object, new: object) -> None:
    """Each kind of address changes the value that a planner means, and the change is told with old and new."""
    rewrite(root / "scenarios/faster.yaml", "  after:\n", "  after:\n    source: plan\n    demand: {shop: 2}\n")
    assert made(tried(root, text)) == [(owner, path, old, new)]


def test_a_target_is_asked_that_no_file_has(root: Path) -> None:
    """Behind those of the file, or the only one; called by its address, and checked like one in a file."""
    asked = "target.Q={measure: counted_days, at_most: 7, unit: 工作日, variant: before}"
    prepared = tried(root, asked, "target.Q.at_most=6")
    target = prepared.scenario.targets[-1]
    assert [t.id for t in prepared.scenario.targets] == ["T1", "Q"]
    assert (target.measure, target.at_most, target.variant, target.name.zh) == ("counted_days", 6, "before", "Q")
    path = root / "scenarios/faster.yaml"
    path.write_text(path.read_text(encoding="utf-8").split("targets:")[0], encoding="utf-8")
    assert [t.id for t in tried(root, asked).scenario.targets] == ["Q"]
    assert refused(root, "target.Q=3") == "--set target.Q=3: unknown target 'Q'; known: none"
    assert "did you mean 'before'" in refused(root, asked.replace("variant: before", "variant: befor"))
    elsewhere = "target.Q={measure: counted_days, at_most: 7, unit: 工作日, scope: {process: shopp}}"
    assert "unknown process 'shopp', did you mean 'shop'?" in refused(root, elsewhere)
    assert "counted_days is in working days" in refused(root, asked.replace("工作日", "次"))


def test_a_setting_changes_what_is_played(root: Path) -> None:
    """The value stands in the checked files, and the hash of the inputs tells the run from one without."""
    plain, changed = tried(root), tried(root, "demand.shop.per_year*=1.3", "process.grant.limit.statutory.days=4")
    assert (plain.scenario.demand["shop"].per_year, changed.scenario.demand["shop"].per_year) == (500, 650)
    grant = changed.variants[0].flows["shop"][0].process.steps["grant"]
    assert grant.limit.statutory is not None
    assert grant.limit.statutory.days == 4
    assert plain.inputs != changed.inputs
    assert changed.inputs == tried(root, "demand.shop.per_year*=1.3", "process.grant.limit.statutory.days=4").inputs
    assert changed.inputs != tried(root, "demand.shop.per_year*=1.3", "process.grant.limit.statutory.days=5").inputs


def test_settings_follow_one_another(root: Path) -> None:
    """Each starts from what the one before it left."""
    both = tried(root, "demand.shop.per_year=100", "demand.shop.per_year*=3")
    assert made(both)[1] == ("faster", "demand.shop.per_year", 100, 300)
    assert tried(root, "place.bureau.officers+=2", "place.bureau.officers-=1").variants[0].place.departments[
        "bureau"].staff["officers"][0].count == 3  # fmt: skip


def test_officers_change_in_all_variants(root: Path) -> None:
    """A variant that states other officers than the place has so many more or fewer of its own."""
    own = "    place: {staff: {bureau: {officers: [{count: 5, hours: office, source: plan}]}}, source: plan}\n"
    rewrite(root / "scenarios/faster.yaml", "    reforms:\n", own + "    reforms:\n")
    variants = tried(root, "place.bureau.officers-=1").variants
    assert [v.place.departments["bureau"].staff["officers"][0].count for v in variants] == [1, 4]


def test_a_reform_is_found_in_the_variant_it_came_from(root: Path) -> None:
    """A variant has the reforms of those that it builds on; the nearest of that name is meant."""
    rewrite(root / "scenarios/faster.yaml", "targets:\n", LATER + "targets:\n")
    assert made(tried(root, "later.数据共享.fallback=0.4")) == [
        ("faster", "variants.after.reforms[1].fallback", 0.1, 0.4)
    ]


def test_of_two_reforms_of_one_name_one_is_told_apart(root: Path) -> None:
    """By its number or by a step that it names; the message gives both."""
    scenario = root / "scenarios/faster.yaml"
    rewrite(scenario, "targets:\n", (PROMISE + PROMISE.replace("[grant]", "[review]")) + "targets:\n")
    assert refused(root, "after.告知承诺.uptake=0.6") == (
        "--set after.告知承诺.uptake=0.6: 告知承诺 stands twice in after; write 告知承诺[0] (grant), "
        "告知承诺[1] (review), by number or by a step of it"
    )
    for which in ("1", "review"):
        assert made(tried(root, f"after.告知承诺[{which}].uptake=0.6")) == [
            ("faster", "variants.after.reforms[3].uptake", 0.4, 0.6)
        ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("uptake", "--set uptake: no setting; write ADDRESS=VALUE, such as after.告知承诺.uptake=0.6, or *=, += or -= "
         "with a number"),
        ("after..x=1", "--set after..x=1: after..x is no address; write ADDRESS=VALUE, such as "
         "after.告知承诺.uptake=0.6, or *=, += or -= with a number"),
        ("demand.shop.per_year=", "--set demand.shop.per_year=: no value; write ADDRESS=VALUE, such as "
         "after.告知承诺.uptake=0.6, or *=, += or -= with a number"),
        ("demand.shop.per_year*=many", "--set demand.shop.per_year*=many: *= goes with a number, found many"),
        ("aftr.数据共享.fallback=0.5",
         "--set aftr.数据共享.fallback=0.5: unknown address 'aftr', did you mean 'after'?"),
        ("after=1", "--set after=1: after has several parts; name one: after.并联审批, after.数据共享, "
         "after.name, after.start, after.share, after.demand, after.place, after.source"),
        ("demand=1", "--set demand=1: demand has several parts; name one: demand.shop"),
        ("after.容缺受理.uptake=1",
         "--set after.容缺受理.uptake=1: unknown reform '容缺受理'; known: 并联审批, 数据共享"),
        ("after.数据共享=1",
         "--set after.数据共享=1: after.数据共享 has several parts; name one: after.数据共享.reform, "
         "after.数据共享.materials, after.数据共享.fallback"),
        ("demand.shp.per_year=1", "--set demand.shp.per_year=1: unknown process 'shp', did you mean 'shop'?"),
        ("demand.shop.warm_up+=3", "--set demand.shop.warm_up+=3: nothing is written there that could be changed; "
         "give the value with ="),
        ("target.T9.at_most=3", "--set target.T9.at_most=3: unknown target 'T9', did you mean 'T1'?"),
        ("place.buro.officers=3", "--set place.buro.officers=3: unknown department 'buro', did you mean 'bureau'?"),
        ("place.bureau=3", "--set place.bureau=3: place.bureau has several parts; name one: place.bureau.officers, "
         "place.bureau.window"),
        ("place.bureau.officrs=3", "--set place.bureau.officrs=3: unknown role 'officrs', did you mean 'officers'?"),
        ("place.planning.officers=3", "--set place.planning.officers=3: bureau does the work of planning; write "
         "place.bureau"),
        ("place.bureau.officers[1]=3", "--set place.bureau.officers[1]=3: bureau.officers has 1 group; write "
         "officers[0]"),
        ("place.bureau.officers=0.8", "--set place.bureau.officers=0.8: officers are a whole number, found 0.8; or "
         "write place.bureau.officers.utilisation"),
        ("process.grnt.limit.statutory.days=3", "--set process.grnt.limit.statutory.days=3: unknown step 'grnt', did "
         "you mean 'grant'?"),
        ("process.grant.limits.statutory.days=3", "--set process.grant.limits.statutory.days=3: unknown key 'limits', "
         "did you mean 'limit'?"),
        ("process.grant.at.days=3", "--set process.grant.at.days=3: at is bureau, which has no parts; leave out what "
         "follows it"),
        ("practice.pace=0.5",
         "--set practice.pace=0.5: practice.pace has several parts; name one: practice.pace.factor"),
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_told_with_what_there_is(root: Path, text: str, message: str) -> None:
    """The setting, what is wrong with it, and what could be meant."""
    assert refused(root, text) == message


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (("after.数据共享.fallback=1.6",),
         "scenarios/faster.yaml:13: variants.after.reforms[1].fallback: wanted a number from 0 to 1, found 1.6; set by "
         "--set after.数据共享.fallback=1.6"),
        (("after.数据共享.falback=0.6",),
         "scenarios/faster.yaml:13: variants.after.reforms[1].falback: unknown key 'falback', did you mean "
         "'fallback'?; set by --set after.数据共享.falback=0.6"),
        (("place.bureau.officers-=2", "demand.shop.per_year*=2"),
         "processes/places/town.yaml:9: departments.bureau.staff.officers[0].count: wanted a whole number from 1 to "
         "100000, found 0; set by --set place.bureau.officers-=2"),
        (("process.review.limit.committed.days=30", "demand.shop.per_year*=2"),
         "processes/licences/shop.yaml:18: steps.review.limit.committed: a committed limit is at most the statutory "
         "one, found 30 days against 20 days; mend one of them; set by --set process.review.limit.committed.days=30"),
    ],
)  # fmt: skip
def test_a_value_is_checked_like_one_in_a_file(root: Path, texts: tuple[str, ...], message: str) -> None:
    """The fault stands at the line of the file and names the setting that brought it about, and no other."""
    assert refused(root, *texts) == message


def test_what_is_wrong_without_settings_is_not_laid_on_them(root: Path) -> None:
    """A file with faults of its own is told as ever."""
    rewrite(root / "scenarios/faster.yaml", "fallback: 0.1", "fallback: 1.5")
    assert refused(root, "demand.shop.per_year*=2") == (
        "scenarios/faster.yaml:13: variants.after.reforms[1].fallback: wanted a number from 0 to 1, found 1.5"
    )


def assumed(root: Path) -> None:
    """Let the officers of the bureau follow from how busy they are."""
    rewrite(root / "processes/places/town.yaml", "officers: [{count: 2,", "officers: [{utilisation: 0.1,")


def test_officers_whom_nobody_counts_are_set_from_those_of_today(root: Path) -> None:
    """Two fewer are two fewer than the demand of the files asks for, also where more come; other work stays as much."""
    assumed(root)
    rewrite(root / "processes/practice.yaml", "correction:", "other_file: {hours: 4, source: guess}\ncorrection:")
    key = "bureau", "officers"
    today = derived_staff(tried(root))
    assert today.officers[key] > 4
    fewer = derived_staff(tried(root, "place.bureau.officers-=2", "demand.shop.per_year*=3"))
    assert (fewer.officers[key], fewer.today[key]) == (today.officers[key] - 2, today.officers[key])
    assert fewer.other[key] == today.other[key]
    follows = derived_staff(tried(root, "demand.shop.per_year*=3"))
    assert follows.officers[key] > 2 * today.officers[key]
    held = derived_staff(tried(root, "place.*.*+=0", "demand.shop.per_year*=3"))
    assert held.officers == today.officers


def test_nobody_left_is_refused(root: Path) -> None:
    """As many fewer as there are officers leave nobody."""
    assumed(root)
    today = derived_staff(tried(root)).officers["bureau", "officers"]
    with pytest.raises(PlannerError) as caught:
        derived_staff(tried(root, f"place.bureau.officers-={today}"))
    assert str(caught.value) == (
        f"--set place.bureau.officers-={today}: bureau has {today} officers today; leave one at least"
    )


def test_results_and_words_tell_what_was_tried(root: Path) -> None:
    """Old and new stand in results.json; a sentence tells them, and what follows from a demand that is set."""
    assumed(root)
    prepared = tried(root, "demand.shop.per_year*=3", "after.数据共享.fallback=0.5")
    comparison = compare(prepared, runs=2)
    found = json.loads(results_json(comparison, {}))
    assert found["settings"] == [
        {"setting": "demand.shop.per_year*=3", "owner": "faster", "path": "demand.shop.per_year",
         "old": 500, "new": 1500},
        {"setting": "after.数据共享.fallback=0.5", "owner": "faster", "path": "variants.after.reforms[1].fallback",
         "old": 0.1, "new": 0.5},
    ]  # fmt: skip
    today, now = (staff["bureau", "officers"] for staff in (comparison.staff.today, comparison.staff.officers))
    assert list(setting_words("en", prepared, comparison.staff)) == [
        "Tried --set demand.shop.per_year*=3: demand.shop.per_year of faster, 500 → 1500",
        "Tried --set after.数据共享.fallback=0.5: variants.after.reforms[1].fallback of faster, 0.1 → 0.5",
        f"Officers whose number is only assumed follow from the demand: bureau.officers {today} → {now}; "
        "--set 'place.*.*+=0' keeps those of today",
    ]
    assert "settings" not in json.loads(results_json(compare(tried(root), runs=2), {}))


def test_the_page_tells_what_was_tried_and_how_to_do_so_again(root: Path) -> None:
    """The first section names each setting, the last gives the command with it."""
    out = root / "out"
    assert call(root, "compare", "faster", "--runs", "2", "--workers", "1", "--out", str(out), "--lang", "en",
                "--set", "after.数据共享.fallback=0.5") == 0  # fmt: skip
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "Tried --set after.数据共享.fallback=0.5: variants.after.reforms[1].fallback of faster, 0.1 → 0.5" in page
    assert "--runs 2 --seed 1 --lang en --set &#39;after.数据共享.fallback=0.5&#39;" in page


def test_commands_check_and_refuse_settings(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` judges by the bound that is set; a setting that leads nowhere is a wrong input."""
    assert call(root, "check", "faster", "--set", "target.T1.at_most=1") == 1
    assert capsys.readouterr().out.startswith("tried: --set target.T1.at_most=1\nFAIL faster T1 ")
    assert call(root, "compare", "faster", "--set", "target.T2.at_most=1") == 2
    assert capsys.readouterr().err == ("--set target.T2.at_most=1: unknown target 'T2', did you mean 'T1'?\n")


def test_every_command_that_plays_takes_settings() -> None:
    """All but those that only read or write files."""
    without = {
        name for name, command in commands.commands.items() if "settings" not in {p.name for p in command.params}
    }
    assert without == {"generate", "learn", "list", "new", "validate"}


def test_a_setting_is_tried_wherever_there_is_what_it_speaks_of(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two scenarios one has the target; the other is held as it stands, and it is told which is which."""
    other = root / "scenarios/slower.yaml"
    shutil.copy(root / "scenarios/faster.yaml", other)
    rewrite(other, "id: faster", "id: slower")
    rewrite(other, "id: T1", "id: T9")
    assert call(root, "check", "--workers", "1", "--set", "target.T9.at_most=900") == 1
    tried, where, *verdicts = capsys.readouterr().out.splitlines()
    assert tried == "tried: --set target.T9.at_most=900"
    assert where == "--set target.T9.at_most=900: in 1 of 2 scenarios: slower"
    assert [line.split()[:3] for line in verdicts[:2]] == [["FAIL", "faster", "T1"], ["ok", "slower", "T9"]]


def test_a_setting_that_leads_nowhere_in_any_scenario_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is played, with what could be meant."""
    assert call(root, "scoreboard", "--set", "target.T2.at_most=1") == 2
    assert capsys.readouterr().err == "--set target.T2.at_most=1: unknown target 'T2', did you mean 'T1'?\n"


def test_the_scoreboard_tells_what_was_tried(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its rows have the setting and another hash; rows on which nothing was tried say nothing of it."""
    file = tmp_path / "rows.json"
    words = ["scoreboard", "--workers", "1", "--json", str(file)]
    assert call(root, *words, "--set", "target.T1.at_most=1") == 0
    (row,) = json.loads(file.read_text(encoding="utf-8"))
    assert (row["published"], row["verdict"], row["settings"]) == (1, "missed", ["target.T1.at_most=1"])
    assert row["inputs"] == tried(root, "target.T1.at_most=1").inputs
    assert call(root, *words) == 0
    (row,) = json.loads(file.read_text(encoding="utf-8"))
    assert (row["published"], "settings" in row, "inputs" in row) == (20, False, False)


def test_worlds_that_were_tried_are_not_kept(root: Path) -> None:
    """The record stays what the files say."""
    words = ["worlds", "faster", "--worlds", "2", "--workers", "1"]
    assert call(root, *words, "--set", "target.T1.at_most=1") == 0
    assert not (root / "reports").exists()
    assert call(root, *words) == 0
    assert (root / "reports/reference/worlds.json").is_file()


def test_the_headline_run_takes_settings(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command too; before another command the option is told to stand behind it."""
    rewrite(root / "scenarios/faster.yaml", "place:", "headline: true\nplace:")
    assert call(root, "--quick", "--set", "target.T2.at_most=1") == 2
    assert capsys.readouterr().err == "--set target.T2.at_most=1: unknown target 'T2', did you mean 'T1'?\n"
    assert call(root, "--set", "target.T1.at_most=1", "check") == 2
    assert capsys.readouterr().err.endswith("write --set after check, where it takes it\n")


@pytest.mark.parametrize(
    ("text", "number", "found"),
    [("a.b=3", 2, 3), ("a.b*=0.5", 4, 2), ("a.b*=0.5", 3, 1.5), ("a.b+=0.2", 0.1, 0.3), ("a.b-=1", 3, 2)],
)
def test_a_number_is_reckoned_as_it_is_written(text: str, number: float, found: float) -> None:
    """Whole numbers stay whole where they can, and tenths stay tenths."""
    made_of = setting(text).on(number)
    assert (made_of, type(made_of)) == (found, type(found))


def test_a_reform_is_taken_out_and_others_of_its_variant_are_still_found_as_they_were_numbered(root: Path) -> None:
    """Whatever is set in one that stands after it: what is taken out goes last."""
    scenario = root / "scenarios/faster.yaml"
    rewrite(scenario, SHARING, PROMISE + SHARING)
    prepared = tried(root, "after.并联审批=off", "after.告知承诺.uptake=0.9")
    reforms = prepared.scenario.variants["after"].reforms
    assert [(r.reform, getattr(r, "uptake", None)) for r in reforms] == [("告知承诺", 0.9), ("数据共享", None)]
    assert made(prepared) == [
        ("faster", "variants.after.reforms[0]", "并联审批", "off"),
        ("faster", "variants.after.reforms[1].uptake", 0.4, 0.9),
    ]


def test_a_fault_that_a_reform_taken_out_leaves_behind_is_told_at_the_line_of_the_one_that_has_it(root: Path) -> None:
    """The lines are those of the file, whatever stands before them no more."""
    scenario = root / "scenarios/faster.yaml"
    rewrite(scenario, SHARING, PROMISE + SHARING)
    line = 1 + scenario.read_text(encoding="utf-8").splitlines().index(SHARING)
    told = refused(root, "after.并联审批=off", "after.数据共享.fallback=2")
    assert told.startswith(f"scenarios/faster.yaml:{line}: variants.after.reforms[1].fallback: wanted ")


def test_the_weeks_of_a_window_are_tried_and_a_scenario_without_one_has_none(root: Path) -> None:
    """Fewer weeks of the same question, told in the result like any other setting."""
    assert refused(root, "window.weeks=2") == (
        "--set window.weeks=2: the scenario has no window; its demand says how many cases there are"
    )
    rewrite(root / "scenarios/faster.yaml", "cases: 20, ", "")
    rewrite(root / "scenarios/faster.yaml", "variants:", "window: {weeks: 8, warm_up: 4}\nvariants:")
    found = tried(root, "window.weeks=2", "window.warm_up=1")
    assert made(found) == [("faster", "window.weeks", 8, 2), ("faster", "window.warm_up", 4, 1)]
    assert found.scenario.window is not None
    assert (found.scenario.window.weeks, found.scenario.window.warm_up) == (2, 1)
    assert refused(root, "window=2") == (
        "--set window=2: window has several parts; name one: window.weeks, window.warm_up"
    )
