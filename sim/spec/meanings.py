"""What the keys of a model mean: the text below each field, read from the code when somebody asks.

Pydantic would read it while the models are defined, which takes as long as all the rest of their definition.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


@cache
def meanings(model: type[BaseModel]) -> Mapping[str, str]:
    """Return key → the text below its field in the code of the model, or of the one that it has the field from.

    A text has one line, however it is written.
    """
    found: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if issubclass(part, BaseModel) and part is not BaseModel:
            found |= _written(part)
    return {field.alias or name: found[name] for name, field in model.model_fields.items() if name in found}


def _written(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(tree, ast.ClassDef)
    for field, below in pairwise(tree.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and _is_text(below):
            yield field.target.id, " ".join(below.value.value.split())  # type: ignore[attr-defined]


def _is_text(below: ast.stmt) -> bool:
    return isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
