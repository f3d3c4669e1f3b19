"""The Chinese font of the page, cut down to the characters in use, so that it reads on a machine without one."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from sim.core.cache import keep, kept

FAMILY = "Noto Sans SC"


@lru_cache(maxsize=1)
def font_file() -> Path:
    """The font inside the package zhplot, which is not imported, for importing it changes matplotlib's settings."""
    found = importlib.util.find_spec("zhplot")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("the package zhplot, which carries the Chinese font, is not installed")
    return Path(next(iter(found.submodule_search_locations))) / "fonts" / "NotoSansSC-Regular.ttf"


def face(characters: Iterable[str]) -> str:
    """A style rule that carries the font with the characters given; the same bytes for the same characters."""
    data = base64.b64encode(subset(frozenset(characters))).decode("ascii")
    return f'@font-face{{font-family:"{FAMILY}";src:url(data:font/woff2;base64,{data}) format("woff2")}}'


@lru_cache(maxsize=8)
def subset(characters: frozenset[str]) -> bytes:
    """The font with those of the characters that it has, as WOFF2; cut once, and kept for pages with the same."""
    name = f"font-{_made_from(characters)}"
    found = kept(name)
    if found is None:
        found = _cut(characters)
        keep(name, found)
    return found


def _made_from(characters: frozenset[str]) -> str:
    """The hash of the characters, the font, and what cuts it."""
    found = hashlib.sha256("".join(sorted(characters)).encode())
    for part in ("fonttools", "brotli"):
        found.update(f" {part} {version(part)} ".encode())
    with font_file().open("rb") as font:
        found.update(hashlib.file_digest(font, "sha256").digest())
    return found.hexdigest()


def _cut(characters: frozenset[str]) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.flavor, options.hinting, options.layout_features = "woff2", False, ["kern", "locl"]
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright and licence go with every copy
    with TTFont(font_file(), lazy=True, recalcTimestamp=False) as font:
        cutter = Subsetter(options)
        cutter.populate(unicodes=sorted(map(ord, characters)))
        cutter.subset(font)
        font.flavor = "woff2"
        written = BytesIO()
        font.save(written, reorderTables=True)
        return written.getvalue()
