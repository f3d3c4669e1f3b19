"""The files that a command is asked to write its answer to, beside what it prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.core.doors import Door
from sim.core.files import write_whole


@dataclass(frozen=True)
class Files:
    """Where everything that was found is to be written, and where the table; None for nowhere."""

    json: Path | None
    csv: Path | None

    @property
    def doors(self) -> list[Door]:
        """The doors of those that are asked for."""
        return [Door(word, file) for word, file in (("--json", self.json), ("--csv", self.csv)) if file]

    def hand_over(self, json: Callable[[], str], csv: Callable[[], str]) -> None:
        """Write those that are asked for; only their texts are made. Raises PlannerError where one cannot be."""
        for file, text in ((self.json, json), (self.csv, csv)):
            if file:
                write_whole(file, text())
