"""A wrong file is told where somebody asks for it, and keeps nothing else from running."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import pytest

import sim
from sim.scenario.load import read_library
from sim.scenario.validation import faults_and_notes

from .test_cli import call

TINY = Path(__file__).parent / "library"
DRAFT = "processes/drafts/draft.yaml"
SCENARIO = "scenarios/faster.yaml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small library, to be spoiled, in the current folder."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    (tmp_path / "processes/drafts").mkdir()
    monkeypatch.chdir(tmp_path)
    return Path()


def spoil(file: str, old: str, new: str, text: str | None = None) -> None:
    """Change a file, or the copy of another."""
    path = Path(file)
    whole = path.read_text(encoding="utf-8") if text is None else Path(text).read_text(encoding="utf-8")
    assert old in whole
    path.write_text(whole.replace(old, new), encoding="utf-8")


def draft(old: str = "id: cafe\n", new: str = "id: draft\n") -> None:
    """A draft of a process, wrong unless nothing but its id is changed."""
    spoil(DRAFT, "id: cafe\n", "id: draft\n", text="processes/licences/cafe.yaml")
    if old != "id: cafe\n":
        spoil(DRAFT, old, new)


@pytest.mark.parametrize(
    ("file", "content", "note"),
    [
        (DRAFT, "id: draft\nsteps: {a: [}\n",
         f"{DRAFT} is wrong and left out (1 fault); `run.py validate` tells what to mend"),
        (DRAFT, "id: draft\nsteps: {a: {}}\n",
         f"{DRAFT} is wrong and left out (3 faults); `run.py validate` tells what to mend"),
        ("processes/places/draft.yaml", "id: draft\n",
         "processes/places/draft.yaml is wrong and left out (3 faults); `run.py validate` tells what to mend"),
        ("processes/drafts/materials.yaml", "materials: {paper: {}}\n",
         "processes/drafts/materials.yaml is wrong and left out (2 faults); `run.py validate` tells what to mend"),
        ("processes/drafts/sources.yaml", "sources: {rule: {kind: law}}\n",
         "processes/drafts/sources.yaml is wrong and left out (2 faults); `run.py validate` tells what to mend"),
        ("processes/drafts/p2.yml", "id: p2\n",
         "processes/drafts/p2.yml is wrong and left out (1 fault); `run.py validate` tells what to mend"),
    ],
)  # fmt: skip
def test_a_wrong_file_that_nothing_needs_is_a_note(
    file: str, content: str, note: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`list`, `show` and `check` do their work and note it; so does the Python face."""
    Path(file).write_text(content, encoding="utf-8")
    assert call(root, "list") == 0
    assert capsys.readouterr().err == f"note: {note}\n"
    assert call(root, "show", "shop") == 0
    assert capsys.readouterr().err == f"note: {note}\n"
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        assert sim.prepare("faster", sim.load(root)).scenario.id == "faster"
    assert [str(warning.message) for warning in warned] == [note]


def test_a_wrong_scenario_is_a_note_for_the_list(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are listed."""
    spoil(SCENARIO, "place: town", "place: tow")
    assert call(root, "list") == 0
    said = capsys.readouterr()
    assert said.err == f"note: {SCENARIO} is wrong and left out (1 fault); `run.py validate` tells what to mend\n"
    assert "  licences/shop  " in said.out


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("processes/licences/shop.yaml", "steps:", "stpes:",
         ["processes/licences/shop.yaml:8: stpes: unknown key 'stpes', did you mean 'steps'?"]),
        ("processes/materials.yaml", "issuer: certificate, shareable: true", "issuer: certificat, shareable: true",
         ["processes/materials.yaml:8: materials.business_licence.issuer: "
          "unknown issuer 'certificat', did you mean 'certificate'?"]),
        ("processes/places/town.yaml", "id: town", "id: twn",
         ["processes/places/town.yaml:1: id: the id is not the file's name: write town, or call the file twn.yaml"]),
        ("processes/sources.yaml", "kind: plan", "kind: pln",
         ["processes/sources.yaml:6: sources.plan: unknown kind 'pln', did you mean 'plan'?"]),
    ],
)  # fmt: skip
def test_what_a_scenario_rests_on_is_told_with_it(
    file: str, old: str, new: str, told: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its own faults and no others, such as that of a process there is not; it stops that scenario alone."""
    spoil(file, old, new)
    assert call(root, "compare", "faster", "--runs", "2", "--workers", "1") == 2
    assert capsys.readouterr().err.splitlines() == told
    faults, notes = faults_and_notes(root, [])
    assert [str(fault) for fault in faults] == told
    waits = f"{SCENARIO} is not checked before {file} is mended"
    assert (waits in notes) == (file != "processes/sources.yaml")  # without it the practice rule holds for nothing


def test_a_wrong_process_is_said_once_whoever_calls_it(root: Path) -> None:
    """A bar calls the café and waits for it; nothing else is said of the bar, nor of the scenario that asks for it."""
    spoil("processes/licences/cafe.yaml", "id: cafe", "id: cafe\nnonsense: 1")
    spoil(SCENARIO, "shop: {", "bar: {")
    faults, notes = faults_and_notes(root, [])
    assert [fault.file for fault in faults] == ["processes/licences/cafe.yaml"]
    waits = "is not checked before processes/licences/cafe.yaml is mended"
    assert notes == [f"{SCENARIO} {waits}", f"processes/licences/bar.yaml {waits}"]
    library = read_library(root)
    assert list(library.processes) == ["shop", "terrace", "well"]
    assert library.left_out() == [
        "processes/licences/bar.yaml is left out, for processes/licences/cafe.yaml is wrong; "
        "`run.py validate` tells what to mend",
        "processes/licences/cafe.yaml is wrong and left out (1 fault); `run.py validate` tells what to mend",
    ]


def test_a_folder_is_validated(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its files alone; what is wrong elsewhere is a note, and so is what nobody reads."""
    draft("at: bureau", "at: bureu")
    spoil("processes/licences/cafe.yaml", "steps:", "stpes:")
    wrong = f"{DRAFT}:9: steps.grant.at: unknown department 'bureu', did you mean 'bureau'?"
    other = "processes/licences/cafe.yaml:6: stpes: unknown key 'stpes', did you mean 'steps'?"
    assert call(root, "validate", "processes/drafts") == 2
    assert capsys.readouterr() == (f"note: {other}\n", f"{wrong}\n")
    assert call(root, "validate", "processes/places", "scenarios") == 0
    assert capsys.readouterr() == (f"note: {wrong}\nnote: {other}\nno faults\n", "")


def test_a_file_with_another_ending_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever names what it would hold is told to rename it."""
    Path("processes/drafts/p2.yml").write_text("id: p2\n", encoding="utf-8")
    spoil(SCENARIO, "shop: {", "p2: {")
    fault = (
        "processes/drafts/p2.yml:1: a file of the library ends in .yaml; rename it to p2.yaml, as it is it is not read"
    )
    assert call(root, "validate") == 2
    assert capsys.readouterr().err == f"{fault}\n"
    assert call(root, "compare", "faster") == 2
    assert capsys.readouterr().err == f"{fault}\n"


def test_a_scenario_in_a_folder_that_nobody_reads_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says where to move it."""
    Path("scenarios/2026").mkdir()
    shutil.copy(SCENARIO, "scenarios/2026/later.yaml")
    assert call(root, "validate") == 2
    assert capsys.readouterr().err == (
        "scenarios/2026/later.yaml:1: nothing reads this folder; move it to scenarios/\n"
    )


def test_two_files_may_mean_two_things_by_one_key(root: Path) -> None:
    """The key belongs to its file: a run tells them apart, and shows the scenario's as it is written."""
    draft(
        "shop_rule: {kind: law, title: 条例, article: 第二条}",
        "shop_rule: {kind: law, title: 别的条例, article: 第九条}",
    )
    plan = "{kind: plan, title: 方案, date: '2025', section: 一}"
    spoil(SCENARIO, "demand:\n", f"sources: {{shop_rule: {plan}}}\ndemand:\n")
    spoil(SCENARIO, "  shop: {per_year: 500, cases: 20, source: guess}\n",
          "".join(f"  {p}: {{per_year: 500, cases: 20, source: shop_rule}}\n" for p in ("cafe", "draft")))  # fmt: skip
    text = Path(SCENARIO).read_text(encoding="utf-8")
    Path(SCENARIO).write_text(text.partition("  after:")[0], encoding="utf-8")
    prepared = sim.prepare("faster", sim.load(root))
    titles = {key: source.title for key, source in prepared.sources.items() if key.startswith("shop_rule")}
    assert titles == {"shop_rule": "方案", "shop_rule_of_cafe": "条例", "shop_rule_of_draft": "别的条例"}
    flows = prepared.variants[0].flows
    cited = [flows[p][0].process.steps["grant"].limit.statutory for p in ("cafe", "draft")]
    assert [limit.source for limit in cited if limit] == ["shop_rule_of_cafe", "shop_rule_of_draft"]
    assert prepared.scenario.demand["cafe"].source == "shop_rule"


def test_without_a_practice_rule_nothing_runs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All rest on it."""
    Path("processes/practice.yaml").unlink()
    assert call(root, "list") == 2
    assert capsys.readouterr().err == "processes/practice.yaml:1: no such file: check the name\n"


def test_a_table_of_cases_is_no_spec(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever hands in last year's files is told which command reads them."""
    Path("cases.csv").write_text("case,activity\n1,review\n", encoding="utf-8")
    assert call(root, "validate", "cases.csv") == 2
    told = "cases.csv:1: a table is no spec; `run.py learn cases.csv` reads records of cases"
    assert capsys.readouterr().err.splitlines()[-1] == told
