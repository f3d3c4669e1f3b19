"""Which library a command reads, and where its reports go."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.core import roots


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, with the package installed in another that has nothing of a checkout."""
    here, packages = tmp_path / "here", tmp_path / "packages"
    for folder in (here, packages):
        folder.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(roots, "CHECKOUT", packages)
    monkeypatch.setattr(roots, "SHIPPED", packages / "sim/shipped")
    return here


def with_library(folder: Path) -> Path:
    """The folder, made to hold both parts of a library."""
    for part in ("processes", "scenarios"):
        (folder / part).mkdir(parents=True)
    return folder


def test_a_given_folder_goes_before_all_others(installed: Path, tmp_path: Path) -> None:
    """What a planner names is used, whether it holds a library or not, so that a mistake is told of."""
    with_library(installed)
    assert roots.library_root(tmp_path / "named") == tmp_path / "named"


def test_the_current_folder_goes_before_the_checkout(installed: Path) -> None:
    """A planner's own library is used where the command is called."""
    with_library(installed)
    with_library(roots.CHECKOUT)
    assert roots.library_root() == installed


@pytest.mark.parametrize("part", ["processes", "scenarios"])
def test_half_a_library_in_the_current_folder_is_none(installed: Path, part: str) -> None:
    """A folder with only one of the two parts is passed over."""
    (installed / part).mkdir()
    with_library(roots.CHECKOUT)
    assert roots.library_root() == roots.CHECKOUT


def test_an_installed_package_reads_the_library_that_it_ships(installed: Path) -> None:
    """Where neither the current folder nor a checkout holds a library, the shipped one is left."""
    assert roots.library_root() == roots.SHIPPED


def test_a_checkout_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`run.py` of this project, called from elsewhere, reads this project."""
    monkeypatch.chdir(tmp_path)
    assert roots.library_root() == Path(__file__).parents[1]


def test_reports_stand_beside_the_library_they_are_about(installed: Path, tmp_path: Path) -> None:
    """Reports go below the root, but never into an installed package."""
    assert roots.reports_folder(tmp_path / "named") == tmp_path / "named/reports"
    assert roots.reports_folder(roots.SHIPPED) == installed / "reports"
