"""What every part of a spec is made of: strict frozen models, bilingual names, evidence."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
"""A date, YYYY-MM-DD."""


class Model(BaseModel):
    """A strict, frozen part of a spec in which an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The schema, with what each key means."""
        from sim.spec.meanings import meanings

        schema = handler(core_schema)
        whole = handler.resolve_ref_schema(schema)
        for key, meaning in meanings(cls).items():
            whole["properties"][key]["description"] = meaning
        return schema


class Name(Model):
    """What a thing is called in Chinese and in English."""

    zh: Text
    """The official Chinese name."""
    en: Text
    """An English name for readers of the English report."""


Prose = Text | Name
"""A sentence: in the language of who wrote it, or `{zh: …, en: …}` so that either report tells it in its own."""


def english(prose: Prose) -> str:
    """The sentence as files in no language have it: in English where it is in both."""
    return prose if isinstance(prose, str) else prose.en
