"""How a source is cited in one line."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.spec.sources import Source

READ: TypeAdapter[Any] = TypeAdapter(Source)
LAW = {"kind": "law", "title": "行政许可法", "article": "第四十二条"}
PLAN = {"kind": "plan", "title": "试点方案", "date": "2022-12", "section": "第三节"}


@pytest.mark.parametrize(
    ("source", "citation"),
    [
        (LAW, "行政许可法第四十二条"),
        (LAW | {"number": "主席令第7号"}, "行政许可法第四十二条（主席令第7号）"),
        (PLAN, "试点方案，2022-12，第三节"),
        (PLAN | {"number": "运盐政发〔2022〕5号"}, "试点方案（运盐政发〔2022〕5号），2022-12，第三节"),
        ({"kind": "statistic", "title": "年鉴", "date": "2024", "section": "表3"}, "年鉴，2024，表3"),
        ({"kind": "assumption", "why": "没有公开数据", "range": (0.05, 30)}, "没有公开数据（0.05–30）"),
    ],
)
def test_a_source_is_cited_by_what_finds_it(source: dict[str, Any], citation: str) -> None:
    """A law by title and article, a document by title, date and section, a number if any; a guess by its range."""
    assert READ.validate_python(source).citation == citation


def test_the_range_of_an_assumption_goes_from_low_to_high() -> None:
    """A range of one value is allowed, one that goes backwards is not."""
    guess = {"kind": "assumption", "why": "没有公开数据"}
    assert READ.validate_python(guess | {"range": (5, 5)}).range == (5, 5)
    with pytest.raises(ValidationError) as error:
        READ.validate_python(guess | {"range": (9, 5)})
    assert [e["msg"] for e in error.value.errors()] == [
        "Value error, the range must go from low to high, found [9.0, 5.0]; swap the two"
    ]
