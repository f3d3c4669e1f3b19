"""The form of a noun that goes with a number, by the plural rules of the Unicode CLDR."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from string import Formatter
from typing import Any

_LAST = re.compile(r"(?<![\d.])\d+(?:\.\d+)?$")
"""The number at the end of a text, as it is written."""


def agreeing(number: object, forms: str) -> str:
    """Of `one|many` the form that goes with a number; where a text ends with one, with that, as written: 1.0 is many.

    Forms without a bar, as all Chinese ones are, go with every number.
    """
    written = _LAST.search(str(number))
    return forms.partition("|")[0] if written and _category(written.group()) == "one" else many(forms)


def many(forms: str) -> str:
    """Of `one|many` the form for many, by which a thing is named without a number."""
    return forms.rpartition("|")[2]


@lru_cache
def _category(written: str) -> str:
    """The English plural category of a number; the library is read when the first number asks for it."""
    from babel import Locale

    return Locale.parse("en").plural_form(Decimal(written))


class Agreeing(Formatter):
    """Fills {fields} in; {n:case|cases} stands for the form of the noun that goes with n."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        """The field as text."""
        return agreeing(value, format_spec) if "|" in format_spec else super().format_field(value, format_spec)
