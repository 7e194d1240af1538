"""What the *Look* cells of notebook 5 show of the student's functions, as tables and one picture.

Sentences that state a result are made of the result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures
from gradelib.lab.tokens import Strip, show_strips, show_table
from gradelib.topics.encoder_decoder.pairs import Pair, Words, words_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

__all__ = [
    "agree", "draw_smoothing", "show_alone", "show_pair", "show_scores", "show_shift",
    "show_systems",
]  # fmt: skip

CLOSE = 1e-4  # two ways to compute the same are this near


def agree(off: float) -> str:
    """Say how far two layers are apart, and whether that is only rounding."""
    said = "They agree." if off < CLOSE else "They do not agree: look at the check above."
    return f"largest difference: {off:.1e}. {said}"


def show_pair(words: Words, pair: Pair) -> None:
    """Show both sides of a pair with their ids."""
    rows = {"English, to read": pair["en"], "German, to write": pair["de"]}
    strips = []
    for title, text in rows.items():
        ids = words.encode(text)
        strips.append(Strip([words.names[number] for number in ids], title, under=ids))
    show_strips(*strips)


def show_shift(words: Words, pair: Pair, shift_right: Callable[[Tensor, int], Tensor]) -> None:
    """Show place by place what the decoder reads, and what it is to write there."""
    target = words.batch([pair["de"]])
    read = shift_right(target, words.start)[0].tolist()
    wanted = target[0].tolist()
    show_table(
        {
            "place": list(range(len(wanted))),
            "has read": [
                " ".join(words.names[n] for n in read[: at + 1]) for at in range(len(read))
            ],
            "is to write": [words.names[number] for number in wanted],
        },
        "At each place the decoder knows what came before, and not what comes",
    )


def show_alone(model: Any, words: Words, text: str, beside: str) -> None:
    """Show how far a sentence's vectors and logits move when a longer one is in its batch.

    Once with what the student's model hides, once where it hides nothing.
    """
    import torch

    one, both = words.batch([text]), words.batch([text, beside])
    read = torch.tensor([[words.start]])
    rows = {"padding hidden": model.pad, "padding not hidden": -1}
    moved: dict[str, tuple[float, float]] = {}
    try:
        for name, pad in rows.items():
            model.pad = pad
            with torch.no_grad():
                alone, together = model.encode(one), model.encode(both)
                count = one.shape[1]
                vectors = float((together[:1, :count] - alone).abs().max())
                first = model.decode(read, alone, one)
                second = model.decode(read.expand(2, -1), together, both)[:1]
            moved[name] = vectors, float((second - first).abs().max())
    finally:
        model.pad = words.pad
    show_table(
        {
            "": list(rows),
            "its vectors move by": [f"{one:.1e}" for one, _ in moved.values()],
            "its logits move by": [f"{two:.1e}" for _, two in moved.values()],
        },
        f"“{text}” alone, and in one batch with a longer sentence",
    )


def draw_smoothing(
    sequence_loss: Callable[..., Tensor], vocab: int, smoothing: float = 0.1
) -> Axes:
    """Draw the loss of one word against the probability that the model gives the right word."""
    import torch

    sure = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.995, 0.999, 0.9999, 0.99999]
    curves: dict[str, tuple[list[float], list[float]]] = {}
    for name, how in (("smoothing 0", 0.0), (f"smoothing {smoothing:g}", smoothing)):
        heights = []
        for probability in sure:
            rest = math.log((1 - probability) / (vocab - 1))
            logits = torch.full((1, 1, vocab), rest)
            logits[0, 0, 1] = math.log(probability)
            heights.append(float(sequence_loss(logits, torch.tensor([[1]]), 0, how)))
        curves[name] = [-math.log10(1 - probability) for probability in sure], heights
    best = curves[f"smoothing {smoothing:g}"][1]
    lowest = sure[best.index(min(best))]
    shades = {
        name: figures.colour(kind) for name, kind in zip(curves, ("library", "yours"), strict=True)
    }
    axes = figures.lines(
        curves,
        f"With smoothing the loss is lowest at {lowest:.0%}; without, it never stops falling",
        x="probability of the right word",
        y="loss (nats)",
        colours=shades,
    )
    ticks = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999]
    axes.set_xticks([-math.log10(1 - tick) for tick in ticks], [f"{tick:g}" for tick in ticks])
    axes.margins(x=0.14)
    return axes


def show_scores(
    wanted: str, said: Sequence[str], measures: dict[str, Callable[[str, str], float]]
) -> dict[str, list[float]]:
    """Show what some measures say of translations of one sentence, and return it."""
    scores = {name: [measure(one, wanted) for one in said] for name, measure in measures.items()}
    columns: dict[str, list[Any]] = {"translation": list(said)}
    columns |= {name: [f"{score:.1f}" for score in found] for name, found in scores.items()}
    show_table(columns, f"Wanted: {wanted}")
    return scores


def show_systems(
    said: dict[str, Sequence[list[str]]],
    some: Sequence[Pair],
    bleu: Callable[..., float],
    more: dict[str, dict[str, str]] | None = None,
) -> dict[str, float]:
    """Show BLEU, and the share of sentences that are right, of some translators; return BLEU."""
    wanted = [words_of(pair["de"]) for pair in some]
    scores = {name: bleu(list(texts), wanted) for name, texts in said.items()}
    whole = {
        name: sum(a == b for a, b in zip(texts, wanted, strict=True)) / len(wanted)
        for name, texts in said.items()
    }
    columns: dict[str, list[Any]] = {
        "translator": list(said),
        "BLEU": [f"{score:.1f}" for score in scores.values()],
        "right to the last mark": [f"{share:.1%}" for share in whole.values()],
    }
    for title, values in (more or {}).items():
        columns[title] = [values.get(name, "") for name in said]
    show_table(columns, f"{len(some):,} sentences of the test split")
    return scores
