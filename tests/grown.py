"""The house with one throw-away member more in each register: what every consumer makes of it.

`grow` copies the code into a folder and writes the members in, each where its register says; this module, run in that
folder, looks at every consumer and prints register → what went wrong.
"""

from __future__ import annotations

import json
import shutil
import sys
import traceback
from collections.abc import Callable
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).parents[1]

DISTRIBUTION = '''class Coin(_Ascending):
    """One of two values, either as likely."""

    called = Name(zh="两点分布", en="coin")
    told = Name(zh="{0} 或 {1}", en="{0} or {1}")

    coin: Pair
    """The two values."""

    @property
    def mean(self) -> float:
        """The mean."""
        return sum(self.coin) / 2

    def ppf(self, u: Array) -> Array:
        """The values at the quantiles `u`."""
        return np.where(u < 0.5, *self.coin)


'''
REFORM = '''

class Trial(ProcessReform):
    """试办: steps go for the time of a trial."""

    english = ("trial run",)

    reform: Literal["试办"]
    """`试办`."""
    steps: Ids
    """Steps that go."""

    def rewrite(self, process: Process, context: Context) -> Rewrite:
        """The process without the steps."""
        return Rewrite(drop(process, self.steps, {}), dropped=frozenset(self.steps))
'''
MEASURE = """

def _stamps(records: Records, scope: Scope) -> Values:
    return asked(records, scope, np.ones(len(records.attempts)), again=True)


stamps = Measure(
    id="stamps",
    name=Name(zh="盖章次数", en="Stamps"),
    definition=Name(zh="每个环节每办一次盖一次章", en="a stamp for every attempt at a step"),
    unit=VISITS,
    of=_stamps,
)
"""
FILE_MODEL = '''

class Glossary(Model):
    """Words and what they mean."""

    sources: dict[Id, Source] = {}
    """Sources used in this file."""
    words: dict[Id, Sourced]
    """Word → where it is explained."""
'''
GROWN = {
    "category": [
        ("sim/spec/categories.py", "    OFF_DUTY = 3",
         '    WAITING = 9, Name(zh="候场", en="Waiting room"), "#00B7C7", "oo", False\n    OFF_DUTY = 3'),
    ],
    "kind": [
        ("sim/spec/kinds.py", "    ]\n)\n",
         '        Kind("rite", Name(zh="仪式", en="ceremony"), Name(zh="举行仪式", en="a ceremony is held"),\n'
         "             Category.WAITING),\n    ]\n)\n"),
    ],
    "procedure": [
        ("sim/spec/procedures.py", "    ]\n)\n",
         '        Procedure(Name(zh="公证", en="notarisation"), listed=False),\n    ]\n)\n'),
    ],
    "distribution": [
        ("sim/spec/amounts.py", "KINDS: tuple", DISTRIBUTION + "KINDS: tuple"),
        ("sim/spec/amounts.py", "Lognormal, Observed)", "Lognormal, Observed, Coin)"),
    ],
    "reform": [
        ("sim/reforms/order.py", "\n\ndef refuse_without_habit", REFORM + "\n\ndef refuse_without_habit"),
        ("sim/reforms/register.py", "EarlyStart, Parallel\n", "EarlyStart, Parallel, Trial\n"),
        ("sim/reforms/register.py", "ChangeStaff, OpenMore,\n)", "ChangeStaff, OpenMore, Trial,\n)"),
    ],
    "measure": [
        ("sim/records/measures/counts.py", "    of=_one_visit_share,\n)\n", "    of=_one_visit_share,\n)\n" + MEASURE),
        ("sim/records/measures/register.py", "    prefilled_share,\n    touchpoints,",
         "    prefilled_share,\n    stamps,\n    touchpoints,"),
        ("sim/records/measures/register.py", "sunday_cases, open_cases,\n", "sunday_cases, open_cases, stamps,\n"),
    ],
    "statistic": [
        ("sim/records/statistics.py", '    replace(_of_cases("maximum"',
         '    _quantile("p95", "95% 分位数", "95% quantile", 0.95),\n'
         '    replace(_of_cases("maximum"'),
    ],
    "file": [
        ("sim/spec/sources.py", "    \"\"\"Key → source.\"\"\"\n", "    \"\"\"Key → source.\"\"\"\n" + FILE_MODEL),
        ("sim/scenario/files.py", "import SourceBook", "import Glossary, SourceBook"),
        ("sim/scenario/files.py", "    ]\n)\n",
         '        FileKind("glossary", Name(zh="词汇表", en="glossary"), Glossary, ("processes/words/ID.yaml",),\n'
         "                 checks.citing_file),\n    ]\n)\n"),
    ],
}  # fmt: skip
"""Register → file, a text in it that stands there once, and what stands there when the register has grown."""


def grow(folder: Path) -> Path:
    """A copy of the code in which every register has one member more."""
    shutil.copytree(ROOT / "sim", folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    for edits in GROWN.values():
        for name, old, new in edits:
            text = (folder / name).read_text(encoding="utf-8")
            assert text.count(old) == 1, (name, old)
            (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


STEPS = """
id: service
name: {zh: 服务, en: Service}
summary: made up for a test
sources: {act: {kind: law, title: 某法, article: 第一条}}
steps:
  apply: {name: {zh: 申请, en: Apply}, at: bureau, limit: {statutory: {days: 4, source: act}},
          special: [{procedure: 公证, days: 1, basis: act, source: guess}]}
  rite: {name: {zh: 仪式, en: Rite}, kind: rite, after: {apply: order}, duration: {days: {coin: [2, 6]}, source: guess}}
  stamp: {name: {zh: 盖章, en: Stamp}, at: bureau, after: {rite: order}, limit: {statutory: {days: 9, source: act}}}
"""
AFTER = """
  after:
    name: {zh: 改革后, en: After}
    reforms:
      - {reform: 试办, steps: [stamp], source: guess}
      - {reform: 法定时限调整, steps: [rite], duration: {days: {coin: [1, 3]}, source: act}, source: act}
targets:
  - {id: T1, name: {zh: 用时, en: Time}, measure: counted_days, at_most: 12, unit: 工作日, source: guess,
     scope: {include: [rite], exclude: [notice]}}
  - {id: T2, name: {zh: 章, en: Stamps}, measure: stamps, statistic: p95, at_most: 9, unit: 次, source: guess}
"""


class Told:
    """A small world with every new member, compared, drawn and told in both languages."""

    def __init__(self) -> None:
        from sim.analysis.compare import compare
        from sim.report.charts.drawing import draw
        from tests.reported import Tags, html
        from tests.small import scenario, world

        self.comparison = compare(world(STEPS, scenario(4, "per_year: 100", variants=AFTER)), runs=2)
        self.charts = {lang: draw(self.comparison, "service", lang) for lang in ("zh", "en")}
        self.html = {lang: html(self.comparison, lang) for lang in ("zh", "en")}
        self.page = {lang: Tags(text).text for lang, text in self.html.items()}

    def drawn(self, lang: str, chart: str) -> str:
        """All texts of a chart."""
        from matplotlib.text import Text

        return "\n".join(text.get_text() for text in self.charts[lang][chart].findobj(Text))


def category(told: Told) -> None:
    """It takes its time, has a row with its colour on the page and a part in the stacks of the charts."""
    split = told.comparison.split["before"]["service"]
    assert split.loc[split["category"] == "waiting", "node"].tolist() == ["rite"]
    for lang, name in (("zh", "候场"), ("en", "Waiting room")):
        assert name in told.page[lang]
        assert "background:#00B7C7" in told.html[lang]
        assert name in told.drawn(lang, "time_split")
        assert name in told.drawn(lang, "gantt")


def kind(told: Told) -> None:
    """It is played, listed, drawn and explained, and targets may count it."""
    from sim.scenario.generated import generated
    from sim.spec.kinds import KINDS

    files = generated()
    assert '"rite"' in files["schema/process.schema.json"]
    assert "| `rite` | ceremony (仪式): a ceremony is held | not counted |" in files["REFERENCE.md"]
    assert set(KINDS) > {"rite"}
    for lang, added in (("zh", "另计仪式"), ("en", "and also ceremony")):
        assert added in told.page[lang]
        assert {"zh": "仪式", "en": "ceremony"}[lang] in told.drawn(lang, "process_map")
        assert {"zh": "含仪式", "en": "with ceremony"}[lang] in told.drawn(lang, "distribution")
        assert {"zh": "仪式", "en": "ceremony"}[lang] in shown(told, lang)


def shown(told: Told, lang: str) -> str:
    """The table of the process on the screen."""
    from sim.report.screen.console import console
    from sim.report.screen.shown import _table

    screen = StringIO()
    process = told.comparison.prepared.variants[0].flows["service"][0].process
    console(screen, 200).print(_table(process, "", lang))  # type: ignore[arg-type]
    return screen.getvalue()


def procedure(told: Told) -> None:
    """It stands in the schema and the reference, and the page says it in the reader's language."""
    from sim.report.page.context import Context
    from sim.report.page.values import shown as value
    from sim.scenario.generated import generated

    files = generated()
    assert '"公证"' in files["schema/process.schema.json"]
    assert "公证 (notarisation)" in files["REFERENCE.md"]
    said = {lang: value(Context(told.comparison, lang), "service", "procedure", "公证") for lang in ("zh", "en")}
    assert said == {"zh": "公证", "en": "notarisation"}


def distribution(told: Told) -> None:
    """It is drawn from, and told in both languages; the map shows its mean."""
    from sim.scenario.generated import generated

    assert {c for c in told.comparison.cases["elapsed_days"] if c == c} <= {7.0, 11.0, 6.0, 8.0, 16.0, 20.0}
    files = generated()
    assert "`coin` (两点分布)" in files["REFERENCE.md"]
    assert '"coin"' in files["schema/scenario.schema.json"]
    assert "2 或 6 个工作日" in told.page["zh"].replace("\u00a0", " ")
    assert "2 or 6 working days" in told.page["en"]
    assert "≈ 4 → 2 work. days" in told.drawn("en", "process_map")


def reform(told: Told) -> None:
    """A scenario may name it, and page, charts, screen, list and reference have its name."""
    from sim.report.screen.console import console
    from sim.report.screen.listing import listing
    from sim.report.screen.printed import print_changes
    from sim.scenario.generated import generated
    from sim.scenario.load import load_library

    files, prepared = generated(), told.comparison.prepared
    assert '"试办"' in files["schema/scenario.schema.json"]
    assert "#### 试办 (trial run)" in files["REFERENCE.md"]
    assert "trial run (试办): steps go for the time of a trial." in listing(load_library(ROOT / "tests/library"), [])
    for lang, name in (("zh", "试办"), ("en", "trial run")):
        assert name in told.page[lang]
        assert name in told.drawn(lang, "process_map")
        assert name in told.drawn(lang, "gantt")
        screen = StringIO()
        print_changes(console(screen, 200), prepared, prepared.variants[1].changes, lang)
        assert name in screen.getvalue()


def measure(told: Told) -> None:
    """It is found for every case, and list, reference, schema, page and results have its names and its meaning."""
    from sim.report.generated import generated
    from sim.report.results import results
    from sim.report.screen.listing import listing
    from sim.scenario.load import load_library

    before = told.comparison.cases.query("variant == 'before'")
    assert before["stamps"].tolist() == [3.0] * len(before)
    files = generated()
    assert '"stamps"' in files["schema/scenario.schema.json"]
    row = "| `stamps` | Stamps (盖章次数) | visits | `次` | a stamp for every attempt at a step |"
    assert row in files["REFERENCE.md"]
    assert "stamps  Stamps" in listing(load_library(ROOT / "tests/library"), [])
    assert "stamps" in results(told.comparison, {}).variants["before"].processes["service"]
    for lang, said in (
        ("zh", ("盖章次数", "每个环节每办一次盖一次章")),
        ("en", ("Stamps", "a stamp for every attempt")),
    ):
        assert all(word in told.page[lang] for word in said)


def statistic(told: Told) -> None:
    """A target is judged by it, not by the mean, and it is told in both languages."""
    from sim.report.generated import generated

    result = next(r for r in told.comparison.targets if r.target.id == "T2")
    assert (result.estimate.mean, result.baseline.mean) == (2, 3)
    files = generated()
    assert '"p95"' in files["schema/scenario.schema.json"]
    assert "| `p95` | 95% quantile (95% 分位数) |" in files["REFERENCE.md"]
    assert "95% 分位数" in told.page["zh"]
    assert "95% quantile" in told.page["en"]


def file(told: Told) -> None:
    """It has a schema and a place in the reference, is told from the others and is checked."""
    from sim.scenario.generated import generated
    from sim.scenario.load import kind_of, load_library, validate_path

    folder = Path("processes/words")
    folder.mkdir(parents=True)
    (folder / "permits.yaml").write_text("words:\n  permit: {source: nowhere}\n", encoding="utf-8")
    assert kind_of(folder / "permits.yaml", {}).id == "glossary"
    (fault,) = validate_path(folder / "permits.yaml", load_library(ROOT / "tests/library"))
    assert fault.message.startswith("unknown source 'nowhere'")
    files = generated()
    assert "schema/glossary.schema.json" in files
    assert "| `processes/words/ID.yaml` | glossary (词汇表) | [Glossary](#glossary) |" in files["REFERENCE.md"]


LOOKS: dict[str, Callable[[Told], None]] = {
    look.__name__: look for look in (category, kind, procedure, distribution, reform, measure, statistic, file)
}
"""Register → what is looked at."""


def looked() -> dict[str, str]:
    """Register → what went wrong with its new member; nothing where all is well."""
    told, found = Told(), {}
    for name, look in LOOKS.items():
        try:
            look(told)
            found[name] = ""
        except Exception:  # whatever a consumer does to a member that it does not know
            found[name] = traceback.format_exc()
    return found


if __name__ == "__main__":
    json.dump(looked(), sys.stdout)
