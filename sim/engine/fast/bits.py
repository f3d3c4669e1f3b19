"""Words of bits, one bit for each node of a flow."""

from __future__ import annotations

from sim.engine.fast.layout import State
from sim.engine.fast.memory import compiled, numbers


@compiled
def has(words: int, bit: int) -> bool:
    """Whether a bit is there."""
    return (numbers(words, bit >> 6).value >> (bit & 63)) & 1 != 0


@compiled
def put(words: int, bit: int) -> None:
    """Put a bit there."""
    numbers(words, bit >> 6).value |= 1 << (bit & 63)


@compiled
def take(words: int, bit: int) -> None:
    """Take a bit away."""
    numbers(words, bit >> 6).value &= ~(1 << (bit & 63))


@compiled
def none(s: State, words: int) -> bool:
    """Whether no bit is there."""
    for word in range(s.words):  # noqa: SIM110  compiled code knows no any()
        if numbers(words, word).value:
            return False
    return True


@compiled
def fill(s: State, words: int, bits: int) -> None:
    """Put the lowest bits, so many of them, and no others."""
    for word in range(s.words):
        here = min(max(bits - 64 * word, 0), 64)
        numbers(words, word).value = -1 if here == 64 else (1 << here) - 1
