"""Section 3.7, "Do not compute twice": what is asked."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.decoder.exercises.inputs import normal
from gradelib.topics.decoder.exercises.texts import Chooser, mixed_up, writing

KVCache = Exercise(
    "decoder.KVCache", points=2, difficulty=2, kind="class", given=("__init__",), seconds=5.0
)
generate_cached = Exercise("decoder.generate_cached", points=3, difficulty=2)


# --- KVCache -------------------------------------------------------------------------------------


def _extend(rng: Rng, *shape: int, d_value: int = 0) -> list[str | Inputs]:
    values = normal(rng, *shape[:-1], d_value or shape[-1])
    return ["extend", {"keys": normal(rng, *shape), "values": values}]


@KVCache.case
def a_text_that_grows(rng: Rng) -> Inputs:
    """Four tokens, then two more, for two sentences and three heads."""
    first, then = _extend(rng, 2, 3, 4, 5), _extend(rng, 2, 3, 2, 5)
    return {"init": {}, "steps": ["length", first, "length", then, "length"]}


@KVCache.case
def token_by_token(rng: Rng) -> Inputs:
    """Three tokens, then one at a time."""
    ones = [_extend(rng, 1, 2, 1, 4) for _ in range(3)]
    return {"init": {}, "steps": [_extend(rng, 1, 2, 3, 4), *ones, "length"]}


@KVCache.case
def values_of_another_size(rng: Rng) -> Inputs:
    """Keys have four numbers and values six."""
    steps = [_extend(rng, 3, 2, count, 4, d_value=6) for count in (1, 5)]
    return {"init": {}, "steps": [*steps, "length"]}


@KVCache.case
def axes_of_size_one(rng: Rng) -> Inputs:
    """One sentence, one head, one token and one number at a time."""
    steps = [_extend(rng, 1, 1, 1, 1), _extend(rng, 1, 1, 1, 1), _extend(rng, 1, 1, 2, 1)]
    return {"init": {}, "steps": [*steps, "length"]}


@KVCache.case
def tokens_for_the_first_time(rng: Rng) -> Inputs:
    """An empty cache gives back what it is handed."""
    return {"init": {}, "steps": [_extend(rng, 2, 4, 3, 5), "length"]}


# --- generate_cached -----------------------------------------------------------------------------


class _Reader(nn.Module):
    """A model of some blocks that knows of earlier ids only what its caches give back."""

    def __init__(self, table: Tensor, layers: int) -> None:
        super().__init__()
        self.table = nn.Parameter(table, requires_grad=False)
        self.blocks = nn.ModuleList(nn.Identity() for _ in range(layers))
        self.calls: list[list[int]] = []

    def forward(self, ids: Tensor, caches: Sequence[Any] | None = None) -> Tensor:
        self.calls.append([ids.shape[1], 0 if caches is None else len(caches)])
        new, mixed = ids[:, None, :, None].float(), torch.zeros_like(ids)
        for layer in range(len(self.blocks)):
            keys = new if caches is None else caches[layer].extend(new, new + layer)[0]
            states = mixed_up(keys[:, 0, :, 0].long() + layer, len(self.table))
            mixed = mixed + (layer + 1) * states[:, -ids.shape[1] :]
        return self.table[mixed % len(self.table)]


@generate_cached.drive
def write_with_caches(
    answer: Callable[..., Any],
    table: Tensor,
    layers: int,
    ids: Tensor,
    max_new: int,
    rank: int,
    before: int = 0,
) -> Any:
    """Let a model write; it may have written for somebody `before`."""
    model, choose = _Reader(table, layers), Chooser(rank)
    for _ in range(before):
        answer(model, ids.clone(), max_new, Chooser(rank))
        model.calls.clear()
    written = answer(model, ids, max_new, choose)
    return {
        "ids": written,
        "ids read and caches in each call": model.calls,
        "logits handed to choose": choose.handed,
    }


@generate_cached.case
def two_texts_and_two_blocks(rng: Rng) -> Inputs:
    """Two beginnings of three ids, a model of two blocks, five more ids."""
    return {**writing(rng, 2, 3, 5), "layers": 2}


@generate_cached.case
def one_id_and_one_block(rng: Rng) -> Inputs:
    """One id goes on for four more, with one block."""
    return {**writing(rng, 1, 1, 4), "layers": 1}


@generate_cached.case
def the_second_best_token(rng: Rng) -> Inputs:
    """`choose` takes the second best token, with three blocks."""
    return {**writing(rng, 3, 4, 6, rank=1), "layers": 3}


@generate_cached.case
def a_model_that_writes_again(rng: Rng) -> Inputs:
    """The model has written already, from the same beginning. Its new text has new caches."""
    return {**writing(rng, 2, 2, 3), "layers": 2, "before": 1}


@generate_cached.case
def no_new_tokens(rng: Rng) -> Inputs:
    """No new tokens are asked for: the model is not called at all."""
    return {**writing(rng, 2, 1, 0), "layers": 2}
