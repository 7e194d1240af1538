"""A decoder alone that translates: one text, `source => target`, and no encoder.

The layers are the student's: what reads in the translator, behind a triangle, is a decoder's block.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import torch
from torch import nn

from gradelib.topics.encoder_decoder.pairs import Pair, Words, words_of
from gradelib.topics.encoder_decoder.training import Mark

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["OneText", "mark_prompted", "one_text_batches", "prompted_loss", "write_prompted"]

MakeLayer = Callable[[int, int], nn.Module]


class OneText(nn.Module):
    """A decoder-only model: tokens, positions, layers that look back, and a tied head."""

    def __init__(
        self, make_layer: MakeLayer, vocab: int, context: int, d_model: int, heads: int, layers: int
    ) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.layers = nn.ModuleList(make_layer(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids: Tensor, first: int = 0) -> Tensor:
        """Return the logits of the next token, of the places from `first` on.

        Shapes:
            ids:     (batch, token)
            returns: (batch, token - first, vocab)
        """
        count = ids.shape[1]
        back = torch.ones(count, count, dtype=torch.bool, device=ids.device).tril()[None, None]
        x = self.tokens(ids) + self.positions.weight[:count]
        for layer in self.layers:
            x = layer(x, back)
        logits: Tensor = self.norm(x[:, first:]) @ self.tokens.weight.T
        return logits


def one_text_batches(
    words: Words, halves: Iterator[tuple[Tensor, Tensor]]
) -> Iterator[tuple[Tensor, Tensor]]:
    """Turn source and target into one text and its labels; only the target has labels.

    `start` stands between the two, as `=>` in a prompt.
    """
    for source, target in halves:
        texts, labels = [], []
        for left, right in zip(source, target, strict=True):
            said = left[(left != words.pad) & (left != words.end)]
            wanted = right[right != words.pad]
            text = torch.cat([said, said.new_tensor([words.start]), wanted])
            texts.append(text[:-1])
            labels.append(torch.cat([torch.full_like(said, words.pad), wanted]))
        yield _padded(texts, words.pad), _padded(labels, words.pad)


def _padded(rows: Sequence[Tensor], pad: int) -> Tensor:
    return nn.utils.rnn.pad_sequence(list(rows), batch_first=True, padding_value=pad)


def prompted_loss(
    sequence_loss: Callable[..., Tensor], pad: int
) -> Callable[[nn.Module, Tensor, Tensor], Tensor]:
    """Return a loss of a model, texts and labels, by the student's `sequence_loss`."""

    def loss(model: nn.Module, ids: Tensor, labels: Tensor) -> Tensor:
        first = int((labels != pad).any(dim=0).int().argmax())  # before it is no label
        return sequence_loss(model(ids, first), labels[:, first:], pad)

    return loss


@torch.no_grad()
def write_prompted(
    model: nn.Module, words: Words, some: Sequence[Pair], most: int = 24
) -> list[list[str]]:
    """Translate the English of some pairs: go on with `source =>`, always the likeliest word.

    Sentences of one length are written together, so that no padding is needed.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    prompts = [[*words.encode(pair["en"])[:-1], words.start] for pair in some]
    for place, prompt in enumerate(prompts):
        groups[len(prompt)].append(place)
    written: list[list[str]] = [[] for _ in some]
    for length, places in groups.items():
        ids = torch.tensor([prompts[place] for place in places])
        for _ in range(most):
            ids = torch.cat([ids, model(ids, first=-1)[:, -1].argmax(dim=1, keepdim=True)], dim=1)
            if (ids[:, length:] == words.end).any(dim=1).all():
                break
        for place, row in zip(places, ids[:, length:], strict=True):
            written[place] = words.decode(row)
    return written


@torch.no_grad()
def mark_prompted(
    model: nn.Module, words: Words, some: Sequence[Pair], sequence_loss: Callable[..., Tensor]
) -> Mark:
    """Examine a model on some pairs: its loss, and which words and sentences are right.

    What comes after a mistake is not looked at here, and counts as right.
    """
    halves = words.batch([pair["en"] for pair in some]), words.batch([pair["de"] for pair in some])
    ids, labels = next(one_text_batches(words, iter([halves])))
    logits, real = model(ids), labels != words.pad
    right = float((logits.argmax(dim=2) == labels)[real].float().mean())
    written = write_prompted(model, words, some)
    whole = [said == words_of(pair["de"]) for said, pair in zip(written, some, strict=True)]
    loss = float(sequence_loss(logits, labels, words.pad))
    return Mark(loss, right, sum(whole) / len(whole), 1.0, 1.0)
