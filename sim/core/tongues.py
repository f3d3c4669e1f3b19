"""In which language whoever reads is told: the one that the command line asks for, else that of the environment."""

from __future__ import annotations

import os
import re
import sys
from typing import Literal

Tongue = Literal["zh", "en"]
_LANG = re.compile(r"\0--lang[=\0](zh|en)(?=\0|$)")
"""The language that is asked for, among the words of a command line."""


def tongue() -> Tongue:
    """The language of messages: as asked for, else Chinese where the environment is, else English."""
    return _asked() or ("zh" if spoken().startswith("zh") else "en")


def language() -> Tongue:
    """The language of screens and pages: as asked for, else English where the environment is, else Chinese."""
    return _asked() or ("en" if spoken().startswith("en") else "zh")


def spoken() -> str:
    """The locale of the environment for messages."""
    return next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")


def _asked() -> Tongue | None:
    """The language on the command line, which is looked for before it is understood: it may be wrong elsewhere."""
    found = _LANG.findall("\0".join(sys.argv))
    return ("zh" if found[-1] == "zh" else "en") if found else None
