"""What commands may be told: the options that several of them take, each in one form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.core.errors import PlannerError
from sim.core.tongues import language


class _Place(click.Path):
    """A file or a folder to write; one without a name is a slip, as of a shell whose variable is not set."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; raises PlannerError."""
        if value == "" and param:
            raise PlannerError(f"{param.opts[0]}: the name is empty; give one, or leave {param.opts[0]} out")
        return super().convert(value, param, ctx)


PLACE = _Place(path_type=Path)
seed_option = click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Seed of the random numbers."
)
workers_option = click.option("--workers", type=click.IntRange(min=1), default=lambda: cores(), help="Processes.",
                              show_default="one per core", callback=lambda *given: working(given[-1]))  # fmt: skip
timings_option = click.option("--timings", is_flag=True, help="Print at the end where the time went, phase by phase.")
quick_option = click.option("--quick", is_flag=True, help="Table and verdicts only; nothing is written.")
runs_option = click.option(
    "--runs", type=click.IntRange(min=2), help="Replications; as many as the verdicts need when left out."
)
worlds_option = click.option(
    "--worlds",
    type=click.IntRange(min=0),
    help="Worlds drawn from the assumptions, 0 for none; when left out those on record, else 100.",
)
report_option = click.option("--out", type=PLACE, help="Folder to write; reports/SCENARIO when left out.")
json_option = click.option("--json", "json_file", type=PLACE, help="File for everything that was found.")
csv_option = click.option("--csv", "csv_file", type=PLACE, help="File for the table.")
chart_option = click.option("--out", type=PLACE, help="Folder for the chart; reports/SCENARIO when left out.")
charts_option = click.option("--out", type=PLACE, help="Folder for the charts; reports/SCENARIO when left out.")
own_chart_option = click.option("--out", type=PLACE, help="Folder for the chart; none is drawn when left out.")
lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default=language,
    show_default="that of the environment, else zh",
    help="Language of what is told.",
)
"""The language of screens, pages and files, for commands that tell more than messages in it."""
tongue_option = click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False,
                             show_default="that of the environment", help="Language of what is told.")  # fmt: skip
"""The language of messages alone, which the command need not know: it is found by `tongues.tongue`."""


def cores() -> int:
    """Return how many processes can work at once here."""
    from sim.core.workers import cores as found

    return found()


def working(workers: int) -> int:
    """Return so many processes, if they can work together; raises PlannerError."""
    from sim.core.doors import try_meeting

    try_meeting(workers)
    return workers
