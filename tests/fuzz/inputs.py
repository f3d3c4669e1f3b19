"""The inputs of a campaign: each by its number, the same for everybody."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from tests.fuzz.born import born
from tests.fuzz.mutations import spoiled
from tests.fuzz.seeds import Seed, seeds

ROOMS = 0.02, 0.7
"""Up to where of 1 inputs are spoiled libraries of a scenario, up to where spoiled small ones; then some are born."""
LITTER = 8
"""Inputs in a row that are made of one library; one that is born is itself the first of them."""


@dataclass(frozen=True)
class Input:
    """A library to be tried."""

    name: str
    """What it was made of."""
    files: Mapping[str, str]


def made(seed: int, number: int, *, small: bool = False) -> Input:
    """The input of a campaign that has this number; `small` ones only are made of small libraries."""
    held, draw = _held(seed, number // LITTER, small), Random(f"{seed}/{number}")
    if held.name == BORN and number % LITTER == 0:
        return plain(held)
    file = draw.choice(held.own if draw.random() < _OWN else list(held.files))
    donor = held.files[draw.choice(held.own)]
    return Input(f"{held.name}, spoiled {file}", {**held.files, file: spoiled(held.files[file], draw, donor)})


@lru_cache(maxsize=1)
def _held(seed: int, litter: int, small: bool) -> Seed:
    """The library of which a litter is made."""
    draw = Random(f"{seed}/litter {litter}")
    room = draw.random()
    if room >= ROOMS[1]:
        files = born(draw)
        return Seed(BORN, files, tuple(files))
    from_few = small or room >= ROOMS[0]
    return draw.choice([found for found in seeds() if len(found.files) < _SMALL or not from_few])


BORN = "born"
_SMALL = 12
"""Files of a small library."""
_OWN = 0.85
"""How often one of the scenario's own files is spoiled, and not one that all share."""


class Desk:
    """A folder in which one library after another lies; files that stay the same are not written again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._there: dict[str, str] = {}

    def lay(self, files: Mapping[str, str]) -> Path:
        """Lay the files of a library, and no others, into the folder, and return it."""
        if not self._there:
            shutil.rmtree(self.folder, ignore_errors=True)
        for name in self._there.keys() - files:
            (self.folder / name).unlink()
        for name, text in files.items():
            if self._there.get(name) != text:
                path = self.folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        self._there = dict(files)
        return self.folder


def plain(seed: Seed) -> Input:
    """A library as it is."""
    return Input(seed.name, seed.files)
