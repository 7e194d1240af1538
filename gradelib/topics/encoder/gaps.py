"""A gap in a story: what an encoder says, beside what is true. A picture, and a widget to play."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.lab import data, figures, village
from gradelib.lab.village.masks import MASK, WORD

if TYPE_CHECKING:
    from gradelib.topics.encoder.bert import Body, Reader

__all__ = ["Gap", "GapPlayground", "draw_gap", "gaps_of_stories", "look_at"]

FillMask = Callable[..., Sequence[Sequence[tuple[int, float]]]]
STORIES = 8  # whose gaps are measured
SHOWN = 6  # words of a gap that are drawn
SURE, WIDE = 0.05, 1.5  # entropies in nats: one word fits, many do
NAMES = {"yours": "encoder", "truth": "village"}
LEAST = 1e-3  # a guess for a word is at least so much, or else one word would decide the mean


@dataclass(frozen=True)
class Gap:
    """One word of a story that is hidden: what was there, what a model says, what is true."""

    text: str  # with [MASK]
    word: str
    guess: Mapping[str, float]
    truth: Mapping[str, float]

    @property
    def cost(self) -> float:
        """How many nats it costs to believe the guess: the mean surprisal minus the entropy."""
        return sum(
            p * (math.log(p) - math.log(max(self.guess.get(word.lower(), 0.0), LEAST)))
            for word, p in self.truth.items()
        )

    @property
    def entropy(self) -> float:
        """How many nats the truth itself leaves open."""
        return sum(-p * math.log(p) for p in self.truth.values())


def look_at(
    reader: Reader, encoder: Body, fill_mask: FillMask, story: str, place: int, k: int = 40
) -> Gap | None:
    """Hide the word number `place` of a story. None where the tokenizer cuts it into pieces."""
    words = list(WORD.finditer(story))
    hidden = words[place]
    text = story[: hidden.start()] + MASK + story[hidden.end() :]
    if len(reader.tokens(hidden.group())) != 3:  # with [CLS] and [SEP]
        return None
    ids = reader.encode(text).ids
    if reader.mask not in ids.tolist():
        return None
    (found,) = fill_mask(reader.logits(encoder, ids), ids, reader.mask, k)
    guess = {reader.word(token): probability for token, probability in found}
    return Gap(text, hidden.group(), guess, village.masked_posterior(text))


def gaps_of_stories(reader: Reader, encoder: Body, fill_mask: FillMask) -> list[Gap]:
    """Return a gap for each third word of some stories that the encoder has never seen."""
    gaps = []
    for story in data.stories("validation")[:STORIES]:
        text = story["text"]
        for place in range(2, len(WORD.findall(text)), 3):
            gap = look_at(reader, encoder, fill_mask, text, place)
            if gap:
                gaps.append(gap)
    return gaps


def draw_gap(gaps: Sequence[Gap]) -> Any:
    """Draw two gaps: a sure one where the guess is worst, and one where much is possible.

    The title says what a guess costs beyond the truth, where it is sure and where it is not.
    """
    sure, wide = (list(part) or list(gaps) for part in (sure_gaps(gaps), wide_gaps(gaps)))
    title = f"Beyond the truth, a guess costs {mean_cost(sure):.2f} nats where one word fits"
    title += f", {mean_cost(wide):.2f} where many do"
    axes = figures.panels(title, 2, width=9.2, height=3.9, share=False)
    _draw_one(axes[0], max(_said_elsewhere(sure) or sure, key=lambda gap: gap.cost))
    _draw_one(axes[1], max(wide, key=lambda gap: gap.entropy))
    return axes


def _said_elsewhere(gaps: Sequence[Gap]) -> list[Gap]:
    """Return those whose word is a name that stands in the story once more."""
    return [gap for gap in gaps if gap.word.istitle() and gap.word in WORD.findall(gap.text)]


def sure_gaps(gaps: Sequence[Gap]) -> list[Gap]:
    """Return those in which one word is nearly certain."""
    return [gap for gap in gaps if gap.entropy < SURE]


def wide_gaps(gaps: Sequence[Gap]) -> list[Gap]:
    """Return those in which many words are possible."""
    return [gap for gap in gaps if gap.entropy > WIDE]


def mean_cost(gaps: Sequence[Gap]) -> float:
    """Return how many nats a guess costs beyond the truth, on average over gaps."""
    return sum(gap.cost for gap in gaps) / len(gaps)


def _draw_one(panel: Any, gap: Gap) -> None:
    words = list(dict.fromkeys([*list(gap.truth)[:SHOWN], *list(gap.guess)[:SHOWN]]))
    lowered = {word.lower(): word for word in reversed(words)}
    names = list(lowered.values())[::-1][:SHOWN]
    for at, name in enumerate(names):
        bars = (("yours", gap.guess.get(name.lower(), 0.0)), ("truth", gap.truth.get(name, 0.0)))
        for shift, (who, value) in zip((-0.2, 0.2), bars, strict=True):
            panel.barh(at + shift, value, 0.36, color=figures.colour(who))
            named = f"  {NAMES[who]}" if at == 0 else ""
            figures.label(panel, value, at + shift, f"{value:.2f}{named}", figures.colour(who))
    shown = [name.title() if gap.word.istitle() else name for name in names]
    panel.set(title=_around(gap.text), xlim=(0, 1.5), xlabel="probability")
    panel.set(yticks=range(len(names)), yticklabels=shown, xticks=[0, 0.5, 1])
    panel.title.set_fontsize(9)
    panel.grid(axis="y", visible=False)
    panel.invert_yaxis()


def _around(text: str, most: int = 24) -> str:
    """Return the gap and the whole words around it."""
    before, _, after = text.partition(MASK)
    if len(before) > most:
        before = "… " + before[-most:].partition(" ")[2]
    if len(after) > most:
        after = after[:most].rpartition(" ")[0] + " …"
    return f"{before}▁▁▁{after}"


@dataclass(frozen=True)
class GapPlayground:
    """A story whose words one can hide, and what an encoder and the village say of the gap."""

    reader: Reader
    encoder: Body
    fill_mask: FillMask

    def page(self, story: str, place: int) -> str:
        """Return, in HTML, the story with a gap, the guess, and the truth."""
        words = list(WORD.finditer(story))
        hidden = words[place]
        shown = html.escape(story[: hidden.start()]) + "<mark>▁▁▁</mark>" + html.escape(
            story[hidden.end() :]
        )  # fmt: skip
        gap = look_at(self.reader, self.encoder, self.fill_mask, story, place)
        if gap is None:
            said = f"{html.escape(hidden.group())} is several tokens: choose another word"
            return f"<p>{shown}</p><p>{said}</p>"
        return f"<p>{shown}</p>{_table(gap)}"

    def show(self, number: int = 0) -> None:
        """Show the widget: a story, a slider for the word that is hidden, and both answers."""
        from IPython.display import display
        from ipywidgets import HTML, BoundedIntText, IntSlider, Layout, VBox

        stories = [story["text"] for story in data.stories("validation")[:50]]
        which = BoundedIntText(number, 0, len(stories) - 1, description="story")
        wide = Layout(width="min(38rem, 95%)")
        place = IntSlider(12, 0, 30, description="word", layout=wide, continuous_update=False)
        page = HTML()

        def redraw(_: Any = None) -> None:
            story = stories[which.value]
            place.max = len(WORD.findall(story)) - 1
            page.value = self.page(story, place.value)

        which.observe(redraw, names="value")
        place.observe(redraw, names="value")
        redraw()
        display(VBox([which, place, page]))


def _table(gap: Gap) -> str:
    truth = list(gap.truth.items())[:SHOWN]
    guess = list(gap.guess.items())[:SHOWN]
    rows = "".join(
        f"<tr>{_cells(guess, at)}{_cells(truth, at)}</tr>"
        for at in range(max(len(truth), len(guess)))
    )
    heads = "<tr><th colspan=2>your encoder</th><th colspan=2>the village</th></tr>"
    said = f"It was <b>{html.escape(gap.word)}</b>. The truth leaves {gap.entropy:.2f} nats open; "
    return f"<table>{heads}{rows}</table><p>{said}the guess costs {gap.cost:.2f} more.</p>"


def _cells(pairs: Sequence[tuple[str, float]], at: int) -> str:
    if at >= len(pairs):
        return "<td></td><td></td>"
    word, probability = pairs[at]
    return f"<td>{html.escape(word)}</td><td>{probability:.1%}</td>"
