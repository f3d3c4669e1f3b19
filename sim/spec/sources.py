"""Where a number comes from: laws, publications, observations, assumptions."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.spec.base import Id, Model, Name, Prose, Text, english


class Law(Model):
    """A statute or regulation, cited by title and article."""

    kind: Literal["law"]
    """`law`."""
    title: Text
    """Title of the statute, without book-title marks."""
    article: Text
    """Article, for example 第四十二条."""
    number: str | None = None
    """Document number, for example 住建部令第51号."""
    date: str | None = None
    """Date of the version cited, YYYY or YYYY-MM or YYYY-MM-DD."""
    valid_from: str | None = None
    """First date on which the rule applies, YYYY-MM-DD; a run that starts earlier may not use it."""
    valid_to: str | None = None
    """Last date on which the rule applies, YYYY-MM-DD; a run that starts later may not use it."""
    succeeded_by: Text | None = None
    """What took its place after `valid_to` and was not read: a run that starts later goes on by the old rule, and says
    so."""
    checked: Literal["read", "recalled"] = "read"
    """Whether the text was read, or is cited from memory and should be checked first."""
    note: Prose | None = None
    """What a reader has to know about this citation."""

    @property
    def citation(self) -> str:
        """The citation as one line."""
        return f"{self.title}{self.article}" + (f"（{self.number}）" if self.number else "")


class Publication(Model):
    """A plan, notice or guide that a government or a company published."""

    kind: Literal["plan", "notice", "guide"]
    """`plan`, `notice` or `guide`."""
    title: Text
    """Title of the document."""
    date: Text
    """Date of the document, YYYY or YYYY-MM or YYYY-MM-DD."""
    section: Text
    """Section, item or table in which the figure stands."""
    number: str | None = None
    """Document number, for example 运盐政发〔2022〕5号."""
    valid_from: str | None = None
    """First date on which the rule applies, YYYY-MM-DD."""
    valid_to: str | None = None
    """Last date on which the rule applies, YYYY-MM-DD."""
    succeeded_by: Text | None = None
    """What took its place after `valid_to` and was not read: a run that starts later goes on by the old rule, and says
    so."""
    note: Prose | None = None
    """What a reader has to know about this citation."""

    @property
    def citation(self) -> str:
        """The citation as one line."""
        number = f"（{self.number}）" if self.number else ""
        return f"{self.title}{number}，{self.date}，{self.section}"


class Observation(Model):
    """A measured figure: somebody published it, or it was found in a city's own records."""

    kind: Literal["statistic"]
    """`statistic`."""
    title: Text
    """Title of the publication."""
    date: Text
    """Date or year of the figure."""
    section: Text
    """Where in the publication the figure stands."""
    note: Prose | None = None
    """What a reader has to know about this figure."""
    sha256: str | None = None
    """Of the file of records that it was measured from."""
    period: tuple[Text, Text] | None = Field(default=None, strict=False)
    """First and last day of those records."""
    n: int | None = None
    """Observations that it rests on."""
    interval: tuple[float, float] | None = Field(default=None, strict=False)
    """What the records leave open: 95 % interval of the figure, in its own unit."""
    method: Text | None = None
    """How it was found in them."""

    @property
    def measured(self) -> bool:
        """Whether it was found in a city's own records."""
        return self.sha256 is not None

    @property
    def range(self) -> tuple[float, float]:
        """What the records leave open; nothing is left open of a figure that was published."""
        return self.interval or (math.nan, math.nan)

    @property
    def why(self) -> str:
        """What it rests on, in a phrase."""
        return f"{self.citation}, n = {self.n}, {self.method}" if self.measured else self.citation

    @property
    def citation(self) -> str:
        """The citation as one line."""
        return f"{self.title}，{self.date}，{self.section}"


class Assumption(Model):
    """A number nobody published: why this one, and between which values it may lie."""

    kind: Literal["assumption"]
    """`assumption`."""
    name: Name | None = None
    """What the number is, for reports; its key is told where it has no name."""
    why: Prose
    """The reason for the number."""
    range: tuple[float, float] = Field(strict=False)
    """Plausible lowest and highest value, in the unit of the number it supports."""

    @model_validator(mode="after")
    def _ordered(self) -> Assumption:
        if self.range[0] > self.range[1]:
            raise ValueError(f"the range must go from low to high, found {list(self.range)}; swap the two")
        return self

    @property
    def citation(self) -> str:
        """The reason and the range as one line, for files in no language; in English where there are both."""
        low, high = (f"{x:g}" for x in self.range)
        return f"{english(self.why)}（{low}–{high}）"


Source = Annotated[Law | Publication | Observation | Assumption, Field(discriminator="kind")]
"""Where a number comes from."""


class Sourced(Model):
    """A number, or numbers, with the key of the source they come from."""

    source: Id
    """Key of an entry under `sources` of this file or of processes/sources.yaml."""


Uncertain = Assumption | Observation
"""What leaves a number open: an assumption its range, a measurement its interval."""


def possible(source: Source) -> tuple[float, float] | None:
    """Return between which values a number may lie: the range of an assumption, the interval of a measurement."""
    if isinstance(source, Assumption):
        return source.range
    return source.interval if isinstance(source, Observation) else None


def standing(source: Source) -> str:
    """Return the kind of a source, where what was measured in a city's own records is a kind of its own."""
    return "measured" if isinstance(source, Observation) and source.measured else source.kind


class SourceBook(Model):
    """The sources that all files share."""

    sources: dict[Id, Source]
    """Key → source."""
