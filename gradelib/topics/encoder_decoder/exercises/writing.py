"""Sections 5.4 and 5.5, how a translator learns and writes: what is asked."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import normal, random_ids, real_tokens

sequence_loss = Exercise("encoder_decoder.sequence_loss", points=3, difficulty=3)
translate = Exercise("encoder_decoder.translate", points=3, difficulty=3)
alignment = Exercise("encoder_decoder.alignment", points=2, difficulty=2)


# --- sequence_loss -------------------------------------------------------------------------------


@sequence_loss.drive
def loss_and_gradient(
    answer: Callable[..., Any], logits: Tensor, ids: Tensor, pad: int, smoothing: float | None
) -> Any:
    held = logits.clone().requires_grad_()
    loss = answer(held, ids, pad) if smoothing is None else answer(held, ids, pad, smoothing)
    gradient = None
    if isinstance(loss, Tensor) and loss.requires_grad and loss.numel() == 1:
        (gradient,) = torch.autograd.grad(loss.sum(), held)
    return {"loss": loss, "gradient": gradient}


def _targets(
    rng: Rng, lengths: list[int], vocab: int, smoothing: float | None, spread: float = 1.5
) -> Inputs:
    real, pad = real_tokens(lengths), int(rng.integers(vocab))
    ids = random_ids(rng, *real.shape, vocab=vocab - 1)
    ids = ids + (ids >= pad)  # no real token is padding
    return {
        "logits": normal(rng, *real.shape, vocab, spread=spread),
        "ids": ids.masked_fill(~real, pad),
        "pad": pad,
        "smoothing": smoothing,
    }


@sequence_loss.case
def targets_of_different_length(rng: Rng) -> Inputs:
    """Targets of five, two and four tokens, without smoothing."""
    return _targets(rng, [5, 2, 4], 7, None)


@sequence_loss.case
def a_little_smoothing(rng: Rng) -> Inputs:
    """A tenth of the probability is shared by all six tokens."""
    return _targets(rng, [3, 4], 6, 0.1)


@sequence_loss.case
def much_smoothing(rng: Rng) -> Inputs:
    """Half of the probability is shared."""
    return _targets(rng, [1, 6, 2], 5, 0.5)


@sequence_loss.case
def padding_before_and_between(rng: Rng) -> Inputs:
    """Padding at any place, also before a token: no place with it counts, and all others do."""
    drawn = _targets(rng, [6, 6, 6], 6, 0.2)
    hidden = torch.from_numpy(rng.random(size=(3, 6)) < 0.5)
    hidden[1, 0], hidden[:, -1] = True, False
    return {**drawn, "ids": drawn["ids"].masked_fill(hidden, drawn["pad"])}


@sequence_loss.case
def no_padding(rng: Rng) -> Inputs:
    """Both targets have three tokens."""
    return _targets(rng, [3, 3], 8, 0.2)


@sequence_loss.case
def one_token_a_row(rng: Rng) -> Inputs:
    """Three targets of one token each."""
    return _targets(rng, [1, 1, 1], 5, 0.2)


@sequence_loss.case
def one_token(rng: Rng) -> Inputs:
    """One target of one token."""
    return _targets(rng, [1], 4, 0.3)


@sequence_loss.case
def a_model_that_is_sure(rng: Rng) -> Inputs:
    """Logits of some hundreds, in which the model is sure and mostly wrong."""
    return _targets(rng, [4, 2], 5, None, spread=200.0)


# --- translate -----------------------------------------------------------------------------------


class Stand(nn.Module):
    """In place of a translator: it writes what its table says, and counts how often it read.

    The next token depends on the last one written, on its place, and on what was encoded.
    """

    def __init__(self, table: Tensor, pad: int) -> None:
        super().__init__()
        self.table = nn.Parameter(table, requires_grad=False)  # (place, vocab, vocab)
        self.pad, self.encoded = pad, 0
        self.decoded: list[int] = []  # how many tokens of the target; of which rows is left open

    def encode(self, source_ids: Tensor) -> Tensor:
        self.encoded += 1
        return (source_ids != self.pad).sum(dim=1).float()[:, None, None] + source_ids[..., None]

    def decode(self, target_ids: Tensor, source: Tensor, source_ids: Tensor) -> Tensor:
        self.decoded.append(target_ids.shape[1])
        batch, length = target_ids.shape
        turn = source.sum(dim=(1, 2)).long() + source_ids.sum(dim=1)
        places = torch.arange(length, device=turn.device) + turn[:, None]
        logits: Tensor = self.table[places % len(self.table), target_ids]
        return logits[:, :, : self.table.shape[2]].reshape(batch, length, -1)


@translate.drive
def write_with_a_stand_in(
    answer: Callable[..., Any], table: Tensor, pad: int, source_ids: Tensor, start: int,
    end: int, max_new: int,
) -> Any:  # fmt: skip
    model = Stand(table, pad)
    written = answer(model, source_ids, start, end, max_new)
    return {"written": written, "times the source was read": model.encoded,
            "tokens that were decoded": model.decoded}  # fmt: skip


def _translation(
    rng: Rng, lengths: list[int], max_new: int, end_after: int | None = None
) -> Inputs:
    """A table in which each row's likeliest token is drawn; `end` comes by chance or late."""
    vocab, pad, start, end, places = 9, 0, 7, 8, 6
    real = real_tokens(lengths)
    table = normal(rng, places, vocab, vocab)
    table[..., pad] -= 50.0
    table[..., start] -= 50.0
    table[..., end] += -50.0 if end_after is None else 1.0
    return {
        "table": table,
        "pad": pad,
        "source_ids": random_ids(rng, *real.shape, vocab=7, first=1).masked_fill(~real, pad),
        "start": start,
        "end": end,
        "max_new": max_new,
    }


@translate.case
def rows_that_end_at_different_times(rng: Rng) -> Inputs:
    """Four sentences; they say the end when they like."""
    return _translation(rng, [3, 5, 2, 4], 12, 0)


@translate.case
def nobody_says_the_end(rng: Rng) -> Inputs:
    """Two sentences that never end: it stops after five rounds."""
    return _translation(rng, [2, 4], 5)


@translate.case
def one_sentence(rng: Rng) -> Inputs:
    """A single sentence of a single word."""
    return _translation(rng, [1], 10, 0)


@translate.case
def a_single_round(rng: Rng) -> Inputs:
    """One round only."""
    return _translation(rng, [1, 3, 2], 1)


@translate.case
def all_end_at_once(rng: Rng) -> Inputs:
    """All say the end in the first round: there is no second."""
    drawn = _translation(rng, [2, 3], 8)
    drawn["table"][..., drawn["end"]] += 200.0
    return drawn


@translate.case
def padding_is_said(rng: Rng) -> Inputs:
    """The likeliest token is often padding. It is written like others, and ends nothing."""
    drawn = _translation(rng, [3, 5, 2, 4], 12, 0)
    drawn["table"][..., drawn["pad"]] += 52.0
    return drawn


@translate.case
def it_begins_with_the_end(rng: Rng) -> Inputs:
    """`start` and `end` are the same token, as in some models: to begin with it ends nothing."""
    drawn = _translation(rng, [2, 5, 3], 10, 0)
    return {**drawn, "start": drawn["end"]}


@translate.invariant
def ids_of_64_bits(inputs: Inputs, answer: dict[str, Any]) -> bool | str:
    """The ids that were written are whole numbers of 64 bits, int64."""
    kind = getattr(answer["written"], "dtype", torch.int64)
    return kind == torch.int64 or f"they are {kind}"


# --- alignment -----------------------------------------------------------------------------------


def _weights(rng: Rng, heads: int, target: int, lengths: list[int]) -> Inputs:
    real = real_tokens(lengths)
    shape = len(lengths), heads, target, real.shape[1]
    weights = torch.from_numpy(rng.dirichlet(np.full(shape[-1], 0.4), size=shape[:-1])).float()
    return {"weights": weights, "source_mask": real}


@alignment.case
def three_heads(rng: Rng) -> Inputs:
    """Two sentences, three heads, four words written, sources of five and three words."""
    return _weights(rng, 3, 4, [5, 3])


@alignment.case
def one_head(rng: Rng) -> Inputs:
    """A single head: its own largest weight counts."""
    return _weights(rng, 1, 5, [4, 4])


@alignment.case
def heads_that_disagree(rng: Rng) -> Inputs:
    """Each head is sure of another word. What counts is the mean."""
    drawn = _weights(rng, 4, 3, [6])
    return {**drawn, "weights": (drawn["weights"] * 3).softmax(dim=-1)}


@alignment.case
def padding_that_gets_weight(rng: Rng) -> Inputs:
    """The largest weight lies on padding, where the model should not have looked."""
    drawn = _weights(rng, 2, 4, [2, 6, 3])
    weights = drawn["weights"].masked_fill(~drawn["source_mask"][:, None, None], 0.9)
    return {**drawn, "weights": weights}


@alignment.case
def a_source_of_one_word(rng: Rng) -> Inputs:
    """There is one word to look at, and one is written."""
    return _weights(rng, 2, 1, [1])


@alignment.invariant
def whole_numbers_of_64_bits(inputs: Inputs, answer: Tensor) -> bool | str:
    """The places are whole numbers of 64 bits, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"
