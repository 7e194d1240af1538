"""Tables of notebook 6: texts of several strategies beside what can be measured in them.

The measures, and all that chooses a token, are the notebook's own functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gradelib.lab.tokens import show_table
from gradelib.topics.sampling.pictures import balance
from gradelib.topics.sampling.progress import counted
from gradelib.topics.sampling.stories import share_told, until_end

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel
    from gradelib.topics.sampling.stories import Point

__all__ = ["Survey", "show_cuts", "show_endings", "show_searches"]

Choose = Callable[["Tensor", "Tensor"], "Tensor"]
Rate = Callable[[list[int], int], float]
Distinct = Callable[[list[list[int]], int], float]


def show_cuts(heat: Sequence[Point], cuts: Sequence[Point]) -> None:
    """Draw stories with a cut tail beside those of the temperatures, and say which are better.

    A cut is compared with a temperature whose stories are as different as its own. Between two
    temperatures that were measured, a straight line stands for what lies there.
    """
    import numpy as np

    curves: dict[str, Sequence[Point]] = {"temperature alone": heat[1:] or heat}
    curves |= {
        f"T = 1.3, {cut.name}": [cut._replace(name=cut.name.split(", ")[-1])] for cut in cuts
    }
    title = "Up and to the right is better: stories that are right, and different"
    balance(curves, title, x="different 4-grams (%)", y="words before the first mistake (%)")
    line = sorted((point.different, point.right) for point in heat)
    for cut in cuts:
        right = np.interp(cut.different, [x for x, _ in line], [y for _, y in line])
        beyond = "beyond the line" if cut.right > right else "not beyond the line"
        alone = f"a temperature with stories as different: {right:.0f} %"
        print(f"{cut.name}: {cut.right:.0f} % right; {alone} ({beyond})")


def show_endings(
    texts: Mapping[str, list[int]], decode: Callable[..., str], rate: Rate, distinct: Distinct
) -> None:
    """Show, for texts of several strategies, how much repeats in them and how they end."""
    rows = texts.values()
    columns: dict[str, list[str]] = {
        "": list(texts),
        "repeated within 32 tokens": [f"{rate(ids, 32):.0%}" for ids in rows],
        "different 3-grams": [f"{distinct([ids], 3):.0%}" for ids in rows],
        "how it ends": ["… " + decode(ids[-45:]) for ids in rows],
    }
    show_table(columns)


def show_searches(found: Mapping[int, tuple[float, list[int]]], decode: Callable[..., str]) -> None:
    """Show what searches with some numbers of beams found, and how likely and how right it is."""
    texts = [decode(ids) for _, ids in found.values()]
    columns: dict[str, Sequence[object]] = {
        "beams": list(found),
        "log probability (nats)": [f"{score:.2f}" for score, _ in found.values()],
        "words": [len(text.split()) for text in texts],
        "right": [f"{share_told(text):.0%}" for text in texts],
        "story": texts,
    }
    show_table(columns)
    scores = [score for score, _ in found.values()]
    best = list(found)[scores.index(max(scores))]
    print(f"The likeliest of these stories was found with {best} beam{'s' * (best != 1)}.")


@dataclass
class Survey:
    """One prompt under every strategy, and what can be measured in the texts.

    A strategy maps logits (1, token) and ids (1, position) to a token, (1,). What `fixed` names
    rolls no dice, so that one text of it is enough.
    """

    ways: Mapping[str, Choose]
    generate: Callable[..., Tensor]
    beam_search: Callable[..., list[tuple[float, list[int]]]]
    nats: Callable[..., float]  # nats(ids, first, voice): the log probability of ids from first on
    repetition_rate: Rate
    distinct_n: Distinct
    fixed: str = "greedy"  # begins the name of what rolls no dice
    left_out: list[str] = field(default_factory=list)  # what is not written yet

    def show(self, voice: LanguageModel, prompt: str, max_new: int, times: int) -> None:
        """Continue a prompt under every strategy and show the table; of dice, means of `times`."""
        with counted(voice.next_logits, "writing") as next_logits:
            found = self._texts(voice, next_logits, voice.encode(prompt), max_new, times)
        begin = voice.encode(prompt).shape[1]
        names = ("strategy", "nats per token", "repeated", "distinct-2", "text")
        rows = [[name, *self._measured(voice, begin, texts)] for name, texts in found.items()]
        columns = [list(column) for column in zip(*rows, strict=True)]
        show_table(dict(zip(names, columns, strict=True)), f"{prompt} …")
        surprise = {name: float(nats) for name, nats, *_ in rows}
        least, most = (pick(surprise, key=surprise.__getitem__) for pick in (min, max))
        print(f"Least surprised by its own text: {least}. Most: {most}.")
        if self.left_out:
            print(f"Left out, since not written yet: {', '.join(self.left_out)}.")

    def _texts(
        self,
        voice: LanguageModel,
        next_logits: Callable[[Tensor], Tensor],
        prompt: Tensor,
        max_new: int,
        times: int,
    ) -> dict[str, list[list[int]]]:
        """Return the ids of each strategy's texts: all strategies at once, each with its rows."""
        import torch

        written = self._written(voice, prompt)
        names = [n for n in written for _ in range(1 if n.startswith(self.fixed) else times)]

        def each_its_own(logits: Tensor, ids: Tensor) -> Tensor:
            rows = enumerate(names)
            return torch.cat(
                [self.ways[name](logits[i : i + 1], ids[i : i + 1]) for i, name in rows]
            )

        prompts = prompt.repeat(len(names), 1)
        ids = self.generate(next_logits, prompts, each_its_own, max_new, voice.end).tolist()
        found: dict[str, list[list[int]]] = {name: [] for name in written}
        for name, row in zip(names, ids, strict=True):
            found[name].append(until_end(row, voice.end, prompt.shape[1]))
        [(_, best)] = self.beam_search(next_logits, prompt, 4, max_new, voice.end)
        return found | {"4 beams": [best]}

    def _written(self, voice: LanguageModel, prompt: Tensor) -> list[str]:
        """Return the strategies whose functions are written; what is extra may not be."""
        logits = voice.next_logits(prompt)
        self.left_out = []
        for name, way in self.ways.items():
            try:
                way(logits, prompt)
            except NotImplementedError:  # a stub: the table goes without it, and says so
                self.left_out.append(name)
        return [name for name in self.ways if name not in self.left_out]

    def _measured(self, voice: LanguageModel, begin: int, texts: list[list[int]]) -> list[str]:
        new = [ids[begin:] for ids in texts]
        surprise = -sum(self.nats(ids, begin, voice) for ids in texts) / sum(map(len, new))
        repeated = sum(self.repetition_rate(ids, 32) for ids in new) / len(new)
        distinct = sum(self.distinct_n([ids], 2) for ids in new) / len(new)
        shown = voice.decode(new[0]).strip()
        return [f"{surprise:.2f}", f"{repeated:.0%}", f"{distinct:.0%}", shown]
