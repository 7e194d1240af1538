"""Pictures for notebook 6: next-token bars, draws, repetition, good against different.

A title that states a result is worked out from what is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel
    from gradelib.topics.sampling.stories import Point

__all__ = [
    "balance", "next_tokens", "overlap", "show_draws", "show_heat", "show_kept", "show_likelihoods",
    "show_places", "show_repetition",
]  # fmt: skip

GONE = "#6E6E6E"
DRAWN_AGAIN = "#D55E00"
INSIDE: dict[str, Any] = {"va": "center", "fontweight": "bold", "fontsize": 9}


def next_tokens(
    rows: Mapping[str, Tensor], token: Callable[[int], str], title: str, shown: int = 10
) -> list[Axes]:
    """Draw the probabilities of the next token, one panel for each (token,) tensor in `rows`.

    All panels show the likeliest tokens of the first one, and what is left for all others. The
    axis fits the tokens; a bar of all others that is longer is cut off, and says so.
    """
    first = next(iter(rows.values()))
    numbers = first.topk(min(shown, len(first))).indices.tolist()
    names = [token(number) for number in numbers] + ["all others"]
    height, width = 1.2 + 0.27 * len(names), min(9.4, 3.0 + 2.1 * len(rows))
    axes = figures.panels(title, len(rows), width=width, height=height)
    most = max(float(row[numbers].max()) for row in rows.values())
    wide = 1.35 * most
    for panel, (name, row) in zip(axes, rows.items(), strict=True):
        values = row[numbers].tolist()
        values.append(max(0.0, 1 - sum(values)))
        shades = [figures.colour("yours")] * len(numbers) + [GONE]
        panel.barh(range(len(values)), [min(value, wide) for value in values], 0.72, color=shades)
        for at, (value, shade) in enumerate(zip(values, shades, strict=True)):
            text = f"{value:.2f}" if value >= 0.005 else "0" if value < 1e-7 else "<0.01"
            if value > wide:
                panel.text(0.03 * wide, at, f"{text}, cut short", color="white", **INSIDE)
            else:
                shade = shade if value > 1e-7 else GONE
                figures.label(panel, value, at, text, shade, xytext=(3, 0))
        panel.set(title=name, xlim=(0, wide), xlabel="probability")
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
    axes = figures.figure(title, height=3.5)
    for at, (d, t) in enumerate(zip(draft, target, strict=True)):
        shared = min(d, t)
        axes.bar(at, shared, 0.64, color=figures.colour("yours"))
        axes.bar(at, t - shared, 0.64, bottom=shared, color=DRAWN_AGAIN)
        axes.bar(at, d - shared, 0.64, bottom=shared, color="white", edgecolor=GONE, hatch="///")
    axes.set(xticks=range(len(names)), xticklabels=names, ylabel="probability")
    axes.grid(axis="x", visible=False)
    for shade, hatch, text in (
        (figures.colour("yours"), "", "in both: accepted"),
        (DRAWN_AGAIN, "", "only in the target: drawn instead"),
        ("white", "///", "only in the draft: rejected"),
    ):
        axes.bar(0, 0, color=shade, hatch=hatch, edgecolor=GONE if hatch else "none", label=text)
    axes.legend(frameon=False, fontsize=9)
    pairs = [f"{n} {d:.2f} and {t:.2f}" for n, d, t in zip(names, draft, target, strict=True)]
    axes.figure.set_label(f"Probability in the draft and in the target: {', '.join(pairs)}")
    return axes


def balance(
    curves: Mapping[str, Sequence[tuple[str, float, float]]], title: str, *, x: str, y: str
) -> Axes:
    """Draw a line for each name through points (what is written beside, x, y).

    What belongs to the first line is written to the left of it, the rest to the right.
    """
    axes = figures.figure(title, height=4.2)
    palette = ("yours", "library", "Greek", "words", "baseline")
    for (name, points), thing in zip(curves.items(), palette, strict=False):
        shade = figures.colour(thing)
        across, up = [point[1] for point in points], [point[2] for point in points]
        axes.plot(across, up, color=shade, marker="o", markersize=5, label=name)
        for text, at, value in points:
            first = thing == palette[0]
            side = {"xytext": (-7, -7), "ha": "right"} if first else {"xytext": (7, 5)}
            figures.label(axes, at, value, text, shade, **side)
    axes.set(xlabel=x, ylabel=y)
    axes.margins(x=0.1, y=0.12)
    axes.legend(frameon=False, fontsize=9, loc="lower left")
    return axes


def show_places(teller: LanguageModel, places: Mapping[str, str]) -> None:
    """Draw what may follow at some places of stories, and say what all other tokens have."""
    from gradelib.lab import village

    for name, text in places.items():
        ids = teller.encode(text)
        guess = teller.next_logits(ids).softmax(dim=1)[0]
        sums = guess.sort(descending=True).values.cumsum(0)
        needed = int((sums < 0.9).sum()) + 1
        few = "one token has" if needed == 1 else f"{needed} tokens have"
        title = f"At {name} {few} {100 * sums[needed - 1]:.0f} % of the probability"
        next_tokens({f"“… {' '.join(text.split()[-3:])}”": guess}, teller.token, title, shown=7)
        words = village.next_words(text)
        possible = {teller.encode(f"{text} {word}")[0, ids.shape[1]].item() for word in words}
        tail = 1 - guess[list(possible)].sum().item()
        print(f"{name}: tokens with which the village can go on: {len(possible)}; all others,")
        print(f"  {len(guess) - len(possible):,} of them, have {tail:.1%} together")


def show_draws(drawn: Tensor, logits: Tensor, token: Callable[[int], str]) -> Axes:
    """Draw how often each token was drawn beside its probability: (draw,) and (token,)."""
    truth = 100 * logits.softmax(dim=0)
    shares = 100 * drawn.bincount(minlength=len(truth)) / len(drawn)
    gap = float((shares - truth).abs().max())
    close = gap < 100 * 5 * 0.5 / len(drawn) ** 0.5  # five standard errors of a coin
    title = (
        f"{len(drawn):,} draws come within {gap:.1f} percentage points of the probabilities"
        if close
        else f"These draws are up to {gap:.0f} percentage points off the probabilities"
    )
    rows = {
        token(i): {"yours": float(shares[i]), "truth": float(truth[i])}
        for i in truth.topk(8).indices.tolist()
    }
    return figures.bars(rows, title, x="share of the draws (%)", height=3.8)


def show_kept(drafted: Tensor, taken: Tensor, target: Tensor, token: Callable[[int], str]) -> Axes:
    """Draw how often tokens were drafted and came out, beside what the target wants.

    They are the likeliest ones, and those where the draft is furthest off.

    Shapes:
        drafted, taken: (draw,)
        target:         (token,), probabilities
    """
    shares = {
        "baseline": 100 * drafted.bincount(minlength=len(target)) / len(drafted),
        "yours": 100 * taken.bincount(minlength=len(target)) / len(taken),
        "truth": 100 * target,
    }
    off = {name: (shares[name] - shares["truth"]).abs() for name in ("baseline", "yours")}
    before, after = (float(gaps.max()) for gaps in off.values())
    likely, worst = target.topk(min(5, len(target))), off["baseline"].topk(2)
    shown = dict.fromkeys(likely.indices.tolist() + worst.indices.tolist())
    title = (
        f"Off the target (truth): what is drafted (baseline) up to {before:.1f} percentage points,"
        f"\nwhat comes out (yours) up to {after:.1f}"
    )
    rows = {token(i): {name: float(share[i]) for name, share in shares.items()} for i in shown}
    return figures.bars(rows, title, x="share of the draws (%)", height=4.4)


def show_repetition(
    spoken: Mapping[str, Sequence[int]],
    told: Sequence[Sequence[int]],
    rate: Callable[[Any, int], float],
) -> Axes:
    """Draw how many tokens repeat one of the last few, in texts of models and in real stories."""
    windows = [4, 8, 16, 32, 64]
    texts = {name: [ids] for name, ids in spoken.items()} | {"real stories": told}
    curves = {
        name: (windows, [100 * sum(rate(ids, w) for ids in rows) / len(rows) for w in windows])
        for name, rows in texts.items()
    }
    last = ", ".join(f"{name} {values[-1]:.0f} %" for name, (_, values) in curves.items())
    shades = map(figures.colour, ("library", "yours", "truth"))
    axes = figures.lines(
        curves,
        f"Repeated within {windows[-1]} tokens: {last}",
        x="window (tokens)",
        y="repeated tokens (%)",
        colours=dict(zip(curves, shades, strict=False)),
    )
    axes.set_ylim(0, 105)
    return axes


def show_heat(points: Sequence[Point]) -> Axes:
    """Draw how different and how right stories are at rising temperatures."""
    steps = list(pairwise(points))
    if steps and all(a.different < b.different and a.right > b.right for a, b in steps):
        title = "The hotter, the more different the stories, and the earlier they go wrong"
    else:
        title = "How different stories are, and how right, at some temperatures"
    x, y = "different 4-grams (%)", "words before the first mistake (%)"
    return balance({"temperature": points}, title, x=x, y=y)


def show_likelihoods(nats: Mapping[str, Sequence[float]]) -> Axes:
    """Draw the log probabilities of stories: a line for the first name, a row for each other one.

    The first name has one story. The title says how many of the others are less likely.
    """
    (first, [level]), *rows = nats.items()
    below = {name: sum(value < level for value in values) for name, values in rows}
    counts = " and ".join(f"{below[name]} of {len(values)} {name}" for name, values in rows)
    axes = figures.figure(f"The {first} story is likelier than {counts}", height=2.6)
    for height, (name, values) in enumerate(rows):
        shade = figures.colour("yours" if height == 0 else "truth")
        axes.plot(values, [height] * len(values), "|", color=shade, markersize=16, label=name)
        across = axes.get_yaxis_transform()
        words: dict[str, Any] = {"color": shade, "transform": across, "fontweight": "bold"}
        axes.text(0.01, height + 0.28, name, **words)
    axes.axvline(level, color=figures.colour("library"), label=first)
    figures.label(axes, level, 1.5, first, figures.colour("library"))
    axes.set(xlabel="log probability of the whole story (nats)", ylim=(-0.5, 1.8), yticks=[])
    spread = [f"{name}: from {min(values):.0f} to {max(values):.0f}" for name, values in rows]
    said = f"Log probabilities in nats. {first}: {level:.0f}; {'; '.join(spread)}"
    axes.figure.set_label(said)
    return axes
