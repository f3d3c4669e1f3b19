"""Characters that nobody sees, by their names."""

from __future__ import annotations

import unicodedata

_SPACES = {"\u3000": "full-width space", "\xa0": "no-break space"}
INVISIBLE = (
    "\u3000\xa0\xad\u034f\u061c\u115f\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u206f\u3164\ufeff"
)
"""Inside the brackets of a regular expression: spaces other than the plain one, and what takes no room at all."""


def called(character: str) -> str:
    """What an invisible character is called, with its number, such as no-break space (U+00A0)."""
    name = _SPACES.get(character) or unicodedata.name(character, "invisible character").lower()
    return f"{name} (U+{ord(character):04X})"
