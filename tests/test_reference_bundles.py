"""The committed shares of the headline building's bundles, and the table of them in both READMEs.

`python -m tests.test_reference_bundles` shares them out anew and writes all three.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sim.decide.attributed import Attributed, Attribution
from sim.decide.attribution import attribute
from sim.decide.questions import questions
from sim.report.numbers import signed
from sim.report.words import LANGS, Lang
from sim.scenario.desk import Desk
from sim.scenario.prepared import Prepared
from sim.scenario.simulated import simulated_hash

ROOT = Path(__file__).parents[1]
RECORD = ROOT / "reports/reference/bundles.json"
READMES: dict[Lang, Path] = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
SCENARIO, VARIANT = "ordinary_private_building", "after"
MEASURES = ("counted_days", "elapsed_days")
EFFECTS = ("alone", "last", "share")
TABLE = re.compile("(?<=<!-- bundles -->\n).*?(?=<!-- /bundles -->)", re.DOTALL)
"""The table of bundles."""
HEADS: dict[Lang, str] = {
    "en": "| | 审批用时, alone | last | fair share | 全程用时, alone | last | fair share |\n",
    "zh": "| | 审批用时，单独 | 最后 | 应得份额 | 全程用时，单独 | 最后 | 应得份额 |\n",
}
RULE = "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
ALL: dict[Lang, str] = {"en": "all of them", "zh": "合计"}


def building() -> Prepared:
    """The headline scenario."""
    return Desk(ROOT).prepare(SCENARIO)


def simulated(prepared: Prepared) -> str:
    """The hash of what is simulated of it."""
    assert prepared.origin
    return simulated_hash(prepared.origin)


def kept(found: Attribution) -> dict[str, Any]:
    """What is on record of the shares."""
    answers = {answer.question.id: _answer(answer) for answer in found.answers}
    return {"simulated": simulated(found.prepared), "runs": found.runs, "seed": found.seed, "answers": answers}


def _answer(answer: Attributed) -> dict[str, Any]:
    parts = {b.part.id: {e: round(getattr(b, e).mean, 6) for e in EFFECTS} for b in answer.bought}
    return {"whole": round(answer.whole.mean, 6), "parts": parts}


def table_of(record: dict[str, Any], prepared: Prepared, lang: Lang) -> str:
    """The table: a line for each bundle in the written order, and one for the whole."""
    answers = [record["answers"][measure] for measure in MEASURES]
    names = {v.id: getattr(v.name, lang).lower() for v in prepared.variants}
    rows = [
        (names[part], *(signed(answer["parts"][part][effect], "") for answer in answers for effect in EFFECTS))
        for part in answers[0]["parts"]
    ]
    wholes = [signed(answer["whole"], "") for answer in answers]
    rows.append((ALL[lang], "", "", wholes[0], "", "", wholes[1]))
    return HEADS[lang] + RULE + "".join(f"| {' | '.join(row)} |\n" for row in rows)


@pytest.mark.parametrize("lang", LANGS)
def test_readme_has_the_shares_on_record(lang: Lang) -> None:
    """Line by line, of the scenario as it is simulated now; what is shared out is exactly the whole."""
    record, prepared = json.loads(RECORD.read_text(encoding="utf-8")), building()
    assert record["simulated"] == simulated(prepared), "share them out anew: python -m tests.test_reference_bundles"
    for answer in record["answers"].values():
        assert abs(sum(part["share"] for part in answer["parts"].values()) - answer["whole"]) < 1e-5
    (table,) = TABLE.findall(READMES[lang].read_text(encoding="utf-8"))
    assert table == table_of(record, prepared, lang)


if __name__ == "__main__":
    prepared = building()
    found = kept(attribute(prepared, questions(prepared, VARIANT, MEASURES), VARIANT, "bundle"))
    RECORD.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for lang, file in READMES.items():
        table = table_of(found, prepared, lang)
        file.write_text(TABLE.sub(lambda _, told=table: told, file.read_text(encoding="utf-8")), encoding="utf-8")
