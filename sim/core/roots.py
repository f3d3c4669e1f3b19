"""Where the library lies that the commands read, and where they write their reports."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
CHECKOUT = PACKAGE.parent
"""What stands beside the package: the rest of the project, unless the package was installed."""
SHIPPED = PACKAGE / "shipped"
"""The library inside an installed package; a checkout has none."""


def library_root(given: Path | None = None) -> Path:
    """Return the folder with `processes/` and `scenarios/`: the given, current or checkout's one, else the shipped."""
    return given or next(filter(_holds_library, (Path.cwd(), CHECKOUT)), SHIPPED)


def reports_folder(root: Path) -> Path:
    """Return the folder for reports: below the root, or below the current folder if the root is the shipped library."""
    # An installed package may be read-only, and nobody would look for a report inside it.
    return (Path.cwd() if root == SHIPPED else root) / "reports"


def _holds_library(folder: Path) -> bool:
    return (folder / "processes").is_dir() and (folder / "scenarios").is_dir()
