"""Exact sums over a grammar: log-probability, entropy, number of texts, next words.

The entropy is that of a derivation, which is the text's where each text has one derivation:
`derivations` counts them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from gradelib.lab.village.grammar import (
    Draw,
    Let,
    Node,
    Nodes,
    OneOf,
    Ref,
    State,
    Text,
    known,
    steps,
    steps_along,
)


def derivations(nodes: Nodes, text: str) -> list[tuple[float, State]]:
    """Return (log-probability, final state) of every way in which the grammar writes `text`."""
    found: list[tuple[float, State]] = []
    todo: list[tuple[Nodes, State, int, float]] = [(nodes, {}, 0, 0.0)]
    while todo:
        rest, state, at, log_probability = todo.pop()
        if not rest:
            if at == len(text):
                found.append((log_probability, state))
            continue
        for probability, said, after, new_state in steps_along(rest, state, text, at):
            if at + len(said) <= len(text):
                step = log_probability + math.log(probability)
                todo.append((after, new_state, at + len(said), step))
    return found


def log_probability(nodes: Nodes, text: str) -> float:
    """Return the log-probability of `text` in nats, summed over all its derivations."""
    logs = [log_probability for log_probability, _ in derivations(nodes, text)]
    if not logs:
        return -math.inf
    top = max(logs)
    return top + math.log(sum(math.exp(log - top) for log in logs))


def entropy(nodes: Nodes) -> float:
    """Return the entropy of the grammar in nats, by the chain rule over its choices."""
    fold = _Fold(lambda options: sum(p * (h - math.log(p)) for p, h in options), 0.0)
    return fold.value(_cells(nodes, None), {})


def count(nodes: Nodes) -> int:
    """Return how many derivations the grammar has."""
    fold = _Fold(lambda options: sum(n for _, n in options), 1)
    return int(fold.value(_cells(nodes, None), {}))


class _Cell:
    """A node and all that follows it; made once, so that it can be looked up fast."""

    def __init__(self, node: Node, after: _Cell | None):
        self.node = node
        self.after = after
        self.needed: frozenset[str] = needed_by(node) | (after.needed if after else frozenset())
        self.names = tuple(sorted(self.needed))
        self.branches: tuple[tuple[float, _Cell | None], ...] = ()
        if isinstance(node, OneOf):
            self.branches = tuple((p, _cells(nodes, after)) for p, nodes in node.branches)


def _cells(nodes: Nodes, after: _Cell | None) -> _Cell | None:
    for node in reversed(nodes):
        if not isinstance(node, Text | Ref):  # what is only said changes no sum
            after = _Cell(node, after)
    return after


class _Fold:
    """Work backwards from the end, once for each state that still makes a difference."""

    def __init__(self, combine: Callable[[Iterator[tuple[float, float]]], float], last: float):
        self.combine = combine
        self.last = last
        self.memo: dict[tuple[object, ...], float] = {}

    def value(self, cell: _Cell | None, state: State) -> float:
        """Return what the nodes are worth that are still to be told."""
        if cell is None:
            return self.last
        if isinstance(cell.node, Let):
            return self.value(cell.after, {**state, cell.node.var: cell.node.value})
        key = (cell, *[known(state, name) for name in cell.names])
        if key not in self.memo:
            self.memo[key] = self.combine(self._options(cell, state))
        return self.memo[key]

    def _options(self, cell: _Cell, state: State) -> Iterator[tuple[float, float]]:
        if not isinstance(cell.node, Draw):
            yield from ((p, self.value(branch, state)) for p, branch in cell.branches)
            return
        # entries that look the same to all that follows are worth the same
        var = cell.node.var
        later = cell.after.names if cell.after else ()
        names = [name for name in later if name.partition(".")[0] == var]
        worth: dict[tuple[object, ...], float] = {}
        for probability, entry in cell.node.source.choices(state):
            look = tuple([known({var: entry}, name) for name in names])
            if look not in worth:
                worth[look] = self.value(cell.after, {**state, var: entry})
            yield probability, worth[look]


def needed_by(node: Node) -> frozenset[str]:
    """Return the variables that can change the choices of a node or of what is inside it."""
    if isinstance(node, Draw):
        return frozenset(node.source.needs)
    if isinstance(node, OneOf):
        inside = (_needed_by_all(branch) for _, branch in node.branches)
        return frozenset[str]().union(*inside)
    return frozenset()


def _needed_by_all(nodes: Nodes) -> frozenset[str]:
    return frozenset[str]().union(*map(needed_by, nodes))


def beginnings(nodes: Nodes, prefix: str) -> list[tuple[float, str, Nodes, State]]:
    """Return every way to have written `prefix`: (probability, text so far, what follows, state).

    The text may already be longer than the prefix, by the rest of what was said last.
    """
    found: list[tuple[float, str, Nodes, State]] = []
    todo: list[tuple[float, str, Nodes, State]] = [(1.0, "", nodes, {})]
    while todo:
        weight, so_far, rest, state = todo.pop()
        if len(so_far) >= len(prefix):
            found.append((weight, so_far, rest, state))
            continue
        at = len(so_far)
        if not rest:
            continue
        for probability, said, after, new_state in steps_along(rest, state, prefix, at):
            todo.append((weight * probability, so_far + said, after, new_state))
    return found


def next_words(nodes: Nodes, prefix: str) -> dict[str, float]:
    """Return the true distribution of the word after `prefix`, most likely first.

    A word is what stands between two spaces, so its punctuation belongs to it. The empty word is
    the end of the text. A prefix that the grammar cannot write, or that ends inside a word, gives
    an empty dictionary.
    """
    weights: dict[str, float] = {}
    todo = beginnings(nodes, prefix)
    while todo:
        weight, so_far, rest, state = todo.pop()
        after = so_far[len(prefix) :] + ("" if rest else " ")
        word, space, _ = after[1:].partition(" ")
        if after and after[0] != " ":
            continue
        if space or not rest:
            weights[word] = weights.get(word, 0.0) + weight
            continue
        for probability, said, following, new_state in steps(rest, state):
            todo.append((weight * probability, so_far + said, following, new_state))
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return {word: weight / total for word, weight in ranked}
