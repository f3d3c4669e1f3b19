"""What a planner tried, as a scenario file of its own: it validates, and says in what it differs."""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.core.errors import PlannerError
from sim.scenario.library import Library
from sim.scenario.load import load_document
from sim.scenario.scenario import Scenario
from sim.scenario.settings import written
from sim.text import yamlio

ENDING = "_tried"


def file_name(scenario: str) -> str:
    """The name of the file that what was tried on a scenario is saved in."""
    return f"{scenario}{ENDING}.yaml"


def saved(path: Path, library: Library, settings: Sequence[str], folder: Path) -> tuple[str, str]:
    """Return the text of a scenario with what was tried, to be written into a folder, and its difference.

    What is set in other files (of the place, of a process) cannot stand in a scenario: it stands in the first lines as
    the settings to run it with. Raises PlannerError where a setting means nothing, SpecError where it would not
    validate.
    """
    before, after, made = written(path, library, settings)
    elsewhere = list(dict.fromkeys(one.setting for one in made))
    name = file_name(str(after.data["id"]))
    data = {**after.data, "id": Path(name).stem}
    _from_there(data, path.parent, folder)
    plain = yamlio.dump(data)
    old, new = yamlio.dump(before.data).splitlines(), plain.splitlines()
    changed = difflib.unified_diff(old, new, path.name, name, lineterm="")
    text = _head(elsewhere) + plain
    load_document(folder / name, yamlio.parse(text, name), Scenario, library)
    return text, "\n".join([*changed, *(f"# --set {setting}" for setting in elsewhere)])


def _head(elsewhere: Sequence[str]) -> str:
    """The first lines: what the file is, and what does not stand in it."""
    lines = ["What was tried, as a scenario of its own; the comments of the file it was made from stand there."]
    if elsewhere:
        lines += ["These stand in other files; run it with:", *(f"  --set {setting}" for setting in elsewhere)]
    return "".join(f"# {line}\n" for line in lines)


def _from_there(data: dict[str, Any], before: Path, now: Path) -> None:
    """Let the names of files lead from the new folder to where they led before."""
    if "calendar" in data:
        data["calendar"] = _led(data["calendar"], before, now)
    for process, demand in data["demand"].items():
        if isinstance(demand.get("arrivals"), str):
            data["demand"] = {**data["demand"], process: {**demand, "arrivals": _led(demand["arrivals"], before, now)}}


def _led(name: str, before: Path, now: Path) -> str:
    try:
        return Path(os.path.relpath((before / name).resolve(), now.resolve())).as_posix()
    except ValueError as error:  # another drive
        raise PlannerError(f"{name} cannot be reached from {now}; choose another folder") from error
