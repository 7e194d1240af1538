"""Rank endings yourself: a widget, the line that keeps what you chose, and pairs of it."""

from __future__ import annotations

import html
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.lab.village import true_reward

if TYPE_CHECKING:
    from gradelib.lab.storyteller import Pair, Storyteller

__all__ = ["Candidates", "pairs_of", "read_rankings"]

LETTERS = "ABCD"


@dataclass(frozen=True)
class Candidates:
    """Some beginnings, each with four endings that the decoder wrote."""

    prompts: list[str]
    endings: list[list[str]]

    @classmethod
    def of(cls, teller: Storyteller, prompts: Sequence[str], seed: int = 5) -> Candidates:
        """Let the decoder write four endings of each beginning, a little wilder than usual."""
        many = [prompt for prompt in prompts for _ in LETTERS]
        told = teller.write(teller.model, many, seed, temperature=1.3).texts
        rests = [text[len(start) :].strip() for text, start in zip(told, many, strict=True)]
        size = len(LETTERS)
        return cls(list(prompts), [rests[i : i + size] for i in range(0, len(rests), size)])

    def page(self, place: int) -> str:
        """Return a beginning and its endings in HTML."""
        rows = "".join(
            f"<li><b>{letter}</b> {html.escape(text)}</li>"
            for letter, text in zip(LETTERS, self.endings[place], strict=True)
        )
        head = (
            f"<p><b>{place + 1} of {len(self.prompts)}.</b> {html.escape(self.prompts[place])}</p>"
        )
        return f"{head}<ul style='list-style:none'>{rows}</ul>"

    def show(self, rankings: Sequence[str] = ()) -> None:
        """Show the widget: choose the best, then the next, and copy the line that comes of it."""
        from IPython.display import display
        from ipywidgets import HTML, Button, HBox, VBox

        kept = [*rankings, *[""] * len(self.prompts)][: len(self.prompts)]
        page, line, at = HTML(), HTML(), [0]
        buttons = [Button(description=f"{letter} is next") for letter in LETTERS]
        again, following = Button(description="begin anew"), Button(description="next story")

        def redraw() -> None:
            done = " &gt; ".join(kept[at[0]]) or "click the best ending first"
            page.value = f"{self.page(at[0])}<p>Your order: {done}</p>"
            line.value = f"<p>Your line to keep: <code>my_rankings = {kept}</code></p>"
            for button, letter in zip(buttons, LETTERS, strict=True):
                button.disabled = letter in kept[at[0]]

        def choose(letter: str) -> None:
            kept[at[0]] += letter
            if len(kept[at[0]]) == len(LETTERS) - 1:  # the last one is what is left
                kept[at[0]] += next(one for one in LETTERS if one not in kept[at[0]])
            redraw()

        def forget(_: Any) -> None:
            kept[at[0]] = ""
            redraw()

        def turn(_: Any) -> None:
            at[0] = (at[0] + 1) % len(self.prompts)
            redraw()

        for button, letter in zip(buttons, LETTERS, strict=True):
            button.on_click(lambda _, letter=letter: choose(letter))
        again.on_click(forget)
        following.on_click(turn)
        redraw()
        display(VBox([page, HBox([*buttons, again, following]), line]))


def read_rankings(rankings: Sequence[str], count: int) -> list[str]:
    """Return the rankings that are whole. Raises ValueError for one that cannot be read.

    >>> read_rankings(["BADC", ""], count=2)
    ['BADC', '']
    """
    for ranking in rankings:
        if ranking and sorted(ranking) != sorted(LETTERS):
            raise ValueError(f'a ranking has each of {LETTERS} once, as "BADC": got {ranking!r}')
    return [*rankings, *[""] * count][:count]


def pairs_of(candidates: Candidates, rankings: Sequence[str]) -> list[Pair]:
    """Return all pairs that the rankings decide: six of four endings, the better one chosen."""
    found: list[Pair] = []
    for place, ranking in enumerate(read_rankings(rankings, len(candidates.prompts))):
        start, texts = candidates.prompts[place], candidates.endings[place]
        for first, second in itertools.combinations(ranking, 2):
            chosen, rejected = (texts[LETTERS.index(letter)] for letter in (first, second))
            if chosen != rejected:
                found.append(
                    {
                        "prompt": start,
                        "chosen": chosen,
                        "rejected": rejected,
                        "chosen_reward": true_reward(f"{start} {chosen}"),
                        "rejected_reward": true_reward(f"{start} {rejected}"),
                    }
                )
    return found
