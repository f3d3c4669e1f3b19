"""Click's own words ("Usage:", "No such option …") in the language of who reads them, by the domain that it looks up.

`locale/zh/LC_MESSAGES/click.mo` is made of the catalogue beside it: `pybabel compile -D click -d sim/cli/locale`.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.report.words import Lang

LOCALES = Path(__file__).parent / "locale"
DOMAIN = "click"
_ASKED = "LANGUAGE"
"""The variable by which gettext is told of a language before all that speak of the locale."""


@contextmanager
def clicks_words_in(lang: Lang) -> Iterator[None]:
    """Have Click speak a language meanwhile."""
    before, domain = os.environ.get(_ASKED), gettext.textdomain()
    gettext.bindtextdomain(DOMAIN, LOCALES)
    gettext.textdomain(DOMAIN)
    os.environ[_ASKED] = lang
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ[_ASKED]
        else:
            os.environ[_ASKED] = before
