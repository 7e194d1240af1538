"""The pictures of notebook 5: two halves, the alignment, and what a loss does to the source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gradelib.topics.encoder_decoder.cross_looks import Aligned

__all__ = ["draw_alignments", "draw_parts", "draw_pull"]

FAINT = 0.12  # of a word's attention: what is less is not drawn
GAP = 1.6  # between two words, in letters
TOP, BOTTOM = 1.0, 0.0


def draw_parts() -> Axes:
    """Draw the two halves of a translator, and what goes from one to the other."""
    axes = figures.figure("The encoder reads once. The decoder looks into it at every word")
    axes.set(xlim=(0, 10), ylim=(0, 5.2))
    axes.axis("off")
    boxes = [
        (0.2, 1.0, 3.6, 2.6, "encoder\n\nlayers that look both ways", "yours"),
        (
            5.6,
            1.0,
            4.2,
            2.6,
            "decoder\n\nlayers that look back,\nthen across, then an MLP",
            "German",
        ),
    ]
    for left, low, wide, high, text, thing in boxes:
        _box(axes, (left, low, wide, high), text, figures.colour(thing))
    texts = [
        (2.0, 0.35, "Who picked up three girls ?"),
        (7.7, 0.35, "<s> Wer hat drei Mädchen"),
        (7.7, 4.6, "Wer hat drei Mädchen abgeholt"),
    ]
    for across, up, text in texts:
        axes.text(across, up, text, ha="center", va="center", family="monospace", fontsize=9)
    arrows = [((2.0, 0.6), (2.0, 1.0)), ((7.7, 0.6), (7.7, 1.0)), ((7.7, 3.6), (7.7, 4.3))]
    for start, end in [*arrows, ((3.8, 2.3), (5.6, 2.3))]:
        axes.annotate(
            "", end, start, arrowprops={"arrowstyle": "-|>", "color": "#444444", "lw": 1.6}
        )
    axes.text(4.7, 2.5, "keys, values", ha="center", va="bottom", fontsize=9)
    axes.figure.set_label(
        "On the left an encoder reads the English sentence. An arrow with keys and values goes to "
        "the decoder on the right. It reads <s> Wer hat drei Mädchen, one place behind what it "
        "writes: Wer hat drei Mädchen abgeholt."
    )
    return axes


def _box(axes: Axes, place: tuple[float, float, float, float], text: str, shade: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    left, low, wide, high = place
    how: dict[str, Any] = {"boxstyle": "round,pad=0.05", "fc": shade, "ec": "none", "alpha": 0.25}
    axes.add_patch(FancyBboxPatch((left, low), wide, high, **how))
    axes.text(left + wide / 2, low + high / 2, text, ha="center", va="center", fontsize=10)


def draw_alignments(sentences: Sequence[Aligned], title: str = "") -> list[Axes]:
    """Draw sentences over their translations, and lines from each word to where it looked.

    The thicker a blue line, the more weight it has. Black and dotted is the known truth.
    """
    import matplotlib.pyplot as plt

    figures.style()
    height = 1.9 * len(sentences) + 0.5
    picture, rows = plt.subplots(len(sentences), 1, figsize=(9.2, height), squeeze=False)
    picture.suptitle(
        title or _claim(sentences[0]), x=0.01, ha="left", fontsize=12, fontweight="bold"
    )
    for axes, sentence in zip(rows[:, 0], sentences, strict=True):
        _draw_one(axes, sentence)
    picture.set_label(" ".join(map(_in_words, sentences)))
    return list(rows[:, 0])


def _claim(sentence: Aligned) -> str:
    """Say in a title where the word before the last mark has looked."""
    place = max(0, len(sentence.german) - 2)
    looked = sentence.english[sentence.places[place]]
    return f"“{sentence.german[place]}” looks at “{looked}”"


def _in_words(sentence: Aligned) -> str:
    pairs = zip(sentence.german, sentence.places, strict=True)
    said = "; ".join(f"{word} looks at {sentence.english[place]}" for word, place in pairs)
    wrong = [
        word
        for word, place, known in zip(
            sentence.german, sentence.places, sentence.truth or [], strict=False
        )
        if known and place not in known
    ]
    return f"{said}. " + (f"Not where it should: {', '.join(wrong)}." if wrong else "")


def _draw_one(axes: Axes, sentence: Aligned) -> None:
    above, below = _centres(sentence.english), _centres(sentence.german)
    shade = figures.colour("yours")
    for place, row in enumerate(sentence.weights):
        for other, weight in enumerate(row):
            chosen = other == sentence.places[place]
            if chosen or weight > FAINT:
                width = 0.6 + 5 * weight if chosen else 4 * weight
                line = (below[place], above[other]), (BOTTOM + 0.14, TOP - 0.14)
                axes.plot(*line, color=shade, lw=width, alpha=0.85 if chosen else 0.2, zorder=2)
        for known in (sentence.truth or [])[place : place + 1]:
            for true in known:
                line = (below[place], above[true]), (BOTTOM + 0.14, TOP - 0.14)
                axes.plot(*line, color=figures.colour("truth"), lw=1.2, ls=":", zorder=3)
    for words, centres, up in ((sentence.english, above, TOP), (sentence.german, below, BOTTOM)):
        for word, centre in zip(words, centres, strict=True):
            axes.text(centre, up, word, ha="center", va="center", fontsize=10, parse_math=False)
    axes.set(xlim=(-1, max(72.0, *above, *below) + 4), ylim=(-0.25, 1.25))
    axes.axis("off")


def _centres(words: Sequence[str]) -> list[float]:
    """Return where the middle of each word stands, in letters."""
    centres, left = [], 0.0
    for word in words:
        centres.append(left + len(word) / 2)
        left += len(word) + GAP
    return centres


def draw_pull(english: Sequence[str], pulls: dict[str, list[float]], title: str) -> list[Axes]:
    """Draw for some words of a target how strongly their loss pulls at each word of the source.

    `pulls[word]` has the length of the gradient at each word of `english`, as a share of them all.
    """
    axes = figures.panels(title, len(pulls), width=9.2, height=1.1 + 0.3 * len(english))
    for panel, (word, lengths) in zip(axes, pulls.items(), strict=True):
        panel.barh(range(len(english)), lengths, 0.7, color=figures.colour("yours"))
        for at, length in enumerate(lengths):
            figures.label(
                panel, length, at, f"{length:.0%}", figures.colour("yours"), xytext=(3, 0)
            )
        panel.set(title=f"loss of “{word}”", xlim=(0, 1.15), xlabel="share of the gradient")
        panel.set(yticks=range(len(english)), yticklabels=list(english))
        panel.grid(axis="y", visible=False)
    axes[0].invert_yaxis()
    return axes
