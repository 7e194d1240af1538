"""Beams as a tree: what a student's `beam_search` did, step by step.

It does not search. It watches one search, and draws what it saw.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from unittest.mock import patch

from gradelib.lab import figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

__all__ = ["BeamTree"]

GONE = "#8C8C8C"
ENDED = "#009E73"
WIDE = 9.4  # inches
Fate = Literal["runs", "ended", "dropped"]
UNSEEN = "Your beam_search does not call beam_step, so only the beams that went on can be seen."


class Leaf(NamedTuple):
    """One candidate of one step."""

    ids: tuple[int, ...]  # the new ones
    total: float | None  # log probability, if it was seen
    fate: Fate


@dataclass(frozen=True)
class BeamTree:
    """The candidates of every step of a beam search, and what became of them."""

    levels: list[list[Leaf]]
    scores: dict[tuple[int, ...], float]  # of those that ended
    best: tuple[int, ...]  # what the search returned
    note: str = ""  # what could not be seen

    @classmethod
    def watch(
        cls,
        search: Callable[..., Any],
        next_logits: Callable[[Tensor], Tensor],
        prompt: Tensor,
        **how: Any,
    ) -> BeamTree:
        """Run a student's `beam_search` for one prompt, (1, position), and keep what it does.

        What it asks `next_logits` is seen, and what it gets from the notebook's own `beam_step` and
        `keep_finished`. `how` goes to the search: beams, max_new, end, penalty.

        Raises:
            ValueError: what was seen makes no tree; the message says what it was.
        """
        asked: list[Tensor] = []
        stepped: list[Any] = []  # what the student's functions return may be anything
        pooled: list[Any] = []
        surroundings = getattr(inspect.unwrap(search), "__globals__", {})
        seen = {"beam_step": stepped, "keep_finished": pooled}
        watched = {
            name: _watched(surroundings[name], results)
            for name, results in seen.items()
            if name in surroundings
        }

        def ask(ids: Tensor) -> Tensor:
            asked.append(ids.clone())
            return next_logits(ids)

        with patch.dict(surroundings, watched):
            answer = search(ask, prompt, **how)
        start = prompt.shape[1]
        score, best = _returned(answer, prompt[0].tolist())
        if not asked:
            raise ValueError("beam_search has not asked next_logits once")
        ended = {tuple(ids[start:]): float(score) for pool in pooled for score, ids in pool}
        ended[best] = score
        runs = [set(map(tuple, ids[:, start:].tolist())) for ids in asked[1:]]
        if stepped:
            runs += [set() for _ in stepped]  # after the last step nothing runs
            levels = [
                _level(pair, start + step, start, going, ended)
                for step, (pair, going) in enumerate(zip(stepped, runs, strict=False), start=1)
            ]
        else:
            levels = _only_those_that_ran(runs, best)
        _check(levels, best)
        return cls(levels, ended, best, "" if stepped else UNSEEN)

    def draw(self, token: Callable[[int], str], start: str, title: str) -> Axes:
        """Draw the tree, one column a step, the best candidate on top."""
        rows = max(map(len, self.levels))
        axes = figures.figure(title, width=WIDE, height=0.9 + 0.42 * rows)
        axes.axis("off")
        axes.set(xlim=(-0.75, len(self.levels) + 0.45), ylim=(rows - 0.4, -0.9))
        at: dict[tuple[int, ...], tuple[float, float]] = {(): (0.0, (rows - 1) / 2)}
        axes.text(*at[()], start, ha="right", va="center", fontsize=9.5)
        for column, level in enumerate(self.levels, start=1):
            axes.text(column, -0.75, f"step {column}", ha="center", fontsize=9, color="#555555")
            for row, leaf in enumerate(level):
                at[leaf.ids] = (float(column), float(row))
                self._edge(axes, at, leaf, token)
        for column, level in enumerate(self.levels, start=1):
            for row, leaf in enumerate(level):
                self._leaf(axes, column, row, leaf, token)
        if self.note:
            axes.text(-0.7, rows - 0.55, self.note, fontsize=9, color="#555555")
        return axes

    def _edge(
        self,
        axes: Axes,
        at: Mapping[Any, tuple[float, float]],
        leaf: Leaf,
        token: Callable[[int], str],
    ) -> None:
        (left, top), (right, bottom) = at[leaf.ids[:-1]], at[leaf.ids]
        best = self.best[: len(leaf.ids)] == leaf.ids
        shade = "black" if best else GONE if leaf.fate == "dropped" else figures.colour("yours")
        wide = 2.4 if best else 0.7 if leaf.fate == "dropped" else 1.3
        before = next(
            (parent for level in self.levels for parent in level if parent.ids == leaf.ids[:-1]),
            None,
        )
        begin = left + (0.04 if before is None else self._half(before, token))
        ends = [begin, right - self._half(leaf, token)]
        axes.plot(ends, [top, bottom], color=shade, linewidth=wide, zorder=1)

    def _text(self, leaf: Leaf, token: Callable[[int], str]) -> str:
        score = self.scores.get(leaf.ids)
        ranked = "" if score is None else f" → {score:.2f}"
        total = "" if leaf.total is None else f"  {leaf.total:.1f}"
        return f"{token(leaf.ids[-1])}{total}{ranked}"

    def _half(self, leaf: Leaf, token: Callable[[int], str]) -> float:
        """Half the width of a leaf's box, in columns."""
        inches = 0.072 * len(self._text(leaf, token)) + 0.12
        return min(0.46, inches * (len(self.levels) + 1.2) / WIDE / 2)

    def _leaf(
        self, axes: Axes, column: int, row: int, leaf: Leaf, token: Callable[[int], str]
    ) -> None:
        paper = {"runs": "#cfe3f5", "ended": "#bfe6d8", "dropped": "white"}[leaf.fate]
        best = self.best[: len(leaf.ids)] == leaf.ids
        edge = "black" if best else {"ended": ENDED, "dropped": "#cccccc"}.get(leaf.fate, paper)
        box = {"boxstyle": "round,pad=0.25", "fc": paper, "ec": edge, "lw": 1.6 if best else 0.8}
        ink = "#777777" if leaf.fate == "dropped" else "#1b1b1b"
        words: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 8.5, "color": ink}
        axes.text(column, row, self._text(leaf, token), parse_math=False, bbox=box, **words)


def _watched(function: Callable[..., Any], results: list[Any]) -> Callable[..., Any]:
    @wraps(function)
    def watched(*args: Any, **options: Any) -> Any:
        result = function(*args, **options)
        results.append(deepcopy(result))
        return result

    return watched


def _returned(answer: Any, prompt: list[int]) -> tuple[float, tuple[int, ...]]:
    """Return the score and the new ids of what a search for one prompt returned."""
    try:
        [(score, ids)] = answer
        score, ids = float(score), [int(number) for number in ids]
    except (TypeError, ValueError) as error:  # whatever else a student's search may return
        wanted = "a list with one pair, (score, ids), for one prompt"
        raise ValueError(f"beam_search should return {wanted}; it returned {answer!r}") from error
    if ids[: len(prompt)] != prompt or len(ids) == len(prompt):
        raise ValueError(f"beam_search should return the prompt and new ids; it returned {ids}")
    return score, tuple(ids[len(prompt) :])


def _level(
    stepped: tuple[Tensor, Tensor],
    length: int,
    start: int,
    runs: set[tuple[int, ...]],
    ended: Mapping[tuple[int, ...], float],
) -> list[Leaf]:
    totals, ids = stepped
    if ids.ndim != 3 or ids.shape[:2] != totals.shape or ids.shape[2] != length:
        raise ValueError(
            f"beam_step returned shapes {tuple(totals.shape)} and {tuple(ids.shape)}; step "
            f"{length - start} needs (1, candidate) and (1, candidate, {length})"
        )
    level = []
    for new, total in zip(map(tuple, ids[0, :, start:].tolist()), totals[0].tolist(), strict=True):
        fate: Fate = "ended" if new in ended else "runs" if new in runs else "dropped"
        level.append(Leaf(new, total, fate))
    return level


def _only_those_that_ran(
    runs: Sequence[set[tuple[int, ...]]], best: tuple[int, ...]
) -> list[list[Leaf]]:
    levels = [[Leaf(ids, None, "runs") for ids in sorted(level)] for level in runs]
    levels += [[] for _ in range(len(best) - len(levels))]
    levels[len(best) - 1].append(Leaf(best, None, "ended"))
    return levels


def _check(levels: Sequence[Sequence[Leaf]], best: tuple[int, ...]) -> None:
    if best not in {leaf.ids for level in levels for leaf in level}:
        raise ValueError(f"beam_search returned new ids that no step had: {list(best)}")
    before: set[tuple[int, ...]] = {()}
    for step, level in enumerate(levels, start=1):
        for leaf in level:
            if leaf.ids[:-1] not in before:
                raise ValueError(
                    f"step {step} of beam_search has the new ids {list(leaf.ids)}, "
                    f"but no candidate of step {step - 1} begins like that"
                )
        before = {leaf.ids for leaf in level}
