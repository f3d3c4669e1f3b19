"""How a source is cited in one line."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.spec.findings import Finding, undated
from sim.spec.sources import Source, SourceBook

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


def test_a_document_has_a_year_a_month_or_a_day_and_a_rule_a_first_day() -> None:
    """A month alone is a date of a document, but not the day on which a rule begins."""
    dates = {"year": "2022", "month": "2022-12", "day": "2022-12-29", "no_month": "2022-13", "no_day": "2022-02-30"}
    documents = {key: PLAN | {"date": date} for key, date in dates.items()}
    rules = {"rule": LAW | {"valid_from": "2020-03-01"}, "vague": LAW | {"valid_from": "2020-03"}, "old": LAW}
    book = SourceBook.model_validate({"sources": documents | rules | {"late": PLAN | {"valid_from": "20230101"}}})
    wanted = "wanted a date YYYY, YYYY-MM or YYYY-MM-DD, found"
    assert list(undated(book)) == [
        Finding(("sources", "no_month", "date"), f"{wanted} '2022-13'"),
        Finding(("sources", "no_day", "date"), f"{wanted} '2022-02-30'"),
        Finding(("sources", "vague", "valid_from"), "wanted a date YYYY-MM-DD, found '2020-03'"),
        Finding(("sources", "late", "valid_from"), "wanted a date YYYY-MM-DD, found '20230101'; write 2023-01-01"),
    ]
