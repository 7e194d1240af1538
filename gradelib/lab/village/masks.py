"""The true distribution of a word that is hidden, given all that stands before and after it."""

from __future__ import annotations

import math
import re

from gradelib.lab.village.grammar import Nodes, State, steps

MASK = "[MASK]"
WORD = re.compile(r"[^\W_]+(?:-[^\W_]*)*")  # letters; a word such as "long-tailed" is one
_Way = tuple[Nodes, State, int, str, float]  # what follows, state, place, word so far, log p


def masked_posterior(nodes: Nodes, text: str) -> dict[str, float]:
    """Return the true distribution of the one word behind [MASK] in `text`, likeliest first.

    A word is a run of letters, with its hyphens; marks do not belong to it. A text that no word
    completes gives an empty dictionary.
    """
    before, found, after = text.partition(MASK)
    if not found or MASK in after:
        raise ValueError(f"text must hold {MASK} exactly once: got {text[:60]!r}")
    weights: dict[str, float] = {}
    todo: list[_Way] = [(nodes, {}, 0, "", 0.0)]
    while todo:
        rest, state, at, word, log_probability = todo.pop()
        if not rest:
            if word and at == len(before) + len(after):
                weights[word] = weights.get(word, 0.0) + math.exp(log_probability)
            continue
        for probability, said, following, new_state in steps(rest, state):
            fits = _follow(said, before, after, at, word)
            if fits:
                step = log_probability + math.log(probability)
                todo.append((following, new_state, *fits, step))
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return {word: weight / total for word, weight in ranked}


def _follow(said: str, before: str, after: str, at: int, word: str) -> tuple[int, str] | None:
    """Return the place and the hidden word after something is said, or None if it does not fit.

    Places count the letters that are not hidden.
    """
    if at < len(before):
        part = before[at : at + len(said)]
        if not said.startswith(part):
            return None
        at, said = at + len(part), said[len(part) :]
    if at == len(before) and said:
        hidden = WORD.match(word + said)  # it may go on: "long" and "-tailed"
        if hidden and hidden.end() > len(word):
            word, said = hidden.group(), said[hidden.end() - len(word) :]
        elif not word:
            return None
    if not after.startswith(said, at - len(before)):
        return None
    return at + len(said), word
