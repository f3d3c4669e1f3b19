"""The inputs of a campaign: each by its number, the same for everybody."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.fuzz.born import born
from tests.fuzz.mutations import spoiled
from tests.fuzz.seeds import Seed, seeds

ROOMS = 0.25, 0.6
"""Up to where of 1 an input is a spoiled library of a scenario, up to where a spoiled small one; then one is born."""


@dataclass(frozen=True)
class Input:
    """A library to be tried."""

    name: str
    """What it was made of."""
    files: Mapping[str, str]


def made(seed: int, number: int) -> Input:
    """The input of a campaign that has this number."""
    draw = Random(f"{seed}/{number}")
    room = draw.random()
    if room >= ROOMS[1]:
        files = born(draw)
        if draw.random() < 0.5:
            return Input("born", files)
        file = draw.choice(list(files))
        return Input(f"born, spoiled {file}", {**files, file: spoiled(files[file], draw, files["processes/g/p.yaml"])})
    small = [found for found in seeds() if len(found.files) < _SMALL]
    seed_ = draw.choice(small if room >= ROOMS[0] else seeds())
    file = draw.choice(seed_.own if draw.random() < _OWN else list(seed_.files))
    donor = seed_.files[draw.choice(seed_.own)]
    return Input(f"{seed_.name}, spoiled {file}", {**seed_.files, file: spoiled(seed_.files[file], draw, donor)})


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
