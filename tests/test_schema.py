"""The schemas and the reference page: whole, true to the models, and fresh in the repository."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.reforms.register import REFORMS
from sim.report.generated import generated
from sim.report.messages import reference_text
from sim.scenario.files import FILES
from sim.scenario.reference import Say
from sim.scenario.schema import json_schemas
from sim.scenario.wishes import words
from sim.spec.amounts import Amount
from sim.spec.attributes import Condition
from sim.spec.base import Id, Model
from sim.spec.meanings import meanings
from sim.spec.shape import fields, locate, models, written
from sim.spec.step import Step

ROOT = Path(__file__).parents[1]
GENERATED = generated()


@pytest.mark.parametrize("name", GENERATED)
def test_the_committed_file_is_fresh(name: str) -> None:
    """What is committed is what the code generates; `sim.report.generated.write_generated` writes it anew."""
    assert (ROOT / "processes" / name).read_text(encoding="utf-8") == GENERATED[name]


@pytest.mark.parametrize("name", FILES)
def test_a_schema_allows_the_keys_of_its_model(name: str) -> None:
    """An editor offers every key of the file with its meaning, and refuses all others."""
    schema = json_schemas()[f"{name}.schema.json"]
    told = meanings(FILES[name].model)
    parts = {f"#/$defs/{part}": inner for part, inner in schema.get("$defs", {}).items()}
    meant = {key: {**parts.get(value.get("$ref"), {}), **value} for key, value in schema["properties"].items()}
    assert {key: value["description"] for key, value in meant.items()} == told
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("name", FILES)
def test_a_schema_offers_no_null(name: str) -> None:
    """Nothing written after a key is a fault, so no editor offers it."""

    def nulls(schema: Any) -> list[Any]:
        if isinstance(schema, dict):
            own = (
                [schema] if schema.get("type") == "null" or ("default" in schema and schema["default"] is None) else []
            )
            return own + [null for inner in schema.values() for null in nulls(inner)]
        return [null for inner in schema for null in nulls(inner)] if isinstance(schema, list) else []

    assert nulls(json_schemas()[f"{name}.schema.json"]) == []


def test_a_need_is_an_id_or_keys() -> None:
    """The schema knows both forms of a need."""
    items = json_schemas()["process.schema.json"]["$defs"]["Step"]["properties"]["needs"]["items"]
    assert items == {"anyOf": [{"pattern": "^[a-z][a-z0-9_]*$", "type": "string"}, {"$ref": "#/$defs/Need"}]}


@pytest.mark.parametrize("path", sorted([*ROOT.glob("processes/**/*.yaml"), *ROOT.glob("scenarios/**/*.yaml")]),
                         ids=lambda path: path.stem)  # fmt: skip
def test_every_file_names_a_schema_there_is(path: Path) -> None:
    """The first line of a spec points an editor to a schema that is there."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found is not None, first
    assert (path.parent / found[1]).resolve().relative_to(ROOT / "processes/schema").name in json_schemas()


@pytest.mark.parametrize(("name", "say"), [("REFERENCE.md", str), ("REFERENCE.zh.md", reference_text)])
def test_the_page_tells_every_key_of_every_model(name: str, say: Say) -> None:
    """Each key of each model stands in a table of the page, with its meaning, in either language."""
    page = GENERATED[name]
    parts: set[type[Model]] = {part for kind in FILES.values() for part in models(kind.model)}
    missing = [
        f"{part.__name__}.{key}"
        for part in parts
        for key in written(part)
        if not re.search(rf"^\| `{key}` \| .* \| {re.escape(say(meanings(part)[key]))} \|$", page, re.M)
    ]
    assert missing == []
    assert set(REFORMS) < parts


@pytest.mark.parametrize("name", ["REFERENCE.md", "REFERENCE.zh.md"])
def test_every_link_of_the_page_leads_to_a_heading(name: str) -> None:
    """No link is broken and no heading stands twice."""
    page = GENERATED[name]
    headings = [heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", page, re.M)]
    assert sorted(headings) == sorted(set(headings))
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= set(headings)


@pytest.mark.parametrize("name", ["REFERENCE.md", "REFERENCE.zh.md"])
def test_every_row_of_the_page_has_the_cells_of_its_table(name: str) -> None:
    """A text of several lines would end its table."""
    lines = GENERATED[name].splitlines()
    rows = [line.replace("\\|", "").count("|") for line in lines if line.startswith("|")]
    heads = [line.count("|") for line in lines if re.fullmatch(r"[| -]+", line)]
    assert set(rows) <= set(heads)
    assert all(line.startswith(("#", "|")) or not line.endswith(" |") for line in lines)


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        (Id, "an id"),
        (Amount, "a number or a distribution"),
        (Condition, "attributes with the values wanted"),
        (fields(Step)["yields"], "a list (each item an id)"),
        (fields(Step)["needs"], "a list (each item an id or a need)"),
        (fields(Step)["attend"], "a whole number from 0 to 100"),
        (fields(Step)["counted"], "true or false"),
        (dict[Id, Step], "`key: value` lines (each value a step)"),
    ],
)
def test_types_are_said_in_words(annotation: Any, said: str) -> None:
    """No planner has to read a Python type."""
    assert words(annotation) == said


@pytest.mark.parametrize(
    ("data", "loc", "path"),
    [
        ({"work": {"days": {"pert": [1]}}}, ("work", "days", "pert", "pert", 1), ("work", "days", "pert")),
        ({"work": {"days": "5天"}}, ("work", "days", "number"), ("work", "days")),
        ({"needs": ["A b"]}, ("needs", 0, "material"), ("needs", 0)),
        ({"needs": [{"materal": "a"}]}, ("needs", 0, "materal"), ("needs", 0, "materal")),
        ({"after": {"A": "order"}}, ("after", "A", "[key]"), ("after", "A")),
        (
            {"when": {"a": {"below": "x"}}},
            ("when", "a", "function-after[_some(), Bounds]", "below"),
            ("when", "a", "below"),
        ),
    ],
)
def test_a_place_is_what_was_written(data: Any, loc: tuple[str | int, ...], path: tuple[str | int, ...]) -> None:
    """Tags of unions and parts of a longer form are left out of the path."""
    assert locate(Step, data, loc).path == path


def described(schema: Any) -> Iterator[str]:
    """Every description in a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("description"), str):
            yield schema["description"]
        for part in schema.values():
            yield from described(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from described(part)


def bare(schema: Any) -> Any:
    """A schema without its descriptions."""
    if isinstance(schema, dict):
        return {key: bare(part) for key, part in schema.items() if not (key == "description" and isinstance(part, str))}
    return [bare(part) for part in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("name", FILES)
def test_an_editor_tells_every_key_in_chinese_too(name: str) -> None:
    """The Chinese schema of a kind allows the same and says each thing in Chinese, however many paragraphs it takes."""
    english, chinese = (json.loads(GENERATED[f"schema/{folder}{name}.schema.json"]) for folder in ("", "zh/"))
    assert bare(chinese) == bare(english)
    assert len([*described(chinese)]) == len([*described(english)]) > 0
    parts = [re.sub("`.*?`", "", part) for text in described(chinese) for part in text.split("\n\n")]
    assert [part for part in parts if re.search("[A-Za-z]", part) and not re.search("[\u4e00-\u9fff]", part)] == []


def test_the_schemas_are_plain_json() -> None:
    """Every schema is of the dialect that editors know."""
    dialects = {json.loads(GENERATED[f"schema/{name}.schema.json"])["$schema"] for name in FILES}
    assert dialects == {"https://json-schema.org/draft/2020-12/schema"}
