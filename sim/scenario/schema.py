"""JSON Schemas of the kinds of files, from their models: with them an editor completes and checks a spec."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from sim.scenario.files import FILES


class _Plain(GenerateJsonSchema):
    """Schemas as files are written: no null, which is a fault, and no titles that only repeat a key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return that no field has a title."""
        del schema
        return False

    def nullable_schema(self, schema: Any) -> dict[str, Any]:
        """Return the schema of what stands there when something does."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> dict[str, Any]:
        """Return the schema with its default, if that can be written."""
        plain = super().default_schema(schema)
        return {key: value for key, value in plain.items() if key != "default" or _is_plain(value)}


def _is_plain(value: Any) -> bool:
    return isinstance(value, bool | int | float | str)


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the name of each schema file → the schema, draft 2020-12, of a kind of file."""
    dialect = {"$schema": GenerateJsonSchema.schema_dialect}
    return {kind.schema: dialect | kind.model.model_json_schema(schema_generator=_Plain) for kind in FILES.values()}
