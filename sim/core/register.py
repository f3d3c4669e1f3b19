"""A register: records of one sort by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar


class Record(Protocol):
    """What can stand in a register."""

    @property
    def id(self) -> str:
        """By which it is named."""
        ...


R = TypeVar("R", bound=Record)


def register(records: Iterable[R]) -> Mapping[str, R]:
    """Return id → record in the order given; ValueError where two have the same id."""
    found: dict[str, R] = {}
    for record in records:
        if found.setdefault(record.id, record) is not record:
            raise ValueError(f"two records have the id {record.id}; give one of them another")
    return found
