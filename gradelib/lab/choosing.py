"""Pictures for notebook 6: next-token bars, what a draft is worth, and beams as a tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from gradelib.lab import plots

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

__all__ = ["BeamTree", "balance", "next_tokens", "overlap", "share_told"]

GONE = "#8C8C8C"
DRAWN_AGAIN = "#D55E00"
ENDED = "#009E73"
WIDE = 9.4  # inches, of the tree


def share_told(text: str) -> float:
    """Return how much of a story the village could tell: its words before the first impossible one.

    It is a share of all words, and 1.0 for a story without a fault.
    """
    from gradelib.lab import world

    words = text.split(" ")
    right, wrong = 0, len(words) + 1
    while wrong - right > 1:  # a beginning of what can be told can be told
        half = (right + wrong) // 2
        possible = bool(world.next_words(" ".join(words[:half])))
        right, wrong = (half, wrong) if possible else (right, half)
    return right / len(words)


def next_tokens(
    rows: Mapping[str, Tensor], token: Callable[[int], str], title: str, shown: int = 10
) -> list[Axes]:
    """Draw the probabilities of the next token, one panel for each (token,) tensor in `rows`.

    All panels show the likeliest tokens of the first one, and what is left for all others.
    """
    first = next(iter(rows.values()))
    numbers = first.topk(min(shown, len(first))).indices.tolist()
    names = [token(number) for number in numbers] + ["all others"]
    height, width = 1.2 + 0.27 * len(names), min(9.4, 3.0 + 2.1 * len(rows))
    axes = plots.panels(title, len(rows), width=width, height=height)
    most = max(float(row[numbers].max()) for row in rows.values())
    most = max([most, *(1 - float(row[numbers].sum()) for row in rows.values())])
    for panel, (name, row) in zip(axes, rows.items(), strict=True):
        values = row[numbers].tolist()
        values.append(max(0.0, 1 - sum(values)))
        shades = [plots.colour("yours")] * len(numbers) + [GONE]
        panel.barh(range(len(values)), values, 0.72, color=shades)
        for at, (value, shade) in enumerate(zip(values, shades, strict=True)):
            text = f"{value:.2f}" if value >= 0.005 else "0" if value < 1e-7 else "<0.01"
            plots.label(panel, value, at, text, shade if value > 1e-7 else GONE, xytext=(3, 0))
        panel.set(title=name, xlim=(0, 1.3 * most), xlabel="probability")
        if most > 0.7:
            panel.set_xticks([0, 0.5, 1])
        panel.set(yticks=range(len(names)), yticklabels=names)
        panel.grid(axis="y", visible=False)
    axes[0].invert_yaxis()
    return axes


def overlap(
    draft: Sequence[float], target: Sequence[float], names: Sequence[str], title: str
) -> Axes:
    """Draw two distributions on top of each other: what they share, and what the target lacks."""
    axes = plots.figure(title, height=3.5)
    for at, (d, t) in enumerate(zip(draft, target, strict=True)):
        shared = min(d, t)
        axes.bar(at, shared, 0.64, color=plots.colour("yours"))
        axes.bar(at, t - shared, 0.64, bottom=shared, color=DRAWN_AGAIN)
        axes.bar(at, d - shared, 0.64, bottom=shared, color="white", edgecolor=GONE, hatch="///")
    axes.set(xticks=range(len(names)), xticklabels=names, ylabel="probability")
    axes.grid(axis="x", visible=False)
    for shade, hatch, text in (
        (plots.colour("yours"), "", "in both: accepted"),
        (DRAWN_AGAIN, "", "only in the target: drawn instead"),
        ("white", "///", "only in the draft: rejected"),
    ):
        axes.bar(0, 0, color=shade, hatch=hatch, edgecolor=GONE if hatch else "none", label=text)
    axes.legend(frameon=False, fontsize=9)
    return axes


def balance(
    curves: Mapping[str, Sequence[tuple[str, float, float]]], title: str, *, x: str, y: str
) -> Axes:
    """Draw a line for each name through points (what is written beside, x, y)."""
    axes = plots.figure(title, height=4.2)
    palette = ("yours", "library", "Greek", "words", "baseline")
    for (name, points), thing in zip(curves.items(), palette, strict=False):
        shade = plots.colour(thing)
        across, up = [point[1] for point in points], [point[2] for point in points]
        axes.plot(across, up, color=shade, marker="o", markersize=5, label=name)
        for text, at, value in points:
            plots.label(axes, at, value, text, shade, xytext=(5, 6))
    axes.set(xlabel=x, ylabel=y)
    axes.margins(x=0.1, y=0.12)
    axes.legend(frameon=False, fontsize=9, loc="lower left")
    return axes


class Leaf(NamedTuple):
    """One candidate of one step."""

    ids: tuple[int, ...]  # the new ones
    total: float
    fate: str  # runs, ended, dropped


@dataclass(frozen=True)
class BeamTree:
    """The candidates of every step of a beam search, and what became of them."""

    levels: list[list[Leaf]]
    scores: dict[tuple[int, ...], float]  # of those that ended

    @classmethod
    def grow(
        cls,
        next_logits: Callable[[Tensor], Tensor],
        beam_step: Callable[..., tuple[Tensor, Tensor]],
        keep_running: Callable[..., tuple[Tensor, Tensor]],
        beam_score: Callable[..., float],
        prompt: Tensor,
        *,
        beams: int,
        steps: int,
        end: int,
        penalty: float = 1.0,
    ) -> BeamTree:
        """Search with the student's functions for so many steps, and keep all that was seen."""
        import torch

        ids, scores = prompt.unsqueeze(1), torch.zeros(1, 1)
        start, levels, over = prompt.shape[1], [], {}
        for length in range(1, steps + 1):
            logits = next_logits(ids.flatten(0, 1)).log_softmax(dim=1)
            totals, found = beam_step(ids, scores, logits.unflatten(0, scores.shape), 2 * beams)
            scores, ids = keep_running(totals, found, beams, end)
            running = {tuple(row) for row in ids[0, :, start:].tolist()}
            level = []
            for rank, row in enumerate(found[0, :, start:].tolist()):
                new, total = tuple(row), float(totals[0, rank])
                ended = new[-1] == end and rank < beams
                if ended:
                    over[new] = beam_score(total, length, penalty)
                fate = "ended" if ended else "runs" if new in running else "dropped"
                level.append(Leaf(new, total, fate))
            levels.append(level)
        return cls(levels, over)

    @property
    def best(self) -> tuple[int, ...]:
        """The ended one with the best score; if none has ended, the best that runs."""
        if self.scores:
            return max(self.scores, key=lambda ids: self.scores[ids])
        return max((leaf for leaf in self.levels[-1] if leaf.fate == "runs"), key=_total).ids

    def draw(self, token: Callable[[int], str], start: str, title: str) -> Axes:
        """Draw the tree, one column a step, the best candidate on top."""
        rows = max(map(len, self.levels))
        axes = plots.figure(title, width=WIDE, height=0.9 + 0.42 * rows)
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
        shade = "black" if best else GONE if leaf.fate == "dropped" else plots.colour("yours")
        wide = 2.4 if best else 0.7 if leaf.fate == "dropped" else 1.3
        before = next(
            (one for level in self.levels for one in level if one.ids == leaf.ids[:-1]), None
        )
        begin = left + (0.04 if before is None else self._half(before, token))
        ends = [begin, right - self._half(leaf, token)]
        axes.plot(ends, [top, bottom], color=shade, linewidth=wide, zorder=1)

    def _said(self, leaf: Leaf, token: Callable[[int], str]) -> str:
        score = self.scores.get(leaf.ids)
        ranked = "" if score is None else f" → {score:.2f}"
        return f"{token(leaf.ids[-1])}  {leaf.total:.1f}{ranked}"

    def _half(self, leaf: Leaf, token: Callable[[int], str]) -> float:
        """Half the width of a leaf's box, in columns."""
        inches = 0.072 * len(self._said(leaf, token)) + 0.12
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
        axes.text(column, row, self._said(leaf, token), parse_math=False, bbox=box, **words)


def _total(leaf: Leaf) -> float:
    return leaf.total
