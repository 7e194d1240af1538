"""Sections 5.4 and 5.5: reference answers."""

import torch
from torch import Tensor

from solutions.encoder_decoder.reference.layers import Translator


def sequence_loss(
    logits: Tensor,
    ids: Tensor,
    pad: int,
    smoothing: float = 0.0,
) -> Tensor:
    """Return how surprised a translator is on average by the target, without padding.

    The logits at a place are held against the id at the same place: the shift was made
    before, in what the decoder has read. With `smoothing` the truth is softened: the
    right token gets the probability 1 - smoothing, and smoothing is shared equally by
    *all* tokens, the right one among them. The loss of a place is then the mean
    surprisal under these probabilities: minus their sum, each times the log probability
    of the model. The mean is over all places that are not `pad`, of all rows together.

    Source: Szegedy et al. (2016), section 7, for the smoothing.

    Shapes:
        logits:  (batch, target, vocab)
        ids:     (batch, target)
        returns: (), in nats; one can take its gradient

    >>> logits = torch.tensor([[[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]]]).log()
    >>> sequence_loss(logits, torch.tensor([[0, 1]]), pad=1).exp()  # 1 / 0.5
    tensor(2.)
    """
    log_probs = logits.log_softmax(dim=-1)  # (batch, target, vocab)
    right = log_probs.gather(2, ids.unsqueeze(2)).squeeze(2)  # (batch, target)
    losses = -(1 - smoothing) * right - smoothing * log_probs.mean(dim=-1)
    return losses[ids != pad].mean()


@torch.no_grad()
def translate(
    model: Translator,
    source_ids: Tensor,
    start: int,
    end: int,
    max_new: int,
) -> Tensor:
    """Write a translation of each row, always the likeliest token, and read once.

    The source is encoded a single time. The target begins with `start`. In each round
    the model decodes what there is of the target, and its likeliest token at the last
    place is added to each row, also if it is `model.pad`. A row that has said `end` is
    filled up with `model.pad`. It ends when all rows have said `end`, and after
    `max_new` rounds at the latest. `start` and `end` may be the same token: the one
    with which a row begins was not said.

    Shapes:
        source_ids: (batch, source), padded with `model.pad`
        returns:    (batch, new), int64: what was written, without `start`; new is at
                    most max_new
    """
    source = model.encode(source_ids)
    target = source_ids.new_full((len(source_ids), 1), start)
    ended = torch.zeros_like(target[:, 0], dtype=torch.bool)
    for _ in range(max_new):
        logits = model.decode(target, source, source_ids)[:, -1]  # (batch, vocab)
        token = logits.argmax(dim=1).masked_fill(ended, model.pad)
        target = torch.cat([target, token[:, None]], dim=1)
        ended = ended | (token == end)
        if ended.all():
            break
    return target[:, 1:]


def alignment(weights: Tensor, source_mask: Tensor) -> Tensor:
    """Say for each word that was written at which word of the source it looked most.

    `weights` are those of the cross-attention in one layer. Take their mean over the
    heads. Row t of them belongs to the decoder when it has read t words, and is about
    to write word t: so row t says where word t looked. The answer for each row is the
    place in the source with the largest mean weight. Padding of the source is never it.

    Shapes:
        weights:     (batch, heads, target, source)
        source_mask: (batch, source), booleans, False for padding
        returns:     (batch, target), places in the source, int64

    >>> weights = torch.tensor([[[[0.9, 0.1], [0.4, 0.6]], [[0.1, 0.9], [0.7, 0.3]]]])
    >>> alignment(weights, torch.tensor([[True, True]]))
    tensor([[0, 0]])
    """
    means = weights.mean(dim=1)  # (batch, target, source)
    return means.masked_fill(~source_mask[:, None], -1).argmax(dim=2)
