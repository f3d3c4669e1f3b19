"""What may stand at a place of a spec, read off the models: shapes, members of unions, places of faults."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union, get_args

import pytest
from pydantic import Discriminator, Field, Tag

from sim.spec.amounts import Amount, Pert, Uniform
from sim.spec.attributes import Bounds, Value
from sim.spec.base import Id, Model, Name
from sim.spec.opening import Opening
from sim.spec.shape import Location, Shape, fields, locate, member, models, shape, tags
from sim.spec.sources import Assumption, Law, Observation, Publication, Source
from sim.spec.step import Need, Step, Work

VALUE: Any = Value | Bounds
DAYS: Any = fields(Opening)["days"]
NUMBER: Any = get_args(get_args(Amount)[0])[0]


class Leaf(Model):
    """A model without models below it."""

    kind: Literal["leaf"] = "leaf"


class Branch(Model):
    """A model with itself and another below it."""

    kind: Literal["branch", "twig"] = "branch"
    leaf: Leaf | None = None
    more: dict[Id, tuple[Branch, ...]] = {}
    name: Name


class Fruit(Model):
    """A model whose fields say how to read them."""

    hangs: Annotated[Leaf | Branch, Field(discriminator="kind")]
    weight: Amount
    pair: tuple[int, str] = (1, "a")


@pytest.mark.parametrize(
    ("annotation", "core", "origin", "model", "members", "choices"),
    [
        (int, int, int, None, (), ()),
        (Leaf, Leaf, Leaf, Leaf, (), ()),
        (Annotated[Leaf | None, Field(ge=1)], Leaf, Leaf, Leaf, (), ()),
        (Literal["a", "b"], Literal["a", "b"], Literal, None, (), ("a", "b")),
        (tuple[int, ...], tuple[int, ...], tuple, None, (), ()),
        (dict[str, int] | None, dict[str, int], dict, None, (), ()),
        (bool | str | None, bool | str | None, Union, None, (bool, str), ()),
    ],
)
def test_the_shape_of_an_annotation(annotation: Any, core: Any, origin: Any, model: Any, members: Any,
                                    choices: Any) -> None:  # fmt: skip
    """What may be left out has the shape of what may be given; a union of several has members, a Literal choices."""
    found = shape(annotation)
    assert (found.core, found.origin, found.model, found.members, found.choices) == (
        core, origin, model, members, choices,
    )  # fmt: skip


def test_a_constraint_is_found_however_deep_it_is_wrapped() -> None:
    """The outer of two holds; those of an alternative to nothing count too; what is not said is None."""
    found = shape(Annotated[Annotated[int, Field(ge=2, le=9)] | None, Field(ge=3)])
    assert (found.extra("ge"), found.extra("le"), found.extra("lt")) == (3, 9, None)
    assert shape(Id).extra("pattern") == "^[a-z][a-z0-9_]*$"


def test_the_tag_of_a_union_is_a_key_or_a_function() -> None:
    """Both ways of writing a discriminator are read, on the annotation as in a field; other shapes have none."""

    def pick(written: Any) -> str:
        return "leaf" if written else "branch"

    tagged: Any = Annotated[Annotated[Leaf, Tag("leaf")] | Annotated[Branch, Tag("branch")], Discriminator(pick)]
    assert shape(Source).tag == "kind"
    assert shape(Annotated[Leaf | Branch, Field(discriminator="kind")]).tag == "kind"
    assert shape(Annotated[Leaf | Branch, Field(discriminator=Discriminator("kind"))]).tag == "kind"
    assert shape(tagged).tag is pick
    assert shape(VALUE).tag is None
    assert Shape(int, ()).tag is None
    assert shape(fields(Step)["attend"]).tag is None


def test_the_fields_of_a_model_are_as_they_were_annotated() -> None:
    """Nothing is added to a plain annotation, and a constraint or a tag is not lost."""
    assert fields(Branch) == {
        "kind": Literal["branch", "twig"],
        "leaf": Leaf | None,
        "more": dict[Id, tuple[Branch, ...]],
        "name": Name,
    }
    assert shape(fields(Work)["staff"]).extra("ge") == 1
    assert shape(fields(Fruit)["hangs"]).tag == "kind"
    assert shape(fields(Fruit)["weight"]).tag == shape(Amount).tag


def test_every_model_below_a_place_is_found_once_in_the_order_of_the_reading() -> None:
    """A model that stands in itself is no endless story, and None and plain values are no models."""
    assert models(Branch) == [Branch, Leaf, Name]
    assert models(dict[Id, Name | tuple[Leaf, ...]]) == [Name, Leaf]
    assert models(Literal["leaf"]) == []


@pytest.mark.parametrize(
    ("union", "data", "meant"),
    [
        (VALUE, True, bool),
        (VALUE, "x", str),
        (VALUE, 5, float),
        (VALUE, 2.5, float),
        (VALUE, {}, Bounds),
        (VALUE, [], None),
        (VALUE, None, None),
        (float | str, True, None),
        (int | tuple[int, ...], [1], tuple[int, ...]),
        (int | dict[str, int], {"a": 1}, dict[str, int]),
        (int | Literal["a"], "a", Literal["a"]),
        (int | Literal["a"], "any text", Literal["a"]),
        (tuple[int, ...] | Literal["a"], 5, None),
        (Source, {"kind": "law"}, Law),
        (Source, {"kind": "guide"}, Publication),
        (Source, {"kind": "rumour"}, None),
        (Source, {"title": "x"}, None),
        (Source, "law", None),
    ],
)
def test_data_means_the_member_of_a_union_that_it_fits(union: Any, data: Any, meant: Any) -> None:
    """By its form, a number as a float, any text as a word; by its tag where the union has one."""
    assert member(shape(union), data) == meant


def test_an_amount_means_its_distribution_by_the_one_key_it_has() -> None:
    """A number is a number; a key that names no distribution means none."""
    found: Any = shape(Amount)
    meant = {str(data): member(found, data) for data in (4, {"uniform": 3}, {"normal": 3})}
    assert {data: part and shape(part).core for data, part in meant.items()} == {
        "4": float, "{'uniform': 3}": Uniform, "{'normal': 3}": None,
    }  # fmt: skip


def test_the_tags_of_a_member_are_the_words_of_its_key_or_the_tags_it_is_marked_by() -> None:
    """One of a publication's three kinds means a publication; a distribution goes by its key."""
    union: Any = shape(Source)
    assert {part: tags(union, part) for part in union.members} == {
        Law: ("law",),
        Publication: ("plan", "notice", "guide"),
        Observation: ("statistic",),
        Assumption: ("assumption",),
    }
    amount: Any = shape(Amount)
    assert [tags(amount, part) for part in amount.members][:2] == [("number",), ("uniform",)]


@pytest.mark.parametrize(
    ("data", "loc", "location"),
    [
        ({}, (), Location((), Step)),
        ({"at": 5}, ("at",), Location(("at",), fields(Step)["at"], Step)),
        ({}, ("name",), Location(("name",), fields(Step)["name"], Step)),
        ({"name": {}}, ("name", "zh"), Location(("name", "zh"), fields(Name)["zh"], Name)),
        ({"nam": 5}, ("nam",), Location(("nam",), None, Step)),
        ({"nam": {"x": 5}}, ("nam", "x"), Location(("nam", "x"), None)),
        ({"after": {"A": "x"}}, ("after", "A", "[key]"), Location(("after", "A"), Id)),
        ({"after": {"a": 5}}, ("after", "a"), Location(("after", "a"), Id)),
        ({"yields": ["a", 5]}, ("yields", 1), Location(("yields", 1), Id)),
        ({"needs": [5]}, ("needs", 0, "material"), Location(("needs", 0), fields(Need)["material"], Need)),
        (
            {"needs": [{}]},
            ("needs", 0, "material"),
            Location(("needs", 0, "material"), fields(Need)["material"], Need),
        ),
        ({"yields": "a"}, ("yields", 0), Location(("yields",), fields(Step)["yields"], Step)),
        ({"when": {"a": 5}}, ("when", "a", "float"), Location(("when", "a"), float)),
        ({"when": {"a": 5}}, ("when", "a", "bool"), Location(("when", "a"), VALUE, stray=True)),
        ({"when": {"a": []}}, ("when", "a", "bool"), Location(("when", "a"), VALUE)),
        (
            {"when": {"a": {"upto": 1}}},
            ("when", "a", "function-after[_some(), Bounds]", "upto"),
            Location(("when", "a", "upto"), None, Bounds),
        ),
        ({"work": {"hours": "5"}}, ("work", "hours", "number"), Location(("work", "hours"), NUMBER, Work)),
        (
            {"work": {"hours": {"normal": 5}}},
            ("work", "hours"),
            Location(("work", "hours"), fields(Work)["hours"], Work),
        ),
        (
            {"work": {"hours": {"pert": [1]}}},
            ("work", "hours", "pert", "pert", 1),
            Location(("work", "hours", "pert"), fields(Pert)["pert"], Pert),
        ),
    ],
)
def test_a_fault_stands_where_the_planner_wrote(data: Any, loc: tuple[str | int, ...], location: Location) -> None:
    """The place, what is wanted there, in which model, and whether the fault is of a form that was not meant."""
    assert locate(Step, data, loc) == location


@pytest.mark.parametrize(
    ("model", "data", "loc", "location"),
    [
        (Fruit, {"pair": ["x", 5]}, ("pair", 0), Location(("pair", 0), int)),
        (Fruit, {"pair": ["x", 5]}, ("pair", 1), Location(("pair", 1), str)),
        (Fruit, {"hangs": {"kind": "leaf", "x": 1}}, ("hangs", "leaf", "x"), Location(("hangs", "x"), None, Leaf)),
        (Opening, {"days": 5}, ("days", "literal['workdays','every_day']"), Location(("days",), DAYS, Opening)),
        (Opening, {"days": "x"}, ("days", "tuple[literal['mon'], ...]"), Location(("days",), DAYS, Opening, True)),
        (
            Opening,
            {"days": "x"},
            ("days", "literal['workdays','every_day']"),
            Location(("days",), Literal["workdays", "every_day"], Opening),
        ),
    ],
)
def test_a_fault_in_one_of_several_forms(model: Any, data: Any, loc: tuple[str | int, ...], location: Location) -> None:
    """The items of a pair differ; data of no form is wanted in any of them, a fault of another form is stray."""
    assert locate(model, data, loc) == location
