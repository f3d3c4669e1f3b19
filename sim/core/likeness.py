"""Which known names a misspelt one is like: found quickly also among very many."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_LOOKED_AT = 20
"""Names that are compared letter by letter: of more, those that share most letters."""


def close_matches(name: str, known: Iterable[str], n: int, cutoff: float) -> list[str]:
    """Return at most `n` known names that are like a name, the likest first, as `difflib.get_close_matches` does.

    Of many names only those are looked at closely that have the most letters in common with it: comparing thousands
    of misspelt names with hundreds of known ones would take minutes.
    """
    names = tuple(known)
    if len(names) > _LOOKED_AT:
        letters = Counter(name)
        shared = {k: 2 * (letters & of_k).total() / max(len(k) + len(name), 1) for k, of_k in _letters(names).items()}
        names = tuple(sorted((k for k in shared if shared[k] >= cutoff), key=lambda k: -shared[k])[:_LOOKED_AT])
    return difflib.get_close_matches(name, names, n=n, cutoff=cutoff)


@lru_cache(maxsize=64)
def _letters(names: tuple[str, ...]) -> dict[str, Counter[str]]:
    return {name: Counter(name) for name in names}
