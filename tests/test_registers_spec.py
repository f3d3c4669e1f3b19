"""The registers of the language: each member has its words, and every consumer knows every member."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from string import Formatter
from typing import Any, get_args

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Patch

from sim.core.register import register
from sim.records.tables import Op
from sim.reforms.order import Abolish
from sim.reforms.register import REFORM_NAMES, REFORMS
from sim.report.charts.process_map import static_map
from sim.report.charts.target_words import scope_words
from sim.report.charts.view import View
from sim.report.messages import reference_text
from sim.report.page.context import Context
from sim.report.page.days import by_category
from sim.report.page.values import shown, told
from sim.report.screen.console import console
from sim.report.screen.listing import listing
from sim.report.screen.shown import _table
from sim.report.words import LANGS, Lang
from sim.scenario.files import FILES, kind_at
from sim.scenario.generated import generated
from sim.scenario.library import Library
from sim.scenario.load import kind_of
from sim.scenario.reference import reference_page
from sim.scenario.scenario import Variant
from sim.spec.amounts import KINDS as DISTRIBUTIONS
from sim.spec.amounts import Amount, Distribution, distribution
from sim.spec.base import Name
from sim.spec.categories import Category
from sim.spec.kinds import KINDS, Kind
from sim.spec.planned import planned_slack
from sim.spec.procedures import PROCEDURES, Procedure
from sim.spec.scope import Scope
from sim.spec.shape import fields, shape, tags
from sim.spec.step import Special, Step
from sim.spec.step_checks import step_findings

from .grown import LOOKS, ROOT, grow
from .reported import exact
from .services import PLACE, after, play, reformed
from .test_layout import MODULES, imports
from .test_programs import numbered, program

GENERATED = generated()
REFERENCE = GENERATED["REFERENCE.md"]
REFERENCES = {"zh": reference_page(reference_text), "en": REFERENCE}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
EVERY_SPREAD = pytest.mark.parametrize("spread", DISTRIBUTIONS, ids=[d.key() for d in DISTRIBUTIONS])
EVERY_LANG = pytest.mark.parametrize("lang", LANGS)


def names() -> Iterator[Name]:
    """Every name and definition in the registers."""
    for kind in KINDS.values():
        yield from (kind.name, kind.definition)
    for spread in DISTRIBUTIONS:
        yield from (spread.called, spread.told)
    yield from (procedure.name for procedure in PROCEDURES.values())
    yield from (category.called for category in Category)
    yield from (file.name for file in FILES.values())
    yield from REFORM_NAMES.values()


def test_a_register_holds_each_id_once() -> None:
    """Two records of one id are refused when the register is made; one record twice is harmless."""
    hearing, tender = PROCEDURES["听证"], PROCEDURES["招标"]
    assert register([tender, hearing, tender]) == {"招标": tender, "听证": hearing}
    with pytest.raises(ValueError, match=r"^two records have the id 听证; give one of them another$"):
        register([hearing, Procedure(Name(zh="听证", en="another"), listed=False)])


def test_ids_numbers_and_colours_are_unique() -> None:
    """No two members of a register go by one id; no two categories by one number or one colour."""
    for ids in (
        [d.key() for d in DISTRIBUTIONS],
        [name.zh for reform in REFORMS for name in reform.names()],
        [name.en for name in REFORM_NAMES.values()],
        [kind.name for kind in KINDS.values()],
        [file.model for file in FILES.values()],
        [place for file in FILES.values() for place in file.stands],
        [category.colour for category in Category],
        [category.id for category in Category],
    ):
        assert len(set(map(str, ids))) == len(ids), ids
    assert sorted(Category) == list(range(len(Category)))


def test_a_reform_that_lacks_the_english_of_one_of_its_names_is_no_reform() -> None:
    """Two Chinese names and one English one are a mistake, not one name."""

    class Halved(Abolish):
        english = ("dropped",)

    with pytest.raises(ValueError, match="shorter"):
        Halved.names()


def test_every_member_is_named_in_both_languages() -> None:
    """The Chinese words have Chinese in them, the English ones none."""
    assert [name for name in names() if not CHINESE.search(name.zh) or CHINESE.search(name.en)] == []


def test_the_language_offers_what_the_registers_hold() -> None:
    """The words that a spec may write at a place are the ids of the register, in its order."""
    assert shape(fields(Step)["kind"]).choices == tuple(KINDS)
    assert shape(fields(Step)["procedure"]).choices == tuple(PROCEDURES)
    assert shape(fields(Special)["procedure"]).choices == tuple(PROCEDURES)
    amount: Any = shape(Amount)
    assert [tag for m in amount.members for tag in tags(amount, m)] == ["number", *(d.key() for d in DISTRIBUTIONS)]
    reform: Any = shape(fields(Variant)["reforms"])
    union = shape(get_args(reform.core)[0])
    assert [tag for m in union.members for tag in tags(union, m)] == list(REFORM_NAMES)
    assert {f"schema/{file.schema}" for file in FILES.values()} == GENERATED.keys() - {"REFERENCE.md"}


@EVERY_KIND
def test_a_step_of_every_kind_is_played(kind: Kind) -> None:
    """An office's step is accepted and decided within its limit of 5 days; any other takes its 5 days as it says."""
    procedure = "procedure: 检测, " if kind.procedure else ""
    length = "limit: {statutory: ~5}" if kind.official else "duration: ~5"
    steps = f"  a: {{kind: {kind.id}, {procedure}{length}}}"
    tables, found = program(steps, place=PLACE)
    delays = [(Category(line.category), line.seconds[0] / 3600) for line in found.lines if line.op == Op.DELAY]
    marks = [line.op for line in found.lines if line.op in (Op.ACCEPT, Op.DECIDE)]
    assert marks == ([Op.ACCEPT, Op.DECIDE] if kind.official else [])
    if kind.statutory:  # a period that is counted by dates
        assert [(line.op, line.seconds[0]) for line in found.lines] == [(Op.PERIOD, 5)]
    else:
        assert delays == [(Category.CIRCULATION if kind.official else kind.category, 40)]
    node = tables.flows[0].nodes[numbered(tables.flows[0], "a")]
    assert (node.kind, node.counted) == (kind.id, kind.counted)
    days = play(reformed(steps, "{reform: 一次性告知}"), 0)
    # Five working days from Monday 09:00 end on Friday at 17:00; a period of five with the Monday after.
    hours = 7 * 24 + 15 if kind.statutory else 5 * 8 + 4 * 16
    assert (days.cases["finished"] - days.cases["arrived"]).tolist() == [hours * 3600]


@EVERY_KIND
@EVERY_LANG
def test_every_kind_is_told_everywhere(kind: Kind, lang: Lang) -> None:
    """Page, charts, screen and reference call it by its name."""
    name = getattr(kind.name, lang)
    assert shown(Context(exact(), lang), "service", "kind", kind.id) == name
    assert name in scope_words(View(exact(), "service", lang), Scope(exclude=(kind.id,)))
    procedure = "procedure: 检测, " if kind.procedure else ""
    process = after(reformed(f"  a: {{kind: {kind.id}, {procedure}work: ~5h}}", "{reform: 一次性告知}"))
    screen = StringIO()
    console(screen, 200).print(_table(process, "", lang))
    assert f" {name} " in screen.getvalue()
    title = {"zh": "环节类型", "en": "Kinds of steps"}[lang]
    table = REFERENCES[lang].partition(f"## {title}")[2].splitlines()
    row = next(line for line in table if line.startswith(f"| `{kind.id}` | "))
    assert name in row
    assert getattr(kind.definition, lang) in row


@EVERY_LANG
def test_a_map_shows_every_kind(lang: Lang) -> None:
    """A step of each kind has its box, in the colour that the legend names: of what counts, or of where time goes."""
    procedure = {True: "procedure: 检测, ", False: ""}
    steps = [f"  {k.id}: {{kind: {k.id}, {procedure[k.procedure]}work: ~5h}}" for k in KINDS.values()]
    process = after(reformed("\n".join(steps), "{reform: 一次性告知}"))
    drawn = static_map(process, None, lang)
    boxes = {str(a.get_label()): to_hex(a.get_edgecolor()).upper() for a in drawn.axes[0].patches}
    handles = [h for h in drawn.legends[0].legend_handles if isinstance(h, Patch)]
    legend = {to_hex(h.get_edgecolor()).upper(): str(h.get_label()) for h in handles}
    for kind in (k for k in KINDS.values() if planned_slack(process)[k.id]):
        colour = Category.CIRCULATION.colour if kind.official else kind.category.colour
        assert boxes[f"box {kind.id}"] == colour
        assert kind.official or getattr(kind.name, lang) in legend[colour]


@EVERY_LANG
def test_every_procedure_is_told_everywhere(lang: Lang) -> None:
    """The page calls it by its name, and the reference says whether the statute lists it."""
    context = Context(exact(), lang)
    said = {p.id: shown(context, "service", "procedure", p.id) for p in PROCEDURES.values()}
    assert said == {p.id: getattr(p.name, lang) for p in PROCEDURES.values()}
    listed, others = re.findall(r"^Procedures that .*$", REFERENCE, re.M)
    for procedure in PROCEDURES.values():
        words = f"{procedure.name.zh} ({procedure.name.en})"
        assert (words in listed, words in others) == (procedure.listed, not procedure.listed)


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=[p.name.en for p in PROCEDURES.values()])
def test_only_what_the_statute_lists_stops_the_clock_by_itself(procedure: Procedure) -> None:
    """A step that is a listed procedure needs no basis, any other does."""
    step = Step.model_validate({
        "name": {"zh": "步骤", "en": "Step"}, "kind": "special", "procedure": procedure.id,
        "duration": {"days": 1.0, "source": "guess"},
    })  # fmt: skip
    wrong = [f.message for f in step_findings((), step)]
    missing = f"{procedure.id} is not on the statute's list of what stops the clock; name what lets it as basis"
    assert wrong == ([] if procedure.listed else [missing])


@EVERY_LANG
def test_every_category_has_its_row(lang: Lang) -> None:
    """The page tells each category that takes time by its name and colour, in the order of the stack."""
    split = exact().split["before"]["service"]
    every = split.iloc[[0] * len(Category)].assign(category=[c.id for c in reversed(Category)], office=1.0)
    splits = {v: {"service": every} for v in exact().split}
    table = by_category(Context(replace(exact(), split=splits), lang), "service")
    rows = [(row.head.text, row.head.swatch) for row in table.groups[0].rows[:-1]]
    assert rows == [(getattr(c.called, lang), c.colour) for c in Category]
    assert [Category.of(c.id) for c in Category] == list(Category)


def written(spread: type[Distribution]) -> Distribution:
    """The distribution with parameters 3, 4, … as many as it has; 3 to 3 + n where it names as many places."""
    count = 1 + max(int(name or 0) for _, name, _, _ in Formatter().parse(spread.told.zh) if name is not None)
    numbers = tuple(float(3 + i) for i in range(count))
    return spread.model_validate({spread.key(): numbers if count > 1 else numbers[0]})


@EVERY_SPREAD
def test_a_distribution_is_complete(spread: type[Distribution]) -> None:
    """Its mean is that of its quantiles, it scales as a whole, and a spec that writes it is read as it."""
    found = written(spread)
    u = (np.arange(200_000) + 0.5) / 200_000
    assert found.ppf(u).mean() == pytest.approx(found.mean, rel=1e-3)
    assert found.scaled(2.5).ppf(u[::1000]) == pytest.approx(2.5 * found.ppf(u[::1000]))
    assert distribution(found.model_dump()) == found
    assert distribution({spread.key(): 1, "source": "guess"}) is None


@EVERY_SPREAD
@EVERY_LANG
def test_every_distribution_is_told_everywhere(spread: type[Distribution], lang: Lang) -> None:
    """The page says the same numbers in both languages, also as a length of time; the reference lists its key."""
    found, context = written(spread), Context(exact(), lang)
    words = getattr(spread.told, lang).format(*(f"{x:g}" for x in found.parameters))
    assert told(context, found) == words
    assert shown(context, "service", "number", found.model_dump()) == words
    length = shown(context, "service", "duration", {"days": found.model_dump()}).replace("\u00a0", " ")
    gap = "" if words.endswith("）") else " "  # beside a Chinese mark there is none
    assert length == {"zh": f"{words}{gap}个工作日", "en": f"{words} working days"}[lang]
    assert f"`{spread.key()}` ({spread.called.zh})" in REFERENCE
    assert len({name for text in (spread.told.zh, spread.told.en) for name in [_places(text)]}) == 1


def _places(text: str) -> tuple[str, ...]:
    return tuple(sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None))


@EVERY_LANG
def test_every_reform_is_told_everywhere(lang: Lang, library: Library) -> None:
    """Page and reference call it by its name, and the list has what it does."""
    context, page, lines = Context(exact(), lang), REFERENCE, listing(library, [], "reforms", lang).splitlines()
    for reform in REFORMS:
        heading = ", ".join(f"{name.zh} ({name.en})" for name in reform.names())
        assert f"#### {heading}\n\n{(reform.__doc__ or '').splitlines()[0]}" in page
        told = {
            "zh": ("、".join(f"{name.zh}（{name.en}）" for name in reform.names()), "："),
            "en": (", ".join(f"{name.en} ({name.zh})" for name in reform.names()), ": "),
        }[lang]
        does = (reform.__doc__ or "").split("\n\n")[0].strip()
        does = does.partition(": ")[2] if lang == "en" else reference_text(does).partition("：")[2]
        assert told[1].join((told[0], does)) in lines
        assert [context.reform(name.zh) for name in reform.names()] == [getattr(n, lang) for n in reform.names()]


@pytest.mark.parametrize("kind", FILES.values(), ids=list(FILES))
def test_every_kind_of_file_is_found_where_it_stands(kind: Any) -> None:
    """A file without a telling key is of the kind that stands there; the reference says where that is."""
    for place in kind.stands:
        path = ROOT / place.replace("GROUP", "licences").replace("ID", "some")
        assert kind_at(path) in (kind, None)
        assert kind_of(path, {"id": "some", "name": {}} if kind.id == "process" else {}) is kind
    assert all(f"`{place}`" in REFERENCE for place in kind.stands)


def test_the_files_of_a_library_are_each_of_one_kind() -> None:
    """Every YAML file of the library is claimed by exactly one kind."""
    folder = ROOT / "tests/library"
    claimed = sorted(path for kind in FILES.values() for path in kind.paths(folder) if path.exists())
    assert claimed == sorted(folder.rglob("*.yaml"))


def test_the_page_needs_no_charts() -> None:
    """The page is written from words and numbers; what it shows of charts are files."""
    rooms = {used for module in MODULES if module.startswith("sim.report.page") for used in imports(module)}
    assert {used for used in rooms if used.startswith(("sim.report.charts", "matplotlib"))} == set()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What every consumer makes of a member that each register has more: register → what went wrong."""
    folder = grow(tmp_path_factory.mktemp("grown"))
    command, path = [sys.executable, "-m", "tests.grown"], os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", LOOKS)
def test_one_more_member_is_one_entry(name: str, grown: dict[str, str]) -> None:
    """A member entered in its register, and nowhere else, is played, checked, drawn, told and explained."""
    assert not grown[name], grown[name]
