"""What is told of the settings that a planner tries, in words that screen, page and commands share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.records.tables import Staff
from sim.report.words import Lang, say
from sim.scenario.prepared import Prepared
from sim.scenario.settings import Made


def setting_words(lang: Lang, prepared: Prepared, staff: Staff) -> Iterator[str]:
    """Yield a sentence for every value that is set, and for the officers that follow from a demand that is."""
    for made in prepared.settings.made:
        old, new = values(made, staff)
        fields = {"owner": made.owner, "path": made.path, "old": _shown(old), "new": _shown(new)}
        yield say(lang, "set_value", setting=f"--set {made.setting}", **fields)
    told = {made.officers for made in prepared.settings.made}
    moved = {k: n for k, n in staff.officers.items() if k not in told and n != staff.today.get(k, n)}
    if moved:
        changes = (f"{d}.{r} {staff.today[d, r]} → {n}" for (d, r), n in sorted(moved.items()))
        yield say(lang, "staff_follows", changes=say(lang, "list_and").join(changes))


def values(made: Made, staff: Staff) -> tuple[Any, Any]:
    """What was there and what is there now; of officers whom no file counts, how many there are."""
    if made.officers is None:
        return made.old, made.new
    return staff.today[made.officers], staff.officers[made.officers]


def _shown(value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_shown(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return f"{value:g}" if isinstance(value, float) else str(value)
