"""The same as in notebook 4, by the libraries that the field uses: masking, and a search."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradelib.lab import data, figures

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.topics.encoder.bert import Body, Reader

__all__ = ["Library", "Search"]

DEPTHS = (1, 2, 3, 5, 8)  # pages that a search may return
BATCH = 16  # texts
LONGEST = 256  # tokens of a text that MiniLM was made to read: its card
WAYS = ("[CLS]", "the mean")
SHADES = dict(zip(WAYS, ("baseline", "yours"), strict=True))


@dataclass(frozen=True)
class Search:
    """How many right pages a search finds: a curve for each way to make one vector."""

    curves: Mapping[str, tuple[Sequence[int], list[float]]]

    def draw(self) -> Any:
        """Draw a curve for each way."""
        shades = {name: figures.colour(SHADES[name]) for name in self.curves}
        return figures.lines(self.curves, self.title, x="k", y="recall@k (%)", colours=shades)

    @property
    def title(self) -> str:
        """Say which way found the right page first most often, and how often."""
        first = {name: values[0] for name, (_, values) in self.curves.items()}
        best = max(first, key=lambda name: first[name])
        who = best[:1].upper() + best[1:]
        return f"{who} finds the right page first in {first[best]:.0f} of 100 questions"


class Library:
    """A reader's texts in the hands of `transformers` and `faiss`."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def compare(
        self,
        choose_masked: Callable[..., Tensor],
        corrupt: Callable[..., tuple[Tensor, Tensor]],
        mlm_loss: Callable[[Tensor, Tensor], Tensor],
        stories: int,
    ) -> dict[str, list[str]]:
        """Return what becomes of a hundred tokens, by the student's functions and the collator's.

        Both roll their own dice, so that the shares differ a little.
        """
        import torch
        from transformers import DataCollatorForLanguageModeling

        texts = [story["text"] for story in data.stories("validation")[:stories]]
        ids, mask = self.reader.batch(texts)
        with torch.random.fork_rng():
            torch.manual_seed(0)
            collate = DataCollatorForLanguageModeling(self.reader.tokenizer, mlm_probability=0.15)
            rows = [{"input_ids": row[real].tolist()} for row, real in zip(ids, mask, strict=True)]
            batch = collate(rows)
        luck = torch.Generator().manual_seed(0)
        yours = self.reader.hide(ids, luck, choose_masked, corrupt)
        theirs = batch["input_ids"], batch["labels"]
        table = {"": ["chosen", "of these: [MASK]", "another token", "as it was", "loss (nats)"]}
        for name, (inputs, labels) in {"yours": yours, "transformers": theirs}.items():
            table[name] = [
                *self._shares(inputs, labels, int(mask.sum())),
                self._loss(name, yours, mlm_loss),
            ]
        return table

    def _shares(self, inputs: Tensor, labels: Tensor, real: int) -> list[str]:
        chosen = labels >= 0
        masked, same = chosen & (inputs == self.reader.mask), chosen & (inputs == labels)
        count = int(chosen.sum())
        parts = (masked.sum(), count - masked.sum() - same.sum(), same.sum())
        return [f"{100 * count / real:.1f}", *(f"{100 * int(part) / count:.1f}%" for part in parts)]

    def _loss(
        self,
        name: str,
        hidden: tuple[Tensor, Tensor],
        mlm_loss: Callable[[Tensor, Tensor], Tensor],
    ) -> str:
        """Return the loss on the same labels, by the student's function or by the model itself."""
        import torch

        inputs, labels = (part[:BATCH] for part in hidden)
        real = inputs.ne(self.reader.tokenizer.pad_token_id)
        with torch.no_grad():
            found = self.reader.model(input_ids=inputs, attention_mask=real.long(), labels=labels)
        loss = found.loss if name == "transformers" else mlm_loss(found.logits, labels)
        return f"{loss.item():.4f}"

    def search(
        self,
        encoder: Body,
        mean_pool: Callable[[Tensor, Tensor], Tensor],
        retrieve: Callable[[Tensor, Tensor, int], Tensor],
        recall_at_k: Callable[[Tensor, Tensor, int], float],
    ) -> Search:
        """Ask the course's questions of the course's pages, with [CLS] and with the mean."""
        import torch

        pages = data.course_pages()
        place = {page["id"]: number for number, page in enumerate(pages)}
        asked = [question for question in data.course_questions() if question["page"]]
        right = torch.tensor([place[question["page"] or ""] for question in asked])
        texts = [page["title"] + ". " + page["text"] for page in pages]
        questions = [question["question"] for question in asked]
        pools = [_first, mean_pool]
        asked_for = self._pooled(encoder, questions, pools)
        found_in = self._pooled(encoder, texts, pools)
        curves = {}
        for name, queries, found in zip(WAYS, asked_for, found_in, strict=True):
            ranked = retrieve(queries, found, max(DEPTHS))
            curves[name] = DEPTHS, [100 * recall_at_k(ranked, right, k) for k in DEPTHS]
        return Search(curves)

    def _pooled(
        self,
        encoder: Body,
        texts: Sequence[str],
        pools: Sequence[Callable[[Tensor, Tensor], Tensor]],
    ) -> list[Tensor]:
        """Return the vectors of all texts by each way to pool, (text, d_model), in one reading.

        Texts of about the same length are read together, so that there is little padding.
        """
        import torch
        from tqdm.auto import tqdm

        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        back = torch.tensor(order).argsort()
        rows: list[list[Tensor]] = [[] for _ in pools]
        for start in tqdm(range(0, len(texts), BATCH), "reading", leave=False):
            ids, mask = self.reader.batch([texts[i] for i in order[start:][:BATCH]], LONGEST)
            with torch.no_grad():
                hidden = encoder(ids, mask)
                for pool, kept in zip(pools, rows, strict=True):
                    kept.append(pool(hidden, mask))
        return [torch.cat(kept)[back] for kept in rows]

    def against_faiss(self, retrieve: Callable[[Tensor, Tensor, int], Tensor]) -> str:
        """Search random vectors by `faiss` and by the student's function, and compare."""
        import torch

        try:
            faiss: Any = importlib.import_module("faiss")
        except ImportError:  # it is no part of a student's set
            return "faiss is not here. Fetch it if you like: pip install faiss-cpu"
        luck = torch.Generator().manual_seed(0)
        queries, pages = (torch.randn(n, 64, generator=luck) for n in (50, 2000))
        index: Any = faiss.IndexFlatIP(64)
        index.add(torch.nn.functional.normalize(pages, dim=1).numpy())
        _, theirs = index.search(torch.nn.functional.normalize(queries, dim=1).numpy(), 10)
        same = (retrieve(queries, pages, 10) == torch.from_numpy(theirs)).float().mean().item()
        return f"{same:.1%} of the pages are the same, and at the same place"


def _first(hidden: Tensor, _: Tensor) -> Tensor:
    """Take the vector of [CLS]."""
    return hidden[:, 0]
