"""Wrong answers to `next_token_loss` in other words, with the hint due."""

import math

import torch
import torch.nn.functional as F


def next_token_loss__not_shifted(logits, ids, real=None):
    """Holds each guess against the id at its own place.

    Hint: not_shifted
    """
    losses = F.cross_entropy(logits.flatten(0, 1), ids.flatten(), reduction="none")
    if real is not None:
        losses = losses[real.flatten()]
    return losses.mean()


def next_token_loss__shifted_the_wrong_way(logits, ids, real=None):
    """Holds each guess against the id before it.

    Hint: shifted_the_wrong_way
    """
    log_probs = logits[:, 1:].log_softmax(-1)
    losses = -log_probs.gather(2, ids[:, :-1, None]).squeeze(2)
    if real is not None:
        losses = losses[real[:, 1:]]
    return losses.mean()


def next_token_loss__summed(logits, ids, real=None):
    """Adds the surprisals up.

    Hint: sum
    """
    reduction = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    if real is not None:
        reduction = reduction * real[:, 1:]
    return reduction.sum()


def next_token_loss__mean_of_rows(logits, ids, real=None):
    """Takes the mean of each row first.

    Hint: mean_of_rows
    """
    losses = F.cross_entropy(logits[:, :-1].transpose(1, 2), ids[:, 1:], reduction="none")
    if real is None:
        return losses.mean(dim=1).mean()
    real = real[:, 1:].float()
    return ((losses * real).sum(1) / real.sum(1)).mean()


def next_token_loss__padding_counts(logits, ids, real=None):
    """Ignores which ids are real.

    Hint: padding_counts
    """
    guesses, wanted = logits[:, :-1], ids[:, 1:]
    return F.cross_entropy(guesses.reshape(-1, guesses.shape[-1]), wanted.reshape(-1))


def next_token_loss__padding_counts_below(logits, ids, real=None):
    """Sets padding to zero, and divides by all positions.

    Hint: none
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    if real is not None:
        losses = losses.masked_fill(~real[:, 1:], 0.0)
    return losses.mean()


def next_token_loss__mask_not_shifted(logits, ids, real=None):
    """Takes the mask at the place of the guess instead of the id.

    Hint: asks_the_guesser
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    if real is not None:
        losses = losses[real[:, :-1]]
    return losses.mean()


def next_token_loss__log_of_softmax(logits, ids, real=None):
    """Takes the logarithm of a softmax, which may be zero.

    Hint: logarithm_of_a_softmax
    """
    p = logits[:, :-1].softmax(-1).gather(-1, ids[:, 1:, None]).squeeze(-1)
    losses = -p.log()
    return losses.mean() if real is None else losses[real[:, 1:]].mean()


def next_token_loss__no_graph(logits, ids, real=None):
    """Returns a new tensor, whose gradient cannot be taken.

    Hint: a_number
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    if real is not None:
        losses = losses[real[:, 1:]]
    return torch.tensor(losses.mean().item())


def next_token_loss__bits(logits, ids, real=None):
    """Measures in bits.

    Hint: bits
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none") / math.log(2)
    return losses.mean() if real is None else losses[real[:, 1:]].mean()
