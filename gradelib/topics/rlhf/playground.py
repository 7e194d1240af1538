"""A beginning to type: some endings by a policy, and what the rewards say of each."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.lab.village import true_reward

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.lab.storyteller import Storyteller
    from gradelib.topics.rlhf.training import Judge

__all__ = ["EndingPlayground"]

LONGEST = 300  # letters that are read
MOST = 8  # endings


@dataclass(frozen=True)
class EndingPlayground:
    """Policies by name, and a judge whose favourite of n endings is marked."""

    teller: Storyteller
    policies: Mapping[str, Any]
    judge: Judge
    best_of_n: Callable[[Tensor, int], Tensor]

    def page(self, text: str, name: str, n: int) -> str:
        """Return the table of n endings of a beginning, in HTML."""
        start = text[:LONGEST].strip() or "Mia lost her key."
        told = self.teller.write(self.policies[name], [start] * n, seed=3).texts
        scores = self.judge(told)
        best = int(self.best_of_n(scores[None], n))
        rows = ["<tr><th>ending</th><th>learned</th><th>true</th></tr>"]
        for place, (story, score) in enumerate(zip(told, scores.tolist(), strict=True)):
            ending = html.escape(story[len(start) :].strip())
            shown = f"<b>{ending}</b>" if place == best else ending
            cells = f"<td>{score:.2f}</td><td>{true_reward(story):.1f}</td>"
            rows.append(f"<tr><td style='text-align:left'>{shown}</td>{cells}</tr>")
        cut = "" if len(text) <= LONGEST else f"<p>Only the first {LONGEST} letters are read.</p>"
        return f"<table>{''.join(rows)}</table><p>The best by the learned reward is bold.</p>{cut}"

    def show(self, text: str) -> None:
        """Show the widget: a box for the beginning, who goes on, and how many endings."""
        from IPython.display import display
        from ipywidgets import HTML, Dropdown, HBox, IntSlider, Layout, Text, VBox

        wide = Layout(width="min(46rem, 95%)")
        box = Text(text, description="beginning", layout=wide, continuous_update=False)
        who = Dropdown(options=list(self.policies), description="writer")
        count = IntSlider(4, min=1, max=MOST, description="n", continuous_update=False)
        page = HTML()

        def redraw(_: Any = None) -> None:
            try:
                page.value = self.page(box.value, who.value, count.value)
            except Exception as error:  # noqa: BLE001 (an answer may raise anything)
                message = html.escape(f"{type(error).__name__}: {error}")
                page.value = f"<p>One of the functions above stopped: {message}</p>"

        for part in (box, who, count):
            part.observe(redraw, names="value")
        redraw()
        display(VBox([box, HBox([who, count]), page]))
