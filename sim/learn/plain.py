"""Everything that was found, as plain data for other programs."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

from sim.learn.forecasting.validation import Validation
from sim.learn.looking import Found
from sim.learn.measuring.everything import Findings
from sim.learn.summary import summary


def everything_json(findings: Findings, problems: list[Found], validation: Validation | None) -> str:
    """Return what was found as JSON; what is no number is null, and no name of a person is in it."""
    log = findings.replay.log
    steps = log.steps
    data: dict[str, Any] = {
        "records": {"files": [asdict(origin) for origin in log.origins], "period": list(log.period),
                    "cases": len(log.cases), "applications": len(log.applications), "events": len(log.events)},
        "problems": [asdict(problem) for problem in problems],
        "learnt": [asdict(found) for found in findings.learnt],
        "days": [asdict(row) for row in summary(findings.replay)],
        "orders": [asdict(order) for order in findings.orders],
    }  # fmt: skip
    if validation is not None:
        told = asdict(validation)
        for row in told["distances"]:
            row["what"] = steps[int(row["what"])] if row["what"].isdigit() else row["what"]
        data["forecast"] = {**told, "split": str(validation.split), "last": str(validation.last)}
    return json.dumps(_finite(data), ensure_ascii=False, indent=1) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    return [_finite(inner) for inner in value] if isinstance(value, list | tuple) else value
