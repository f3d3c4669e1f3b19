"""Writing files whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from sim.core.errors import PlannerError


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it is never seen half written; text is written as UTF-8.

    The content goes to a second file in the same folder, which then takes the place of the first. Raises
    PlannerError where the folder cannot be written; what stood there before then stands there still.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        beside.replace(path)
    except OSError as error:
        raise PlannerError(f"{path} cannot be written: {error.strerror}; choose another folder") from error
    finally:
        beside.unlink(missing_ok=True)
