"""The page of a comparison as a PDF, printed by the browser of the machine."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping

from sim.analysis.answers import Remedy
from sim.core.errors import PlannerError
from sim.core.files import for_a_while, installed
from sim.decide.attributed import Attribution
from sim.report.output import report
from sim.report.page.context import Context

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
"""Programs that print a page without a screen, the first that is there."""
_PATIENCE = 120
"""Seconds within which a page is printed."""
_DATED = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)[^)]*\)")
"""Where a PDF says when it was written."""
_HOUR = b"19800101000000+00'00'"


def browser() -> str:
    """Return the browser of the machine; raises PlannerError where there is none."""
    found = installed(*BROWSERS)
    if found is None:
        names = "Chromium, Chrome or Edge"
        raise PlannerError(f"--to pdf: the page is printed by a browser, and there is none; install {names}, or "
                           "print index.html of `compare` from any browser")  # fmt: skip
    return found


def pdf(context: Context, remedies: Mapping[str, Remedy], bought: Attribution | None = None) -> bytes:
    """Return the page as the browser prints it, without a date; raises PlannerError where it cannot."""
    program = browser()
    with for_a_while() as folder:
        page = report(context.comparison, folder / "page", lang=context.lang, remedies=remedies, bought=bought)
        file = folder / "page.pdf"
        rooted = ["--no-sandbox"] if hasattr(os, "geteuid") and not os.geteuid() else []  # it would not start else
        command = [program, "--headless", "--disable-gpu", *rooted, "--no-pdf-header-footer",
                   f"--user-data-dir={folder}/profile", f"--print-to-pdf={file}", page.as_uri()]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
            return undated(file.read_bytes())
        except (OSError, subprocess.SubprocessError) as error:
            raise PlannerError(f"--to pdf: {program} did not print the page ({error}); print index.html of `compare`"
                               " from another browser") from error  # fmt: skip


def undated(content: bytes) -> bytes:
    """Return a PDF whose dates are those of the first hour, at the same places in the file."""

    def same(found: re.Match[bytes]) -> bytes:
        room = len(found[0]) - len(found[1]) - 1
        return found[1] + _HOUR[:room].ljust(room) + b")"

    return _DATED.sub(same, content)
