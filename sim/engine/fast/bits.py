"""Words of bits, one bit for each node of a flow."""

from __future__ import annotations

from sim.engine.fast.given import Node
from sim.engine.fast.layout import State
from sim.engine.fast.memory import compiled, numbers, taken_in


@compiled
def has(words: int, node: Node) -> bool:
    """Whether the bit of a node is there."""
    return numbers(words + node.word, 0).value & node.mask != 0


@compiled
def put(words: int, node: Node) -> None:
    """Put the bit of a node there."""
    numbers(words + node.word, 0).value |= node.mask


@compiled
def take(words: int, node: Node) -> None:
    """Take the bit of a node away."""
    numbers(words + node.word, 0).value &= ~node.mask


@taken_in
def none(s: State, words: int) -> bool:
    """Whether no bit is there."""
    word = 0
    while not numbers(words, word).value:
        word += 1
        if word == s.words:
            return True
    return False
